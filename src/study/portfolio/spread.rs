//! A distribution of values: every value with its count.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Values counted one by one; two of them add up to what one over all values would hold.
///
/// It takes memory by the number of different values, not by how many there are: scores made of
/// ratings take few.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    count: usize,
    values: BTreeMap<Value, usize>,
}

/// A finite number with an order.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value(f64);

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The five figures of a spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quartiles {
    /// The lowest value.
    pub min: f64,
    /// A quarter of the values lie at or below it.
    pub q1: f64,
    /// Half of them do.
    pub median: f64,
    /// Three quarters do.
    pub q3: f64,
    /// The highest value.
    pub max: f64,
}

impl Spread {
    /// Counts a value; what is not finite is no value.
    pub fn add(&mut self, value: f64) {
        if value.is_finite() {
            // Zero has one sign.
            *self.values.entry(Value(value + 0.0)).or_default() += 1;
            self.count += 1;
        }
    }

    /// Counts what another one counted.
    pub fn absorb(&mut self, other: Self) {
        self.count += other.count;
        for (value, count) in other.values {
            *self.values.entry(value).or_default() += count;
        }
    }

    /// Number of values.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Every value with its count, lowest first.
    pub fn values(&self) -> impl Iterator<Item = (f64, usize)> {
        self.values.iter().map(|(value, count)| (value.0, *count))
    }

    /// Number of values a test holds for.
    #[must_use]
    pub fn counted(&self, test: impl Fn(f64) -> bool) -> usize {
        let held = self.values().filter(|(value, _)| test(*value));
        held.map(|(_, count)| count).sum()
    }

    /// The quartiles by linear interpolation between neighbours, Hyndman and Fan's type 7, which
    /// spreadsheets and most statistics packages use; `None` where there is no value.
    ///
    /// With the values in order from place 0, the quartile of a share `p` is at place
    /// `p * (n - 1)`.
    #[must_use]
    pub fn quartiles(&self) -> Option<Quartiles> {
        Some(Quartiles {
            min: self.quantile(0.0)?,
            q1: self.quantile(0.25)?,
            median: self.quantile(0.5)?,
            q3: self.quantile(0.75)?,
            max: self.quantile(1.0)?,
        })
    }

    /// The value below which a share `0..=1` of the values lies, by the same convention.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        let place = share.clamp(0.0, 1.0) * float(last);
        let below = place.floor();
        let (low, high) = self.neighbours(below)?;
        Some(low + (high - low) * (place - below))
    }

    /// The value at a whole place and the one after it.
    fn neighbours(&self, place: f64) -> Option<(f64, f64)> {
        let mut seen = 0.0;
        let mut low = None;
        for (value, count) in self.values() {
            seen += float(count);
            if low.is_none() && seen > place {
                low = Some(value);
            }
            if let (Some(low), true) = (low, seen > place + 1.0) {
                return Some((low, value));
            }
        }
        low.map(|low| (low, low))
    }
}

impl FromIterator<f64> for Spread {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut spread = Self::default();
        values.into_iter().for_each(|value| spread.add(value));
        spread
    }
}

/// A count as a number.
pub(super) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn five(values: &[f64]) -> [f64; 5] {
        let spread: Spread = values.iter().copied().collect();
        let found = spread.quartiles().expect("values");
        [found.min, found.q1, found.median, found.q3, found.max]
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "worked by hand, and exact in binary")]
    fn quartiles_are_those_worked_by_hand() {
        // Places of four values: 0.75, 1.5 and 2.25.
        assert_eq!(
            five(&[40.0, 10.0, 30.0, 20.0]),
            [10.0, 17.5, 25.0, 32.5, 40.0]
        );
        // Places of five: 1, 2 and 3, which are values.
        assert_eq!(
            five(&[1.0, 2.0, 3.0, 4.0, 100.0]),
            [1.0, 2.0, 3.0, 4.0, 100.0]
        );
        // Of seven: 1.5, 3 and 4.5, with one value three times.
        assert_eq!(
            five(&[5.0, 5.0, 5.0, 8.0, 9.0, 12.0, 20.0]),
            [5.0, 5.0, 8.0, 10.5, 20.0]
        );
        assert_eq!(five(&[7.0]), [7.0; 5]);
        assert_eq!(five(&[0.0, 100.0]), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(Spread::default().quartiles(), None);
    }

    #[test]
    fn what_is_no_number_is_not_counted_and_zero_is_one_value() {
        let spread: Spread = [f64::NAN, f64::INFINITY, 0.0, -0.0].into_iter().collect();
        assert_eq!(spread.count(), 2);
        assert_eq!(spread.values().count(), 1);
    }
}
