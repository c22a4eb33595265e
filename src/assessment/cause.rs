//! What holds the client back, each thing with the action that answers it.

use super::action::{Found, Given, worth};
use super::build::Build;
use super::ladder::now;
use super::{
    CauseKind, CauseResult, FindingResult, ItemId, LadderResult, MustBeTrue, Need, NeedKind,
    NeedState, RaiseResult,
};
use crate::condition::{Test, Truth};
use crate::pack::file::{FindingKind, Severity};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A cause without advice names this many next anchors.
const MOST_ANCHORS: usize = 3;

/// What goes first: a tier, then the gravest, then one of each pack before the second of any.
type Rank = (u8, Reverse<Option<Severity>>, u8, usize);

/// What causes are made from.
struct Causes<'b, 'a> {
    build: &'b Build<'a>,
    found: &'b Found<'a>,
    given: &'b [Given<'a>],
    plan: &'b [RaiseResult],
}

impl<'a> Build<'a> {
    /// What is to be stopped first, then what holds the level that speaks, then contradictions and
    /// risks by severity, then the rest; none whose action already answers another.
    pub(super) fn causes(
        &self,
        found: &Found<'a>,
        given: &[Given<'a>],
        plan: &[RaiseResult],
    ) -> Vec<CauseResult> {
        let causes = Causes {
            build: self,
            found,
            given,
            plan,
        };
        let mut list: Vec<(Rank, CauseResult)> = Vec::new();
        for node in self.speaking() {
            causes.holding(node, &mut list);
        }
        causes.of_findings(&mut list);
        list.sort_by_key(|(rank, _)| *rank);
        let mut answered: BTreeSet<String> = BTreeSet::new();
        let mut kept: Vec<CauseResult> = Vec::new();
        for (_, cause) in list {
            let rests = |other: &CauseResult| {
                let own = cause.rests_on.iter();
                let mut own = own.map(|one| other.rests_on.iter().any(|two| two.id == one.id));
                !cause.rests_on.is_empty() && own.all(|within| within)
            };
            let told = kept.iter().filter(|one| one.holds.is_some()).any(rests);
            let done = cause.action.as_ref();
            let done = done.is_some_and(|work| answered.contains(work));
            if cause.holds.is_none() && (told || done) {
                continue;
            }
            answered.extend(cause.action.clone());
            kept.push(cause);
        }
        kept
    }

    /// Whether a finding rests on anything that is not certainly uncalled for.
    pub(super) fn finding_called_for(&self, kind: FindingKind, because: &[super::Because]) -> bool {
        if kind == FindingKind::Fit {
            return true;
        }
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
        read.is_empty()
            || read
                .iter()
                .any(|node| self.called_for(*node) != Truth::False)
    }
}

impl Causes<'_, '_> {
    /// What holds the next level of a ladder.
    fn holding(&self, node: usize, list: &mut Vec<(Rank, CauseResult)>) {
        let id = self.build.rulebook.item(node).map(|item| item.id.as_str());
        let ladder = self.found.levels.iter().find(|one| Some(&*one.id) == id);
        let Some(ladder) = ladder.filter(|ladder| ladder.level.is_some()) else {
            return;
        };
        for (turn, need) in ladder.held_by().into_iter().enumerate() {
            let kind = match need.kind {
                NeedKind::Gate => 0,
                NeedKind::Floor => 1,
                NeedKind::Score => 2,
                NeedKind::Basis | NeedKind::Confidence => 3,
            };
            let rank = (1, Reverse(None), kind, turn);
            list.push((rank, self.need(node, ladder, need)));
        }
    }

    fn need(&self, node: usize, ladder: &LadderResult, need: &Need) -> CauseResult {
        let build = self.build;
        let gate = self.found.gates.iter().find(|gate| need.id == *gate.id);
        let gate = gate.filter(|_| need.kind == NeedKind::Gate);
        let item = build.rulebook.find(&need.id);
        let rests_on = match (gate, item) {
            (Some(gate), _) => gate.parts.clone(),
            (None, Some(item)) => build.because(item, String::new()).into_iter().collect(),
            (None, None) => Vec::new(),
        };
        let own = gate.and_then(|gate| gate.advice.first());
        let action = own.map(|advice| advice.work.clone());
        let read: Vec<usize> = rests_on
            .iter()
            .filter_map(|one| build.rulebook.find(&one.id))
            .collect();
        let action = action.or_else(|| self.raising(&read));
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
                    crate::rulebook::Check::From(atom) | crate::rulebook::Check::Floor(atom) => {
                        program.atoms.get(*atom)
                    }
                    crate::rulebook::Check::Gate(_)
                    | crate::rulebook::Check::Basis
                    | crate::rulebook::Check::Confidence(..) => None,
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

    fn of_findings(&self, list: &mut Vec<(Rank, CauseResult)>) {
        for (turn, finding) in self.found.findings.iter().enumerate() {
            let pack = finding.id.pack();
            let unplaced = || {
                let mut own = self.found.levels.iter();
                own.any(|one| one.id.pack() == pack && one.of.is_some() && one.level.is_none())
            };
            let grave = finding.severity > Severity::Low;
            let (tier, kind) = match finding.kind {
                _ if !finding.called_for => continue,
                FindingKind::Strength => continue,
                FindingKind::Fit if finding.severity == Severity::Info => continue,
                FindingKind::Fit if grave && self.found.over(pack) => (0, 0),
                FindingKind::Contradiction => (2, 0),
                FindingKind::Fit if grave => (2, 1),
                FindingKind::Risk => (2, 2),
                FindingKind::Unknown if unplaced() => (2, 3),
                FindingKind::Gap => (3, 0),
                FindingKind::Fit | FindingKind::Unknown => (4, 0),
            };
            let rank = (tier, Reverse(Some(finding.severity)), kind, turn);
            list.push((rank, self.finding(finding)));
        }
    }

    fn finding(&self, finding: &FindingResult) -> CauseResult {
        let read: Vec<usize> = finding
            .because
            .iter()
            .filter_map(|one| self.build.rulebook.find(&one.id))
            .collect();
        let own = finding.advice.first();
        let fit = finding.kind == FindingKind::Fit;
        CauseResult {
            id: finding.id.clone(),
            kind: if fit {
                CauseKind::Fit
            } else {
                CauseKind::Finding
            },
            holds: None,
            title: finding.title.clone(),
            text: finding.text.clone(),
            finding: Some(finding.kind),
            severity: Some(finding.severity),
            certain: finding.certain,
            rests_on: finding.because.clone(),
            must_be_true: if own.is_some() {
                Vec::new()
            } else {
                self.must_be_true(&read)
            },
            action: own.map(|advice| advice.work.clone()),
        }
    }

    /// The advice that raises something below these items, worth most.
    fn raising(&self, read: &[usize]) -> Option<String> {
        let reach = self.build.rulebook.program.reach();
        let raises = |one: &&Given<'_>| {
            let moved = one
                .raises
                .iter()
                .filter_map(|raise| self.build.raised(raise));
            let mut moved = moved.filter(|(node, ..)| self.build.called_for(*node) != Truth::False);
            moved.any(|(question, ..)| read.iter().any(|node| reach.rests(*node, question)))
        };
        let best = self.given.iter().filter(raises);
        let best = best.min_by_key(|one| Reverse(worth(Severity::High, one.advice)));
        best.map(|one| one.advice.work.clone())
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
