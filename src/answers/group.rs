//! What many people said to one question, as results show it. Where fewer of a group answered than the
//! minimum, it is marked as hidden: `people` and `value` are null then, and its answers are in no
//! figure.

use super::respondents::Group;
use crate::message;
use crate::rules::vocabulary::Range;
use crate::text::number::{TOLERANCE, short as number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Answers of everybody together to one question.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupResult {
    /// Number of people who rated it, of the groups that count; null where none does.
    pub people: Option<u32>,
    /// Outcome of merging the answers.
    pub outcome: GroupOutcome,
    /// The groups it is put to.
    pub roles: Vec<RoleFigure>,
    /// Place of the value outside those of the roles that are shown, with reasons; null where it
    /// lies among them.
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// Spread of the answers that count; null where there is no choice among steps.
    pub spread: Option<Spread>,
    /// Distance of the two shown roles that differ most, in steps of a scale of 0 to 4; null
    /// where fewer than two are shown. Others are no role.
    pub gap: Option<f64>,
    /// Spread of the estimates of a number; null for any other answer.
    pub estimate: Option<Estimate>,
    /// True if a workshop should settle it: of three people or more, an agreement below 0.50 or a
    /// gap of 1.67 steps, or no choice that two thirds agree on. See also `agreed`.
    pub contested: bool,
    /// True if some say that it does not apply and others rate it.
    pub mixed: bool,
    /// Comments of people of groups that count; data, never markup.
    pub comments: Vec<Comment>,
}

/// Outcome of merging the answers of many people to one question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GroupOutcome {
    /// One answer.
    #[default]
    Merged,
    /// They differ too much to choose one; the question stays open.
    Split,
    /// Not counted: fewer than the minimum of any group answered, or nobody of those who count.
    Closed,
}

/// Figure of a group on a question or score.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoleFigure {
    /// The role, or `others`.
    pub role: Group,
    /// Number of people; on a score, of those who answered each of its questions at least. Null
    /// where hidden.
    pub people: Option<u32>,
    /// The mean of a question, or the score's value; null where hidden or where nobody answered.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// On a score: how many questions of it the group answers.
    pub questions: usize,
    /// True if fewer than the minimum answered, so that nothing is counted or shown.
    pub hidden: bool,
}

impl RoleFigure {
    /// The figure on a question, without its index: the number of people and the mean worth of their
    /// answers, where these may be shown.
    pub(crate) fn on_question(role: Group, mean: Option<(u32, f64)>, hidden: bool) -> Self {
        let (people, value) = mean.unzip();
        Self {
            role,
            people: people.or((!hidden).then_some(0)),
            value,
            index: None,
            questions: usize::from(mean.is_some()),
            hidden: hidden && mean.is_none(),
        }
    }
}

/// Spread of the answers to one question.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SpreadResult"))]
pub struct Spread {
    /// Number of people who answered, of the groups that count.
    pub people: u32,
    /// Number of people who took each anchor or choice.
    pub counts: Vec<ChoiceCount>,
    /// Agreement within the group (rwg), `0..=1`.
    pub agreement: Option<f64>,
}

/// Number of people who took an anchor or a choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChoiceCount {
    /// As answers write it.
    pub value: String,
    /// Number of people who took it.
    pub count: u32,
}

/// Spread of the estimates of one number; the value of the question is their median, rounded to
/// what people would say.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "EstimateResult"))]
pub struct Estimate {
    /// The first and the third quartile over everybody, rounded likewise; null below twice the
    /// minimum group.
    pub middle: Option<Range>,
}

/// Comment of somebody of a group; data, never markup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comment {
    /// The role, or `others`.
    pub role: Group,
    /// The text.
    pub text: String,
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
    /// The worth before, where the agreed value is worth something else.
    pub(crate) fn over(&self, worth: f64) -> Option<f64> {
        let differs = |raw: &f64| (raw - worth).abs() > TOLERANCE;
        self.raw.filter(differs)
    }

    /// "agreed in place of 2.9"; `None` where people had said the same.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        self.replaces
            .map(|before| message!("agreed-in-place-of", number = number(before)))
    }
}

/// A value over everybody that lies above, or below, that of every group that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Beyond {
    /// Above all of them; else below all of them.
    pub above: bool,
    /// Reasons.
    pub reasons: Vec<BeyondReason>,
}

/// Reason why a value lies outside those of the groups that are shown.
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

    /// "above every role shown: a workshop agreed on another answer".
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
            Self::Assessor => message!("the-assessor-answered-a-part-of-it"),
            Self::Asked => message!("the-roles-answered-different-questions-of-it"),
            Self::Parts => message!("answers-are-merged-before-they-are-put"),
        }
    }
}
