//! Questionnaires and answers as CSV.

use super::questions::{answers, ask_with_roles, sections};
use crate::answers::file::{AnswerFile, EvidenceFile, ResponseFile, ValueFile};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Item, Question, Rulebook};
use crate::rules::vocabulary::Role;
use crate::text::grid::csv::push_csv;
use crate::text::yaml::Located;

/// The questionnaire of a role, or all of it, as a long table to fill in.
#[must_use]
pub fn template(rulebook: &Rulebook, role: Option<Role>) -> String {
    let mut table = String::new();
    let head = ["question", "value", "comment", "evidence", "ask", "choices"];
    push_row(&mut table, head);
    for (_, questions) in sections(rulebook, role) {
        for (item, question) in questions {
            let choices = answers(item, question).join("\n");
            let ask = ask_with_roles(question, role);
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
    let questions: Vec<(&Item, &Question)> = sections(rulebook, None)
        .flat_map(|(_, questions)| questions)
        .collect();
    let mut table = String::new();
    let mut head = ["respondent", "role", "unit", "answered_on"]
        .map(str::to_owned)
        .to_vec();
    for (item, question) in &questions {
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
        for (item, question) in &questions {
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
    let mut cells = vec![text.clone()];
    cells.extend(columns(question).map(|choice| match taken(choice) {
        Some(true) => "1".to_owned(),
        Some(false) => "0".to_owned(),
        None => String::new(),
    }));
    let note = detail.and_then(|one| one.note.clone());
    let evidence = detail.and_then(|one| one.evidence.as_ref());
    cells.extend([note, evidence.map(rests_on)].map(Option::unwrap_or_default));
    cells
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
