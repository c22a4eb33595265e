//! A way that surely reaches the goal: what pays most first, then whatever can be left out is.

use super::bound::{below, gains};
use super::search::{Costs, Found, Goal, answer, is_free};
use super::slope::{Sight, slopes};
use crate::assess::evaluate::WhatIf;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Check, Program};
use crate::text::number::TOLERANCE;

/// So often a set is made better by doing without a part of it.
const ROUNDS: usize = 4;

/// What is raised so far.
pub(crate) struct Way<'w, 'p, G> {
    pub(crate) program: &'w Program,
    pub(crate) what_if: &'w mut WhatIf<'p>,
    pub(crate) costs: &'w Costs<'w>,
    pub(crate) goal: &'w G,
    /// What the level asks for, with what the levels below ask.
    pub(crate) checks: &'w [Check],
    /// Whether a step counts by what it adds for its effort, or by what it adds alone.
    pub(crate) by_effort: bool,
    raises: Vec<usize>,
    /// A choice that may be raised no further, and how often it may be.
    limit: Option<(usize, usize)>,
    /// For each check, what each raise adds to its score, where that is known without trying.
    known: Vec<Option<Vec<Vec<f64>>>>,
}

impl<'w, 'p, G: Goal> Way<'w, 'p, G> {
    pub(crate) fn new(
        sight: &Sight<'w>,
        what_if: &'w mut WhatIf<'p>,
        costs: &'w Costs<'w>,
        goal: &'w G,
        checks: &'w [Check],
    ) -> Self {
        Self {
            program: sight.program,
            what_if,
            costs,
            goal,
            checks,
            by_effort: false,
            raises: vec![0; costs.choices.len()],
            limit: None,
            known: checks.iter().map(|check| known(sight, check)).collect(),
        }
    }

    /// A set that reaches the goal and of which no step can be left out; none where this way finds
    /// none.
    pub(crate) fn find(mut self) -> Option<Found> {
        let mut best = self.filled();
        if best.is_none() {
            for (place, choice) in self.costs.choices.iter().enumerate() {
                if is_free(self.costs.choices, &self.raises, place) {
                    self.set(place, choice.steps.len());
                }
            }
            best = self.goal.reached(self.what_if).then(|| self.pruned());
        }
        for _ in 0..ROUNDS {
            let Some(better) = best.as_ref().and_then(|best| self.replaced(best)) else {
                break;
            };
            best = Some(better);
        }
        self.put(&vec![0; self.raises.len()]);
        best.filter(|found| self.costs.affords(found.effort))
    }

    /// Goes on from what is raised until the goal is reached, then leaves out what it can.
    fn filled(&mut self) -> Option<Found> {
        let room: usize = self.costs.choices.iter().map(|one| one.steps.len()).sum();
        for _ in 0..room {
            if self.goal.reached(self.what_if) {
                break;
            }
            let Some(place) = self.next() else { break };
            self.lift(place);
        }
        self.goal.reached(self.what_if).then(|| self.pruned())
    }

    /// The best of the sets that do without one of the runs, or without its last step.
    fn replaced(&mut self, known: &Found) -> Option<Found> {
        let mut best: Option<Found> = None;
        let runs = known.raises.iter().copied().enumerate();
        for (place, count) in runs.filter(|(_, count)| *count > 0) {
            let fewer = [0, count - 1];
            let fewer = if count > 1 { &fewer[..] } else { &fewer[..1] };
            for most in fewer {
                self.put(&known.raises);
                self.set(place, *most);
                self.limit = Some((place, *most));
                let found = self.filled();
                self.limit = None;
                let better = |found: &Found| found.is_better_than(best.as_ref().unwrap_or(known));
                if let Some(found) = found.filter(better) {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// Raises every choice so often.
    fn put(&mut self, raises: &[usize]) {
        for (place, count) in raises.iter().enumerate() {
            self.set(place, *count);
        }
    }

    /// The step that does most for the first need that is not met: gates, then floors, then scores.
    fn next(&mut self) -> Option<usize> {
        let rank = |check: &&Check| match check {
            Check::Gate(_) => 0,
            Check::Floor(_) => 1,
            Check::From(_) => 2,
            Check::Confidence(..) | Check::Basis => 3,
        };
        let checks = self.checks.iter().enumerate();
        let unmet = checks.filter(|(_, one)| self.what_if.holds(one) != Truth::True);
        let (nth, need) = unmet.min_by_key(|(_, check)| rank(check))?;
        let need = *need;
        let of = below(self.program, self.costs.choices, &need);
        let open: Vec<usize> = (0..of.len())
            .filter(|place| of.get(*place).copied().unwrap_or(false) && self.can_rise(*place))
            .collect();
        let mut best: Option<(f64, usize)> = None;
        for place in open {
            let gain = self.gain(place, (nth, &need));
            if best.is_none_or(|(most, _)| gain > most + TOLERANCE) {
                best = Some((gain, place));
            }
        }
        best.map(|(_, place)| place)
    }

    fn can_rise(&self, place: usize) -> bool {
        let room = self
            .costs
            .choices
            .get(place)
            .map_or(0, |one| one.steps.len());
        let limit = self.limit.filter(|(limited, _)| *limited == place);
        let room = limit.map_or(room, |(_, most)| most);
        self.raises.get(place).is_some_and(|count| *count < room)
            && is_free(self.costs.choices, &self.raises, place)
    }

    /// What one more raise does for a need: for a gate, whether it is met then, or how near its
    /// question is to its top; for a score, what it adds.
    fn gain(&mut self, place: usize, (nth, need): (usize, &Check)) -> f64 {
        let effort = self.effort(place);
        let count = self.raises.get(place).copied().unwrap_or(0);
        let known = self.known.get(nth).and_then(Option::as_ref);
        let known = known
            .and_then(|gains| gains.get(place)?.get(count))
            .copied();
        if let Some(gained) = known {
            return if self.by_effort {
                gained / effort
            } else {
                gained
            };
        }
        let scores = self.scores(need);
        self.lift(place);
        let after = self.scores(need);
        let met = self.what_if.holds(need) == Truth::True;
        self.set(place, count);
        let gained: f64 = after
            .iter()
            .zip(&scores)
            .map(|(after, before)| after - before)
            .sum();
        let gained = if met { gained + 1000.0 } else { gained };
        if self.by_effort && gained > 0.0 {
            gained / effort
        } else {
            gained
        }
    }

    /// The least indices of what a need reads, and of the ladder's own score.
    fn scores(&self, need: &Check) -> Vec<f64> {
        let scores = self
            .checks
            .iter()
            .filter(|one| matches!(one, Check::From(_)));
        let nodes = scores
            .chain([need])
            .flat_map(|one| self.program.read_by(one));
        let index = |node: usize| {
            let reading = self.what_if.reading(node);
            let least = reading.index(reading.low);
            if least.is_finite() { least } else { 0.0 }
        };
        nodes.map(index).collect()
    }

    /// What the next step takes.
    fn effort(&self, place: usize) -> f64 {
        let count = self.raises.get(place).copied().unwrap_or(0);
        let choice = self.costs.choices.get(place);
        let step = choice.and_then(|one| one.steps.get(count));
        step.map_or(1.0, |step| f64::from(step.effort))
    }

    fn lift(&mut self, place: usize) {
        let count = self.raises.get(place).copied().unwrap_or(0);
        self.set(place, count + 1);
    }

    /// Raises a choice so often, from wherever it stands.
    fn set(&mut self, place: usize, count: usize) {
        let Some(choice) = self.costs.choices.get(place) else {
            return;
        };
        if self.raises.get(place) == Some(&count) {
            return;
        }
        if let Some(slot) = self.raises.get_mut(place) {
            *slot = count;
        }
        if let Some((given, grade)) = answer(self.costs.choices, &self.raises, choice.node) {
            self.what_if.put(choice.node, given, grade);
            self.what_if.settle();
        }
    }

    /// Leaves out every raise that can be left out, the dearest and last first.
    fn pruned(&mut self) -> Found {
        let mut order: Vec<usize> = (0..self.raises.len()).rev().collect();
        let effort = |place: &usize| {
            let steps = self.costs.choices.get(*place).map(|one| &one.steps);
            steps.and_then(|steps| steps.iter().map(|step| step.effort).max())
        };
        order.sort_by_key(|place| std::cmp::Reverse(effort(place)));
        loop {
            let mut left_out = false;
            for place in &order {
                let mut count = self.raises.get(*place).copied().unwrap_or(0);
                while let Some(fewer) = count.checked_sub(1) {
                    self.set(*place, fewer);
                    if !self.goal.reached(self.what_if) {
                        self.set(*place, count);
                        break;
                    }
                    left_out = true;
                    count = fewer;
                }
            }
            if !left_out {
                break;
            }
        }
        self.costs.found(self.raises.clone())
    }
}

/// What each raise adds to the score of a threshold, where it is a mean of means.
fn known(sight: &Sight<'_>, check: &Check) -> Option<Vec<Vec<f64>>> {
    let (Check::From(atom) | Check::Floor(atom)) = check else {
        return None;
    };
    let slopes = slopes(sight, sight.program.atoms.get(*atom)?.node)?;
    let choices = sight.choices.iter().zip(&slopes);
    Some(
        choices
            .map(|(choice, slope)| gains(sight.readings, choice, *slope))
            .collect(),
    )
}
