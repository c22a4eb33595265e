//! Advice that belongs to a step: it names the question, and an answer that the step is part of.

use super::number::Edge;
use super::several::Several;
use super::step::{Aim, Change, Open, StepUp};
use crate::assess::assessment::{AdviceResult, FindingResult, GateResult, ItemId};
use crate::rules::pack::file::{FindingKind, Severity, Size};
use crate::rules::rulebook::{Advice, Raise, Rulebook};
use crate::text::number::TOLERANCE;
use std::cmp::Reverse;

/// Advice the client is given, with what it comes with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Remedy<'a> {
    pub(crate) advice: &'a AdviceResult,
    /// The answers it leads to.
    raises: &'a [Raise],
    /// The gate or finding.
    pub(crate) of: &'a ItemId,
    /// 0 for gates, 1 for contradictions, 2 for the rest.
    pub(crate) tier: u8,
}

impl Remedy<'_> {
    /// The worth up to which it raises a question.
    pub(crate) fn worth(&self, open: &Open<'_>) -> Option<f64> {
        let raises = self.raises.iter().filter(|one| one.question == open.node);
        let worths = raises.map(|one| one.worth).filter(|worth| !worth.is_nan());
        worths.reduce(f64::max)
    }

    /// Whether it covers a step of a question, the so manieth of its run.
    fn covers(&self, open: &Open<'_>, step: &StepUp, nth: usize) -> bool {
        let mut raises = self.raises.iter().filter(|one| one.question == open.node);
        raises.any(|raise| leads(raise, open, step, nth))
    }
}

/// Whether what advice leads to is the step or lies beyond it.
fn leads(raise: &Raise, open: &Open<'_>, step: &StepUp, nth: usize) -> bool {
    let place = || {
        let mut choices = open.question.choices.iter();
        choices.position(|one| one.value == raise.answer)
    };
    match (step.aim, step.change) {
        (Aim::Number(Edge::AtLeast(_) | Edge::Above(_)), Change::To(given)) => {
            given.counted <= raise.worth + TOLERANCE
        }
        (Aim::Number(Edge::AtMost(_) | Edge::Below(_)), Change::To(given)) => {
            given.counted >= raise.worth - TOLERANCE
        }
        // Any choice of the group will do: those that are named.
        (Aim::More(group), _) if raise.choices != 0 => {
            let named = usize::try_from((group & raise.choices).count_ones());
            named.is_ok_and(|named| nth < named)
        }
        (Aim::More(_), _) => {
            let several = Several::new(open.question, open.given);
            let count = u32::try_from(nth).map_or(u32::MAX, |nth| several.count(nth + 1));
            raise.answer.parse().is_ok_and(|most: u32| count <= most)
        }
        (Aim::OneOf(group), _) => place().is_some_and(|place| group >> place & 1 == 1),
        (Aim::Choice(_), Change::To(given)) if !raise.worth.is_nan() && open.is_ordered() => {
            given.counted <= raise.worth + TOLERANCE
        }
        (Aim::Choice(own), _) => place() == Some(own),
        (Aim::Number(_), Change::Add(_)) => false,
    }
}

/// All advice a client is given, in the order in which it counts: for gates that are not met, then
/// for contradictions, then for other findings, the gravest first.
#[derive(Debug, Default)]
pub(crate) struct Remedies<'a> {
    list: Vec<Remedy<'a>>,
}

impl<'a> Remedies<'a> {
    pub(crate) fn new(
        rulebook: &'a Rulebook,
        gates: &'a [GateResult],
        findings: &'a [FindingResult],
    ) -> Self {
        let mut remedies = Self::default();
        let gates = rulebook.gates().iter().zip(gates);
        let mut unmet: Vec<_> = gates.filter(|(_, gate)| gate.state.holds_back()).collect();
        // Gates of a pack that asks nothing of its own hold what all packs come to.
        let asks = |pack: usize| {
            let mut questions = rulebook.items().iter().take(rulebook.question_count());
            questions.any(|item| item.pack == pack)
        };
        unmet.sort_by_key(|(rule, _)| asks(rule.pack));
        for (rule, gate) in unmet {
            remedies.add(&gate.id, 0, &rule.advice, &gate.advice);
        }
        let mut found: Vec<_> = findings.iter().collect();
        let rank = |kind| u8::from(kind != FindingKind::Contradiction);
        found.sort_by_key(|one| (rank(one.kind), Reverse::<Severity>(one.severity)));
        for one in found {
            let mut rules = rulebook.findings().iter();
            if let Some(rule) = rules.find(|rule| one.id == rule.id) {
                let tier = 1 + rank(one.kind);
                remedies.add(&one.id, tier, &rule.advice, &one.advice);
            }
        }
        remedies
    }

    /// Those whose advice is wanted.
    pub(crate) fn only(mut self, wanted: impl Fn(&AdviceResult) -> bool) -> Self {
        self.list.retain(|one| wanted(one.advice));
        self
    }

    fn add(&mut self, of: &'a ItemId, tier: u8, rules: &'a [Advice], advice: &'a [AdviceResult]) {
        let each = advice.iter().map(|advice| {
            let rule = rules.iter().find(|rule| rule.id == advice.id);
            Remedy {
                advice,
                raises: rule.map_or(&[], |rule| rule.raises.as_slice()),
                of,
                tier,
            }
        });
        self.list.extend(each);
    }

    /// The advice that covers a step of a question, the so manieth of its run.
    pub(crate) fn of(&self, open: &Open<'_>, step: &StepUp, nth: usize) -> Option<&Remedy<'a>> {
        self.list.iter().find(|one| one.covers(open, step, nth))
    }

    /// The advice of a work, where the client is given any; what is not given is done, or not
    /// needed.
    fn given(&self, work: &str) -> Option<&'a AdviceResult> {
        let mut all = self.list.iter();
        let found = all.find(|one| one.advice.work == work);
        found.map(|one| one.advice)
    }

    /// What advice asks to be done before it and is not done, each once, first things first.
    pub(crate) fn before(&self, remedy: &Remedy<'a>) -> Vec<&'a AdviceResult> {
        let mut list = Vec::new();
        self.collect(remedy.advice, &mut vec![&remedy.advice.work], &mut list);
        list
    }

    fn collect(
        &self,
        advice: &'a AdviceResult,
        above: &mut Vec<&'a String>,
        list: &mut Vec<&'a AdviceResult>,
    ) {
        for first in advice.after.iter().filter_map(|work| self.given(work)) {
            let known = list.iter().any(|one| one.work == first.work);
            if !known && !above.contains(&&first.work) {
                above.push(&first.work);
                self.collect(first, above, list);
                above.pop();
                list.push(first);
            }
        }
    }
}

/// What an effort counts for: low 1, medium 2, high 3.
pub(crate) fn weight(effort: Size) -> u32 {
    match effort {
        Size::Low => 1,
        Size::Medium => 2,
        Size::High => 3,
    }
}

/// What a step takes that no advice covers.
pub(crate) const USUAL: Size = Size::Medium;
