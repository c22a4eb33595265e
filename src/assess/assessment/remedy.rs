//! Answers to causes: the work that moves each, or what has to be true.

use super::cause::Causes;
use super::evaluated::Evaluated;
use super::ranking::Ranked;
use super::work::Work;
use super::{ItemId, ItemText, Need};
use crate::message;
use crate::text::number::{TOLERANCE, list};

/// A sentence names this many parts.
const MOST_PARTS: usize = 3;
/// A cause without advice names this many next anchors.
const MOST_ANCHORS: usize = 3;

impl Evaluated<'_> {
    /// The lowest parts of what a need asks of a score or a part, of those that are called for. Parts
    /// of few answers are among them: the score counts them as it does the others.
    pub(super) fn lowest_parts(&self, need: &Need) -> Vec<(usize, Ranked)> {
        let node = self.rulebook.find(&need.id);
        let Some((item, _)) = node.and_then(|node| self.item(node)) else {
            return Vec::new();
        };
        let ranking = self.ranked(item.kind.children());
        let ids = ranking.lowest.iter().chain(&ranking.few);
        let nodes = ids.filter_map(|id| self.rulebook.find(id));
        let parts = nodes.filter_map(|node| Some((node, self.part_ranked(node, false)?)));
        let mut parts: Vec<_> = parts.collect();
        let least = parts
            .iter()
            .min_by(|(_, a), (_, b)| a.index().total_cmp(&b.index()));
        let least = least.map(|(_, one)| one.shown.clone());
        parts.retain(|(_, one)| Some(&one.shown) == least.as_ref());
        parts
    }

    /// The reason why a need of a score or a part is not met: how near it is, its lowest parts, and the
    /// part through which work gets there, where it is none of those; empty where none of it can be
    /// said. `enough` is true where that work alone is enough.
    pub(super) fn why_so_low(
        &self,
        need: &Need,
        lowest: &[(usize, Ranked)],
        (work, enough): (Option<&Work<'_>>, bool),
    ) -> String {
        let near = need.near.then(|| message!("so-near").to_owned());
        let shown = lowest.iter().filter_map(|(node, one)| {
            let (item, _) = self.item(*node)?;
            Some(format!("{} ({})", item.label, one.shown))
        });
        let shown: Vec<String> = shown.take(MOST_PARTS).collect();
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        let (count, parts) = (lowest.len(), list(&shown));
        let parts = (count > 0).then(|| message!("its-lowest-parts", count, parts));
        let through = work.and_then(|work| {
            let (whole, _) = self.item(self.rulebook.find(&need.id)?)?;
            let raised = |node: &usize| self.is_raised(*node, work);
            let is_lowest = lowest.iter().any(|(node, _)| raised(node));
            let mut others = whole.kind.children().iter().filter(|node| raised(node));
            let (part, _) = self.item(*others.next().filter(|_| !is_lowest)?)?;
            Some(if enough {
                message!("one-action-in-a-part-is-enough", part = part.label)
            } else {
                message!("what-moves-it-most", part = part.label)
            })
        });
        let through = through.filter(|_| parts.is_some());
        let all = near.into_iter().chain(parts).chain(through);
        all.collect::<Vec<_>>().join(" ")
    }

    /// True if work raises a question that an item is, or rests on.
    fn is_raised(&self, node: usize, work: &Work<'_>) -> bool {
        let reach = self.rulebook.program.reach();
        let mut raised = work.raises.iter().map(|raise| raise.question);
        raised.any(|question| question == node || reach.rests(node, question))
    }
}

impl Causes<'_, '_, '_> {
    /// True if a work alone changes the level of a ladder.
    pub(super) fn climbs(&mut self, work: &str, ladder: &ItemId) -> bool {
        let mut works = self.works.iter().chain(self.spare);
        let work = works.find(|one| one.advice.work == work);
        let effect = work.and_then(|one| self.effects.of(&one.raises));
        let levels = effect.into_iter().flat_map(|effect| effect.levels);
        let mut own = levels.filter(|one| one.id == *ladder);
        own.any(|one| one.before != one.after)
    }

    /// The work that alone changes the level of a ladder: of several the one that can be done first,
    /// then that of least effort, then the first in the order of the packs.
    pub(super) fn soonest(&mut self, ladder: &ItemId) -> Option<String> {
        let works = self.works.iter().chain(self.spare);
        let mut works: Vec<_> = works.map(|one| one.advice).collect();
        works.sort_by_key(|one| (one.within, one.effort));
        let soonest = works.into_iter().find(|one| self.climbs(&one.work, ladder));
        soonest.map(|one| one.work.clone())
    }

    /// The work that adds most to what the next form of a pack still needs, where less is built than
    /// is called for.
    pub(super) fn building(&mut self, pack: &str) -> Option<String> {
        let conclusions = self.conclusions;
        let fit = conclusions.fits.iter().find(|fit| fit.pack == *pack)?;
        let built = conclusions
            .levels
            .iter()
            .find(|one| one.id == fit.built.id)?;
        let needs = built.blocked_by().into_iter();
        let nodes = needs.filter_map(|need| self.evaluated.rulebook.find(&need.id));
        let nodes: Vec<usize> = nodes.collect();
        self.most(self.works.iter(), &nodes, None)
    }

    /// True if work raises something here; work that only finds out or explains need not.
    pub(super) fn lifts(&self, work: &str) -> bool {
        let mut works = self.works.iter();
        let work = works.find(|one| one.advice.work == work);
        work.is_none_or(|one| {
            let mut raises = one.raises.iter();
            one.raises.is_empty() || raises.any(|raise| self.evaluated.raised(raise).is_some())
        })
    }

    /// The work that a gate or finding advises itself: one that stops something, else the one that
    /// moves it most, else the first.
    pub(super) fn own(
        &mut self,
        of: &ItemId,
        read: &[usize],
        gate: Option<usize>,
    ) -> Option<String> {
        let works = self.works;
        let own = || works.iter().filter(|work| work.by.contains(&of));
        let work = |work: &Work<'_>| work.advice.work.clone();
        let stops = own().find(|work| work.stops).map(work);
        let action = stops.or_else(|| self.most(own(), read, gate));
        action.or_else(|| own().next().map(work))
    }

    /// The work that moves these items most: that opens their gate, then that adds most; of equals
    /// the first in the order of the packs.
    pub(super) fn most<'w>(
        &mut self,
        works: impl Iterator<Item = &'w Work<'w>>,
        read: &[usize],
        gate: Option<usize>,
    ) -> Option<String> {
        let mut best: Option<(&Work<'_>, (bool, f64))> = None;
        for work in works {
            let Some((opens, gained)) = self.effects.moved(&work.raises, read, gate) else {
                continue;
            };
            let more = best.is_none_or(|(_, (opened, most))| {
                (opens && !opened) || (opens == opened && gained > most + TOLERANCE)
            });
            if more {
                best = Some((work, (opens, gained)));
            }
        }
        best.map(|(work, _)| work.advice.work.clone())
    }

    /// True if a work moves items by a point of the index or more, and by a fifth of what is lacking.
    pub(super) fn carries(&mut self, work: &str, read: &[usize], lacks: Option<f64>) -> bool {
        let mut works = self.works.iter().chain(self.spare);
        let work = works.find(|one| one.advice.work == work);
        let moved = work.and_then(|one| self.effects.moved(&one.raises, read, None));
        let least = lacks.map_or(1.0, |points| (points / 5.0).max(1.0));
        moved.is_some_and(|(_, gained)| gained >= least - TOLERANCE)
    }

    /// The next anchors below some items, those of most priority, where they are wanted.
    pub(super) fn next_anchors(&self, read: &[usize], wanted: bool) -> Vec<ItemText> {
        let rulebook = self.evaluated.rulebook;
        let reach = rulebook.program.reach();
        let below = self.plan.iter().filter(|raise| {
            let node = rulebook.find(&raise.id).filter(|_| wanted);
            node.is_some_and(|node| read.iter().any(|one| reach.rests(*one, node)))
        });
        let next = below.take(MOST_ANCHORS).map(|raise| ItemText {
            id: raise.id.clone(),
            label: raise.label.clone(),
            says: raise.to_says.clone(),
        });
        next.collect()
    }

    /// The next anchors of a need without an action; where there are none, what it asks for.
    pub(super) fn must_be_true(&self, need: &Need, read: &[usize], wanted: bool) -> Vec<ItemText> {
        let anchors = self.next_anchors(read, wanted);
        if !anchors.is_empty() || !wanted {
            return anchors;
        }
        vec![ItemText {
            id: ItemId::from(&*need.id),
            label: String::new(),
            says: need.text.clone(),
        }]
    }
}
