//! What is aimed at, and how far of the way lies behind.

use super::{Answers, Given};
use crate::condition::TOLERANCE;
use crate::evaluate::State;
use jiff::civil::Date;

/// One of the targets of a question. The last one is the target as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// What it is called.
    pub name: Option<String>,
    /// The rating aimed at, as written.
    pub target: f64,
    /// The same as it counts in scores; differs on reversed scales.
    pub worth: f64,
    /// By when.
    pub due: Option<Date>,
}

/// What a question counted for at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// As written.
    pub value: f64,
    /// The same as it counts in scores; differs on reversed scales.
    pub worth: f64,
    /// The day it was so.
    pub on: Option<Date>,
}

/// How much of the way from the baseline to the target lies behind, `0..=1`.
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

/// More days than these are not told one by one.
const MOST_DAYS: usize = 40;

impl Answers {
    /// The days on which a phase of a rated question is due, each once, earliest first.
    ///
    /// Of more than 40, the first 39 and the last.
    #[must_use]
    pub fn dues(&self) -> Vec<Date> {
        let rated = self.given.iter().zip(&self.remarks);
        let rated = rated.filter(|(given, _)| given.state == State::Rated);
        let phases = rated.flat_map(|(_, remark)| &remark.phases);
        let mut days: Vec<Date> = phases.filter_map(|phase| phase.due).collect();
        days.sort_unstable();
        days.dedup();
        if days.len() > MOST_DAYS {
            days.drain(MOST_DAYS - 1..days.len() - 1);
        }
        days
    }

    /// Whether a baseline of any rated question is given.
    #[must_use]
    pub fn any_baseline(&self) -> bool {
        let mut rated = self.given.iter().zip(&self.remarks);
        rated.any(|(given, remark)| given.state == State::Rated && remark.baseline.is_some())
    }

    /// What a question counts for once every phase due by this day is reached, at least what it
    /// counts for now.
    pub(crate) fn worth_by(&self, question: usize, given: &Given, day: Date) -> f64 {
        let phases = self
            .remarks
            .get(question)
            .map_or(&[][..], |one| &one.phases);
        let due = phases
            .iter()
            .filter(|one| one.due.is_some_and(|due| due <= day));
        due.fold(given.counted, |worth, one| worth.max(one.worth))
    }

    /// What a question counted for at the start; what it counts for now where that is not given.
    pub(crate) fn worth_at_first(&self, question: usize, given: &Given) -> f64 {
        let remark = self.remarks.get(question);
        let baseline = remark.and_then(|one| one.baseline);
        baseline.map_or(given.counted, |one| one.worth)
    }
}
