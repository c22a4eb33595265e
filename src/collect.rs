//! Collection of answers from people and other tools.
//!
//! Comes in: answers given one by one, on a page, or in the export of a survey. Goes out: files of
//! answers. Imports `text`, `rules` and `answers`.
//!
//! [`interview`] asks one question after the other; [`export`] writes a questionnaire for others to
//! fill in, as a page, a workbook or a form; [`import`] takes in what comes back.

pub mod export;
pub mod import;
pub mod interview;

use crate::answers::is_asked;
use crate::rules::rulebook::{Item, Question, Rulebook, Section};
use crate::rules::vocabulary::Role;

/// Columns of every table that say who answers.
const PERSON: [&str; 4] = ["respondent", "role", "unit", "answered_on"];
/// Columns of a table with one row an answer.
const ANSWER: [&str; 4] = ["question", "value", "comment", "evidence"];
/// Columns that questionnaires repeat for people to read, and nobody fills in.
const SHOWN: [&str; 2] = ["ask", "choices"];

/// A question that is asked: its place among the items, and its two halves.
type Asked<'r> = (usize, &'r Item, &'r Question);

/// The sections with the questions that a role is asked; all of them where no role is given.
fn sections(
    rulebook: &Rulebook,
    role: Option<Role>,
) -> impl Iterator<Item = (&Section, Vec<Asked<'_>>)> {
    let asked = move |node: &usize| {
        let item = rulebook.item(*node)?;
        let question = item.kind.question()?;
        let put = role.is_none_or(|role| is_asked(question, role));
        put.then_some((*node, item, question))
    };
    let sections = rulebook.sections.iter();
    let sections = sections.map(move |section| {
        let questions = section.questions.iter().filter_map(asked);
        (section, questions.collect::<Vec<_>>())
    });
    sections.filter(|(_, questions)| !questions.is_empty())
}
