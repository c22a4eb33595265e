//! Tables that others wrote, CSV or XLSX, as rows of text whose cells can be found again.
//!
//! A table comes in [`Batch`]es, so that one of any length takes the memory of a few of them. Cells
//! hold no places; a batch tells the place of one when somebody has something to say about it.
//! What is read comes from strangers, and each reader keeps to a budget of its own.

pub(crate) mod book;
pub(crate) mod text;
pub(crate) mod write;

use crate::text::diagnostic::{Diagnostic, Place, SheetCell, Sources};
use csv::StringRecord;
use std::io;
use std::ops::Range;

/// Why a table cannot be read on.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The world does not give its bytes.
    World(io::Error),
    /// The bytes are no table.
    Refused(Box<Diagnostic>),
}

impl From<Diagnostic> for Stop {
    fn from(problem: Diagnostic) -> Self {
        Self::Refused(Box::new(problem))
    }
}

/// A table that has been opened.
pub(crate) enum Table<R> {
    /// A text, read as it goes.
    Text(Box<text::Reader<R>>),
    /// The sheets of a workbook that are still to come, last first.
    Book(Vec<Batch>),
}

impl<R: io::Read> Table<R> {
    /// The next rows, not yet split into cells; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Raw>, Stop> {
        match self {
            Self::Text(reader) => Ok(reader.next()?.map(Raw::Text)),
            Self::Book(sheets) => Ok(sheets.pop().map(Raw::Sheet)),
        }
    }
}

/// Rows before they are split into cells, which can be done beside one another.
pub(crate) enum Raw {
    Text(text::Chunk),
    Sheet(Batch),
}

impl Raw {
    pub(crate) fn split(self) -> Batch {
        match self {
            Self::Text(chunk) => chunk.split(),
            Self::Sheet(batch) => batch,
        }
    }
}

/// Some rows of a table, with what it takes to say where a cell stands.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) origin: Origin,
    pub(crate) rows: Vec<Row>,
}

/// What rows were read from.
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
    /// Its bytes in the text of the batch; nothing in a sheet.
    pub(crate) raw: Range<usize>,
}

impl Row {
    /// The text of a cell without spaces around it; nothing where there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
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
                    text::span(raw, *delimiter, column).unwrap_or(raw.len()..raw.len())
                });
                let source = sources.add_part(name, row.number, raw.to_owned());
                chars(raw, bytes, source)
            }
            Origin::Sheet(sheet) => {
                let cell = SheetCell {
                    sheet: sheet.clone(),
                    row: row.number,
                    column: column.map_or(1, |column| column + 1),
                };
                let source = sources.add_cell(name, cell);
                Place {
                    source,
                    start: 0,
                    end: 0,
                }
            }
        }
    }
}

/// A range of bytes of a text as a place in it.
pub(crate) fn chars(
    text: &str,
    bytes: Range<usize>,
    source: crate::text::diagnostic::SourceId,
) -> Place {
    let count = |end: usize| {
        let count = text.get(..end).map_or(0, |text| text.chars().count());
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Place {
        source,
        start: count(bytes.start),
        end: count(bytes.end),
    }
}
