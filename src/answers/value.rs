//! The value of one answer, read as its question asks for it.

use super::Answer;
use crate::answers::file::ValueFile;
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Item, Question};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::yaml::{Located, Scalar};

/// A question with its item.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) item: &'a Item,
    pub(super) question: &'a Question,
}

/// A value that fits its question, with the text to show for it where it is free.
pub(super) struct Fitted {
    pub(super) answer: Answer,
    pub(super) text: Option<String>,
}

impl Fitted {
    fn rated(worth: f64, chosen: u64) -> Self {
        Self {
            answer: Answer::rated(worth, chosen),
            text: None,
        }
    }
}

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
    pub(super) fn fit(self, value: &ValueFile, place: Place) -> Result<Fitted, Diagnostic> {
        let fitted = match value {
            // JSON knows no text without quotes, and no choice can be named so.
            ValueFile::One(scalar)
                if scalar.text == "unknown"
                    && (scalar.plain || self.question.kind != QuestionType::Text) =>
            {
                Fitted {
                    answer: Answer::of_state(State::Unknown),
                    text: None,
                }
            }
            ValueFile::One(scalar) => self.one(scalar, place)?,
            ValueFile::List(list) if self.question.kind == QuestionType::SelectMultiple => {
                self.several(list)?
            }
            ValueFile::List(_) => {
                let message = message!(
                    "takes-one-value-not-a-list",
                    local_id = self.item.local_id()
                );
                return Err(Diagnostic::error(Code::WrongType, message).at(place));
            }
        };
        self.constrain(&fitted.answer, place)?;
        Ok(fitted)
    }

    fn constrain(self, answer: &Answer, place: Place) -> Result<(), Diagnostic> {
        let Some((test, message)) = &self.question.constraint else {
            return Ok(());
        };
        let worth = if self.question.reverse {
            f64::NAN
        } else {
            answer.claimed
        };
        if answer.state == State::Rated && !test.admits(worth, answer.chosen) {
            let message = format!("`{}`: {message}", self.item.local_id());
            return Err(Diagnostic::error(Code::OutOfScale, message).at(place));
        }
        Ok(())
    }

    fn one(self, scalar: &Scalar, place: Place) -> Result<Fitted, Diagnostic> {
        match self.question.kind {
            QuestionType::Rating => self.rating(scalar, place),
            QuestionType::SelectOne | QuestionType::Boolean => {
                let chosen = self.choice(&scalar.text, place)?;
                Ok(self.chosen(chosen))
            }
            QuestionType::SelectMultiple => {
                self.several(&[Located::new(scalar.text.clone(), place)])
            }
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                self.number(scalar, place)
            }
            QuestionType::Text => Ok(Fitted {
                text: Some(scalar.text.clone()),
                ..Fitted::rated(f64::NAN, 0)
            }),
        }
    }

    fn rating(self, scalar: &Scalar, place: Place) -> Result<Fitted, Diagnostic> {
        let choices = &self.question.choices;
        let chosen = choices.iter().position(|one| one.value == scalar.text);
        chosen.map(|chosen| self.chosen(chosen)).ok_or_else(|| {
            let ends = choices.first().zip(choices.last());
            let scale = ends.map_or_else(String::new, |(first, last)| {
                format!("{} to {}", first.value, last.value)
            });
            let (id, text) = (self.item.local_id(), &scalar.text);
            let message = message!("is-rated-not", id, scale, text);
            Diagnostic::error(Code::OutOfScale, message)
                .at(place)
                .help(message!("a-whole-number-of-the-scale-unknown-or"))
        })
    }

    fn chosen(self, place: usize) -> Fitted {
        let choice = self.question.choices.get(place);
        let score = choice.and_then(|choice| choice.score);
        Fitted::rated(score.unwrap_or(f64::NAN), 1 << place)
    }

    fn number(self, scalar: &Scalar, place: Place) -> Result<Fitted, Diagnostic> {
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
        Ok(Fitted {
            text: Some(text.clone()),
            ..Fitted::rated(value, 0)
        })
    }

    fn choice(self, text: &str, place: Place) -> Result<usize, Diagnostic> {
        let names = || self.question.choices.iter().map(|one| one.value.as_str());
        names().position(|name| name == text).ok_or_else(|| {
            let message = message!("is-not-a-choice-of", text, local_id = self.item.local_id());
            let listed = message!("the-choices-are", quoted = quoted(names()));
            Diagnostic::error(Code::UnknownChoice, message)
                .at(place)
                .help(suggestion(nearest(text, names()), &listed))
        })
    }

    fn several(self, list: &[Located<String>]) -> Result<Fitted, Diagnostic> {
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
        Ok(Fitted::rated(self.question.worth_of(chosen), chosen))
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
