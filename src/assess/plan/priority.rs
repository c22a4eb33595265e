//! The next step of each rating that is a gap, in the order in which they should be taken.

use super::advice::{Remedies, Remedy, USUAL, weight};
use super::candidate::{Aim, Candidate, Change, StepUp, ratings};
use crate::answers::{Answer, Answers};
use crate::assess::assessment::result::{Added, ItemId, RaiseAdvice, RaiseReason, RaiseResult};
use crate::assess::evaluate::WhatIf;
use crate::rules::Reading;
use crate::rules::pack::file::Part;
use crate::rules::rulebook::{ExhibitKind, Rulebook, Step};
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

/// Steps of the house scale in any scale.
const STEPS: f64 = 4.0;
/// The gap of a question without an answer: half the scale, since nobody knows.
const UNKNOWN_GAP: f64 = 2.0;
/// Reach that one more use of a question adds, and the most reach there is.
const USE: f64 = 0.25;
const MOST_REACH: f64 = 2.0;

/// Every rating that is a gap with its next step, gates that are not met first, then contradictions, then
/// by priority, of equals in pack order.
///
/// From the scoring rules of this project: gap × importance × reach ÷ effort.
pub(crate) fn raises(
    rulebook: &Rulebook,
    answers: &Answers,
    readings: &[Reading],
    is_gap: impl Fn(usize) -> bool,
    remedies: &Remedies<'_>,
) -> Vec<RaiseResult> {
    let candidates = ratings(rulebook, answers, is_gap);
    if candidates.is_empty() {
        return Vec::new();
    }
    let lenses = lenses(rulebook);
    let mut what_if = WhatIf::new(&rulebook.program, answers, readings, None);
    let each = candidates.iter().filter_map(|candidate| {
        let step = candidate.steps().first()?;
        let next = NextStep {
            rulebook,
            candidate,
            step,
            remedies,
            remedy: remedies.next(candidate, step),
        };
        next.result(answers, &lenses, &mut what_if)
    });
    let mut list: Vec<RaiseResult> = each.collect();
    let tier = |one: &RaiseResult| match &one.advice {
        Some(advice) => advice.reason,
        None => RaiseReason::Finding,
    };
    list.sort_by(|one, other| {
        let tiers = tier(one).cmp(&tier(other));
        tiers.then(other.priority.total_cmp(&one.priority))
    });
    list
}

/// The items of every exhibit that is a lens.
fn lenses(rulebook: &Rulebook) -> Vec<Vec<usize>> {
    let exhibits = rulebook.packs.iter().flat_map(|pack| &pack.exhibits);
    let lenses = exhibits.filter(|one| one.part == Part::Lens);
    let nodes = lenses.map(|one| match &one.kind {
        ExhibitKind::Dots(nodes) | ExhibitKind::Bars(nodes) | ExhibitKind::Verdicts(nodes) => {
            nodes.clone()
        }
        ExhibitKind::Star(node) => vec![*node],
        ExhibitKind::Grid { decision, .. } => vec![*decision],
        ExhibitKind::Steps { ladder, .. } => vec![*ladder],
        ExhibitKind::Checklist(_) => Vec::new(),
    });
    nodes.collect()
}

/// The next step of a rating.
struct NextStep<'a> {
    rulebook: &'a Rulebook,
    candidate: &'a Candidate<'a>,
    step: &'a StepUp,
    remedies: &'a Remedies<'a>,
    /// The advice for the step, with the first tier of all that covers it.
    remedy: Option<(&'a Remedy<'a>, u8)>,
}

impl NextStep<'_> {
    fn result(
        &self,
        answers: &Answers,
        lenses: &[Vec<usize>],
        what_if: &mut WhatIf<'_>,
    ) -> Option<RaiseResult> {
        let (candidate, step) = (self.candidate, self.step);
        let (Change::To(answer), Aim::Choice(place)) = (step.change, step.aim) else {
            return None;
        };
        let from = candidate.rated_worth();
        let anchor = from.and_then(|worth| candidate.anchor(worth));
        let advice = self.remedy.map(|(remedy, _)| &remedy.advice);
        let effort = advice.map_or(USUAL, |advice| advice.effort);
        let (gap, reach) = (self.gap(), self.reach(lenses));
        let importance = (candidate.question.weight * 2.0).clamp(1.0, 3.0);
        let named = owner(answers, candidate.node, answer.counted);
        let suggested = advice.and_then(|advice| advice.suggested_owner.clone());
        Some(RaiseResult {
            id: ItemId::from(&candidate.item.id),
            label: candidate.item.label.clone(),
            state: candidate.answer.state,
            from,
            from_says: anchor.and_then(|place| candidate.label(place)),
            to: answer.counted,
            to_says: candidate.label(place).unwrap_or_default(),
            proof: step.proof.then_some(step.grade),
            claimed: step.claimed,
            evidence: candidate.question.evidence.clone(),
            effort,
            // Its action says so, once there is one.
            quick_win: false,
            owner: named.role.or(suggested),
            due: named.due,
            advice: self.remedy.map(|(remedy, tier)| self.advice(remedy, tier)),
            gap,
            importance,
            reach,
            priority: gap * importance * reach / f64::from(weight(effort)),
            adds: self.adds(what_if, answer),
        })
    }

    fn advice(&self, remedy: &Remedy<'_>, tier: u8) -> RaiseAdvice {
        let before = self.remedies.before(remedy);
        RaiseAdvice {
            of: remedy.of.clone().into_owned(),
            reason: RaiseReason::of(tier),
            advice: remedy.advice.clone().into_owned(),
            before: before.into_iter().map(|one| one.id.clone()).collect(),
        }
    }

    fn gap(&self) -> f64 {
        let candidate = self.candidate;
        let Some(worth) = candidate.rated_worth() else {
            return UNKNOWN_GAP;
        };
        let shape = self.rulebook.program.questions.get(candidate.node);
        let room = shape.map_or(0.0, |shape| shape.most - shape.least);
        let target = candidate.answer.target;
        let aimed = target > worth + TOLERANCE;
        let to = if aimed { target } else { candidate.top() };
        if room > 0.0 {
            (to - worth) / room * STEPS
        } else {
            0.0
        }
    }

    /// The steps of the program that the question moves.
    fn moved(&self) -> impl Iterator<Item = &Step> {
        let program = &self.rulebook.program;
        let moves = program.reach().moves.get(self.candidate.node);
        let places = moves.map_or(&[][..], Vec::as_slice).iter();
        places.filter_map(|place| program.steps.get(*place))
    }

    /// Reach of the question: 1, and more with each other pack and lens that uses it.
    fn reach(&self, lenses: &[Vec<usize>]) -> f64 {
        let items = self
            .moved()
            .filter_map(|step| self.rulebook.item(step.writes().start));
        let packs: BTreeSet<usize> = items.map(|item| item.pack).collect();
        let own = self.candidate.item.pack;
        let others = packs.iter().filter(|pack| **pack != own).count();
        let reach = self.rulebook.program.reach();
        let uses = |nodes: &&Vec<usize>| {
            let mut nodes = nodes.iter();
            nodes.any(|one| reach.rests(*one, self.candidate.node))
        };
        let uses = others + lenses.iter().filter(uses).count();
        (1.0 + USE * f64::from(u32::try_from(uses).unwrap_or(u32::MAX))).min(MOST_REACH)
    }

    /// The points the step adds to the index of each score it changes.
    fn adds(&self, what_if: &mut WhatIf<'_>, answer: Answer) -> Vec<Added> {
        let scores = self.moved().filter_map(|step| match step {
            Step::Score { node, .. } => Some(*node),
            Step::Relevance { .. }
            | Step::Decide { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        });
        let before: Vec<(usize, Reading)> = scores
            .map(|score| (score, what_if.reading(score)))
            .collect();
        what_if.put(self.candidate.node, answer, self.step.grade);
        let added = before.into_iter().filter_map(|(score, before)| {
            let after = what_if.reading(score);
            let index = after.index(after.value) - before.index(before.value);
            let differs = index.is_finite() && index.abs() > TOLERANCE;
            let item = self.rulebook.item(score).filter(|_| differs)?;
            let id = ItemId::from(&item.id);
            Some(Added { id, index })
        });
        let added = added.collect();
        what_if.undo();
        added
    }
}

/// The role that takes a step, and its due date, as the answers name them.
#[derive(Debug, Default)]
pub(crate) struct Owner {
    pub(crate) role: Option<String>,
    /// `2027-03-31`.
    pub(crate) due: Option<String>,
}

/// The owner that the answers give for a target which a step to this worth does not go beyond, of
/// several phases the first that reaches so far; and its day, where the step reaches it.
pub(crate) fn owner(answers: &Answers, question: usize, worth: f64) -> Owner {
    let Some(notes) = answers.notes().get(question) else {
        return Owner::default();
    };
    let mut phases = notes.phases.iter();
    let phase = phases.find(|phase| phase.worth >= worth - TOLERANCE);
    phase.map_or_else(Owner::default, |phase| Owner {
        role: notes.owner.clone(),
        due: phase
            .due
            .filter(|_| phase.worth <= worth + TOLERANCE)
            .map(|day| day.to_string()),
    })
}
