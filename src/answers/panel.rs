//! What may be shown of the people who answered.
//!
//! Merging ends here: a [`Panel`] holds no figure of a group that is too small, and none from which
//! such a figure would follow. Reports, results and explanations are made from it and from the
//! merged answers, so no format can tell more. [`hide`] says what is held back.

pub mod hide;

use super::rules::GroupRules;
use crate::rules::vocabulary::ConfidenceGrade;
use crate::rules::vocabulary::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The people who answered, as far as they may be shown.
#[derive(Debug, Clone)]
pub struct Panel {
    /// How their answers became one.
    pub rules: GroupRules,
    /// How many answered; `None` below the minimum.
    pub people: Option<u32>,
    /// The roles that answered, each with its number of people where that is shown.
    pub roles: Vec<(Role, Option<u32>)>,
    /// Sections whose ratings make a scale, with what holds them together.
    pub scales: Vec<Scale>,
    pub(crate) voices: Vec<Option<Voice>>,
    /// The grades that everybody together leads to.
    pub(crate) grades: Grades,
    /// The same for the people behind each score, by item.
    pub(crate) scores: BTreeMap<usize, Grades>,
}

/// Grades for how many people in how many roles stand behind something, and for how far they agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grades {
    pub(crate) respondents: ConfidenceGrade,
    pub(crate) agreement: ConfidenceGrade,
}

/// What may be shown of the answers to one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Voice {
    /// How many rated it; `None` where a group of them is hidden.
    pub people: Option<u32>,
    /// The roles it is put to that answered anything; empty where answers are not worth a number.
    pub roles: Vec<(Role, Shown)>,
    /// How far apart the two shown roles lie that differ most, in steps of a scale of 0..4; `None`
    /// where fewer than two are shown.
    pub gap: Option<f64>,
    /// How the answers of the roles that are shown are spread; `None` where none is.
    pub spread: Option<Spread>,
    /// Of a number that several people estimated; `None` of any other answer.
    pub estimate: Option<Estimate>,
    /// Whether a workshop should settle it, by the roles that are shown, or by all where none is.
    pub contested: bool,
    /// Whether some say that it does not apply and others answer.
    pub mixed: bool,
    /// What came of it.
    pub hearing: GroupOutcome,
    /// What people of shown roles wrote, in alphabetical order.
    pub comments: Vec<Comment>,
}

/// What came of the answers of many people to one question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GroupOutcome {
    /// One answer.
    #[default]
    Merged,
    /// They differ too much to choose one; the question stays open.
    Split,
    /// So few answered that it would be the answer of a hidden group; it is not counted.
    Closed,
}

/// What may be shown of a role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// How many answered, and the mean of what their answers are worth.
    Mean {
        /// People.
        people: u32,
        /// Worth; as counted in scores, so more is better.
        worth: f64,
    },
    /// Nobody of this role answered.
    Nobody,
    /// Too few people, or others would be found out.
    Hidden,
}

impl Shown {
    /// The mean, where it is shown.
    #[must_use]
    pub fn worth(self) -> Option<f64> {
        match self {
            Self::Mean { worth, .. } => Some(worth),
            Self::Nobody | Self::Hidden => None,
        }
    }
}

/// How answers to one question are spread.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// How many people answered.
    pub people: u32,
    /// How many took each choice, in the order of the choices.
    pub counts: Vec<u32>,
    /// Agreement, `0..=1`; `None` where the question has no order or too few answers.
    pub agreement: Option<f64>,
}

/// How estimates of one number are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The first and the third quartile, where enough people answered.
    pub middle: Option<(f64, f64)>,
}

/// What somebody of a role wrote; data, never markup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comment {
    /// The role.
    pub role: Role,
    /// The text.
    pub text: String,
}

/// A section whose ratings make a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Place of the section.
    pub section: usize,
    /// How many questions it has.
    pub questions: usize,
    /// How many people answered all of them.
    pub people: u32,
    /// Cronbach's alpha.
    pub alpha: f64,
}

/// How deep an answer goes: grades of confidence are made of it, and nothing else of it is kept.
#[derive(Clone, Copy, Default)]
pub(super) struct Depth {
    pub(super) people: u32,
    pub(super) roles: [bool; Role::ALL.len()],
    pub(super) agreement: Option<f64>,
}

impl Panel {
    /// What may be shown of the answers to a question; `None` where no respondent was heard on it.
    #[must_use]
    pub fn voice(&self, question: usize) -> Option<&Voice> {
        self.voices.get(question)?.as_ref()
    }

    /// Whether the number of people of a role is shown.
    #[must_use]
    pub fn shows(&self, role: Role) -> bool {
        self.roles
            .iter()
            .any(|(one, people)| *one == role && people.is_some())
    }

    /// The grades of the people behind a score.
    pub(crate) fn grades_of(&self, score: usize) -> Grades {
        self.scores.get(&score).copied().unwrap_or(Grades::NONE)
    }
}

impl Grades {
    /// Nobody stands behind it.
    pub(super) const NONE: Self = Self {
        respondents: ConfidenceGrade::Low,
        agreement: ConfidenceGrade::Low,
    };

    /// The grades that answers of this depth lead to.
    ///
    /// Cut lines are those of this project's scoring rules: 10 people in 3 roles and an agreement
    /// of 0.70 are high, 5 in 2 and 0.50 medium.
    pub(super) fn of<'a>(depth: impl Iterator<Item = &'a Depth>) -> Self {
        let mut people = 0;
        let mut roles = [false; Role::ALL.len()];
        let mut agreed: Vec<f64> = Vec::new();
        for one in depth {
            people = people.max(one.people);
            for (all, own) in roles.iter_mut().zip(one.roles) {
                *all |= own;
            }
            agreed.extend(one.agreement);
        }
        let roles = roles.iter().filter(|heard| **heard).count();
        let count = f64::from(u32::try_from(agreed.len()).unwrap_or(u32::MAX));
        let mean = agreed.iter().sum::<f64>() / count.max(1.0);
        let grade = |high: bool, medium: bool| match (high, medium) {
            (true, _) => ConfidenceGrade::High,
            (false, true) => ConfidenceGrade::Medium,
            (false, false) => ConfidenceGrade::Low,
        };
        Self {
            respondents: grade(people >= 10 && roles >= 3, people >= 5 && roles >= 2),
            agreement: grade(mean >= 0.70 - 1e-9, mean >= 0.50 - 1e-9),
        }
    }
}
