//! Steps of numbers: the nearest number that crosses a threshold something on the way asks for.

use crate::rules::condition::{Bound, Test};
use crate::rules::rulebook::{Domain, Item, Question};
use crate::text::number::TOLERANCE;

/// Where a number has to come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Edge {
    AtLeast(f64),
    Above(f64),
    AtMost(f64),
    Below(f64),
}

/// Where a number that enters a score has its steps: quarters of its scale.
const QUARTERS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Numbers of a question, with the tests they are held to.
pub(crate) struct Numbers<'a> {
    question: &'a Question,
    least: f64,
    most: f64,
    whole: bool,
    tests: &'a [Test],
    /// Whether its worth enters a score.
    enters: bool,
}

impl<'a> Numbers<'a> {
    /// `None` where the question is no number.
    pub(crate) fn new(
        item: &Item,
        question: &'a Question,
        tests: &'a [Test],
        enters: bool,
    ) -> Option<Self> {
        let Domain::Number { least, most, whole } = item.domain else {
            return None;
        };
        Some(Self {
            question,
            least,
            most,
            whole,
            tests,
            enters,
        })
    }

    /// Every edge above a number, the nearest first; above all numbers where there is none.
    pub(crate) fn above(&self, now: Option<f64>) -> Vec<(f64, Edge)> {
        let bounds = self.bounds().into_iter().flat_map(|(from, to)| {
            let up = |bound: Bound, closed: bool| match (bound, closed) {
                (Bound::Open, _) => None,
                (Bound::Inclusive(limit), true) | (Bound::Exclusive(limit), false) => {
                    Some(Edge::AtLeast(limit))
                }
                (Bound::Inclusive(limit) | Bound::Exclusive(limit), _) => Some(Edge::Above(limit)),
            };
            [up(from, true), up(to, false)]
        });
        let quarters = self.enters && (self.most - self.least).is_finite();
        let share = |part: &f64| Edge::AtLeast(self.least + part * (self.most - self.least));
        let quarters = QUARTERS.iter().filter(|_| quarters).map(share);
        let mut edges = self.points(bounds.flatten().chain(quarters));
        edges.retain(|(value, _)| now.is_none_or(|now| *value > now + TOLERANCE));
        edges
    }

    /// Every edge below a number, the nearest first.
    pub(crate) fn below(&self, now: Option<f64>) -> Vec<(f64, Edge)> {
        let bounds = self.bounds().into_iter().flat_map(|(from, to)| {
            let down = |bound: Bound, closed: bool| match (bound, closed) {
                (Bound::Open, _) => None,
                (Bound::Inclusive(limit), true) | (Bound::Exclusive(limit), false) => {
                    Some(Edge::AtMost(limit))
                }
                (Bound::Inclusive(limit) | Bound::Exclusive(limit), _) => Some(Edge::Below(limit)),
            };
            [down(from, false), down(to, true)]
        });
        let mut edges = self.points(bounds.flatten());
        edges.retain(|(value, _)| now.is_none_or(|now| *value < now - TOLERANCE));
        edges.reverse();
        edges
    }

    /// The ends of every interval it is held to.
    fn bounds(&self) -> Vec<(Bound, Bound)> {
        let room = self.most - self.least;
        let placed = |bound: Bound| {
            let place = |index: f64| self.least + index / 100.0 * room;
            match bound {
                Bound::Open => Bound::Open,
                Bound::Inclusive(index) => Bound::Inclusive(place(index)),
                Bound::Exclusive(index) => Bound::Exclusive(place(index)),
            }
        };
        let tests = self.tests.iter().filter_map(|test| match test {
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
        tests.collect()
    }

    /// The numbers just on these edges that an answer may have, each once, in order.
    fn points(&self, edges: impl Iterator<Item = Edge>) -> Vec<(f64, Edge)> {
        let edges = edges.map(|edge| if self.whole { edge.whole() } else { edge });
        let allowed = |(value, _): &(f64, Edge)| {
            let constraint = self.question.constraint.as_ref();
            (self.least..=self.most).contains(value)
                && constraint.is_none_or(|(test, _)| test.admits(*value, 0))
        };
        let mut list: Vec<_> = edges
            .map(|edge| (edge.value(), edge))
            .filter(allowed)
            .collect();
        list.sort_by(|one, other| one.0.total_cmp(&other.0));
        list.dedup_by(|one, other| (one.0 - other.0).abs() <= TOLERANCE / 2.0);
        list
    }
}

impl Edge {
    /// The nearest number that is on the right side.
    fn value(self) -> f64 {
        match self {
            Self::AtLeast(limit) | Self::AtMost(limit) => limit,
            Self::Above(limit) => (limit + TOLERANCE).next_up(),
            Self::Below(limit) => (limit - TOLERANCE).next_down(),
        }
    }

    /// The same among whole numbers.
    fn whole(self) -> Self {
        match self {
            Self::AtLeast(limit) => Self::AtLeast((limit - TOLERANCE).ceil()),
            Self::Above(limit) => Self::AtLeast((limit + TOLERANCE).floor() + 1.0),
            Self::AtMost(limit) => Self::AtMost((limit + TOLERANCE).floor()),
            Self::Below(limit) => Self::AtMost((limit - TOLERANCE).ceil() - 1.0),
        }
    }
}
