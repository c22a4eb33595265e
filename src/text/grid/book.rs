//! Workbooks: the visible sheets of an XLSX file as rows of text.
//!
//! A workbook is an archive of XML, and one of a few kilobytes can unfold to gigabytes. Only the
//! parts that are needed are unfolded, all of them together within one budget, and nothing is
//! reserved because a file says how much it holds. A cell that shows a formula gives the value it
//! had when the file was saved; where none was saved, it gives the formula as text.
//!
//! This reader stays ours only as long as calamine, made for the job, trusts the counts and cell
//! names it finds in a file: a few bytes can take all memory.

mod cells;
mod package;

use super::{Batch, Origin};
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic};
use package::{BookError, Package, Relation, attribute};

/// Sheets.
const MOST_SHEETS: usize = 250;

/// The visible sheets of a workbook that hold anything, in their order.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Batch>, Box<Diagnostic>> {
    sheets(bytes).map_err(|fault| {
        Box::new(match fault {
            BookError::Broken(what) => {
                let message = message!("cannot-be-read-as-an-xlsx-workbook", name, what);
                Diagnostic::error(Code::InvalidWorkbook, message)
                    .help(message!("open-it-in-a-spreadsheet-and-save-it-again-as"))
            }
            BookError::Large(what) => {
                let message = message!("holds-more-than-is-read-of-a-workbook", name, what);
                Diagnostic::error(Code::FileTooLarge, message)
                    .help(message!("save-the-sheet-as-csv-utf-2"))
            }
        })
    })
}

fn sheets(bytes: &[u8]) -> Result<Vec<Batch>, BookError> {
    let mut package = Package::open(bytes)?;
    let main = package
        .relations("")?
        .into_iter()
        .find(|one| one.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |one| one.target);
    let text = package
        .part(&main)?
        .ok_or(BookError::Broken(message!("it-has-no-list-of-sheets")))?;
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
        let text = text.ok_or(BookError::Broken(message!(
            "a-sheet-is-listed-and-not-there"
        )))?;
        let rows = reader.rows(&text)?;
        if !rows.is_empty() {
            let origin = Origin::Sheet(name);
            batches.push(Batch { origin, rows });
        }
    }
    Ok(batches)
}

/// The part of a sheet; `None` where it holds a chart.
fn worksheet<'a>(relations: &'a [Relation], id: &str) -> Result<Option<&'a str>, BookError> {
    let found = relations.iter().find(|one| one.id == id);
    let one = found.ok_or(BookError::Broken(message!(
        "a-sheet-is-listed-and-not-there"
    )))?;
    Ok((one.kind == "worksheet").then_some(one.target.as_str()))
}

/// The names of visible sheets, each with the id of its part, and whether days count from 1904.
fn list(text: &str) -> Result<(Vec<(String, String)>, bool), BookError> {
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    package::each(text, |element| {
        let get = |name| attribute(element, name);
        match element.local_name().as_ref() {
            "workbookPr" => {
                since_1904 = get("date1904").is_some_and(|it| it == "1" || it == "true");
            }
            "sheet" if sheets.len() == MOST_SHEETS => {
                return Err(BookError::Large(message!("more-than-sheets")));
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
