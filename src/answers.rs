//! Answers of a client, checked against a rulebook.
//!
//! Comes in: files of answers, of one person or of many, with customer tables and value curves.
//! Goes out: one valid answer for each question, and what may be shown of people. Imports `text` and
//! `rules`.
//!
//! The stages, each of which imports only those before it:
//!
//! 1. [`mod@file`] has what is written: an [`AssessmentFile`](file::AssessmentFile), and for several
//!    people a [`ResponseFile`](file::ResponseFile) each.
//! 2. `check` holds every entry to its question and gathers the problems.
//! 3. What is valid is an [`Answer`] with its [`AnswerNotes`]; the answers of one person are a
//!    [`Response`].
//! 4. A [`Tally`] counts the responses.
//! 5. `merge` makes one answer per question of all of them: [`Answers::check`] and
//!    [`Answers::merge`] are the only ways to [`Answers`].
//! 6. [`panel`] keeps what may be shown of the people who answered.

pub mod agreement;
mod answer;
mod blank;
mod check;
pub mod curves;
pub mod customers;
pub mod edit;
pub mod file;
mod merge;
pub mod panel;
pub(crate) mod relevance;
mod response;
mod rules;
mod tally;
mod target;
mod value;
pub(crate) mod write;

pub use answer::{Agreed, Answer, AnswerNotes};
pub use blank::{blank, blank_consensus};
pub use file::Status;
pub use merge::CompanionFiles;
pub use panel::{Panel, hide};
pub(crate) use response::is_asked;
pub use response::{RespondentNames, Response};
pub use rules::GroupRules;
pub(crate) use tally::FEWEST_RATINGS;
pub use tally::{Cell, Numbers, Tally};
pub use target::{Baseline, Phase, progress};
pub(crate) use value::check_value;

use crate::rules::metric::{Curve, Customer};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::Role;
use crate::rules::vocabulary::State;
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
    pub(crate) basis: Basis,
    pub(crate) customers: Option<Arc<[Customer]>>,
    pub(crate) figures: Arc<BTreeMap<usize, TableFigures>>,
    pub(crate) curves: Arc<[Curve]>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) notes: Vec<AnswerNotes>,
    pub(crate) panel: Option<Arc<Panel>>,
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

impl Answers {
    /// Basis of the ratings: evidence or perception.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

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
    pub fn panel(&self) -> Option<&Panel> {
        self.panel.as_deref()
    }

    /// Returns true if evidence limits any rating to less than its claim.
    #[must_use]
    pub fn any_capped(&self) -> bool {
        self.any_differs(|answer| answer.claimed)
    }

    /// Returns true if any target is above what counts.
    #[must_use]
    pub fn any_target(&self) -> bool {
        self.any_differs(|answer| answer.target)
    }

    fn any_differs(&self, worth: impl Fn(&Answer) -> f64) -> bool {
        let mut rated = self.answers.iter().filter(|one| one.state == State::Rated);
        rated.any(|one| differs(worth(one), one.counted))
    }

    /// No answer to any question.
    #[must_use]
    pub fn blank(rulebook: &Rulebook) -> Self {
        let count = rulebook.question_count();
        Self {
            client: Client::default(),
            assessed_on: None,
            status: Status::Draft,
            assessor: None,
            basis: Basis::Evidenced,
            customers: None,
            figures: Arc::default(),
            curves: Arc::default(),
            answers: vec![Answer::MISSING; count],
            notes: vec![AnswerNotes::default(); count],
            panel: None,
        }
    }

    /// The answer worth most to every question that has a worth, on evidence.
    #[must_use]
    pub fn best(rulebook: &Rulebook) -> Self {
        let items = rulebook.items.iter().zip(&rulebook.program.questions);
        let best = items.map(|(item, shape)| {
            let question = item.kind.question();
            let choices = question.map_or(&[][..], |question| question.choices.as_slice());
            let most = |score: f64| score >= shape.most;
            let best = choices.iter().position(|one| one.score.is_some_and(most));
            let place = best.or_else(|| choices.len().checked_sub(1));
            Answer::rated(shape.most, place.map_or(0, |place| 1 << place))
        });
        let confirmed = AnswerNotes {
            grade: Grade::Confirmed,
            ..AnswerNotes::default()
        };
        Self {
            answers: best.collect(),
            notes: vec![confirmed; rulebook.question_count()],
            ..Self::blank(rulebook)
        }
    }

    /// The same answers with no more than an evaluation reads: of the notes, the grades alone.
    pub(crate) fn without_notes(&self) -> Self {
        let grade = |notes: &AnswerNotes| AnswerNotes {
            grade: notes.grade,
            ..AnswerNotes::default()
        };
        Self {
            client: Client::default(),
            notes: self.notes.iter().map(grade).collect(),
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
                let same = slot.state == answer.state && !differs(slot.claimed, answer.claimed);
                notes.text = notes.text.take().filter(|_| same);
                *slot = answer;
            }
        }
        answers
    }

    /// The customer table, where there is one.
    #[must_use]
    pub fn customers(&self) -> Option<&[Customer]> {
        self.customers.as_deref()
    }

    /// The same answers with a customer table.
    #[must_use]
    pub fn with_customers(self, customers: Vec<Customer>) -> Self {
        Self {
            customers: Some(customers.into()),
            ..self
        }
    }

    /// The figures of a metric that reads the customer table, by its first item, where they are
    /// taken from a result because the table is not at hand.
    pub(crate) fn figures(&self, metric: usize) -> Option<&TableFigures> {
        self.figures.get(&metric)
    }

    /// The value curves; empty where there are none.
    #[must_use]
    pub fn curves(&self) -> &[Curve] {
        &self.curves
    }

    /// The same answers with value curves.
    #[must_use]
    pub fn with_curves(self, curves: Vec<Curve>) -> Self {
        Self {
            curves: curves.into(),
            ..self
        }
    }

    /// The answers with the means of one role, as far as they may be shown, in place of the merged
    /// answers; facts, which nobody rates, stay. With another role given, only questions on which
    /// both are shown are answered. `None` where nothing is shown of the role at all.
    ///
    /// The figures of a role rest on what people said, never on evidence.
    pub(crate) fn as_seen_by(&self, role: Role, with: Option<Role>) -> Option<Self> {
        let panel = self.panel().filter(|panel| panel.shows(role))?;
        let mut answers = self.clone();
        for (node, answer) in answers.answers.iter_mut().enumerate() {
            let Some(group) = panel.answer(node).filter(|one| !one.roles.is_empty()) else {
                continue;
            };
            let mean = |wanted: Role| {
                let mut roles = group.roles.iter();
                roles.find(|(one, _)| *one == wanted)?.1.worth()
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

fn differs(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_ne()
}
