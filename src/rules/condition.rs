//! Conditions: structured tests over the items of a rulebook, judged in three values.
//!
//! A condition is a small tree whose leaves are atoms, one item and one [`Test`] each. Items are
//! indices into the [readings](crate::rules::Reading) of an evaluation, so judging a condition
//! neither hashes nor compares text. What is not known makes an atom [`Truth::Unknown`], and
//! nothing follows from it.
//!
//! Open answers are judged as a [`TruthRange`]: an atom of an open item runs from
//! false to true, one of an item that is out for good stays unknown.

mod value;

pub use value::{Bound, Interval, Truth, TruthRange};

use crate::rules::Reading;
use crate::rules::vocabulary::State;

/// One test of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// The item's place in the readings.
    pub node: usize,
    /// The test of its reading.
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
    /// Several conditions as one, joined by `All` or `Any`; one alone as it is, `None` of none.
    pub(crate) fn joined(mut parts: Vec<Self>, by: fn(Vec<Self>) -> Self) -> Option<Self> {
        match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(by(parts)),
        }
    }

    /// The range of the condition, from the range of each of its atoms.
    pub fn judge(&self, atom: &mut impl FnMut(usize) -> TruthRange) -> TruthRange {
        let (n, parts) = match self {
            Self::Atom(index) => return atom(*index),
            Self::Not(part) => return !part.judge(atom),
            Self::All(parts) => (parts.len(), parts),
            Self::Any(parts) => (1, parts),
            Self::AtLeast(n, parts) => (*n, parts),
        };
        TruthRange::at_least(n, parts.iter().map(|part| part.judge(atom)))
    }

    /// The range of the condition, from the range of each of its atoms among these.
    pub(crate) fn judge_by(
        &self,
        atoms: &[Atom],
        range: impl Fn(&Atom) -> TruthRange,
    ) -> TruthRange {
        let unknown = TruthRange::exact(Truth::Unknown);
        self.judge(&mut |index| atoms.get(index).map_or(unknown, &range))
    }

    /// The truth from the values at hand.
    pub(crate) fn holds(&self, atoms: &[Atom], readings: &[Reading]) -> Truth {
        let judged = self.judge_by(atoms, |atom| TruthRange::exact(atom.judge(readings)));
        judged.low
    }

    /// The truths that answers to come can bring about.
    pub(crate) fn range(&self, atoms: &[Atom], readings: &[Reading]) -> TruthRange {
        self.judge_by(atoms, |atom| atom.range(readings))
    }

    /// The condition without the parts that can never be known; `None` where nothing is left that
    /// could make it false.
    ///
    /// Below a `not` and in `at_least` a part is kept as it is, unless it is never known as a whole.
    pub(crate) fn knowable(self, known: &impl Fn(usize) -> bool) -> Option<Self> {
        match self {
            Self::Atom(atom) => known(atom).then_some(Self::Atom(atom)),
            Self::All(parts) => {
                let parts = parts.into_iter().filter_map(|part| part.knowable(known));
                Self::joined(parts.collect(), Self::All)
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

    /// The truth from the values at hand.
    ///
    /// A score whose coverage is below
    /// [`VERDICT_COVERAGE`](crate::rules::VERDICT_COVERAGE) decides only what its range
    /// decides whatever the open answers turn out to be.
    #[must_use]
    pub fn judge(&self, readings: &[Reading]) -> Truth {
        let Some(reading) = readings.get(self.node) else {
            return Truth::Unknown;
        };
        let range = self.range(readings);
        if range.low == range.high {
            return range.low;
        }
        match self.test.surely(reading) {
            Truth::Unknown if reading.has_verdict() => self.test.as_it_stands(reading),
            settled @ (Truth::True | Truth::Unknown | Truth::False) => settled,
        }
    }

    /// The truths that answers to come can bring about; unknown for an item that is out for good.
    #[must_use]
    pub fn range(&self, readings: &[Reading]) -> TruthRange {
        let Some(reading) = readings.get(self.node) else {
            return TruthRange::exact(Truth::Unknown);
        };
        let open = match self.test {
            Test::Any => false,
            Test::Unknown => reading.state.is_open() || reading.may_return() && !reading.kept,
            Test::NotApplicable => reading.may_leave || reading.may_return(),
            Test::Number(_) | Test::Index(_) | Test::OneOf(_) | Test::SomeOf(_) => {
                return self.range_of_value(reading);
            }
        };
        if open {
            return TruthRange::OPEN;
        }
        match self.test.as_it_stands(reading) {
            // An open question that nobody may call not applicable.
            Truth::Unknown if reading.state == State::Missing => TruthRange::exact(Truth::False),
            settled @ (Truth::True | Truth::Unknown | Truth::False) => TruthRange::exact(settled),
        }
    }

    fn range_of_value(&self, reading: &Reading) -> TruthRange {
        if reading.is_gone() {
            return TruthRange::exact(Truth::Unknown);
        }
        let inside = self.range_inside(reading);
        if reading.may_leave || reading.is_absent() {
            inside.or_unknown()
        } else {
            inside
        }
    }

    /// The range of a test of a value, given that the item applies.
    fn range_inside(&self, reading: &Reading) -> TruthRange {
        match self.test.surely(&reading.returned()) {
            Truth::Unknown => TruthRange::OPEN,
            settled @ (Truth::True | Truth::False) => TruthRange::exact(settled),
        }
    }

    /// The range given that the item applies.
    pub(crate) fn range_applying(&self, readings: &[Reading]) -> TruthRange {
        let reading = readings.get(self.node);
        match reading.filter(|one| self.asks_value() && !one.is_gone()) {
            Some(reading) => self.range_inside(reading),
            None => self.range(readings),
        }
    }

    /// The truth with the current values, as one part of a gate: what is out is left out.
    pub(crate) fn in_gate(&self, readings: &[Reading]) -> TruthRange {
        let reading = readings.get(self.node);
        if reading.is_some_and(|one| one.is_absent() && self.may_be_left_out(one)) {
            return TruthRange::LEFT_OUT;
        }
        TruthRange::exact(self.judge(readings))
    }

    /// The truths that answers to come can bring about, as one part of a gate.
    pub(crate) fn range_in_gate(&self, readings: &[Reading]) -> TruthRange {
        let reading = readings.get(self.node);
        let Some(reading) = reading.filter(|one| self.may_be_left_out(one)) else {
            return self.range(readings);
        };
        if reading.is_gone() {
            TruthRange::LEFT_OUT
        } else if reading.may_leave || reading.is_absent() {
            self.range_inside(reading).or_left_out()
        } else {
            self.range_inside(reading)
        }
    }

    /// True where a gate leaves the test out once its item does not apply: a test for `not applicable` or
    /// `unknown` stays, and so does one of what no pack asks. Of what the short form does not ask, no test
    /// stays.
    fn may_be_left_out(&self, reading: &Reading) -> bool {
        reading.state == State::NotCore || (self.asks_value() && reading.state != State::NotAsked)
    }

    /// True for a test of a value, rather than of the way the item was answered.
    fn asks_value(&self) -> bool {
        match self.test {
            Test::Number(_) | Test::Index(_) | Test::OneOf(_) | Test::SomeOf(_) => true,
            Test::Any | Test::Unknown | Test::NotApplicable => false,
        }
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
    pub(crate) fn as_it_stands(&self, reading: &Reading) -> Truth {
        match self {
            Self::Any => Truth::True,
            Self::Unknown => Truth::from(reading.state == State::Unknown),
            Self::NotApplicable => match reading.state {
                State::NotApplicable | State::Irrelevant => Truth::True,
                State::Rated | State::Unknown => Truth::False,
                State::Missing | State::NotAsked | State::NotCore => Truth::Unknown,
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
    pub(crate) fn admits(&self, number: f64, mask: u64) -> bool {
        match self {
            Self::Any => true,
            Self::Number(interval) => interval.contains(number),
            Self::OneOf(set) | Self::SomeOf(set) => mask & set != 0,
            Self::Unknown | Self::NotApplicable | Self::Index(_) => false,
        }
    }
}
