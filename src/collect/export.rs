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
mod xlsform;
mod xpath;

pub use form::Form;
pub use xlsform::xlsform;

use super::{ANSWER, PERSON, SHOWN, sections};
use crate::answers::file::{AnswerFile, EvidenceFile, ResponseFile, ValueFile};
use crate::answers::follow;
use crate::collect::import::{UNKNOWN, is_aside, shown};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice, Question, Rulebook};
use crate::rules::vocabulary::{FormLength, Role};
use crate::text::diagnostic::Place;
use crate::text::number::float;
use crate::text::table::push_csv;
use crate::text::table::workbook::{book, sheet_name};
use crate::text::{Result, printable_lines};
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, Formula, Shape, Worksheet,
};
use std::collections::HashMap;
use xlsform::number;

/// The sheet of lists in a workbook.
const LISTS: &str = "Lists";
/// The widths in letters of the columns of a section's sheet, and of each that says who answers.
const WIDTHS: [f64; 6] = [24.0, 52.0, 60.0, 36.0, 36.0, 36.0];
const YOUR_WIDTH: f64 = 28.0;
const HOW: &str = "How to fill this in\n\
    1. On this sheet, write who you are: any word that nobody else has will do, and your role.\n\
    2. On the other sheets, choose or write an answer under `value`. What stays empty counts as not answered, never as zero.\n\
    3. Write `unknown` where you cannot say, and `n/a: reason` where a question does not apply.\n\
    4. Under `evidence` write what the answer rests on, such as `document: Account charter`.";

/// The form of a role, or all of it, as a long table to fill in.
#[must_use]
pub fn template(rulebook: &Rulebook, role: Option<Role>, length: FormLength) -> String {
    let mut table = String::new();
    push_row(&mut table, ANSWER.into_iter().chain(SHOWN));
    for (_, questions) in sections(rulebook, role, length) {
        for asked in questions {
            let [ask, choices] = worded(asked, role);
            push_row(&mut table, [&asked.item.id, "", "", "", &ask, &choices]);
        }
    }
    table
}

/// Answers as a wide table: one row a respondent, one column a question or choice, and next to it
/// the comment and the evidence. Only what the form asks has columns.
#[must_use]
pub fn responses<'a>(
    rulebook: &Rulebook,
    length: FormLength,
    responses: impl IntoIterator<Item = &'a ResponseFile>,
) -> String {
    let sections = sections(rulebook, None, length);
    let questions: Vec<_> = sections.flat_map(|(_, questions)| questions).collect();
    let mut table = String::new();
    let mut head = PERSON.map(str::to_owned).to_vec();
    for Asked { item, question, .. } in &questions {
        let id = &item.id;
        head.push(id.clone());
        head.extend(columns(question).map(|choice| format!("{id}/{}", choice.value)));
        head.extend(["comment", "evidence"].map(|part| format!("{id}:{part}")));
    }
    push_row(&mut table, head.iter().map(String::as_str));
    for response in responses {
        // Those who gave the responses were told already.
        let given = follow(rulebook, &response.answers, &mut Vec::new());
        let day = response.answered_on.as_ref();
        let mut row = vec![
            response.respondent.value.clone(),
            response.role.value.name().to_owned(),
            response.unit.clone().unwrap_or_default(),
            day.map(|day| day.value.clone()).unwrap_or_default(),
        ];
        for Asked { item, question, .. } in &questions {
            let pack = rulebook.packs.get(item.pack);
            let answers = pack.and_then(|pack| given.get(&pack.id));
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
    let detail = answer.map(|answer| answer.detail(Place::NOWHERE));
    let detail = detail.unwrap_or_default();
    let (text, list) = match (detail.value.as_deref(), &detail.not_applicable) {
        (_, Some(reason)) => (message!("n-a", reason = reason.value), None),
        (Some(ValueFile::One(scalar)), None) => {
            let words =
                question.kind == QuestionType::Text && !(scalar.plain && scalar.text == UNKNOWN);
            let sign = if words && is_aside(&scalar.text) {
                "'"
            } else {
                ""
            };
            (format!("{sign}{}", scalar.text), None)
        }
        (Some(ValueFile::List(list)), None) => {
            let values: Vec<&str> = list.iter().map(|one| one.value.as_str()).collect();
            (values.join("; "), Some(list))
        }
        (None, None) => (String::new(), None),
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
    let evidence = detail.evidence.as_ref().map(rests_on);
    let details = [detail.note, evidence].map(Option::unwrap_or_default);
    let whole = [text.clone()].into_iter();
    whole.chain(picks).chain(details).collect()
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

/// The words of a question: its text, with its roles where the questionnaire is not that of one role,
/// and the answers that it can have.
fn worded(Asked { item, question, .. }: Asked<'_>, role: Option<Role>) -> [String; 2] {
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

/// The titles of the packs.
fn title(rulebook: &Rulebook) -> String {
    let titles = rulebook.packs.iter().map(|pack| pack.title.as_str());
    titles.collect::<Vec<_>>().join(" · ")
}

/// The form of a role, or all of it, as the bytes of an XLSX file: one sheet a section, one
/// row a question.
///
/// Each sheet is a long table as import reads it, so the file comes back as it is. Answers are
/// chosen from lists that lie on a hidden sheet, as a list within a cell holds no more than 255
/// letters; other answers may be typed, and import checks them.
///
/// # Errors
/// A text of the packs that is too long for a cell.
pub fn workbook(rulebook: &Rulebook, role: Option<Role>, length: FormLength) -> Result<Vec<u8>> {
    let mut book = book(&title(rulebook))?;
    let formats = Formats::new();
    let mut lists = Lists::default();
    book.push_worksheet(you(&formats, role, &mut lists)?);
    let mut names = vec!["you".to_owned(), LISTS.to_lowercase()];
    for (section, questions) in sections(rulebook, role, length) {
        let mut sheet = Worksheet::new();
        sheet.set_name(sheet_name(&section.title, &mut names))?;
        let [id, answer @ ..] = ANSWER;
        let columns = [id].into_iter().chain(SHOWN).chain(answer);
        head(&mut sheet, columns.zip(WIDTHS), &formats)?;
        for (row, asked) in (1..).zip(questions) {
            let [ask, choices] = worded(asked, role);
            sheet.write_string_with_format(row, 0, &asked.item.id, &formats.quiet)?;
            sheet.write_string_with_format(row, 1, printable_lines(&ask), &formats.plain)?;
            sheet.write_string_with_format(row, 2, printable_lines(&choices), &formats.quiet)?;
            for column in 3..=5 {
                sheet.write_blank(row, column, &formats.fill)?;
            }
            sheet.set_row_height(row, height(&[(&ask, 52), (&choices, 60)]))?;
            if let Some(list) = options(asked.question) {
                sheet.add_data_validation(row, 3, row, 3, &lists.offer(list)?)?;
            }
        }
        book.push_worksheet(sheet);
    }
    lists.sheet.set_name(LISTS)?.set_hidden(true);
    book.push_worksheet(lists.sheet);
    Ok(book.save_to_buffer()?)
}

/// Formats of cells.
struct Formats {
    head: Format,
    plain: Format,
    quiet: Format,
    fill: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_background_color("#E7EDF3"),
            quiet: plain.clone().set_font_color("#5B6670"),
            fill: plain
                .clone()
                .set_background_color("#FFFBE6")
                .set_border(FormatBorder::Thin),
            plain,
        }
    }
}

/// The lists answers are chosen from, each in a column.
#[derive(Default)]
struct Lists {
    sheet: Worksheet,
    /// The column of each list.
    places: HashMap<Vec<String>, u16>,
}

impl Lists {
    /// The validation that offers a list; its cells are shared by all questions with the same.
    fn offer(&mut self, list: Vec<String>) -> Result<DataValidation> {
        let next = u16::try_from(self.places.len()).unwrap_or(u16::MAX);
        let (length, known) = (list.len(), self.places.get(&list));
        let column = known.copied().unwrap_or(next);
        if known.is_none() {
            for (row, text) in (0..).zip(&list) {
                self.sheet
                    .write_string(row, column, printable_lines(text))?;
            }
            self.places.insert(list, column);
        }
        let name = column_number_to_name(column);
        let cells = Formula::new(format!("={LISTS}!${name}$1:${name}${length}"));
        Ok(DataValidation::new()
            .allow_list_formula(cells)
            .show_error_message(false))
    }
}

/// The sheet that says who answers.
fn you(formats: &Formats, role: Option<Role>, lists: &mut Lists) -> Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name("You")?;
    head(
        &mut sheet,
        PERSON.map(|name| (name, YOUR_WIDTH)).into_iter(),
        formats,
    )?;
    for column in 0..4 {
        sheet.write_blank(1, column, &formats.fill)?;
    }
    if let Some(role) = role {
        sheet.write_string_with_format(1, 1, role.name(), &formats.fill)?;
    }
    let roles = Role::ALL.map(|role| role.name().to_owned()).to_vec();
    sheet.add_data_validation(1, 1, 1, 1, &lists.offer(roles)?)?;
    let text = Shape::textbox()
        .set_text(HOW)
        .set_alt_text(message!("how-to-fill-this-in"));
    sheet.insert_shape(3, 0, &text.set_width(760).set_height(170))?;
    Ok(sheet)
}

fn head<'a>(
    sheet: &mut Worksheet,
    columns: impl Iterator<Item = (&'a str, f64)>,
    formats: &Formats,
) -> Result<()> {
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, name, &formats.head)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The list an answer is chosen from; `None` where it is written.
fn options(question: &Question) -> Option<Vec<String>> {
    let several = question.kind == QuestionType::SelectMultiple;
    let choices = question.choices.iter().map(shown);
    let options = choices.chain(["unknown".to_owned()]);
    (!question.choices.is_empty() && !several).then(|| options.collect())
}

/// The height of a row in points: 15 a line of its fullest cell.
fn height(cells: &[(&str, usize)]) -> f64 {
    let lines = |(text, width): &(&str, usize)| -> usize {
        let lines = text.lines().map(|line| line.chars().count());
        lines.map(|letters| letters.div_ceil(*width).max(1)).sum()
    };
    let lines = cells.iter().map(lines).max().unwrap_or(1).clamp(1, 26);
    15.0 * float(lines) + 3.0
}
