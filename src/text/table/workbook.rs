//! Workbooks: the visible sheets of an XLSX file as rows of text.
//!
//! A cell that shows a formula gives the value it had when the file was saved; where none was saved,
//! it gives the formula as text. Nothing is reserved because a file says how much it holds.
//!
//! This reader stays ours only as long as calamine, made for the job, trusts the counts and cell
//! names it finds in a file: a few bytes can take all memory.

use super::cells;
use super::{Batch, Origin};
use crate::text::diagnostic::Diagnostic;
use crate::text::package::PackageError::{self, Broken, Large};
use crate::text::package::{Package, Relation, attribute, each};
use crate::text::{is_unprintable, printable_lines};
use crate::{message, problem};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Sheets.
const MOST_SHEETS: usize = 250;

/// The visible sheets of a workbook that hold anything, in their order.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Batch>, Box<Diagnostic>> {
    sheets(bytes).map_err(|fault| {
        Box::new(match fault {
            Broken(what) => problem!(InvalidWorkbook, "not-a-workbook", name, what),
            Large(what) => problem!(FileTooLarge, "workbook-too-large", name, what),
        })
    })
}

fn sheets(bytes: &[u8]) -> Result<Vec<Batch>, PackageError> {
    let mut package = Package::open(bytes)?;
    let main = package
        .relations("")?
        .into_iter()
        .find(|one| one.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |one| one.target);
    let text = package
        .part(&main)?
        .ok_or(Broken(message!("it-has-no-list-of-sheets")))?;
    let (sheets, since_1904) = list(&text)?;
    let relations = package.relations(&main)?;
    let mut part = |kind: &str| match relations.iter().find(|one| one.kind == kind) {
        Some(one) => package.part(&one.target),
        None => Ok(None),
    };
    let strings = part("sharedStrings")?;
    let strings = strings.map_or(Ok(Vec::new()), |text| cells::strings(&text))?;
    let styles = part("styles")?;
    let styles = styles.map_or(Ok(Vec::new()), |text| cells::styles(&text))?;
    let mut reader = cells::SheetReader::new(strings, styles, since_1904);
    let mut batches = Vec::new();
    for (name, id) in sheets {
        let Some(target) = worksheet(&relations, &id)? else {
            continue;
        };
        let text = package.part(target)?;
        let text = text.ok_or(Broken(message!("a-sheet-is-listed-and-not-there")))?;
        let rows = reader.rows(&text)?;
        if !rows.is_empty() {
            let origin = Origin::Sheet(name);
            batches.push(Batch { origin, rows });
        }
    }
    Ok(batches)
}

/// The part of a sheet; `None` where it holds a chart.
fn worksheet<'a>(relations: &'a [Relation], id: &str) -> Result<Option<&'a str>, PackageError> {
    let found = relations.iter().find(|one| one.id == id);
    let one = found.ok_or(Broken(message!("a-sheet-is-listed-and-not-there")))?;
    Ok((one.kind == "worksheet").then_some(one.target.as_str()))
}

/// The names of visible sheets, each with the id of its part, and whether days count from 1904.
fn list(text: &str) -> Result<(Vec<(String, String)>, bool), PackageError> {
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    each(text, |element| {
        let get = |name| attribute(element, name);
        match element.local_name().as_ref() {
            "workbookPr" => {
                since_1904 = get("date1904").is_some_and(|it| it == "1" || it == "true");
            }
            "sheet" if sheets.len() == MOST_SHEETS => {
                return Err(Large(message!("more-than-sheets")));
            }
            "sheet" if get("state").is_none_or(|it| it == "visible") => {
                let (name, id) = (get("name"), get("id"));
                sheets.push((name.unwrap_or_default(), id.unwrap_or_default()));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((sheets, since_1904))
}

/// The longest name of a sheet.
const MOST_NAME: usize = 31;

/// A workbook that holds no time but a fixed one.
pub(crate) fn book(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(printable_lines(title))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}

/// A name a sheet may have and no other has.
pub(crate) fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let clean = |letter: char| {
        if "[]:*?/\\'".contains(letter) || is_unprintable(letter) {
            ' '
        } else {
            letter
        }
    };
    let words: String = title.chars().map(clean).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |most: usize| -> String {
        let mut name = String::new();
        for letter in words.chars() {
            if name.encode_utf16().count() + letter.len_utf16() > most {
                break;
            }
            name.push(letter);
        }
        name.trim_end().to_owned()
    };
    let numbered = |number: usize| format!("{} {number}", cut(MOST_NAME - 4));
    let first = cut(MOST_NAME);
    let mut names = [first]
        .into_iter()
        .filter(|name| !name.is_empty())
        .chain((2..).map(numbered));
    let free = names.find(|name| !taken.contains(&name.to_lowercase()));
    let name = free.unwrap_or_default();
    taken.push(name.to_lowercase());
    name
}
