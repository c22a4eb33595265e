//! The value of one answer, read as its question asks for it.

use super::{Answer, AnswerNotes};
use crate::answers::file::ValueFile;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Item, Question};
use crate::rules::vocabulary::{Basis, Grade, State};
use crate::text::diagnostic::{Code, Diagnostic, Place, quoted};
use crate::text::yaml::{Located, Scalar};
use crate::{message, problem};

/// A question with its item.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) item: &'a Item,
    pub(super) question: &'a Question,
}

/// A value that fits its question, with the text to show for it where it is free.
type Fitted = Result<(Answer, Option<String>), Diagnostic>;

/// Checks that a value can be the answer to a question; the problem has no place.
pub(crate) fn check_value(
    item: &Item,
    question: &Question,
    value: &ValueFile,
) -> Result<(), Diagnostic> {
    let asked = Asked { item, question };
    asked.fit(value, Place::NOWHERE).map(|_| ())
}

impl Asked<'_> {
    /// Reads a value as the question asks for it, and holds it to the question's constraint.
    pub(super) fn fit(self, value: &ValueFile, place: Place) -> Fitted {
        let kind = self.question.kind;
        let (answer, text) = match value {
            // JSON knows no text without quotes, and no choice can be named so.
            ValueFile::One(scalar)
                if scalar.text == "unknown" && (scalar.plain || kind != QuestionType::Text) =>
            {
                (Answer::of_state(State::Unknown), None)
            }
            ValueFile::One(scalar) => match kind {
                QuestionType::Rating => (self.rating(scalar, place)?, None),
                QuestionType::SelectOne | QuestionType::Boolean => {
                    (self.chosen(self.choice(&scalar.text, place)?), None)
                }
                QuestionType::SelectMultiple => {
                    let alone = [Located::new(scalar.text.clone(), place)];
                    (self.several(&alone)?, None)
                }
                QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                    let number = self.number(scalar, place)?;
                    (Answer::rated(number, 0), Some(scalar.text.clone()))
                }
                QuestionType::Text => (Answer::rated(f64::NAN, 0), Some(scalar.text.clone())),
            },
            ValueFile::List(list) if kind == QuestionType::SelectMultiple => {
                (self.several(list)?, None)
            }
            ValueFile::List(_) => {
                let id = self.item.local_id();
                return Err(problem!(WrongType, "takes-one-value-not-a-list", id).at(place));
            }
        };
        self.constrain(&answer, place)?;
        Ok((answer, text))
    }

    fn constrain(self, answer: &Answer, place: Place) -> Result<(), Diagnostic> {
        let Some((test, message)) = &self.question.constraint else {
            return Ok(());
        };
        let turned = self.question.reverse;
        let worth = if turned { f64::NAN } else { answer.claimed };
        if answer.state == State::Rated && !test.admits(worth, answer.chosen) {
            let message = format!("`{}`: {message}", self.item.local_id());
            return Err(Diagnostic::error(Code::OutOfScale, message).at(place));
        }
        Ok(())
    }

    fn rating(self, scalar: &Scalar, place: Place) -> Result<Answer, Diagnostic> {
        let choices = &self.question.choices;
        let chosen = choices.iter().position(|one| one.value == scalar.text);
        chosen.map(|chosen| self.chosen(chosen)).ok_or_else(|| {
            let ends = choices.first().zip(choices.last());
            let scale = ends.map_or_else(String::new, |(first, last)| {
                format!("{} to {}", first.value, last.value)
            });
            let (id, text) = (self.item.local_id(), &scalar.text);
            problem!(OutOfScale, "is-rated-not", id, scale, text).at(place)
        })
    }

    fn chosen(self, place: usize) -> Answer {
        let choice = self.question.choices.get(place);
        let score = choice.and_then(|choice| choice.score);
        Answer::rated(score.unwrap_or(f64::NAN), 1 << place)
    }

    fn number(self, scalar: &Scalar, place: Place) -> Result<f64, Diagnostic> {
        let text = &scalar.text;
        let refuse = |code, wanted: &str| {
            let message = message!("is-not", local_id = self.item.local_id(), wanted, text);
            Err(Diagnostic::error(code, message).at(place))
        };
        let parsed = text.parse::<f64>().ok().filter(|_| scalar.plain);
        let Some(value) = parsed else {
            return refuse(Code::WrongType, message!("a-number-2"));
        };
        if !value.is_finite() {
            return refuse(Code::NotFinite, message!("a-finite-number"));
        }
        if self.question.kind == QuestionType::Integer && value.fract() != 0.0 {
            return refuse(Code::WrongType, message!("a-whole-number-2"));
        }
        if let Domain::Number { least, most, .. } = self.item.domain
            && !(least..=most).contains(&value)
        {
            return refuse(Code::OutOfScale, &range(least, most));
        }
        Ok(value)
    }

    fn choice(self, text: &str, place: Place) -> Result<usize, Diagnostic> {
        let names = || self.question.choices.iter().map(|one| one.value.as_str());
        names().position(|name| name == text).ok_or_else(|| {
            let local_id = self.item.local_id();
            let quoted = quoted(names());
            let problem = problem!(UnknownChoice, "is-not-a-choice-of", text, local_id, quoted);
            problem.at(place).nearest(text, names())
        })
    }

    fn several(self, list: &[Located<String>]) -> Result<Answer, Diagnostic> {
        let refuse = |message, place| Err(Diagnostic::error(Code::InvalidValue, message).at(place));
        let mut chosen = 0_u64;
        for name in list {
            let bit = 1 << self.choice(&name.value, name.place)?;
            if chosen & bit != 0 {
                return refuse(message!("is-chosen-twice", value = name.value), name.place);
            }
            chosen |= bit;
        }
        let mut choices = self.question.choices.iter().enumerate();
        let alone = choices.find(|(place, one)| one.exclusive && chosen & (1 << place) != 0);
        if let (Some((_, alone)), [first, _, ..]) = (alone, list) {
            let message = message!("cannot-stand-beside-other-choices", alone = alone.value);
            return refuse(message, first.place);
        }
        Ok(Answer::rated(self.question.worth_of(chosen), chosen))
    }
}

fn range(least: f64, most: f64) -> String {
    match (least.is_finite(), most.is_finite()) {
        (true, true) => message!("from-to-2", least, most),
        (true, false) => message!("at-least-2", least),
        (false, true) => message!("at-most-2", most),
        (false, false) => message!("any-number").to_owned(),
    }
}

/// Limits a rating to what its evidence supports, and turns reversed scales.
pub(super) fn weigh(question: &Question, answer: Answer, grade: Grade, basis: Basis) -> Answer {
    if answer.state != State::Rated || question.kind != QuestionType::Rating {
        return answer;
    }
    let limited = basis == Basis::Evidenced && question.caps_by_evidence();
    let counted = match (limited, question.reverse) {
        (false, _) => answer.claimed,
        (true, true) => answer.claimed.max(4.0 - grade.carries()),
        (true, false) => answer.claimed.min(grade.carries()),
    };
    Answer {
        claimed: question.turned(answer.claimed),
        counted: question.turned(counted),
        target: question.turned(counted),
        ..answer
    }
}

/// A rated answer limited by its evidence, with its target.
pub(super) fn with_evidence(
    question: &Question,
    answer: Answer,
    notes: &AnswerNotes,
    basis: Basis,
) -> Answer {
    weigh(question, answer, notes.grade, basis).aiming_at(notes.phases.last())
}
