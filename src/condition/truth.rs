//! Three-valued truth after Kleene.

use std::ops::{BitAnd, BitOr, Not};

/// False, unknown or true; ordered, so that `and` is the lesser and `or` the greater.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
)]
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
    #[must_use]
    pub fn between(surely: bool, maybe: bool) -> Self {
        match (surely, maybe) {
            (true, _) => Self::True,
            (false, true) => Self::Unknown,
            (false, false) => Self::False,
        }
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(self) -> bool {
        self == Self::True
    }

    /// Whether it holds or may hold.
    #[must_use]
    pub fn possible(self) -> bool {
        self != Self::False
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl BitAnd for Truth {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.min(other)
    }
}

impl BitOr for Truth {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.max(other)
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
    /// Whether it is judged: in a gate, parts that do not apply are left out.
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

    /// What surely holds, surely does not, or may; what stays unknown does not hold.
    #[must_use]
    pub fn surely(self) -> Truth {
        Truth::between(self.low.holds(), self.high.holds())
    }

    /// The same, where nothing may be known of it too.
    pub(crate) fn or_unknown(self) -> Self {
        Self {
            low: self.low & Truth::Unknown,
            high: self.high | Truth::Unknown,
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
    pub(crate) fn at_least(n: usize, parts: &[Self]) -> Self {
        let applies = parts
            .iter()
            .fold(Truth::False, |sum, one| sum | one.applies);
        if applies == Truth::False {
            return Self::LEFT_OUT;
        }
        let ends = |end: fn(&Self) -> Truth, wanted: Truth| -> Vec<Truth> {
            let parts = parts.iter().filter(|part| part.applies == wanted);
            parts.map(end).collect()
        };
        let mut low = ends(|part| part.low, Truth::Unknown);
        low.sort_unstable();
        let mut high = ends(|part| part.high, Truth::Unknown);
        high.sort_unstable_by(|one, other| other.cmp(one));
        Self {
            low: outermost(n, &ends(|part| part.low, Truth::True), &low, Truth::min),
            high: outermost(n, &ends(|part| part.high, Truth::True), &high, Truth::max),
            applies,
        }
    }
}

/// The outermost truth of "at least `n` hold" over every way to leave out parts that may not
/// apply; these come in the order in which they move it furthest.
fn outermost(
    n: usize,
    firm: &[Truth],
    loose: &[Truth],
    further: fn(Truth, Truth) -> Truth,
) -> Truth {
    let with = |some: usize| {
        let mut parts: Vec<Truth> = firm
            .iter()
            .chain(loose.iter().take(some))
            .copied()
            .collect();
        parts.sort_unstable_by(|one, other| other.cmp(one));
        parts.get(n.min(parts.len()).checked_sub(1)?).copied()
    };
    let ends = (0..=loose.len()).filter_map(with);
    ends.reduce(further).unwrap_or(Truth::Unknown)
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
