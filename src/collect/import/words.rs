//! What a cell says, held to its question.

use super::mapping::Decimal;
use super::names::{NOT_APPLICABLE, NOT_APPLICABLE_SAID, UNKNOWN, UNKNOWN_SAID};
use super::{choice_name, fold, shown};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::grid::write::unguarded;
use crate::text::yaml::Scalar;
use std::collections::HashMap;

/// More choices than any question has.
const MOST_CHOICES: usize = 64;

/// What an answer stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Value(String),
    Unknown,
    /// With the reason, which may stand elsewhere.
    NotApplicable(String),
}

impl Meaning {
    /// As mapping files and cells write it.
    pub(super) fn written(text: &str) -> Self {
        Self::aside(text).unwrap_or_else(|| Self::Value(text.trim().to_owned()))
    }

    /// What may be said of any question: `unknown`, or `n/a: reason`.
    fn aside(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |written: &str| text.eq_ignore_ascii_case(written);
        if is(UNKNOWN) || is(UNKNOWN_SAID) {
            return Some(Self::Unknown);
        }
        if text == NOT_APPLICABLE || is(NOT_APPLICABLE_SAID) {
            return Some(Self::NotApplicable(String::new()));
        }
        let head = text
            .get(..3)
            .filter(|head| head.eq_ignore_ascii_case("n/a"));
        let rest = head.and_then(|_| text.get(3..))?.trim_start();
        let reason = rest.strip_prefix(':');
        let fits = reason.is_some() || rest.is_empty();
        fits.then(|| Self::NotApplicable(reason.unwrap_or_default().trim().to_owned()))
    }
}

/// An answer as response files write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    One(Scalar),
    Several(Vec<String>),
    NotApplicable(String),
}

/// A cell that says nothing its question knows.
#[derive(Debug)]
pub(super) struct Unread {
    what: &'static str,
    help: String,
    /// The part of the cell that is meant, where it is not all of it.
    part: Option<String>,
}

impl Unread {
    /// The problem of this cell under a question.
    pub(super) fn problem(self, text: &str, question: &str) -> Diagnostic {
        let text = self.part.as_deref().unwrap_or(text);
        let message = format!("`{text}` {} `{question}`", self.what);
        Diagnostic::error(Code::UnknownChoice, message).help(self.help)
    }
}

/// What answers to a question may look like.
#[derive(Debug)]
pub(super) struct Words {
    kind: QuestionType,
    may_not_apply: bool,
    decimal: Decimal,
    /// By text as written and as [folded](fold); `None` where it means several things.
    known: HashMap<String, Option<Meaning>>,
    /// Letters of the longest of them, with room for spaces that do not count.
    longest: usize,
    /// Values and wordings of the choices.
    choices: Vec<(String, String)>,
}

impl Words {
    pub(super) fn of(question: &Question, decimal: Decimal) -> Self {
        let mut words = Self {
            kind: question.kind,
            may_not_apply: question.may_not_apply,
            decimal,
            known: HashMap::new(),
            longest: 0,
            choices: Vec::new(),
        };
        for choice in &question.choices {
            let texts = [
                &choice.value,
                &choice.label,
                &shown(choice),
                &choice_name(&choice.value),
            ];
            for text in texts {
                for key in [text.trim().to_owned(), fold(text)] {
                    let meaning = Some(Meaning::Value(choice.value.clone()));
                    let known = words.known.entry(key).or_insert_with(|| meaning.clone());
                    if *known != meaning {
                        *known = None;
                    }
                }
            }
            words
                .choices
                .push((choice.value.clone(), choice.label.clone()));
        }
        words.known.remove("");
        for text in words.known.keys() {
            words.longest = words.longest.max(room(text));
        }
        words
    }

    /// Lets a text stand for something.
    ///
    /// # Errors
    /// A value that is no choice of the question, with what to write instead.
    pub(super) fn say(&mut self, text: &str, meaning: &Meaning) -> Result<(), String> {
        if let Meaning::Value(value) = meaning
            && !self.choices.iter().any(|(one, _)| one == value)
            && !(self.choices.is_empty() && self.kind != QuestionType::Text)
        {
            return Err(self.listed(value));
        }
        for key in [text.trim().to_owned(), fold(text)] {
            self.longest = self.longest.max(room(&key));
            self.known.insert(key, Some(meaning.clone()));
        }
        Ok(())
    }

    /// What a cell says; it holds more than spaces.
    pub(super) fn read(&self, text: &str) -> Result<Said, Unread> {
        match self.known(text) {
            Some(Some(meaning)) => return Ok(self.said(meaning)),
            Some(None) => {
                let what = "means more than one answer to";
                let help = self.listed("");
                let part = None;
                return Err(Unread { what, help, part });
            }
            None => {}
        }
        if let Some(meaning) = Meaning::aside(text) {
            return Ok(self.said(&meaning));
        }
        match self.kind {
            QuestionType::Rating => self.step(text),
            QuestionType::SelectOne | QuestionType::Boolean => Err(self.unread(text)),
            QuestionType::SelectMultiple => self.several(text),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                self.number(text)
            }
            QuestionType::Text => Ok(Said::One(Scalar {
                text: unguarded(text).to_owned(),
                plain: false,
            })),
        }
    }

    fn known(&self, text: &str) -> Option<&Option<Meaning>> {
        self.known.get(text).or_else(|| self.known.get(&fold(text)))
    }

    fn said(&self, meaning: &Meaning) -> Said {
        let one = |text: &str| {
            Said::One(Scalar {
                text: text.to_owned(),
                plain: true,
            })
        };
        match meaning {
            Meaning::Value(value) if self.kind == QuestionType::SelectMultiple => {
                Said::Several(vec![value.clone()])
            }
            Meaning::Value(value) => one(value),
            Meaning::Unknown => one(UNKNOWN),
            Meaning::NotApplicable(reason) => Said::NotApplicable(reason.clone()),
        }
    }

    /// A rating that some tool wrote as `3.0`.
    fn step(&self, text: &str) -> Result<Said, Unread> {
        let whole = text.parse::<f64>().ok().filter(|step| step.fract() == 0.0);
        let meaning = whole.and_then(|step| self.known.get(&step.to_string()));
        match meaning {
            Some(Some(meaning)) => Ok(self.said(meaning)),
            _ => Err(self.unread(text)),
        }
    }

    /// Several choices in one cell: by `;`, by `,`, or values by spaces, as forms write them.
    fn several(&self, text: &str) -> Result<Said, Unread> {
        for separators in [&[';'][..], &[','], &[' ', '\n']] {
            if let Some(values) = self.parts(text, separators) {
                return Ok(Said::Several(values));
            }
        }
        let part = text.split([';', ',']).map(str::trim);
        let strange = part.into_iter().find(|part| self.known(part).is_none());
        Err(self.unread(strange.unwrap_or(text)))
    }

    /// The choices between separators. A wording may hold the separator itself, so the longest that
    /// is one counts.
    fn parts(&self, text: &str, separators: &[char]) -> Option<Vec<String>> {
        let mut values = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() && values.len() <= MOST_CHOICES {
            let near = rest.char_indices().map(|(at, _)| at).nth(self.longest);
            let near = rest.get(..near.unwrap_or(rest.len())).unwrap_or_default();
            let whole = (near.len() == rest.len()).then_some(rest.len());
            let ends = near.rmatch_indices(separators).map(|(at, _)| at);
            let (value, end) = whole.into_iter().chain(ends).find_map(|end| {
                let part = rest.get(..end)?.trim();
                if part.is_empty() {
                    return Some((None, end));
                }
                match self.known(part)? {
                    Some(Meaning::Value(value)) => Some((Some(value.clone()), end)),
                    _ => None,
                }
            })?;
            values.extend(value);
            rest = rest.get(end..)?.trim_start_matches(separators).trim();
        }
        Some(values)
    }

    fn number(&self, text: &str) -> Result<Said, Unread> {
        let percent = text
            .strip_suffix('%')
            .filter(|_| self.kind == QuestionType::Percent);
        let digits = percent.unwrap_or(text).trim_end();
        let digits = match self.decimal {
            Decimal::Point => digits.to_owned(),
            Decimal::Comma if digits.contains('.') => String::new(),
            Decimal::Comma => digits.replace(',', "."),
        };
        if digits.parse::<f64>().is_err() {
            let help = "write a number without thousands separators; where a comma stands before fractions, say `decimal: comma` in a mapping";
            let what = "is no number for";
            return Err(Unread {
                what,
                help: help.to_owned(),
                part: None,
            });
        }
        Ok(Said::One(Scalar {
            text: digits,
            plain: true,
        }))
    }

    fn unread(&self, text: &str) -> Unread {
        Unread {
            what: "is no answer to",
            help: self.listed(text),
            part: Some(text.to_owned()),
        }
    }

    /// The nearest answer there is, or all of them.
    fn listed(&self, text: &str) -> String {
        let texts = || {
            let both = |(value, label): &'_ (String, String)| [value.clone(), label.clone()];
            self.choices.iter().flat_map(both)
        };
        let texts: Vec<String> = texts().collect();
        if let Some(near) = nearest(text, texts.iter().map(String::as_str)) {
            return format!("did you mean `{near}`? if so, say it under `values` in a mapping");
        }
        let values: Vec<_> = self
            .choices
            .iter()
            .map(|(value, _)| format!("`{value}`"))
            .collect();
        let values = values.join(", ");
        let more = if self.may_not_apply {
            ", `unknown` and `n/a: reason`"
        } else {
            " and `unknown`"
        };
        format!(
            "the answers are {values}{more}; a mapping can say under `values` which of them is meant"
        )
    }
}

/// How many letters a cell may take for a text.
fn room(text: &str) -> usize {
    2 * text.chars().count() + 16
}
