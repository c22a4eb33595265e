//! A typed line as the answer to its question, or as a command.

use crate::answers::check_value;
use crate::answers::edit::NewAnswer;
use crate::answers::file::EvidenceFile;
use crate::answers::file::ValueFile;
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Item, Question};
use crate::rules::vocabulary::Grade;
use crate::text::diagnostic::{Code, Diagnostic, nearest, quoted, suggestion};

/// The meaning of a typed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Nothing: an answer that is there stays.
    Nothing,
    /// An answer.
    NewAnswer(NewAnswer),
    /// The question does not apply, and the reason is still to come.
    NotApplicable,
    /// A note; still to come where it is `None`.
    Note(Option<String>),
    /// The evidence; still to come where it is `None`.
    Evidence(Option<EvidenceFile>),
    /// A question back: why is this asked, and what can be typed?
    Why,
    /// Back to the question before.
    Back,
    /// On to the next question.
    Skip,
    /// Enough for now.
    Stop,
}

/// Words that are commands when they are alone on a line.
const ALONE: [(&str, Reply); 5] = [
    ("?", Reply::Why),
    ("b", Reply::Back),
    ("s", Reply::Skip),
    ("q", Reply::Stop),
    ("", Reply::Nothing),
];

/// True for a word that is a command rather than an answer.
fn is_command(word: &str) -> bool {
    matches!(word, "u" | "n" | "note" | "e") || ALONE.iter().any(|(name, _)| *name == word)
}

/// Reads a line as the reply to a question. A line that begins with `=` is an answer, whatever it looks like.
///
/// # Errors
/// A line that is no answer; the problem has no place, and says what to type instead.
pub fn parse(item: &Item, question: &Question, line: &str) -> Result<Reply, Box<Diagnostic>> {
    let line = line.trim();
    if let Some(answer) = line.strip_prefix('=') {
        return verdict(item, question, answer.trim()).map(Reply::NewAnswer);
    }
    if let Some((_, reply)) = ALONE.iter().find(|(name, _)| *name == line) {
        return Ok(reply.clone());
    }
    let (word, rest) = first_word(line);
    match (word, rest) {
        ("u", None) => Ok(Reply::NewAnswer(NewAnswer::plain("unknown"))),
        ("n", rest) => inapplicable(item, question, rest),
        ("note", rest) => Ok(Reply::Note(rest.map(str::to_owned))),
        ("e", None) => Ok(Reply::Evidence(None)),
        ("e", Some(rest)) => Ok(Reply::Evidence(Some(proof(question, rest)?))),
        _ => verdict(item, question, line).map(Reply::NewAnswer),
    }
}

fn first_word(text: &str) -> (&str, Option<&str>) {
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, Some(rest.trim())),
        None => (text, None),
    }
}

fn inapplicable(
    item: &Item,
    question: &Question,
    reason: Option<&str>,
) -> Result<Reply, Box<Diagnostic>> {
    if !question.may_not_apply {
        let message = message!("applies-to-everybody-2", local_id = item.local_id());
        let problem = Diagnostic::error(Code::InvalidValue, message);
        return Err(Box::new(
            problem.help(message!("answer-it-or-type-u-where-nobody")),
        ));
    }
    Ok(reason.map_or(Reply::NotApplicable, |reason| {
        Reply::NewAnswer(NewAnswer::NotApplicable(reason.to_owned()))
    }))
}

/// A grade, or the beginning of one, and what the evidence is.
///
/// # Errors
/// No such grade; a problem without a place.
pub fn proof(question: &Question, text: &str) -> Result<EvidenceFile, Box<Diagnostic>> {
    let (word, rest) = first_word(text.trim());
    let reference = rest.map(str::to_owned);
    let begun = |grade: &Grade| !word.is_empty() && grade.name().starts_with(word);
    let Some(grade) = Grade::ALL.into_iter().find(begun) else {
        let problem = Diagnostic::error(
            Code::UnknownValue,
            message!("is-no-grade-of-evidence", word),
        );
        let grades = quoted(Grade::ALL.iter().map(|grade| grade.name()));
        let escape = if question.kind == QuestionType::Text {
            message!("if-it-is-the-answer-type-e", text)
        } else {
            String::new()
        };
        return Err(Box::new(problem.help(message!(
            "the-grades-are",
            grades,
            escape
        ))));
    };
    Ok(EvidenceFile {
        grade,
        reference,
        link: None,
    })
}

fn verdict(item: &Item, question: &Question, text: &str) -> Result<NewAnswer, Box<Diagnostic>> {
    let verdict = match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {
            NewAnswer::plain(one(question, text)?)
        }
        QuestionType::SelectMultiple => NewAnswer::several(several(question, text)?),
        QuestionType::Integer | QuestionType::Decimal => NewAnswer::plain(&number(text)),
        QuestionType::Percent => NewAnswer::plain(&number(text.trim_end_matches('%').trim_end())),
        QuestionType::Text if text.is_empty() => {
            let problem = Diagnostic::error(Code::InvalidValue, message!("nothing-was-said-2"));
            return Err(Box::new(
                problem.help(message!("type-a-few-words-or-s-to-skip")),
            ));
        }
        QuestionType::Text => NewAnswer::text(text),
    };
    if let NewAnswer::Value(value) = &verdict {
        check(item, question, value)?;
    }
    Ok(verdict)
}

fn check(item: &Item, question: &Question, value: &ValueFile) -> Result<(), Box<Diagnostic>> {
    check_value(item, question, value).map_err(|problem| {
        Box::new(match problem.help {
            None if matches!(problem.code, Code::WrongType) => {
                problem.help(message!("write-digits-with-a-point-where"))
            }
            _ => problem,
        })
    })
}

/// A number as every file can write it: as it was typed, unless that leaves out or adds a sign or a
/// digit that JSON or YAML would stumble over.
fn number(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && serde_json::from_str::<f64>(text).is_err() => {
            value.to_string()
        }
        _ => text.to_owned(),
    }
}

/// The sign for "none of these", where several could be chosen; no choice can be named so.
const NONE: &str = "-";

/// The word to type for a choice: its value, `yes` and `no`, or `=value` where the value alone would be
/// a command.
#[must_use]
pub fn typed(question: &Question, choice: &Choice) -> String {
    let word = if question.kind == QuestionType::Boolean {
        choice.label.to_lowercase()
    } else {
        choice.value.clone()
    };
    if is_command(&word) {
        format!("={word}")
    } else {
        word
    }
}

/// True if choices are also known by their numbers, from 1: where none of them is a number itself.
#[must_use]
pub fn numbered(question: &Question) -> bool {
    let worded = |choice: &Choice| choice.value.parse::<f64>().is_err();
    question.kind != QuestionType::Boolean && question.choices.iter().all(worded)
}

/// The choices somebody typed, separated by commas or blanks.
fn several<'q>(question: &'q Question, text: &str) -> Result<Vec<&'q str>, Box<Diagnostic>> {
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
fn one<'q>(question: &'q Question, text: &str) -> Result<&'q str, Box<Diagnostic>> {
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
    let listed = message!(
        "type-shows-what-else",
        quoted = quoted(names.iter().map(String::as_str))
    );
    let near = nearest(text, names.iter().map(String::as_str));
    let problem = Diagnostic::error(Code::UnknownChoice, message!("is-no-answer-here", text));
    problem.help(suggestion(near, &listed))
}
