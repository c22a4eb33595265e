//! The people who answered, as far as they may be shown (statistical disclosure control).
//!
//! Merging ends here: a [`Disclosure`] holds figures of groups of at least the minimum, and nothing
//! that depends on anybody else. Reports, results and explanations are made from it and from the
//! merged answers, so no format can show more.

use super::group::{Group, GroupResult, Respondents};
use super::round::Round;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::{ConfidenceGrade, Range};
use crate::text::number::float;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The group size below which nobody is protected, however it is configured.
pub const LOWEST_MINIMUM: u32 = 3;
/// The minimum group size where none is given.
pub const DEFAULT_MINIMUM: u32 = 5;

/// The people who answered, as far as they may be shown.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// Number of people by group, rules by which their answers became one, and scales.
    pub who: Respondents,
    /// The people behind it, to compare with other states; `None` where only a stored result is known.
    pub(crate) round: Option<Arc<Round>>,
    pub(crate) answers: Vec<Option<GroupResult>>,
    /// The grades that everybody together leads to.
    pub(crate) grades: Grades,
    /// The same for the people behind each score, by item.
    pub(crate) scores: BTreeMap<usize, Grades>,
}

/// Grades for how many people in how many roles answered, and for how far they agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grades {
    pub(crate) respondents: ConfidenceGrade,
    pub(crate) agreement: ConfidenceGrade,
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

/// The people behind an answer: grades of confidence are made of it, and nothing else of it is kept.
#[derive(Clone, Default)]
pub(super) struct Support {
    pub(super) people: u32,
    pub(super) groups: BTreeSet<Group>,
    pub(super) agreement: Option<f64>,
}

impl Disclosure {
    /// Returns the answers to a question; `None` where no respondent answered it.
    #[must_use]
    pub fn answer(&self, question: usize) -> Option<&GroupResult> {
        self.answers.get(question)?.as_ref()
    }

    /// Returns true where nothing of a question is counted or shown, as too few people of any group
    /// answered it.
    #[must_use]
    pub fn is_closed(&self, question: usize) -> bool {
        let group = self.answer(question);
        group.is_some_and(|group| group.outcome == GroupOutcome::Closed)
    }

    /// The grades of the people behind a score.
    pub(crate) fn grades_of(&self, score: usize) -> Grades {
        self.scores.get(&score).copied().unwrap_or(Grades::NONE)
    }
}

impl Grades {
    /// Grades of something that nobody answered.
    pub(super) const NONE: Self = Self {
        respondents: ConfidenceGrade::Low,
        agreement: ConfidenceGrade::Low,
    };

    /// The grades of answers with this support.
    ///
    /// Cut lines are those of this project's scoring rules: 10 people in 3 roles and an agreement
    /// of 0.70 are high, 5 in 2 and 0.50 medium.
    pub(super) fn of<'a>(support: impl Iterator<Item = &'a Support>) -> Self {
        let mut people = 0;
        let mut groups: BTreeSet<Group> = BTreeSet::new();
        let mut agreed: Vec<f64> = Vec::new();
        for one in support {
            people = people.max(one.people);
            groups.extend(&one.groups);
            agreed.extend(one.agreement);
        }
        let count = float(agreed.len());
        let mean = agreed.iter().sum::<f64>() / count.max(1.0);
        let grade = |high: bool, medium: bool| match (high, medium) {
            (true, _) => ConfidenceGrade::High,
            (false, true) => ConfidenceGrade::Medium,
            (false, false) => ConfidenceGrade::Low,
        };
        Self {
            respondents: grade(
                people >= 10 && groups.len() >= 3,
                people >= 5 && groups.len() >= 2,
            ),
            agreement: grade(mean >= 0.70 - 1e-9, mean >= 0.50 - 1e-9),
        }
    }
}

/// Number of people who took each choice, in the order of the scores; `None` where the choices have
/// no order or a person may take several.
pub(crate) fn ordered(question: &Question, counts: &[u32]) -> Option<Vec<u32>> {
    let scores = question.choices.iter().map(|choice| choice.score);
    let scores = scores.collect::<Option<Vec<f64>>>();
    let scores = scores.filter(|_| question.kind.takes_one_step())?;
    let mut pairs: Vec<(f64, u32)> = scores.into_iter().zip(counts.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(pairs.into_iter().map(|(_, count)| count).collect())
}

/// Distance of the two shown roles that differ most, in steps of a scale of 0..4.
pub(crate) fn gap(range: Option<ValueRange>, roles: &[RoleFigure]) -> Option<f64> {
    let ValueRange { least, most } = range.filter(|range| range.most > range.least)?;
    let roles = || roles.iter().filter(|one| one.role.role().is_some());
    let means = || roles().filter_map(|one| one.value);
    let (low, high) = (means().reduce(f64::min)?, means().reduce(f64::max)?);
    (means().count() >= 2).then_some((high - low) / (most - least) * 4.0)
}

/// The worths that answers to a question can have, where it is scored on a scale.
pub(crate) fn value_range(item: &Item, question: &Question) -> Option<ValueRange> {
    let scaled = question.kind.takes_one_step() || question.kind == QuestionType::SelectMultiple;
    let (least, most) = item.domain.worth().filter(|_| scaled)?;
    Some(ValueRange { least, most })
}

/// The worths that answers can have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueRange {
    pub(crate) least: f64,
    pub(crate) most: f64,
}
