//! Targets of an answer, and the progress towards them.

use super::{Answer, Answers};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use jiff::civil::Date;

/// One of the targets of a question. The last one is the target as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Name of the phase.
    pub name: Option<String>,
    /// The rating aimed at, as written; of a choice its score.
    pub target: f64,
    /// The same as it counts in scores; differs on reversed scales.
    pub worth: f64,
    /// The same as a set of choices.
    pub chosen: u64,
    /// The same in words: "3", or the choice.
    pub says: String,
    /// Due date.
    pub due: Option<Date>,
}

/// Value of a question at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// As written; of a choice its score.
    pub value: f64,
    /// The same as it counts in scores; differs on reversed scales.
    pub worth: f64,
    /// The choice; `None` for a number, which may lie between two steps.
    pub chosen: Option<u64>,
    /// The same in words: "1", or the choice.
    pub says: String,
    /// The day it was so.
    pub on: Option<Date>,
}

/// Share of the way from the baseline to the target that is done, `0..=1`.
///
/// (value − baseline) / (target − baseline); 1 where the target is reached or lies where the
/// baseline does, 0 where the value has fallen below the baseline.
#[must_use]
pub fn progress(value: f64, baseline: f64, target: f64) -> f64 {
    let way = target - baseline;
    if value >= target - TOLERANCE || way.abs() <= TOLERANCE {
        1.0
    } else {
        ((value - baseline) / way).clamp(0.0, 1.0)
    }
}

/// The most days that are reported one by one.
const MOST_DAYS: usize = 40;

impl Answers {
    /// The days on which a phase of a rated question is due, each once, earliest first.
    ///
    /// Of more than 40, the first 39 and the last.
    #[must_use]
    pub fn dues(&self) -> Vec<Date> {
        let rated = self.answers.iter().zip(&self.notes);
        let rated = rated.filter(|(answer, _)| answer.state == State::Rated);
        let phases = rated.flat_map(|(_, notes)| &notes.phases);
        let mut days: Vec<Date> = phases.filter_map(|phase| phase.due).collect();
        days.sort_unstable();
        days.dedup();
        if days.len() > MOST_DAYS {
            days.drain(MOST_DAYS - 1..days.len() - 1);
        }
        days
    }

    /// Returns true if a baseline of any rated question is given.
    #[must_use]
    pub fn any_baseline(&self) -> bool {
        let mut rated = self.answers.iter().zip(&self.notes);
        rated.any(|(answer, notes)| answer.state == State::Rated && notes.baseline.is_some())
    }

    /// A question once every phase due by this day is reached, at least what it is now.
    pub(crate) fn by(&self, question: usize, answer: &Answer, day: Date) -> Answer {
        let phases = self.notes.get(question).map_or(&[][..], |one| &one.phases);
        let due = phases
            .iter()
            .filter(|one| one.due.is_some_and(|due| due <= day));
        due.fold(*answer, |answer, phase| {
            answer.aiming_at(Some(phase)).at_target()
        })
    }

    /// A question at the start; as it is now where that is not given.
    pub(crate) fn at_first(&self, question: usize, answer: &Answer) -> Answer {
        let notes = self.notes.get(question);
        let Some(baseline) = notes.and_then(|one| one.baseline.as_ref()) else {
            return *answer;
        };
        Answer {
            counted: baseline.worth,
            chosen: baseline.chosen.unwrap_or(answer.chosen),
            ..*answer
        }
    }
}

impl Answer {
    /// The same with a target, which never counts for less than what already counts.
    pub(crate) fn aiming_at(self, last: Option<&Phase>) -> Self {
        let (target, aimed) = match last {
            Some(phase) if self.counted >= phase.worth => (self.counted, self.chosen),
            Some(phase) => (phase.worth, phase.chosen),
            None => (self.target, self.aimed),
        };
        Self {
            target,
            aimed,
            ..self
        }
    }

    /// The same as it was claimed.
    pub(crate) fn as_claimed(self) -> Self {
        Self {
            counted: self.claimed,
            ..self
        }
    }

    /// The same once the target is reached.
    pub(crate) fn at_target(self) -> Self {
        Self {
            counted: self.target,
            chosen: self.aimed,
            ..self
        }
    }
}
