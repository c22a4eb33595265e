//! The smallest set of steps that reaches a level: a greedy one first, then proof that none is
//! smaller by trying all sets of each size, as far as the evaluations allowed go.

use super::bound::Bounds;
use super::greedy::Greedy;
use super::result::Shortness;
use super::run::StepUp;
use super::space::{Attempt, Goal, Space, Spent, StepSet, spend};
use crate::assess::evaluate::open_between;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// A set of steps that reaches a level.
pub(super) struct Solution {
    pub(super) set: StepSet,
    pub(super) shortness: Shortness,
}

/// No set of steps was found.
pub(super) struct NoSolution {
    /// True if there is none.
    pub(super) proven: bool,
}

impl Space<'_> {
    /// The smallest set that reaches a level, with at most so many evaluations spent on the proof.
    pub(super) fn shortest(&self, goal: Goal, tries: usize) -> Result<Solution, NoSolution> {
        if !self.may_reach(goal.rank) {
            return Err(NoSolution { proven: true });
        }
        let checks = self.checks(goal.rank);
        let best = self.greedy(goal, &checks);
        let today = self.attempt();
        let unmet = checks.into_iter();
        let unmet: Vec<Check> = unmet
            .filter(|check| today.what_if.holds_for_certain(check) != Truth::True)
            .collect();
        let most = best.as_ref().map_or(self.size(), StepSet::size);
        let bounds = Bounds::new(self, &unmet, most);
        let sizes = bounds.least(self)..=most;
        let mut search = Search {
            space: self,
            attempt: today,
            bounds,
            goal,
            left: tries,
            best: None,
        };
        let shortest = search.prove(best, sizes)?;
        let single = self.single_action(goal).filter(|single| {
            single.effort <= shortest.set.effort && single.counts != shortest.set.counts
        });
        Ok(single.map_or(shortest, |set| Solution {
            set,
            shortness: Shortness::OneAction,
        }))
    }

    /// Returns true if anything between the answers of today and the last of all steps could reach a
    /// level.
    fn may_reach(&self, rank: usize) -> bool {
        let mut open: Vec<(usize, f64, f64)> = Vec::new();
        for run in &self.runs {
            let worth = self.least_worth(run);
            let gains = (0..run.steps.len()).map(|nth| run.gain(nth, worth));
            let most = match run.several {
                Some(_) => worth + gains.sum::<f64>(),
                None => worth,
            };
            let worths = (1..=run.steps.len()).map(|count| run.after(run.now(), count).0.counted);
            let (low, high) = worths.fold((worth.min(most), most), |(low, high), worth| {
                (low.min(worth), high.max(worth))
            });
            match open.last_mut().filter(|last| last.0 == run.node) {
                Some(last) if run.several.is_some() => last.2 += high - worth,
                Some(last) => *last = (last.0, last.1.min(low), last.2.max(high)),
                None => open.push((run.node, low, high)),
            }
        }
        let readings = open_between(self.program, self.answers, &open);
        let possible = readings.get(self.ladder).map_or(0, |one| one.possible);
        possible >> rank != 0
    }

    /// The better of the sets found by the gains of steps, and by their gains for their effort.
    fn greedy(&self, goal: Goal, checks: &[Check]) -> Option<StepSet> {
        let find = |by_effort| Greedy::new(self, goal, checks, by_effort).find();
        let best = find(false);
        let steps = self.runs.iter().flat_map(|run| &run.steps);
        let efforts: BTreeSet<u32> = steps.map(|step| step.effort).collect();
        if efforts.len() < 2 {
            return best;
        }
        let better = find(true).and_then(|set| set.better_than(best.as_ref()));
        better.or(best)
    }

    /// The best set that is all one action leads to, and no step more than the level takes.
    fn single_action(&self, goal: Goal) -> Option<StepSet> {
        let steps = self.runs.iter().flat_map(|run| &run.steps);
        let works: BTreeSet<&str> = steps.filter_map(StepUp::work).collect();
        let mut best: Option<StepSet> = None;
        for work in works {
            let mut attempt = self.attempt();
            for (place, run) in self.runs.iter().enumerate() {
                let own = run.steps.iter();
                let count = own.take_while(|step| step.work() == Some(work)).count();
                if attempt.is_free(place) {
                    attempt.take(place, count);
                }
            }
            if attempt.is_reached(goal.rank) {
                let set = attempt.set().better_than(best.as_ref());
                best = set.filter(|set| goal.affords(set.effort)).or(best);
            }
        }
        best
    }
}

/// A search over all sets of one size after the other.
struct Search<'s, 'a> {
    space: &'s Space<'a>,
    attempt: Attempt<'s, 'a>,
    bounds: Bounds,
    goal: Goal,
    /// Evaluations left.
    left: usize,
    /// The best set of the size that is tried.
    best: Option<StepSet>,
}

impl Search<'_, '_> {
    /// Tries every size from the least that may do to that of the best set known.
    fn prove(
        &mut self,
        known: Option<StepSet>,
        sizes: RangeInclusive<usize>,
    ) -> Result<Solution, NoSolution> {
        let mut proven = true;
        for size in sizes {
            self.best = None;
            proven = self.from(0, size);
            let alike = known.as_ref().filter(|known| known.size() == size);
            let better = match (self.best.take(), alike) {
                (Some(found), Some(known)) if known.is_better_than(&found) => Some(known.clone()),
                (found, known) => found.or(known.cloned()),
            };
            if let Some(set) = better {
                let shortness = if proven {
                    Shortness::Shortest
                } else {
                    Shortness::Fewest
                };
                return Ok(Solution { set, shortness });
            }
            if !proven {
                break;
            }
        }
        let shortness = Shortness::NotProven;
        known
            .map(|set| Solution { set, shortness })
            .ok_or(NoSolution { proven })
    }

    /// Tries all sets with so many more steps of the runs from a place on; false where the
    /// evaluations ran out.
    fn from(&mut self, start: usize, size: usize) -> bool {
        let progress = self.bounds.progress(&self.attempt.counts);
        let spent = self.space.spent(&self.attempt.counts);
        for (place, run) in self.space.runs.iter().enumerate().skip(start) {
            if !self.bounds.may_reach(place, size, &progress) {
                return true;
            }
            if !self.attempt.is_free(place) {
                continue;
            }
            for count in 1..=run.steps.len().min(size) {
                let spent = run.steps.iter().take(count).fold(spent, spend);
                if !self.with(place, count, size, spent) {
                    return false;
                }
            }
        }
        true
    }

    /// Tries all sets with some steps of a run.
    fn with(&mut self, place: usize, count: usize, size: usize, spent: Spent) -> bool {
        let effort = self.space.effort(spent);
        let beaten = self.best.as_ref().is_some_and(|best| effort > best.effort);
        if beaten || !self.goal.affords(effort) {
            return true;
        }
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let replaced = self.attempt.take(place, count);
        let complete = count == size || self.from(place + 1, size - count);
        if count == size && self.attempt.is_reached(self.goal.rank) {
            let better = self.attempt.set().better_than(self.best.as_ref());
            self.best = better.or(self.best.take());
        }
        self.attempt.take_back(place, replaced);
        complete
    }
}
