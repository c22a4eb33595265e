//! Gain of one step up of an open question.

use super::{AdviceResult, ItemId};
use crate::rules::pack::file::Size;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use serde::{Deserialize, Serialize};

/// A rating that applies and is below its top, or has no answer yet, with its next step.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RaiseResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Short name.
    pub label: String,
    /// State of the answer.
    pub state: State,
    /// Value now; null without an answer.
    pub from: Option<f64>,
    /// The anchor of the value now, in words; null without an answer, and between two anchors.
    pub from_says: Option<String>,
    /// Value one step up; without an answer, one step above the lowest anchor.
    pub to: f64,
    /// The next anchor, in words.
    pub to_says: String,
    /// The grade of evidence that has to be brought for the step to count; null where none has.
    pub proof: Option<Grade>,
    /// True if the step is claimed already, and only its proof is missing.
    pub claimed: bool,
    /// Evidence to look at, from the pack.
    pub evidence: Option<String>,
    /// Effort of the step: that of its advice, medium where it has none.
    pub effort: Size,
    /// The role that is to take it: as the answers name it, else as the advice does.
    pub owner: Option<String>,
    /// Day it is due, where the answers have one.
    pub due: Option<String>,
    /// Advice; null where none belongs to the question.
    pub advice: Option<RaiseAdvice>,
    /// Steps of a scale of 0 to 4 up to its target, or to its top where it has none; 2 without an
    /// answer.
    pub gap: f64,
    /// `1..=3`: twice its weight in the pack.
    pub importance: f64,
    /// `1..=2`: 1, and a quarter more for each other pack and each lens that uses it.
    pub reach: f64,
    /// Gap times importance times reach, over effort counted as 1, 2 or 3.
    pub priority: f64,
    /// A gap of one step or more, low effort, an owner, and nothing that has to be done before.
    pub quick_win: bool,
    /// Gain of each score that the step changes, in points of the index.
    pub adds: Vec<Added>,
}

/// The advice that belongs to an open question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RaiseAdvice {
    /// The gate or finding it comes with.
    pub of: ItemId,
    /// Kind of reason.
    pub reason: RaiseReason,
    /// The advice.
    #[serde(flatten)]
    pub advice: AdviceResult,
    /// Advice that should come first and is not done, first things first.
    pub before: Vec<String>,
}

/// Reason why a question has advice. Gates come before contradictions, these before everything
/// else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RaiseReason {
    /// A gate is not met.
    Gate,
    /// It contradicts another answer.
    Contradiction,
    /// A gap, a risk or something unknown.
    Finding,
}

impl RaiseReason {
    /// Reason of a tier of advice, from 0.
    pub(crate) fn of(tier: u8) -> Self {
        match tier {
            0 => Self::Gate,
            1 => Self::Contradiction,
            _ => Self::Finding,
        }
    }
}

/// Gain of a score from a step.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Added {
    /// The score, `pack.item`.
    pub id: ItemId,
    /// Points of the index, `0..=100`; below 0 where the step lowers it.
    pub index: f64,
}
