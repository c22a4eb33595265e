//! The way to a level: a greedy one first, then nothing shorter, as far as the evaluations reach.

use super::bound::Bounds;
use super::greedy::Way;
use super::raise::{Open, Remedies, USUAL, weight};
use super::search::{Choice, Costs, Found, Goal, Search};
use super::slope::Sight;
use crate::answers::Answers;
use crate::condition::Truth;
use crate::evaluate::{Reading, Trial, open_between};
use crate::rulebook::{Check, Program};
use schemars::JsonSchema;
use serde::Serialize;

/// How short a way is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shortness {
    /// No set has fewer steps, and of those with as many none takes less effort.
    Shortest,
    /// No set has fewer steps; one with as many may take less effort.
    Fewest,
    /// A shorter one may exist: not every set could be tried.
    NotProven,
}

/// A level of a ladder.
pub(super) struct Level {
    pub(super) ladder: usize,
    pub(super) rank: usize,
}

impl Goal for Level {
    fn reached(&self, trial: &Trial<'_>) -> bool {
        let reading = trial.reading(self.ladder);
        // Ranks are whole numbers.
        let rank = u32::try_from(self.rank).map_or(f64::INFINITY, f64::from);
        reading.is_held() && reading.value >= rank - 0.5
    }
}

/// What a search starts from.
pub(super) struct Start<'a> {
    pub(super) program: &'a Program,
    pub(super) answers: &'a Answers,
    pub(super) readings: &'a [Reading],
    pub(super) choices: &'a [Choice],
    pub(super) preparations: &'a [u32],
}

/// What came of a search.
pub(super) enum Outcome {
    /// The best set found.
    Way(Found, Shortness),
    /// There is none; whether that is proven.
    None { proven: bool },
}

impl Start<'_> {
    /// What a level asks for, with what the levels below ask.
    pub(super) fn checks(&self, level: &Level) -> Vec<Check> {
        let rungs = self.program.ladder(level.ladder);
        let levels = rungs.map_or(&[][..], |rungs| rungs.levels.as_slice());
        let levels = levels.iter().take(level.rank + 1);
        levels.flat_map(|one| one.checks.iter().copied()).collect()
    }

    /// Whether anything between where the ratings stand and their tops could reach it.
    pub(super) fn may_reach(&self, level: &Level) -> bool {
        let open: Vec<(usize, f64, f64)> = self
            .choices
            .iter()
            .filter_map(|choice| {
                let now = self.readings.get(choice.node)?;
                let low = if now.is_rated() { now.value } else { now.least };
                let high = choice.steps.last().map_or(low, |(given, _)| given.counted);
                Some((choice.node, low, high))
            })
            .collect();
        let readings = open_between(self.program, self.answers, self.readings, &open);
        let possible = readings.get(level.ladder).map_or(0, |one| one.possible);
        possible >> level.rank != 0
    }

    /// The smallest set that reaches a level, with at most so many evaluations spent on proving it.
    pub(super) fn shortest(&self, level: &Level, budget: Option<u32>, tries: usize) -> Outcome {
        if !self.may_reach(level) {
            return Outcome::None { proven: true };
        }
        let costs = Costs {
            choices: self.choices,
            preparations: self.preparations,
            budget,
        };
        let mut trial = Trial::new(
            self.program,
            self.answers,
            self.readings,
            Some(level.ladder),
        );
        let checks = self.checks(level);
        let sight = Sight {
            program: self.program,
            answers: self.answers,
            readings: self.readings,
            choices: self.choices,
        };
        let mut best: Option<Found> = None;
        let alike = |two: &[Choice]| matches!(two, [one, other] if one.effort == other.effort);
        let alike = self.choices.windows(2).all(alike);
        for by_effort in [false, true] {
            if by_effort && alike {
                continue;
            }
            let mut way = Way::new(&sight, &mut trial, &costs, level, &checks);
            way.by_effort = by_effort;
            let better =
                |found: &Found| best.as_ref().is_none_or(|best| found.is_better_than(best));
            if let Some(found) = way.find().filter(better) {
                best = Some(found);
            }
        }
        trial.settle();
        let unmet: Vec<Check> = checks
            .into_iter()
            .filter(|check| trial.stands(check) != Truth::True)
            .collect();
        let room: usize = self.choices.iter().map(|one| one.steps.len()).sum();
        let most = best.as_ref().map_or(room, Found::size);
        let bounds = Bounds::new(&sight, &unmet, most);
        let mut search = Search::new(&mut trial, &costs, &bounds, level, tries);
        prove(&mut search, best, bounds.least(self.choices), most)
    }
}

/// Tries every size from the least that may do to that of the best set known.
fn prove<G: Goal>(
    search: &mut Search<'_, '_, G>,
    best: Option<Found>,
    least: usize,
    most: usize,
) -> Outcome {
    for size in least..=most {
        let (found, whole) = search.size(size);
        let known = best.as_ref().filter(|best| best.size() == size);
        let better = match (found, known) {
            (Some(found), Some(known)) if known.is_better_than(&found) => Some(known.clone()),
            (Some(found), _) => Some(found),
            (None, known) => known.cloned(),
        };
        match (better, whole) {
            (Some(way), true) => return Outcome::Way(way, Shortness::Shortest),
            (Some(way), false) => return Outcome::Way(way, Shortness::Fewest),
            (None, true) => {}
            (None, false) => {
                return best.map_or(Outcome::None { proven: false }, |way| {
                    Outcome::Way(way, Shortness::NotProven)
                });
            }
        }
    }
    best.map_or(Outcome::None { proven: true }, |way| {
        Outcome::Way(way, Shortness::NotProven)
    })
}

/// The open questions a ladder rests on as numbers, with what each preparation takes.
pub(super) fn choices(
    program: &Program,
    ladder: usize,
    opens: &[Open<'_>],
    remedies: &Remedies<'_>,
) -> (Vec<Choice>, Vec<u32>) {
    let reach = program.reach();
    let opens = opens.iter().filter(|open| reach.rests(ladder, open.node));
    let mut known: Vec<(&str, &str)> = Vec::new();
    let mut efforts = Vec::new();
    let mut choices = Vec::new();
    let mut own = Vec::new();
    for open in opens {
        let remedy = remedies.of(open.node);
        let mut before = 0;
        for first in remedy.map(|one| remedies.before(one)).unwrap_or_default() {
            let name = (remedy.map_or("", |one| one.of.pack()), first.id.as_str());
            let place = known
                .iter()
                .position(|one| *one == name)
                .unwrap_or_else(|| {
                    known.push(name);
                    efforts.push(weight(first.effort));
                    known.len() - 1
                });
            // More preparations than bits are not counted.
            before |= 1_u64
                .checked_shl(u32::try_from(place).unwrap_or(64))
                .unwrap_or(0);
        }
        own.push(remedy.map(|one| (one.of.pack(), one.advice.id.as_str())));
        choices.push(Choice {
            node: open.node,
            now: (open.given, open.grade),
            steps: open
                .steps
                .iter()
                .map(|step| (step.given, step.grade))
                .collect(),
            effort: weight(remedy.map_or(USUAL, |one| one.advice.effort)),
            before,
            does: 0,
        });
    }
    for (choice, own) in choices.iter_mut().zip(own) {
        let place = own.and_then(|own| known.iter().position(|one| *one == own));
        let bit = place.and_then(|place| 1_u64.checked_shl(u32::try_from(place).ok()?));
        choice.does = bit.unwrap_or(0);
    }
    (choices, efforts)
}
