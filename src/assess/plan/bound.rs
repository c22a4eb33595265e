//! How few raises could do: what every set that reaches a level must hold.
//!
//! Two facts are used, and both hold for every pack. A condition that is not surely met stays so
//! until something below it changes; and the least that a score made of means alone can be rises by
//! no more than what its raises add, each by itself.

use super::asked::asked;
use super::search::Choice;
use super::slope::{Sight, slopes};
use crate::rules::condition::Test;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Check, Program};
use crate::text::number::TOLERANCE;

/// What must be gained on a score, and what each raise can add to it.
#[derive(Debug)]
struct Gap {
    needed: f64,
    /// For each choice, what each of its steps can add at most.
    gains: Vec<Vec<f64>>,
    /// For each choice, what the best raises of it and those after it add: none, one, two ...
    best: Vec<Vec<f64>>,
}

/// Choices of which some must be raised.
#[derive(Debug)]
struct Group {
    /// Which choices.
    of: Vec<bool>,
    /// How often, all together.
    least: usize,
    /// The last of them.
    last: usize,
}

/// What rules sets of raises out without trying them.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    gaps: Vec<Gap>,
    groups: Vec<Group>,
}

impl Bounds {
    /// What the unmet checks of a level and those below it ask of the choices.
    pub(crate) fn new(sight: &Sight<'_>, unmet: &[Check], most: usize) -> Self {
        let Sight {
            program,
            readings,
            choices,
            ..
        } = *sight;
        let mut bounds = Self::default();
        let mut taken = vec![false; choices.len()];
        let mut groups = Vec::new();
        for check in unmet {
            let gap = gap(sight, check, most);
            let below = below(program, choices, check);
            let least = match check {
                Check::Gate(gate) => {
                    let when = program.gates.get(*gate);
                    when.map_or(1, |when| asked(program, readings, choices, when))
                }
                Check::From(_) | Check::Floor(_) | Check::Basis | Check::Confidence(..) => {
                    gap.as_ref().map_or(1, Gap::least)
                }
            }
            .max(1);
            groups.push((least, below));
            bounds.gaps.extend(gap);
        }
        // Few against many: the groups that stand apart from one another are counted together.
        groups.sort_by_key(|(_, of)| of.iter().filter(|one| **one).count());
        for (least, of) in groups {
            let apart = of.iter().zip(&taken).all(|(one, taken)| !(*one && *taken));
            if let (true, Some(last)) = (apart, of.iter().rposition(|one| *one)) {
                taken
                    .iter_mut()
                    .zip(&of)
                    .for_each(|(taken, one)| *taken |= one);
                bounds.groups.push(Group { of, least, last });
            }
        }
        bounds
    }

    /// Fewer raises than this cannot do.
    pub(crate) fn least(&self, choices: &[Choice]) -> usize {
        let asked: usize = self.groups.iter().map(|group| group.least).sum();
        let room: usize = choices.iter().map(|one| one.steps.len()).sum();
        let closed = self.gaps.iter().map(|gap| gap.closed_at(&self.groups));
        closed.fold(asked.max(1), usize::max).min(room.max(1))
    }

    /// Nothing raised yet.
    pub(crate) fn begin(&self) -> SoFar {
        SoFar {
            gained: vec![0.0; self.gaps.len()],
            raised: vec![0; self.groups.len()],
        }
    }

    /// With a choice raised so often.
    pub(crate) fn after(&self, before: &SoFar, place: usize, count: usize) -> SoFar {
        let gaps = before.gained.iter().zip(&self.gaps);
        let gained = gaps.map(|(done, gap)| {
            let own = gap.gains.get(place).map_or(&[][..], Vec::as_slice);
            done + own.iter().take(count).sum::<f64>()
        });
        let groups = before.raised.iter().zip(&self.groups);
        let raised = groups.map(|(done, group)| {
            let of = group.of.get(place).copied().unwrap_or(false);
            done + if of { count } else { 0 }
        });
        SoFar {
            gained: gained.collect(),
            raised: raised.collect(),
        }
    }

    /// Whether so many more raises, of this choice and those after it, may do.
    pub(crate) fn may_reach(&self, place: usize, left: usize, so_far: &SoFar) -> bool {
        let mut missing = 0;
        for (group, done) in self.groups.iter().zip(&so_far.raised) {
            let still = group.least.saturating_sub(*done);
            if still > 0 && group.last < place {
                return false;
            }
            missing += still;
        }
        let gaps = self.gaps.iter().zip(&so_far.gained);
        missing <= left
            && gaps
                .into_iter()
                .all(|(gap, done)| gap.may_close(place, left, *done))
    }
}

/// What a set of raises comes to, as far as it is chosen.
#[derive(Debug, Clone)]
pub(crate) struct SoFar {
    /// What is gained on each gap.
    gained: Vec<f64>,
    /// How often each group is raised.
    raised: Vec<usize>,
}

impl Gap {
    /// How many raises close it at least, whichever they are.
    fn least(&self) -> usize {
        let all = self.best.first().map_or(&[][..], Vec::as_slice);
        let reached = all.iter().position(|sum| *sum >= self.needed - TOLERANCE);
        reached.unwrap_or(all.len())
    }

    /// With how many raises the best of them close it, those among them that groups ask for.
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
            free.iter_mut()
                .zip(&group.of)
                .for_each(|(free, of)| *free &= !of);
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

/// Which choices a check rests on.
pub(crate) fn below(program: &Program, choices: &[Choice], check: &Check) -> Vec<bool> {
    let reach = program.reach();
    let nodes = program.read_by(check);
    let rests = |choice: &Choice| nodes.iter().any(|node| reach.rests(*node, choice.node));
    choices.iter().map(rests).collect()
}

/// What a threshold still asks for, where its score is made of means alone.
fn gap(sight: &Sight<'_>, check: &Check, most: usize) -> Option<Gap> {
    let (Check::From(atom) | Check::Floor(atom)) = check else {
        return None;
    };
    let atom = sight.program.atoms.get(*atom)?;
    // What may drop out need not rise: a floor on it falls away with it.
    let reading = sight.readings.get(atom.node);
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
    let slopes = slopes(sight, atom.node)?;
    let gains: Vec<Vec<f64>> = sight
        .choices
        .iter()
        .zip(&slopes)
        .map(|(choice, slope)| gains(sight.readings, choice, *slope))
        .collect();
    Some(Gap {
        needed: limit - reading.low,
        best: best(&gains, most),
        gains,
    })
}

/// What each step adds at most. The first one of a question without an answer brings it in as a
/// whole, which adds no more than all it is worth.
pub(crate) fn gains(readings: &[Reading], choice: &Choice, slope: f64) -> Vec<f64> {
    let now = readings.get(choice.node);
    let worth = now.map_or(
        0.0,
        |one| if one.is_rated() { one.value } else { one.least },
    );
    let gain = |nth| {
        let gain = choice.gain(nth, worth);
        // No more than what is not known, times nothing, is nothing.
        if slope > 0.0 { gain * slope } else { 0.0 }
    };
    (0..choice.steps.len()).map(gain).collect()
}

/// For each choice, the sums of the best gains of it and those after it.
fn best(gains: &[Vec<f64>], most: usize) -> Vec<Vec<f64>> {
    let mut top: Vec<f64> = Vec::new();
    let mut sums = Vec::with_capacity(gains.len());
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
