//! Questionnaires and answers as tables that others can open.
//!
//! A questionnaire goes out as a [`workbook`] for people, as a [`template`] in CSV, or as an
//! [`xlsform`] for form servers; what comes back from any of them goes through
//! [`import`](crate::collect::import). [`responses`] writes answers one row a respondent. The same input
//! gives the same bytes.
//!
//! No text is taken for a formula: workbooks hold it as text, and in CSV one that begins like a
//! formula has an apostrophe before it, which import takes away again.

mod form;
mod people;
mod rows;
mod xpath;

pub use form::xlsform;
pub use people::workbook;
pub use rows::{responses, template};

use crate::answers::is_asked;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Item, Question, Rulebook, Section};
use crate::rules::vocabulary::Role;

/// The sections with the questions a role is asked; all of them where no role is given.
fn sections(
    rulebook: &Rulebook,
    role: Option<Role>,
) -> impl Iterator<Item = (&Section, Vec<(&Item, &Question)>)> {
    let sections = rulebook.sections.iter().map(move |section| {
        let questions = section.questions.iter().filter_map(move |node| {
            let item = rulebook.items.get(*node)?;
            let question = item.kind.question()?;
            let put = role.is_none_or(|role| is_asked(question, role));
            put.then_some((item, question))
        });
        (section, questions.collect::<Vec<_>>())
    });
    sections.filter(|(_, questions)| !questions.is_empty())
}

/// What is asked, with the stem of a matrix before its row.
fn asks(question: &Question) -> String {
    match &question.stem {
        Some(stem) => format!("{stem}\n{}", question.ask),
        None => question.ask.clone(),
    }
}

/// What is asked, and of whom, where the questionnaire is not that of one role.
fn put_to(question: &Question, role: Option<Role>) -> String {
    let roles: Vec<&str> = question.roles.iter().map(|role| role.name()).collect();
    if role.is_some() || roles.is_empty() {
        return asks(question);
    }
    format!("{}\n(asked of: {})", asks(question), roles.join(", "))
}

/// How a question is answered, in lines.
fn answers(item: &Item, question: &Question) -> Vec<String> {
    let mut lines: Vec<String> = question
        .choices
        .iter()
        .map(crate::collect::import::shown)
        .collect();
    match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {}
        QuestionType::SelectMultiple => {
            lines.push("(several may be given, with ; between them)".to_owned());
        }
        QuestionType::Integer | QuestionType::Decimal => {
            lines.push(number(item, question));
        }
        QuestionType::Percent => lines.push("a percentage, 0 to 100".to_owned()),
        QuestionType::Text => lines.push("in your own words".to_owned()),
    }
    lines
}

fn number(item: &Item, question: &Question) -> String {
    let kind = if question.kind == QuestionType::Integer {
        "a whole number"
    } else {
        "a number"
    };
    let limits = if let Domain::Number { least, most, .. } = item.domain {
        match (least.is_finite(), most.is_finite()) {
            (true, true) => format!(", {least} to {most}"),
            (true, false) => format!(", {least} or more"),
            (false, true) => format!(", {most} or less"),
            (false, false) => String::new(),
        }
    } else {
        String::new()
    };
    let unit = question
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(", in {unit}"));
    let period = question
        .period
        .map_or(String::new(), |it| format!(", per {}", it.word()));
    format!("{kind}{limits}{unit}{period}")
}

/// The titles of the packs.
fn title(rulebook: &Rulebook) -> String {
    let titles: Vec<&str> = rulebook
        .packs
        .iter()
        .map(|pack| pack.title.as_str())
        .collect();
    titles.join(" · ")
}
