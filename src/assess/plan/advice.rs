//! Advice that covers a step: it names the question, and an answer that the step is part of.

use super::candidate::{Aim, Candidate, Change, StepUp};
use super::several::Several;
use crate::assess::assessment::result::{AdviceResult, FindingResult, GateResult, ItemId};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Truth, TruthRange};
use crate::rules::pack::file::{FindingKind, Severity, Size};
use crate::rules::rulebook::{Advice, Raise, Rulebook};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use std::borrow::Cow;
use std::cmp::Reverse;

/// Advice, with the gate or finding it comes with.
#[derive(Debug, Clone)]
pub(super) struct Remedy<'a> {
    pub(super) advice: Cow<'a, AdviceResult>,
    /// The answers it leads to.
    raises: &'a [Raise],
    /// The gate or finding.
    pub(super) of: Cow<'a, ItemId>,
    /// 0 for gates, 1 for contradictions, 2 for the rest.
    pub(super) tier: u8,
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

    /// The worth up to which it raises a question.
    pub(super) fn worth(&self, candidate: &Candidate<'_>) -> Option<f64> {
        let raises = self
            .raises
            .iter()
            .filter(|one| one.question == candidate.node);
        let worths = raises.map(|one| one.worth).filter(|worth| !worth.is_nan());
        worths.reduce(f64::max)
    }

    /// Returns true if it covers a step of a question, by the place of the step in its run.
    fn covers(&self, candidate: &Candidate<'_>, step: &StepUp, nth: usize) -> bool {
        if nth == 0 && candidate.answer.state != State::Rated {
            let id = &candidate.item.id;
            if self.finds_out.iter().any(|one| one.as_str() == id.as_str()) {
                return true;
            }
        }
        let mut raises = self
            .raises
            .iter()
            .filter(|one| one.question == candidate.node);
        raises.any(|raise| leads(raise, candidate, step, nth))
    }
}

/// Returns true if an answer that advice leads to is the step or lies beyond it.
fn leads(raise: &Raise, candidate: &Candidate<'_>, step: &StepUp, nth: usize) -> bool {
    let place = || {
        let mut choices = candidate.question.choices.iter();
        choices.position(|one| one.value == raise.answer)
    };
    match (step.aim, step.change) {
        (Aim::Number(limit), Change::To(answer)) if limit.is_above() => {
            answer.counted <= raise.worth + TOLERANCE
        }
        (Aim::Number(_), Change::To(answer)) => answer.counted >= raise.worth - TOLERANCE,
        // Any choice of the group will do: those that are named.
        (Aim::More(group), _) if raise.choices != 0 => {
            let named = usize::try_from((group & raise.choices).count_ones());
            named.is_ok_and(|named| nth < named)
        }
        (Aim::More(_), _) => {
            let several = Several::new(candidate.question, candidate.answer);
            let count = u32::try_from(nth).map_or(u32::MAX, |nth| several.count(nth + 1));
            raise.answer.parse().is_ok_and(|most: u32| count <= most)
        }
        (Aim::OneOf(group), _) => place().is_some_and(|place| group >> place & 1 == 1),
        (Aim::Choice(_), Change::To(answer)) if !raise.worth.is_nan() && candidate.is_ordered() => {
            answer.counted <= raise.worth + TOLERANCE
        }
        (Aim::Choice(own), _) => place() == Some(own),
        (Aim::Number(_), Change::Add(_)) => false,
    }
}

/// All advice: that which the client is given, for gates that are not met first, then for
/// contradictions, then for other findings, the gravest first; then that of findings which do not
/// hold today, for the steps at whose beginning they would.
#[derive(Debug)]
pub(crate) struct Remedies<'a> {
    rulebook: &'a Rulebook,
    readings: &'a [Reading],
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
        let mut unmet: Vec<_> = gates.filter(|(_, gate)| gate.state.holds_back()).collect();
        // Gates of a pack that asks nothing of its own hold what all packs come to.
        let asks = |pack: usize| {
            let mut questions = rulebook.items.iter().take(rulebook.question_count());
            questions.any(|item| item.pack == pack)
        };
        unmet.sort_by_key(|(rule, _)| asks(rule.pack));
        for (rule, gate) in unmet {
            remedies.add(&gate.id, 0, &rule.advice, &gate.advice, &[]);
        }
        let mut found: Vec<_> = findings.iter().filter(|one| one.advises()).collect();
        let rank = |kind| u8::from(kind != FindingKind::Contradiction);
        found.sort_by_key(|one| (rank(one.kind), Reverse::<Severity>(one.severity)));
        for one in found {
            let mut rules = rulebook.findings.iter();
            if let Some(rule) = rules.find(|rule| one.id == rule.id) {
                let unknown = one.kind == FindingKind::Unknown;
                let open = one.because.iter().filter(|_| unknown);
                let open: Vec<&ItemId> = open.map(|because| &because.id).collect();
                let tier = 1 + rank(one.kind);
                remedies.add(&one.id, tier, &rule.advice, &one.advice, &open);
            }
        }
        remedies.add_others(findings);
        remedies
    }

    fn add(
        &mut self,
        of: &'a ItemId,
        tier: u8,
        rules: &'a [Advice],
        advice: &'a [AdviceResult],
        finds_out: &[&'a ItemId],
    ) {
        let each = advice.iter().map(|advice| {
            let rule = rules.iter().find(|rule| rule.id == advice.id);
            Remedy {
                advice: Cow::Borrowed(advice),
                raises: rule.map_or(&[], |rule| rule.raises.as_slice()),
                of: Cow::Borrowed(of),
                tier,
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
                    advice: Cow::Owned(
                        known.unwrap_or_else(|| AdviceResult::of(self.rulebook, advice)),
                    ),
                    raises: &advice.raises,
                    of: Cow::Owned(ItemId::from(&rule.id)),
                    tier: 2,
                    finds_out: Vec::new(),
                    when: Some(when),
                });
            }
        }
    }

    /// The advice that covers a step of a question, by the place of the step in its run: advice the
    /// client is given before other advice, then advice of less effort. Where that has a
    /// preparation which covers the step too, the preparation is the step.
    pub(super) fn of(
        &self,
        candidate: &Candidate<'_>,
        step: &StepUp,
        nth: usize,
    ) -> Option<&Remedy<'a>> {
        let covering = self.covering(candidate, step, nth);
        let best = covering.min_by_key(|one| one.cost())?;
        Some(self.first(best, candidate, step, nth))
    }

    /// The advice for the next step of a question alone: as [`Self::of`] finds it, of as much effort
    /// the one that leads least beyond the step; with the first tier of all that covers it.
    pub(super) fn next(
        &self,
        candidate: &Candidate<'_>,
        step: &StepUp,
    ) -> Option<(&Remedy<'a>, u8)> {
        let far = |one: &Remedy<'_>| one.worth(candidate).unwrap_or(f64::INFINITY);
        let covering = || self.covering(candidate, step, 0);
        let best = covering().min_by(|one, other| {
            let costs = one.cost().cmp(&other.cost());
            costs.then(far(one).total_cmp(&far(other)))
        })?;
        let best = self.first(best, candidate, step, 0);
        let tiers = covering().filter(|one| one.when.is_some() == best.when.is_some());
        Some((best, tiers.map(|one| one.tier).min()?))
    }

    fn covering(
        &self,
        candidate: &Candidate<'_>,
        step: &StepUp,
        nth: usize,
    ) -> impl Iterator<Item = &Remedy<'a>> {
        self.list.iter().filter(move |one| {
            let holds = |when| self.holds_below(when, candidate, step);
            one.covers(candidate, step, nth) && one.when.is_none_or(holds)
        })
    }

    /// The first preparation of advice that covers its step too; else the advice.
    fn first<'s>(
        &'s self,
        best: &'s Remedy<'a>,
        candidate: &Candidate<'_>,
        step: &StepUp,
        nth: usize,
    ) -> &'s Remedy<'a> {
        let before = self.before(best);
        let mut works = before.iter().map(|first| &first.work);
        let of = |work: &String| {
            let mut all = self.list.iter().filter(|one| one.when.is_none());
            all.find(|one| one.advice.work == *work && one.covers(candidate, step, nth))
        };
        works.find_map(of).unwrap_or(best)
    }

    /// Returns true if a condition holds where the question is on the anchor below a step, and
    /// everything else is as today.
    fn holds_below(&self, when: &Condition, candidate: &Candidate<'_>, step: &StepUp) -> bool {
        let (Change::To(answer), Aim::Choice(_)) = (step.change, step.aim) else {
            return false;
        };
        let program = &self.rulebook.program;
        let choices = candidate.question.choices.iter().enumerate();
        let anchors = choices.filter_map(|(place, one)| {
            let worth = candidate.question.turned(one.score?);
            (worth < answer.counted - TOLERANCE).then_some((place, worth))
        });
        let below = anchors.max_by(|one, other| one.1.total_cmp(&other.1));
        let rated = candidate.answer.state == State::Rated;
        let below = below
            .filter(|_| rated)
            .zip(program.questions.get(candidate.node));
        let Some(((place, worth), shape)) = below else {
            return false;
        };
        let below = [shape.answered(State::Rated, 1 << place, worth)];
        let judged = when.judge(&mut |index| {
            let atom = program.atoms.get(index);
            let truth = atom.map_or(Truth::Unknown, |atom| {
                if atom.node == candidate.node {
                    Atom {
                        node: 0,
                        test: atom.test.clone(),
                    }
                    .judge(&below)
                } else {
                    atom.judge(self.readings)
                }
            });
            TruthRange::exact(truth)
        });
        judged.low.holds()
    }

    /// The advice of a work, where the client is given any; a work without advice is done, or not
    /// needed.
    fn given(&self, work: &str) -> Option<&AdviceResult> {
        let mut all = self.list.iter().filter(|one| one.when.is_none());
        let found = all.find(|one| one.advice.work == work);
        found.map(|one| &*one.advice)
    }

    /// The advice to follow before this one that is not done, each once, first things first.
    pub(super) fn before(&self, remedy: &Remedy<'a>) -> Vec<&AdviceResult> {
        let mut list = Vec::new();
        self.collect(&remedy.advice, &mut Vec::new(), &mut list);
        list.retain(|one| one.work != remedy.advice.work);
        list
    }

    fn collect<'s>(
        &'s self,
        advice: &AdviceResult,
        above: &mut Vec<&'s str>,
        list: &mut Vec<&'s AdviceResult>,
    ) {
        for first in advice.after.iter().filter_map(|work| self.given(work)) {
            let known = list.iter().any(|one| one.work == first.work);
            if !known && !above.contains(&first.work.as_str()) {
                above.push(&first.work);
                self.collect(first, above, list);
                above.pop();
                list.push(first);
            }
        }
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
