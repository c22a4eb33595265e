//! Questions that other answers take out: the part of an evaluation that reads answers alone.

use super::{Answer, Answers};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Truth};
use crate::rules::rulebook::{Program, Step};
use crate::rules::vocabulary::State;

impl Answers {
    /// One reading per question: its answer, or what it could be, or that it is not relevant.
    pub(crate) fn readings(&self, program: &Program) -> Vec<Reading> {
        let answers = program.questions.iter().zip(self.answers());
        let mut readings: Vec<Reading> = answers.map(|(shape, one)| one.reading(shape)).collect();
        for step in &program.steps {
            if let Step::Relevance { node, when } = step {
                let reading = relevance(&program.atoms, &readings, *node, when);
                if let Some(slot) = readings.get_mut(*node) {
                    *slot = reading;
                }
            }
        }
        readings
    }
}

impl Answer {
    /// The answer as it counts.
    pub(crate) fn reading(&self, unanswered: &Reading) -> Reading {
        unanswered.answered(self.state, self.chosen, self.counted)
    }
}

/// The reading of a question that is relevant while a condition holds.
pub(crate) fn relevance(
    atoms: &[Atom],
    readings: &[Reading],
    node: usize,
    when: &Condition,
) -> Reading {
    let reading = readings.get(node).copied().unwrap_or(Reading::EMPTY);
    let holds = when.holds(atoms, readings, &mut |_, _| ());
    match (holds, kept(atoms, readings, when)) {
        (_, Truth::False) => reading.absent(State::Irrelevant),
        _ if reading.is_absent() => reading,
        (_, Truth::True) => reading,
        (Truth::False, Truth::Unknown) => reading.dormant(State::Irrelevant),
        (Truth::Unknown | Truth::True, Truth::Unknown) => Reading {
            optional: true,
            may_leave: true,
            ..reading
        },
    }
}

/// Truth that a condition keeps something in, whatever the open answers turn out to be: only where
/// it fails is that out, so a condition that stays unknown keeps it.
pub(crate) fn kept(atoms: &[Atom], readings: &[Reading], when: &Condition) -> Truth {
    let range = when.range(atoms, readings);
    Truth::between(range.low.may_hold(), range.high.may_hold())
}
