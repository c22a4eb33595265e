//! The people who answered, as far as they may be shown (statistical disclosure control).
//!
//! Merging ends here: a [`Disclosure`] holds figures of groups of at least the minimum, and nothing
//! that depends on anybody else. Reports, results and explanations are made from it and from the
//! merged answers, so no format can show more.

use super::group::{GroupOutcome, GroupResult, RoleFigure};
use super::respondents::{Group, Respondents};
use super::round::Round;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::ConfidenceGrade;
use crate::text::number::float;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The group size below which nobody is protected, however it is configured.
pub(crate) const LOWEST_MINIMUM: u32 = 3;
/// The minimum group size where none is given.
pub(crate) const DEFAULT_MINIMUM: u32 = 5;

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
