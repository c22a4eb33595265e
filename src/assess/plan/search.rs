//! The smallest set of raises that reaches a goal, found by trying sets of one size after the other.

use super::bound::{Bounds, SoFar};
use super::several::Several;
use super::step::Change;
use crate::answers::Answer;
use crate::assess::evaluate::WhatIf;
use crate::rules::vocabulary::Grade;
use std::collections::BTreeSet;

/// A run of steps of one question as the search sees it: numbers only.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) node: usize,
    /// How the question is answered now.
    pub(crate) now: (Answer, Grade),
    /// The next one first.
    pub(crate) steps: Vec<Step>,
    /// The other choices of the question, where several are taken together; otherwise one run of a
    /// question rules the others out.
    pub(crate) several: Option<Several>,
}

/// A step of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) change: Change,
    pub(crate) grade: Grade,
    /// What it takes.
    pub(crate) effort: u32,
    /// Which preparations come before it, as bits.
    pub(crate) before: u64,
    /// Which preparation it is itself, as bits.
    pub(crate) does: u64,
    /// The work of the advice that covers it, by its number.
    pub(crate) work: Option<usize>,
}

impl Choice {
    /// The answer after so many steps from an answer.
    pub(crate) fn after(&self, from: (Answer, Grade), count: usize) -> (Answer, Grade) {
        let taken = self.steps.get(..count).unwrap_or(&self.steps);
        taken
            .iter()
            .fold(from, |(given, grade), step| match step.change {
                Change::To(given) => (given, step.grade),
                Change::Add(bits) => {
                    let several = self.several.as_ref();
                    (several.map_or(given, |one| one.with(&given, bits)), grade)
                }
            })
    }

    /// The works of the advice that covers its steps.
    pub(crate) fn works(&self) -> impl Iterator<Item = usize> {
        self.steps.iter().filter_map(|step| step.work)
    }

    /// The most that a step can add to the worth of the question.
    pub(crate) fn gain(&self, nth: usize, least: f64) -> f64 {
        let worth = |nth: usize| match self.steps.get(nth).map(|step| step.change) {
            Some(Change::To(given)) => Some(given.counted),
            Some(Change::Add(_)) | None => None,
        };
        let gain = match (self.steps.get(nth).map(|step| step.change), &self.several) {
            (Some(Change::To(given)), _) => {
                let before = nth.checked_sub(1).and_then(worth).unwrap_or(least);
                given.counted - before
            }
            (Some(Change::Add(bits)), Some(several)) => several.gain(bits),
            (Some(Change::Add(_)), None) | (None, _) => 0.0,
        };
        gain.max(0.0)
    }

    /// Whether any of its steps lowers what the question counts for.
    pub(crate) fn falls(&self) -> bool {
        let mut before = self.now.0.counted;
        (1..=self.steps.len()).any(|count| {
            let after = self.after(self.now, count).0.counted;
            let falls = after < before;
            before = after;
            falls
        })
    }
}

/// The answer to a question once its runs are taken so far.
pub(crate) fn answer(choices: &[Choice], raises: &[usize], node: usize) -> Option<(Answer, Grade)> {
    let own = choices
        .iter()
        .zip(raises)
        .filter(|(one, _)| one.node == node);
    own.fold(None, |answer, (one, count)| {
        Some(one.after(answer.unwrap_or(one.now), *count))
    })
}

/// Whether a run can still be taken: no other run of its question rules it out.
pub(crate) fn is_free(choices: &[Choice], raises: &[usize], place: usize) -> bool {
    let Some(own) = choices.get(place) else {
        return false;
    };
    // The runs of a question stand one after the other.
    let taken = |pair: (&Choice, &usize)| pair.0.node == own.node && *pair.1 > 0;
    let pairs = || choices.iter().zip(raises);
    let beside = |pair: &(&Choice, &usize)| pair.0.node == own.node;
    let back = choices.len().saturating_sub(place);
    let mut before = pairs().rev().skip(back).take_while(beside);
    let mut behind = pairs().skip(place + 1).take_while(beside);
    own.several.is_some() || !(before.any(taken) || behind.any(taken))
}

/// What is to be reached.
pub(crate) trait Goal {
    fn reached(&self, what_if: &WhatIf<'_>) -> bool;
}

/// How often each choice is raised, and what that takes with its preparations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) raises: Vec<usize>,
    pub(crate) effort: u32,
    /// How many of the steps no advice covers.
    bare: usize,
    /// How many actions the others belong to.
    actions: usize,
}

impl Found {
    pub(crate) fn size(&self) -> usize {
        self.raises.iter().sum()
    }

    /// Fewer steps before less effort, before fewer steps without advice, before fewer actions,
    /// before the order of the packs; in that order, the first step of any question comes before the
    /// second of another.
    pub(crate) fn is_better_than(&self, other: &Self) -> bool {
        let rank = |one: &Self| (one.size(), one.effort, one.bare, one.actions);
        let order = rank(self).cmp(&rank(other));
        order.is_lt() || (order.is_eq() && self.comes_before(other))
    }

    fn comes_before(&self, other: &Self) -> bool {
        let pairs = || self.raises.iter().zip(&other.raises);
        let highest = pairs()
            .map(|(one, other)| *one.max(other))
            .max()
            .unwrap_or(0);
        let mut rounds = (1..=highest)
            .flat_map(|round| pairs().map(move |(one, other)| (*one >= round, *other >= round)));
        rounds
            .find(|(own, other)| own != other)
            .is_some_and(|(own, _)| own)
    }
}

/// What sets of raises take.
#[derive(Debug)]
pub(crate) struct Costs<'c> {
    pub(crate) choices: &'c [Choice],
    /// What each preparation takes, by its bit.
    pub(crate) preparations: &'c [u32],
    /// No set may take more.
    pub(crate) budget: Option<u32>,
}

impl Costs<'_> {
    pub(crate) fn of(&self, raises: &[usize]) -> u32 {
        let spent = self
            .taken(raises)
            .fold(Spent::default(), |spent, (one, count)| {
                spent.with(one, count)
            });
        self.total(spent)
    }

    /// A set with all it takes.
    pub(crate) fn found(&self, raises: Vec<usize>) -> Found {
        let steps = self.taken(&raises);
        let steps = steps.flat_map(|(one, count)| one.steps.iter().take(count));
        let works: Vec<Option<usize>> = steps.map(|step| step.work).collect();
        let named: BTreeSet<usize> = works.iter().copied().flatten().collect();
        Found {
            effort: self.of(&raises),
            bare: works.iter().filter(|work| work.is_none()).count(),
            actions: named.len(),
            raises,
        }
    }

    fn taken<'a>(&'a self, raises: &'a [usize]) -> impl Iterator<Item = (&'a Choice, usize)> {
        let pairs = self.choices.iter().zip(raises.iter().copied());
        pairs.filter(|(_, count)| *count > 0)
    }

    pub(crate) fn affords(&self, effort: u32) -> bool {
        self.budget.is_none_or(|budget| effort <= budget)
    }

    fn total(&self, spent: Spent) -> u32 {
        let open = spent.before & !spent.does;
        let first = self.preparations.iter().enumerate();
        let first = first.filter(|(bit, _)| *bit < 64 && open >> bit & 1 == 1);
        spent.steps + first.map(|(_, effort)| *effort).sum::<u32>()
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    steps: u32,
    before: u64,
    does: u64,
}

impl Spent {
    fn with(self, choice: &Choice, count: usize) -> Self {
        let taken = choice.steps.iter().take(count);
        taken.fold(self, |spent, step| Self {
            steps: spent.steps.saturating_add(step.effort),
            before: spent.before | step.before,
            does: spent.does | step.does,
        })
    }
}

/// A search over all sets of one size; how many evaluations it may still take.
pub(crate) struct Search<'s, 'p, G> {
    pub(crate) what_if: &'s mut WhatIf<'p>,
    pub(crate) costs: &'s Costs<'s>,
    pub(crate) bounds: &'s Bounds,
    pub(crate) goal: &'s G,
    /// Evaluations left.
    pub(crate) left: usize,
    best: Option<Found>,
    raises: Vec<usize>,
}

impl<'s, 'p, G: Goal> Search<'s, 'p, G> {
    pub(crate) fn new(
        what_if: &'s mut WhatIf<'p>,
        costs: &'s Costs<'s>,
        bounds: &'s Bounds,
        goal: &'s G,
        left: usize,
    ) -> Self {
        Self {
            what_if,
            costs,
            bounds,
            goal,
            left,
            best: None,
            raises: vec![0; costs.choices.len()],
        }
    }

    /// The best set of this size, and whether every set of it was tried or ruled out.
    pub(crate) fn size(&mut self, size: usize) -> (Option<Found>, bool) {
        self.best = None;
        let whole = self.from(0, size, Spent::default(), &self.bounds.begin());
        (self.best.take(), whole)
    }

    /// Tries all sets of these choices; false where the evaluations ran out.
    fn from(&mut self, start: usize, size: usize, spent: Spent, so_far: &SoFar) -> bool {
        let choices = self.costs.choices;
        for place in start..choices.len() {
            if !self.bounds.may_reach(place, size, so_far) {
                return true;
            }
            let Some(choice) = choices.get(place) else {
                break;
            };
            if !is_free(choices, &self.raises, place) {
                continue;
            }
            for count in 1..=choice.steps.len().min(size) {
                if !self.raise(place, choice, (count, size), (spent, so_far)) {
                    return false;
                }
            }
        }
        true
    }

    fn raise(
        &mut self,
        place: usize,
        choice: &Choice,
        (count, size): (usize, usize),
        (spent, so_far): (Spent, &SoFar),
    ) -> bool {
        let spent = spent.with(choice, count);
        let effort = self.costs.total(spent);
        let beaten = self.best.as_ref().is_some_and(|best| effort > best.effort);
        if beaten || !self.costs.affords(effort) {
            return true;
        }
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let (given, grade) = choice.after(self.what_if.answer(choice.node), count);
        self.what_if.put(choice.node, given, grade);
        if let Some(slot) = self.raises.get_mut(place) {
            *slot = count;
        }
        let whole = if count < size {
            let so_far = self.bounds.after(so_far, place, count);
            self.from(place + 1, size - count, spent, &so_far)
        } else {
            if self.goal.reached(self.what_if) {
                let found = self.costs.found(self.raises.clone());
                if self
                    .best
                    .as_ref()
                    .is_none_or(|best| found.is_better_than(best))
                {
                    self.best = Some(found);
                }
            }
            true
        };
        if let Some(slot) = self.raises.get_mut(place) {
            *slot = 0;
        }
        self.what_if.undo();
        whole
    }
}
