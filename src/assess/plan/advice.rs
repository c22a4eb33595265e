//! Advice that covers a step: it names the question, and an answer that the step is part of.

use super::aim::Aim;
use super::run::{Run, StepUp};
use crate::assess::assessment::result::{
    AdviceResult, FindingResult, GateResult, ItemId, RaiseReason,
};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Truth, TruthRange};
use crate::rules::pack::file::{FindingKind, Severity, Size};
use crate::rules::rulebook::{Advice, Raise, Rulebook};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use std::cmp::Reverse;

/// Advice, with the gate or finding it comes with.
#[derive(Debug, Clone)]
pub(super) struct Remedy<'a> {
    pub(super) advice: AdviceResult,
    /// The answers it leads to.
    raises: &'a [Raise],
    /// The gate or finding.
    pub(super) of: ItemId,
    pub(super) reason: RaiseReason,
    /// The questions it finds out about, where nobody knows their answer.
    finds_out: Vec<&'a ItemId>,
    /// The condition of the finding, where that does not hold today.
    when: Option<&'a Condition>,
}

impl Remedy<'_> {
    /// Rank: advice the client is given first, then advice of least effort.
    fn cost(&self) -> (bool, u32) {
        (self.when.is_some(), weight(self.advice.effort))
    }

    /// The answers of a question that it leads to.
    fn raises(&self, question: usize) -> impl Iterator<Item = &Raise> {
        let raises = self.raises.iter();
        raises.filter(move |one| one.question == question)
    }

    /// The worth up to which it raises a question.
    pub(super) fn worth(&self, run: &Run<'_>) -> Option<f64> {
        let worths = self.raises(run.node).map(|one| one.worth);
        worths.filter(|worth| !worth.is_nan()).reduce(f64::max)
    }

    /// Returns true if it covers a step of a run, by its place there.
    fn covers(&self, run: &Run<'_>, step: &StepUp<'_>, nth: usize) -> bool {
        let unknown = nth == 0 && run.answer.state != State::Rated;
        let finds_out = || self.finds_out.iter().any(|one| **one == run.item.id);
        let mut raises = self.raises(run.node);
        (unknown && finds_out()) || raises.any(|raise| leads(raise, run, step, nth))
    }
}

/// Returns true if an answer that advice leads to is the step or lies beyond it.
fn leads(raise: &Raise, run: &Run<'_>, step: &StepUp<'_>, nth: usize) -> bool {
    let place = || {
        let mut choices = run.question.choices.iter();
        choices.position(|one| one.value == raise.answer)
    };
    match step.aim {
        Aim::Number(limit, answer) if limit.is_above() => answer.counted <= raise.worth + TOLERANCE,
        Aim::Number(_, answer) => answer.counted >= raise.worth - TOLERANCE,
        // Any choice of the group will do: those that are named.
        Aim::More(group, _) if raise.choices != 0 => {
            let named = usize::try_from((group & raise.choices).count_ones());
            named.is_ok_and(|named| nth < named)
        }
        Aim::More(..) => {
            let more = u32::try_from(nth + 1);
            let count = more.map_or(u32::MAX, |more| run.count(more));
            raise.answer.parse().is_ok_and(|most: u32| count <= most)
        }
        Aim::OneOf(group, _) => place().is_some_and(|place| group >> place & 1 == 1),
        Aim::Choice(_, answer) if !raise.worth.is_nan() && run.is_ordered() => {
            answer.counted <= raise.worth + TOLERANCE
        }
        Aim::Choice(own, _) => place() == Some(own),
    }
}

/// All advice: that which the client is given, for gates that are not met first, then for
/// contradictions, then for other findings, the gravest first; then that of findings which do not
/// hold today, for the steps at whose beginning they would.
#[derive(Debug)]
pub(crate) struct Remedies<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) readings: &'a [Reading],
    list: Vec<Remedy<'a>>,
}

impl<'a> Remedies<'a> {
    pub(crate) fn new(
        rulebook: &'a Rulebook,
        readings: &'a [Reading],
        gates: &'a [GateResult],
        findings: &'a [FindingResult],
    ) -> Self {
        let mut remedies = Self {
            rulebook,
            readings,
            list: Vec::new(),
        };
        let gates = rulebook.gates.iter().zip(gates);
        let mut unmet: Vec<_> = gates.filter(|(_, gate)| gate.state.blocks()).collect();
        // Gates of a pack that asks nothing of its own sum up all packs.
        let asks = |pack: usize| rulebook.questions().any(|one| one.item.pack == pack);
        unmet.sort_by_key(|(rule, _)| asks(rule.pack));
        for (rule, gate) in unmet {
            remedies.add(&gate.id, RaiseReason::Gate, &rule.advice, &gate.advice, &[]);
        }
        let mut found: Vec<_> = findings.iter().filter(|one| one.advises()).collect();
        let reason = |kind| {
            if kind == FindingKind::Contradiction {
                RaiseReason::Contradiction
            } else {
                RaiseReason::Finding
            }
        };
        found.sort_by_key(|one| (reason(one.kind), Reverse::<Severity>(one.severity)));
        for one in found {
            let mut rules = rulebook.findings.iter();
            if let Some(rule) = rules.find(|rule| one.id == rule.id) {
                let unknown = one.kind == FindingKind::Unknown;
                let open = one.because.iter().filter(|_| unknown);
                let open: Vec<&ItemId> = open.map(|because| &because.id).collect();
                remedies.add(&one.id, reason(one.kind), &rule.advice, &one.advice, &open);
            }
        }
        remedies.add_others(findings);
        remedies
    }

    fn add(
        &mut self,
        of: &ItemId,
        reason: RaiseReason,
        rules: &'a [Advice],
        advice: &[AdviceResult],
        finds_out: &[&'a ItemId],
    ) {
        let each = advice.iter().map(|advice| {
            let rule = rules.iter().find(|rule| rule.id == advice.id);
            Remedy {
                advice: advice.clone(),
                raises: rule.map_or(&[], |rule| rule.raises.as_slice()),
                of: of.clone(),
                reason,
                finds_out: finds_out.to_vec(),
                when: None,
            }
        });
        self.list.extend(each);
    }

    /// The advice of findings that do not hold today.
    fn add_others(&mut self, findings: &[FindingResult]) {
        let conditions = &self.rulebook.program.findings;
        for (rule, when) in self.rulebook.findings.iter().zip(conditions) {
            let found = findings.iter().any(|one| one.id == rule.id);
            let advises = match rule.kind {
                FindingKind::Strength | FindingKind::Fit | FindingKind::Unknown => false,
                FindingKind::Contradiction | FindingKind::Risk | FindingKind::Gap => true,
            };
            let raising = rule.advice.iter().filter(|one| !one.raises.is_empty());
            for advice in raising.filter(|_| advises && !found) {
                let known = self.given(&advice.work).cloned();
                self.list.push(Remedy {
                    advice: known
                        .unwrap_or_else(|| AdviceResult::of(self.rulebook, self.readings, advice)),
                    raises: &advice.raises,
                    of: ItemId::from(&rule.id),
                    reason: RaiseReason::Finding,
                    finds_out: Vec::new(),
                    when: Some(when),
                });
            }
        }
    }

    /// Gives each step of a run the advice that covers it.
    pub(super) fn cover(&'a self, run: &mut Run<'a>) {
        let steps = run.steps.iter().enumerate();
        let found = steps.map(|(nth, step)| self.of(run, step, nth));
        let found: Vec<_> = found.collect();
        for (step, remedy) in run.steps.iter_mut().zip(found) {
            step.remedy = remedy;
            step.before = remedy.map_or_else(Vec::new, |remedy| self.before(remedy));
        }
    }

    /// The advice that covers a step of a run, by its place there: advice the client is given before
    /// other advice, then advice of less effort. Where that has a preparation which covers the step
    /// too, the preparation is the step.
    fn of(&self, run: &Run<'_>, step: &StepUp<'_>, nth: usize) -> Option<&Remedy<'a>> {
        let best = self.covering(run, step, nth);
        let best = best.min_by_key(|one| one.cost())?;
        Some(self.first(best, run, step, nth))
    }

    /// The advice for the next step of a question alone: as [`Self::of`] finds it, of as much effort
    /// the one that leads least beyond the step; with the first reason of all that covers it.
    pub(super) fn next(
        &self,
        run: &Run<'_>,
        step: &StepUp<'_>,
    ) -> Option<(&Remedy<'a>, RaiseReason)> {
        let far = |one: &Remedy<'_>| one.worth(run).unwrap_or(f64::INFINITY);
        let covering = || self.covering(run, step, 0);
        let best = covering().min_by(|one, other| {
            let costs = one.cost().cmp(&other.cost());
            costs.then(far(one).total_cmp(&far(other)))
        })?;
        let best = self.first(best, run, step, 0);
        let reasons = covering().filter(|one| one.when.is_some() == best.when.is_some());
        Some((best, reasons.map(|one| one.reason).min()?))
    }

    fn covering(
        &self,
        run: &Run<'_>,
        step: &StepUp<'_>,
        nth: usize,
    ) -> impl Iterator<Item = &Remedy<'a>> {
        self.list.iter().filter(move |one| {
            let holds = |when| self.holds_below(when, run, step);
            one.covers(run, step, nth) && one.when.is_none_or(holds)
        })
    }

    /// The first preparation of advice that covers its step too; else the advice.
    fn first<'s>(
        &'s self,
        best: &'s Remedy<'a>,
        run: &Run<'_>,
        step: &StepUp<'_>,
        nth: usize,
    ) -> &'s Remedy<'a> {
        let before = self.before(best);
        let mut works = before.iter().map(|first| &first.work);
        let of = |work: &String| {
            let mut all = self.list.iter().filter(|one| one.when.is_none());
            all.find(|one| one.advice.work == *work && one.covers(run, step, nth))
        };
        works.find_map(of).unwrap_or(best)
    }

    /// Returns true if a condition holds where the question is on the anchor below a step, and
    /// everything else is as today.
    fn holds_below(&self, when: &Condition, run: &Run<'_>, step: &StepUp<'_>) -> bool {
        let Aim::Choice(_, answer) = step.aim else {
            return false;
        };
        let program = &self.rulebook.program;
        let choices = run.question.choices.iter().enumerate();
        let anchors = choices.filter_map(|(place, one)| {
            let worth = run.question.reverse_scored(one.score?);
            (worth < answer.counted - TOLERANCE).then_some((place, worth))
        });
        let below = anchors.max_by(|one, other| one.1.total_cmp(&other.1));
        let below = below.zip(program.questions.get(run.node));
        let Some(((place, worth), shape)) = below.filter(|_| run.answer.state == State::Rated)
        else {
            return false;
        };
        let below = [shape.answered(State::Rated, 1 << place, worth)];
        let judged = when.judge(&mut |index| {
            let atom = program.atoms.get(index);
            TruthRange::exact(atom.map_or(Truth::Unknown, |atom| {
                if atom.node == run.node {
                    let test = atom.test.clone();
                    Atom { node: 0, test }.judge(&below)
                } else {
                    atom.judge(self.readings)
                }
            }))
        });
        judged.low.holds()
    }

    /// The advice of a work, where the client is given any; a work without advice is done, or not
    /// needed.
    fn given(&self, work: &str) -> Option<&AdviceResult> {
        let mut all = self.list.iter().filter(|one| one.when.is_none());
        let found = all.find(|one| one.advice.work == work);
        found.map(|one| &one.advice)
    }

    /// The advice to follow before this one that is not done, each once, first things first.
    pub(super) fn before(&self, remedy: &Remedy<'a>) -> Vec<&AdviceResult> {
        let before = |work: &str| {
            let after = self.given(work)?.after.iter();
            Some(after.map(String::as_str).collect())
        };
        let mut order = Vec::new();
        for first in &remedy.advice.after {
            add_in_order(first, &before, &mut Vec::new(), &mut order);
        }
        let others = order.into_iter();
        let others = others.filter(|work| *work != remedy.advice.work);
        others.filter_map(|work| self.given(work)).collect()
    }
}

/// Number of an effort: low 1, medium 2, high 3.
pub(crate) fn weight(effort: Size) -> u32 {
    match effort {
        Size::Low => 1,
        Size::Medium => 2,
        Size::High => 3,
    }
}

/// Effort of a step that no advice covers.
pub(super) const USUAL: Size = Size::Medium;

/// Adds work behind what should come before it, each once; a circle is cut where it closes.
///
/// `before` gives the work that should come before another, and `None` for what is not given.
pub(crate) fn add_in_order<'w>(
    work: &'w str,
    before: &impl Fn(&str) -> Option<Vec<&'w str>>,
    above: &mut Vec<&'w str>,
    order: &mut Vec<&'w str>,
) {
    if above.contains(&work) || order.contains(&work) {
        return;
    }
    let Some(first) = before(work) else {
        return;
    };
    above.push(work);
    for first in first {
        add_in_order(first, before, above, order);
    }
    above.pop();
    order.push(work);
}
