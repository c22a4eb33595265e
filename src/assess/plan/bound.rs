//! Lower bounds: what every set of steps that reaches a level must hold.
//!
//! Two facts are used, and both hold for every pack. A condition that is not surely met stays so
//! until something below it changes; and the least that a score made of means alone can be rises by
//! no more than its steps add, each by itself.

use super::space::Space;
use crate::rules::condition::Test;
use crate::rules::rulebook::Check;
use crate::text::number::TOLERANCE;

/// The gain a score needs, and what each step can add to it.
#[derive(Debug)]
struct Gap {
    needed: f64,
    /// For each run, the most that each of its steps can add.
    gains: Vec<Vec<f64>>,
    /// For each run, the sum of the best steps of it and those after it: of none, one, two ...
    best: Vec<Vec<f64>>,
}

/// Runs of which some steps must be taken.
#[derive(Debug)]
struct Group {
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
    gaps: Vec<Gap>,
    groups: Vec<Group>,
}

impl Bounds {
    /// The bounds that the unmet checks of a level and those below it set.
    pub(super) fn new(space: &Space<'_>, unmet: &[Check], most: usize) -> Self {
        let mut bounds = Self::default();
        let mut groups = Vec::new();
        for check in unmet {
            let gap = gap(space, check, most);
            let least = match check {
                Check::Gate(gate) => {
                    let when = space.program.gates.get(*gate);
                    when.map_or(1, |when| space.fewest(when))
                }
                Check::From(_) | Check::Floor(_) | Check::Basis | Check::Confidence(..) => {
                    gap.as_ref().map_or(1, Gap::least)
                }
            };
            groups.push((least.max(1), space.runs_below(check)));
            bounds.gaps.extend(gap);
        }
        // Small ones first: groups without a run in common are counted together.
        groups.sort_by_key(|(_, of)| of.iter().filter(|one| **one).count());
        let mut taken = vec![false; space.runs.len()];
        for (least, of) in groups {
            let apart = of.iter().zip(&taken).all(|(one, taken)| !(*one && *taken));
            if let (true, Some(last)) = (apart, of.iter().rposition(|one| *one)) {
                let marks = taken.iter_mut().zip(&of);
                marks.for_each(|(taken, one)| *taken |= one);
                bounds.groups.push(Group { of, least, last });
            }
        }
        bounds
    }

    /// The fewest steps that can do.
    pub(super) fn least(&self, space: &Space<'_>) -> usize {
        let asked: usize = self.groups.iter().map(|group| group.least).sum();
        let closed = self.gaps.iter().map(|gap| gap.closed_at(&self.groups));
        closed
            .fold(asked.max(1), usize::max)
            .min(space.size().max(1))
    }

    /// No step taken yet.
    pub(super) fn begin(&self) -> Progress {
        Progress {
            gained: vec![0.0; self.gaps.len()],
            taken: vec![0; self.groups.len()],
        }
    }

    /// The progress with some steps of a run.
    pub(super) fn after(&self, before: &Progress, place: usize, count: usize) -> Progress {
        let gaps = before.gained.iter().zip(&self.gaps);
        let gained = gaps.map(|(done, gap)| {
            let own = gap.gains.get(place).map_or(&[][..], Vec::as_slice);
            done + own.iter().take(count).sum::<f64>()
        });
        let groups = before.taken.iter().zip(&self.groups);
        let taken = groups.map(|(done, group)| {
            let of = group.of.get(place).copied().unwrap_or(false);
            done + if of { count } else { 0 }
        });
        Progress {
            gained: gained.collect(),
            taken: taken.collect(),
        }
    }

    /// Returns true if so many more steps, of this run and those after it, may do.
    pub(super) fn may_reach(&self, place: usize, left: usize, progress: &Progress) -> bool {
        let mut missing = 0;
        for (group, done) in self.groups.iter().zip(&progress.taken) {
            let still = group.least.saturating_sub(*done);
            if still > 0 && group.last < place {
                return false;
            }
            missing += still;
        }
        let mut gaps = self.gaps.iter().zip(&progress.gained);
        missing <= left && gaps.all(|(gap, done)| gap.may_close(place, left, *done))
    }
}

/// The progress of a set of steps, as far as it is chosen.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    /// The gain on each gap.
    gained: Vec<f64>,
    /// Number of steps of each group.
    taken: Vec<usize>,
}

impl Gap {
    /// The fewest steps that close it, whichever they are.
    fn least(&self) -> usize {
        let all = self.best.first().map_or(&[][..], Vec::as_slice);
        let reached = all.iter().position(|sum| *sum >= self.needed - TOLERANCE);
        reached.unwrap_or(all.len())
    }

    /// The fewest steps that close it, among them those that groups ask for.
    fn closed_at(&self, groups: &[Group]) -> usize {
        let mut rest: Vec<f64> = Vec::new();
        let (mut sum, mut size) = (0.0, 0);
        let mut free = vec![true; self.gains.len()];
        for group in groups {
            let of = self.gains.iter().zip(&group.of).filter(|(_, of)| **of);
            let mut own: Vec<f64> = of.flat_map(|(gains, _)| gains.iter().copied()).collect();
            own.sort_by(|one, other| other.total_cmp(one));
            sum += own.iter().take(group.least).sum::<f64>();
            rest.extend(own.iter().skip(group.least));
            size += group.least;
            let marks = free.iter_mut().zip(&group.of);
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

/// The gap of a threshold, where its score is made of means alone.
fn gap(space: &Space<'_>, check: &Check, most: usize) -> Option<Gap> {
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
    Some(Gap {
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
