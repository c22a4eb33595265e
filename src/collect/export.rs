//! Questionnaires for others to fill in, and answers as a table that others can open.
//!
//! A questionnaire goes out as a [`Form`], one page for one person, as a [`workbook`] for people, as
//! a [`template`] in CSV, or as an [`xlsform`] for form servers; what comes back from the tables goes
//! through [`import`](crate::collect::import). [`responses`] writes answers one row a respondent. The
//! same input gives the same bytes.
//!
//! No text is taken for a formula: workbooks hold it as text, and in CSV one that begins like a
//! formula has an apostrophe before it, which import takes away again.

mod form;
mod workbook;
mod xlsform;
mod xpath;

pub use form::{Form, FormOptions};
pub use workbook::workbook;
pub use xlsform::xlsform;

use super::{ANSWER, PERSON, SHOWN, sections};
use crate::answers::file::{AnswerFile, EvidenceFile, ResponseFile, ValueFile};
use crate::collect::import::shown;
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Domain, Item, Question, Rulebook};
use crate::rules::vocabulary::Role;
use crate::text::grid::push_csv;
use crate::text::yaml::Located;

/// The questionnaire of a role, or all of it, as a long table to fill in.
#[must_use]
pub fn template(rulebook: &Rulebook, role: Option<Role>) -> String {
    let mut table = String::new();
    push_row(&mut table, ANSWER.into_iter().chain(SHOWN));
    for (_, questions) in sections(rulebook, role) {
        for (_, item, question) in questions {
            let [ask, choices] = worded(item, question, role);
            push_row(&mut table, [&item.id, "", "", "", &ask, &choices]);
        }
    }
    table
}

/// Answers as a wide table: one row a respondent, one column a question or choice, and next to it
/// the comment and the evidence.
#[must_use]
pub fn responses<'a>(
    rulebook: &Rulebook,
    responses: impl IntoIterator<Item = &'a ResponseFile>,
) -> String {
    let sections = sections(rulebook, None);
    let questions: Vec<_> = sections.flat_map(|(_, questions)| questions).collect();
    let mut table = String::new();
    let mut head = PERSON.map(str::to_owned).to_vec();
    for (_, item, question) in &questions {
        let id = &item.id;
        head.push(id.clone());
        head.extend(columns(question).map(|choice| format!("{id}/{}", choice.value)));
        head.extend(["comment", "evidence"].map(|part| format!("{id}:{part}")));
    }
    push_row(&mut table, head.iter().map(String::as_str));
    for response in responses {
        let day = response.answered_on.as_ref();
        let mut row = vec![
            response.respondent.value.clone(),
            response.role.value.name().to_owned(),
            response.unit.clone().unwrap_or_default(),
            day.map(|day| day.value.clone()).unwrap_or_default(),
        ];
        for (_, item, question) in &questions {
            let pack = rulebook.packs.get(item.pack);
            let answers = pack.and_then(|pack| response.answers.get(&pack.id));
            let answer = answers.and_then(|answers| answers.get(item.local_id()));
            row.extend(cells(answer.map(|answer| &answer.value), question));
        }
        push_row(&mut table, row.iter().map(String::as_str));
    }
    table
}

/// The choices with a column of their own.
fn columns(question: &Question) -> impl Iterator<Item = &Choice> {
    let several = question.kind == QuestionType::SelectMultiple;
    question.choices.iter().filter(move |_| several)
}

/// The cells of one answer.
fn cells(answer: Option<&AnswerFile>, question: &Question) -> Vec<String> {
    let mut detail = None;
    let (text, list) = match answer {
        None => (String::new(), None),
        Some(AnswerFile::Value(scalar)) => (scalar.text.clone(), None),
        Some(AnswerFile::List(list)) => (joined(list), Some(list)),
        Some(AnswerFile::Full(full)) => {
            detail = Some(full);
            match (full.value.as_deref(), &full.not_applicable) {
                (_, Some(reason)) => (message!("n-a", reason = reason.value), None),
                (Some(ValueFile::One(scalar)), None) => (scalar.text.clone(), None),
                (Some(ValueFile::List(list)), None) => (joined(list), Some(list)),
                (None, None) => (String::new(), None),
            }
        }
    };
    let single = columns(question).any(|choice| choice.value == text);
    let taken = |choice: &Choice| match list {
        Some(list) => Some(list.iter().any(|one| one.value == choice.value)),
        None => single.then(|| choice.value == text),
    };
    let picks = columns(question).map(|choice| match taken(choice) {
        Some(true) => "1".to_owned(),
        Some(false) => "0".to_owned(),
        None => String::new(),
    });
    let note = detail.and_then(|one| one.note.clone());
    let evidence = detail.and_then(|one| one.evidence.as_ref());
    let details = [note, evidence.map(rests_on)].map(Option::unwrap_or_default);
    [text.clone()]
        .into_iter()
        .chain(picks)
        .chain(details)
        .collect()
}

fn joined(list: &[Located<String>]) -> String {
    let values: Vec<&str> = list.iter().map(|one| one.value.as_str()).collect();
    values.join("; ")
}

fn rests_on(evidence: &EvidenceFile) -> String {
    let what = evidence.reference.as_ref().or(evidence.link.as_ref());
    let what = what.map_or("", String::as_str);
    format!("{}: {what}", evidence.grade.name())
}

/// Adds a row of CSV; what begins like a formula is kept from being one.
fn push_row<'a>(table: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            table.push(',');
        }
        push_csv(cell, table);
    }
    table.push_str("\r\n");
}

/// The text of a question, with the stem of a matrix before its row.
fn ask(question: &Question) -> String {
    match &question.stem {
        Some(stem) => format!("{stem}\n{}", question.ask),
        None => question.ask.clone(),
    }
}

/// What people read of a question: its text, with its roles where the questionnaire is not that of
/// one role, and the answers that it can have.
fn worded(item: &Item, question: &Question, role: Option<Role>) -> [String; 2] {
    let mut text = ask(question);
    if role.is_none() && !question.roles.is_empty() {
        let roles: Vec<&str> = question.roles.iter().map(|role| role.name()).collect();
        text = format!("{text}\n(asked of: {})", roles.join(", "));
    }
    let last = match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => None,
        QuestionType::SelectMultiple => {
            Some(message!("several-may-be-given-with-between").to_owned())
        }
        QuestionType::Integer | QuestionType::Decimal => Some(number(item, question)),
        QuestionType::Percent => Some(message!("a-percentage-to").to_owned()),
        QuestionType::Text => Some(message!("in-your-own-words").to_owned()),
    };
    let answers: Vec<String> = question.choices.iter().map(shown).chain(last).collect();
    [text, answers.join("\n")]
}

/// The least and the most number a question can be answered by.
fn limits(item: &Item) -> (f64, f64) {
    match item.domain {
        Domain::Number { least, most, .. } => (least, most),
        Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => {
            (f64::NEG_INFINITY, f64::INFINITY)
        }
    }
}

/// The numbers a question can be answered by.
fn number(item: &Item, question: &Question) -> String {
    let kind = if question.kind == QuestionType::Integer {
        message!("a-whole-number-2")
    } else {
        message!("a-number-2")
    };
    let (least, most) = limits(item);
    let range = match (least.is_finite(), most.is_finite()) {
        (true, true) => format!(", {least} to {most}"),
        (true, false) => message!("or-more-2", least),
        (false, true) => message!("or-less", most),
        (false, false) => String::new(),
    };
    let unit = question.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", in {unit}"));
    let period = question.period;
    let period = period.map_or(String::new(), |it| format!(", per {}", it.word()));
    format!("{kind}{range}{unit}{period}")
}

/// The titles of the packs.
fn title(rulebook: &Rulebook) -> String {
    let titles = rulebook.packs.iter().map(|pack| pack.title.as_str());
    titles.collect::<Vec<_>>().join(" · ")
}
