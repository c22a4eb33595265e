//! The next steps: what holds the next level first, then contradictions, then what pays most.

mod choose;

use super::Text;
use super::exhibit::ExhibitName;
use super::finding::{size, within};
use super::material::Material;
use super::order::spread;
use super::pack::Pack;
use crate::assessment::{AdviceResult, FindingResult, NeedKind};
use crate::pack::file::{FindingKind, Horizon, Severity, Size};
use choose::{choose, put};
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;

/// The summary names this many.
const MOST: usize = 3;
/// Advice behind advice behind advice is followed so far.
const MOST_DEEP: usize = 8;

/// A next step.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// What to do.
    pub what: Text<'a>,
    /// "low", "medium" or "high".
    pub effort: &'static str,
    /// "30 days".
    pub within: &'static str,
    /// The role that should own it; null: to be named.
    pub owner: Option<Text<'a>>,
    /// The finding, or the exhibit of the ladder, it comes from.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
}

/// Advice that could be a next step, with where it comes from.
pub(super) struct Candidate<'a, 'v> {
    pub(super) pack: usize,
    pub(super) advice: &'a AdviceResult,
    pub(super) anchor: &'a str,
    pub(super) number: &'v str,
    /// What goes first: lower is earlier.
    rank: (u8, Reverse<u32>),
}

/// All advice a client is given, in the order in which it should be followed; the summary and the
/// roadmap both read it.
pub(super) struct Ordered<'a, 'v> {
    pub(super) candidates: Vec<Candidate<'a, 'v>>,
    /// Each advice once, behind what should come before it.
    pub(super) order: Vec<usize>,
    /// The summary's next steps.
    pub(super) chosen: Vec<usize>,
}

impl<'a> Ordered<'a, '_> {
    /// The advice that should come before another, as far as it is given.
    fn first<'o>(&'o self, one: &'o Candidate<'a, '_>) -> impl Iterator<Item = usize> + 'o {
        let named = |id: &String| {
            let mut all = self.candidates.iter();
            all.position(|other| other.pack == one.pack && other.advice.id == *id)
        };
        one.advice.after.iter().filter_map(named)
    }

    /// What it says.
    pub(super) fn before(&self, one: &Candidate<'a, '_>) -> Vec<&'a str> {
        let first = self
            .first(one)
            .filter_map(|place| self.candidates.get(place));
        first.map(|one| one.advice.what.as_str()).collect()
    }

    /// By when it can be done: never before what should come first.
    pub(super) fn horizon(&self, place: usize) -> Horizon {
        self.latest(place, self.candidates.len())
    }

    fn latest(&self, place: usize, deeper: usize) -> Horizon {
        let Some(one) = self.candidates.get(place) else {
            return Horizon::Later;
        };
        let first = self.first(one).filter(|_| deeper > 0);
        let latest = first.map(|first| self.latest(first, deeper.min(MOST_DEEP) - 1));
        latest.fold(one.advice.within, Horizon::max)
    }
}

impl<'a> Material<'a> {
    /// All advice in order.
    pub(super) fn ordered<'v>(&self, packs: &'v [Pack<'a>]) -> Ordered<'a, 'v> {
        let mut candidates = Vec::new();
        for pack in packs {
            self.gate_advice(pack.place, pack, &mut candidates);
            let holding = self.holding(pack.place);
            self.finding_advice(pack.place, pack, &holding, &mut candidates);
        }
        let mut ranks: Vec<usize> = (0..candidates.len()).collect();
        spread(&mut ranks, |place| {
            let one = candidates.get(place);
            // Where one pack speaks for all, ties stand in the order of the report.
            let pack = one.map(|one| one.pack).filter(|_| self.overall.is_none());
            (one.map(|one| one.rank), pack)
        });
        let mut order = Vec::new();
        for place in ranks {
            put(&candidates, place, &mut Vec::new(), &mut order);
        }
        let chosen = choose(&candidates, &order);
        Ordered {
            candidates,
            order,
            chosen,
        }
    }

    /// At most three, each with what should come first before it, none twice.
    pub(super) fn next_steps(ordered: &Ordered<'a, '_>) -> Vec<Step<'a>> {
        let chosen = ordered.chosen.iter();
        let chosen = chosen.filter_map(|place| ordered.candidates.get(*place));
        let steps = chosen.map(|one| Step {
            what: Cow::Borrowed(&one.advice.what),
            effort: size(one.advice.effort),
            within: within(one.advice.within),
            owner: one.advice.owner.as_deref().map(Cow::Borrowed),
            anchor: one.anchor,
            number: one.number.to_owned(),
        });
        steps.collect()
    }

    /// Advice of gates that hold the next level of a ladder.
    fn gate_advice<'v>(&self, place: usize, pack: &'v Pack<'a>, list: &mut Vec<Candidate<'a, 'v>>) {
        let Some(layout) = self.layout.packs.get(place) else {
            return;
        };
        for ladder in &layout.ladders {
            let Some(result) = self
                .ladder(ladder.node)
                .filter(|result| result.level.is_some())
            else {
                continue;
            };
            let shown = |ex: &&super::Exhibit<'a>| {
                ex.anchor == ladder.anchor || (ladder.drawn && ex.kind == ExhibitName::Steps)
            };
            let Some(exhibit) = pack
                .profile
                .iter()
                .chain(&pack.fit)
                .chain(&pack.lenses)
                .find(shown)
            else {
                continue;
            };
            for need in result
                .held_by()
                .into_iter()
                .filter(|need| need.kind == NeedKind::Gate)
            {
                let gate = self
                    .assessment
                    .gates
                    .iter()
                    .find(|gate| gate.id == need.id && gate.state.holds_back());
                list.extend(
                    gate.into_iter()
                        .flat_map(|gate| &gate.advice)
                        .map(|advice| Candidate {
                            pack: place,
                            advice,
                            anchor: exhibit.anchor,
                            number: &exhibit.number,
                            rank: self.gate_rank(place, advice),
                        }),
                );
            }
        }
    }

    /// Gates of the overall pack go first, in the order of its ladder; those of others stand by
    /// what they are worth.
    fn gate_rank(&self, place: usize, advice: &AdviceResult) -> (u8, Reverse<u32>) {
        let worth = Reverse(worth(Severity::High, advice));
        match self.overall {
            Some(overall) if overall == place => (0, Reverse(0)),
            Some(_) => (2, worth),
            None => (0, worth),
        }
    }

    /// What advice of a finding is worth; of contradictions in a report with an overall pack,
    /// severity counts before all else.
    fn value(&self, found: &FindingResult, advice: &AdviceResult) -> u32 {
        let worth = worth(found.severity, advice);
        let graded = self.overall.is_some() && found.kind == FindingKind::Contradiction;
        if graded {
            rank(found.severity) * 1000 + worth
        } else {
            worth
        }
    }

    /// What holds the next level of a pack's ladders, by item: floors, and what gates read.
    fn holding(&self, place: usize) -> Vec<usize> {
        let ladders = self
            .layout
            .packs
            .get(place)
            .into_iter()
            .flat_map(|layout| &layout.ladders);
        let results = ladders
            .filter_map(|ladder| self.ladder(ladder.node))
            .filter(|result| result.level.is_some());
        let mut nodes = Vec::new();
        for need in results.flat_map(|result| result.held_by()) {
            match need.kind {
                NeedKind::Floor => nodes.extend(self.rulebook.find(&need.id)),
                NeedKind::Gate => {
                    let gates = self
                        .assessment
                        .gates
                        .iter()
                        .filter(|gate| gate.id == need.id);
                    let parts = gates.flat_map(|gate| &gate.parts);
                    nodes.extend(parts.filter_map(|part| self.node(&part.id)));
                }
                NeedKind::Score | NeedKind::Basis | NeedKind::Confidence => {}
            }
        }
        nodes
    }

    /// Whether too little is answered for a level on a ladder that reads a score.
    fn unplaced(&self, place: usize) -> bool {
        let layout = self.layout.packs.get(place);
        let mut ladders = layout.into_iter().flat_map(|layout| &layout.ladders);
        ladders.any(|one| {
            self.ladder(one.node)
                .is_some_and(|result| result.of.is_some() && result.level.is_none())
        })
    }

    fn finding_advice<'v>(
        &self,
        place: usize,
        pack: &'v Pack<'a>,
        holding: &[usize],
        list: &mut Vec<Candidate<'a, 'v>>,
    ) {
        let shown = || pack.groups.iter().flat_map(|group| &group.findings);
        // Stopping comes before building, and finding out before both where no level can be given.
        let (over, unplaced) = (self.over(place), self.unplaced(place));
        for found in self.found(place) {
            let mut because = found.because.iter().filter_map(|one| self.node(&one.id));
            let holds = because.any(|node| holding.contains(&node));
            let tier = match found.kind {
                FindingKind::Gap | FindingKind::Risk | FindingKind::Contradiction
                    if holds && self.overall.is_none() =>
                {
                    0
                }
                FindingKind::Fit if over && found.severity > Severity::Low => 0,
                FindingKind::Contradiction => 1,
                FindingKind::Unknown if unplaced => 1,
                FindingKind::Gap | FindingKind::Risk => 2,
                FindingKind::Fit if found.severity > Severity::Info => 2,
                FindingKind::Unknown => 3,
                FindingKind::Fit | FindingKind::Strength => continue,
            };
            let Some(finding) = shown().find(|one| one.rule == found.id) else {
                continue;
            };
            list.extend(found.advice.iter().map(|advice| Candidate {
                pack: place,
                advice,
                anchor: finding.anchor,
                number: &finding.number,
                rank: (tier, Reverse(self.value(found, advice))),
            }));
        }
    }
}

/// Severity times impact over effort, in sixths so that it stays whole.
fn worth(severity: Severity, advice: &AdviceResult) -> u32 {
    let weight = |size| match size {
        Size::Low => 1,
        Size::Medium => 2,
        Size::High => 3,
    };
    rank(severity) * weight(advice.impact) * 6 / weight(advice.effort)
}

fn rank(severity: Severity) -> u32 {
    match severity {
        Severity::Info => 1,
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    }
}
