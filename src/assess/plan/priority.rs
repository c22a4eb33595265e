//! The next step of each rating that is a gap, in the order in which they should be taken.

use super::advice::{Remedies, USUAL, weight};
use super::aim::Aim;
use super::run::{Run, ratings};
use crate::answers::{Answer, Answers};
use crate::assess::assessment::result::{Added, ItemId, RaiseAdvice, RaiseReason, RaiseResult};
use crate::assess::evaluate::WhatIf;
use crate::rules::Reading;
use crate::rules::pack::file::Part;
use crate::rules::rulebook::{Rulebook, Step};
use crate::rules::vocabulary::Grade;
use crate::text::number::{TOLERANCE, float};
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
    remedies: &Remedies<'_>,
    answers: &Answers,
    is_gap: impl Fn(usize) -> bool,
) -> Vec<RaiseResult> {
    let (rulebook, readings) = (remedies.rulebook, remedies.readings);
    let lenses = lenses(rulebook);
    let program = &rulebook.program;
    let mut what_if = WhatIf::new(program, answers, readings, &program.reach().moves);
    let runs = ratings(rulebook, answers, is_gap);
    let list = runs
        .iter()
        .filter_map(|run| raise(remedies, answers, run, &lenses, &mut what_if));
    let mut list: Vec<RaiseResult> = list.collect();
    let reason = |one: &RaiseResult| match &one.advice {
        Some(advice) => advice.reason,
        None => RaiseReason::Finding,
    };
    list.sort_by(|one, other| {
        let reasons = reason(one).cmp(&reason(other));
        reasons.then(other.priority.total_cmp(&one.priority))
    });
    list
}

/// The items of every exhibit that is a lens.
fn lenses(rulebook: &Rulebook) -> Vec<Vec<usize>> {
    let exhibits = rulebook.packs.iter().flat_map(|pack| &pack.exhibits);
    let lenses = exhibits.filter(|one| one.part == Part::Lens);
    lenses.map(|one| one.kind.items()).collect()
}

/// The next step of a rating.
fn raise(
    remedies: &Remedies<'_>,
    answers: &Answers,
    run: &Run<'_>,
    lenses: &[Vec<usize>],
    what_if: &mut WhatIf<'_>,
) -> Option<RaiseResult> {
    let (rulebook, step) = (remedies.rulebook, run.steps.first()?);
    let Aim::Choice(place, answer) = step.aim else {
        return None;
    };
    let from = run.rated_worth();
    let led = remedies.next(run, step);
    let advice = led.map(|(remedy, reason)| RaiseAdvice {
        of: remedy.of.clone(),
        reason,
        advice: remedy.advice.clone(),
        before: (remedies.before(remedy).into_iter())
            .map(|one| one.id.clone())
            .collect(),
    });
    let effort = led.map_or(USUAL, |(remedy, _)| remedy.advice.effort);
    let (gap, reach) = (gap(rulebook, run), reach(rulebook, run, lenses));
    let importance = (run.question.weight * 2.0).clamp(1.0, 3.0);
    let named = owner(answers, run.node, answer.counted);
    let suggested = led.and_then(|(remedy, _)| remedy.advice.suggested_owner.clone());
    Some(RaiseResult {
        id: ItemId::from(&run.item.id),
        label: run.item.label.clone(),
        state: run.answer.state,
        from,
        from_says: from.and_then(|worth| run.words(worth)),
        to: answer.counted,
        to_says: run.label(place).unwrap_or_default(),
        proof: step.proof.then_some(step.grade),
        claimed: step.claimed,
        evidence: run.question.evidence.clone(),
        effort,
        // Its action says so, once there is one.
        quick_win: false,
        owner: named.role.or(suggested),
        due: named.due,
        advice,
        gap,
        importance,
        reach,
        priority: gap * importance * reach / f64::from(weight(effort)),
        adds: adds(rulebook, run, (answer, step.grade), what_if),
    })
}

/// Steps of a scale of 0 to 4 up to its target, or to its top where it has none.
fn gap(rulebook: &Rulebook, run: &Run<'_>) -> f64 {
    let Some(worth) = run.rated_worth() else {
        return UNKNOWN_GAP;
    };
    let shape = rulebook.program.questions.get(run.node);
    let room = shape.map_or(0.0, |shape| shape.most - shape.least);
    let aimed = run.answer.target > worth + TOLERANCE;
    let to = if aimed { run.answer.target } else { run.top() };
    if room > 0.0 {
        (to - worth) / room * STEPS
    } else {
        0.0
    }
}

/// The steps of the program that a question moves.
fn moved(rulebook: &Rulebook, question: usize) -> impl Iterator<Item = &Step> {
    let program = &rulebook.program;
    let moves = program.reach().moves.get(question);
    let places = moves.map_or(&[][..], Vec::as_slice).iter();
    places.filter_map(|place| program.steps.get(*place))
}

/// Reach of a question: 1, and more with each other pack and lens that uses it.
fn reach(rulebook: &Rulebook, run: &Run<'_>, lenses: &[Vec<usize>]) -> f64 {
    let items = moved(rulebook, run.node);
    let items = items.filter_map(|step| rulebook.item(step.writes().start));
    let packs: BTreeSet<usize> = items.map(|item| item.pack).collect();
    let others = packs.iter().filter(|pack| **pack != run.item.pack).count();
    let reach = rulebook.program.reach();
    let uses = |nodes: &&Vec<usize>| nodes.iter().any(|one| reach.rests(*one, run.node));
    let uses = others + lenses.iter().filter(uses).count();
    (1.0 + USE * float(uses)).min(MOST_REACH)
}

/// The points a step adds to the index of each score it changes.
fn adds(
    rulebook: &Rulebook,
    run: &Run<'_>,
    after: (Answer, Grade),
    what_if: &mut WhatIf<'_>,
) -> Vec<Added> {
    let scores = moved(rulebook, run.node).filter_map(|step| {
        let Step::Score { node, .. } = step else {
            return None;
        };
        Some(*node)
    });
    let before: Vec<(usize, Reading)> = scores
        .map(|score| (score, what_if.reading(score)))
        .collect();
    let replaced = what_if.put(run.node, after);
    let added = before.into_iter().filter_map(|(score, before)| {
        let after = what_if.reading(score);
        let index = after.index(after.value) - before.index(before.value);
        let differs = index.is_finite() && index.abs() > TOLERANCE;
        let item = rulebook.item(score).filter(|_| differs)?;
        let id = ItemId::from(&item.id);
        Some(Added { id, index })
    });
    let added = added.collect();
    what_if.undo(replaced);
    added
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
