//! Scores that moved.

use super::{Movement, NoChange};
use crate::assess::assessment::{Range, ScoreState};
use serde::Serialize;

/// A score on both sides. Differences are "to" less "from".
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreChange {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// As it was, over all its questions.
    pub from: ScorePoint,
    /// As it is, over all its questions.
    pub to: ScorePoint,
    /// Difference of the indices, in points of 0..100; null where one is missing.
    pub difference: Option<f64>,
    /// Difference of the values, in the score's own unit.
    pub value_difference: Option<f64>,
    /// How many questions it rests on.
    pub scope: Scope,
    /// The same over the questions that are rated on both sides; null where a stored result does
    /// not allow that to be scored.
    pub common: Option<CommonChange>,
    /// How many points the answers that are open on one side alone still allow. Answers that are
    /// open on both sides are the same on both, and hide nothing.
    pub open: f64,
    /// The least difference of indices that is called a change here: a quarter anchor, or what
    /// those open answers allow.
    pub least: f64,
    /// What that makes of it. A spread or a difference is another one: neither rises nor falls as
    /// a gain.
    pub movement: Movement,
    /// Why a difference is not called a change; null where there is none, or it is called one.
    pub why: Option<NoChange>,
    /// The answers that moved it, those that did most first.
    pub because: Vec<Share>,
    /// What these answers do only together, in points; null where each adds by itself.
    pub together: Option<f64>,
    /// What the packs did, in points; null where that is not told.
    pub by_pack: Option<f64>,
    /// What the answers did, in points; null where that is not told.
    pub by_answers: Option<f64>,
}

/// A score on one side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScorePoint {
    /// Value in its own unit.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// What the open answers still allow, on 0..100; null where nothing it counts applies.
    pub index_range: Option<Range>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// What it says of itself; `not-asked` where the pack has no such score.
    pub state: ScoreState,
}

/// How many questions a score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scope {
    /// Rated on the side compared from.
    pub before: usize,
    /// Rated on the side compared to.
    pub after: usize,
    /// Rated on both.
    pub common: usize,
}

/// A score over the questions that are rated on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CommonChange {
    /// Index as it was.
    pub from: Option<f64>,
    /// Index as it is.
    pub to: Option<f64>,
    /// Difference, in points of 0..100.
    pub difference: Option<f64>,
}

/// What one changed answer does to a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Share {
    /// The question, `pack.item`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What the change of this answer alone adds, in points of 0..100: the mean of putting the new
    /// answer among the old ones and of taking it from among the new ones. Null where only a
    /// stored result is known, or where the score has no value without it.
    pub index: Option<f64>,
}
