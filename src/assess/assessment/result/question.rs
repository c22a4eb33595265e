//! Questions and metrics of the result. Metrics are results of the business, besides maturity.

use super::{AgreedResult, GroupOutcome, GroupResult, ItemId, ItemText};
use crate::rules::condition::Truth;
use crate::rules::metric::{Curve, MetricKind, Treatment};
use crate::rules::vocabulary::{Grade, State};
use serde::{Deserialize, Serialize};

/// A question with its answer. Notes, reasons and evidence are data, never markup.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionResult {
    /// `pack.item`.
    pub id: ItemId,
    /// The section's id.
    pub section: String,
    /// Short name.
    pub label: String,
    /// The question as asked.
    pub ask: String,
    /// State of the answer.
    pub state: State,
    /// The answer as written: an anchor's number, choices, a number or a text.
    pub answer: Vec<String>,
    /// The answer in words, for every state.
    pub says: String,
    /// True if it is open, and other open answers may still make it irrelevant.
    #[serde(default)]
    pub may_not_apply: bool,
    /// Value in scores.
    pub value: Option<f64>,
    /// Number counted, where the answer is a share of them in percent.
    pub of: Option<u32>,
    /// Claimed value, where evidence keeps the value below it.
    pub claimed: Option<f64>,
    /// The answer that is kept though the question is not relevant; null where there is none.
    pub kept: Option<KeptAnswer>,
    /// True if a headline, a ladder or a gate reads it for its value.
    pub measured: bool,
    /// Truth of its being called for, whatever the open answers turn out to be.
    pub called_for: Truth,
    /// True if it may be a gap: it applies, is measured, is not certainly uncalled for, and is
    /// below its top or has no answer.
    pub gap: bool,
    /// Grade of evidence.
    pub grade: Grade,
    /// Evidence it rests on.
    pub evidence: Option<String>,
    /// Link to the evidence.
    pub link: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Reason why it does not apply.
    pub reason: Option<String>,
    /// The rating aimed at, of a choice its score: that of the last phase.
    pub target: Option<f64>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// Day the target is due: that of the last phase.
    pub due: Option<String>,
    /// Every target on the way, in order; one where only one is set.
    pub phases: Vec<PhaseResult>,
    /// Path to the last of them; null where nothing is aimed at, and where it is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<TargetPath>,
    /// Value at the start; null where that is not given.
    pub baseline: Option<BaselineResult>,
    /// Share of the way from the baseline to the target that lies behind, `0..=1`: 1 where the
    /// target is reached, 0 below the baseline; null without a target, without an answer, and where
    /// no baseline is given and the target is not reached.
    pub progress: Option<f64>,
    /// Answers of respondents; null where none answered it.
    pub group: Option<GroupResult>,
    /// Agreement of people on the answer; null where they made none.
    pub agreed: Option<AgreedResult>,
}

/// Path to a target that is not reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetPath {
    /// The actions that move the answer, by their work; may be empty.
    pub actions: Vec<String>,
    /// The answer they lead to, in words, where it falls short of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// The next thing that must become true, in words.
    pub next: String,
}

impl QuestionResult {
    /// The last phase of its target, where that is not reached.
    #[must_use]
    pub fn aimed(&self) -> Option<&PhaseResult> {
        self.phases.last().filter(|phase| !phase.reached)
    }

    /// True if so few people of any group answered that nothing of it is counted or shown.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let group = self.group.as_ref();
        self.state.is_open() && group.is_some_and(|group| group.outcome == GroupOutcome::Closed)
    }
}

/// An answer to a question that is not relevant: it is kept, and no score reads it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KeptAnswer {
    /// State it would have.
    pub state: State,
    /// Value it would have in scores.
    pub value: Option<f64>,
    /// Claimed value, where evidence would keep the value below it.
    pub claimed: Option<f64>,
}

/// One of the targets of a question.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PhaseResult {
    /// Name.
    pub name: Option<String>,
    /// The rating aimed at, as written; of a choice its score.
    pub target: f64,
    /// The same in words: "3", or the choice.
    pub says: String,
    /// Day it is due.
    pub due: Option<String>,
    /// True if it is reached.
    pub reached: bool,
}

/// Value of a question at the start.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BaselineResult {
    /// As written; of a choice its score.
    pub value: f64,
    /// The same in words: "1", or the choice.
    pub says: String,
    /// The day it was so.
    pub on: Option<String>,
}

/// A metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricResult {
    /// `pack.metric`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// Kind of metric.
    pub metric: MetricKind,
    /// Convention by which it is made, in words.
    pub convention: String,
    /// Its figures; the first is the metric itself.
    pub figures: Vec<FigureResult>,
    /// The answers and tables it is made from.
    pub inputs: Vec<ItemText>,
    /// The customers of the table with what their value calls for, most valuable first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<CustomerResult>,
    /// The value curves, in the order they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curves: Vec<Curve>,
}

/// A figure of a metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureResult {
    /// `pack.metric` or `pack.metric/figure`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// The figure; `null` where there is none.
    pub value: Option<f64>,
    /// In what it is given.
    pub unit: Option<String>,
    /// The figure in words, rounded, with its unit; "never", or "no result".
    pub says: String,
    /// Reason why there is none.
    pub because: Option<String>,
}

impl FigureResult {
    /// The figure in words, or why there is none.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.because {
            Some(why) => format!("{}, because {why}", self.says),
            None => self.says.clone(),
        }
    }
}

/// A customer of the table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CustomerResult {
    /// The name or number in the table.
    pub customer: String,
    /// Value today.
    pub today: f64,
    /// Value in reach; `null` where spend or wallet is unknown.
    pub reach: Option<f64>,
    /// Treatment that this calls for; `null` where the value in reach is unknown.
    pub treatment: Option<Treatment>,
}
