//! Values that conditions are judged with: intervals of numbers, and truth in three values after
//! Kleene.

use crate::text::number::TOLERANCE;
use std::ops::Not;

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
    pub(crate) fn at_least(limit: f64) -> Self {
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

/// False, unknown or true; ordered, so that "and" is `min` and "or" is `max`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be said.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// True when it surely holds, unknown when it only may, false otherwise.
    pub(crate) fn between(surely: bool, maybe: bool) -> Self {
        match (surely, maybe) {
            (true, _) => Self::True,
            (false, true) => Self::Unknown,
            (false, false) => Self::False,
        }
    }

    /// The truth that all of these hold; those after one that is false are not judged.
    pub(crate) fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::True;
        for truth in truths {
            all = all.min(truth);
            if all == Self::False {
                break;
            }
        }
        all
    }

    /// True where it holds.
    #[must_use]
    pub fn holds(self) -> bool {
        self == Self::True
    }

    /// True where it holds or may hold.
    pub(crate) fn may_hold(self) -> bool {
        self != Self::False
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// The truths that answers to come can still bring about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TruthRange {
    /// The least of them, wherever it is judged at all.
    pub low: Truth,
    /// The greatest of them.
    pub high: Truth,
    /// True while it is judged: in a gate, parts that do not apply are left out.
    pub applies: Truth,
}

impl TruthRange {
    /// Anything may come of it.
    pub const OPEN: Self = Self {
        low: Truth::False,
        high: Truth::True,
        applies: Truth::True,
    };

    /// It does not apply.
    pub(crate) const LEFT_OUT: Self = Self {
        low: Truth::Unknown,
        high: Truth::Unknown,
        applies: Truth::False,
    };

    /// One truth.
    #[must_use]
    pub fn exact(truth: Truth) -> Self {
        Self {
            low: truth,
            high: truth,
            applies: Truth::True,
        }
    }

    /// True where it surely holds, false where it surely does not; what stays unknown does not hold.
    #[must_use]
    pub fn surely(self) -> Truth {
        Truth::between(self.low.holds(), self.high.holds())
    }

    /// The same, where nothing may be known of it too.
    pub(crate) fn or_unknown(self) -> Self {
        Self {
            low: self.low.min(Truth::Unknown),
            high: self.high.max(Truth::Unknown),
            ..self
        }
    }

    /// The same, where it may not apply.
    pub(crate) fn or_left_out(self) -> Self {
        Self {
            applies: Truth::Unknown,
            ..self
        }
    }

    /// At least `n` parts hold, or all that are left where fewer apply.
    pub(crate) fn at_least(n: usize, parts: impl Iterator<Item = Self>) -> Self {
        let mut applies = Truth::False;
        // At the least and at the most of each part: of those that apply, and those that may.
        let mut firm = [Counts::default(); 2];
        let mut loose = [Counts::default(); 2];
        for part in parts {
            applies = applies.max(part.applies);
            let counts = match part.applies {
                Truth::True => &mut firm,
                Truth::Unknown => &mut loose,
                Truth::False => continue,
            };
            for (counts, truth) in counts.iter_mut().zip([part.low, part.high]) {
                *counts.of(truth) += 1;
            }
        }
        if applies == Truth::False {
            return Self::LEFT_OUT;
        }
        let ([low, high], [may_low, may_high]) = (firm, loose);
        let rising = [Truth::False, Truth::Unknown, Truth::True];
        let falling = [Truth::True, Truth::Unknown, Truth::False];
        Self {
            low: low.outermost(n, may_low, rising, Truth::min),
            high: high.outermost(n, may_high, falling, Truth::max),
            applies,
        }
    }
}

/// Numbers of parts that are false, unknown and true.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    falses: usize,
    unknowns: usize,
    trues: usize,
}

impl Counts {
    fn of(&mut self, truth: Truth) -> &mut usize {
        match truth {
            Truth::False => &mut self.falses,
            Truth::Unknown => &mut self.unknowns,
            Truth::True => &mut self.trues,
        }
    }

    /// The truth of "at least `n` hold", of all where there are fewer; `None` of nothing.
    fn at_least(self, n: usize) -> Option<Truth> {
        let n = n.min(self.falses + self.unknowns + self.trues);
        let may = self.trues + self.unknowns;
        (n > 0).then(|| Truth::between(self.trues >= n, may >= n))
    }

    /// The outermost truth of "at least `n` hold" over every way to leave out parts that may not
    /// apply, taken in the order in which they move it furthest.
    fn outermost(
        mut self,
        n: usize,
        mut loose: Self,
        order: [Truth; 3],
        further: fn(Truth, Truth) -> Truth,
    ) -> Truth {
        let mut found = self.at_least(n);
        for truth in order {
            for _ in 0..*loose.of(truth) {
                *self.of(truth) += 1;
                found = found.into_iter().chain(self.at_least(n)).reduce(further);
            }
        }
        found.unwrap_or(Truth::Unknown)
    }
}

impl Not for TruthRange {
    type Output = Self;

    fn not(self) -> Self {
        Self {
            low: !self.high,
            high: !self.low,
            ..self
        }
    }
}
