//! A typed line, and what it says to its question.

use super::choice::{one, several};
use crate::answers::check_value;
use crate::answers::edit::{NewAnswer, NewEvidence};
use crate::answers::file::ValueFile;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::Grade;
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic};

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing: an answer that is there stays.
    Nothing,
    /// An answer.
    NewAnswer(NewAnswer),
    /// The question does not apply, and the reason is still to be told.
    NotApplicable,
    /// A note; still to be told where it is `None`.
    Note(Option<String>),
    /// What the answer rests on; still to be told where it is `None`.
    Evidence(Option<NewEvidence>),
    /// Why is this asked, and what can be typed?
    Why,
    /// Back to the question before.
    Back,
    /// On to the next question.
    Skip,
    /// Enough for now.
    Stop,
}

/// Words that are commands when they stand alone.
const ALONE: [(&str, Said); 5] = [
    ("?", Said::Why),
    ("b", Said::Back),
    ("s", Said::Skip),
    ("q", Said::Stop),
    ("", Said::Nothing),
];

/// Whether a word is a command rather than an answer.
pub(super) fn is_command(word: &str) -> bool {
    matches!(word, "u" | "n" | "note" | "e") || ALONE.iter().any(|(name, _)| *name == word)
}

/// What a line says to a question. A line that begins with `=` is an answer, whatever it looks like.
///
/// # Errors
/// Why the line is no answer, with what to type instead; a problem without a place.
pub fn hear(item: &Item, question: &Question, line: &str) -> Result<Said, Box<Diagnostic>> {
    let line = line.trim();
    if let Some(answer) = line.strip_prefix('=') {
        return verdict(item, question, answer.trim()).map(Said::NewAnswer);
    }
    if let Some((_, said)) = ALONE.iter().find(|(name, _)| *name == line) {
        return Ok(said.clone());
    }
    let (word, rest) = match line.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, Some(rest.trim())),
        None => (line, None),
    };
    match (word, rest) {
        ("u", None) => Ok(Said::NewAnswer(NewAnswer::plain("unknown"))),
        ("n", rest) => inapplicable(item, question, rest),
        ("note", rest) => Ok(Said::Note(rest.map(str::to_owned))),
        ("e", None) => Ok(Said::Evidence(None)),
        ("e", Some(rest)) => Ok(Said::Evidence(Some(proof(question, rest)?))),
        _ => verdict(item, question, line).map(Said::NewAnswer),
    }
}

fn inapplicable(
    item: &Item,
    question: &Question,
    reason: Option<&str>,
) -> Result<Said, Box<Diagnostic>> {
    if !question.may_not_apply {
        let message = format!("`{}` applies to everybody", item.local_id());
        let problem = Diagnostic::error(Code::InvalidValue, message);
        return Err(Box::new(
            problem.help("answer it, or type `u` where nobody can say"),
        ));
    }
    Ok(reason.map_or(Said::NotApplicable, |reason| {
        Said::NewAnswer(NewAnswer::NotApplicable(reason.to_owned()))
    }))
}

/// A grade, or the beginning of one, and what the evidence is.
///
/// # Errors
/// No such grade; a problem without a place.
pub fn proof(question: &Question, text: &str) -> Result<NewEvidence, Box<Diagnostic>> {
    let (word, reference) = match text.trim().split_once(char::is_whitespace) {
        Some((word, rest)) => (word, Some(rest.trim().to_owned())),
        None => (text.trim(), None),
    };
    let begun = |grade: &Grade| !word.is_empty() && grade.name().starts_with(word);
    let Some(grade) = Grade::ALL.into_iter().find(begun) else {
        let problem = Diagnostic::error(
            Code::UnknownValue,
            format!("`{word}` is no grade of evidence"),
        );
        let grades = quoted(Grade::ALL.iter().map(|grade| grade.name()));
        let escape = if question.kind == QuestionType::Text {
            format!("; if it is the answer, type `=e {text}`")
        } else {
            String::new()
        };
        return Err(Box::new(
            problem.help(format!("the grades are {grades}{escape}")),
        ));
    };
    Ok(NewEvidence { grade, reference })
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
            let problem = Diagnostic::error(Code::InvalidValue, "nothing was said");
            return Err(Box::new(
                problem.help("type a few words, or `s` to skip the question"),
            ));
        }
        QuestionType::Text => NewAnswer::text(text),
    };
    match &verdict {
        NewAnswer::Value(value) => check(item, question, value)?,
        NewAnswer::NotApplicable(_) => {}
    }
    Ok(verdict)
}

fn check(item: &Item, question: &Question, value: &ValueFile) -> Result<(), Box<Diagnostic>> {
    check_value(item, question, value).map_err(|problem| {
        Box::new(match problem.help {
            None if matches!(problem.code, Code::WrongType) => {
                problem.help("write digits, with a point where there are parts: 12.5")
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
