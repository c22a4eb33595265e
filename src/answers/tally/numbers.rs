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

/// Number of people who gave each number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    counts: BTreeMap<Number, u32>,
    /// True if numbers are kept to three significant digits.
    coarse: bool,
}

/// A finite number with its order.
#[derive(Debug, Clone, Copy)]
struct Number(f64);

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Numbers {
    pub(super) fn add(&mut self, value: f64) {
        self.count(value, 1);
        self.coarsen(false);
    }

    pub(super) fn absorb(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            self.count(value.0, *count);
        }
        self.coarsen(other.coarse);
    }

    fn count(&mut self, value: f64, count: u32) {
        let value = if self.coarse {
            three_digits(value)
        } else {
            value
        };
        // A negative zero is no number of its own.
        *self.counts.entry(Number(value + 0.0)).or_default() += count;
    }

    /// Rounds all numbers once there are too many different ones, in whatever order they came.
    fn coarsen(&mut self, wanted: bool) {
        if !self.coarse && (wanted || self.counts.len() > MOST) {
            self.coarse = true;
            for (value, count) in std::mem::take(&mut self.counts) {
                self.count(value.0, count);
            }
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (f64, u32)> {
        self.counts.iter().map(|(value, count)| (value.0, *count))
    }

    fn people(&self) -> u32 {
        self.counts.values().sum()
    }
}

fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// The numbers of several groups, each group with the weight of all its people together.
pub(in crate::answers) struct Weighed(Vec<(f64, f64)>);

impl Weighed {
    pub(in crate::answers) fn new<'a>(groups: impl Iterator<Item = (&'a Numbers, f64)>) -> Self {
        let mut all: BTreeMap<Number, f64> = BTreeMap::new();
        for (numbers, weight) in groups {
            let people = f64::from(numbers.people());
            for (value, count) in numbers.pairs() {
                *all.entry(Number(value)).or_default() += weight * f64::from(count) / people;
            }
        }
        Self(
            all.into_iter()
                .map(|(value, weight)| (value.0, weight))
                .collect(),
        )
    }

    /// The number below which this share of all weight lies; the middle of two where it lies
    /// between them. `None` of nobody.
    ///
    /// Definition 2 of Hyndman and Fan (1996), with weights.
    pub(in crate::answers) fn quantile(&self, share: f64) -> Option<f64> {
        let total: f64 = self.0.iter().map(|(_, weight)| weight).sum();
        let wanted = share * total;
        let mut below = 0.0;
        let mut list = self.0.iter().peekable();
        while let Some((value, weight)) = list.next() {
            below += weight;
            if (below - wanted).abs() <= SAME * total {
                let next = list.peek().map_or(*value, |(next, _)| *next);
                return Some(f64::midpoint(*value, next));
            }
            if below > wanted {
                return Some(*value);
            }
        }
        self.0.last().map(|(value, _)| *value)
    }
}

/// A number as people would say it, from the answers of these groups.
pub(in crate::answers) fn spoken<'a>(
    kind: QuestionType,
    value: f64,
    groups: &(impl Iterator<Item = &'a Numbers> + Clone),
) -> f64 {
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
    let people: u32 = groups.clone().map(Numbers::people).sum();
    let most_on = |step: &i32| {
        let on = groups.clone().flat_map(Numbers::pairs);
        let on =
            on.filter(|(value, _)| (nearest(*value, *step) - value).abs() <= value.abs() * SAME);
        on.map(|(_, count)| count).sum::<u32>() * 2 > people
    };
    let step = (FINEST..=coarsest).rev().find(most_on);
    step.map_or(value, |step| nearest(value, step))
}

/// The power of ten of the first digit.
fn exponent(value: f64) -> i32 {
    let text = format!("{value:e}");
    let power = text
        .split_once('e')
        .and_then(|(_, power)| power.parse().ok());
    power.unwrap_or(0)
}

/// The value rounded half up to a multiple of a power of ten.
fn nearest(value: f64, power: i32) -> f64 {
    if let Ok(digits) = u8::try_from(-power) {
        return rounded(value, digits).parse().unwrap_or(value);
    }
    let step = 10_f64.powi(power);
    (value / step + 0.5).floor() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[f64]) -> Numbers {
        let mut all = Numbers::default();
        for value in values {
            all.add(*value);
        }
        all
    }

    fn said(kind: QuestionType, values: &[f64]) -> f64 {
        let all = numbers(values);
        let middle = Weighed::new(std::iter::once((&all, 1.0))).quantile(0.5);
        spoken(kind, middle.unwrap_or(f64::NAN), &std::iter::once(&all))
    }

    #[test]
    fn a_median_is_what_people_would_say() {
        use QuestionType::{Decimal, Integer, Percent};
        let cases: [(QuestionType, &[f64], f64); 14] = [
            (Percent, &[5.0, 10.0, 15.0, 20.0, 35.0], 15.0),
            (Percent, &[10.0, 15.0], 13.0),
            (Percent, &[12.7, 10.0, 30.0], 13.0),
            (Percent, &[97.5, 97.5, 97.5], 97.5),
            (Percent, &[0.4, 0.4, 1.0], 0.4),
            (Percent, &[2.5, 3.0], 2.8),
            (Integer, &[3.0, 4.0], 4.0),
            (Integer, &[-3.0, -4.0], -3.0),
            (Decimal, &[1234.5, 1200.0, 1300.0], 1200.0),
            (Decimal, &[0.42, 0.45, 0.5], 0.45),
            (Decimal, &[3.25, 3.25, 3.5], 3.25),
            (Decimal, &[0.0, 0.0, 5.0], 0.0),
            (Decimal, &[-1250.0, -1250.0, -1300.0], -1250.0),
            (Decimal, &[1e20, 3e20, 2e20], 2e20),
        ];
        for (kind, values, wanted) in cases {
            let found = said(kind, values);
            assert!(
                (found - wanted).abs() <= wanted.abs() * 1e-12,
                "{values:?}: {found}"
            );
        }
    }

    #[test]
    fn groups_weigh_as_they_are_told() {
        let (few, many) = (numbers(&[40.0, 40.0]), numbers(&[10.0; 9]));
        let middle = |few_weigh| {
            let groups = [(&few, few_weigh), (&many, 1.0)];
            Weighed::new(groups.into_iter()).quantile(0.5)
        };
        assert_eq!(middle(0.5), Some(10.0));
        assert_eq!(middle(1.0), Some(25.0), "as much on either side");
        assert_eq!(middle(2.0), Some(40.0));
        assert_eq!(Weighed::new(std::iter::empty()).quantile(0.5), None);
    }

    #[test]
    fn what_is_kept_stays_bounded_and_does_not_depend_on_the_order() {
        let values: Vec<f64> = (0..50_000).map(|nth| f64::from(nth) * 1.37).collect();
        let forward = numbers(&values);
        let backward: Vec<f64> = values.iter().rev().copied().collect();
        let mut parts = Numbers::default();
        for part in values.chunks(700) {
            parts.absorb(&numbers(part));
        }
        assert_eq!(forward, numbers(&backward));
        assert_eq!(forward, parts);
        assert!(forward.counts.len() < 6000, "{}", forward.counts.len());
        assert_eq!(forward.people(), 50_000);
        let middle = Weighed::new(std::iter::once((&forward, 1.0))).quantile(0.5);
        assert_eq!(middle, Some(34_200.0), "34,249.3 to three digits");
        let exact = numbers(&values[..1000]);
        assert!(!exact.coarse && exact.counts.len() == 1000);
    }
}
