//! Answers of a client, checked against a rulebook.
//!
//! Comes in: files of answers, of one person or of many, with customer tables and value curves.
//! Goes out: one valid answer for each question, and what may be shown of people. Imports `text` and
//! `rules`.
//!
//! The stages, in the order they run:
//!
//! 1. [`mod@file`] has what is written: an [`AssessmentFile`](file::AssessmentFile), and for several
//!    people a [`ResponseFile`](file::ResponseFile) each.
//! 2. `moved` puts answers under earlier ids under those of today, and `check` holds every entry to its question and gathers the problems.
//! 3. What is valid is an [`Answer`] with its [`AnswerNotes`]; the answers of one person are a
//!    [`Response`].
//! 4. A [`Tally`] counts the responses; nothing but its roster, which says who is in which group,
//!    reads the answers of single roles.
//! 5. `merge` makes one answer per question of the groups that count: [`Answers::check`] and
//!    [`Answers::merge`] are the only ways to [`Answers`].
//! 6. `disclosure` keeps what is shown of the people who answered, and `round` decides which
//!    states of their answers may be shown together.

mod answer;
mod check;
mod customers;
pub(crate) mod disclosure;
pub(crate) mod edit;
pub mod file;
mod group;
mod merge;
mod merged;
mod moved;
mod respondents;
mod response;
mod round;
mod short_form;
pub(crate) mod statistics;
mod tally;
mod voice;
mod write;
pub(crate) mod yaml;
pub use edit::*;

pub use answer::{Answer, AnswerNotes, Baseline, Phase, progress};
pub(crate) use answer::{kept, relevance};
pub(crate) use check::{check_value, unknown_format};
pub use customers::{check_curves, read_customers};
pub use disclosure::Disclosure;
pub use file::Status;
pub use group::{
    AgreedResult, Beyond, BeyondReason, ChoiceCount, Comment, Estimate, GroupOutcome, GroupResult,
    RoleFigure, Spread,
};
pub use merge::CompanionFiles;
pub(crate) use moved::follow;
pub use respondents::{Group, MergeResult, Others, Respondents, RoleCount, ScaleResult};
pub(crate) use response::is_asked;
pub use response::{RespondentNames, Response};
pub use round::{Held, Round, Rounds};
pub(crate) use short_form::is_in_form;
pub(crate) use statistics::Finite;
pub use statistics::{Numbers, ScaleSums, contested, quantile, rwg, variance};
pub use tally::Tally;
pub(crate) use tally::nearest;
pub(crate) use write::one_line;
pub use write::{blank, blank_consensus};

use crate::rules::metric::{Curve, Customer};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::{Basis, FormLength, Grade, Role};
use crate::text::diagnostic::{Diagnostic, Severity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Figures of a customer table, as a result keeps them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TableFigures {
    /// The figures of the metric.
    pub(crate) values: Vec<Option<f64>>,
    /// Number of customers of whom it is known how to treat them.
    pub(crate) treated: usize,
}

/// A client's answers, one per question of the rulebook they were checked against.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "one entry per question, named for its type as `notes` is"
)]
pub struct Answers {
    /// The client.
    pub client: Client,
    /// The day the answers speak of.
    pub assessed_on: Option<Date>,
    /// Draft or final.
    pub status: Status,
    /// The role of the person who gave them, where one did.
    pub assessor: Option<Role>,
    /// Length of the questionnaire; in the short form, questions that are not core have no answer.
    pub form: FormLength,
    /// Basis of the ratings: evidence or perception.
    pub basis: Basis,
    /// The customer table, where there is one.
    pub customers: Option<Arc<[Customer]>>,
    /// The figures of a metric that reads the customer table, by its first item, where they are
    /// taken from a result because the table is not at hand.
    pub(crate) figures: Arc<BTreeMap<usize, TableFigures>>,
    /// The value curves; empty where there are none.
    pub curves: Arc<[Curve]>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) notes: Vec<AnswerNotes>,
    pub(crate) disclosure: Option<Arc<Disclosure>>,
}

/// The organisation that is assessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Client {
    /// The organisation.
    pub name: String,
    /// The part of it, where only a part was looked at.
    pub unit: Option<String>,
}

impl From<&file::ClientFile> for Client {
    fn from(file: &file::ClientFile) -> Self {
        Self {
            name: file.name.value.clone(),
            unit: file.unit.as_ref().map(|unit| unit.value.clone()),
        }
    }
}

impl Answers {
    /// One entry per question, in the rulebook's order.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Notes to each answer, in the rulebook's order.
    #[must_use]
    pub fn notes(&self) -> &[AnswerNotes] {
        &self.notes
    }

    /// The people who answered, as far as they may be shown; `None` where one assessor did.
    #[must_use]
    pub fn disclosure(&self) -> Option<&Disclosure> {
        self.disclosure.as_deref()
    }

    /// The state of the answers of many, to be shown with others; `None` where one assessor
    /// answered, and of a stored result.
    #[must_use]
    pub fn round(&self) -> Option<&Arc<Round>> {
        self.disclosure()?.round.as_ref()
    }

    /// No answer to any question.
    #[must_use]
    pub fn blank(rulebook: &Rulebook) -> Self {
        let count = rulebook.question_count();
        Self::of(
            vec![Answer::MISSING; count],
            vec![AnswerNotes::default(); count],
        )
    }

    /// These answers with their notes, one of each per question; the rest as in a new assessment.
    fn of(answers: Vec<Answer>, notes: Vec<AnswerNotes>) -> Self {
        Self {
            client: Client::default(),
            assessed_on: None,
            status: Status::Draft,
            assessor: None,
            form: FormLength::Full,
            basis: Basis::Evidenced,
            customers: None,
            figures: Arc::default(),
            curves: Arc::default(),
            answers,
            notes,
            disclosure: None,
        }
    }

    /// The answer worth most to every question that has a worth, on evidence.
    #[must_use]
    pub fn best(rulebook: &Rulebook) -> Self {
        let all = rulebook.questions().zip(&rulebook.program.questions);
        let best = all.map(|(asked, shape)| {
            let choices = &asked.question.choices;
            let most = |score: f64| score >= shape.most;
            let best = choices.iter().position(|one| one.score.is_some_and(most));
            let place = best.or_else(|| choices.len().checked_sub(1));
            Answer::rated(shape.most, place.map_or(0, |place| 1 << place))
        });
        let blank = Self {
            answers: best.collect(),
            ..Self::blank(rulebook)
        };
        blank.graded(|_| Grade::Confirmed)
    }

    /// The same answers with no more than an evaluation reads: of the notes, the grades alone.
    pub(crate) fn without_notes(&self) -> Self {
        self.graded(|notes| notes.grade)
    }

    fn graded(&self, grade: impl Fn(&AnswerNotes) -> Grade) -> Self {
        let notes = self.notes.iter().map(|notes| AnswerNotes {
            grade: grade(notes),
            ..AnswerNotes::default()
        });
        Self {
            client: Client::default(),
            notes: notes.collect(),
            ..self.clone()
        }
    }

    /// Replaces an answer and the grade of its evidence, and returns the old ones.
    pub(crate) fn replace(
        &mut self,
        question: usize,
        answer: Answer,
        grade: Grade,
    ) -> Option<(Answer, Grade)> {
        let slot = self.answers.get_mut(question)?;
        let notes = self.notes.get_mut(question)?;
        let old = std::mem::replace(slot, answer);
        Some((old, std::mem::replace(&mut notes.grade, grade)))
    }

    /// The same answers with one of them replaced: what would be, were it so.
    #[must_use]
    pub fn with(&self, question: usize, answer: Answer) -> Self {
        self.with_all([(question, answer)])
    }

    /// The same answers with some of them replaced.
    #[must_use]
    pub fn with_all(&self, replaced: impl IntoIterator<Item = (usize, Answer)>) -> Self {
        let mut answers = self.clone();
        for (question, answer) in replaced {
            let notes = answers.notes.get_mut(question);
            if let (Some(slot), Some(notes)) = (answers.answers.get_mut(question), notes) {
                // The text written for another answer is not that of this one.
                let other = answer::differs(slot.claimed, answer.claimed);
                if slot.state != answer.state || other {
                    notes.text = None;
                }
                *slot = answer;
            }
        }
        answers
    }

    /// The same answers with a customer table.
    #[must_use]
    pub fn with_customers(self, customers: Vec<Customer>) -> Self {
        Self {
            customers: Some(customers.into()),
            ..self
        }
    }

    /// The answers with the means of one group in place of the merged answers; facts, which nobody
    /// rates, stay. With another group given, only questions on which both are shown are answered.
    /// `None` where one assessor answered.
    ///
    /// The figures of a group rest on what people said, never on evidence.
    pub(crate) fn as_seen_by(&self, role: Group, with: Option<Group>) -> Option<Self> {
        let people = self.disclosure()?;
        let mut answers = self.clone();
        for (node, answer) in answers.answers.iter_mut().enumerate() {
            let Some(group) = people.answer(node).filter(|one| !one.roles.is_empty()) else {
                continue;
            };
            let mean = |wanted: Group| {
                let mut roles = group.roles.iter();
                roles.find(|one| one.role == wanted)?.value
            };
            let both = with.is_none_or(|other| mean(other).is_some());
            *answer = match mean(role).filter(|_| both) {
                Some(worth) => Answer::rated(worth, answer.chosen),
                None => Answer::MISSING,
            };
        }
        Some(answers)
    }
}

/// The same problem as a warning.
pub(crate) fn warning(problem: Diagnostic) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..problem
    }
}
