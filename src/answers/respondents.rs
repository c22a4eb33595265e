//! The people who answered: the groups they count in and the rules by which their answers became one.

use crate::message;
use crate::rules::vocabulary::Role;
use serde::{Deserialize, Serialize};

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

    /// Returns true where both make one of many answers by the same rules.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let rules = |one: &Self| Self {
            closed_on: None,
            ..one.clone()
        };
        rules(self) == rules(other)
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
