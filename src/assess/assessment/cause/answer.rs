//! The work that answers a cause.

use crate::assess::assessment::effect::Effects;
use crate::assess::assessment::evaluated::Evaluated;
use crate::assess::assessment::work::Work;
use crate::assess::assessment::{ItemId, ItemText, RaiseResult};
use crate::text::number::TOLERANCE;

/// A cause without advice names this many next anchors.
const MOST_ANCHORS: usize = 3;

/// Everything that may answer a cause.
pub(super) struct Answering<'b, 'a, 'e> {
    pub(super) evaluated: &'b Evaluated<'a>,
    pub(super) works: &'b [Work<'a>],
    /// Advice that no gate or finding gives: it answers a need that no given work moves.
    pub(super) spare: &'b [Work<'b>],
    pub(super) plan: &'b [RaiseResult],
    pub(super) effects: &'b mut Effects<'e>,
}

impl Answering<'_, '_, '_> {
    /// True if a work alone changes the level of a ladder.
    pub(super) fn climbs(&mut self, work: &str, ladder: &ItemId) -> bool {
        let mut works = self.works.iter().chain(self.spare);
        let work = works.find(|one| one.advice.work == work);
        let effect = work.and_then(|one| self.effects.of(&one.raises));
        let levels = effect.into_iter().flat_map(|effect| effect.levels);
        let mut own = levels.filter(|one| one.id == *ladder);
        own.any(|one| one.before != one.after)
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

    /// The given work that moves these items most.
    pub(super) fn moving(&mut self, read: &[usize], gate: Option<usize>) -> Option<String> {
        self.most(self.works.iter(), read, gate)
    }

    /// The spare work that moves these items most.
    pub(super) fn spare_moving(&mut self, read: &[usize], gate: Option<usize>) -> Option<String> {
        self.most(self.spare.iter(), read, gate)
    }

    /// The work that moves these items most: that opens their gate, then that adds most; of equals
    /// the first in the order of the packs.
    fn most<'w>(
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

    /// The next anchors below these items, those of most priority.
    pub(super) fn must_be_true(&self, read: &[usize]) -> Vec<ItemText> {
        let reach = self.evaluated.rulebook.program.reach();
        let below = self.plan.iter().filter(|raise| {
            let node = self.evaluated.rulebook.find(&raise.id);
            node.is_some_and(|node| read.iter().any(|one| reach.rests(*one, node)))
        });
        let next = below.take(MOST_ANCHORS).map(|raise| ItemText {
            id: raise.id.clone(),
            label: raise.label.clone(),
            says: raise.to_says.clone(),
        });
        next.collect()
    }
}
