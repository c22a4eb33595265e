//! The door from answers as written to answers as valid; every problem is gathered.

mod desk;
mod rating;
mod refuse;
mod target;

use super::file::{AnswerFile, AssessmentFile, ValueFile};
use super::merge::Beside;
use super::rules::GroupRules;
use super::tally::Tally;
use super::value;
use super::{Answer, Answers};
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Entries, Located};
pub(super) use desk::{Asked, Desk, Laid};
pub(super) use rating::weigh;
pub(super) use refuse::{constrain, unknown_pack};
use std::sync::Arc;

impl Answers {
    /// Checks a file of answers against the rulebook.
    ///
    /// Every problem goes to `problems`; answers to questions that other answers make irrelevant,
    /// and required questions without an answer, are warnings. `None` where there is an error.
    #[must_use]
    pub fn check(
        rulebook: &Rulebook,
        file: &AssessmentFile,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        Self::merge(rulebook, file, &Beside::default(), problems)
    }

    /// Checks answers by the ids of their questions in full, as a case gives them, and lays over
    /// them what its people say.
    pub(crate) fn check_case(
        rulebook: &Rulebook,
        basis: Basis,
        answers: &Entries<Located<AnswerFile>>,
        people: &Tally,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut desk = Desk::new(rulebook, basis, problems);
        desk.shared = people.people() > 0;
        for (id, answer) in answers {
            let local = id.value.split_once('.').map_or("", |(_, local)| local);
            let name = Located::new(local.to_owned(), id.place);
            desk.answer(&id.value, &name, answer);
        }
        let panel = desk
            .shared
            .then(|| Arc::new(desk.merge(people, GroupRules::default())));
        let Laid { given, remarks, .. } = desk.laid()?;
        Some(
            Self {
                basis,
                customers: None,
                given,
                remarks,
                panel,
                ..Self::blank(rulebook)
            }
            .settled(),
        )
    }

    /// Warns of answers nobody needed, and of required ones nobody gave.
    pub(super) fn warn(
        &self,
        rulebook: &Rulebook,
        places: &[Option<Place>],
        packs: Place,
        problems: &mut Diagnostics,
    ) {
        let readings = self.readings(rulebook.program());
        for (((item, reading), given), place) in rulebook
            .items
            .iter()
            .zip(&readings)
            .zip(&self.given)
            .zip(places)
        {
            let Some(question) = item.kind.question() else {
                break;
            };
            // A respondent cannot know what the answers of all make irrelevant.
            let told = |one: &Diagnostic| place.is_some() || one.code != Code::NotRelevant;
            if let Some(warning) = warning(item, question, reading, given).filter(told) {
                problems.push(warning.at(place.unwrap_or(packs)));
            }
        }
    }
}

fn warning(
    item: &Item,
    question: &Question,
    reading: &Reading,
    given: &Answer,
) -> Option<Diagnostic> {
    if reading.state == State::Irrelevant && given.state != State::Missing {
        let message = format!("`{}` is not relevant, given the other answers", item.id);
        let warning = Diagnostic::warning(Code::NotRelevant, message);
        return Some(warning.help("the answer is kept and not scored"));
    }
    let open = reading.state == State::Missing && !reading.optional;
    (question.required && open).then(|| {
        let message = format!("`{}` is required and has no answer", item.id);
        Diagnostic::warning(Code::MissingAnswer, message).help("answer it, or write `unknown`")
    })
}

/// Whether a value can be the answer to a question; the problem has no place.
pub(crate) fn holds(item: &Item, question: &Question, value: &ValueFile) -> Result<(), Diagnostic> {
    let fitted = value::fit(item, question, value, Place::NOWHERE)?;
    constrain(item, question, &fitted.given, Place::NOWHERE)
}
