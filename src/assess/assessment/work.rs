//! Advice to the client, gathered by work: each work once, with everything it comes with.

use super::evaluated::Evaluated;
use super::{
    AdviceResult, CauseResult, FindingResult, FitResult, FitState, GateResult, ItemId,
    LadderResult, NeedKind, QuestionResult, RaiseResult,
};
use crate::assess::plan::advice::weight;
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::rulebook::{Advice, Finding, Raise};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The conclusions that causes and works are drawn from.
pub(super) struct Conclusions<'a> {
    pub(super) gates: &'a [GateResult],
    pub(super) findings: &'a [FindingResult],
    pub(super) levels: &'a [LadderResult],
    pub(super) fits: &'a [FitResult],
}

/// Gates of a next level first, then findings, the gravest first, of equals by kind; within these by
/// severity times impact over effort.
pub(super) type Rank = (bool, Reverse<Severity>, u8, Reverse<u32>);

/// Work that one gate or finding advises, or several.
#[derive(Debug, Clone)]
pub(super) struct Work<'a> {
    /// The gate or finding whose words it has: of its own pack, else the first; where none has it,
    /// what it leads to.
    pub(super) of: &'a ItemId,
    pub(super) advice: &'a AdviceResult,
    /// All that any of them raises.
    pub(super) raises: Vec<&'a Raise>,
    /// The gates and findings that advise it.
    pub(super) by: Vec<&'a ItemId>,
    /// Other work that should come first, by any of them.
    pub(super) after: BTreeSet<&'a str>,
    /// The first of theirs.
    pub(super) rank: Rank,
    /// True if it stops what is not called for.
    pub(super) stops: bool,
}

impl Conclusions<'_> {
    /// The fit of what is built in a pack.
    fn fit_of(&self, pack: &str) -> Option<FitState> {
        let mut fits = self.fits.iter();
        fits.find(|fit| fit.pack == pack).map(|fit| fit.state)
    }

    /// The misfit that a finding is about, where it is grave enough to count.
    pub(super) fn misfit(&self, finding: &FindingResult) -> Option<FitState> {
        let is_grave = finding.kind == FindingKind::Fit && finding.severity > Severity::Low;
        let state = self.fit_of(finding.id.pack()).filter(|_| is_grave)?;
        matches!(state, FitState::OverBuilt | FitState::UnderBuilt).then_some(state)
    }
}

/// The place of a kind among findings that are equally grave; `None` for what keeps nobody back.
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

impl<'a> Evaluated<'a> {
    /// The rule of a finding.
    pub(super) fn finding_rule(&self, id: &ItemId) -> Option<&'a Finding> {
        self.rulebook.findings.get(self.finding_place(id)?)
    }

    /// The place of a finding among the rules.
    pub(super) fn finding_place(&self, id: &ItemId) -> Option<usize> {
        let mut rules = self.rulebook.findings.iter();
        rules.position(|rule| *id == rule.id)
    }

    /// The work of gates that levels ask for, and of findings that hold and are called for, in the
    /// order of the packs.
    pub(super) fn works(&self, conclusions: &Conclusions<'a>) -> Vec<Work<'a>> {
        let mut works = Vec::new();
        for (rule, gate) in self.rulebook.gates.iter().zip(conclusions.gates) {
            self.of_gate(conclusions, gate, &rule.advice, &mut works);
        }
        for finding in conclusions.findings {
            let turn = turn_of(finding.kind).filter(|_| finding.advises());
            let Some((turn, rule)) = turn.zip(self.finding_rule(&finding.id)) else {
                continue;
            };
            let over = finding.kind == FindingKind::Fit
                && conclusions.fit_of(finding.id.pack()) == Some(FitState::OverBuilt);
            for advice in &finding.advice {
                let Some(rule) = rule.advice.iter().find(|one| one.id == advice.id) else {
                    continue;
                };
                let rank = rank(true, finding.severity, turn, advice);
                let stops = over && rule.raises.is_empty();
                add(&mut works, &finding.id, (advice, &rule.raises), rank, stops);
            }
        }
        let packs = &self.rulebook.packs;
        works.sort_by_key(|work| packs.iter().position(|pack| pack.id == work.of.pack()));
        works
    }

    /// Advice for the next step of a gap that no gate or finding gives today, each work once, under
    /// the question.
    pub(super) fn spare<'p>(
        &'p self,
        works: &[Work<'_>],
        plan: &'p [RaiseResult],
    ) -> Vec<Work<'p>> {
        let mut spare: Vec<Work<'p>> = Vec::new();
        for raise in plan {
            let Some(led) = &raise.advice else {
                continue;
            };
            let rule = self.finding_rule(&led.of);
            let mut rules = rule.into_iter().flat_map(|rule| &rule.advice);
            let Some(rule) = rules.find(|one| one.id == led.advice.id) else {
                continue;
            };
            let of_work = |one: &Work<'_>| one.advice.work == led.advice.work;
            if works.iter().any(of_work) || spare.iter().any(of_work) {
                continue;
            }
            let rank = rank(true, Severity::Low, u8::MAX, &led.advice);
            let own = (&led.advice, rule.raises.as_slice());
            add(&mut spare, &raise.id, own, rank, false);
        }
        spare
    }

    /// The spare works that answer a cause, under it and ranked as what blocks a level, and those that
    /// lead to a target.
    pub(super) fn wanted<'p>(
        spare: Vec<Work<'p>>,
        causes: &'p [CauseResult],
        questions: &[QuestionResult],
    ) -> Vec<Work<'p>> {
        let wanted = spare.into_iter().filter_map(|work| {
            let mut causes = causes.iter();
            let cause = causes.find(|one| one.action.as_ref() == Some(&work.advice.work));
            if let Some(cause) = cause {
                return Some(Work {
                    of: &cause.id,
                    by: vec![&cause.id],
                    rank: rank(false, Severity::High, 0, work.advice),
                    ..work
                });
            }
            let mut aimed = questions.iter().filter(|one| one.aimed().is_some());
            aimed.any(|one| one.id == *work.of).then_some(work)
        });
        wanted.collect()
    }

    /// The work of a gate that blocks a next level; of a gate of a later one, where it moves an answer.
    fn of_gate(
        &self,
        conclusions: &Conclusions<'a>,
        gate: &'a GateResult,
        rules: &'a [Advice],
        works: &mut Vec<Work<'a>>,
    ) {
        let mut ladders = conclusions.levels.iter();
        let next = ladders.any(|ladder| ladder.is_blocked_by(&gate.id));
        let ladders = conclusions.levels.iter();
        let ladders = ladders.filter(|one| one.higher_is_called_for);
        let levels = ladders.flat_map(|ladder| &ladder.levels);
        let mut needs = levels.flat_map(|level| &level.needs);
        let asked = needs.any(|need| need.kind == NeedKind::Gate && need.id == *gate.id);
        if !gate.state.blocks() || !asked {
            return;
        }
        let (severity, turn) = if next {
            (Severity::High, 0)
        } else {
            (Severity::Low, u8::MAX)
        };
        for advice in &gate.advice {
            let rule = rules.iter().find(|one| one.id == advice.id);
            let raises = rule.map_or(&[][..], |rule| &rule.raises);
            let called = |raise: &&Raise| self.more_is_called_for(raise.question);
            let mut wanted = raises.iter().filter(called);
            let moves = wanted.any(|raise| self.raised(raise).is_some());
            if next || moves {
                let rank = rank(!next, severity, turn, advice);
                add(works, &gate.id, (advice, raises), rank, false);
            }
        }
    }
}

/// Adds advice to its work.
fn add<'a>(
    works: &mut Vec<Work<'a>>,
    of: &'a ItemId,
    (advice, raises): (&'a AdviceResult, &'a [Raise]),
    rank: Rank,
    stops: bool,
) {
    let after = advice.after.iter().map(String::as_str);
    let after = after.filter(|first| *first != advice.work);
    let mut known = works.iter_mut();
    let Some(work) = known.find(|one| one.advice.work == advice.work) else {
        works.push(Work {
            of,
            advice,
            raises: raises.iter().collect(),
            by: vec![of],
            after: after.collect(),
            rank,
            stops,
        });
        return;
    };
    if advice.is_of(of.pack()) {
        (work.of, work.advice) = (of, advice);
    }
    for raise in raises {
        let mut known = work.raises.iter_mut();
        match known.find(|one| one.question == raise.question) {
            Some(one) if one.worth < raise.worth => *one = raise,
            Some(_) => {}
            None => work.raises.push(raise),
        }
    }
    work.by.push(of);
    work.after.extend(after);
    work.rank = work.rank.min(rank);
    work.stops |= stops;
}

/// The rank of advice; severity times impact over effort is in sixths, so that it stays whole.
fn rank(later: bool, severity: Severity, turn: u8, advice: &AdviceResult) -> Rank {
    let worth = (severity as u32 + 1) * weight(advice.impact) * 6 / weight(advice.effort);
    (later, Reverse(severity), turn, Reverse(worth))
}
