//! Choices as they are typed: by value, by number, by the beginning of the value.

use super::line::is_command;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Question};
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};

/// The sign for "none of these", where several could be chosen; no choice can be named so.
pub(super) const NONE: &str = "-";

/// What is typed for a choice: its value, `yes` and `no`, or `=value` where the value alone would be
/// a command.
#[must_use]
pub fn typed(question: &Question, choice: &Choice) -> String {
    let word = match question.kind {
        QuestionType::Boolean => choice.label.to_lowercase(),
        QuestionType::Rating
        | QuestionType::SelectOne
        | QuestionType::SelectMultiple
        | QuestionType::Integer
        | QuestionType::Decimal
        | QuestionType::Percent
        | QuestionType::Text => choice.value.clone(),
    };
    if is_command(&word) {
        format!("={word}")
    } else {
        word
    }
}

/// Whether choices are also known by their numbers, from 1: where none of them is a number itself.
#[must_use]
pub fn numbered(question: &Question) -> bool {
    let worded = |choice: &Choice| choice.value.parse::<f64>().is_err();
    question.kind != QuestionType::Boolean && question.choices.iter().all(worded)
}

/// The choices somebody typed, separated by commas or blanks.
pub(super) fn several<'q>(
    question: &'q Question,
    text: &str,
) -> Result<Vec<&'q str>, Box<Diagnostic>> {
    if text == NONE {
        return Ok(Vec::new());
    }
    if let Ok(choice) = one(question, text) {
        return Ok(vec![choice]);
    }
    let blank = |sign: char| sign == ',' || (!text.contains(',') && sign.is_whitespace());
    let words = text
        .split(blank)
        .map(str::trim)
        .filter(|word| !word.is_empty());
    words.map(|word| one(question, word)).collect()
}

/// The choice somebody typed.
pub(super) fn one<'q>(question: &'q Question, text: &str) -> Result<&'q str, Box<Diagnostic>> {
    let lower = text.to_lowercase();
    let names = |choice: &Choice| {
        let label = (question.kind == QuestionType::Boolean).then(|| choice.label.to_lowercase());
        [Some(choice.value.to_lowercase()), label]
    };
    let choices = || question.choices.iter();
    let exact = choices().find(|choice| choice.value == text);
    let exact = exact.or_else(|| {
        let alike = |choice: &&Choice| {
            names(choice)
                .into_iter()
                .flatten()
                .any(|name| name == lower)
        };
        only(choices().filter(alike))
    });
    let counted = || {
        let nth = text.parse::<usize>().ok().filter(|_| numbered(question))?;
        question.choices.get(nth.checked_sub(1)?)
    };
    let begun = || {
        let begins = |choice: &&Choice| {
            let mut names = names(choice).into_iter().flatten();
            names.any(|name| name.starts_with(&lower))
        };
        only(choices().filter(begins))
    };
    let found = exact.or_else(counted).or_else(begun);
    found
        .map(|choice| choice.value.as_str())
        .ok_or_else(|| Box::new(unknown(question, text)))
}

/// The only one there is.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn unknown(question: &Question, text: &str) -> Diagnostic {
    let names: Vec<_> = question
        .choices
        .iter()
        .map(|one| typed(question, one))
        .collect();
    let listed = format!(
        "type {}; `?` shows what else",
        quoted(names.iter().map(String::as_str))
    );
    let near = nearest(text, names.iter().map(String::as_str));
    let problem = Diagnostic::error(Code::UnknownChoice, format!("`{text}` is no answer here"));
    problem.help(suggestion(near, &listed))
}
