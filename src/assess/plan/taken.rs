//! The steps of a plan, left out one by one to see what each is for.

use super::space::{Attempt, StepSet};

/// The steps of a plan, all of them taken but while something is tried.
pub(super) struct TakenSteps<'t, 's, 'a> {
    pub(super) attempt: Attempt<'s, 'a>,
    /// The places of the runs, in the order of the plan.
    runs: &'t [usize],
    set: &'t StepSet,
}

impl<'t, 's, 'a> TakenSteps<'t, 's, 'a> {
    pub(super) fn new(attempt: Attempt<'s, 'a>, runs: &'t [usize], set: &'t StepSet) -> Self {
        let mut taken = Self { attempt, runs, set };
        for nth in 0..runs.len() {
            taken.take(nth);
        }
        taken
    }

    fn take(&mut self, nth: usize) {
        if let Some(place) = self.runs.get(nth) {
            let count = self.set.counts.get(*place).copied();
            self.attempt.take(*place, count.unwrap_or(0));
        }
    }

    fn leave(&mut self, nth: usize) {
        if let Some(place) = self.runs.get(nth) {
            self.attempt.take(*place, 0);
        }
    }

    /// Reads something while a run is left out.
    pub(super) fn without<T>(&mut self, nth: usize, read: impl FnOnce(&Attempt<'s, 'a>) -> T) -> T {
        self.leave(nth);
        let result = read(&self.attempt);
        self.take(nth);
        result
    }

    /// The runs, from the last, that can all be left out and it still stands. One that cannot be left
    /// out at first may be once another is.
    pub(super) fn spared(&mut self, stands: impl Fn(&Attempt<'s, 'a>) -> bool) -> Vec<usize> {
        let mut spared: Vec<usize> = Vec::new();
        loop {
            let before = spared.len();
            for nth in (0..self.runs.len()).rev() {
                if spared.contains(&nth) {
                    continue;
                }
                self.leave(nth);
                if stands(&self.attempt) {
                    spared.push(nth);
                } else {
                    self.take(nth);
                }
            }
            if spared.len() == before {
                for nth in &spared {
                    self.take(*nth);
                }
                return spared;
            }
        }
    }

    /// The fewest runs, of all and from the first, without which it is not met, and with any one of
    /// which it is.
    pub(super) fn any_of(&mut self, is_met: impl Fn(&Attempt<'s, 'a>) -> bool) -> Vec<usize> {
        for nth in 0..self.runs.len() {
            self.leave(nth);
        }
        let mut any = Vec::new();
        for nth in 0..self.runs.len() {
            self.take(nth);
            if is_met(&self.attempt) {
                self.leave(nth);
                any.push(nth);
            }
        }
        for nth in &any {
            self.take(*nth);
        }
        any
    }
}
