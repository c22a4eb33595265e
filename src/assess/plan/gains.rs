//! The gain of each step: the most by which it raises the least a score can be, where the score is a
//! mean of means.

use super::run::Run;
use super::space::Space;
use crate::assess::evaluate::called_for;
use crate::rules::Reading;
use crate::rules::condition::{Condition, Test, Truth};
use crate::rules::rulebook::{Step, Term};
use crate::rules::vocabulary::{Aggregate, State};

impl Space<'_> {
    /// For each run, the most that each step adds to the least a score can be; `None` where the
    /// score is no plain mean of means.
    ///
    /// The first step of a question without an answer brings it in as a whole, which adds no more
    /// than all it is worth.
    pub(super) fn gains(&self, score: usize) -> Option<Vec<Vec<f64>>> {
        let mut slopes = vec![0.0; self.runs.len()];
        self.add_slopes(score, 1.0, &mut slopes)?;
        let gains = self.runs.iter().zip(slopes).map(|(run, slope)| {
            let worth = self.least_worth(run);
            // No more than what is not known, times nothing, is nothing.
            let gain = |nth| {
                if slope > 0.0 {
                    run.gain(nth, worth) * slope
                } else {
                    0.0
                }
            };
            (0..run.steps.len()).map(gain).collect()
        });
        Some(gains.collect())
    }

    /// The worth of a question today; the least it can be where it is not rated.
    pub(super) fn least_worth(&self, run: &Run<'_>) -> f64 {
        let now = self.readings.get(run.node);
        now.map_or(
            0.0,
            |one| if one.is_rated() { one.value } else { one.least },
        )
    }

    /// Adds for each run how much the least a score can be rises with one more of its worth, times
    /// a weight.
    fn add_slopes(&self, node: usize, weight: f64, slopes: &mut [f64]) -> Option<()> {
        if !self.moves(node) {
            return Some(());
        }
        if node < self.program.questions.len() {
            return self.add_slope(node, weight, slopes);
        }
        let rule = self.program.score(node)?;
        if rule.aggregate != Aggregate::Mean || !rule.caps.is_empty() {
            return None;
        }
        let terms = rule.terms.iter();
        let all = terms.filter_map(|term| Some((term, self.readings.get(term.node)?)));
        // Open questions count lowest among the others; those not called for, not at all.
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
            // A child that may drop out or come in changes the weights of the others; so does a
            // score that has no value yet.
            let question = term.node < self.program.questions.len();
            let open = matches!(reading.state, State::Missing | State::Unknown);
            let counts = reading.is_rated() || (question && open);
            if reading.optional || whole <= 0.0 || !counts {
                return None;
            }
            let room = reading.most - reading.least;
            let scale = if rule.normalise { 100.0 / room } else { 1.0 };
            self.add_slopes(term.node, weight * scale * term.weight / whole, slopes)?;
        }
        Some(())
    }

    /// Truth that a gathered child is called for; `None` where steps may change that.
    fn counts(&self, term: &Term) -> Option<Truth> {
        let when = self.program.called_for.get(term.node);
        let Some(when) = when.and_then(Option::as_ref).filter(|_| term.gathered) else {
            return Some(Truth::True);
        };
        let read = self.program.read_in(when);
        let moved = read.into_iter().any(|node| self.moves(node));
        (!moved).then(|| called_for(self.program, self.readings, term.node).surely)
    }

    /// Adds the weight of a question to its own runs; others may bring it in, and must not take it
    /// out.
    fn add_slope(&self, node: usize, weight: f64, slopes: &mut [f64]) -> Option<()> {
        let others = |one: &Run<'_>| one.node != node && self.rests(node, one);
        if self.runs.iter().any(others) {
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
        let own = self.runs.iter().zip(slopes);
        let own = own.filter(|(run, _)| run.node == node);
        own.for_each(|(_, slope)| *slope += weight);
        Some(())
    }

    fn rests(&self, node: usize, run: &Run<'_>) -> bool {
        self.program.reach().rests(node, run.node)
    }

    /// Returns true if any run moves an item.
    pub(super) fn moves(&self, node: usize) -> bool {
        self.runs.iter().any(|one| self.rests(node, one))
    }

    /// Returns true if an item that is out has no value should it come in: no question below it is
    /// answered.
    fn stays_silent(&self, node: usize) -> bool {
        if !self.moves(node) {
            return true;
        }
        // A step may bring one in that is out, and answer it.
        let out = |one: &Run<'_>| self.readings.get(one.node).is_some_and(Reading::is_absent);
        if self
            .runs
            .iter()
            .any(|one| out(one) && self.rests(node, one))
        {
            return false;
        }
        let answers = self.answers.answers().iter().enumerate();
        let mut below = answers.filter(|(question, _)| self.program.reach().rests(node, *question));
        // The questions that make one relevant are below it too, and are answered.
        below.all(|(question, answer)| {
            let out = self.readings.get(question).is_some_and(Reading::is_absent);
            !out || answer.state != State::Rated
        })
    }

    /// Returns true if a condition that holds goes on holding as ratings rise.
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
            let question = atom.node < self.program.questions.len();
            let mut own = self.runs.iter().filter(|one| one.node == atom.node);
            let upwards = upwards && !own.any(Run::falls);
            !self.moves(atom.node) || (question && upwards && holding)
        })
    }
}
