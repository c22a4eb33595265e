//! The people who answered, where many did. A group that is too small,
//! or that would give one away, is marked as hidden: `people` and `value` are null then.

use super::{Assessment, ItemId};
pub use crate::answers::disclosure::{
    ChoiceCount, Comment, Estimate, GroupOutcome, RoleFigure, Spread,
};
use crate::answers::statistics::gap_figure;
pub use crate::answers::{MergeResult, Respondents, RoleCount, ScaleResult};
use crate::message;
use crate::text::number::short as number;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Answers of everybody together to one question.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupResult {
    /// Number of people who rated it; null where a group is hidden.
    pub people: Option<u32>,
    /// Outcome of merging the answers.
    pub outcome: GroupOutcome,
    /// The roles it is put to.
    pub roles: Vec<RoleFigure>,
    /// Place of the value outside those of the roles that are shown, with reasons; null where it
    /// lies among them.
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// Spread of the answers of the shown roles; null where none is shown.
    pub spread: Option<Spread>,
    /// Distance of the two shown roles that differ most, in steps of a scale of 0 to 4; null
    /// where fewer than two are shown.
    pub gap: Option<f64>,
    /// Spread of the estimates of a number; null for any other answer.
    pub estimate: Option<Estimate>,
    /// True if a workshop should settle it: of three people or more, an agreement below 0.50 or a
    /// gap of 1.67 steps, or no choice that two thirds agree on. See also `agreed`.
    pub contested: bool,
    /// True if some say that it does not apply and others rate it.
    pub mixed: bool,
    /// Comments of people of shown roles; data, never markup.
    pub comments: Vec<Comment>,
}

/// Agreement of people on the answer to a question.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgreedResult {
    /// Reason for this value.
    pub reason: String,
    /// Date of the agreement, `2026-11-20`.
    pub date: Option<String>,
    /// Worth of the answer before.
    pub raw: Option<f64>,
    /// Answer of people before, on the question's scale; null where what was agreed is worth the
    /// same. Wherever the value is printed, this is printed too.
    #[serde(default)]
    pub replaces: Option<f64>,
}

impl AgreedResult {
    /// "agreed in place of 2.9"; `None` where people had said the same.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        self.replaces
            .map(|before| message!("agreed-in-place-of", number = number(before)))
    }
}

/// Difference between two roles on one thing. Not a test of significance.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapResult {
    /// The score or question, `pack.item`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// The role that is further from customers.
    pub one: RoleFigure,
    /// The other role; both over the questions that both answered.
    pub other: RoleFigure,
    /// One less other, in steps of a scale of 0 to 4.
    pub gap: f64,
    /// Name for the gap.
    pub kind: GapKind,
    /// True if it is 1.67 steps or more.
    pub strong: bool,
    /// True if it is in the list of those from a step on: the widest as printed, then each that
    /// shares no question with a wider one in the list; of equals scores first. A score of which
    /// both roles answered one question only is left to that question.
    #[serde(default)]
    pub listed: bool,
}

impl GapResult {
    /// "+1.7", "−1.2": with the digits it takes near the limits of a gap; "±0.0" below them.
    #[must_use]
    pub fn steps(&self) -> String {
        let sign = match self.printed() {
            0.0 => "±",
            _ if self.gap < 0.0 => "−",
            _ => "+",
        };
        format!("{sign}{}", gap_figure(self.gap))
    }

    /// Its size as it is printed; what prints alike is alike.
    pub(crate) fn printed(&self) -> f64 {
        let figure = gap_figure(self.gap).parse();
        figure.unwrap_or_else(|_| self.gap.abs())
    }
}

/// Name for a gap: from one step on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// The first role rates it a step higher or more.
    BlindSpot,
    /// The first role rates it a step lower or more.
    HiddenStrength,
    /// Less than a step apart.
    Alike,
}

/// A value over everybody that lies above, or below, that of every role that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Beyond {
    /// Above all of them; else below all of them.
    pub above: bool,
    /// Reasons.
    pub reasons: Vec<BeyondReason>,
}

/// Reason why a value lies outside those of the shown roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BeyondReason {
    /// People agreed on another answer.
    Agreed,
    /// Evidence lets an answer count for less.
    Evidence,
    /// Of several choices those count that more than half took, and no mean.
    Choices,
    /// Roles that are not shown count in it.
    Hidden,
    /// The assessor answered a part of it.
    Assessor,
    /// The roles answered different questions of it.
    Asked,
    /// Answers are merged first and put together afterwards.
    Parts,
}

impl Beyond {
    pub(crate) fn new(above: bool, reasons: BTreeSet<BeyondReason>) -> Self {
        let mut reasons: Vec<BeyondReason> = reasons.into_iter().collect();
        if reasons.is_empty() {
            reasons.push(BeyondReason::Parts);
        }
        Self { above, reasons }
    }

    /// "above every role shown: roles that are not shown count in it too".
    #[must_use]
    pub fn says(&self) -> String {
        let side = if self.above { "above" } else { "below" };
        let reasons: Vec<&str> = self.reasons.iter().map(|one| one.says()).collect();
        message!("every-role-shown", side, reasons = reasons.join("; "))
    }
}

impl BeyondReason {
    fn says(self) -> &'static str {
        match self {
            Self::Agreed => message!("a-workshop-agreed-on-another-answer"),
            Self::Evidence => message!("evidence-holds-an-answer-down"),
            Self::Choices => message!("of-several-choices-those-count-that-more"),
            Self::Hidden => message!("roles-that-are-not-shown-count-in-it-too"),
            Self::Assessor => message!("the-assessor-answered-a-part-of-it"),
            Self::Asked => message!("the-roles-answered-different-questions-of-it"),
            Self::Parts => message!("answers-are-merged-before-they-are-put"),
        }
    }
}

impl Assessment {
    /// The contested questions that people have not agreed on yet, in the order of `to_settle`.
    pub(in crate::assess::assessment) fn unsettled(&self) -> Vec<ItemId> {
        let questions = self.questions.iter().filter(|one| one.agreed.is_none());
        let groups = questions.filter_map(|one| Some((&one.id, one.group.as_ref()?)));
        let mut list: Vec<_> = groups.filter(|(_, group)| group.contested).collect();
        list.sort_by(|(_, one), (_, other)| {
            let ((one, gap), (other, other_gap)) = (rank(one), rank(other));
            one.total_cmp(&other).then(gap.total_cmp(&other_gap))
        });
        list.into_iter().map(|(id, _)| id.clone()).collect()
    }
}

/// Key of the order: the agreement, then the gap, the widest first.
fn rank(group: &GroupResult) -> (f64, f64) {
    let agreement = group.spread.as_ref().and_then(|one| one.agreement);
    let is_split = group.outcome == GroupOutcome::Split;
    let agreement = agreement.unwrap_or(if is_split { -1.0 } else { 2.0 });
    (agreement, -group.gap.unwrap_or_default())
}
