//! When a difference is called a change.

use super::{CommonChange, Movement, ScorePoint};
use crate::condition::TOLERANCE;

/// A quarter of the distance between two anchors of a scale of 0 to 4, in points of 0..100. A
/// smaller difference of indices is never called a change.
pub const QUARTER_ANCHOR: f64 = 6.25;

/// The least difference of two indices that is called a change: a quarter anchor, or the wider of
/// what the open answers of either side still allow.
pub(super) fn least(from: &ScorePoint, to: &ScorePoint) -> f64 {
    let width = |point: &ScorePoint| point.index_range.high - point.index_range.low;
    width(from).max(width(to)).max(QUARTER_ANCHOR)
}

/// What the difference of two scores makes: over the common questions where that is known.
pub(super) fn score(
    from: &ScorePoint,
    to: &ScorePoint,
    common: Option<&CommonChange>,
    least: f64,
) -> Movement {
    let (Some(was), Some(is)) = (from.value, to.value) else {
        return presence(from.value.is_some(), to.value.is_some());
    };
    let all = less(to.index, from.index).unwrap_or(0.0);
    let judged = common.and_then(|one| one.difference).unwrap_or(all);
    let still = [all, judged, is - was]
        .iter()
        .all(|one| one.abs() < TOLERANCE);
    if still {
        Movement::Same
    } else if judged.abs() < least - TOLERANCE {
        Movement::Slight
    } else if judged > 0.0 {
        Movement::Rose
    } else {
        Movement::Fell
    }
}

/// What it makes where one side or both have nothing to say.
pub(super) fn presence(before: bool, after: bool) -> Movement {
    match (before, after) {
        (false, true) => Movement::Came,
        (true, false) => Movement::Went,
        _ => Movement::Same,
    }
}

/// One figure less another.
pub(super) fn less(to: Option<f64>, from: Option<f64>) -> Option<f64> {
    Some(to? - from?)
}
