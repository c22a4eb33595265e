//! Causes: everything that keeps the client back, each with the action that answers it.

use super::effect::Effects;
use super::evaluated::Evaluated;
use super::work::{Conclusions, Work, turn_of};
use super::{
    CauseKind, CauseResult, FindingResult, FitResult, FitState, ItemId, LadderResult, Need,
    NeedKind, NeedState, RaiseResult, lowest,
};
use crate::rules::condition::Truth;
use crate::rules::pack::file::{FindingKind, Severity};
use std::cmp::Reverse;

/// The tiers of causes.
const STOPPED: u8 = 0;
const BINDING: u8 = 1;
const UNFIT: u8 = 2;
const BLOCKING: u8 = 3;
const FOUND: u8 = 4;

/// Needs that block the level of a pack that stands higher than others count as much as a finding of
/// medium severity, and come behind contradictions and risks of that severity.
const ONE_PACK: u8 = 2;
/// More needs than a level has of one kind.
const MOST_NEEDS: usize = 1000;

/// The order of causes: a tier, then the gravest, then by kind, then by turn.
type Rank = (u8, Reverse<Option<Severity>>, u8, usize);

/// Causes as they are gathered, with everything that may answer them.
pub(super) struct Causes<'b, 'a, 'e> {
    pub(super) evaluated: &'b Evaluated<'a>,
    pub(super) conclusions: &'b Conclusions<'a>,
    pub(super) works: &'b [Work<'a>],
    /// Advice that no gate or finding gives: it answers a need that no given work moves.
    pub(super) spare: &'b [Work<'b>],
    pub(super) plan: &'b [RaiseResult],
    pub(super) effects: &'b mut Effects<'e>,
    list: Vec<(Rank, CauseResult)>,
}

impl<'a> Evaluated<'a> {
    /// The gravest that is to be stopped first, then the first need that blocks a level that speaks,
    /// then that less is built than is called for, then the other needs of the level that speaks for
    /// all, then findings by severity, of equals contradictions, risks, the needs of the level of one
    /// pack where none speaks for all, fit, gaps and what is unknown; no finding that rests on what
    /// blocks a level.
    pub(super) fn causes(
        &self,
        conclusions: &Conclusions<'a>,
        (works, spare): (&[Work<'a>], &[Work<'_>]),
        plan: &[RaiseResult],
        effects: &mut Effects<'_>,
    ) -> Vec<CauseResult> {
        let mut causes = Causes {
            evaluated: self,
            conclusions,
            works,
            spare,
            plan,
            effects,
            list: Vec::new(),
        };
        let ladders = self.speaking().into_iter().filter_map(|node| {
            let (id, mut ladders) = (self.id(node)?, conclusions.levels.iter());
            ladders.find(|one| one.id == id)
        });
        let ladders: Vec<&LadderResult> = ladders.collect();
        let first = lowest(ladders.iter().copied());
        for ladder in ladders {
            // The lowest first, then those that stand as low, then the others.
            let turn = match first {
                Some(first) if first.id == ladder.id => 0,
                Some(first) if first.rank == ladder.rank => 1,
                _ => 2,
            };
            causes.add_needs(ladder, turn);
        }
        let first = causes.list.iter_mut().min_by_key(|(rank, _)| *rank);
        if let Some((rank, _)) = first.filter(|(_, cause)| !is_proof(cause.kind)) {
            rank.0 = BINDING;
        }
        let rests = |one: &CauseResult| -> Vec<ItemId> {
            one.rests_on.iter().map(|one| one.id.clone()).collect()
        };
        let needs: Vec<Vec<ItemId>> = causes.list.iter().map(|(_, one)| rests(one)).collect();
        causes.add_findings();
        causes.add_fits();
        let mut list = causes.list;
        list.retain(|(_, cause)| {
            let own = rests(cause);
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

/// True for a need of more proof rather than of another answer.
fn is_proof(kind: CauseKind) -> bool {
    matches!(kind, CauseKind::Basis | CauseKind::Confidence)
}

impl Causes<'_, '_, '_> {
    /// Adds the needs that block the next level of a ladder.
    fn add_needs(&mut self, ladder: &LadderResult, ladder_turn: usize) {
        let speaks = self.evaluated.rulebook.overall().is_some() || ladder_turn < 2;
        let blocking = ladder.blocked_by().into_iter();
        let needs = blocking.filter(|_| ladder.level.is_some());
        let needs = needs.filter(|need| need.asked_in.is_empty());
        for (turn, need) in needs.enumerate() {
            let kind = match need.kind {
                NeedKind::Gate => 0,
                NeedKind::Floor => MOST_NEEDS,
                NeedKind::Score => 2 * MOST_NEEDS,
                NeedKind::Basis | NeedKind::Confidence => 3 * MOST_NEEDS,
            };
            let cause = self.need(ladder, need);
            // A need that one action does away with goes first.
            let action = cause.action.as_ref();
            let lifted = action.is_some_and(|work| self.climbs(work, &ladder.id));
            let turn = turn + if lifted { 0 } else { kind + MOST_NEEDS };
            let turn = turn + ladder_turn * 5 * MOST_NEEDS;
            // What no action meets comes behind findings that one answers.
            let rank = if speaks && !is_proof(cause.kind) {
                (BLOCKING, Reverse(None), 0, turn)
            } else {
                (FOUND, Reverse(Some(Severity::Medium)), ONE_PACK, turn)
            };
            self.list.push((rank, cause));
        }
    }

    fn need(&mut self, ladder: &LadderResult, need: &Need) -> CauseResult {
        let (works, spare) = (self.works, self.spare);
        let is_gate = need.kind == NeedKind::Gate;
        let mut gates = self.conclusions.gates.iter().enumerate();
        let gate = gates.find(|(_, gate)| is_gate && need.id == *gate.id);
        let (place, gate) = gate.unzip();
        let rests_on = gate.map_or_else(
            || {
                let node = self.evaluated.rulebook.find(&need.id);
                self.evaluated.becauses(node.as_slice())
            },
            |gate| gate.parts.clone(),
        );
        let read = self.evaluated.nodes(&rests_on);
        let threshold = matches!(need.kind, NeedKind::Score | NeedKind::Floor);
        let soonest = threshold.then(|| self.soonest(&ladder.id)).flatten();
        let enough = soonest.is_some();
        let lowest = if threshold {
            self.evaluated.lowest_parts(need)
        } else {
            Vec::new()
        };
        // A work that already answers a need is not said again where another will do.
        let used = self
            .list
            .iter()
            .filter_map(|(_, cause)| cause.action.clone());
        let used: Vec<String> = used.collect();
        let fresh = |one: &&Work<'_>| !used.contains(&one.advice.work);
        let parts: Vec<usize> = lowest.iter().map(|(node, _)| *node).collect();
        let on_lowest = self
            .most(works.iter().filter(fresh), &parts, None)
            .or_else(|| self.most(spare.iter().filter(fresh), &parts, None))
            .filter(|work| self.carries(work, &read, need.lacks));
        let action = gate
            .and_then(|gate| self.own(&gate.id, &read, place))
            .or(soonest)
            .or(on_lowest)
            .or_else(|| self.most(works.iter().filter(fresh), &read, place))
            .or_else(|| self.most(works.iter(), &read, place))
            .or_else(|| self.most(spare.iter(), &read, place));
        let mut ways = works.iter().chain(spare);
        let way = ways.find(|one| Some(&one.advice.work) == action.as_ref());
        CauseResult {
            id: ItemId::from(&*need.id),
            kind: need.kind.into(),
            blocks: Some(ladder.id.clone()),
            title: need.says.trim_end_matches('.').to_owned(),
            text: gate.map_or_else(
                || self.evaluated.why_so_low(need, &lowest, (way, enough)),
                |gate| gate.because.clone(),
            ),
            finding: None,
            severity: None,
            certain: self.surely_unmet(need, place),
            must_be_true: self.must_be_true(need, &read, action.is_none()),
            rests_on,
            action,
        }
    }

    /// True if no open answer can meet a need of a ladder.
    fn surely_unmet(&self, need: &Need, gate: Option<usize>) -> bool {
        match need.kind {
            NeedKind::Gate => {
                let judged = gate.and_then(|place| self.evaluated.evaluation.gates.get(place));
                judged.is_some_and(|one| one.met != Some(Truth::True) && one.certain)
            }
            NeedKind::Score | NeedKind::Floor | NeedKind::Basis => {
                need.state == NeedState::Unmet && need.certain
            }
            NeedKind::Confidence => false,
        }
    }

    /// Adds the findings that keep anybody back.
    fn add_findings(&mut self) {
        for (turn, finding) in self.conclusions.findings.iter().enumerate() {
            let fits = finding.kind == FindingKind::Fit && finding.severity == Severity::Info;
            let Some(kind) = turn_of(finding.kind) else {
                continue;
            };
            // Where nothing that it advises is called for, it keeps nobody back.
            let rule = self.evaluated.finding_rule(&finding.id);
            let advised = rule.is_some_and(|rule| !rule.advice.is_empty());
            let settled = finding.advice.is_empty() && advised;
            if !finding.called_for || fits || settled {
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

    fn finding(&mut self, finding: &FindingResult) -> CauseResult {
        let read = self.evaluated.nodes(&finding.because);
        let under = self.conclusions.misfit(finding) == Some(FitState::UnderBuilt);
        let action = under
            .then(|| self.building(finding.id.pack()))
            .flatten()
            .or_else(|| self.own(&finding.id, &read, None));
        let lifted = action.as_ref().is_some_and(|work| self.lifts(work));
        CauseResult {
            id: finding.id.clone(),
            kind: if finding.kind == FindingKind::Fit {
                CauseKind::Fit
            } else {
                CauseKind::Finding
            },
            blocks: None,
            title: finding.title.clone(),
            text: finding.text.clone(),
            finding: Some(finding.kind),
            severity: Some(finding.severity),
            certain: finding.certain,
            rests_on: finding.because.clone(),
            must_be_true: self.next_anchors(&read, !lifted),
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
        let rulebook = self.evaluated.rulebook;
        let built = rulebook.find(&fit.built.id);
        let forms = rulebook.find(&fit.called_for.id).into_iter().chain(built);
        let rests_on = self.evaluated.becauses(&forms.collect::<Vec<_>>());
        let (built, works) = (built.as_slice(), self.works);
        let under = fit.state == FitState::UnderBuilt;
        let action = under
            .then(|| self.most(works.iter(), built, None))
            .flatten();
        let outcome = fit.outcome.as_ref();
        CauseResult {
            id: fit.id.clone(),
            kind: CauseKind::Fit,
            blocks: None,
            title: outcome.map_or_else(String::new, |one| one.label.clone()),
            // Where it is open which rule decides, there are several reasons, and none for sure.
            text: fit
                .because
                .clone()
                .filter(|_| fit.rule.is_some())
                .unwrap_or_default(),
            finding: Some(FindingKind::Fit),
            severity: None,
            certain: fit.certain,
            rests_on,
            must_be_true: self.next_anchors(built, under && action.is_none()),
            action,
        }
    }
}
