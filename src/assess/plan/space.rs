//! The runs of steps that a search chooses from, and the sets of steps it makes of them.

use super::advice::weight;
use super::run::{Run, StepUp};
use crate::answers::Answers;
use crate::assess::evaluate::{WhatIf, open_between};
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Program, Requirement};
use std::collections::{BTreeMap, BTreeSet};

/// Runs, and items that one answer moves, up to which changing one counts as one.
const USUAL_SIZE: usize = 500;
/// Packs up to which it does.
const USUAL_PACKS: usize = 16;

/// A set of steps: some of each run. The better of two is the lesser.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StepSet {
    /// Number of steps.
    pub(super) size: usize,
    /// Effort of the steps and their preparations.
    pub(super) effort: u32,
    /// Number of steps that no advice covers.
    uncovered: usize,
    /// Number of actions that the other steps belong to.
    actions: usize,
    /// Each step by its place in its run, then by its run: the first step of any question comes
    /// before the second of another.
    order: Vec<(usize, usize)>,
    /// Number of steps of each run.
    pub(super) counts: Vec<usize>,
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

/// Everything a search starts from.
#[derive(Debug)]
pub(super) struct Space<'a> {
    pub(super) program: &'a Program,
    pub(super) answers: &'a Answers,
    /// The ladder's item.
    pub(super) ladder: usize,
    /// The number of packs: a plan may be asked for of each.
    pub(super) packs: usize,
    /// In pack order; the runs of a question follow one another.
    pub(super) runs: Vec<Run<'a>>,
    /// The answers of today, to be changed.
    pub(super) today: WhatIf<'a>,
}

impl<'a> Space<'a> {
    /// No step taken yet.
    pub(super) fn attempt(&self) -> Attempt<'_, 'a> {
        Attempt {
            space: self,
            what_if: self.today.clone(),
            counts: vec![0; self.runs.len()],
            scored: 0,
        }
    }

    /// The requirements of a level and of those below it.
    pub(super) fn requirements(&self, rank: usize) -> Vec<Requirement> {
        let ladder = self.program.ladder(self.ladder);
        let levels = ladder.map_or(&[][..], |ladder| ladder.levels.as_slice());
        let levels = levels.iter().take(rank + 1);
        levels
            .flat_map(|one| one.requirements.iter().copied())
            .collect()
    }

    /// Returns true if anything between the answers of today and the last of all steps could reach a
    /// level.
    pub(super) fn may_reach(&self, rank: usize) -> bool {
        let questions = self.runs.chunk_by(|one, other| one.node == other.node);
        let open = questions.filter_map(|runs| {
            let run = runs.first()?;
            let shape = self.program.questions.get(run.node)?;
            if run.is_several() {
                return Some((run.node, shape.least, shape.most));
            }
            let now = run.rated_worth().unwrap_or(shape.least);
            let steps = runs.iter().flat_map(|run| &run.steps);
            let worths = steps.filter_map(|step| Some(step.answer()?.counted));
            let (low, high) = worths.fold((now, now), |(low, high), worth| {
                (low.min(worth), high.max(worth))
            });
            Some((run.node, low, high))
        });
        let readings = open_between(self.program, self.answers, &open.collect::<Vec<_>>());
        let possible = readings.get(self.ladder).map_or(0, |one| one.possible);
        possible >> rank != 0
    }

    /// The places of the runs that a requirement rests on.
    pub(super) fn runs_below(&self, requirement: &Requirement) -> Vec<usize> {
        let reach = self.program.reach();
        let nodes = self.program.read_by(requirement);
        let rests = |run: &Run<'_>| nodes.iter().any(|node| reach.rests(*node, run.node));
        let runs = self.runs.iter().enumerate();
        let below = runs.filter(|(_, run)| rests(run));
        below.map(|(place, _)| place).collect()
    }

    /// Number of sets with fewer steps than this.
    pub(super) fn sets_below(&self, size: usize) -> usize {
        let mut sets: Vec<usize> = (0..size).map(|steps| usize::from(steps == 0)).collect();
        let sum = |sum: usize, one: &usize| sum.saturating_add(*one);
        for run in &self.runs {
            let with = |steps: usize| {
                let fewest = steps.saturating_sub(run.steps.len());
                sets.iter().take(steps + 1).skip(fewest).fold(0, sum)
            };
            sets = (0..size).map(with).collect();
        }
        sets.iter().fold(0, sum)
    }
}

/// Steps as they are chosen, with the answers they lead to.
#[derive(Debug, Clone)]
pub(super) struct Attempt<'s, 'a> {
    space: &'s Space<'a>,
    pub(super) what_if: WhatIf<'a>,
    /// Number of steps of each run.
    pub(super) counts: Vec<usize>,
    /// Number of times answers were changed and scored again, by their work.
    pub(super) scored: usize,
}

impl Attempt<'_, '_> {
    /// Number of steps of a run.
    pub(super) fn count(&self, place: usize) -> usize {
        self.counts.get(place).copied().unwrap_or(0)
    }

    /// Takes so many steps of a run, however many it has taken.
    pub(super) fn take(&mut self, place: usize, count: usize) {
        let slot = self.counts.get_mut(place).filter(|slot| **slot != count);
        if let (Some(slot), Some(run)) = (slot, self.space.runs.get(place)) {
            *slot = count;
            self.scored += self.work(place);
            let answer = if run.is_several() {
                let own = self.alike(place);
                own.fold(run.now(), |answer, (_, one, count)| {
                    one.after(answer, count)
                })
            } else {
                run.after(run.now(), count)
            };
            self.what_if.put(run.node, answer);
        }
    }

    /// Number of steps that a run can take; none where another run of its question rules it out.
    pub(super) fn room(&self, place: usize) -> usize {
        let mut own = self.alike(place);
        let free = own.all(|(other, run, count)| other == place || count == 0 || run.is_several());
        let run = self.space.runs.get(place).filter(|_| free);
        run.map_or(0, |run| run.steps.len())
    }

    /// The runs of the question of a run, which follow one another, each with its place and the number
    /// of steps taken.
    fn alike(&self, place: usize) -> impl Iterator<Item = (usize, &Run<'_>, usize)> {
        let runs = &self.space.runs;
        let node = runs.get(place).map(|run| run.node);
        let is_own = move |run: &Run<'_>| Some(run.node) == node;
        let before = runs.get(..place).unwrap_or_default().iter().rev();
        let first = place - before.take_while(|run| is_own(run)).count();
        let all = runs.iter().zip(&self.counts).enumerate().skip(first);
        let all = all.map(|(place, (run, count))| (place, run, *count));
        all.take_while(move |(_, run, _)| is_own(run))
    }

    /// The work of changing an answer and scoring it again, at least 1: more where so much rests on it,
    /// or there is so much else, that all takes longer than in packs of people.
    pub(super) fn work(&self, place: usize) -> usize {
        let node = self.space.runs.get(place).map(|run| run.node);
        let moved = node.map_or(0, |node| self.what_if.moved(node));
        let size = 1 + (moved + self.counts.len()) / USUAL_SIZE;
        size * (1 + self.space.packs / USUAL_PACKS)
    }

    /// Returns true if a level is reached, whatever the answers that are still open turn out to be,
    /// even if no level can be given yet. A ladder that does not apply reaches none.
    pub(super) fn is_reached(&self, rank: usize) -> bool {
        let reading = self.what_if.reading(self.space.ladder);
        let possible = reading.possible;
        !reading.is_absent() && possible != 0 && possible.trailing_zeros() as usize >= rank
    }

    /// Returns true if a requirement holds, whatever the answers that are still open turn out to be.
    pub(super) fn meets(&self, requirement: &Requirement) -> bool {
        self.what_if.holds_for_certain(requirement) == Truth::True
    }

    /// The set of the steps taken.
    pub(super) fn set(&self) -> StepSet {
        let counts = &self.counts;
        let taken = || {
            let pairs = self.space.runs.iter().zip(counts);
            pairs.flat_map(|(run, count)| run.steps.iter().take(*count))
        };
        let works: BTreeSet<&str> = taken().filter_map(StepUp::work).collect();
        let before = taken().flat_map(|step| &step.before);
        let before = before.map(|first| (first.work.as_str(), weight(first.effort)));
        let before: BTreeMap<&str, u32> =
            before.filter(|(work, _)| !works.contains(work)).collect();
        let efforts = taken().map(StepUp::effort);
        let order = counts.iter().enumerate();
        let order = order.flat_map(|(place, count)| (0..*count).map(move |nth| (nth, place)));
        let mut order: Vec<(usize, usize)> = order.collect();
        order.sort_unstable();
        StepSet {
            size: order.len(),
            effort: efforts.chain(before.into_values()).sum(),
            uncovered: taken().filter(|step| step.remedy.is_none()).count(),
            actions: works.len(),
            order,
            counts: counts.clone(),
        }
    }
}
