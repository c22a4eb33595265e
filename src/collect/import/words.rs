//! The words that answers to one question may be written in, and what each stands for.

use super::mapping::Decimal;
use super::wording::{Cell, UNKNOWN, aside, choice_name, fold, is_aside, shown};
use crate::answers::edit::NewAnswer;
use crate::answers::file::ValueFile;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::text::diagnostic::{Diagnostic, nearest, quoted};
use crate::text::table::unguarded;
use crate::{message, problem};
use std::collections::HashMap;

/// More choices than any question has.
const MOST_CHOICES: usize = 64;

/// What a text stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// An answer.
    Answer(NewAnswer),
    /// Nothing was answered.
    NoAnswer,
    /// One of several answers.
    Ambiguous,
}

/// The answer in a cell.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    pub(super) answer: NewAnswer,
    /// Words beside the choices that are none of them.
    pub(super) write_in: Option<String>,
}

impl From<NewAnswer> for Said {
    fn from(answer: NewAnswer) -> Self {
        Self {
            answer,
            write_in: None,
        }
    }
}

/// The value of an answer that is one value, and not `unknown`.
fn value(answer: &NewAnswer) -> Option<&str> {
    match answer {
        NewAnswer::Value(ValueFile::One(scalar)) if scalar.text != UNKNOWN => Some(&scalar.text),
        NewAnswer::Value(_) | NewAnswer::NotApplicable(_) => None,
    }
}

/// The words that answers to a question may be written in.
#[derive(Debug)]
pub(super) struct Words<'a> {
    question: &'a Question,
    decimal: Decimal,
    /// By text as written and as [folded](fold).
    known: HashMap<String, Meaning>,
    /// Letters of the longest of them, with room for spaces that do not count.
    longest: usize,
    /// True where any of them says that nothing was answered.
    has_no_answer: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(question: &'a Question, decimal: Decimal) -> Self {
        let mut known = HashMap::new();
        for choice in &question.choices {
            let answer = Meaning::Answer(NewAnswer::plain(&choice.value));
            let texts = [
                &choice.value,
                &choice.label,
                &shown(choice),
                &choice_name(&choice.value),
            ];
            for text in texts {
                for key in [text.trim().to_owned(), fold(text)] {
                    let known = known.entry(key).or_insert_with(|| answer.clone());
                    if *known != answer {
                        *known = Meaning::Ambiguous;
                    }
                }
            }
        }
        known.remove("");
        let longest = known.keys().map(|text| room(text)).max();
        Self {
            question,
            decimal,
            known,
            longest: longest.unwrap_or_default(),
            has_no_answer: false,
        }
    }

    /// True for a text that is a choice of the question, by its value or wording.
    pub(super) fn has_choice(&self, text: &str) -> bool {
        let mut choices = self.question.choices.iter();
        let text = fold(text);
        choices.any(|choice| {
            [&choice.value, &choice.label]
                .map(|one| fold(one))
                .contains(&text)
        })
    }

    /// True for a text that says that nothing was answered.
    pub(super) fn is_no_answer(&self, text: &str) -> bool {
        self.has_no_answer && self.known(text) == Some(&Meaning::NoAnswer)
    }

    /// The answer that a text stands for whatever is asked: `unknown`, or that it does not apply.
    pub(super) fn aside(&self, text: &str) -> Option<NewAnswer> {
        match self.known(text) {
            Some(Meaning::Answer(answer)) => {
                Some(answer.clone()).filter(|one| value(one).is_none())
            }
            Some(Meaning::NoAnswer | Meaning::Ambiguous) => None,
            None => aside(text),
        }
    }

    /// Gives a text a meaning.
    ///
    /// # Errors
    /// A value that is no choice of the question, with what to write instead.
    pub(super) fn define(&mut self, text: &str, meaning: &Meaning) -> Result<(), String> {
        let choices = &self.question.choices;
        let is_number = choices.is_empty() && self.question.kind != QuestionType::Text;
        if let Meaning::Answer(answer) = meaning
            && let Some(value) = value(answer)
            && !choices.iter().any(|choice| choice.value == value)
            && !is_number
        {
            return Err(self.listed(value));
        }
        self.has_no_answer |= *meaning == Meaning::NoAnswer;
        for key in [text.trim().to_owned(), fold(text)] {
            self.longest = self.longest.max(room(&key));
            self.known.insert(key, meaning.clone());
        }
        Ok(())
    }

    /// The answer in a cell to the question of an id.
    ///
    /// # Errors
    /// The problem of a cell that says nothing the question knows.
    pub(super) fn read(&self, cell: Cell<'_>, id: &str) -> Result<Said, Box<Diagnostic>> {
        // A number below zero comes back with the sign that kept it from being taken for a formula.
        let text = unguarded(cell.value);
        let found = match self.known(cell.value).or_else(|| self.known(text)) {
            Some(Meaning::Answer(answer)) => Ok(self.as_asked(answer).into()),
            // A cell that says that nothing was answered is passed over before it is read.
            Some(Meaning::Ambiguous | Meaning::NoAnswer) => {
                let problem = problem!(UnknownChoice, "means-more-than-one-answer", text, id);
                Err(problem.help(self.listed("")))
            }
            None => match text.strip_prefix('\'').filter(|rest| is_aside(rest)) {
                Some(words) if self.question.kind == QuestionType::Text => {
                    Ok(NewAnswer::text(words).into())
                }
                _ => aside(text).map_or_else(|| self.parse(text, id), |answer| Ok(answer.into())),
            },
        };
        found.map_err(|problem| Box::new(problem.at(cell.place)))
    }

    /// The answer in a text that is not known as such; the problem has no place.
    fn parse(&self, text: &str, id: &str) -> Result<Said, Diagnostic> {
        let strange = |text: &str| {
            problem!(UnknownChoice, "is-no-answer-to", text, id).help(self.listed(text))
        };
        let answer = match self.question.kind {
            QuestionType::Rating => self.step(text).ok_or_else(|| strange(text)),
            QuestionType::SelectOne | QuestionType::Boolean => Err(strange(text)),
            QuestionType::SelectMultiple => return self.several(text).map_err(strange),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                let problem = || problem!(UnknownChoice, "is-no-number-for", text, id);
                self.number(text).ok_or_else(problem)
            }
            QuestionType::Text => Ok(NewAnswer::text(text)),
        };
        answer.map(Said::from)
    }

    fn known(&self, text: &str) -> Option<&Meaning> {
        self.known.get(text).or_else(|| self.known.get(&fold(text)))
    }

    /// A known answer as the type of the question writes it.
    fn as_asked(&self, answer: &NewAnswer) -> NewAnswer {
        match value(answer) {
            Some(value) if self.question.kind == QuestionType::SelectMultiple => {
                NewAnswer::several([value])
            }
            Some(_) | None => answer.clone(),
        }
    }

    /// A rating that some tool wrote as `3.0`.
    fn step(&self, text: &str) -> Option<NewAnswer> {
        let step = text
            .parse::<f64>()
            .ok()
            .filter(|step| step.fract() == 0.0)?;
        match self.known.get(&step.to_string())? {
            Meaning::Answer(answer) => Some(self.as_asked(answer)),
            Meaning::NoAnswer | Meaning::Ambiguous => None,
        }
    }

    /// Several choices in one cell: by `;`, by `,`, or values by spaces, as forms write them; or the
    /// part that is none. Words beside choices that are near none of them were written in.
    fn several<'t>(&self, text: &'t str) -> Result<Said, &'t str> {
        for separators in [&[';'][..], &[','], &[' ', '\n']] {
            let (values, others) = self.parts(text, separators);
            if others.is_empty() {
                return Ok(NewAnswer::several(values).into());
            }
        }
        for separators in [[';'], [',']] {
            let (values, others) = self.parts(text, &separators);
            let is_slip = |part: &&str| self.nearest(part).is_some();
            if !values.is_empty() && !others.iter().any(is_slip) {
                let write_in = Some(others.join(", "));
                let answer = NewAnswer::several(values);
                return Ok(Said { answer, write_in });
            }
        }
        let mut parts = text.split([';', ',']).map(str::trim);
        Err(parts
            .find(|part| self.known(part).is_none())
            .unwrap_or(text))
    }

    /// The parts of a cell that are not understood: of several choices each by itself, else all of it.
    pub(super) fn unknown_parts<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if self.question.kind != QuestionType::SelectMultiple {
            return vec![text];
        }
        let separators: &[char] = if text.contains(';') { &[';'] } else { &[','] };
        self.parts(text, separators).1
    }

    /// The choices between separators, and the parts that are none. A wording may hold the separator
    /// itself, so the longest that is one counts.
    fn parts<'t>(&self, text: &'t str, separators: &[char]) -> (Vec<&str>, Vec<&'t str>) {
        let (mut values, mut others) = (Vec::new(), Vec::new());
        let mut rest = text.trim();
        while !rest.is_empty() && values.len() + others.len() <= MOST_CHOICES {
            let near = rest.char_indices().map(|(at, _)| at).nth(self.longest);
            let near = rest.get(..near.unwrap_or(rest.len())).unwrap_or_default();
            let whole = (near.len() == rest.len()).then_some(rest.len());
            let ends = near.rmatch_indices(separators).map(|(at, _)| at);
            let found = whole.into_iter().chain(ends).find_map(|end| {
                let known = self.known(rest.get(..end)?.trim())?;
                Some((known, end))
            });
            let end = match found {
                Some((Meaning::Answer(answer), end)) if value(answer).is_some() => {
                    values.extend(value(answer));
                    end
                }
                Some((Meaning::NoAnswer, end)) => end,
                _ => {
                    let end = rest.find(separators).unwrap_or(rest.len());
                    let part = rest.get(..end).unwrap_or_default().trim();
                    others.extend(Some(part).filter(|part| !part.is_empty()));
                    end
                }
            };
            rest = rest.get(end..).unwrap_or_default();
            rest = rest.trim_start_matches(separators).trim();
        }
        others.extend(Some(rest).filter(|rest| !rest.is_empty()));
        (values, others)
    }

    fn number(&self, text: &str) -> Option<NewAnswer> {
        let percent = text
            .strip_suffix('%')
            .filter(|_| self.question.kind == QuestionType::Percent);
        let digits = percent.unwrap_or(text).trim_end();
        let digits = match self.decimal {
            Decimal::Point => digits.to_owned(),
            Decimal::Comma if digits.contains('.') => String::new(),
            Decimal::Comma => digits.replace(',', "."),
        };
        let is_number = digits.parse::<f64>().is_ok();
        is_number.then(|| NewAnswer::plain(&digits))
    }

    /// The value or wording of a choice that is nearest to a text.
    fn nearest(&self, text: &str) -> Option<&'a str> {
        let choices = self.question.choices.iter();
        let texts = choices.flat_map(|choice| [choice.value.as_str(), choice.label.as_str()]);
        nearest(text, texts)
    }

    /// The nearest answer there is, or all of them.
    fn listed(&self, text: &str) -> String {
        if let Some(near) = self.nearest(text) {
            return message!("did-you-mean-if-so", near);
        }
        let values = quoted(
            self.question
                .choices
                .iter()
                .map(|choice| choice.value.as_str()),
        );
        let more = if self.question.may_not_apply {
            ", `unknown` and `n/a: reason`"
        } else {
            " and `unknown`"
        };
        message!("the-answers-are-a-mapping-can-say-under", values, more)
    }
}

fn room(text: &str) -> usize {
    2 * text.chars().count() + 16
}
