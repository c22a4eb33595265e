//! A portfolio as a workbook: how scores are spread, then every client, then a sheet for each pack.
//!
//! Sheets of clients go to a file row by row, so memory does not grow with them. All texts are
//! written as texts, so none is taken for a formula or a link.

mod figures;

use super::overview::{GroupOverview, Overview};
use super::row::{PackRow, Row, major, owner, word};
use crate::assess::assessment::ScoreState;
use crate::rules::vocabulary::Basis;
use crate::text::error::{Error, Result};
use crate::text::grid::write::{book, sheet_name};
use figures::FigureSheet;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

type Written<T = ()> = std::result::Result<T, XlsxError>;

/// Rows of a sheet, less those of its head.
const MOST_ROWS: u32 = 1_048_576 - 2;
/// Letters a cell holds, less some room.
const MOST_LETTERS: usize = 32_000;
/// First columns of a sheet of clients, each with its width in letters.
const WHO: [(&str, f64); 8] = [
    ("Folder", 24.0),
    ("Client", 28.0),
    ("Unit", 20.0),
    ("Date", 12.0),
    ("Status", 9.0),
    ("Basis", 12.0),
    ("Answered", 10.0),
    ("Confidence", 11.0),
];
const COUNTS: [(&str, f64); 2] = [("Gates open", 10.0), ("Weighty findings", 10.0)];
/// A workbook that is being written: [`add`](Self::add) the clients in order, then
/// [`save`](Self::save).
pub struct Book {
    inner: Workbook,
    /// Names of sheets that are taken.
    taken: Vec<String>,
    formats: Formats,
    /// The sheet of all clients, and the next row to write.
    clients: (usize, u32),
    packs: Vec<PackSheet>,
}

#[derive(Debug)]
struct Formats {
    head: Format,
    id: Format,
    index: Format,
    share: Format,
}

/// Sheet of the clients on one pack, major version and basis.
#[derive(Debug)]
struct PackSheet {
    pack: String,
    major: u64,
    basis: Basis,
    /// Its place among the sheets.
    place: usize,
    /// The next row to write.
    next: u32,
    /// Columns of ladders and scores, by id.
    columns: HashMap<String, u16>,
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
        Self::begun(overview, folder).map_err(Error::workbook)
    }

    fn begun(overview: &Overview, folder: &Path) -> Written<Self> {
        let mut made = Self {
            inner: book("Portfolio")?,
            taken: Vec::new(),
            formats: Formats::new(),
            clients: (0, 2),
            packs: Vec::new(),
        };
        made.inner.set_tempdir(folder)?;
        for sheet in figures::sheets(overview) {
            made.figures(&sheet)?;
        }
        let columns: Vec<_> = WHO.into_iter().chain(COUNTS).map(unnamed).collect();
        made.clients.0 = made.sheet("Clients", &columns)?;
        for group in &overview.groups {
            made.group(group)?;
        }
        Ok(made)
    }

    /// A sheet that fits into memory.
    fn figures(&mut self, figures: &FigureSheet) -> Written {
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
            write_cells(&mut sheet, at, 0, cells, &self.formats)?;
        }
        self.inner.push_worksheet(sheet);
        Ok(())
    }

    /// A sheet of clients with its head: titles, and under them the ids that programs go by. Gives
    /// its place.
    fn sheet(&mut self, name: &str, columns: &[(String, String, f64)]) -> Written<usize> {
        let place = self.inner.worksheets().len();
        let sheet = self.inner.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name, &mut self.taken))?;
        sheet.set_freeze_panes(2, 2)?;
        for (at, (_, _, width)) in (0..).zip(columns) {
            sheet.set_column_width(at, *width)?;
        }
        // A sheet that goes to a file is written row by row.
        for (at, (title, _, _)) in (0..).zip(columns) {
            sheet.write_string_with_format(0, at, cut(title), &self.formats.head)?;
        }
        for (at, (_, id, _)) in (0..).zip(columns) {
            if !id.is_empty() {
                sheet.write_string_with_format(1, at, id, &self.formats.id)?;
            }
        }
        Ok(place)
    }

    fn group(&mut self, group: &GroupOverview) -> Written {
        let ladders = group.ladders.iter().map(|one| (&one.id, &one.title, 18.0));
        let scores = group.scores.iter().map(|one| (&one.id, &one.title, 12.0));
        let items: Vec<_> = ladders.chain(scores).collect();
        let own = |id: &str| id.split_once('.').map_or(id, |(_, id)| id).to_owned();
        let named = items.iter();
        let named = named.map(|(id, title, width)| ((*title).clone(), own(id), *width));
        let columns: Vec<_> = WHO.map(unnamed).into_iter().chain(named).collect();
        let name = format!("{} {} {}", group.pack, group.major, word(group.basis));
        let place = self.sheet(&name, &columns)?;
        let first = u16::try_from(WHO.len()).unwrap_or_default();
        let ids = items.iter().map(|(id, _, _)| (*id).clone());
        self.packs.push(PackSheet {
            pack: group.pack.clone(),
            major: group.major,
            basis: group.basis,
            place,
            next: 2,
            columns: ids.zip(first..).collect(),
        });
        Ok(())
    }

    /// Adds a client, after those that come before it. A sheet that is full takes no more rows.
    ///
    /// # Errors
    /// Returns an error if a cell cannot be written.
    pub fn add(&mut self, row: &Row) -> Result<()> {
        self.added(row).map_err(Error::workbook)
    }

    fn added(&mut self, row: &Row) -> Written {
        let (place, next) = self.clients;
        if next < MOST_ROWS {
            let sheet = self.inner.worksheet_from_index(place)?;
            let column = write_who(sheet, next, row, &self.formats)?;
            let counts = [json!(row.gates_open()), json!(row.weighty())];
            write_cells(sheet, next, column, &counts, &self.formats)?;
            self.clients.1 += 1;
        }
        for pack in &row.packs {
            let mut sheets = self.packs.iter_mut();
            let own = sheets.find(|own| own.holds(pack, row.basis));
            if let Some(own) = own.filter(|own| own.next < MOST_ROWS) {
                let sheet = self.inner.worksheet_from_index(own.place)?;
                own.add(sheet, row, &self.formats)?;
            }
        }
        Ok(())
    }

    /// Writes the workbook out.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn save(mut self, out: impl Write + Send) -> Result<()> {
        self.inner.save_to_writer(out).map_err(Error::workbook)
    }
}

impl PackSheet {
    fn holds(&self, pack: &PackRow, basis: Basis) -> bool {
        (&self.pack, self.major, self.basis) == (&pack.id, major(&pack.version), basis)
    }

    fn add(&mut self, sheet: &mut Worksheet, row: &Row, formats: &Formats) -> Written {
        write_who(sheet, self.next, row, formats)?;
        for level in row.levels.iter().filter(|one| owner(&one.id) == self.pack) {
            if let Some(column) = self.columns.get(&level.id) {
                write_cells(sheet, self.next, *column, &[json!(level.label)], formats)?;
            }
        }
        for score in row.scores.iter().filter(|one| owner(&one.id) == self.pack) {
            let index = score.index.filter(|_| score.state == ScoreState::Rated);
            if let Some(column) = self.columns.get(&score.id) {
                write_cells(sheet, self.next, *column, &[json!(index)], formats)?;
            }
        }
        self.next += 1;
        Ok(())
    }
}

fn unnamed((title, width): (&str, f64)) -> (String, String, f64) {
    (title.to_owned(), String::new(), width)
}

/// Writes the columns that say who it is; gives the column after them.
fn write_who(sheet: &mut Worksheet, at: u32, row: &Row, formats: &Formats) -> Written<u16> {
    let texts = [
        json!(row.path),
        json!(row.client),
        json!(row.unit),
        json!(row.assessed_on),
        json!(row.status),
        json!(row.basis),
    ];
    write_cells(sheet, at, 0, &texts, formats)?;
    sheet.write_number_with_format(at, 6, row.coverage, &formats.share)?;
    write_cells(sheet, at, 7, &[json!(row.confidence)], formats)?;
    Ok(8)
}

/// Writes cells from a column on; what is null or an empty text is left out. Numbers with a point
/// are indices.
fn write_cells(
    sheet: &mut Worksheet,
    at: u32,
    first: u16,
    cells: &[Value],
    formats: &Formats,
) -> Written {
    for (column, cell) in (first..).zip(cells) {
        if let Some(text) = cell.as_str().filter(|text| !text.is_empty()) {
            sheet.write_string(at, column, cut(text))?;
        } else if let Some(number) = cell.as_f64() {
            if cell.is_f64() {
                sheet.write_number_with_format(at, column, number, &formats.index)?;
            } else {
                sheet.write_number(at, column, number)?;
            }
        }
    }
    Ok(())
}

/// A text that a cell can hold.
fn cut(text: &str) -> String {
    text.chars().take(MOST_LETTERS).collect()
}
