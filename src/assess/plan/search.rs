//! The smallest set of steps that reaches a level: one found fast, then proof that none is smaller by
//! trying all sets of each size, as far as the evaluations allowed go.
//!
//! The fast one takes the step that adds most first, then leaves out whatever can be left out. Where so
//! many steps are needed that this takes long, all are taken instead, and then those left out.

use super::result::Shortness;
use super::run::StepUp;
use super::space::{Attempt, Goal, Space, StepSet};
use crate::rules::rulebook::Requirement;
use crate::text::number::TOLERANCE;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most often a set is improved by doing without a part of it.
const ROUNDS: usize = 4;
/// Answers that may be changed and scored again to find and improve a set.
const MOST_SCORED: usize = 150_000;
/// Gain of a step that meets a need: more than any score can rise.
const MET: f64 = 1000.0;

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
        let requirements = self.requirements(goal.rank);
        let mut search = Search {
            space: self,
            attempt: self.attempt(),
            goal,
            requirements: &requirements,
            limit: None,
            left: tries,
            best: None,
        };
        let known = [search.greedy(false), search.greedy(true)];
        let shortest = search.prove(known.into_iter().flatten().min())?;
        let single = self.single_action(goal).filter(|single| {
            single.effort <= shortest.set.effort && single.counts != shortest.set.counts
        });
        Ok(single.map_or(shortest, |set| Solution {
            set,
            shortness: Shortness::OneAction,
        }))
    }

    /// The best set that is all one action leads to, and no step more than the level takes.
    fn single_action(&self, goal: Goal) -> Option<StepSet> {
        let steps = self.runs.iter().flat_map(|run| &run.steps);
        let works: BTreeSet<&str> = steps.filter_map(StepUp::work).collect();
        let sets = works.into_iter().filter_map(|work| {
            let mut attempt = self.attempt();
            for (place, run) in self.runs.iter().enumerate() {
                let own = run.steps.iter();
                let count = own.take_while(|step| step.work() == Some(work)).count();
                attempt.take(place, count.min(attempt.room(place)));
            }
            let set = attempt.set();
            (attempt.is_reached(goal.rank) && goal.affords(set.effort)).then_some(set)
        });
        sets.min()
    }
}

/// A search, with the steps that are taken.
struct Search<'s, 'a> {
    space: &'s Space<'a>,
    attempt: Attempt<'s, 'a>,
    goal: Goal,
    /// The requirements of the level and of those below it.
    requirements: &'s [Requirement],
    /// A run that may go no further, and the number of steps it may take.
    limit: Option<(usize, usize)>,
    /// Evaluations left.
    left: usize,
    /// The best set of the size that is tried.
    best: Option<StepSet>,
}

impl Search<'_, '_> {
    /// Tries every size up to that of the best set known, unless more sets are smaller than can be
    /// tried.
    fn prove(&mut self, known: Option<StepSet>) -> Result<Solution, NoSolution> {
        if let Some(set) = known
            .as_ref()
            .filter(|set| self.space.sets_below(set.size) > self.left)
        {
            return Ok(Solution {
                set: set.clone(),
                shortness: Shortness::NotProven,
            });
        }
        self.reset(None);
        let all = self.space.runs.iter().map(|run| run.steps.len()).sum();
        let most = known.as_ref().map_or(all, |set| set.size);
        for size in 0..=most {
            self.best = known.clone().filter(|known| known.size == size);
            let proven = self.from(0, size);
            let set = self.best.take();
            let shortness = match (&set, proven) {
                (Some(_), true) => Shortness::Shortest,
                (Some(_), false) => Shortness::Fewest,
                (None, true) => continue,
                (None, false) => Shortness::NotProven,
            };
            return set
                .or(known)
                .map(|set| Solution { set, shortness })
                .ok_or(NoSolution { proven });
        }
        Err(NoSolution { proven: true })
    }

    /// Tries all sets with so many more steps of the runs from a place on; false where the
    /// evaluations ran out.
    fn from(&mut self, start: usize, size: usize) -> bool {
        for place in start..self.space.runs.len() {
            let mut counts = 1..=self.attempt.room(place).min(size);
            if !counts.all(|count| self.with(place, count, size - count)) {
                return false;
            }
            self.attempt.take(place, 0);
        }
        true
    }

    /// Tries all sets with some steps of a run and so many more of those after it.
    fn with(&mut self, place: usize, count: usize, more: usize) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(self.attempt.work(place));
        self.attempt.take(place, count);
        let set = self.attempt.set();
        let beaten = |best: &StepSet| set.effort > best.effort;
        if self.best.as_ref().is_some_and(beaten) || !self.goal.affords(set.effort) {
            return true;
        }
        if more > 0 {
            return self.from(place + 1, more);
        }
        if self.is_reached() {
            self.best = self.best.take().into_iter().chain([set]).min();
        }
        true
    }

    /// A set that reaches the goal and of which no step can be left out; `None` where none is found.
    /// A step counts by its gain, or by its gain for its effort.
    fn greedy(&mut self, by_effort: bool) -> Option<StepSet> {
        self.reset(None);
        let mut best = self.filled(by_effort);
        if best.is_none() {
            for place in 0..self.space.runs.len() {
                self.attempt.take(place, self.attempt.room(place));
            }
            best = self.is_reached().then(|| self.pruned());
        }
        for _ in 0..ROUNDS {
            let Some(better) = best
                .as_ref()
                .filter(|_| !self.is_spent())
                .and_then(|best| self.replaced(best, by_effort))
            else {
                break;
            };
            best = Some(better);
        }
        best.filter(|set| self.goal.affords(set.effort))
    }

    /// Takes the steps of a set, or none.
    fn reset(&mut self, set: Option<&StepSet>) {
        for place in 0..self.space.runs.len() {
            let count = set.and_then(|set| set.counts.get(place));
            self.attempt.take(place, count.copied().unwrap_or(0));
        }
    }

    /// True where a set is to be found without further comparing.
    fn is_spent(&self) -> bool {
        self.attempt.scored > MOST_SCORED
    }

    fn is_reached(&self) -> bool {
        self.attempt.is_reached(self.goal.rank)
    }

    /// Takes further steps until the goal is reached, then leaves out those it can.
    fn filled(&mut self, by_effort: bool) -> Option<StepSet> {
        while !self.is_reached() {
            let place = self.next(by_effort)?;
            self.attempt.take(place, self.attempt.count(place) + 1);
        }
        Some(self.pruned())
    }

    /// The best of the sets that do without one of the runs, or without its last step.
    fn replaced(&mut self, known: &StepSet, by_effort: bool) -> Option<StepSet> {
        let runs = known.counts.iter().copied().enumerate();
        let mut best = None;
        for (place, count) in runs.filter(|(_, count)| *count > 0) {
            for most in BTreeSet::from([0, count - 1]) {
                if self.is_spent() {
                    break;
                }
                self.reset(Some(known));
                self.attempt.take(place, most);
                self.limit = Some((place, most));
                best = best.into_iter().chain(self.filled(by_effort)).min();
                self.limit = None;
            }
        }
        best.filter(|set| set < known)
    }

    /// The step with the greatest gain for the first need that is not met: gates, then floors, then
    /// scores. `None` where there is none, or comparing would take too long.
    fn next(&mut self, by_effort: bool) -> Option<usize> {
        if self.is_spent() {
            return None;
        }
        let rank = |requirement: &&Requirement| match requirement {
            Requirement::Gate(_) => 0,
            Requirement::Floor(_) => 1,
            Requirement::From(_) => 2,
            Requirement::Confidence(..) | Requirement::Basis => 3,
        };
        let unmet = self.requirements.iter();
        let unmet = unmet.filter(|requirement| !self.attempt.meets(requirement));
        let need = unmet.min_by_key(rank)?;
        let mut best: Option<(f64, usize)> = None;
        for place in self.space.runs_below(need) {
            let Some(effort) = self.further(place).map(StepUp::effort) else {
                continue;
            };
            let gain = self.gain(place, need);
            let gain = if by_effort && gain > 0.0 {
                gain / f64::from(effort)
            } else {
                gain
            };
            if best.is_none_or(|(most, _)| gain > most + TOLERANCE) {
                best = Some((gain, place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// The next step of a run, where it may go further.
    fn further(&self, place: usize) -> Option<&StepUp<'_>> {
        let count = self.attempt.count(place);
        let limit = self.limit.filter(|(limited, _)| *limited == place);
        let room = limit.map_or(usize::MAX, |(_, most)| most);
        let free = count < room.min(self.attempt.room(place));
        let run = self.space.runs.get(place).filter(|_| free)?;
        run.steps.get(count)
    }

    /// The gain of one more step for a need: what it adds to all that the need reads and, but for a
    /// floor, to the ladder's own score, and whether it is met then.
    fn gain(&mut self, place: usize, need: &Requirement) -> f64 {
        let count = self.attempt.count(place);
        let before = self.least(need);
        self.attempt.take(place, count + 1);
        let added = self.least(need) - before;
        let met = !matches!(need, Requirement::Floor(_)) && self.attempt.meets(need);
        self.attempt.take(place, count);
        if met { added + MET } else { added }
    }

    /// The sum of the least indices of all that counts for a need.
    fn least(&self, need: &Requirement) -> f64 {
        let floor = matches!(need, Requirement::Floor(_));
        let scores = self.requirements.iter();
        let scores = scores.filter(|one| !floor && matches!(one, Requirement::From(_)));
        let nodes = scores.chain([need]);
        let nodes = nodes.flat_map(|one| self.space.program.read_by(one));
        let least = nodes.map(|node| {
            let reading = self.attempt.what_if.reading(node);
            reading.index(reading.low)
        });
        least.filter(|index| index.is_finite()).sum()
    }

    /// Leaves out every step that can be left out, those of most effort and the last first.
    fn pruned(&mut self) -> StepSet {
        let mut order: Vec<usize> = (0..self.space.runs.len()).rev().collect();
        let effort = |place: &usize| {
            let run = self.space.runs.get(*place)?;
            run.steps.iter().map(StepUp::effort).max()
        };
        order.sort_by_key(|place| Reverse(effort(place)));
        loop {
            let mut left_out = false;
            for place in &order {
                let count = self.attempt.count(*place);
                for fewer in (0..count).rev() {
                    self.attempt.take(*place, fewer);
                    if !self.is_reached() {
                        self.attempt.take(*place, fewer + 1);
                        break;
                    }
                    left_out = true;
                }
            }
            if !left_out {
                return self.attempt.set();
            }
        }
    }
}
