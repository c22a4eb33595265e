//! When a difference is called a change.

use super::{CommonChange, Movement, NoChange, ScorePoint};
use crate::text::number::TOLERANCE;

/// A quarter of the distance between two anchors of a scale of 0 to 4, in points of 0..100. A
/// smaller difference of indices is never called a change.
pub const QUARTER_ANCHOR: f64 = 6.25;

/// A score on both sides, and what is known of the way between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) from: &'a ScorePoint,
    pub(super) to: &'a ScorePoint,
    /// Over the questions rated on both sides.
    pub(super) common: Option<&'a CommonChange>,
    /// Points that answers open on one side alone still allow.
    pub(super) open: f64,
    /// Whether it tells how far parts lie apart, so that more is neither better nor worse.
    pub(super) apart: bool,
}

impl Way<'_> {
    /// Movement, and why a difference is none.
    pub(super) fn judge(&self) -> (Movement, Option<NoChange>) {
        let (Some(was), Some(is)) = (self.from.value, self.to.value) else {
            let came = presence(self.from.value.is_some(), self.to.value.is_some());
            return (came, None);
        };
        let all = less(self.to.index, self.from.index).unwrap_or(0.0);
        let judged = match self.common {
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
        let below = |least: f64| judged.abs() < least - TOLERANCE;
        if below(QUARTER_ANCHOR) {
            let alone = all.abs() < QUARTER_ANCHOR - TOLERANCE;
            let why = if alone {
                NoChange::Small
            } else {
                NoChange::SmallInCommon
            };
            return (Movement::Slight, Some(why));
        }
        if below(self.open) {
            return (Movement::Slight, Some(NoChange::OpenAnswers));
        }
        let movement = match judged {
            _ if self.apart => Movement::Differs,
            more if more > 0.0 => Movement::Rose,
            _ => Movement::Fell,
        };
        (movement, None)
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
