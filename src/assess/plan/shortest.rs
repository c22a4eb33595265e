//! The smallest set of steps that reaches a level: a greedy one first, then proof that none is
//! smaller, as far as the evaluations allowed go.

use super::bound::Bounds;
use super::exhaustive::Search;
use super::greedy::Greedy;
use super::result::Shortness;
use super::space::{Goal, Space, Step, StepSet};
use crate::assess::evaluate::open_between;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;
use std::collections::BTreeSet;

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
        let today = self.what_if();
        let unmet = checks.into_iter();
        let unmet: Vec<Check> = unmet
            .filter(|check| today.holds(check) != Truth::True)
            .collect();
        let most = best.as_ref().map_or(self.size(), StepSet::size);
        let bounds = Bounds::new(self, &unmet, most);
        let mut search = Search::new(self, &bounds, goal, tries);
        let shortest = prove(&mut search, best, bounds.least(self), most)?;
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
            match open.last_mut().filter(|last| last.0 == run.node()) {
                Some(last) if run.several.is_some() => last.2 += high - worth,
                Some(last) => *last = (last.0, last.1.min(low), last.2.max(high)),
                None => open.push((run.node(), low, high)),
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
        let works: BTreeSet<&str> = steps.filter_map(Step::work).collect();
        let mut best: Option<StepSet> = None;
        for work in works {
            let mut what_if = self.what_if();
            let mut counts = vec![0; self.runs.len()];
            for (place, run) in self.runs.iter().enumerate() {
                let own = run.steps.iter();
                let count = own.take_while(|step| step.work() == Some(work)).count();
                if count > 0
                    && self.is_free(&counts, place)
                    && let Some(slot) = counts.get_mut(place)
                {
                    *slot = count;
                    self.take(&mut what_if, (place, count));
                }
            }
            if self.is_reached(goal.rank, &what_if) {
                let set = self.set(counts).better_than(best.as_ref());
                best = set.filter(|set| goal.affords(set.effort)).or(best);
            }
        }
        best
    }
}

/// Tries every size from the least that may do to that of the best set known.
fn prove(
    search: &mut Search<'_, '_>,
    best: Option<StepSet>,
    least: usize,
    most: usize,
) -> Result<Solution, NoSolution> {
    let not_proven = |best: Option<StepSet>, proven| {
        let shortness = Shortness::NotProven;
        best.map(|set| Solution { set, shortness })
            .ok_or(NoSolution { proven })
    };
    for size in least..=most {
        let (found, complete) = search.size(size);
        let known = best.as_ref().filter(|best| best.size() == size).cloned();
        let better = match (found, known) {
            (Some(found), Some(known)) if known.is_better_than(&found) => Some(known),
            (found, known) => found.or(known),
        };
        match (better, complete) {
            (Some(set), true) => {
                let shortness = Shortness::Shortest;
                return Ok(Solution { set, shortness });
            }
            (Some(set), false) => {
                let shortness = Shortness::Fewest;
                return Ok(Solution { set, shortness });
            }
            (None, true) => {}
            (None, false) => return not_proven(best, false),
        }
    }
    not_proven(best, true)
}
