//! A portfolio as a workbook: how scores are spread, then every client, then a sheet for each pack.
//!
//! Sheets of clients go to a file row by row, so memory does not grow with them. All texts are
//! written as texts, so none is taken for a formula or a link.

use super::overview::Overview;
use super::row::{PackRow, Row, word};
use super::table::{FigureSheet, sheets};
use crate::assess::assessment::ScoreState;
use crate::rules::rulebook::local_id;
use crate::rules::vocabulary::{Basis, FormLength};
use crate::text::table::workbook::{book, sheet_name};
use crate::text::{Error, Result, printable_lines};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Pack, major version, overlays, form and basis of a group.
type OwnedKey = (String, u64, Vec<String>, FormLength, Basis);

/// Rows of a sheet, less those of its head.
const MOST_ROWS: u32 = 1_048_576 - 2;
/// Letters a cell holds, less some room.
const MOST_LETTERS: usize = 32_000;
/// First columns of a sheet of clients: title, name in the table of clients, and width in letters.
const WHO: [(&str, &str, f64); 9] = [
    ("Folder", "path", 24.0),
    ("Client", "client", 28.0),
    ("Unit", "unit", 20.0),
    ("Date", "assessed_on", 12.0),
    ("Status", "status", 9.0),
    ("Form", "form", 9.0),
    ("Basis", "basis", 12.0),
    ("Answered", COVERAGE, 10.0),
    ("Confidence", "confidence", 11.0),
];
const COUNTS: [(&str, &str, f64); 2] = [
    ("Gates open", "gates_open", 10.0),
    ("Weighty findings", "weighty_findings", 10.0),
];
/// The column whose cells are shares.
const COVERAGE: &str = "coverage";

impl From<XlsxError> for Error {
    fn from(why: XlsxError) -> Self {
        Self::workbook(why)
    }
}

/// A workbook that is being written: [`add`](Self::add) the clients in order, then
/// [`save`](Self::save).
pub struct Book {
    inner: Workbook,
    /// Names of sheets that are taken.
    taken: Vec<String>,
    formats: Formats,
    sheets: Vec<ClientSheet>,
}

/// Sheet of all clients, or of those that are counted together.
#[derive(Debug)]
struct ClientSheet {
    group: Option<OwnedKey>,
    /// Its place among the sheets.
    place: usize,
    /// The next row to write.
    next: u32,
    /// Cells of each column: a name in the table of clients, or the id of a ladder or score.
    columns: Vec<String>,
}

#[derive(Debug)]
struct Formats {
    head: Format,
    id: Format,
    index: Format,
    share: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color("#E7EDF3"),
            id: Format::new().set_font_color("#5B6670"),
            index: Format::new().set_num_format("0.0"),
            share: Format::new().set_num_format("0%"),
        }
    }
}

impl Book {
    /// A workbook for the clients of an overview, which says what columns there are. `folder` takes
    /// what is written until the workbook is saved.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written into.
    pub fn new(overview: &Overview, folder: &Path) -> Result<Self> {
        let mut made = Self {
            inner: book("Portfolio")?,
            taken: Vec::new(),
            formats: Formats::new(),
            sheets: Vec::new(),
        };
        made.inner.set_tempdir(folder)?;
        for sheet in sheets(overview) {
            made.figures(&sheet)?;
        }
        let own = |(title, cells, width)| (title, "", cells, width);
        let columns = WHO.into_iter().chain(COUNTS).map(own);
        made.sheet("Clients", None, &columns.collect::<Vec<_>>())?;
        for group in &overview.groups {
            let ladders = group.ladders.iter().map(|one| (&one.id, &one.title, 18.0));
            let scores = group.scores.iter().map(|one| (&one.id, &one.title, 12.0));
            let items = ladders.chain(scores);
            let items =
                items.map(|(id, title, width)| (title.as_str(), local_id(id), id.as_str(), width));
            let columns = WHO.into_iter().map(own).chain(items);
            let short = match group.form {
                FormLength::Short => " short",
                FormLength::Full => "",
            };
            let name = format!("{}{short} {}", group.label(), word(group.basis));
            let (pack, overlays) = (group.pack.clone(), group.overlays.clone());
            let key = (pack, group.major, overlays, group.form, group.basis);
            made.sheet(&name, Some(key), &columns.collect::<Vec<_>>())?;
        }
        Ok(made)
    }

    /// A sheet that fits into memory.
    fn figures(&mut self, figures: &FigureSheet) -> Result<()> {
        let mut sheet = Worksheet::new();
        sheet.set_name(sheet_name(figures.name, &mut self.taken))?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, title) in (0..).zip(&figures.columns) {
            sheet.write_string_with_format(0, at, *title, &self.formats.head)?;
        }
        for (at, width) in (0..).zip(figures.widths) {
            sheet.set_column_width(at, *width)?;
        }
        for (at, cells) in (1..).zip(&figures.rows) {
            for (column, cell) in (0..).zip(cells) {
                write_cell(&mut sheet, (at, column), cell, &self.formats.index)?;
            }
        }
        self.inner.push_worksheet(sheet);
        Ok(())
    }

    /// A sheet of clients with its head: titles, and under them the ids that programs go by. Columns
    /// are given with title, id, cells and width.
    fn sheet(
        &mut self,
        name: &str,
        group: Option<OwnedKey>,
        columns: &[(&str, &str, &str, f64)],
    ) -> Result<()> {
        let place = self.inner.worksheets().len();
        let sheet = self.inner.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name, &mut self.taken))?;
        sheet.set_freeze_panes(2, 2)?;
        for (at, (_, _, _, width)) in (0..).zip(columns) {
            sheet.set_column_width(at, *width)?;
        }
        // A sheet that goes to a file is written row by row.
        for (at, (title, _, _, _)) in (0..).zip(columns) {
            sheet.write_string_with_format(0, at, cut(title), &self.formats.head)?;
        }
        for (at, (_, id, _, _)) in (0..).zip(columns).filter(|(_, one)| !one.1.is_empty()) {
            sheet.write_string_with_format(1, at, *id, &self.formats.id)?;
        }
        self.sheets.push(ClientSheet {
            group,
            place,
            next: 2,
            columns: columns.iter().map(|one| one.2.to_owned()).collect(),
        });
        Ok(())
    }

    /// Adds a client, after those that come before it. A sheet that is full takes no more rows.
    ///
    /// # Errors
    /// Returns an error if a cell cannot be written.
    pub fn add(&mut self, row: &Row) -> Result<()> {
        let client = row.client_cells();
        let cell = |name: &String| {
            let level = row.levels.iter().find(|one| one.id == *name);
            let score = row.scores.iter().find(|one| one.id == *name);
            let index = score.filter(|one| one.state == ScoreState::Rated);
            let item = || match level {
                Some(level) => json!(level.label),
                None => json!(index.and_then(|one| one.index)),
            };
            client.get(name).cloned().unwrap_or_else(item)
        };
        for own in self.sheets.iter_mut().filter(|own| own.holds(row)) {
            let sheet = self.inner.worksheet_from_index(own.place)?;
            for (at, name) in (0..).zip(&own.columns) {
                let number = if name == COVERAGE {
                    &self.formats.share
                } else {
                    &self.formats.index
                };
                write_cell(sheet, (own.next, at), &cell(name), number)?;
            }
            own.next += 1;
        }
        Ok(())
    }

    /// Writes the workbook out.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn save(mut self, out: impl Write + Send) -> Result<()> {
        Ok(self.inner.save_to_writer(out)?)
    }
}

impl ClientSheet {
    /// Returns true where a client has a row on it.
    fn holds(&self, row: &Row) -> bool {
        let is_own = self.group.as_ref().is_none_or(|group| {
            let (pack, major, overlays, form, basis) = group;
            let key = (pack.as_str(), *major, overlays.as_slice(), *form, *basis);
            row.packs.iter().any(|one: &PackRow| one.key(row) == key)
        });
        is_own && self.next < MOST_ROWS
    }
}

/// Writes a cell; what is null or an empty text is left out. Numbers with a point have a format.
fn write_cell(
    sheet: &mut Worksheet,
    (at, column): (u32, u16),
    cell: &Value,
    format: &Format,
) -> Result<()> {
    if let Some(text) = cell.as_str().filter(|text| !text.is_empty()) {
        sheet.write_string(at, column, cut(text))?;
    } else if let Some(number) = cell.as_f64() {
        if cell.is_f64() {
            sheet.write_number_with_format(at, column, number, format)?;
        } else {
            sheet.write_number(at, column, number)?;
        }
    }
    Ok(())
}

/// A text that a cell can hold.
fn cut(text: &str) -> String {
    printable_lines(text).chars().take(MOST_LETTERS).collect()
}
