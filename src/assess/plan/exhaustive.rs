//! The best set of one size, found by trying all of them.

use super::bound::{Bounds, Progress};
use super::space::{Goal, Space, Spent, StepSet};
use crate::assess::evaluate::WhatIf;

/// A search over all sets of one size.
pub(super) struct Search<'s, 'p> {
    space: &'s Space<'p>,
    what_if: WhatIf<'p>,
    bounds: &'s Bounds,
    goal: Goal,
    /// Evaluations left.
    left: usize,
    best: Option<StepSet>,
    counts: Vec<usize>,
}

/// Steps chosen so far.
#[derive(Clone, Copy)]
struct Chosen<'c> {
    spent: Spent,
    progress: &'c Progress,
}

impl<'s, 'p> Search<'s, 'p> {
    pub(super) fn new(space: &'s Space<'p>, bounds: &'s Bounds, goal: Goal, left: usize) -> Self {
        Self {
            space,
            what_if: space.what_if(),
            bounds,
            goal,
            left,
            best: None,
            counts: vec![0; space.runs.len()],
        }
    }

    /// The best set of this size; true if every set of it was tried or ruled out.
    pub(super) fn size(&mut self, size: usize) -> (Option<StepSet>, bool) {
        self.best = None;
        let chosen = Chosen {
            spent: Spent::default(),
            progress: &self.bounds.begin(),
        };
        let complete = self.from(0, size, chosen);
        (self.best.take(), complete)
    }

    /// Tries all sets of the runs from a place on; false where the evaluations ran out.
    fn from(&mut self, start: usize, size: usize, chosen: Chosen<'_>) -> bool {
        for (place, run) in self.space.runs.iter().enumerate().skip(start) {
            if !self.bounds.may_reach(place, size, chosen.progress) {
                return true;
            }
            if !self.space.is_free(&self.counts, place) {
                continue;
            }
            for count in 1..=run.steps.len().min(size) {
                if !self.take((place, count), size, chosen) {
                    return false;
                }
            }
        }
        true
    }

    /// Tries all sets with some steps of a run.
    fn take(&mut self, (place, count): (usize, usize), size: usize, chosen: Chosen<'_>) -> bool {
        let space = self.space;
        let steps = space.runs.get(place).and_then(|run| run.steps.get(..count));
        let spent = chosen.spent.with(steps.unwrap_or_default());
        let effort = space.total(spent);
        let beaten = self.best.as_ref().is_some_and(|best| effort > best.effort);
        if beaten || !self.goal.affords(effort) {
            return true;
        }
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        space.take(&mut self.what_if, (place, count));
        self.count(place, count);
        let complete = if count < size {
            let progress = &self.bounds.after(chosen.progress, place, count);
            self.from(place + 1, size - count, Chosen { spent, progress })
        } else {
            if space.is_reached(self.goal.rank, &self.what_if) {
                let set = space.set(self.counts.clone());
                let better = set.better_than(self.best.as_ref());
                self.best = better.or(self.best.take());
            }
            true
        };
        self.count(place, 0);
        self.what_if.undo();
        complete
    }

    fn count(&mut self, place: usize, count: usize) {
        if let Some(slot) = self.counts.get_mut(place) {
            *slot = count;
        }
    }
}
