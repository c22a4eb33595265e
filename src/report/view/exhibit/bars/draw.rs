//! The boxes of one question, with how many took each and where their mean lies.

use crate::assess::assessment::SpreadResult;
use crate::report::chart::{BOX_WIDTH, whole};
use crate::rules::rulebook::words::number;

/// Draws the number of people who took each step, the largest as high as a box.
pub(super) fn draw_counts(spread: &SpreadResult) -> String {
    let most = spread.counts.iter().map(|one| one.count).max();
    let most = f64::from(most.unwrap_or(0).max(1));
    let counts = spread.counts.iter().enumerate();
    let bars = counts.filter(|(_, one)| one.count > 0).map(|(place, one)| {
        let height = f64::from(one.count) / most * 20.0;
        let (left, top) = (BOX_WIDTH * whole(place) + 7.0, 22.0 - height);
        let [left, top, height] = [left, top, height].map(number);
        format!("M{left} {top}h10v{height}h-10z")
    });
    let bars: Vec<String> = bars.collect();
    format!("<path class=\"count\" d=\"{}\"/>", bars.concat())
}

/// A mark at a place between two steps.
pub(super) fn draw_mark(place: f64) -> String {
    let middle = number(BOX_WIDTH * (place + 0.5));
    format!("<path class=\"mean\" d=\"M{middle} 1l6 11l-6 11l-6-11z\"/>")
}

/// The paths of the boxes and the mark in the middle of one.
pub(super) fn boxes(open: &str, taken: &str, at: usize, mark: &str) -> String {
    let mut svg = String::with_capacity(open.len() + taken.len() + 80);
    svg.extend(["<path d=\"", open, "\"/>"]);
    if !taken.is_empty() {
        svg.extend(["<path class=\"on\" d=\"", taken, "\"/>"]);
    }
    if !mark.is_empty() {
        let middle = number(BOX_WIDTH * (whole(at) + 0.5));
        svg.extend(["<text x=\"", &middle, "\" y=\"17\">", mark, "</text>"]);
    }
    svg
}
