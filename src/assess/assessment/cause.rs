//! Causes: everything that holds the client back, each with the action that answers it.

mod answer;

use super::effect::Effects;
use super::evaluated::Evaluated;
use super::work::{Conclusions, Work, turn_of};
use super::{
    CauseKind, CauseResult, FindingResult, FitResult, FitState, ItemId, LadderResult, Need,
    NeedKind, NeedState, RaiseResult,
};
use crate::rules::condition::{Test, Truth};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::rulebook::Check;
use answer::Answering;
use std::cmp::Reverse;

/// The tiers of causes.
const STOPPED: u8 = 0;
const BINDING: u8 = 1;
const UNFIT: u8 = 2;
const HOLDING: u8 = 3;
const FOUND: u8 = 4;

/// Needs that hold the level of one pack among several count as much as a grave finding, and come
/// behind contradictions and risks of that gravity.
const ONE_PACK: u8 = 2;
/// More needs than a level has of one kind.
const MOST_NEEDS: usize = 1000;

/// The order of causes: a tier, then the gravest, then by kind, then by turn.
type Rank = (u8, Reverse<Option<Severity>>, u8, usize);

/// Causes as they are gathered.
struct Causes<'b, 'a, 'e> {
    conclusions: &'b Conclusions<'a>,
    answering: Answering<'b, 'a, 'e>,
    list: Vec<(Rank, CauseResult)>,
}

impl<'a> Evaluated<'a> {
    /// The gravest that is to be stopped first, then the first need that holds a level that speaks,
    /// then that less is built than is called for, then the other needs of the level that speaks for
    /// all, then findings by severity, of equals contradictions, risks, the needs of the level of one
    /// pack where none speaks for all, fit, gaps and what is unknown; no finding that rests on what
    /// holds a level.
    pub(super) fn causes(
        &self,
        conclusions: &Conclusions<'a>,
        (works, spare): (&[Work<'a>], &[Work<'_>]),
        plan: &[RaiseResult],
        effects: &mut Effects<'_>,
    ) -> Vec<CauseResult> {
        let mut causes = Causes {
            conclusions,
            answering: Answering {
                evaluated: self,
                works,
                spare,
                plan,
                effects,
            },
            list: Vec::new(),
        };
        for node in self.speaking() {
            causes.add_needs(node);
        }
        if let Some((rank, _)) = causes.list.iter_mut().min_by_key(|(rank, _)| *rank) {
            rank.0 = BINDING;
        }
        let needs: Vec<Vec<ItemId>> = causes.list.iter().map(|(_, one)| one.rests()).collect();
        causes.add_findings();
        causes.add_fits();
        let mut list = causes.list;
        list.retain(|(_, cause)| {
            let own = cause.rests();
            let within = |need: &Vec<ItemId>| own.iter().all(|one| need.contains(one));
            own.is_empty() || cause.kind != CauseKind::Finding || !needs.iter().any(within)
        });
        list.sort_by_key(|(rank, _)| *rank);
        // Of several things to stop, the gravest goes first and the others by their severity.
        let stopped = list.iter_mut().filter(|(rank, _)| rank.0 == STOPPED);
        for (rank, _) in stopped.skip(1) {
            rank.0 = FOUND;
        }
        list.sort_by_key(|(rank, _)| *rank);
        list.into_iter().map(|(_, cause)| cause).collect()
    }
}

impl CauseResult {
    /// The items it rests on.
    fn rests(&self) -> Vec<ItemId> {
        self.rests_on.iter().map(|one| one.id.clone()).collect()
    }
}

impl Causes<'_, '_, '_> {
    /// Adds the needs that hold the next level of a ladder.
    fn add_needs(&mut self, node: usize) {
        let evaluated = self.answering.evaluated;
        let id = evaluated.id(node);
        let mut ladders = self.conclusions.levels.iter();
        let ladder = ladders.find(|one| Some(&one.id) == id.as_ref());
        let Some(ladder) = ladder.filter(|ladder| ladder.level.is_some()) else {
            return;
        };
        let for_all = evaluated.rulebook.packs.iter().any(|pack| pack.overall);
        for (turn, need) in ladder.held_by().into_iter().enumerate() {
            let kind = match need.kind {
                NeedKind::Gate => 0,
                NeedKind::Floor => MOST_NEEDS,
                NeedKind::Score => 2 * MOST_NEEDS,
                NeedKind::Basis | NeedKind::Confidence => 3 * MOST_NEEDS,
            };
            let cause = self.need(node, ladder, need);
            // A need that one action does away with goes first.
            let action = cause.action.as_ref();
            let lifted = action.is_some_and(|work| self.answering.climbs(work, &ladder.id));
            let turn = turn + if lifted { 0 } else { kind + MOST_NEEDS };
            let rank = if for_all {
                (HOLDING, Reverse(None), 0, turn)
            } else {
                (FOUND, Reverse(Some(Severity::High)), ONE_PACK, turn)
            };
            self.list.push((rank, cause));
        }
    }

    fn need(&mut self, node: usize, ladder: &LadderResult, need: &Need) -> CauseResult {
        let evaluated = self.answering.evaluated;
        let is_gate = need.kind == NeedKind::Gate;
        let mut gates = self.conclusions.gates.iter();
        let place = gates.position(|gate| is_gate && need.id == *gate.id);
        let gate = place.and_then(|place| self.conclusions.gates.get(place));
        let rests_on = match gate {
            Some(gate) => gate.parts.clone(),
            None => evaluated.becauses(evaluated.rulebook.find(&need.id).as_slice()),
        };
        let read = evaluated.nodes(&rests_on);
        let action = gate
            .and_then(|gate| self.answering.own(&gate.id, &read, place))
            .or_else(|| self.answering.moving(&read, place))
            .or_else(|| self.answering.spare_moving(&read, place));
        CauseResult {
            id: ItemId::from(&*need.id),
            kind: need.kind.into(),
            holds: Some(ladder.id.clone()),
            title: need.text.clone(),
            text: gate.map_or_else(|| need.in_words(), |gate| gate.because.clone()),
            finding: None,
            severity: None,
            certain: self.surely_unmet(node, need, place),
            must_be_true: if action.is_some() {
                Vec::new()
            } else {
                self.answering.must_be_true(&read)
            },
            rests_on,
            action,
        }
    }

    /// True if no open answer can meet a need of a ladder.
    fn surely_unmet(&self, ladder: usize, need: &Need, gate: Option<usize>) -> bool {
        let evaluated = self.answering.evaluated;
        let program = &evaluated.rulebook.program;
        match need.kind {
            NeedKind::Gate => {
                let judged = gate.and_then(|place| evaluated.evaluation.gates.get(place));
                judged.is_some_and(|one| one.met != Some(Truth::True) && one.certain)
            }
            NeedKind::Score | NeedKind::Floor => {
                let node = evaluated.rulebook.find(&need.id);
                let levels = program.ladder(ladder).into_iter();
                let checks = levels.flat_map(|rungs| &rungs.levels);
                let mut checks = checks.flat_map(|level| &level.checks);
                checks.any(|check| {
                    let (Check::From(atom) | Check::Floor(atom)) = check else {
                        return false;
                    };
                    let atom = program.atoms.get(*atom);
                    atom.filter(|atom| Some(atom.node) == node)
                        .is_some_and(|atom| {
                            let reading = evaluated.reading(atom.node);
                            let limits = matches!(atom.test, Test::Number(_) | Test::Index(_));
                            limits
                                && reading.is_some_and(|one| atom.test.surely(one) == Truth::False)
                        })
                })
            }
            NeedKind::Basis => need.state == NeedState::Unmet,
            NeedKind::Confidence => false,
        }
    }

    /// Adds the findings that hold anybody back.
    fn add_findings(&mut self) {
        for (turn, finding) in self.conclusions.findings.iter().enumerate() {
            let fits = finding.kind == FindingKind::Fit && finding.severity == Severity::Info;
            let Some(kind) = turn_of(finding.kind) else {
                continue;
            };
            if !finding.called_for || fits || self.is_settled(finding) {
                continue;
            }
            let tier = match self.conclusions.misfit(finding) {
                Some(FitState::OverBuilt) => STOPPED,
                Some(FitState::UnderBuilt) if finding.severity >= Severity::High => UNFIT,
                Some(
                    FitState::UnderBuilt | FitState::Fit | FitState::Open | FitState::NotApplicable,
                )
                | None => FOUND,
            };
            let rank = (tier, Reverse(Some(finding.severity)), kind, turn);
            let cause = self.finding(finding);
            self.list.push((rank, cause));
        }
    }

    /// True if nothing that a finding advises is called for, so that it holds nobody back.
    fn is_settled(&self, finding: &FindingResult) -> bool {
        let rule = self.answering.evaluated.finding_rule(&finding.id);
        finding.advice.is_empty() && rule.is_some_and(|rule| !rule.advice.is_empty())
    }

    fn finding(&mut self, finding: &FindingResult) -> CauseResult {
        let read = self.answering.evaluated.nodes(&finding.because);
        let action = self.answering.own(&finding.id, &read, None);
        let lifts = |work: &String| self.answering.lifts(work);
        CauseResult {
            id: finding.id.clone(),
            kind: if finding.kind == FindingKind::Fit {
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
            must_be_true: if action.as_ref().is_some_and(lifts) {
                Vec::new()
            } else {
                self.answering.must_be_true(&read)
            },
            action,
        }
    }

    /// Adds what is built and does not fit, where no finding is about it.
    fn add_fits(&mut self) {
        for (turn, fit) in self.conclusions.fits.iter().enumerate() {
            let tier = match fit.state {
                FitState::OverBuilt => STOPPED,
                FitState::UnderBuilt => UNFIT,
                FitState::Fit | FitState::Open | FitState::NotApplicable => continue,
            };
            let mut findings = self.conclusions.findings.iter();
            let known = findings
                .any(|one| one.id.pack() == fit.pack && self.conclusions.misfit(one).is_some());
            if !known {
                let cause = self.fit(fit);
                self.list.push(((tier, Reverse(None), 0, turn), cause));
            }
        }
    }

    fn fit(&mut self, fit: &FitResult) -> CauseResult {
        let evaluated = self.answering.evaluated;
        let find = |id: &ItemId| evaluated.rulebook.find(id);
        let built: Vec<usize> = find(&fit.built.id).into_iter().collect();
        let forms: Vec<usize> = find(&fit.called_for.id)
            .into_iter()
            .chain(built.clone())
            .collect();
        let under = fit.state == FitState::UnderBuilt;
        let action = under.then(|| self.answering.moving(&built, None)).flatten();
        let outcome = fit.outcome.as_ref();
        CauseResult {
            id: fit.id.clone(),
            kind: CauseKind::Fit,
            holds: None,
            title: outcome.map_or_else(String::new, |one| one.label.clone()),
            text: fit.because.clone().unwrap_or_default(),
            finding: Some(FindingKind::Fit),
            severity: None,
            certain: fit.certain,
            rests_on: evaluated.becauses(&forms),
            must_be_true: if under && action.is_none() {
                self.answering.must_be_true(&built)
            } else {
                Vec::new()
            },
            action,
        }
    }
}
