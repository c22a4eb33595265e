//! The smallest set of raises that reaches a goal, found by trying sets of one size after the other.

use super::bound::{Bounds, SoFar};
use crate::answers::{Given, Grade};
use crate::evaluate::Trial;

/// A question as the search sees it: numbers only.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) node: usize,
    /// How it is answered now.
    pub(crate) now: (Given, Grade),
    /// What is answered after each step, the next one first.
    pub(crate) steps: Vec<(Given, Grade)>,
    /// What each step takes.
    pub(crate) effort: u32,
    /// Which preparations come before it, as bits.
    pub(crate) before: u64,
    /// Which preparation the raise itself is, as bits.
    pub(crate) does: u64,
}

/// What is to be reached.
pub(crate) trait Goal {
    fn reached(&self, trial: &Trial<'_>) -> bool;
}

/// How often each choice is raised, and what that takes with its preparations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) raises: Vec<usize>,
    pub(crate) effort: u32,
}

impl Found {
    pub(crate) fn size(&self) -> usize {
        self.raises.iter().sum()
    }

    /// Fewer steps before less effort before the order of the packs; in that order, the first step
    /// of any question comes before the second of another.
    pub(crate) fn is_better_than(&self, other: &Self) -> bool {
        let rank = |one: &Self| (one.size(), one.effort);
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
        let each = self
            .choices
            .iter()
            .zip(raises)
            .filter(|(_, count)| **count > 0);
        let spent = each.fold(Spent::default(), |spent, (one, count)| {
            spent.with(one, *count)
        });
        self.total(spent)
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
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            steps: self
                .steps
                .saturating_add(choice.effort.saturating_mul(count)),
            before: self.before | choice.before,
            does: self.does | choice.does,
        }
    }
}

/// A search over all sets of one size; how many evaluations it may still take.
pub(crate) struct Search<'s, 'p, G> {
    pub(crate) trial: &'s mut Trial<'p>,
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
        trial: &'s mut Trial<'p>,
        costs: &'s Costs<'s>,
        bounds: &'s Bounds,
        goal: &'s G,
        left: usize,
    ) -> Self {
        Self {
            trial,
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
        let Some((given, grade)) = count.checked_sub(1).and_then(|last| choice.steps.get(last))
        else {
            return true;
        };
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        self.trial.put(choice.node, *given, *grade);
        if let Some(slot) = self.raises.get_mut(place) {
            *slot = count;
        }
        let whole = if count < size {
            let so_far = self.bounds.after(so_far, place, count);
            self.from(place + 1, size - count, spent, &so_far)
        } else {
            if self.goal.reached(self.trial) {
                let found = Found {
                    raises: self.raises.clone(),
                    effort,
                };
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
        self.trial.undo();
        whole
    }
}
