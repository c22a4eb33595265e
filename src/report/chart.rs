//! Geometry: the places of marks in drawings that no template can work out.

pub(super) mod badge;
pub(super) mod plot;
pub(super) mod timeline;

use crate::text::number::round;

/// A coordinate as drawings carry it: one decimal, finite.
pub(super) fn tenth(value: f64) -> f64 {
    if value.is_finite() {
        round(value, 1)
    } else {
        0.0
    }
}

/// Finer, for boxes that the page stretches.
fn hundredth(value: f64) -> f64 {
    if value.is_finite() {
        round(value, 2)
    } else {
        0.0
    }
}

/// A count as a coordinate.
fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}
