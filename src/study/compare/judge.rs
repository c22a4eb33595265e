//! Rules by which a difference counts as a change.

use super::result::{Movement, NoChange, ScoreChange};
use crate::study::QUARTER_ANCHOR;
use crate::text::number::TOLERANCE;

/// Movement of a score, and the reason why a difference is none. `apart` is true for a score that
/// measures how far parts lie apart, so that more is neither better nor worse.
pub(super) fn judge(change: &ScoreChange, apart: bool) -> (Movement, Option<NoChange>) {
    let (Some(was), Some(is)) = (change.from.value, change.to.value) else {
        let came = presence(change.from.value.is_some(), change.to.value.is_some());
        return (came, None);
    };
    let all = change.difference.unwrap_or(0.0);
    let judged = match change.common {
        Some(common) => common.difference,
        None => Some(all),
    };
    let differences = [all, judged.unwrap_or(0.0), is - was];
    if differences.iter().all(|one| one.abs() < TOLERANCE) {
        return (Movement::Same, None);
    }
    let Some(judged) = judged else {
        return (Movement::Slight, Some(NoChange::NothingCommon));
    };
    let below = |difference: f64, least: f64| difference.abs() < least - TOLERANCE;
    let why = if below(judged, QUARTER_ANCHOR) && below(all, QUARTER_ANCHOR) {
        NoChange::Small
    } else if below(judged, QUARTER_ANCHOR) {
        NoChange::SmallInCommon
    } else if below(judged, change.open) {
        NoChange::OpenAnswers
    } else {
        let movement = match judged {
            _ if apart => Movement::Differs,
            more if more > 0.0 => Movement::Rose,
            _ => Movement::Fell,
        };
        return (movement, None);
    };
    (Movement::Slight, Some(why))
}

/// Movement where one side or both have no value.
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
