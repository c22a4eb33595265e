//! How much the least a score can be rises at most with each raise, where it is a mean of means.

use super::search::Choice;
use crate::answers::Answers;
use crate::assess::evaluate::called_for;
use crate::rules::condition::{Condition, Test, Truth};
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Program, Step, Term};
use crate::rules::vocabulary::Aggregate;
use crate::rules::vocabulary::State;

/// What a search starts from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight<'a> {
    pub(crate) program: &'a Program,
    pub(crate) answers: &'a Answers,
    pub(crate) readings: &'a [Reading],
    /// In pack order.
    pub(crate) choices: &'a [Choice],
}

/// For each choice, how much the least a score can be rises at most with one more of its worth; `None` where the
/// score is no plain mean of means.
pub(crate) fn slopes(sight: &Sight<'_>, node: usize) -> Option<Vec<f64>> {
    let mut sums = vec![0.0; sight.choices.len()];
    sight.lean(node, 1.0, &mut sums)?;
    Some(sums)
}

impl Sight<'_> {
    fn lean(&self, node: usize, weight: f64, sums: &mut [f64]) -> Option<()> {
        if !self.moves(node) {
            return Some(());
        }
        if node < self.program.shapes.len() {
            return self.question(node, weight, sums);
        }
        let rule = self.program.score(node)?;
        if rule.aggregate != Aggregate::Mean || !rule.caps.is_empty() {
            return None;
        }
        let all = rule.terms.iter();
        let all = all.filter_map(|term| Some((term, self.readings.get(term.node)?)));
        // What is open counts lowest among the others; what is not called for, not at all.
        let counted = all
            .clone()
            .filter(|(term, one)| !one.is_gone() && self.counts(term) != Some(Truth::False));
        let whole: f64 = counted.map(|(term, _)| term.weight).sum();
        for (term, reading) in all {
            if reading.is_gone() {
                self.stays_silent(term.node).then_some(())?;
                continue;
            }
            match self.counts(term)? {
                Truth::False => continue,
                Truth::Unknown => return None,
                Truth::True => {}
            }
            // What may drop out or come in changes what the others count for; so does a score
            // that has no value yet.
            let question = term.node < self.program.shapes.len();
            let open = matches!(reading.state, State::Missing | State::Unknown);
            let counts = reading.is_rated() || (question && open);
            if reading.optional || whole <= 0.0 || !counts {
                return None;
            }
            let room = reading.most - reading.least;
            let scale = if rule.normalise { 100.0 / room } else { 1.0 };
            self.lean(term.node, weight * scale * term.weight / whole, sums)?;
        }
        Some(())
    }

    /// Whether a child that was gathered is called for; `None` where raises may change that.
    fn counts(&self, term: &Term) -> Option<Truth> {
        let when = self.program.called_for.get(term.node);
        let Some(when) = when.and_then(Option::as_ref).filter(|_| term.gathered) else {
            return Some(Truth::True);
        };
        let read = self.program.read_in(when);
        let moved = read.into_iter().any(|node| self.moves(node));
        (!moved).then(|| called_for(self.program, self.readings, term.node).surely)
    }

    /// A question counts by its own raises; others may bring it in, and must not take it out.
    fn question(&self, node: usize, weight: f64, sums: &mut [f64]) -> Option<()> {
        let others = |one: &Choice| one.node != node && self.rests(node, one);
        if self.choices.iter().any(others) {
            let relevance = self.program.steps.iter().find_map(|step| match step {
                Step::Relevance { node: own, when } if *own == node => Some(when),
                Step::Relevance { .. }
                | Step::Score { .. }
                | Step::Decide { .. }
                | Step::Measure { .. }
                | Step::Climb { .. } => None,
            });
            relevance.filter(|when| self.only_rises(when))?;
        }
        let own = self.choices.iter().zip(sums);
        let own = own.filter(|(choice, _)| choice.node == node);
        own.for_each(|(_, sum)| *sum += weight);
        Some(())
    }

    fn rests(&self, node: usize, choice: &Choice) -> bool {
        self.program.reach().rests(node, choice.node)
    }

    /// Whether any choice moves an item.
    fn moves(&self, node: usize) -> bool {
        self.choices.iter().any(|one| self.rests(node, one))
    }

    /// Whether an item that is out has no value should it come in: nobody has answered what is
    /// below it.
    fn stays_silent(&self, node: usize) -> bool {
        if !self.moves(node) {
            return true;
        }
        // A step may bring one in that is out, and answer it.
        let out = |one: &Choice| self.readings.get(one.node).is_some_and(Reading::is_absent);
        if self
            .choices
            .iter()
            .any(|one| out(one) && self.rests(node, one))
        {
            return false;
        }
        let below = self.answers.answers().iter().enumerate();
        let mut below = below.filter(|(question, _)| self.program.reach().rests(node, *question));
        // What makes a question relevant stands below it too, and is answered.
        below.all(|(question, given)| {
            let out = self.readings.get(question).is_some_and(Reading::is_absent);
            !out || given.state != State::Rated
        })
    }

    /// Whether a condition that holds goes on holding as ratings rise.
    fn only_rises(&self, when: &Condition) -> bool {
        when.atoms().into_iter().all(|(atom, holding)| {
            let Some(atom) = self.program.atoms.get(atom) else {
                return true;
            };
            let upwards = match &atom.test {
                Test::Number(interval) | Test::Index(interval) => interval.to.limit().is_none(),
                Test::Any
                | Test::OneOf(_)
                | Test::SomeOf(_)
                | Test::Unknown
                | Test::NotApplicable => false,
            };
            let question = atom.node < self.program.shapes.len();
            let mut own = self.choices.iter().filter(|one| one.node == atom.node);
            let upwards = upwards && !own.any(Choice::falls);
            !self.moves(atom.node) || (question && upwards && holding)
        })
    }
}
