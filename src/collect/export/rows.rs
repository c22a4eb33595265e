//! Questionnaires and answers as CSV.

use super::{answers, put_to, sections};
use crate::answers::file::{AnswerDetail, AnswerFile, ResponseFile, ValueFile};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::Role;
use crate::text::grid::write::quoted;
use crate::text::yaml::Located;

/// The questionnaire of a role, or all of it, as a long table to fill in.
#[must_use]
pub fn template(rulebook: &Rulebook, role: Option<Role>) -> String {
    let mut table = Table::default();
    table.row(["question", "value", "comment", "evidence", "ask", "choices"]);
    for (_, questions) in sections(rulebook, role) {
        for (item, question) in questions {
            let choices = answers(item, question).join("\n");
            table.row([&item.id, "", "", "", &put_to(question, role), &choices]);
        }
    }
    table.text
}

/// Answers as a wide table: one row a respondent, one column a question or choice, and beside it
/// what was commented and what it rests on.
#[must_use]
pub fn responses<'a>(
    rulebook: &Rulebook,
    responses: impl IntoIterator<Item = &'a ResponseFile>,
) -> String {
    let questions: Vec<(&Item, &Question)> = sections(rulebook, None)
        .flat_map(|(_, questions)| questions)
        .collect();
    let mut table = Table::default();
    let mut head: Vec<String> = ["respondent", "role", "unit", "answered_on"]
        .map(str::to_owned)
        .to_vec();
    for (item, question) in &questions {
        head.push(item.id.clone());
        if question.kind == QuestionType::SelectMultiple {
            let each = question
                .choices
                .iter()
                .map(|one| format!("{}/{}", item.id, one.value));
            head.extend(each);
        }
        head.extend(["comment", "evidence"].map(|part| format!("{}:{part}", item.id)));
    }
    table.row(head.iter().map(String::as_str));
    for response in responses {
        let mut row = vec![
            response.respondent.value.clone(),
            response.role.value.name().to_owned(),
            response.unit.clone().unwrap_or_default(),
            response
                .answered_on
                .as_ref()
                .map_or(String::new(), |day| day.value.clone()),
        ];
        for (item, question) in &questions {
            row.extend(cells(given(rulebook, response, item), question));
        }
        table.row(row.iter().map(String::as_str));
    }
    table.text
}

fn given<'a>(
    rulebook: &Rulebook,
    response: &'a ResponseFile,
    item: &Item,
) -> Option<&'a Located<AnswerFile>> {
    let pack = rulebook.packs.get(item.pack)?;
    response.answers.get(&pack.id)?.get(item.local_id())
}

/// The cells of one answer.
fn cells(answer: Option<&Located<AnswerFile>>, question: &Question) -> Vec<String> {
    let detail = match answer.map(|answer| &answer.value) {
        Some(AnswerFile::Full(detail)) => Some(detail.as_ref()),
        Some(AnswerFile::Value(_) | AnswerFile::List(_)) | None => None,
    };
    let (text, taken) = match answer.map(|answer| &answer.value) {
        None => (String::new(), None),
        Some(AnswerFile::Value(scalar)) => (scalar.text.clone(), None),
        Some(AnswerFile::List(list)) => (joined(list), Some(list)),
        Some(AnswerFile::Full(detail)) => match (&detail.value, &detail.not_applicable) {
            (_, Some(reason)) => (format!("n/a: {}", reason.value), None),
            (Some(value), None) => match &value.value {
                ValueFile::One(scalar) => (scalar.text.clone(), None),
                ValueFile::List(list) => (joined(list), Some(list)),
            },
            (None, None) => (String::new(), None),
        },
    };
    let mut cells = vec![text.clone()];
    if question.kind == QuestionType::SelectMultiple {
        let one = |value: &str| {
            vec![Located::new(
                value.to_owned(),
                crate::text::diagnostic::Place::NOWHERE,
            )]
        };
        let known = question.choices.iter().any(|choice| choice.value == text);
        let single = known.then(|| one(&text));
        let taken = taken.or(single.as_ref());
        cells.extend(question.choices.iter().map(|choice| {
            let held = taken.map(|list| list.iter().any(|one| one.value == choice.value));
            held.map_or("", |held| if held { "1" } else { "0" })
                .to_owned()
        }));
    }
    cells.push(detail.and_then(|one| one.note.clone()).unwrap_or_default());
    cells.push(detail.map(rests_on).unwrap_or_default());
    cells
}

fn joined(list: &[Located<String>]) -> String {
    let values: Vec<&str> = list.iter().map(|one| one.value.as_str()).collect();
    values.join("; ")
}

fn rests_on(detail: &AnswerDetail) -> String {
    let Some(evidence) = &detail.evidence else {
        return String::new();
    };
    let what = evidence.reference.as_ref().or(evidence.link.as_ref());
    format!(
        "{}: {}",
        evidence.grade.name(),
        what.map_or("", String::as_str)
    )
}

/// Rows of CSV; what begins like a formula is kept from being one.
#[derive(Default)]
struct Table {
    text: String,
}

impl Table {
    fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            quoted(cell, &mut self.text);
        }
        self.text.push_str("\r\n");
    }
}
