//! One answer of many, question by question.
//!
//! - Ratings and scored choices become means: the mean of each group, then the mean over groups by
//!   weight, or one mean over everybody in them.
//! - Numbers are estimates, and one wild guess moves a mean: they become their median, in which
//!   each group weighs as it does in a mean, rounded to what people would say.
//! - Of several choices, those are taken that more than half took, and that set is counted.
//! - Choices without a score, and yes or no, are facts: two thirds must agree, else the question
//!   stays open and goes to the workshop.
//! - Texts are not merged; they are comments.
//! - Evidence belongs to the question, not to the person: a grade counts once the assessor has
//!   recorded it in `assessment.yaml`. Evidence that respondents name stays in their files.

use super::answer::with_evidence;
use super::check::Entry;
use super::tally::{Ballot, nearest, over_groups, quantile, shares};
use super::{Answer, MergeResult};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::rules::vocabulary::{Basis, State};

/// A fact counts where this share agrees.
const QUALIFIED: f64 = 2.0 / 3.0;
/// One of several choices is taken where more than this share took it; so one that excludes all
/// others is never taken together with another.
const HALF: f64 = 0.5;

/// The answer of everybody together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Merged {
    /// State of the question; missing where it is closed, too.
    pub(super) state: State,
    /// As counted in scores; NaN where the answer has no worth.
    worth: f64,
    chosen: u64,
    /// True if there are answers, and they differ too much to choose one.
    pub(super) split: bool,
}

impl Merged {
    pub(super) fn of(question: &Question, ballot: &Ballot) -> Self {
        let groups = ballot.rated.as_slice();
        let merged = Self {
            state: ballot.state.unwrap_or(State::Missing),
            worth: f64::NAN,
            chosen: 0,
            split: false,
        };
        if merged.state != State::Rated {
            return merged;
        }
        let mean = || over_groups(groups, |cell| cell.sum);
        let scored = question.choices.iter().all(|one| one.score.is_some());
        let (worth, chosen) = match question.kind {
            QuestionType::Rating => (mean(), 0),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                let median = quantile(question.kind, groups, 0.5);
                (median.unwrap_or_else(mean), 0)
            }
            QuestionType::SelectOne if scored => (mean(), nearest(question, mean())),
            QuestionType::SelectOne | QuestionType::Boolean => {
                let shares = shares(question, groups);
                let found = shares.iter().position(|share| *share >= QUALIFIED - 1e-9);
                let Some(place) = found else {
                    return Self {
                        state: State::Unknown,
                        split: true,
                        ..merged
                    };
                };
                let score = question.choices.get(place).and_then(|choice| choice.score);
                (score.unwrap_or(f64::NAN), 1 << place)
            }
            QuestionType::SelectMultiple => {
                let shares = shares(question, groups);
                let taken = shares.iter().enumerate();
                let taken = taken.filter(|(_, share)| **share > HALF + 1e-9);
                let chosen = taken.fold(0, |set, (place, _)| set | 1 << place);
                (question.worth_of(chosen), chosen)
            }
            QuestionType::Text => (f64::NAN, 0),
        };
        Self {
            worth,
            chosen,
            ..merged
        }
    }

    /// Replaces the assessor's answer with the merged one; evidence, target and owner stay.
    pub(super) fn replace(
        &self,
        question: &Question,
        entry: &mut Entry,
        (basis, rules): (Basis, &MergeResult),
    ) {
        let notes = &mut entry.notes;
        let rated = self.state == State::Rated;
        let text = if question.kind == QuestionType::Text {
            Some(message!("answered-by-several-people-in-words").to_owned())
        } else {
            let number = question.kind.is_number();
            number.then(|| self.worth.to_string())
        };
        notes.text = text.filter(|_| rated);
        notes.of = None;
        let away = self.state == State::NotApplicable;
        notes.reason = away.then(|| {
            if rules.anonymous {
                message!(
                    "so-say-at-least-and-fewer-rate-it",
                    least = rules.minimum_group
                )
            } else {
                message!("so-say-all-who-could").to_owned()
            }
        });
        entry.answer = if rated {
            let merged = Answer::rated(question.reverse_scored(self.worth), self.chosen);
            with_evidence(question, merged, notes, basis)
        } else {
            Answer::of_state(self.state)
        };
    }
}
