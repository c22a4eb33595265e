//! The people who answered, and what many of them said to one question, as results show it. A group that is too small,
//! or that would give one away, is marked as hidden: `people` and `value` are null then.

use super::disclosure::{Comment, Estimate, GroupOutcome, RoleFigure, Spread};
use crate::message;
use crate::rules::vocabulary::Role;
use crate::text::number::{TOLERANCE, short as number};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Answers of everybody together to one question.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
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

/// The people who answered; roles, never persons.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Respondents {
    /// Number of people; null where they are fewer than a group needs.
    pub count: Option<u32>,
    /// The role of a single assessor, where it was given.
    pub role: Option<Role>,
    /// Rules by which answers became one; null where one assessor answered.
    pub merged: Option<MergeResult>,
    /// The roles that answered; empty where one assessor did.
    pub roles: Vec<RoleCount>,
    /// Sections whose ratings make a scale that everybody may see.
    pub scales: Vec<ScaleResult>,
}

/// Rules by which the answers of many people became one.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MergeResult {
    /// Everybody weighs the same; else the mean of each role comes before the mean over roles.
    pub pooled: bool,
    /// The fewest people a role needs to be shown.
    pub minimum_group: u32,
    /// Roles that agreed to be shown however few they are.
    pub waived: Vec<Role>,
}

/// Number of people of a role who answered.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoleCount {
    /// The role.
    pub role: Role,
    /// Number of people; null where that is hidden.
    pub people: Option<u32>,
    /// Weight of the mean of the role, above 0.
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
