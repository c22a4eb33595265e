//! Answers: what a client said, checked against a rulebook.
//!
//! [`AssessmentFile`](file::AssessmentFile) is what is written; [`Answers`] is what is valid, and
//! [`Answers::check`] the only door between them. Where many people answer, each
//! [`ResponseFile`](file::ResponseFile) is checked into a [`Response`], all of them are counted into
//! a [`Tally`], and [`Answers::merge`] makes one answer per question of them, with a [`panel`] of
//! what may be shown beside it.

pub mod agreement;
mod blank;
mod check;
pub mod curves;
pub mod customers;
pub mod edit;
pub mod file;
pub(crate) mod merge;
pub mod panel;
pub(crate) mod relevance;
mod response;
mod role;
mod rules;
mod tally;
mod target;
mod value;
pub(crate) mod with_tables;
mod write;

pub use blank::{blank, blank_consensus};
pub(crate) use check::holds;
pub use file::Status;
pub use merge::Beside;
pub use panel::{Panel, hide};
pub use response::{Response, Roll};
pub use rules::GroupRules;
pub use tally::{Cell, Numbers, Tally};
pub(crate) use tally::{FEWEST_RATINGS, asked};
pub use target::{Baseline, Phase, progress};

use crate::rules::metric::curve::Curve;
use crate::rules::metric::customers::Customer;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::Role;
use crate::rules::vocabulary::State;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A client's answers, one per question of the rulebook they were checked against.
#[derive(Debug, Clone)]
pub struct Answers {
    /// Whose answers they are.
    pub client: Client,
    /// The day the answers speak of.
    pub assessed_on: Option<Date>,
    /// Draft or final.
    pub standing: Status,
    /// The role of the person who gave them, where one did.
    pub assessor: Option<Role>,
    pub(crate) basis: Basis,
    pub(crate) customers: Option<Arc<[Customer]>>,
    pub(crate) figures: Arc<BTreeMap<usize, with_tables::TableFigures>>,
    pub(crate) curves: Arc<[Curve]>,
    pub(crate) given: Vec<Answer>,
    pub(crate) remarks: Vec<AnswerNotes>,
    pub(crate) panel: Option<Arc<Panel>>,
    pub(crate) capped: bool,
    pub(crate) aimed: bool,
}

/// Whose answers they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// The organisation.
    pub name: String,
    /// The part of it, where only a part was looked at.
    pub unit: Option<String>,
}

/// One answer as an evaluation reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Where the question stands.
    pub state: State,
    /// Worth as claimed.
    pub claimed: f64,
    /// Worth as counted: the claim, held down by its evidence where the basis asks for evidence.
    pub counted: f64,
    /// Worth once the target is reached; as counted where there is none.
    pub target: f64,
    /// The set of choices.
    pub chosen: u64,
    /// The set of choices once the target is reached; as chosen where there is none.
    pub aimed: u64,
}

/// What was said beside an answer. All of it is data from whoever typed it, never markup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswerNotes {
    /// The answer as written, for text and numbers.
    pub text: Option<String>,
    /// How many were counted, where the answer is a share of them.
    pub of: Option<u32>,
    /// A note.
    pub note: Option<String>,
    /// Why the question does not apply.
    pub reason: Option<String>,
    /// How well the answer is proven.
    pub grade: Grade,
    /// The evidence.
    pub evidence: Option<String>,
    /// Where the evidence is.
    pub link: Option<String>,
    /// The rating aimed at, of a choice its score: that of the last phase.
    pub target: Option<f64>,
    /// Who is to reach it.
    pub owner: Option<String>,
    /// By when: that of the last phase.
    pub due: Option<Date>,
    /// Every target on the way, in order; one where only one is set.
    pub phases: Vec<Phase>,
    /// What it counted for at the start.
    pub baseline: Option<Baseline>,
    /// Why people agreed on it, where they did.
    pub agreed: Option<Box<Agreed>>,
}

/// What people agreed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// Why this value.
    pub reason: String,
    /// When.
    pub on: Option<Date>,
    /// What the answer was worth before; `None` where it had no worth.
    pub raw: Option<f64>,
}

impl Agreed {
    /// What people said before, where what was agreed is worth something else.
    #[must_use]
    pub fn over(&self, worth: f64) -> Option<f64> {
        let differs = |raw: &f64| (raw - worth).abs() > crate::text::number::TOLERANCE;
        self.raw.filter(differs)
    }
}

impl Answers {
    /// What ratings count as: evidence or perception.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// One entry per question, in the rulebook's order.
    #[must_use]
    pub fn given(&self) -> &[Answer] {
        &self.given
    }

    /// One entry per question, in the rulebook's order.
    #[must_use]
    pub fn remarks(&self) -> &[AnswerNotes] {
        &self.remarks
    }

    /// What may be shown of the people who answered; `None` where one assessor did.
    #[must_use]
    pub fn panel(&self) -> Option<&Panel> {
        self.panel.as_deref()
    }

    /// Whether evidence holds any rating below its claim.
    #[must_use]
    pub fn any_capped(&self) -> bool {
        self.capped
    }

    /// Whether any target is above what counts.
    #[must_use]
    pub fn any_target(&self) -> bool {
        self.aimed
    }

    /// No answer to any question.
    #[must_use]
    pub fn blank(rulebook: &Rulebook) -> Self {
        let count = rulebook.question_count();
        let (given, remarks) = (
            vec![Answer::MISSING; count],
            vec![AnswerNotes::default(); count],
        );
        Self {
            client: Client::default(),
            assessed_on: None,
            standing: Status::Draft,
            assessor: None,
            basis: Basis::Evidenced,
            customers: None,
            figures: Arc::default(),
            curves: Arc::default(),
            given,
            remarks,
            panel: None,
            capped: false,
            aimed: false,
        }
    }

    /// The answer worth most to every question that has a worth, on evidence.
    #[must_use]
    pub fn best(rulebook: &Rulebook) -> Self {
        let given = rulebook
            .items
            .iter()
            .zip(&rulebook.program().questions)
            .map(|(item, shape)| {
                let choices = item
                    .kind
                    .question()
                    .map_or(&[][..], |question| question.choices.as_slice());
                let best = choices
                    .iter()
                    .position(|one| one.score.is_some_and(|score| score >= shape.most));
                let place = best.or_else(|| choices.len().checked_sub(1));
                Answer::rated(shape.most, place.map_or(0, |place| 1 << place))
            });
        let confirmed = AnswerNotes {
            grade: Grade::Confirmed,
            ..AnswerNotes::default()
        };
        Self {
            given: given.collect(),
            remarks: vec![confirmed; rulebook.question_count()],
            ..Self::blank(rulebook)
        }
    }

    /// The answers with what all of them together say: evaluation asks for it every time.
    pub(crate) fn settled(self) -> Self {
        let any = |pick: fn(&Answer) -> f64| {
            let rated = self
                .given
                .iter()
                .filter(|given| given.state == State::Rated);
            rated
                .into_iter()
                .any(|given| differs(pick(given), given.counted))
        };
        let (capped, aimed) = (any(|given| given.claimed), any(|given| given.target));
        Self {
            capped,
            aimed,
            ..self
        }
    }

    /// The same answers without what was said beside them, evidence grades apart: all that an
    /// evaluation reads.
    pub(crate) fn to_try(&self) -> Self {
        let bare = |remark: &AnswerNotes| AnswerNotes {
            grade: remark.grade,
            ..AnswerNotes::default()
        };
        Self {
            client: Client::default(),
            assessed_on: self.assessed_on,
            standing: self.standing,
            assessor: self.assessor,
            basis: self.basis,
            customers: self.customers.clone(),
            figures: Arc::clone(&self.figures),
            curves: Arc::clone(&self.curves),
            given: self.given.clone(),
            remarks: self.remarks.iter().map(bare).collect(),
            panel: self.panel.clone(),
            capped: self.capped,
            aimed: self.aimed,
        }
    }

    /// Replaces an answer and the grade of its evidence, and hands back what they were.
    pub(crate) fn tried(
        &mut self,
        question: usize,
        given: Answer,
        grade: Grade,
    ) -> Option<(Answer, Grade)> {
        let slot = self.given.get_mut(question)?;
        let remark = self.remarks.get_mut(question)?;
        let old = std::mem::replace(slot, given);
        Some((old, std::mem::replace(&mut remark.grade, grade)))
    }

    /// The same answers with one of them replaced: what would be, were it so.
    #[must_use]
    pub fn with(&self, question: usize, given: Answer) -> Self {
        self.with_all([(question, given)])
    }

    /// The same answers with some of them replaced.
    #[must_use]
    pub fn with_all(&self, replaced: impl IntoIterator<Item = (usize, Answer)>) -> Self {
        let mut answers = self.clone();
        for (question, given) in replaced {
            let remark = answers.remarks.get_mut(question);
            if let (Some(slot), Some(remark)) = (answers.given.get_mut(question), remark) {
                // What was written for another answer is not what this one is.
                let same = slot.state == given.state && !differs(slot.claimed, given.claimed);
                remark.text = remark.text.take().filter(|_| same);
                *slot = given;
            }
        }
        answers.settled()
    }
}

fn differs(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_ne()
}

impl Answer {
    /// No answer yet.
    pub const MISSING: Self = Self {
        state: State::Missing,
        claimed: f64::NAN,
        counted: f64::NAN,
        target: f64::NAN,
        chosen: 0,
        aimed: 0,
    };

    /// An answer of this worth, with this set of choices.
    #[must_use]
    pub fn rated(worth: f64, chosen: u64) -> Self {
        Self {
            state: State::Rated,
            claimed: worth,
            counted: worth,
            target: worth,
            chosen,
            aimed: chosen,
        }
    }
}
