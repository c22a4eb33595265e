//! The runs of steps that a search chooses from, and the sets of steps it makes of them.

use super::advice::{Remedies, Remedy, USUAL, weight};
use super::candidate::{Candidate, Change, StepUp};
use super::several::Several;
use crate::answers::{Answer, Answers};
use crate::assess::evaluate::WhatIf;
use crate::rules::Reading;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Check, Program};
use crate::rules::vocabulary::Grade;
use std::collections::BTreeSet;

/// A run of steps of one question, with the effort each takes.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) candidate: &'a Candidate<'a>,
    /// The next one first.
    pub(super) steps: Vec<Step<'a>>,
    /// The choices of the question, where several are taken together; otherwise one run of a
    /// question rules the others out.
    pub(super) several: Option<Several>,
}

/// A step of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) up: StepUp,
    /// The advice that covers it.
    pub(super) remedy: Option<&'a Remedy<'a>>,
    /// Effort: low 1, medium 2, high 3.
    pub(super) effort: u32,
    /// The preparations that come before it, as bits.
    pub(super) before: u64,
    /// The preparation it is itself, as bits.
    pub(super) does: u64,
}

impl Step<'_> {
    /// The work of the advice that covers it.
    pub(super) fn work(&self) -> Option<&str> {
        self.remedy.map(|remedy| remedy.advice.work.as_str())
    }
}

impl Run<'_> {
    /// The question.
    pub(super) fn node(&self) -> usize {
        self.candidate.node
    }

    /// The answer to the question today, with the grade of its evidence.
    pub(super) fn now(&self) -> (Answer, Grade) {
        (self.candidate.answer, self.candidate.grade)
    }

    /// The answer after some of the steps.
    pub(super) fn after(&self, from: (Answer, Grade), count: usize) -> (Answer, Grade) {
        let taken = self.steps.get(..count).unwrap_or(&self.steps);
        taken
            .iter()
            .fold(from, |(answer, grade), step| match step.up.change {
                Change::To(answer) => (answer, step.up.grade),
                Change::Add(bits) => {
                    let several = self.several.as_ref();
                    (several.map_or(answer, |one| one.with(&answer, bits)), grade)
                }
            })
    }

    /// The most that a step can add to the worth of the question.
    pub(super) fn gain(&self, nth: usize, least: f64) -> f64 {
        let change = |nth: usize| self.steps.get(nth).map(|step| step.up.change);
        let gain = match (change(nth), &self.several) {
            (Some(Change::To(answer)), _) => {
                let before = match nth.checked_sub(1).and_then(change) {
                    Some(Change::To(before)) => before.counted,
                    Some(Change::Add(_)) | None => least,
                };
                answer.counted - before
            }
            (Some(Change::Add(bits)), Some(several)) => several.gain(bits),
            (Some(Change::Add(_)), None) | (None, _) => 0.0,
        };
        gain.max(0.0)
    }

    /// Returns true if any of its steps lowers the worth of the question.
    pub(super) fn falls(&self) -> bool {
        let worth = |count| self.after(self.now(), count).0.counted;
        (1..=self.steps.len()).any(|count| worth(count) < worth(count - 1))
    }
}

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

/// Steps taken so far: their effort and their preparations.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spent {
    steps: u32,
    before: u64,
    does: u64,
}

impl Spent {
    pub(super) fn with(self, steps: &[Step<'_>]) -> Self {
        steps.iter().fold(self, |spent, step| Self {
            steps: spent.steps.saturating_add(step.effort),
            before: spent.before | step.before,
            does: spent.does | step.does,
        })
    }
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
    /// Effort of each preparation, by its bit.
    preparations: Vec<u32>,
}

impl<'a> Space<'a> {
    pub(super) fn new(
        (program, answers, readings): (&'a Program, &'a Answers, &'a [Reading]),
        ladder: usize,
        candidates: &'a [Candidate<'a>],
        remedies: &'a Remedies<'a>,
    ) -> Self {
        let several = |one: &'a Candidate<'a>| {
            let several = one.question.kind == QuestionType::SelectMultiple;
            several.then(|| Several::new(one.question, one.answer))
        };
        let step = |one: &'a Candidate<'a>, nth: usize, up: &StepUp| {
            let remedy = remedies.of(one, up, nth);
            Step {
                up: *up,
                remedy,
                effort: weight(remedy.map_or(USUAL, |remedy| remedy.advice.effort)),
                before: 0,
                does: 0,
            }
        };
        let chains = candidates
            .iter()
            .flat_map(|one| one.chains.iter().map(move |chain| (one, chain)));
        let runs = chains.map(|(one, chain)| {
            let steps = chain.iter().enumerate();
            Run {
                candidate: one,
                steps: steps.map(|(nth, up)| step(one, nth, up)).collect(),
                several: several(one),
            }
        });
        let mut space = Self {
            program,
            answers,
            readings,
            ladder,
            runs: runs.collect(),
            preparations: Vec::new(),
        };
        space.prepare(remedies);
        space
    }

    /// Notes the preparations of each step, as bits; more of them than bits are not counted.
    fn prepare(&mut self, remedies: &'a Remedies<'a>) {
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
            place
                .and_then(|place| 1_u64.checked_shl(place))
                .unwrap_or(0)
        };
        for step in self.runs.iter_mut().flat_map(|run| &mut run.steps) {
            if let Some(remedy) = step.remedy {
                let before = remedies.before(remedy).into_iter();
                step.before = before.fold(0, |set, first| set | bit(&first.work));
                step.does = bit(&remedy.advice.work);
            }
        }
    }

    /// The answers of today, to be changed.
    pub(super) fn what_if(&self) -> WhatIf<'a> {
        WhatIf::new(self.program, self.answers, self.readings, Some(self.ladder))
    }

    /// The checks of a level and of those below it.
    pub(super) fn checks(&self, rank: usize) -> Vec<Check> {
        let ladder = self.program.ladder(self.ladder);
        let levels = ladder.map_or(&[][..], |ladder| ladder.levels.as_slice());
        let levels = levels.iter().take(rank + 1);
        levels.flat_map(|one| one.checks.iter().copied()).collect()
    }

    /// Returns true if a level is reached, whatever the answers that are still open turn out to be,
    /// even if no level can be given yet. A ladder that does not apply reaches none.
    pub(super) fn is_reached(&self, rank: usize, what_if: &WhatIf<'_>) -> bool {
        let reading = what_if.reading(self.ladder);
        let possible = reading.possible;
        !reading.is_absent() && possible != 0 && possible.trailing_zeros() as usize >= rank
    }

    /// The runs that a check rests on.
    pub(super) fn runs_below(&self, check: &Check) -> Vec<bool> {
        let reach = self.program.reach();
        let nodes = self.program.read_by(check);
        let rests = |run: &Run<'_>| nodes.iter().any(|node| reach.rests(*node, run.node()));
        self.runs.iter().map(rests).collect()
    }

    /// Number of steps of all runs.
    pub(super) fn size(&self) -> usize {
        self.runs.iter().map(|run| run.steps.len()).sum()
    }

    /// Returns true if a run can be taken: no other run of its question rules it out.
    pub(super) fn is_free(&self, counts: &[usize], place: usize) -> bool {
        let Some(own) = self.runs.get(place) else {
            return false;
        };
        let taken = |(other, (run, count)): (usize, (&Run<'_>, &usize))| {
            other != place && *count > 0 && run.node() == own.node()
        };
        own.several.is_some() || !self.runs.iter().zip(counts).enumerate().any(taken)
    }

    /// Takes some steps of a run.
    pub(super) fn take(&self, what_if: &mut WhatIf<'_>, (place, count): (usize, usize)) {
        if let Some(run) = self.runs.get(place) {
            let (answer, grade) = run.after(what_if.answer(run.node()), count);
            what_if.put(run.node(), answer, grade);
        }
    }

    fn taken(&self, counts: &[usize]) -> impl Iterator<Item = &[Step<'a>]> {
        let pairs = self.runs.iter().zip(counts);
        pairs.map(|(run, count)| run.steps.get(..*count).unwrap_or(&run.steps))
    }

    /// The effort of these steps with their preparations.
    pub(super) fn effort(&self, counts: &[usize]) -> u32 {
        let spent = self.taken(counts).fold(Spent::default(), Spent::with);
        self.total(spent)
    }

    pub(super) fn total(&self, spent: Spent) -> u32 {
        let open = spent.before & !spent.does;
        let first = self.preparations.iter().enumerate();
        let first = first.filter(|(bit, _)| *bit < 64 && open >> bit & 1 == 1);
        spent.steps + first.map(|(_, effort)| *effort).sum::<u32>()
    }

    /// A set of these steps.
    pub(super) fn set(&self, counts: Vec<usize>) -> StepSet {
        let steps: Vec<&Step<'_>> = self.taken(&counts).flatten().collect();
        let works: BTreeSet<&str> = steps.iter().filter_map(|step| step.work()).collect();
        StepSet {
            effort: self.effort(&counts),
            uncovered: steps.iter().filter(|step| step.remedy.is_none()).count(),
            actions: works.len(),
            counts,
        }
    }
}
