//! Lower bounds: what every set of steps that reaches a level must have, and the least number of steps
//! that a condition takes.
//!
//! Two facts are used, and both hold for every pack. A condition that is not surely met stays so
//! until something below it changes; and the least that a score made of means alone can be rises by
//! no more than its steps add, each by itself.

use super::run::Run;
use super::space::Space;
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Test};
use crate::rules::rulebook::Check;
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

/// The gain a score needs, and what each step can add to it.
#[derive(Debug)]
struct Shortfall {
    needed: f64,
    /// For each run, the most that each of its steps can add.
    gains: Vec<Vec<f64>>,
    /// For each run, the sum of the best steps of it and those after it: of none, one, two ...
    best: Vec<Vec<f64>>,
}

/// Runs of which some steps have to be taken.
#[derive(Debug)]
struct Demand {
    /// True for each run that belongs to it.
    of: Vec<bool>,
    /// Number of steps they take together, at least.
    least: usize,
    /// The last of them.
    last: usize,
}

/// Conditions that rule sets of steps out without trying them.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    shortfalls: Vec<Shortfall>,
    demands: Vec<Demand>,
}

impl Bounds {
    /// The bounds that the unmet checks of a level and those below it set.
    pub(super) fn new(space: &Space<'_>, unmet: &[Check], most: usize) -> Self {
        let mut bounds = Self::default();
        let mut demands = Vec::new();
        for check in unmet {
            let shortfall = shortfall(space, check, most);
            let least = match check {
                Check::Gate(gate) => {
                    let when = space.program.gates.get(*gate);
                    when.map_or(1, |when| space.least_steps(when))
                }
                Check::From(_) | Check::Floor(_) | Check::Basis | Check::Confidence(..) => {
                    shortfall.as_ref().map_or(1, Shortfall::least)
                }
            };
            demands.push((least.max(1), space.runs_below(check)));
            bounds.shortfalls.extend(shortfall);
        }
        // Small ones first: demands without a run in common are counted together.
        demands.sort_by_key(|(_, of)| of.iter().filter(|one| **one).count());
        let mut taken = vec![false; space.runs.len()];
        for (least, of) in demands {
            let apart = of.iter().zip(&taken).all(|(one, taken)| !(*one && *taken));
            if let (true, Some(last)) = (apart, of.iter().rposition(|one| *one)) {
                let marks = taken.iter_mut().zip(&of);
                marks.for_each(|(taken, one)| *taken |= one);
                bounds.demands.push(Demand { of, least, last });
            }
        }
        bounds
    }

    /// The fewest steps that can do.
    pub(super) fn least(&self, space: &Space<'_>) -> usize {
        let asked: usize = self.demands.iter().map(|demand| demand.least).sum();
        let closed = self
            .shortfalls
            .iter()
            .map(|shortfall| shortfall.closed_with(&self.demands));
        closed
            .fold(asked.max(1), usize::max)
            .min(space.size().max(1))
    }

    /// The progress of a set of steps, as far as it is chosen: the gain on each shortfall, and the number
    /// of steps of each demand.
    pub(super) fn progress(&self, counts: &[usize]) -> (Vec<f64>, Vec<usize>) {
        let gained = self.shortfalls.iter().map(|shortfall| {
            let pairs = shortfall.gains.iter().zip(counts);
            pairs.fold(0.0, |done, (own, count)| {
                done + own.iter().take(*count).sum::<f64>()
            })
        });
        let taken = self.demands.iter().map(|demand| {
            let pairs = demand.of.iter().zip(counts);
            pairs.filter(|(of, _)| **of).map(|(_, count)| count).sum()
        });
        (gained.collect(), taken.collect())
    }

    /// Returns true if so many more steps, of this run and those after it, may do.
    pub(super) fn may_reach(
        &self,
        place: usize,
        left: usize,
        (gained, taken): &(Vec<f64>, Vec<usize>),
    ) -> bool {
        let mut missing = 0;
        for (demand, done) in self.demands.iter().zip(taken) {
            let still = demand.least.saturating_sub(*done);
            if still > 0 && demand.last < place {
                return false;
            }
            missing += still;
        }
        let mut shortfalls = self.shortfalls.iter().zip(gained);
        missing <= left
            && shortfalls.all(|(shortfall, done)| shortfall.may_close(place, left, *done))
    }
}

impl Shortfall {
    /// The fewest steps that close it, whichever they are.
    fn least(&self) -> usize {
        let all = self.best.first().map_or(&[][..], Vec::as_slice);
        let reached = all.iter().position(|sum| *sum >= self.needed - TOLERANCE);
        reached.unwrap_or(all.len())
    }

    /// The fewest steps that close it, among them those that demands ask for.
    fn closed_with(&self, demands: &[Demand]) -> usize {
        let mut rest: Vec<f64> = Vec::new();
        let (mut sum, mut size) = (0.0, 0);
        let mut free = vec![true; self.gains.len()];
        for demand in demands {
            let of = self.gains.iter().zip(&demand.of).filter(|(_, of)| **of);
            let mut own: Vec<f64> = of.flat_map(|(gains, _)| gains.iter().copied()).collect();
            own.sort_by(|one, other| other.total_cmp(one));
            sum += own.iter().take(demand.least).sum::<f64>();
            rest.extend(own.iter().skip(demand.least));
            size += demand.least;
            let marks = free.iter_mut().zip(&demand.of);
            marks.for_each(|(free, of)| *free &= !of);
        }
        let others = self.gains.iter().zip(&free).filter(|(_, free)| **free);
        rest.extend(others.flat_map(|(gains, _)| gains.iter().copied()));
        rest.sort_by(|one, other| other.total_cmp(one));
        let mut best = rest.into_iter();
        while sum < self.needed - TOLERANCE {
            let Some(gain) = best.next() else { break };
            sum += gain;
            size += 1;
        }
        size
    }

    fn may_close(&self, place: usize, left: usize, done: f64) -> bool {
        let best = self.best.get(place).map_or(&[][..], Vec::as_slice);
        let more = best.get(left).or(best.last()).copied().unwrap_or(0.0);
        done + more >= self.needed - TOLERANCE
    }
}

/// The shortfall of a threshold, where its score is made of means alone.
fn shortfall(space: &Space<'_>, check: &Check, most: usize) -> Option<Shortfall> {
    let (Check::From(atom) | Check::Floor(atom)) = check else {
        return None;
    };
    let atom = space.program.atoms.get(*atom)?;
    // A score that may drop out need not rise: a floor on it falls away with it.
    let reading = space.readings.get(atom.node);
    let reading = reading.filter(|one| one.is_rated() && !one.optional)?;
    let limit = match &atom.test {
        Test::Number(interval) => interval.from.limit()?,
        Test::Index(interval) => {
            let share = interval.from.limit()? / 100.0;
            reading.least + share * (reading.most - reading.least)
        }
        Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => {
            return None;
        }
    };
    let gains = space.gains(atom.node)?;
    Some(Shortfall {
        needed: limit - reading.low,
        best: best(&gains, most),
        gains,
    })
}

/// For each run, the sums of the best gains of it and those after it.
fn best(gains: &[Vec<f64>], most: usize) -> Vec<Vec<f64>> {
    let mut top: Vec<f64> = Vec::new();
    let mut sums = Vec::new();
    for own in gains.iter().rev() {
        top.extend(own);
        top.sort_by(|one, other| other.total_cmp(one));
        top.truncate(most);
        let mut total = 0.0;
        let added = top.iter().map(|gain| {
            total += gain;
            total
        });
        sums.push(std::iter::once(0.0).chain(added).collect());
    }
    sums.reverse();
    sums
}

impl Space<'_> {
    /// The least number of steps that a condition takes, whichever they are.
    pub(super) fn least_steps(&self, when: &Condition) -> usize {
        let each = |parts: &[Condition]| -> Vec<usize> {
            parts.iter().map(|part| self.least_steps(part)).collect()
        };
        match when {
            Condition::Atom(atom) => {
                let atom = self.program.atoms.get(*atom);
                atom.map_or(0, |atom| self.least_of_atom(atom))
            }
            // Parts may share a question: only the one that takes most is sure.
            Condition::All(parts) if self.are_apart(parts) => each(parts).into_iter().sum(),
            Condition::All(parts) => each(parts).into_iter().max().unwrap_or(0),
            Condition::Any(parts) => each(parts).into_iter().min().unwrap_or(0),
            Condition::AtLeast(n, parts) => {
                let mut parts = each(parts);
                parts.sort_unstable();
                let last = n.checked_sub(1).and_then(|last| parts.get(last));
                last.copied().unwrap_or(0)
            }
            Condition::Not(_) => 0,
        }
    }

    fn least_of_atom(&self, atom: &Atom) -> usize {
        // A question that is out may come in as it was answered, or stay out.
        let absent = self.readings.get(atom.node).is_some_and(Reading::is_absent);
        if absent || atom.judge(self.readings).holds() {
            return 0;
        }
        // One that another question may take out falls away with it.
        if self.is_swayed(atom.node) {
            return 1;
        }
        let own = self.runs.iter().filter(|run| run.node == atom.node);
        let own: Vec<&Run<'_>> = own.collect();
        let single = own.iter().filter_map(|run| {
            (0..=run.steps.len()).find(|count| {
                let (answer, _) = run.after(run.now(), *count);
                atom.test.admits(answer.counted, answer.chosen)
            })
        });
        single.chain(least_together(&own, atom)).min().unwrap_or(1)
    }

    /// Returns true if a run of another question bears on this item.
    fn is_swayed(&self, node: usize) -> bool {
        let reach = self.program.reach();
        let mut others = self.runs.iter().filter(|run| run.node != node);
        others.any(|run| reach.rests(node, run.node))
    }

    /// Returns true if all parts are tests of different questions, none of which the runs of another
    /// bear on.
    fn are_apart(&self, parts: &[Condition]) -> bool {
        let nodes: Option<BTreeSet<usize>> = parts
            .iter()
            .map(|part| match part {
                Condition::Atom(atom) => {
                    let node = self.program.atoms.get(*atom)?.node;
                    let own = node < self.program.questions.len() && !self.is_swayed(node);
                    own.then_some(node)
                }
                Condition::All(_)
                | Condition::Any(_)
                | Condition::Not(_)
                | Condition::AtLeast(..) => None,
            })
            .collect();
        nodes.is_some_and(|nodes| nodes.len() == parts.len())
    }
}

/// The fewest choices of a question that reach a number together: no fewer than of those worth most.
fn least_together(own: &[&Run<'_>], atom: &Atom) -> Option<usize> {
    let Test::Number(interval) = &atom.test else {
        return None;
    };
    let (first, limit) = (own.first()?, interval.from.limit()?);
    let several = own.iter().filter(|run| run.several.is_some());
    let gains = several.flat_map(|run| (0..run.steps.len()).map(|nth| run.gain(nth, 0.0)));
    let mut gains: Vec<f64> = gains.collect();
    gains.sort_by(|one, other| other.total_cmp(one));
    let now = first.now().0.counted;
    let mut worth = if now.is_nan() { 0.0 } else { now };
    let reached = gains.iter().position(|gain| {
        worth += gain;
        worth >= limit - TOLERANCE
    });
    reached.map(|place| place + 1)
}
