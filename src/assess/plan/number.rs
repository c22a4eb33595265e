//! Steps of numbers: the nearest number that crosses a threshold something on the way asks for.

use super::result::Side;
use crate::rules::condition::{Bound, Test};
use crate::rules::rulebook::{Domain, Item, Question};
use crate::text::number::TOLERANCE;

/// A limit that a number has to come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limit {
    pub(crate) side: Side,
    pub(crate) value: f64,
}

/// The steps of a number that enters a score: quarters of its scale.
const QUARTERS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Every limit above a number, then every limit below it, each with the number that just meets it
/// and the nearest first; all limits where there is no number yet.
///
/// `tests` are the tests of the question; `enters` is true where its worth enters a score.
pub(super) fn limits(
    item: &Item,
    question: &Question,
    tests: &[Test],
    enters: bool,
    now: Option<f64>,
) -> [Vec<(f64, Limit)>; 2] {
    let Domain::Number { least, most, whole } = item.domain else {
        return [Vec::new(), Vec::new()];
    };
    let bounds = bounds(tests, least, most - least);
    let crossing = |sides: [Side; 2], [from_closed, to_closed]: [bool; 2]| {
        let ends = bounds.iter();
        let ends = ends.flat_map(move |(from, to)| [(*from, from_closed), (*to, to_closed)]);
        ends.filter_map(move |(bound, closed)| limit(bound, closed, sides))
    };
    let allowed = |(value, _): &(f64, Limit)| {
        let constraint = question.constraint.as_ref();
        (least..=most).contains(value) && constraint.is_none_or(|(test, _)| test.admits(*value, 0))
    };
    let numbers = |limits: &mut dyn Iterator<Item = Limit>| {
        let limits = limits.map(|limit| if whole { limit.whole() } else { limit });
        let numbers = limits.map(|limit| (limit.number(), limit));
        let mut numbers: Vec<(f64, Limit)> = numbers.filter(allowed).collect();
        numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
        numbers.dedup_by(|one, other| (one.0 - other.0).abs() <= TOLERANCE / 2.0);
        numbers
    };
    let quarters = QUARTERS
        .iter()
        .filter(|_| enters && (most - least).is_finite());
    let quarters = quarters.map(|part| Limit {
        side: Side::AtLeast,
        value: least + part * (most - least),
    });
    let up = crossing([Side::AtLeast, Side::Above], [true, false]);
    let mut above = numbers(&mut up.chain(quarters));
    above.retain(|(value, _)| now.is_none_or(|now| *value > now + TOLERANCE));
    let mut below = numbers(&mut crossing([Side::AtMost, Side::Below], [false, true]));
    below.retain(|(value, _)| now.is_none_or(|now| *value < now - TOLERANCE));
    below.reverse();
    [above, below]
}

/// The limit that crosses the end of an interval: on it where it is closed on this side, else past
/// it.
fn limit(bound: Bound, closed: bool, [on, past]: [Side; 2]) -> Option<Limit> {
    let (value, inside) = match bound {
        Bound::Open => return None,
        Bound::Inclusive(value) => (value, closed),
        Bound::Exclusive(value) => (value, !closed),
    };
    let side = if inside { on } else { past };
    Some(Limit { side, value })
}

/// The ends of every interval that a question is tested for.
fn bounds(tests: &[Test], least: f64, room: f64) -> Vec<(Bound, Bound)> {
    let placed = |bound: Bound| {
        let place = |index: f64| least + index / 100.0 * room;
        match bound {
            Bound::Open => Bound::Open,
            Bound::Inclusive(index) => Bound::Inclusive(place(index)),
            Bound::Exclusive(index) => Bound::Exclusive(place(index)),
        }
    };
    let bounds = tests.iter().filter_map(|test| match test {
        Test::Number(interval) => Some((interval.from, interval.to)),
        Test::Index(interval) if room.is_finite() => {
            Some((placed(interval.from), placed(interval.to)))
        }
        Test::Index(_)
        | Test::Any
        | Test::OneOf(_)
        | Test::SomeOf(_)
        | Test::Unknown
        | Test::NotApplicable => None,
    });
    bounds.collect()
}

impl Limit {
    /// Returns true if a number has to rise to come to it.
    pub(super) fn is_above(self) -> bool {
        matches!(self.side, Side::AtLeast | Side::Above)
    }

    /// The nearest number on the right side.
    fn number(self) -> f64 {
        match self.side {
            Side::AtLeast | Side::AtMost => self.value,
            Side::Above => (self.value + TOLERANCE).next_up(),
            Side::Below => (self.value - TOLERANCE).next_down(),
        }
    }

    /// The same among whole numbers.
    fn whole(self) -> Self {
        let value = self.value;
        let (side, value) = match self.side {
            Side::AtLeast => (Side::AtLeast, (value - TOLERANCE).ceil()),
            Side::Above => (Side::AtLeast, (value + TOLERANCE).floor() + 1.0),
            Side::AtMost => (Side::AtMost, (value + TOLERANCE).floor()),
            Side::Below => (Side::AtMost, (value - TOLERANCE).ceil() - 1.0),
        };
        Self { side, value }
    }
}
