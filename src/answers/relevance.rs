//! Which questions other answers take out: the only part of an evaluation that reads answers alone.

use super::{Answer, Answers};
use crate::rules::condition::{Atom, Condition, Truth};
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Program, Step};
use crate::rules::vocabulary::State;

impl Answers {
    /// One reading per question: its answer, or what it could be, or that it is not relevant.
    pub(crate) fn readings(&self, program: &Program) -> Vec<Reading> {
        let given = program.questions.iter().zip(self.given());
        let mut readings: Vec<Reading> = given.map(|(shape, one)| one.reading(shape)).collect();
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
    let given = readings.get(node).copied().unwrap_or(Reading::EMPTY);
    let holds = when.holds(atoms, readings, &mut |_, _| ());
    match (holds, kept(atoms, readings, when)) {
        (_, Truth::False) => given.absent(State::Irrelevant),
        _ if given.is_absent() => given,
        (_, Truth::True) => given,
        (Truth::False, Truth::Unknown) => given.dormant(State::Irrelevant),
        (Truth::Unknown | Truth::True, Truth::Unknown) => Reading {
            optional: true,
            may_leave: true,
            ..given
        },
    }
}

/// Whether a condition keeps something in, whatever the open answers turn out to be: only where it
/// fails does that go, so what stays unknown for good keeps it.
pub(crate) fn kept(atoms: &[Atom], readings: &[Reading], when: &Condition) -> Truth {
    let range = when.range(atoms, readings);
    Truth::between(range.low.possible(), range.high.possible())
}
