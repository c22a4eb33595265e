//! The people who answered, and what many of them said to one question, as results show it. Where
//! fewer of a group answered than the minimum, it is marked as hidden: `people` and `value` are null
//! then, and its answers are in no figure.

use super::disclosure::{Comment, Estimate, GroupOutcome, RoleFigure, Spread};
use crate::message;
use crate::rules::vocabulary::Role;
use crate::text::number::{TOLERANCE, short as number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// People who are counted together: those of one role, or those of all roles that are too small to
/// be counted alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Group {
    /// The people of a role.
    Role(Role),
    /// The people of several small roles, each of them counting the same.
    Others(Others),
}

/// The name of the group of several small roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Others {
    /// `others`.
    Others,
}

impl Group {
    /// The group of several small roles.
    pub const OTHERS: Self = Self::Others(Others::Others);

    /// The role; `None` of several.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Role(role) => Some(role),
            Self::Others(_) => None,
        }
    }

    /// The group as results write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Role(role) => role.name(),
            Self::Others(_) => "others",
        }
    }
}

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

/// The people who answered; groups, never persons.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Respondents {
    /// Number of people of the groups that count; 1 where one assessor answered.
    pub count: Option<u32>,
    /// The role of a single assessor, where it was given.
    pub role: Option<Role>,
    /// Rules by which answers became one; null where one assessor answered.
    pub merged: Option<MergeResult>,
    /// The groups that count; empty where one assessor answered.
    pub roles: Vec<RoleCount>,
    /// The roles that count together as others, each of them too small to count alone.
    #[serde(default)]
    pub others: Vec<Role>,
    /// The roles whose people are in no figure, as all of them together are fewer than the minimum.
    /// It is never told how few.
    #[serde(default)]
    pub left_out: Vec<Role>,
    /// Sections whose ratings make a scale that everybody may see.
    pub scales: Vec<ScaleResult>,
}

/// Rules by which the answers of many people became one.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MergeResult {
    /// Everybody weighs the same; else the mean of each group comes before the mean over groups.
    pub pooled: bool,
    /// The fewest people a group needs to be counted and shown.
    pub minimum_group: u32,
    /// False where everybody is shown, however few answered.
    #[serde(default = "anonymous")]
    pub anonymous: bool,
    /// Roles that agreed to be shown however few they are.
    #[serde(default)]
    pub open_roles: Vec<Role>,
    /// The day after which nobody answered, `2026-11-30`; null while answers may still come.
    #[serde(default)]
    pub closed_on: Option<String>,
}

impl MergeResult {
    /// Returns true while answers may still come, so that what is shown now may not be shown to
    /// those who see it again later.
    pub(crate) fn is_open(&self) -> bool {
        self.anonymous && self.closed_on.is_none()
    }
}

/// Answers are anonymous unless an assessment says otherwise.
const fn anonymous() -> bool {
    true
}

/// Number of people of a group that counts.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoleCount {
    /// The role, or `others`.
    pub role: Group,
    /// Number of people.
    pub people: u32,
    /// Weight of the mean of the group, above 0.
    pub weight: f64,
}

/// A section whose ratings make a scale.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScaleResult {
    /// `pack.section`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Number of ratings.
    pub questions: usize,
    /// Number of people who gave all of them.
    pub people: u32,
    /// Cronbach's alpha, at most 1.
    pub alpha: f64,
}

impl ScaleResult {
    /// Meaning of its alpha in words: usual bands, made for scales of several ratings.
    #[must_use]
    pub fn says(&self) -> &'static str {
        match self.alpha {
            alpha if alpha < 0.0 => {
                message!("people-who-rate-one-of-them")
            }
            alpha if alpha < 0.5 => message!("they-hardly-go-together-so"),
            alpha if alpha < 0.7 => message!("they-go-together-loosely"),
            _ => message!("they-go-together-so-their"),
        }
    }
}
