//! Tables that others wrote, CSV or XLSX, as rows of text whose cells can be found again.
//!
//! A table comes in [`Batch`]es, so that one of any length takes the memory of a few of them. Cells
//! hold no places; a batch gives the place of one when a problem needs it. Readers keep to budgets.

mod cells;
pub(crate) mod delimited;
mod guard;
pub(crate) mod workbook;

pub(crate) use guard::{push_csv, unguarded};

use crate::text::diagnostic::{Diagnostic, Place, SheetCell, Sources, byte_place};
use crate::text::is_unprintable;
use csv::StringRecord;
use std::io;
use std::ops::Range;

/// A failure that ends the reading of a table.
#[derive(Debug)]
pub(crate) enum TableError {
    /// Its bytes cannot be read.
    Io(io::Error),
    /// The bytes are no table.
    Problem(Box<Diagnostic>),
}

impl From<Diagnostic> for TableError {
    fn from(problem: Diagnostic) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// The rows of a table that has been opened: parts of a text as it is read, or sheets of a workbook.
pub(crate) type Batches<'a> = Box<dyn Iterator<Item = Result<Batch, TableError>> + 'a>;

/// Some rows of a table, with what it takes to find the place of a cell.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) origin: Origin,
    pub(crate) rows: Vec<Row>,
}

/// The origin of rows.
#[derive(Debug)]
pub(crate) enum Origin {
    /// Some lines of a text.
    Text { text: String, delimiter: u8 },
    /// A sheet of a workbook.
    Sheet(String),
}

/// One row with anything in it.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) cells: StringRecord,
    /// Its line in the text, or its row in the sheet, from 1.
    pub(crate) number: usize,
    /// Its row as a spreadsheet shows it, from 1.
    pub(crate) nth: usize,
    /// Its bytes in the text of the batch; nothing in a sheet.
    pub(crate) raw: Range<usize>,
}

impl Row {
    /// The text of a cell without spaces and letters that show as nothing around it; nothing where there
    /// is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let blank = |letter: char| letter.is_whitespace() || is_unprintable(letter);
        let cell = self.cells.get(column).unwrap_or_default();
        cell.trim_matches(blank)
    }
}

impl Batch {
    /// The name of the sheet; nothing in a text.
    pub(crate) fn sheet(&self) -> Option<&str> {
        match &self.origin {
            Origin::Text { .. } => None,
            Origin::Sheet(name) => Some(name),
        }
    }

    /// The place of a cell of the file `name`, or of its whole row.
    pub(crate) fn place(
        &self,
        name: &str,
        row: &Row,
        column: Option<usize>,
        sources: &mut Sources,
    ) -> Place {
        match &self.origin {
            Origin::Text { text, delimiter } => {
                let raw = text.get(row.raw.clone()).unwrap_or_default();
                let bytes = column.map_or(0..raw.len(), |column| {
                    delimited::span(raw, *delimiter, column)
                });
                let source = sources.add_part(name, row.number, raw.to_owned());
                byte_place(raw, bytes, source)
            }
            Origin::Sheet(sheet) => {
                let cell = SheetCell {
                    sheet: sheet.clone(),
                    row: row.number,
                    column: column.map_or(1, |column| column + 1),
                };
                Place::beginning(sources.add_cell(name, cell))
            }
        }
    }
}
