//! Numbers that several people gave: the number of people who gave each, and their median.
//!
//! The median is rounded to what people would say. Whole numbers stay whole. A share in percent is
//! whole, and any other number has two significant digits, unless more than half of those who
//! answered were more exact: then the answer has as many digits as more than half of them need.

use crate::rules::pack::file::QuestionType;
use crate::text::number::rounded;
use std::collections::BTreeMap;

/// The most different numbers that are kept as they are; where there are more, all of them are kept
/// to three significant digits, so that memory grows with the digits and not with the people.
const MOST: usize = 1000;
/// Two sums of weights are the same within this share of all weights.
const SAME: f64 = 1e-9;
/// The finest step an answer is rounded to, as a power of ten.
const FINEST: i32 = -9;

/// A finite number with its order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finite(f64);

impl Finite {
    /// A number; a negative zero is no number of its own.
    pub(crate) fn new(value: f64) -> Self {
        Self(value + 0.0)
    }

    /// The number.
    pub(crate) fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Finite {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Finite {}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Number of people who gave each number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    counts: BTreeMap<Finite, u32>,
    /// True if numbers are kept to three significant digits.
    coarse: bool,
}

impl Numbers {
    /// Counts a number one more person gave.
    pub fn add(&mut self, value: f64) {
        self.count(value, 1);
        self.coarsen(false);
    }

    /// Counts the numbers of other people.
    pub fn absorb(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            self.count(value.get(), *count);
        }
        self.coarsen(other.coarse);
    }

    fn count(&mut self, value: f64, count: u32) {
        let value = if self.coarse {
            format!("{value:.2e}").parse().unwrap_or(value)
        } else {
            value
        };
        *self.counts.entry(Finite::new(value)).or_default() += count;
    }

    /// Rounds all numbers once there are too many different ones, in whatever order they came.
    fn coarsen(&mut self, wanted: bool) {
        if !self.coarse && (wanted || self.counts.len() > MOST) {
            self.coarse = true;
            for (value, count) in std::mem::take(&mut self.counts) {
                self.count(value.get(), count);
            }
        }
    }

    /// Every number with the number of people who gave it, smallest first.
    pub fn counts(&self) -> impl Iterator<Item = (f64, u32)> {
        self.counts
            .iter()
            .map(|(value, count)| (value.get(), *count))
    }

    /// Number of people.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.counts.values().sum()
    }
}

/// The number below which this share of all weight lies, as people would say it; `None` of nobody.
/// Each group comes with the weight of all its people together.
///
/// Definition 2 of Hyndman and Fan (1996), with weights: the middle of two where the share lies
/// between them.
#[must_use]
pub fn quantile(kind: QuestionType, groups: &[(&Numbers, f64)], share: f64) -> Option<f64> {
    let mut all: BTreeMap<Finite, f64> = BTreeMap::new();
    for (numbers, weight) in groups {
        let people = f64::from(numbers.people());
        for (value, count) in &numbers.counts {
            *all.entry(*value).or_default() += weight * f64::from(*count) / people;
        }
    }
    let total: f64 = all.values().sum();
    let wanted = share * total;
    let mut below = 0.0;
    let mut list = all.iter().peekable();
    while let Some((value, weight)) = list.next() {
        below += weight;
        let next = list.peek().map_or(value, |(next, _)| *next);
        if (below - wanted).abs() <= SAME * total {
            let middle = f64::midpoint(value.get(), next.get());
            return Some(spoken(kind, middle, groups));
        }
        if below > wanted {
            return Some(spoken(kind, value.get(), groups));
        }
    }
    let last = all.last_key_value()?.0.get();
    Some(spoken(kind, last, groups))
}

/// A number as people would say it, from the answers of these groups.
fn spoken(kind: QuestionType, value: f64, groups: &[(&Numbers, f64)]) -> f64 {
    let coarsest = match kind {
        QuestionType::Integer => return nearest(value, 0),
        QuestionType::Percent => 0,
        QuestionType::Decimal
        | QuestionType::Rating
        | QuestionType::SelectOne
        | QuestionType::SelectMultiple
        | QuestionType::Boolean
        | QuestionType::Text => exponent(value) - 1,
    };
    let people: u32 = groups.iter().map(|(numbers, _)| numbers.people()).sum();
    let most_on = |step: &i32| {
        let all = groups.iter().flat_map(|(numbers, _)| numbers.counts());
        let on = all.filter(|(value, _)| {
            let far = (nearest(*value, *step) - value).abs();
            far <= value.abs() * SAME
        });
        on.map(|(_, count)| count).sum::<u32>() * 2 > people
    };
    let step = (FINEST..=coarsest).rev().find(most_on);
    step.map_or(value, |step| nearest(value, step))
}

/// The power of ten of the first digit.
fn exponent(value: f64) -> i32 {
    let text = format!("{value:e}");
    let power = text.split_once('e').map(|(_, power)| power.parse());
    power.and_then(Result::ok).unwrap_or(0)
}

/// The value rounded half up to a multiple of a power of ten.
fn nearest(value: f64, power: i32) -> f64 {
    if let Ok(digits) = u8::try_from(-power) {
        return rounded(value, digits).parse().unwrap_or(value);
    }
    let step = 10_f64.powi(power);
    (value / step + 0.5).floor() * step
}
