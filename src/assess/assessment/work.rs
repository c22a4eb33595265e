//! What the client is advised to do: each work once, with everything it comes with.

use super::build::Build;
use super::cause::turn_of;
use super::target::aimed;
use super::{
    AdviceResult, CauseResult, FindingResult, FitResult, FitState, GateResult, ItemId,
    LadderResult, NeedKind, QuestionResult, RaiseResult,
};
use crate::rules::pack::file::{FindingKind, Severity, Size};
use crate::rules::rulebook::{Advice, Raise};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What conclusions are drawn from.
pub(super) struct Found<'a> {
    pub(super) gates: &'a [GateResult],
    pub(super) findings: &'a [FindingResult],
    pub(super) levels: &'a [LadderResult],
    pub(super) fits: &'a [FitResult],
}

/// Gates of a next level first, then findings, the gravest first, of equals by kind; within these by what it is
/// worth.
pub(super) type Rank = (bool, Reverse<Severity>, u8, Reverse<u32>);

/// Work that one gate or finding advises, or several.
#[derive(Debug, Clone)]
pub(super) struct Work<'a> {
    /// The gate or finding that tells it: of its own pack, else the first; where none does, what it
    /// leads to.
    pub(super) of: &'a ItemId,
    pub(super) advice: &'a AdviceResult,
    /// All that any of them raises.
    pub(super) raises: Vec<&'a Raise>,
    /// The gates and findings that advise it.
    pub(super) by: Vec<&'a ItemId>,
    /// Other work that should come first, as any of them says.
    pub(super) after: BTreeSet<&'a str>,
    /// The first of theirs.
    pub(super) rank: Rank,
    /// Whether it stops what is not called for.
    pub(super) stops: bool,
}

impl Found<'_> {
    /// Whether more is built in a pack than is called for.
    pub(super) fn over(&self, pack: &str) -> bool {
        let mut fits = self.fits.iter();
        fits.any(|fit| fit.pack == pack && fit.state == FitState::OverBuilt)
    }

    /// Whether a finding says that what is built does not fit, and gravely enough to count.
    pub(super) fn tells(&self, finding: &FindingResult) -> bool {
        self.unfit(finding).is_some()
    }

    /// In which way what is built does not fit, where a finding says so.
    pub(super) fn unfit(&self, finding: &FindingResult) -> Option<FitState> {
        let says = finding.kind == FindingKind::Fit && finding.severity > Severity::Low;
        let mut fits = self.fits.iter().filter(|_| says);
        let fit = fits.find(|fit| fit.pack == finding.id.pack())?;
        match fit.state {
            FitState::OverBuilt | FitState::UnderBuilt => Some(fit.state),
            FitState::Fit | FitState::Open | FitState::NotApplicable => None,
        }
    }
}

impl<'a> Build<'a> {
    /// The work of gates that levels ask for, and of findings that hold and are called for, in the
    /// order of the packs.
    pub(super) fn works(&self, found: &Found<'a>) -> Vec<Work<'a>> {
        let mut works = Vec::new();
        for (rule, gate) in self.rulebook.gates.iter().zip(found.gates) {
            self.of_gate(found, gate, &rule.advice, &mut works);
        }
        for finding in found.findings {
            let over = found.over(finding.id.pack()) && finding.kind == FindingKind::Fit;
            let Some(turn) = turn_of(finding.kind).filter(|_| finding.advises()) else {
                continue;
            };
            let mut rules = self.rulebook.findings.iter();
            let Some(rule) = rules.find(|rule| finding.id == rule.id) else {
                continue;
            };
            for advice in &finding.advice {
                let Some(rule) = rule.advice.iter().find(|one| one.id == advice.id) else {
                    continue;
                };
                let severity = finding.severity;
                let worth = Reverse(worth(severity, advice));
                let rank = (true, Reverse(severity), turn, worth);
                let stops = over && rule.raises.is_empty();
                add(&mut works, &finding.id, (advice, &rule.raises), rank, stops);
            }
        }
        let packs = &self.rulebook.packs;
        works.sort_by_key(|work| packs.iter().position(|pack| pack.id == work.of.pack()));
        works
    }

    /// Advice for the next step of a gap that no gate or finding gives today, each work once, told by
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
            let rules = self.rulebook.findings.iter();
            let rules = rules.filter(|rule| led.of == rule.id);
            let mut rules = rules.flat_map(|rule| &rule.advice);
            let Some(rule) = rules.find(|one| one.id == led.advice.id) else {
                continue;
            };
            let of_work = |one: &Work<'_>| one.advice.work == led.advice.work;
            if works.iter().any(of_work) || spare.iter().any(of_work) {
                continue;
            }
            let worth = Reverse(worth(Severity::Low, &led.advice));
            let rank = (true, Reverse(Severity::Low), u8::MAX, worth);
            let own = (&led.advice, rule.raises.as_slice());
            add(&mut spare, &raise.id, own, rank, false);
        }
        spare
    }

    /// The spare works that answer a cause, told by it and ranked as what holds a level, and those
    /// that lead to a target.
    pub(super) fn wanted<'p>(
        spare: Vec<Work<'p>>,
        causes: &'p [CauseResult],
        questions: &[QuestionResult],
    ) -> Vec<Work<'p>> {
        let wanted = spare.into_iter().filter_map(|work| {
            let mut causes = causes.iter();
            let cause = causes.find(|one| one.action.as_ref() == Some(&work.advice.work));
            if let Some(cause) = cause {
                let worth = Reverse(worth(Severity::High, work.advice));
                return Some(Work {
                    of: &cause.id,
                    by: vec![&cause.id],
                    rank: (false, Reverse(Severity::High), 0, worth),
                    ..work
                });
            }
            let mut aimed = questions.iter().filter(|one| aimed(one).is_some());
            aimed.any(|one| one.id == *work.of).then_some(work)
        });
        wanted.collect()
    }

    /// The work of a gate that holds a next level; of a gate of a later one, where it moves an answer.
    fn of_gate(
        &self,
        found: &Found<'a>,
        gate: &'a GateResult,
        rules: &'a [Advice],
        works: &mut Vec<Work<'a>>,
    ) {
        let next = found
            .levels
            .iter()
            .any(|ladder| ladder.is_held_by(&gate.id));
        let ladders = found.levels.iter().filter(|one| one.higher_is_called_for);
        let levels = ladders.flat_map(|ladder| &ladder.levels);
        let mut needs = levels.flat_map(|level| &level.needs);
        let asked = needs.any(|need| need.kind == NeedKind::Gate && need.id == *gate.id);
        if !gate.state.holds_back() || !asked {
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
                let worth = Reverse(worth(severity, advice));
                let rank = (!next, Reverse(severity), turn, worth);
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

/// Severity times impact over effort, in sixths so that it stays whole.
fn worth(severity: Severity, advice: &AdviceResult) -> u32 {
    let weight = |size| match size {
        Size::Low => 1,
        Size::Medium => 2,
        Size::High => 3,
    };
    let rank = match severity {
        Severity::Info => 1,
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    };
    rank * weight(advice.impact) * 6 / weight(advice.effort)
}
