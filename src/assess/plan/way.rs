//! The way to a level: a greedy one first, then nothing shorter, as far as the evaluations reach.

use super::bound::Bounds;
use super::greedy::Way;
use super::remedy::{Remedies, USUAL, weight};
use super::search::{Choice, Costs, Found, Goal, Search, Step, is_free};
use super::several::Several;
use super::slope::Sight;
use super::step::Open;
use crate::answers::Answers;
use crate::assess::evaluate::{WhatIf, open_between};
use crate::rules::condition::Truth;
use crate::rules::pack::file::{QuestionType, Size};
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Check, Program};
use serde::Serialize;

/// How short a way is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shortness {
    /// No set has fewer steps, and of those with as many none takes less effort.
    Shortest,
    /// No set has fewer steps; one with as many may take less effort.
    Fewest,
    /// One action does it alone, for no more effort than the shortest set known of several.
    OneAction,
    /// A shorter one may exist: not every set could be tried.
    NotProven,
}

/// A level of a ladder, whatever the answers that are still open turn out to be.
pub(super) struct Level {
    pub(super) ladder: usize,
    pub(super) rank: usize,
}

impl Goal for Level {
    fn reached(&self, what_if: &WhatIf<'_>) -> bool {
        // Whether or not one is given as things stand; a ladder that is out has none.
        let reading = what_if.reading(self.ladder);
        let possible = reading.possible;
        !reading.is_absent() && possible != 0 && possible.trailing_zeros() as usize >= self.rank
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
        let mut open: Vec<(usize, f64, f64)> = Vec::new();
        for choice in self.choices {
            let now = self.readings.get(choice.node).copied();
            let now = now.unwrap_or(Reading::EMPTY);
            let worth = if now.is_rated() { now.value } else { now.least };
            let steps = (0..choice.steps.len()).map(|nth| choice.gain(nth, worth));
            let most = match choice.several {
                Some(_) => worth + steps.sum::<f64>(),
                None => worth,
            };
            let worths = (1..=choice.steps.len()).map(|count| choice.after(choice.now, count).0);
            let worths = worths.map(|given| given.counted);
            let (low, high) = worths.fold((worth.min(most), most), |(low, high), worth| {
                (low.min(worth), high.max(worth))
            });
            match open.last_mut().filter(|last| last.0 == choice.node) {
                Some(last) if choice.several.is_some() => last.2 += high - worth,
                Some(last) => *last = (last.0, last.1.min(low), last.2.max(high)),
                None => open.push((choice.node, low, high)),
            }
        }
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
        let fresh = || {
            let wanted = Some(level.ladder);
            WhatIf::new(self.program, self.answers, self.readings, wanted)
        };
        let mut what_if = fresh();
        let checks = self.checks(level);
        let sight = Sight {
            program: self.program,
            answers: self.answers,
            readings: self.readings,
            choices: self.choices,
        };
        let best = greedy(&sight, &mut what_if, &costs, level, &checks);
        what_if.settle();
        let unmet: Vec<Check> = checks
            .into_iter()
            .filter(|check| what_if.holds(check) != Truth::True)
            .collect();
        let room: usize = self.choices.iter().map(|one| one.steps.len()).sum();
        let most = best.as_ref().map_or(room, Found::size);
        let bounds = Bounds::new(&sight, &unmet, most);
        let mut search = Search::new(&mut what_if, &costs, &bounds, level, tries);
        let outcome = prove(&mut search, best, bounds.least(self.choices), most);
        match (outcome, alone(&mut fresh(), &costs, level)) {
            (Outcome::Way(found, _), Some(alone))
                if alone.effort <= found.effort && alone.raises != found.raises =>
            {
                Outcome::Way(alone, Shortness::OneAction)
            }
            (outcome, _) => outcome,
        }
    }
}

/// The better of the ways found by what steps add, and by what they add for their effort.
fn greedy<G: Goal>(
    sight: &Sight<'_>,
    what_if: &mut WhatIf<'_>,
    costs: &Costs<'_>,
    goal: &G,
    checks: &[Check],
) -> Option<Found> {
    let steps = costs.choices.iter().flat_map(|one| &one.steps);
    let mut efforts: Vec<u32> = steps.map(|step| step.effort).collect();
    efforts.dedup();
    let orders = if efforts.len() < 2 {
        &[false][..]
    } else {
        &[false, true][..]
    };
    let mut best: Option<Found> = None;
    for by_effort in orders {
        let mut way = Way::new(sight, what_if, costs, goal, checks);
        way.by_effort = *by_effort;
        let better = |found: &Found| best.as_ref().is_none_or(|best| found.is_better_than(best));
        if let Some(found) = way.find().filter(better) {
            best = Some(found);
        }
    }
    best
}

/// The best set of those that are all that one action leads to, and no step more than the level
/// takes.
fn alone<G: Goal>(what_if: &mut WhatIf<'_>, costs: &Costs<'_>, goal: &G) -> Option<Found> {
    let mut works: Vec<usize> = costs.choices.iter().flat_map(Choice::works).collect();
    works.sort_unstable();
    works.dedup();
    let mut best: Option<Found> = None;
    for work in works {
        let mut raises = vec![0; costs.choices.len()];
        for (place, choice) in costs.choices.iter().enumerate() {
            let own = choice
                .steps
                .iter()
                .take_while(|step| step.work == Some(work));
            let count = own.count();
            if count > 0
                && is_free(costs.choices, &raises, place)
                && let Some(slot) = raises.get_mut(place)
            {
                *slot = count;
                let (given, grade) = choice.after(what_if.answer(choice.node), count);
                what_if.put(choice.node, given, grade);
            }
        }
        if goal.reached(what_if) {
            let found = costs.found(raises.clone());
            let better = best.as_ref().is_none_or(|best| found.is_better_than(best));
            if better && costs.affords(found.effort) {
                best = Some(found);
            }
        }
        for (choice, _) in costs
            .choices
            .iter()
            .zip(&raises)
            .filter(|(_, count)| **count > 0)
        {
            what_if.put(choice.node, choice.now.0, choice.now.1);
        }
        what_if.settle();
    }
    best
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

/// Open questions as numbers, with what each preparation takes.
pub(super) fn choices(opens: &[Open<'_>], remedies: &Remedies<'_>) -> (Vec<Choice>, Vec<u32>) {
    let mut known = Preparations::default();
    let mut works: Vec<&str> = Vec::new();
    let mut choices = Vec::new();
    let mut own = Vec::new();
    for (open, chain) in opens
        .iter()
        .flat_map(|one| one.chains.iter().map(move |of| (one, of)))
    {
        let mut names = Vec::new();
        let mut steps = Vec::new();
        for (nth, step) in chain.iter().enumerate() {
            let remedy = remedies.of(open, step, nth);
            let first = remedy.map(|one| remedies.before(one)).unwrap_or_default();
            let first = first.into_iter();
            let bits = first.map(|first| known.bit(&first.work, first.effort));
            steps.push(Step {
                change: step.change,
                grade: step.grade,
                effort: weight(remedy.map_or(USUAL, |one| one.advice.effort)),
                before: bits.fold(0, |set, bit| set | bit),
                does: 0,
                work: remedy.map(|one| place(&mut works, &one.advice.work)),
            });
            names.push(remedy.map(|one| one.advice.work.as_str()));
        }
        own.push(names);
        let several = open.question.kind == QuestionType::SelectMultiple;
        choices.push(Choice {
            node: open.node,
            now: (open.given, open.grade),
            steps,
            several: several.then(|| Several::new(open.question, open.given)),
        });
    }
    for (choice, names) in choices.iter_mut().zip(own) {
        for (step, name) in choice.steps.iter_mut().zip(names) {
            step.does = name.map_or(0, |name| known.known(name));
        }
    }
    (choices, known.efforts)
}

/// The place of a name in a list, where it is put if it is not there yet.
fn place<'a>(names: &mut Vec<&'a str>, name: &'a str) -> usize {
    let known = names.iter().position(|one| *one == name);
    known.unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

/// What has to be done before steps, each by the work it is, with what it takes.
#[derive(Default)]
struct Preparations<'a> {
    names: Vec<&'a str>,
    efforts: Vec<u32>,
}

impl<'a> Preparations<'a> {
    /// The bit of a preparation; more of them than bits are not counted.
    fn bit(&mut self, name: &'a str, effort: Size) -> u64 {
        if !self.names.contains(&name) {
            self.names.push(name);
            self.efforts.push(weight(effort));
        }
        self.known(name)
    }

    /// The bit of what is a preparation of anything.
    fn known(&self, name: &str) -> u64 {
        let place = self.names.iter().position(|one| *one == name);
        let place = place.and_then(|place| u32::try_from(place).ok());
        place
            .and_then(|place| 1_u64.checked_shl(place))
            .unwrap_or(0)
    }
}
