//! Levels, decisions, gates, metrics, answers and findings that moved.

use super::Movement;
use crate::assess::assessment::{Named, NeedState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use serde::Serialize;

/// A ladder on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelChange {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// The level it was; null where it could not be said.
    pub from: Option<Named>,
    /// The level it is.
    pub to: Option<Named>,
    /// Every level the open answers allowed.
    pub possible_from: Vec<Named>,
    /// Every level the open answers allow.
    pub possible_to: Vec<Named>,
    /// What that makes of it.
    pub movement: Movement,
    /// Whether open answers cannot undo the movement.
    pub certain: bool,
    /// Whether the packs alone moved it; null where that is not told.
    pub by_pack: Option<bool>,
    /// The level and what holds the next one, as it is now.
    pub sentence: String,
}

/// A decision on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionChange {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// What came out.
    pub from: Vec<Named>,
    /// What comes out.
    pub to: Vec<Named>,
    /// Everything the open answers allowed.
    pub possible_from: Vec<Named>,
    /// Everything the open answers allow.
    pub possible_to: Vec<Named>,
    /// What that makes of it.
    pub movement: Movement,
    /// Whether open answers cannot undo the movement.
    pub certain: bool,
    /// Whether the packs alone moved it; null where that is not told.
    pub by_pack: Option<bool>,
    /// Why it is decided so now.
    pub because: Option<String>,
}

/// A gate on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateChange {
    /// `pack.gate`.
    pub id: String,
    /// What it asks.
    pub title: String,
    /// Whether it was met.
    pub from: NeedState,
    /// Whether it is met.
    pub to: NeedState,
    /// What that makes of it.
    pub movement: Movement,
    /// Whether the packs alone moved it; null where that is not told.
    pub by_pack: Option<bool>,
}

/// A figure of a metric on both sides. A result of the business, never a part of maturity.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricChange {
    /// `pack.metric` or `pack.metric/figure`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// As it was.
    pub from: Option<f64>,
    /// As it is.
    pub to: Option<f64>,
    /// As it was, in words.
    pub says_from: String,
    /// As it is, in words.
    pub says_to: String,
    /// Difference, in the figure's own unit.
    pub difference: Option<f64>,
    /// What that makes of it.
    pub movement: Movement,
}

/// An answer that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnswerChange {
    /// `pack.item`.
    pub id: String,
    /// Short name.
    pub label: String,
    /// How it changed.
    pub kind: AnswerMove,
    /// As it was; null where the pack did not ask.
    pub from: Option<AnswerPoint>,
    /// As it is; null where the pack does not ask.
    pub to: Option<AnswerPoint>,
}

/// An answer on one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnswerPoint {
    /// Where the question stands.
    pub state: State,
    /// The answer in words.
    pub says: String,
    /// What it counts for in scores.
    pub value: Option<f64>,
    /// How well it is proven.
    pub grade: Grade,
}

/// How an answer changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AnswerMove {
    /// Another answer.
    Changed,
    /// The same answer, proven otherwise or counted otherwise.
    Proven,
    /// It was open and is answered.
    Answered,
    /// It was answered and is open.
    Opened,
    /// It did not apply and is answered.
    Applies,
    /// It was answered and does not apply.
    Dropped,
    /// It is not answered on either side, for another reason.
    Standing,
    /// The pack did not ask it before.
    Added,
    /// The pack no longer asks it.
    Removed,
}

/// A finding that opened or closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingChange {
    /// `pack.finding`.
    pub id: String,
    /// Title.
    pub title: String,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Whether it holds now and did not, or the other way round.
    pub opened: bool,
    /// Whether open answers cannot undo that.
    pub certain: bool,
    /// Whether the packs alone did it; null where that is not told.
    pub by_pack: Option<bool>,
    /// What led to it, where it holds: "Role: Owns the result (4), tested for at least 3".
    pub because: Vec<String>,
}
