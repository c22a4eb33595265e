//! What one step of each open question adds, in the order in which they should be taken.

use super::owner::owner;
use super::remedy::{Remedies, Remedy, USUAL, weight};
use super::step::{Aim, Change, Open, StepUp, ratings};
use crate::answers::{Answer, Answers};
use crate::assess::assessment::{Added, ItemId, RaiseAdvice, RaiseReason, RaiseResult};
use crate::assess::evaluate::WhatIf;
use crate::rules::pack::file::Part;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{ExhibitKind, Rulebook, Step};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

/// Steps of the house scale in any scale.
const STEPS: f64 = 4.0;
/// The gap of a question without an answer: half the scale, since nobody knows.
const UNKNOWN_GAP: f64 = 2.0;
/// What one more use of a question adds to its reach, and the most it comes to.
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
    let opens = ratings(rulebook, answers, is_gap);
    if opens.is_empty() {
        return Vec::new();
    }
    let lenses = lenses(rulebook);
    let mut what_if = WhatIf::new(rulebook.program(), answers, readings, None);
    let each = opens.iter().filter_map(|open| {
        let step = open.steps().first()?;
        let asked = Asked {
            rulebook,
            answers,
            open,
            step,
            remedies,
            remedy: remedies.next(open, step),
        };
        asked.result(&lenses, &mut what_if)
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
    let exhibits = rulebook.packs().iter().flat_map(|pack| &pack.exhibits);
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

/// One open question with everything that is asked of it.
struct Asked<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    open: &'a Open<'a>,
    step: &'a StepUp,
    remedies: &'a Remedies<'a>,
    /// The advice for the step, with the first tier of all that covers it.
    remedy: Option<(&'a Remedy<'a>, u8)>,
}

impl Asked<'_> {
    fn result(&self, lenses: &[Vec<usize>], what_if: &mut WhatIf<'_>) -> Option<RaiseResult> {
        let (open, step) = (self.open, self.step);
        let (Change::To(given), Aim::Choice(place)) = (step.change, step.aim) else {
            return None;
        };
        let rated = open.given.state == State::Rated;
        let label = |place: usize| {
            open.question
                .choices
                .get(place)
                .map(|one| one.label.clone())
        };
        let effort = self
            .remedy
            .map_or(USUAL, |(remedy, _)| remedy.advice.effort);
        let (gap, importance) = (self.gap(), (open.question.weight * 2.0).clamp(1.0, 3.0));
        let reach = self.reach(lenses);
        let named = owner(self.answers, open.node, given.counted);
        let suggested = self
            .remedy
            .and_then(|(one, _)| one.advice.suggested_owner.clone());
        let owner = named.role.or(suggested);
        let advice = self.remedy.map(|(remedy, tier)| self.advice(remedy, tier));
        Some(RaiseResult {
            id: ItemId::from(&open.item.id),
            label: open.item.label.clone(),
            state: open.given.state,
            from: rated.then_some(open.given.counted),
            from_says: self.stands_on().filter(|_| rated).and_then(label),
            to: given.counted,
            to_says: label(place).unwrap_or_default(),
            proof: step.proof.then_some(step.grade),
            claimed: step.claimed,
            evidence: open.question.evidence.clone(),
            effort,
            // Its action says so, once there is one.
            quick_win: false,
            owner,
            due: named.due,
            advice,
            gap,
            importance,
            reach,
            priority: gap * importance * reach / f64::from(weight(effort)),
            adds: self.adds(what_if, given),
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

    /// The place of the anchor it counts as, where it stands on one.
    fn stands_on(&self) -> Option<usize> {
        let (question, worth) = (self.open.question, self.open.given.counted);
        let on = |score: f64| (question.turned(score) - worth).abs() <= TOLERANCE;
        let mut choices = question.choices.iter();
        choices.position(|one| one.score.is_some_and(on))
    }

    fn gap(&self) -> f64 {
        let open = self.open;
        if open.given.state != State::Rated {
            return UNKNOWN_GAP;
        }
        let shape = self.rulebook.program().questions.get(open.node);
        let room = shape.map_or(0.0, |shape| shape.most - shape.least);
        let aimed = open.given.target > open.given.counted + TOLERANCE;
        let to = if aimed { open.given.target } else { open.top() };
        if room > 0.0 {
            (to - open.given.counted) / room * STEPS
        } else {
            0.0
        }
    }

    /// How many other packs and lenses use it.
    fn reach(&self, lenses: &[Vec<usize>]) -> f64 {
        let (program, node) = (self.rulebook.program(), self.open.node);
        let reach = program.reach();
        let moved = reach.moves.get(node).map_or(&[][..], Vec::as_slice);
        let steps = moved.iter().filter_map(|place| program.steps.get(*place));
        let items = steps.filter_map(|step| self.rulebook.item(step.writes().start));
        let packs = items
            .map(|item| item.pack)
            .filter(|pack| *pack != self.open.item.pack);
        // So few packs that one bit each will do; more than 64 reach the most anyway.
        let packs = packs.fold(0_u64, |set, pack| {
            set | 1_u64.wrapping_shl(u32::try_from(pack).unwrap_or(0))
        });
        let uses = lenses
            .iter()
            .filter(|nodes| nodes.iter().any(|one| reach.rests(*one, node)));
        let uses = u32::try_from(uses.count()).unwrap_or(u32::MAX);
        (1.0 + USE * f64::from(packs.count_ones().saturating_add(uses))).min(MOST_REACH)
    }

    /// What the step adds to each score it changes.
    fn adds(&self, what_if: &mut WhatIf<'_>, given: Answer) -> Vec<Added> {
        let (program, node) = (self.rulebook.program(), self.open.node);
        let moved = program
            .reach()
            .moves
            .get(node)
            .map_or(&[][..], Vec::as_slice);
        let scores = moved
            .iter()
            .filter_map(|place| match program.steps.get(*place)? {
                Step::Score { node, .. } => Some(*node),
                Step::Relevance { .. }
                | Step::Decide { .. }
                | Step::Measure { .. }
                | Step::Climb { .. } => None,
            });
        let before: Vec<(usize, Reading)> = scores
            .map(|score| (score, what_if.reading(score)))
            .collect();
        what_if.put(node, given, self.step.grade);
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
