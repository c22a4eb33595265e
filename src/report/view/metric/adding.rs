//! The curve of value that adds up, customer by customer.

use super::customers::percent;
use crate::assess::assessment::{CustomerResult, money};
use crate::report::chart::curve::{Mark, Sums};
use crate::report::chart::whole;
use crate::report::view::Align;
use crate::report::view::context::counted;
use serde::Serialize;

/// The table of the curve has a line for each such part of the customers.
const STEPS: usize = 5;

/// Value that adds up, most valuable customer first. Paths are in a box of 100 by 100 that is
/// stretched over the drawing from 28 to 208 pixels; other places are percent across and pixels
/// down.
#[derive(Debug, Clone, Serialize)]
pub struct Adding {
    /// Content of the drawing, in one or two sentences.
    pub caption: String,
    /// The drawing in one sentence.
    pub says: String,
    /// The curve.
    pub path: String,
    /// Loss after its peak; empty where there is none.
    pub lost: String,
    /// As if every customer brought the same.
    pub even: String,
    /// Height of the value 0, in pixels down.
    pub zero: f64,
    /// The peak, and the end where it is lower.
    pub points: Vec<Point>,
    /// A line for each fifth of the customers, and one for the peak.
    pub rows: Vec<AddingRow>,
}

/// A place on the curve with its words.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// Percent across.
    pub x: f64,
    /// Pixels down.
    pub y: f64,
    /// Height of its words, in pixels down.
    pub ty: f64,
    /// Alignment of its words to the point.
    pub align: Align,
    /// "Peak: 84,200".
    pub label: String,
}

/// A line of the table beside the curve.
#[derive(Debug, Clone, Serialize)]
pub struct AddingRow {
    /// "First 13 of 64".
    pub customers: String,
    /// "20.3 %" of all customers.
    pub part: String,
    /// Value that they bring together.
    pub value: String,
    /// Of what those bring who bring any; null where nobody does.
    pub share: Option<String>,
    /// True if more customers add no more.
    pub peak: bool,
}

/// Value after each customer, and where no further customer adds any.
struct Run {
    sums: Vec<f64>,
    peak: usize,
}

impl Run {
    fn of(customers: &[CustomerResult]) -> Self {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for one in customers {
            sum += one.today;
            sums.push(sum);
        }
        let gains = customers.iter().take_while(|one| one.today > 0.0);
        Self {
            peak: gains.count(),
            sums,
        }
    }

    fn last(&self) -> usize {
        self.sums.len().saturating_sub(1)
    }

    fn sum(&self, count: usize) -> f64 {
        self.sums.get(count).copied().unwrap_or_default()
    }

    /// Of what those bring who bring any; `None` where nobody does.
    fn share(&self, value: f64) -> Option<String> {
        let gains = self.sum(self.peak);
        (gains > 0.0).then(|| percent(value, gains))
    }

    fn row(&self, count: usize) -> AddingRow {
        let all = self.last();
        AddingRow {
            customers: if count == all {
                format!("All {all}")
            } else {
                format!("First {count} of {all}")
            },
            part: percent(whole(count), whole(all)),
            value: money(self.sum(count)),
            share: self.share(self.sum(count)),
            peak: count == self.peak && count < all,
        }
    }

    fn caption(&self) -> String {
        let (all, peak) = (self.last(), self.peak);
        let lost = self.sum(peak) - self.sum(all);
        if peak == all {
            return format!("Each of the {all} customers adds value.");
        }
        if peak == 0 {
            return format!("None of the {all} customers adds value.");
        }
        if lost <= 0.0 {
            return format!("Beyond the first {peak} of {all} customers nothing is added.");
        }
        let others = match all - peak {
            1 => "one takes".to_owned(),
            many => format!("{many} take"),
        };
        let bring = match peak {
            1 => format!("The first of {all} customers brings"),
            many => format!("The first {many} of {all} customers bring"),
        };
        format!(
            "{bring} {}; the other {others} {} of it away again ({}).",
            money(self.sum(peak)),
            money(lost),
            self.share(lost).unwrap_or_default()
        )
    }
}

impl Adding {
    /// Of a table's customers, most valuable first; `None` for fewer than two.
    pub(super) fn of(customers: &[CustomerResult]) -> Option<Self> {
        if customers.len() < 2 {
            return None;
        }
        let run = Run::of(customers);
        let (all, peak) = (run.last(), run.peak);
        let sums = Sums::new(&run.sums);
        let curve = sums.curve(peak);
        let mut places: Vec<usize> = (1..=STEPS).map(|at| (all * at).div_ceil(STEPS)).collect();
        places.extend((peak > 0).then_some(peak));
        places.sort_unstable();
        places.dedup();
        let mut points = Vec::new();
        if peak > 0 {
            let word = if peak == all { "All" } else { "Peak" };
            points.push(point(
                sums.mark(peak),
                -10.0,
                format!("{word}: {}", money(run.sum(peak))),
            ));
        }
        if peak < all {
            points.push(point(
                sums.mark(all),
                20.0,
                format!("All: {}", money(run.sum(all))),
            ));
        }
        let caption = run.caption();
        Some(Self {
            says: format!(
                "A curve of value over {}. {caption}",
                counted(all, "customer", "customers")
            ),
            caption,
            path: curve.path,
            lost: curve.lost,
            even: curve.even,
            zero: curve.zero,
            points,
            rows: places.into_iter().map(|count| run.row(count)).collect(),
        })
    }
}

fn point(mark: Mark, lift: f64, label: String) -> Point {
    Point {
        x: mark.x,
        y: mark.y,
        ty: mark.y + lift,
        align: mark.align,
        label,
    }
}
