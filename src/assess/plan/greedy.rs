//! A set of steps found fast: the step that adds most first, then whatever can be left out is.

use super::space::{Attempt, Goal, Space, StepSet};
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;
use crate::text::number::TOLERANCE;

/// The most often a set is improved by doing without a part of it.
const ROUNDS: usize = 4;
/// Gain of a step that meets a need: more than any score can rise.
const MET: f64 = 1000.0;

/// A greedy search, with the steps taken so far.
pub(super) struct Greedy<'s, 'a> {
    space: &'s Space<'a>,
    attempt: Attempt<'s, 'a>,
    goal: Goal,
    /// The checks of the level and of those below it.
    checks: &'s [Check],
    /// True if a step counts by its gain for its effort, false if by its gain alone.
    by_effort: bool,
    /// A run that may go no further, and the number of steps it may take.
    limit: Option<(usize, usize)>,
    /// For each check, the gain of each step on its score, where that is known without trying.
    known: Vec<Option<Vec<Vec<f64>>>>,
}

impl<'s, 'a> Greedy<'s, 'a> {
    pub(super) fn new(
        space: &'s Space<'a>,
        goal: Goal,
        checks: &'s [Check],
        by_effort: bool,
    ) -> Self {
        let known = |check: &Check| match check {
            Check::From(atom) | Check::Floor(atom) => {
                space.gains(space.program.atoms.get(*atom)?.node)
            }
            Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
        };
        Self {
            space,
            attempt: space.attempt(),
            goal,
            checks,
            by_effort,
            limit: None,
            known: checks.iter().map(known).collect(),
        }
    }

    /// A set that reaches the goal and of which no step can be left out; `None` where none is found.
    pub(super) fn find(mut self) -> Option<StepSet> {
        let mut best = self.filled();
        if best.is_none() {
            for (place, run) in self.space.runs.iter().enumerate() {
                if self.attempt.is_free(place) {
                    self.attempt.take(place, run.steps.len());
                }
            }
            best = self.is_reached().then(|| self.pruned());
        }
        for _ in 0..ROUNDS {
            let Some(better) = best.as_ref().and_then(|best| self.replaced(best)) else {
                break;
            };
            best = Some(better);
        }
        best.filter(|set| self.goal.affords(set.effort))
    }

    fn is_reached(&self) -> bool {
        self.attempt.is_reached(self.goal.rank)
    }

    /// Takes further steps until the goal is reached, then leaves out those it can.
    fn filled(&mut self) -> Option<StepSet> {
        for _ in 0..self.space.size() {
            if self.is_reached() {
                break;
            }
            let Some(place) = self.next() else { break };
            self.attempt.take(place, self.attempt.count(place) + 1);
        }
        self.is_reached().then(|| self.pruned())
    }

    /// The best of the sets that do without one of the runs, or without its last step.
    fn replaced(&mut self, known: &StepSet) -> Option<StepSet> {
        let mut best: Option<StepSet> = None;
        let runs = known.counts.iter().copied().enumerate();
        for (place, count) in runs.filter(|(_, count)| *count > 0) {
            let mut fewer = vec![0, count - 1];
            fewer.dedup();
            for most in fewer {
                for (place, count) in known.counts.iter().enumerate() {
                    self.attempt.take(place, *count);
                }
                self.attempt.take(place, most);
                self.limit = Some((place, most));
                let found = self.filled();
                self.limit = None;
                let better = found.and_then(|set| set.better_than(best.as_ref().or(Some(known))));
                best = better.or(best);
            }
        }
        best
    }

    /// The step with the greatest gain for the first need that is not met: gates, then floors, then
    /// scores.
    fn next(&mut self) -> Option<usize> {
        let rank = |check: &&Check| match check {
            Check::Gate(_) => 0,
            Check::Floor(_) => 1,
            Check::From(_) => 2,
            Check::Confidence(..) | Check::Basis => 3,
        };
        let checks = self.checks.iter().enumerate();
        let unmet =
            checks.filter(|(_, one)| self.attempt.what_if.holds_for_certain(one) != Truth::True);
        let (nth, need) = unmet.min_by_key(|(_, check)| rank(check))?;
        let mut best: Option<(f64, usize)> = None;
        for (place, below) in self.space.runs_below(need).into_iter().enumerate() {
            if below && self.can_rise(place) {
                let gain = self.gain(place, nth, need);
                if best.is_none_or(|(most, _)| gain > most + TOLERANCE) {
                    best = Some((gain, place));
                }
            }
        }
        best.map(|(_, place)| place)
    }

    fn can_rise(&self, place: usize) -> bool {
        let room = self.space.runs.get(place).map_or(0, |run| run.steps.len());
        let limit = self.limit.filter(|(limited, _)| *limited == place);
        let room = limit.map_or(room, |(_, most)| most);
        self.attempt.count(place) < room && self.attempt.is_free(place)
    }

    /// The gain of one more step for a need: for a score what it adds, for a gate that and whether
    /// it is met then.
    fn gain(&mut self, place: usize, nth: usize, need: &Check) -> f64 {
        let count = self.attempt.count(place);
        let run = self.space.runs.get(place);
        let step = run.and_then(|run| run.steps.get(count));
        let effort = step.map_or(1.0, |step| f64::from(step.effort));
        let known = self.known.get(nth).and_then(Option::as_ref);
        if let Some(gain) = known.and_then(|gains| gains.get(place)?.get(count)) {
            return if self.by_effort { gain / effort } else { *gain };
        }
        let before = self.scores(need);
        self.attempt.take(place, count + 1);
        let after = self.scores(need);
        let met = self.attempt.what_if.holds_for_certain(need) == Truth::True;
        self.attempt.take(place, count);
        let pairs = after.iter().zip(&before);
        let added: f64 = pairs.map(|(after, before)| after - before).sum();
        let gain = if met { added + MET } else { added };
        if self.by_effort && gain > 0.0 {
            gain / effort
        } else {
            gain
        }
    }

    /// The least indices of all that a need reads, and of the ladder's own score.
    fn scores(&self, need: &Check) -> Vec<f64> {
        let checks = self.checks.iter();
        let scores = checks.filter(|one| matches!(one, Check::From(_)));
        let nodes = scores
            .chain([need])
            .flat_map(|one| self.space.program.read_by(one));
        let index = |node: usize| {
            let reading = self.attempt.what_if.reading(node);
            let least = reading.index(reading.low);
            if least.is_finite() { least } else { 0.0 }
        };
        nodes.map(index).collect()
    }

    /// Leaves out every step that can be left out, those of most effort and the last first.
    fn pruned(&mut self) -> StepSet {
        let mut order: Vec<usize> = (0..self.space.runs.len()).rev().collect();
        let effort = |place: &usize| {
            let run = self.space.runs.get(*place)?;
            run.steps.iter().map(|step| step.effort).max()
        };
        order.sort_by_key(|place| std::cmp::Reverse(effort(place)));
        loop {
            let mut left_out = false;
            for place in &order {
                let mut count = self.attempt.count(*place);
                while let Some(fewer) = count.checked_sub(1) {
                    self.attempt.take(*place, fewer);
                    if !self.is_reached() {
                        self.attempt.take(*place, count);
                        break;
                    }
                    left_out = true;
                    count = fewer;
                }
            }
            if !left_out {
                break;
            }
        }
        self.attempt.set()
    }
}
