//! The runs of steps that a search chooses from, and the sets of steps it makes of them.

use super::advice::{Remedies, weight};
use super::run::{Run, StepUp};
use crate::answers::Answers;
use crate::assess::evaluate::{Replaced, WhatIf};
use crate::rules::Reading;
use crate::rules::rulebook::{Check, Program};
use std::collections::BTreeSet;
use std::ops::Range;

/// A set of steps: some of each run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StepSet {
    /// Number of steps of each run.
    pub(super) counts: Vec<usize>,
    /// Effort of the steps and their preparations.
    pub(super) effort: u32,
    /// Number of steps that no advice covers.
    uncovered: usize,
    /// Number of actions that the other steps belong to.
    actions: usize,
}

impl StepSet {
    /// Number of steps.
    pub(super) fn size(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Compares by fewer steps, then less effort, fewer steps without advice, fewer actions, then
    /// the order of the packs, in which the first step of any question comes before the second of
    /// another.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let rank = |one: &Self| (one.size(), one.effort, one.uncovered, one.actions);
        let order = rank(self).cmp(&rank(other));
        order.is_lt() || (order.is_eq() && self.comes_before(other))
    }

    /// The set, unless the best known is as good.
    pub(super) fn better_than(self, best: Option<&Self>) -> Option<Self> {
        best.is_none_or(|best| self.is_better_than(best))
            .then_some(self)
    }

    fn comes_before(&self, other: &Self) -> bool {
        let pairs = || self.counts.iter().zip(&other.counts);
        let highest = pairs().map(|(one, other)| *one.max(other)).max();
        let mut rounds = (1..=highest.unwrap_or(0))
            .flat_map(|round| pairs().map(move |(one, other)| (*one >= round, *other >= round)));
        rounds
            .find(|(own, other)| own != other)
            .is_some_and(|(own, _)| own)
    }
}

/// A level to be reached, within a budget.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    /// Place of the level.
    pub(super) rank: usize,
    /// The most effort a set may take.
    pub(super) budget: Option<u32>,
}

impl Goal {
    pub(super) fn affords(self, effort: u32) -> bool {
        self.budget.is_none_or(|budget| effort <= budget)
    }
}

/// Effort of steps, the preparations that come before them, and those they are themselves.
pub(super) type Spent = (u32, u64, u64);

/// Adds a step to what is spent.
pub(super) fn spend((steps, before, does): Spent, step: &StepUp<'_>) -> Spent {
    (steps + step.effort, before | step.before, does | step.does)
}

/// Everything a search starts from.
#[derive(Debug)]
pub(super) struct Space<'a> {
    pub(super) program: &'a Program,
    pub(super) answers: &'a Answers,
    pub(super) readings: &'a [Reading],
    /// The ladder's item.
    pub(super) ladder: usize,
    /// In pack order; the runs of a question follow one another.
    pub(super) runs: Vec<Run<'a>>,
    /// For each run, the places of the runs of its question.
    alike: Vec<Range<usize>>,
    /// The answers of today, to be changed.
    today: WhatIf<'a>,
    /// Effort of each preparation, by its bit.
    preparations: Vec<u32>,
}

/// For each run, the places of the runs of its question, which follow one another.
fn alike(runs: &[Run<'_>]) -> Vec<Range<usize>> {
    let mut places = Vec::with_capacity(runs.len());
    for own in runs.chunk_by(|one, other| one.node == other.node) {
        let from = places.len();
        places.resize(from + own.len(), from..from + own.len());
    }
    places
}

impl<'a> Space<'a> {
    pub(super) fn new(
        (program, answers, readings): (&'a Program, &'a Answers, &'a [Reading]),
        (ladder, moves): (usize, &'a [Vec<usize>]),
        runs: Vec<Run<'a>>,
        remedies: &'a Remedies<'a>,
    ) -> Self {
        let mut space = Self {
            program,
            answers,
            readings,
            ladder,
            alike: alike(&runs),
            runs,
            today: WhatIf::new(program, answers, readings, moves),
            preparations: Vec::new(),
        };
        space.advise(remedies);
        space
    }

    /// Gives each step the advice that covers it, with the preparations of that as bits; more of them
    /// than bits are not counted.
    fn advise(&mut self, remedies: &'a Remedies<'a>) {
        for run in &mut self.runs {
            let steps = run.steps.iter().enumerate();
            let found = steps.map(|(nth, step)| remedies.of(run, step, nth));
            let found: Vec<_> = found.collect();
            for (step, remedy) in run.steps.iter_mut().zip(found) {
                step.remedy = remedy;
                step.effort = remedy.map_or(step.effort, |one| weight(one.advice.effort));
            }
        }
        let mut works: Vec<&str> = Vec::new();
        let steps = self.runs.iter().flat_map(|run| &run.steps);
        for remedy in steps.filter_map(|step| step.remedy) {
            for first in remedies.before(remedy) {
                if !works.contains(&first.work.as_str()) {
                    works.push(&first.work);
                    self.preparations.push(weight(first.effort));
                }
            }
        }
        let bit = |work: &str| {
            let place = works.iter().position(|one| *one == work);
            let place = place.and_then(|place| u32::try_from(place).ok());
            let bit = place.and_then(|place| 1_u64.checked_shl(place));
            bit.unwrap_or(0)
        };
        for step in self.runs.iter_mut().flat_map(|run| &mut run.steps) {
            if let Some(remedy) = step.remedy {
                let before = remedies.before(remedy).into_iter();
                step.before = before.fold(0, |set, first| set | bit(&first.work));
                step.does = bit(&remedy.advice.work);
            }
        }
    }

    /// No step taken yet.
    pub(super) fn attempt(&self) -> Attempt<'_, 'a> {
        Attempt {
            space: self,
            what_if: self.today.clone(),
            counts: vec![0; self.runs.len()],
        }
    }

    /// The checks of a level and of those below it.
    pub(super) fn checks(&self, rank: usize) -> Vec<Check> {
        let ladder = self.program.ladder(self.ladder);
        let levels = ladder.map_or(&[][..], |ladder| ladder.levels.as_slice());
        let levels = levels.iter().take(rank + 1);
        levels.flat_map(|one| one.checks.iter().copied()).collect()
    }

    /// The runs that a check rests on.
    pub(super) fn runs_below(&self, check: &Check) -> Vec<bool> {
        let reach = self.program.reach();
        let nodes = self.program.read_by(check);
        let rests = |run: &Run<'_>| nodes.iter().any(|node| reach.rests(*node, run.node));
        self.runs.iter().map(rests).collect()
    }

    /// Number of steps of all runs.
    pub(super) fn size(&self) -> usize {
        self.runs.iter().map(|run| run.steps.len()).sum()
    }

    fn taken(&self, counts: &[usize]) -> impl Iterator<Item = &StepUp<'a>> {
        let pairs = self.runs.iter().zip(counts);
        pairs.flat_map(|(run, count)| run.steps.iter().take(*count))
    }

    /// The effort of these steps, with their preparations and those they are themselves, as bits.
    pub(super) fn spent(&self, counts: &[usize]) -> Spent {
        self.taken(counts).fold((0, 0, 0), spend)
    }

    /// The effort of steps with their preparations.
    pub(super) fn effort(&self, (steps, before, does): Spent) -> u32 {
        let open = before & !does;
        let first = self.preparations.iter().take(64).enumerate();
        let first = first.filter(|(bit, _)| open >> bit & 1 == 1);
        steps + first.map(|(_, effort)| *effort).sum::<u32>()
    }

    /// A set of these steps.
    pub(super) fn set(&self, counts: &[usize]) -> StepSet {
        let works: BTreeSet<&str> = self.taken(counts).filter_map(StepUp::work).collect();
        let uncovered = self.taken(counts).filter(|step| step.remedy.is_none());
        StepSet {
            counts: counts.to_vec(),
            effort: self.effort(self.spent(counts)),
            uncovered: uncovered.count(),
            actions: works.len(),
        }
    }
}

/// Steps as they are chosen, with the answers they lead to.
#[derive(Debug, Clone)]
pub(super) struct Attempt<'s, 'a> {
    space: &'s Space<'a>,
    pub(super) what_if: WhatIf<'a>,
    /// Number of steps of each run.
    pub(super) counts: Vec<usize>,
}

impl Attempt<'_, '_> {
    /// Number of steps of a run.
    pub(super) fn count(&self, place: usize) -> usize {
        self.counts.get(place).copied().unwrap_or(0)
    }

    /// Takes so many steps of a run, however many it has taken, and returns what that replaced;
    /// `None` where it had taken as many.
    pub(super) fn take(&mut self, place: usize, count: usize) -> Option<Replaced> {
        let slot = self.counts.get_mut(place).filter(|slot| **slot != count)?;
        let run = self.space.runs.get(place)?;
        *slot = count;
        let answer = if run.several.is_some() {
            let own = self.alike(place);
            own.fold(run.now(), |answer, (_, one, count)| {
                one.after(answer, count)
            })
        } else {
            run.after(run.now(), count)
        };
        Some(self.what_if.put(run.node, answer))
    }

    /// Takes no step of a run, after what the last change replaced.
    pub(super) fn take_back(&mut self, place: usize, replaced: Option<Replaced>) {
        if let (Some(slot), Some(replaced)) = (self.counts.get_mut(place), replaced) {
            *slot = 0;
            self.what_if.undo(replaced);
        }
    }

    /// Returns true if a run can be taken: no other run of its question rules it out.
    pub(super) fn is_free(&self, place: usize) -> bool {
        let mut own = self.alike(place);
        own.all(|(other, run, count)| other == place || count == 0 || run.several.is_some())
    }

    /// The runs of the question of a run, each with its place and the number of steps taken.
    fn alike(&self, place: usize) -> impl Iterator<Item = (usize, &Run<'_>, usize)> {
        let places = self.space.alike.get(place).cloned().unwrap_or_default();
        places.filter_map(|place| Some((place, self.space.runs.get(place)?, self.count(place))))
    }

    /// Returns true if a level is reached, whatever the answers that are still open turn out to be,
    /// even if no level can be given yet. A ladder that does not apply reaches none.
    pub(super) fn is_reached(&self, rank: usize) -> bool {
        let reading = self.what_if.reading(self.space.ladder);
        let possible = reading.possible;
        !reading.is_absent() && possible != 0 && possible.trailing_zeros() as usize >= rank
    }

    /// The set of the steps taken.
    pub(super) fn set(&self) -> StepSet {
        self.space.set(&self.counts)
    }
}
