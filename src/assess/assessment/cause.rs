//! What holds the client back, each thing with the action that answers it.

mod found;

use super::build::Build;
use super::effect::Effects;
use super::ladder::now;
use super::work::{Found, Work};
use super::{
    CauseKind, CauseResult, ItemId, LadderResult, MustBeTrue, Need, NeedKind, NeedState,
    RaiseResult,
};
use crate::rules::condition::{Test, Truth};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::text::number::TOLERANCE;
use std::cmp::Reverse;

/// A cause without advice names this many next anchors.
const MOST_ANCHORS: usize = 3;

/// The tiers of causes.
const STOPPED: u8 = 0;
const BINDING: u8 = 1;
const UNFIT: u8 = 2;
const HOLDING: u8 = 3;
const FOUND: u8 = 4;

/// What holds the level of one pack among several counts as much as a grave finding, and comes behind
/// contradictions and risks of that gravity.
const ONE_PACK: u8 = 2;
/// More needs than a level has of one kind.
const MOST_NEEDS: usize = 1000;

/// What goes first: a tier, then the gravest, then by kind, then by its turn.
type Rank = (u8, Reverse<Option<Severity>>, u8, usize);

/// What causes are made from.
struct Causes<'b, 'a, 'e> {
    build: &'b Build<'a>,
    found: &'b Found<'a>,
    works: &'b [Work<'a>],
    /// Advice that no gate or finding gives: what answers a need that no given work moves.
    spare: &'b [Work<'b>],
    plan: &'b [RaiseResult],
    effects: &'b mut Effects<'e>,
}

impl<'a> Build<'a> {
    /// The gravest that is to be stopped first, then the first need that holds a level that speaks,
    /// then that less is built than is called for, then the other needs of the level that speaks for
    /// all, then findings by severity, of equals contradictions, risks, what holds the level of one
    /// pack where none speaks for all, fit, gaps and what is unknown; no finding that rests on what
    /// holds a level.
    pub(super) fn causes(
        &self,
        found: &Found<'a>,
        (works, spare): (&[Work<'a>], &[Work<'_>]),
        plan: &[RaiseResult],
        effects: &mut Effects<'_>,
    ) -> Vec<CauseResult> {
        let mut causes = Causes {
            build: self,
            found,
            works,
            spare,
            plan,
            effects,
        };
        let mut list: Vec<(Rank, CauseResult)> = Vec::new();
        for node in self.speaking() {
            causes.holding(node, &mut list);
        }
        if let Some((rank, _)) = list.iter_mut().min_by_key(|(rank, _)| *rank) {
            rank.0 = BINDING;
        }
        let held: Vec<Vec<ItemId>> = list.iter().map(|(_, one)| one.rests()).collect();
        causes.of_findings(&mut list);
        causes.of_fits(&mut list);
        list.retain(|(_, cause)| {
            let own = cause.rests();
            let told = |held: &Vec<ItemId>| own.iter().all(|one| held.contains(one));
            let bare = own.is_empty() || cause.kind != CauseKind::Finding;
            bare || !held.iter().any(told)
        });
        list.sort_by_key(|(rank, _)| *rank);
        // Of several things to stop, the gravest goes first and the others by their severity.
        let stopped = list.iter_mut().filter(|(rank, _)| rank.0 == STOPPED);
        for (rank, _) in stopped.skip(1) {
            rank.0 = FOUND;
        }
        list.sort_by_key(|(rank, _)| *rank);
        let causes = list.into_iter().map(|(_, cause)| cause);
        causes.collect()
    }

    /// Whether anything that a finding rests on is called for; for a gap, whether more of it is.
    pub(super) fn finding_called_for(
        &self,
        kind: FindingKind,
        because: &[super::Because],
    ) -> Truth {
        let wanted = |node: usize| match kind {
            FindingKind::Fit => Truth::True,
            FindingKind::Gap if !self.more_is_called_for(node) => Truth::False,
            FindingKind::Gap
            | FindingKind::Contradiction
            | FindingKind::Risk
            | FindingKind::Unknown
            | FindingKind::Strength => self.called_for(node),
        };
        let count = self.rulebook.question_count();
        let reach = self.rulebook.program.reach();
        let mut read = Vec::new();
        for node in because.iter().filter_map(|one| self.rulebook.find(&one.id)) {
            if node < count {
                read.push(node);
            } else if self.rulebook.program.score(node).is_some() {
                read.extend((0..count).filter(|question| reach.rests(node, *question)));
            }
        }
        let any = read.iter().map(|node| wanted(*node));
        any.reduce(Truth::max).unwrap_or(Truth::True)
    }
}

impl CauseResult {
    /// The items it rests on.
    fn rests(&self) -> Vec<ItemId> {
        self.rests_on.iter().map(|one| one.id.clone()).collect()
    }
}

impl Causes<'_, '_, '_> {
    /// What holds the next level of a ladder.
    fn holding(&mut self, node: usize, list: &mut Vec<(Rank, CauseResult)>) {
        let id = self.build.rulebook.item(node).map(|item| item.id.as_str());
        let ladder = self.found.levels.iter().find(|one| Some(&*one.id) == id);
        let Some(ladder) = ladder.filter(|ladder| ladder.level.is_some()) else {
            return;
        };
        let for_all = self.build.rulebook.packs.iter().any(|pack| pack.overall);
        for (turn, need) in ladder.held_by().into_iter().enumerate() {
            let kind = match need.kind {
                NeedKind::Gate => 0,
                NeedKind::Floor => MOST_NEEDS,
                NeedKind::Score => 2 * MOST_NEEDS,
                NeedKind::Basis | NeedKind::Confidence => 3 * MOST_NEEDS,
            };
            let need = self.need(node, ladder, need);
            // What one action does away with goes first.
            let lifted = need
                .action
                .as_ref()
                .is_some_and(|work| self.climbs(work, &ladder.id));
            let turn = turn + if lifted { 0 } else { kind + MOST_NEEDS };
            let rank = if for_all {
                (HOLDING, Reverse(None), 0, turn)
            } else {
                (FOUND, Reverse(Some(Severity::High)), ONE_PACK, turn)
            };
            list.push((rank, need));
        }
    }

    /// Whether a work alone changes the level of a ladder.
    fn climbs(&mut self, work: &str, ladder: &ItemId) -> bool {
        let mut works = self.works.iter().chain(self.spare);
        let work = works.find(|one| one.advice.work == work);
        let effect = work.and_then(|one| self.effects.of(&one.raises));
        let levels = effect.into_iter().flat_map(|effect| effect.levels);
        let mut own = levels.filter(|one| one.id == *ladder);
        own.any(|one| one.before != one.after)
    }

    fn need(&mut self, node: usize, ladder: &LadderResult, need: &Need) -> CauseResult {
        let build = self.build;
        let gate = self.found.gates.iter().find(|gate| need.id == *gate.id);
        let gate = gate.filter(|_| need.kind == NeedKind::Gate);
        let item = build.rulebook.find(&need.id);
        let rests_on = match (gate, item) {
            (Some(gate), _) => gate.parts.clone(),
            (None, Some(item)) => build.because(item, String::new()).into_iter().collect(),
            (None, None) => Vec::new(),
        };
        let read: Vec<usize> = rests_on
            .iter()
            .filter_map(|one| build.rulebook.find(&one.id))
            .collect();
        let mut gates = build.rulebook.gates.iter();
        let place = gate.and_then(|gate| gates.position(|one| gate.id == one.id));
        let action = gate.and_then(|gate| self.own(&gate.id, &read, place));
        let action = action.or_else(|| self.moving(|_| true, &read, place));
        let spare = self.spare.iter();
        let action = action.or_else(|| self.most(spare, &read, place));
        CauseResult {
            id: ItemId::from(&*need.id),
            kind: need.kind.into(),
            holds: Some(ladder.id.clone()),
            title: need.text.clone(),
            text: gate.map_or_else(|| now(need), |gate| gate.because.clone()),
            finding: None,
            severity: None,
            certain: self.surely_unmet(node, need),
            must_be_true: if action.is_some() {
                Vec::new()
            } else {
                self.must_be_true(&read)
            },
            rests_on,
            action,
        }
    }

    /// Whether no open answer can meet a need of a ladder.
    fn surely_unmet(&self, ladder: usize, need: &Need) -> bool {
        let (program, build) = (&self.build.rulebook.program, self.build);
        match need.kind {
            NeedKind::Gate => {
                let mut gates = build.rulebook.gates.iter();
                let place = gates.position(|gate| need.id == *gate.id);
                let judged = place.and_then(|place| build.evaluation.gates.get(place));
                judged.is_some_and(|one| one.met != Some(Truth::True) && one.certain)
            }
            NeedKind::Score | NeedKind::Floor => {
                let node = build.rulebook.find(&need.id);
                let rungs = program.ladder(ladder).into_iter();
                let checks = rungs.flat_map(|rungs| &rungs.levels);
                let checks = checks.flat_map(|level| &level.checks);
                let atoms = checks.filter_map(|check| match check {
                    crate::rules::rulebook::Check::From(atom)
                    | crate::rules::rulebook::Check::Floor(atom) => program.atoms.get(*atom),
                    crate::rules::rulebook::Check::Gate(_)
                    | crate::rules::rulebook::Check::Basis
                    | crate::rules::rulebook::Check::Confidence(..) => None,
                });
                let mut own = atoms.filter(|atom| Some(atom.node) == node);
                own.any(|atom| {
                    let reading = build.evaluation.readings.get(atom.node);
                    let limits = matches!(atom.test, Test::Number(_) | Test::Index(_));
                    limits && reading.is_some_and(|one| atom.test.surely(one) == Truth::False)
                })
            }
            NeedKind::Basis => need.state == NeedState::Unmet,
            NeedKind::Confidence => false,
        }
    }

    /// Whether work raises something here; work that only finds out or tells needs not.
    fn lifts(&self, work: &str) -> bool {
        let mut works = self.works.iter();
        let work = works.find(|one| one.advice.work == work);
        work.is_none_or(|one| {
            let mut raises = one.raises.iter();
            one.raises.is_empty() || raises.any(|raise| self.build.raised(raise).is_some())
        })
    }

    /// The work that a gate or finding advises itself: what stops something, else what moves it
    /// most, else the first.
    fn own(&mut self, of: &ItemId, read: &[usize], gate: Option<usize>) -> Option<String> {
        let own = |work: &Work<'_>| work.by.contains(&of);
        let works = self.works;
        let stops = works.iter().find(|work| own(work) && work.stops);
        let stops = stops.map(|work| work.advice.work.clone());
        let moving = || self.moving(own, read, gate);
        let action = stops.or_else(moving);
        action.or_else(|| Some(works.iter().find(|work| own(work))?.advice.work.clone()))
    }

    /// The work that moves these items most: that opens their gate, then that adds most; of equals
    /// the first in the order of the packs.
    fn moving(
        &mut self,
        wanted: impl Fn(&Work<'_>) -> bool,
        read: &[usize],
        gate: Option<usize>,
    ) -> Option<String> {
        let works = self.works.iter().filter(|work| wanted(work));
        self.most(works, read, gate)
    }

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
    fn must_be_true(&self, read: &[usize]) -> Vec<MustBeTrue> {
        let reach = self.build.rulebook.program.reach();
        let below = self.plan.iter().filter(|raise| {
            let node = self.build.rulebook.find(&raise.id);
            node.is_some_and(|node| read.iter().any(|one| reach.rests(*one, node)))
        });
        let next = below.take(MOST_ANCHORS).map(|raise| MustBeTrue {
            id: raise.id.clone(),
            label: raise.label.clone(),
            says: raise.to_says.clone(),
        });
        next.collect()
    }
}

/// The place of a kind among findings that are equally grave; `None` for what holds nobody back.
pub(super) fn turn_of(kind: FindingKind) -> Option<u8> {
    match kind {
        FindingKind::Contradiction => Some(0),
        FindingKind::Risk => Some(1),
        FindingKind::Fit => Some(2),
        FindingKind::Gap => Some(3),
        FindingKind::Unknown => Some(4),
        FindingKind::Strength => None,
    }
}
