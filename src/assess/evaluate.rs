//! Answers scored by a rulebook: pure, total, over flat arrays.
//!
//! [`evaluate`] fills one [`Reading`] per item of the rulebook, walking its program in dependency
//! order. It cannot fail: whatever could be wrong was refused when the [`Rulebook`] and the
//! [`Answers`] were checked. The same walk is made a second time over the claimed ratings where
//! evidence caps changed any, and a third time over targets where any are set.

mod climb;
mod confidence;
mod decide;
mod judge;
mod measure;
mod score;
mod shift;
mod what_if;

use crate::rules::reading::Reading;
use crate::rules::vocabulary::State;
pub(crate) use climb::{holds_surely, stands};
pub(crate) use confidence::confidence;
pub(crate) use measure::{figures, figures_of, portfolio};
pub(crate) use shift::{Sampled, findings_with, samples};
pub(crate) use what_if::WhatIf;

use crate::answers::{Answer, Answers};
use crate::answers::{kept, relevance};
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Program, Rulebook, Step};
pub(crate) use judge::gate_as_asked;
use judge::{as_it_stands, gate_range, judge_gate, judgement};

/// Truth of a finding or a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// Truth with the current values.
    pub holds: Truth,
    /// Truth whatever the open answers turn out to be.
    pub surely: Truth,
}

/// Truth of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateJudgement {
    /// Truth that it is met with the current values; unknown where that is not proven, `None` where
    /// nothing it asks about applies.
    pub met: Option<Truth>,
    /// True if no answer to come can change that.
    pub certain: bool,
}

/// Every number an assessment needs, by index; [`Assessment`](crate::assess::assessment::Assessment) puts
/// words to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// One reading per item of the rulebook, questions first.
    pub readings: Vec<Reading>,
    /// The same with every rating as claimed, where evidence caps changed any.
    pub claimed: Option<Vec<Reading>>,
    /// The same with every target reached, where any target is set.
    pub targets: Option<Vec<Reading>>,
    /// One judgement per finding.
    pub findings: Vec<Judgement>,
    /// One judgement per gate.
    pub gates: Vec<GateJudgement>,
    /// For each question, the truth that it is called for, whatever the open answers turn out to be.
    pub called_for: Vec<Truth>,
    /// The judgements on the way; empty unless asked for.
    pub trace: Trace,
}

/// The steps behind an [`Evaluation`], by index into the rulebook's flat arrays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// The truth of each atom, with the current values.
    pub atoms: Vec<Truth>,
    /// For each decision rule that was tried: its item, its place in the table, its truth.
    pub rules: Vec<(usize, usize, Truth)>,
    /// For each cap that was tried: its score's item, its place among the caps, its truth.
    pub caps: Vec<(usize, usize, Truth)>,
}

/// Scores the answers and keeps no trace.
#[must_use]
pub fn evaluate(rulebook: &Rulebook, answers: &Answers) -> Evaluation {
    run(rulebook.program(), answers, None)
}

/// Scores the answers and keeps the judgements on the way.
#[must_use]
pub fn evaluate_with_trace(rulebook: &Rulebook, answers: &Answers) -> Evaluation {
    let program = rulebook.program();
    let trace = Trace {
        atoms: vec![Truth::Unknown; program.atoms.len()],
        ..Trace::default()
    };
    run(program, answers, Some(trace))
}

fn run(program: &Program, answers: &Answers, mut trace: Option<Trace>) -> Evaluation {
    let readings = walk(program, answers, |_, answer| *answer, &mut trace);
    let column = |wanted: bool, pick: fn(usize, &Answer) -> Answer| {
        wanted.then(|| walk(program, answers, pick, &mut None))
    };
    let claimed = column(answers.any_capped(), |_, answer| answer.as_claimed());
    let targets = column(answers.any_target(), |_, answer| answer.at_target());
    let findings = program.findings.iter();
    let findings = findings
        .map(|one| judgement(program, &readings, one, &mut trace))
        .collect();
    let gates = program.gates.iter();
    let gates = gates
        .map(|one| {
            as_it_stands(program, &readings, one, &mut trace);
            judge_gate(program, &readings, one)
        })
        .collect();
    let questions = 0..program.questions.len();
    let called_for = questions.map(|node| called_for(program, &readings, node).surely);
    Evaluation {
        called_for: called_for.collect(),
        readings,
        claimed,
        targets,
        findings,
        gates,
        trace: trace.unwrap_or_default(),
    }
}

/// The readings with some questions open between two worths: all that may come of them, and never
/// less.
pub(crate) fn open_between(
    program: &Program,
    answers: &Answers,
    open: &[(usize, f64, f64)],
) -> Vec<Reading> {
    let mut readings = answered(program, answers, |_, answer| *answer);
    for (node, low, high) in open {
        if let Some(slot) = readings.get_mut(*node) {
            *slot = slot.between(*low, *high);
        }
    }
    for step in &program.steps {
        compute(program, &mut readings, answers, step, &mut None);
    }
    readings
}

/// The readings with each answer changed by a function.
pub(crate) fn imagine(
    program: &Program,
    answers: &Answers,
    change: impl Fn(usize, &Answer) -> Answer,
) -> Vec<Reading> {
    walk(program, answers, change, &mut None)
}

/// One walk over the program, with each answer changed by a function.
fn walk(
    program: &Program,
    answers: &Answers,
    change: impl Fn(usize, &Answer) -> Answer,
    trace: &mut Option<Trace>,
) -> Vec<Reading> {
    let mut readings = answered(program, answers, change);
    for step in &program.steps {
        compute(program, &mut readings, answers, step, trace);
    }
    readings
}

/// The readings of the questions alone, before any step; all others are empty.
fn answered(
    program: &Program,
    answers: &Answers,
    change: impl Fn(usize, &Answer) -> Answer,
) -> Vec<Reading> {
    let questions = program.questions.iter().zip(answers.answers()).enumerate();
    let readings = questions.map(|(node, (shape, answer))| change(node, answer).reading(shape));
    let mut readings: Vec<Reading> = readings.collect();
    readings.resize(program.len(), Reading::EMPTY);
    readings
}

/// One step: reads what was written before, writes the readings of its own items.
#[inline]
fn compute(
    program: &Program,
    readings: &mut [Reading],
    answers: &Answers,
    step: &Step,
    trace: &mut Option<Trace>,
) {
    let (node, reading) = match step {
        Step::Relevance { node, when } => (*node, relevance(&program.atoms, readings, *node, when)),
        Step::Score { node, score } => {
            (*node, score::score(program, readings, *node, score, trace))
        }
        Step::Decide { node, table } => (
            *node,
            decide::decide(program, readings, *node, table, trace),
        ),
        Step::Measure { first, metric } => {
            let figures = measure::readings(*first, metric, readings, answers);
            let figures: Vec<Reading> = figures.collect();
            let slots = readings.iter_mut().skip(*first);
            slots.zip(figures).for_each(|(slot, one)| *slot = one);
            return;
        }
        Step::Climb { node, ladder } => (*node, climb::climb(program, readings, answers, ladder)),
    };
    if let Some(slot) = readings.get_mut(node) {
        *slot = reading;
    }
}

/// Truth that a question is called for; one that no condition speaks of always is.
pub(crate) fn called_for(program: &Program, readings: &[Reading], node: usize) -> Judgement {
    match program.called_for.get(node) {
        Some(Some(when)) => Judgement {
            holds: when.holds(&program.atoms, readings, &mut |_, _| ()),
            surely: kept(&program.atoms, readings, when),
        },
        Some(None) | None => Judgement {
            holds: Truth::True,
            surely: Truth::True,
        },
    }
}
