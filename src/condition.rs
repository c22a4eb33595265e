//! Conditions: structured tests over the items of a rulebook, judged in three values.
//!
//! A condition is a small tree whose leaves are atoms, one item and one [`Test`] each. Items are
//! indices into the [readings](crate::evaluate::Reading) of an evaluation, so judging a condition
//! neither hashes nor compares text. What is not known makes an atom [`Truth::Unknown`], and
//! nothing follows from it.

mod circuit;
pub(crate) mod compile;
pub mod test;
mod truth;

pub(crate) use circuit::Circuit;
pub use test::{Bound, Interval, Test};
pub use truth::Truth;

use crate::evaluate::{Reading, State};

/// The share of applicable weight that must be rated before a score carries a verdict.
///
/// From the scoring rules of this project: below it a score is shown, and decides nothing.
pub const VERDICT_COVERAGE: f64 = 0.70;

/// A value this close below a threshold reaches it, so that a mean of thirds that is exactly 50 on
/// paper is 50 here.
pub const TOLERANCE: f64 = 1e-9;

/// One test of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// The item's place in the readings.
    pub node: usize,
    /// What its reading is held to.
    pub test: Test,
}

/// A condition whose atoms are indices into the rulebook's list of atoms.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// One atom.
    Atom(usize),
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// At least `n` parts hold.
    AtLeast(usize, Vec<Condition>),
}

impl Condition {
    /// The truth of the condition where `atom` tells the truth of each atom; no more atoms are
    /// asked for than it takes.
    pub fn judge(&self, atom: &mut impl FnMut(usize) -> Truth) -> Truth {
        match self {
            Self::Atom(index) => atom(*index),
            Self::All(parts) => {
                let mut sum = Truth::True;
                for part in parts {
                    sum = sum & part.judge(atom);
                    if sum == Truth::False {
                        break;
                    }
                }
                sum
            }
            Self::Any(parts) => {
                let mut sum = Truth::False;
                for part in parts {
                    sum = sum | part.judge(atom);
                    if sum == Truth::True {
                        break;
                    }
                }
                sum
            }
            Self::Not(part) => !part.judge(atom),
            Self::AtLeast(n, parts) => {
                let (mut held, mut open) = (0, 0);
                for part in parts {
                    match part.judge(atom) {
                        Truth::True => held += 1,
                        Truth::Unknown => open += 1,
                        Truth::False => {}
                    }
                }
                Truth::between(held >= *n, held + open >= *n)
            }
        }
    }

    /// The condition without the parts that can never be known; `None` where nothing is left that
    /// could make it false.
    ///
    /// Below a `not` and in `at_least` a part is kept as it is, unless it is never known as a whole.
    pub(crate) fn knowable(self, known: &impl Fn(usize) -> bool) -> Option<Self> {
        match self {
            Self::Atom(atom) => known(atom).then_some(Self::Atom(atom)),
            Self::All(parts) => {
                let mut parts: Vec<Self> = parts
                    .into_iter()
                    .filter_map(|part| part.knowable(known))
                    .collect();
                match parts.len() {
                    0 | 1 => parts.pop(),
                    _ => Some(Self::All(parts)),
                }
            }
            Self::Any(parts) => {
                let parts = parts.into_iter().map(|part| part.knowable(known));
                parts.collect::<Option<_>>().map(Self::Any)
            }
            Self::Not(_) | Self::AtLeast(..) => {
                let some = self.atoms().iter().any(|(atom, _)| known(*atom));
                some.then_some(self)
            }
        }
    }

    /// The atoms of the condition, in the order they are written, each with whether it supports
    /// the condition by holding (`true`) or, below a `not`, by failing (`false`).
    #[must_use]
    pub fn atoms(&self) -> Vec<(usize, bool)> {
        let mut list = Vec::new();
        self.collect(true, &mut list);
        list
    }

    fn collect(&self, holding: bool, list: &mut Vec<(usize, bool)>) {
        match self {
            Self::Atom(index) => list.push((*index, holding)),
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                for part in parts {
                    part.collect(holding, list);
                }
            }
            Self::Not(part) => part.collect(!holding, list),
        }
    }
}

impl Atom {
    /// A test of an item that the assessment does without: never known.
    pub(crate) const NOT_ASKED: Self = Self {
        node: usize::MAX,
        test: Test::Any,
    };

    /// What can be said from the values at hand.
    ///
    /// A score whose coverage is below [`VERDICT_COVERAGE`] decides only what its range decides
    /// whatever the open answers turn out to be.
    #[must_use]
    pub fn judge(&self, readings: &[Reading]) -> Truth {
        let Some(reading) = readings.get(self.node) else {
            return Truth::Unknown;
        };
        match self.test.surely(reading) {
            Truth::Unknown if reading.has_verdict() => self.test.as_it_stands(reading),
            settled @ (Truth::True | Truth::Unknown | Truth::False) => settled,
        }
    }

    /// What holds whatever the open answers turn out to be.
    ///
    /// Of an item that may yet drop out, and of a question that may yet be answered, nothing is
    /// sure.
    #[must_use]
    pub fn judge_surely(&self, readings: &[Reading]) -> Truth {
        let reading = readings.get(self.node).filter(|reading| !reading.optional);
        match (reading, &self.test) {
            (None, _) => Truth::Unknown,
            (Some(reading), Test::Unknown | Test::NotApplicable)
                if matches!(reading.state, State::Unknown | State::Missing) =>
            {
                Truth::Unknown
            }
            (Some(reading), test) => test.surely(reading),
        }
    }

    /// The same, given that the item applies; of one that is out for good nothing ever holds.
    #[must_use]
    pub fn judge_applying(&self, readings: &[Reading]) -> Truth {
        let Some(reading) = readings.get(self.node) else {
            return Truth::Unknown;
        };
        if reading.is_gone() && !matches!(self.test, Test::Any | Test::NotApplicable) {
            return Truth::False;
        }
        self.test.surely(&reading.returned())
    }
}
