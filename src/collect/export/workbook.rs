//! A questionnaire as a workbook for people: one sheet a section, one row a question.
//!
//! Each sheet is a long table as import reads it, so the file comes back as it is. Answers are
//! chosen from lists that lie on a hidden sheet, as a list within a cell holds no more than 255
//! letters; other answers may be typed, and import checks them.

use super::{title, worded};
use crate::collect::import::shown;
use crate::collect::{ANSWER, PERSON, SHOWN, sections};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::Role;
use crate::text::grid::book::{book, sheet_name};
use crate::text::{Error, Result};
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, Formula, Shape, Worksheet, XlsxError,
};
use std::collections::HashMap;
use std::result::Result as StdResult;

/// The sheet of lists.
const LISTS: &str = "Lists";
/// The widths in letters of the columns of a section's sheet, and of the one that says who answers.
const WIDTHS: [f64; 6] = [24.0, 52.0, 60.0, 36.0, 36.0, 36.0];
const YOUR_WIDTHS: [f64; 4] = [28.0; 4];
const HOW: &str = "How to fill this in\n\
    1. On this sheet, write who you are: any word that nobody else has will do, and your role.\n\
    2. On the other sheets, choose or write an answer under `value`. What stays empty counts as not answered, never as zero.\n\
    3. Write `unknown` where you cannot say, and `n/a: reason` where a question does not apply.\n\
    4. Under `evidence` write what the answer rests on, such as `document: Account charter`.";

/// The questionnaire of a role, or all of it, as the bytes of an XLSX file.
///
/// # Errors
/// A text of the packs that is too long for a cell.
pub fn workbook(rulebook: &Rulebook, role: Option<Role>) -> Result<Vec<u8>> {
    write(rulebook, role).map_err(Error::workbook)
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
    fn offer(&mut self, list: Vec<String>) -> StdResult<DataValidation, XlsxError> {
        let next = u16::try_from(self.places.len()).unwrap_or(u16::MAX);
        let (length, known) = (list.len(), self.places.get(&list));
        let column = known.copied().unwrap_or(next);
        if known.is_none() {
            for (row, text) in (0..).zip(&list) {
                self.sheet.write_string(row, column, text)?;
            }
            self.places.insert(list, column);
        }
        let name = column_number_to_name(column);
        let cells = Formula::new(format!("={LISTS}!${name}$1:${name}${length}"));
        // Other answers may be typed; import checks them.
        Ok(DataValidation::new()
            .allow_list_formula(cells)
            .show_error_message(false))
    }
}

fn write(rulebook: &Rulebook, role: Option<Role>) -> StdResult<Vec<u8>, XlsxError> {
    let mut book = book(&title(rulebook))?;
    let formats = Formats::new();
    let mut lists = Lists::default();
    book.push_worksheet(you(&formats, role, &mut lists)?);
    let mut names = vec!["you".to_owned(), LISTS.to_lowercase()];
    for (section, questions) in sections(rulebook, role) {
        let mut sheet = Worksheet::new();
        sheet.set_name(sheet_name(&section.title, &mut names))?;
        let [id, answer @ ..] = ANSWER;
        let columns = [id].into_iter().chain(SHOWN).chain(answer);
        head(&mut sheet, columns.zip(WIDTHS), &formats)?;
        for (row, (_, item, question)) in (1..).zip(questions) {
            let [ask, choices] = worded(item, question, role);
            sheet.write_string_with_format(row, 0, &item.id, &formats.quiet)?;
            sheet.write_string_with_format(row, 1, &ask, &formats.plain)?;
            sheet.write_string_with_format(row, 2, &choices, &formats.quiet)?;
            for column in 3..=5 {
                sheet.write_blank(row, column, &formats.fill)?;
            }
            sheet.set_row_height(row, height(&[(&ask, 52), (&choices, 60)]))?;
            if let Some(list) = options(question) {
                sheet.add_data_validation(row, 3, row, 3, &lists.offer(list)?)?;
            }
        }
        book.push_worksheet(sheet);
    }
    lists.sheet.set_name(LISTS)?.set_hidden(true);
    book.push_worksheet(lists.sheet);
    book.save_to_buffer()
}

/// The sheet that says who answers.
fn you(
    formats: &Formats,
    role: Option<Role>,
    lists: &mut Lists,
) -> StdResult<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("You")?;
    head(&mut sheet, PERSON.into_iter().zip(YOUR_WIDTHS), formats)?;
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
) -> StdResult<(), XlsxError> {
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
    15.0 * f64::from(u32::try_from(lines).unwrap_or(1)) + 3.0
}
