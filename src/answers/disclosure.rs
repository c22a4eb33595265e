//! The people who answered, as far as they may be shown (statistical disclosure control).
//!
//! Merging ends here: a [`Disclosure`] holds no figure of a group that is too small, and none from
//! which such a figure would follow. Reports, results and explanations are made from it and from the
//! merged answers, so no format can show more. Four rules decide what is hidden, the first two for
//! counts, the third for values and the last for votes:
//!
//! 1. A group with fewer people than the minimum is hidden.
//! 2. While what is hidden is one group only, or fewer people than the minimum, the next smallest
//!    group is hidden too: the value over all groups is always shown, and a single hidden group
//!    would follow from it by subtraction.
//! 3. Even the sum of two hidden groups can give both away: if it is the most it can be, each of
//!    them is. Where what shows would leave a hidden group less than half of its scale, or less
//!    than two steps, every group of the table is hidden. Half, not all: the value over everybody
//!    narrows each group by itself, and it is always shown.
//! 4. Where a question is settled by votes (facts, and each of several choices), who won is always
//!    shown. Together with the votes of the larger groups, it can reveal how a small group voted.
//!    So where one group is hidden, all of them are, whatever they answered.
//!
//! Of groups of equal size, the later one is hidden first, so that the same answers always hide the
//! same groups.

use super::group::{GroupResult, Respondents};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::{ConfidenceGrade, Range, Role};
use crate::text::number::float;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The group size below which nobody is protected, however it is configured.
pub const LOWEST_MINIMUM: u32 = 3;
/// The minimum group size where none is given.
pub const DEFAULT_MINIMUM: u32 = 5;
/// Share of its scale that a hidden group must still be able to take.
const ROOM: f64 = 0.5;
/// Number of steps of it, likewise: with two, one step up or down is always possible, whatever the sizes
/// of the groups are.
const STEPS: f64 = 2.0;

/// The people who answered, as far as they may be shown.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// Number of people by role, rules by which their answers became one, and scales.
    pub who: Respondents,
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
    /// Not counted: so few answered that it would be the answer of a hidden group.
    Closed,
}

/// Figure of a role on a question or score.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoleFigure {
    /// The role.
    pub role: Role,
    /// Number of people; on a score, of those who answered each of its questions at least. Null
    /// where hidden.
    pub people: Option<u32>,
    /// The mean of a question, or the score's value; null where hidden or where nobody answered.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// On a score: how many questions of it the role answers.
    pub questions: usize,
    /// True if its figures are not shown, to protect a small group.
    pub hidden: bool,
}

impl RoleFigure {
    /// The figure on a question, without its index: the number of people and the mean worth of their
    /// answers, where these may be shown.
    pub(crate) fn on_question(role: Role, mean: Option<(u32, f64)>, hidden: bool) -> Self {
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
    /// Number of people of the shown roles who answered.
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
    /// minimum group, and where a group is hidden.
    pub middle: Option<Range>,
}

/// Comment of somebody of a role; data, never markup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comment {
    /// The role.
    pub role: Role,
    /// The text.
    pub text: String,
}

/// The people behind an answer: grades of confidence are made of it, and nothing else of it is kept.
#[derive(Clone, Copy, Default)]
pub(super) struct Support {
    pub(super) people: u32,
    pub(super) roles: [bool; Role::ALL.len()],
    pub(super) agreement: Option<f64>,
}

impl Disclosure {
    /// Returns the answers to a question; `None` where no respondent answered it.
    #[must_use]
    pub fn answer(&self, question: usize) -> Option<&GroupResult> {
        self.answers.get(question)?.as_ref()
    }

    /// Returns true if the number of people of a role is shown.
    #[must_use]
    pub fn shows(&self, role: Role) -> bool {
        let mut roles = self.who.roles.iter();
        roles.any(|one| one.role == role && one.people.is_some())
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
        let mut roles = [false; Role::ALL.len()];
        let mut agreed: Vec<f64> = Vec::new();
        for one in support {
            people = people.max(one.people);
            for (all, own) in roles.iter_mut().zip(one.roles) {
                *all |= own;
            }
            agreed.extend(one.agreement);
        }
        let roles = roles.iter().filter(|heard| **heard).count();
        let count = float(agreed.len());
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
    let ValueRange { least, most, .. } = range.filter(|range| range.most > range.least)?;
    let means = || roles.iter().filter_map(|one| one.value);
    let (low, high) = (means().reduce(f64::min)?, means().reduce(f64::max)?);
    (means().count() >= 2).then_some((high - low) / (most - least) * 4.0)
}

/// The worths that answers to a question can have, where it is scored on a scale.
pub(crate) fn value_range(item: &Item, question: &Question) -> Option<ValueRange> {
    let scaled = question.kind.takes_one_step() || question.kind == QuestionType::SelectMultiple;
    let (least, most) = item.domain.worth().filter(|_| scaled)?;
    let steps = question.choices.len().saturating_sub(1).max(1);
    Some(ValueRange {
        least,
        most,
        step: (most - least) / float(steps),
    })
}

/// Hides further groups until those hidden protect one another; groups without people are no
/// groups.
///
/// ```
/// use centricity::answers::disclosure::hidden;
/// assert_eq!(hidden(&[7, 5, 2], vec![false, false, true], 3), [false, true, true]);
/// ```
#[must_use]
pub fn hidden(sizes: &[u32], mut hidden: Vec<bool>, minimum: u32) -> Vec<bool> {
    while hidden.contains(&true) && !is_cover(sizes, &hidden, minimum) {
        let shown = sizes.iter().enumerate().zip(&hidden);
        let shown = shown.filter(|((_, size), hidden)| **size > 0 && !**hidden);
        let next = shown.map(|((place, size), _)| (*size, usize::MAX - place));
        let Some((_, place)) = next.min() else { break };
        if let Some(slot) = hidden.get_mut(usize::MAX - place) {
            *slot = true;
        }
    }
    hidden
}

/// Returns true if the hidden groups are two or more, and the minimum of people together.
pub(crate) fn is_cover(sizes: &[u32], hidden: &[bool], minimum: u32) -> bool {
    let pairs = sizes.iter().zip(hidden);
    let groups = pairs.filter(|(size, hidden)| **size > 0 && **hidden);
    groups.clone().count() >= 2 && groups.map(|(size, _)| size).sum::<u32>() >= minimum
}

/// A group's share in the value over all groups.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupShare {
    pub(crate) weight: f64,
    pub(crate) worth: f64,
    pub(crate) hidden: bool,
}

/// The worths that answers can have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueRange {
    pub(crate) least: f64,
    pub(crate) most: f64,
    /// The distance between two answers, on average.
    pub(crate) step: f64,
}

/// Returns true if the value over all groups and those shown leave a hidden group too little of its
/// scale.
pub(crate) fn gives_away(parts: &[GroupShare], scale: ValueRange) -> bool {
    let ValueRange { least, most, step } = scale;
    let needed = ((most - least) * ROOM).max(step * STEPS);
    let hidden = || parts.iter().filter(|part| part.hidden);
    let weight: f64 = hidden().map(|part| part.weight).sum();
    let sum: f64 = hidden().map(|part| part.weight * part.worth).sum();
    let room = |part: &GroupShare| {
        let others = weight - part.weight;
        let high = ((sum - others * least) / part.weight).min(most);
        let low = ((sum - others * most) / part.weight).max(least);
        high - low
    };
    hidden().any(|part| room(part) < needed - 1e-9)
}
