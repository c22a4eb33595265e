//! Collection of answers from people and other tools.
//!
//! Comes in: answers given one by one, on a page, or in the export of a survey. Goes out: files of
//! answers. Imports every room above but `study`.
//!
//! [`export`] writes a questionnaire for others to fill in, as a page, a workbook or a form; [`import`]
//! takes in what comes back. An [`Interview`] asks one question after the other: those of a role that an
//! evaluation of the answers so far finds relevant, so questions come and go. [`parse`] turns a typed
//! line into a [`Reply`], checked against its question as files are. Nothing here reads or prints.

pub mod export;
pub mod import;
mod interview;
mod time;

pub use interview::{Interview, Pace};
pub use time::QuestionnaireSize;

use crate::answers::edit::NewAnswer;
use crate::answers::file::EvidenceFile;
use crate::answers::{check_value, is_asked, is_in_form};
use crate::rules::condition::Condition;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice, Question, Rulebook, Section};
use crate::rules::vocabulary::{FormLength, Grade, Role};
use crate::text::diagnostic::{Code, Diagnostic, quoted};
use crate::{message, problem};

/// Columns of every table that say who answers.
const PERSON: [&str; 4] = ["respondent", "role", "unit", "answered_on"];
/// Columns of a table with one row an answer.
const ANSWER: [&str; 4] = ["question", "value", "comment", "evidence"];
/// Columns that questionnaires repeat for people to read, and nobody fills in.
const SHOWN: [&str; 2] = ["ask", "choices"];

/// The sections with the questions that a role is asked in a form; those of every role where none is
/// given.
fn sections(
    rulebook: &Rulebook,
    role: Option<Role>,
    length: FormLength,
) -> impl Iterator<Item = (&Section, Vec<Asked<'_>>)> {
    let is_put = move |one: &Asked<'_>| {
        is_in_form(one.question, length) && role.is_none_or(|role| is_asked(one.question, role))
    };
    let sections = rulebook.sections.iter().map(move |section| {
        let nodes = section.questions.iter();
        let questions = nodes.filter_map(|node| rulebook.asked(*node));
        (section, questions.filter(is_put).collect::<Vec<_>>())
    });
    sections.filter(|(_, questions)| !questions.is_empty())
}

/// True where a form asks the question at a place.
fn is_asked_in(rulebook: &Rulebook, length: FormLength, node: usize) -> bool {
    let asked = rulebook.asked(node);
    asked.is_some_and(|one| is_in_form(one.question, length))
}

/// A condition without the tests of what a form does not ask; `None` where nothing is left of it.
fn in_form(rulebook: &Rulebook, length: FormLength, when: Option<&Condition>) -> Option<Condition> {
    let atoms = &rulebook.program.atoms;
    let known = |atom: usize| {
        let atom = atoms.get(atom);
        atom.is_some_and(|atom| is_asked_in(rulebook, length, atom.node))
    };
    when?.clone().knowable(&known)
}

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

/// The sign for "none of these", where several could be chosen; no choice can be named so.
const NONE: &str = "-";

/// Reads a line as the reply to a question. A line that begins with `=` is an answer, whatever it looks like.
///
/// # Errors
/// A line that is no answer; the problem has no place, and says what to type instead.
pub fn parse(asked: Asked<'_>, line: &str) -> Result<Reply, Box<Diagnostic>> {
    let Asked { item, question, .. } = asked;
    let line = line.trim();
    if let Some((_, reply)) = ALONE.iter().find(|(name, _)| *name == line) {
        return Ok(reply.clone());
    }
    Ok(match first_word(line) {
        ("u", None) => Reply::NewAnswer(NewAnswer::plain("unknown")),
        ("n", _) if !question.may_not_apply => {
            let id = item.local_id();
            return Err(problem!(InvalidValue, "question-applies-to-everybody", id).into());
        }
        ("n", None) => Reply::NotApplicable,
        ("n", Some(reason)) => Reply::NewAnswer(NewAnswer::NotApplicable(reason.to_owned())),
        ("note", rest) => Reply::Note(rest.map(str::to_owned)),
        ("e", rest) => Reply::Evidence(rest.map(|rest| proof(question, rest)).transpose()?),
        _ => {
            let text = line.strip_prefix('=').map_or(line, str::trim);
            Reply::NewAnswer(answer(asked, text)?)
        }
    })
}

fn first_word(text: &str) -> (&str, Option<&str>) {
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, Some(rest.trim())),
        None => (text, None),
    }
}

/// A grade, or the beginning of one, and what the evidence is.
///
/// # Errors
/// No such grade; a problem without a place.
pub fn proof(question: &Question, text: &str) -> Result<EvidenceFile, Box<Diagnostic>> {
    let (word, rest) = first_word(text.trim());
    let reference = rest.map(str::to_owned);
    let begun = |grade: &Grade| !word.is_empty() && grade.name().starts_with(word);
    if let Some(grade) = Grade::ALL.into_iter().find(begun) {
        return Ok(EvidenceFile {
            grade,
            reference,
            link: None,
        });
    }
    let escape = if question.kind == QuestionType::Text {
        message!("if-it-is-the-answer-type-e", text)
    } else {
        String::new()
    };
    let grades = quoted(Grade::ALL.iter().map(|grade| grade.name()));
    Err(problem!(UnknownValue, "is-no-grade", word, grades, escape).into())
}

fn answer(asked: Asked<'_>, text: &str) -> Result<NewAnswer, Box<Diagnostic>> {
    let question = asked.question;
    let answer = match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {
            NewAnswer::plain(one(question, text)?)
        }
        QuestionType::SelectMultiple => NewAnswer::several(several(question, text)?),
        QuestionType::Integer | QuestionType::Decimal => NewAnswer::plain(&number(text)),
        QuestionType::Percent => NewAnswer::plain(&number(text.trim_end_matches('%').trim_end())),
        QuestionType::Text if text.is_empty() => {
            return Err(problem!(InvalidValue, "nothing-said-of-it").into());
        }
        QuestionType::Text => NewAnswer::text(text),
    };
    if let NewAnswer::Value(value) = &answer {
        check_value(asked, value).map_err(|problem| {
            Box::new(match problem.help {
                None if matches!(problem.code, Code::WrongType) => {
                    problem.help(message!("write-digits-with-a-point-where"))
                }
                _ => problem,
            })
        })?;
    }
    Ok(answer)
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

/// The word to type for a choice: its value, `yes` and `no`, or `=value` where the value alone would be
/// a command.
#[must_use]
pub fn typed(question: &Question, choice: &Choice) -> String {
    let word = if question.kind == QuestionType::Boolean {
        choice.label.to_lowercase()
    } else {
        choice.value.clone()
    };
    let is_command = ["u", "n", "note", "e"].contains(&word.as_str())
        || ALONE.iter().any(|(name, _)| *name == word);
    if is_command { format!("={word}") } else { word }
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
    let words = text.split(blank).map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| one(question, word)).collect()
}

/// The choice somebody typed: by its value, its name in any case, its number, or the beginning of its
/// name.
fn one<'q>(question: &'q Question, text: &str) -> Result<&'q str, Box<Diagnostic>> {
    let lower = text.to_lowercase();
    let named = |fits: &dyn Fn(&str) -> bool| {
        let is_boolean = question.kind == QuestionType::Boolean;
        let mut fitting = question.choices.iter().filter(|choice| {
            fits(&choice.value.to_lowercase()) || (is_boolean && fits(&choice.label.to_lowercase()))
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    };
    let counted = || {
        let nth = text.parse::<usize>().ok().filter(|_| numbered(question))?;
        question.choices.get(nth.checked_sub(1)?)
    };
    let exact = question.choices.iter().find(|choice| choice.value == text);
    let found = exact
        .or_else(|| named(&|name| name == lower))
        .or_else(counted)
        .or_else(|| named(&|name| name.starts_with(&lower)));
    if let Some(choice) = found {
        return Ok(&choice.value);
    }
    let words: Vec<String> = question
        .choices
        .iter()
        .map(|choice| typed(question, choice))
        .collect();
    let words = || words.iter().map(String::as_str);
    let quoted = quoted(words());
    let problem = problem!(UnknownChoice, "is-no-answer-here", text, quoted);
    Err(problem.nearest(text, words()).into())
}
