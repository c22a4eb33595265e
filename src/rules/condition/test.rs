//! Tests: the cells of decision tables and the leaves of conditions.

use super::truth::Truth;
use crate::rules::reading::Reading;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// No limit.
    Open,
    /// The limit belongs to the interval.
    Inclusive(f64),
    /// The limit does not belong to it.
    Exclusive(f64),
}

impl Bound {
    /// The limit, where there is one.
    #[must_use]
    pub fn limit(self) -> Option<f64> {
        match self {
            Self::Open => None,
            Self::Inclusive(limit) | Self::Exclusive(limit) => Some(limit),
        }
    }
}

/// A range of numbers, with the limits as written and as compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end as written.
    pub from: Bound,
    /// The upper end as written.
    pub to: Bound,
    least: f64,
    most: f64,
}

impl Interval {
    /// The interval between two bounds; a value within [`TOLERANCE`] of an end counts as on it.
    #[must_use]
    pub fn new(from: Bound, to: Bound) -> Self {
        let least = match from {
            Bound::Open => f64::NEG_INFINITY,
            Bound::Inclusive(limit) => limit - TOLERANCE,
            Bound::Exclusive(limit) => (limit + TOLERANCE).next_up(),
        };
        let most = match to {
            Bound::Open => f64::INFINITY,
            Bound::Inclusive(limit) => limit + TOLERANCE,
            Bound::Exclusive(limit) => (limit - TOLERANCE).next_down(),
        };
        Self {
            from,
            to,
            least,
            most,
        }
    }

    /// Every number from `limit` on.
    #[must_use]
    pub fn at_least(limit: f64) -> Self {
        Self::new(Bound::Inclusive(limit), Bound::Open)
    }

    /// True where the value lies in the interval.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.least <= value && value <= self.most
    }

    /// True where all of the values `low..=high` lie in the interval, unknown where some do.
    #[must_use]
    pub fn covers(&self, low: f64, high: f64) -> Truth {
        Truth::between(
            self.least <= low && high <= self.most,
            self.least <= high && low <= self.most,
        )
    }

    /// The least and the most number that lie in the interval, as compared.
    pub(crate) fn ends(&self) -> [f64; 2] {
        [self.least, self.most]
    }

    /// True where the test holds, or fails, because a number is low.
    pub(crate) fn is_capped(&self, holding: bool) -> bool {
        let end = if holding { self.to } else { self.from };
        end.limit().is_some()
    }

    /// True where the test holds, or fails, because a number is high.
    pub(crate) fn is_floored(&self, holding: bool) -> bool {
        self.is_capped(!holding)
    }

    /// True where no number lies in the interval.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.least > self.most
    }
}

/// Test of a reading. Sets of choices, outcomes or levels are bit masks over their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Anything at all.
    Any,
    /// The value lies in an interval.
    Number(Interval),
    /// The index, `0..=100`, lies in an interval.
    Index(Interval),
    /// The one choice, outcome or level is in the set.
    OneOf(u64),
    /// At least one of the chosen choices or outcomes is in the set.
    SomeOf(u64),
    /// The answer was "unknown".
    Unknown,
    /// The item is out: answered "not applicable", or not relevant.
    NotApplicable,
}

impl Test {
    /// The truth for the reading's current value; unknown where there is no value.
    #[must_use]
    pub fn as_it_stands(&self, reading: &Reading) -> Truth {
        match self {
            Self::Any => Truth::True,
            Self::Unknown => Truth::from(reading.state == State::Unknown),
            Self::NotApplicable => match reading.state {
                State::NotApplicable | State::Irrelevant => Truth::True,
                State::Rated | State::Unknown => Truth::False,
                State::Missing | State::NotAsked => Truth::Unknown,
            },
            Self::Number(interval) if reading.is_rated() => {
                Truth::from(interval.contains(reading.value))
            }
            Self::Index(interval) if reading.is_rated() => {
                Truth::from(interval.contains(reading.index(reading.value)))
            }
            Self::OneOf(set) | Self::SomeOf(set) if reading.is_held() => {
                Truth::from(reading.held & set != 0)
            }
            Self::Number(_) | Self::Index(_) | Self::OneOf(_) | Self::SomeOf(_) => Truth::Unknown,
        }
    }

    /// The truth for every way the open answers could turn out.
    #[must_use]
    #[inline]
    pub fn surely(&self, reading: &Reading) -> Truth {
        match self {
            Self::Any => Truth::True,
            Self::Unknown | Self::NotApplicable => self.as_it_stands(reading),
            _ if reading.is_absent() => Truth::Unknown,
            Self::Number(interval) => interval.covers(reading.low, reading.high),
            Self::Index(interval) => {
                let (low, high) = reading.index_range();
                interval.covers(low, high)
            }
            Self::OneOf(set) => Truth::between(
                reading.possible & !set == 0 && reading.possible != 0,
                reading.possible & set != 0,
            ),
            Self::SomeOf(set) => {
                Truth::between(reading.sure & set != 0, reading.possible & set != 0)
            }
        }
    }

    /// True where this single point of a table's input passes.
    #[must_use]
    pub fn admits(&self, number: f64, mask: u64) -> bool {
        match self {
            Self::Any => true,
            Self::Number(interval) => interval.contains(number),
            Self::OneOf(set) | Self::SomeOf(set) => mask & set != 0,
            Self::Unknown | Self::NotApplicable | Self::Index(_) => false,
        }
    }
}
