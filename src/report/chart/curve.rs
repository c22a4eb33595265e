//! The curve of value that adds up customer by customer, most valuable first.
//!
//! The curve is drawn in a box of 100 by 100 that the page stretches; marks and words stand in
//! percent across and in pixels down, so that they keep their size.

use super::{hundredth, tenth, whole};
use crate::report::view::Align;
use std::fmt::Write as _;

/// Top and height of the stretched box, in pixels.
const TOP: f64 = 28.0;
const HEIGHT: f64 = 180.0;
/// More points than this show nothing more.
const MOST_POINTS: usize = 240;
/// Words nearer to a side than this, in percent, begin or end at their mark.
const SIDE: f64 = 22.0;

/// Paths and places of the drawing.
#[derive(Debug, Clone, Default)]
pub(in crate::report) struct Curve {
    /// Through every sum, in the box.
    pub(in crate::report) path: String,
    /// Between the curve and the height of its peak, from there on; empty where nothing is lost.
    pub(in crate::report) lost: String,
    /// As if every customer brought the same.
    pub(in crate::report) even: String,
    /// Height of the sum 0, in pixels down.
    pub(in crate::report) zero: f64,
}

/// A place on the curve.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Mark {
    /// Percent across.
    pub(in crate::report) x: f64,
    /// Pixels down.
    pub(in crate::report) y: f64,
    /// Alignment of its words to the point.
    pub(in crate::report) align: Align,
}

/// The sums as they are drawn.
pub(in crate::report) struct Sums<'a> {
    /// The sum after each customer, beginning with 0 for none.
    after: &'a [f64],
    low: f64,
    high: f64,
}

impl<'a> Sums<'a> {
    /// Sums that begin with 0.
    pub(in crate::report) fn new(after: &'a [f64]) -> Self {
        let edge = |pick: fn(f64, f64) -> f64| after.iter().copied().fold(0.0, pick);
        Self {
            after,
            low: edge(f64::min),
            high: edge(f64::max),
        }
    }

    /// The mark after so many customers.
    pub(in crate::report) fn mark(&self, count: usize) -> Mark {
        let x = self.across(count);
        let align = match x {
            x if x < SIDE => Align::Start,
            x if x > 100.0 - SIDE => Align::End,
            _ => Align::Middle,
        };
        Mark {
            x: tenth(x),
            y: tenth(pixels(self.down(self.sum(count)))),
            align,
        }
    }

    /// The curve, whose peak lies after so many customers.
    pub(in crate::report) fn curve(&self, peak: usize) -> Curve {
        let last = self.after.len().saturating_sub(1);
        let stride = last.div_ceil(MOST_POINTS).max(1);
        let drawn = (0..=last).filter(|at| at % stride == 0 || *at == peak || *at == last);
        let points: Vec<usize> = drawn.collect();
        let mut curve = Curve {
            zero: tenth(pixels(self.down(0.0))),
            ..Curve::default()
        };
        for at in &points {
            self.draw(&mut curve.path, *at);
        }
        curve.even = format!(
            "M0 {}L100 {}",
            hundredth(self.down(0.0)),
            hundredth(self.down(self.sum(last)))
        );
        if peak < last {
            for at in points.iter().filter(|at| **at >= peak) {
                self.draw(&mut curve.lost, *at);
            }
            let top = hundredth(self.down(self.sum(peak)));
            // Writing into a string cannot fail.
            let _ = write!(curve.lost, "V{top}Z");
        }
        curve
    }

    fn draw(&self, path: &mut String, at: usize) {
        let pen = if path.is_empty() { 'M' } else { 'L' };
        let (x, y) = (self.across(at), self.down(self.sum(at)));
        let _ = write!(path, "{pen}{} {}", hundredth(x), hundredth(y));
    }

    fn sum(&self, count: usize) -> f64 {
        self.after.get(count).copied().unwrap_or_default()
    }

    fn across(&self, count: usize) -> f64 {
        let last = self.after.len().saturating_sub(1).max(1);
        whole(count) / whole(last) * 100.0
    }

    /// Distance of a sum from the top of the box, `0..=100`; the middle where all are 0.
    fn down(&self, sum: f64) -> f64 {
        let room = self.high - self.low;
        if room > 0.0 && room.is_finite() {
            (self.high - sum) / room * 100.0
        } else {
            50.0
        }
    }
}

fn pixels(down: f64) -> f64 {
    TOP + down / 100.0 * HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_begins_at_nothing_and_falls_after_its_peak() {
        let sums = [0.0, 80.0, 100.0, 60.0, 50.0];
        let curve = Sums::new(&sums).curve(2);
        assert_eq!(curve.path, "M0 100L25 20L50 0L75 40L100 50");
        assert_eq!(curve.lost, "M50 0L75 40L100 50V0Z");
        assert_eq!(curve.even, "M0 100L100 50");
    }

    #[test]
    fn a_long_table_keeps_its_peak_and_its_end() {
        let sums: Vec<f64> = (0..=10_000).map(|at| f64::from(at.min(7_001))).collect();
        let curve = Sums::new(&sums).curve(7_001);
        assert!(curve.path.contains("L70.01 0") && curve.path.ends_with("L100 0"));
        assert!(curve.path.matches('L').count() <= MOST_POINTS + 2);
    }

    #[test]
    fn sums_without_room_are_a_line() {
        let curve = Sums::new(&[0.0, 0.0]).curve(0);
        assert_eq!(curve.path, "M0 50L100 50");
    }
}
