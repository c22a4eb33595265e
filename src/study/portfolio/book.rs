//! A portfolio as a workbook: how scores are spread, then every client, then a sheet for each pack.
//!
//! Sheets of clients go to a file row by row, so memory does not grow with them. All texts are
//! written as texts, so none is taken for a formula or a link.

mod spreads;

use super::group::owner;
use super::overview::GroupOverview;
use super::words::{basis, standing};
use super::{Overview, Row};
use crate::assess::assessment::ScoreState;
use crate::text::error::{Error, Result};
use crate::text::grid::write::{book as dated, sheet_name};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

/// Rows of a sheet, less those of its head.
const MOST_ROWS: u32 = 1_048_576 - 2;
/// Letters a cell holds, less some room.
const MOST_LETTERS: usize = 32_000;
/// What a sheet of clients begins with, each with the width of its column in letters.
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
    look: Look,
    clients: Sheet,
    packs: Vec<PackSheet>,
    groups: HashMap<(String, u64, &'static str), usize>,
}

/// How cells look.
#[derive(Debug)]
struct Look {
    head: Format,
    quiet: Format,
    index: Format,
    share: Format,
}

/// A sheet and the next row to write.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    place: usize,
    next: u32,
}

#[derive(Debug)]
struct PackSheet {
    sheet: Sheet,
    columns: HashMap<String, u16>,
}

impl Look {
    fn new() -> Self {
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color("#E7EDF3"),
            quiet: Format::new().set_font_color("#5B6670"),
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
    /// Where the folder cannot be written into.
    pub fn new(overview: &Overview, folder: &Path) -> Result<Self> {
        Self::begun(overview, folder).map_err(refused)
    }

    fn begun(overview: &Overview, folder: &Path) -> std::result::Result<Self, XlsxError> {
        let look = Look::new();
        let mut book = dated("Portfolio")?;
        book.set_tempdir(folder)?;
        let mut taken = Vec::new();
        spreads::write(&mut book, overview, &look, &mut taken)?;
        let first = book.worksheets().len();
        let columns = WHO
            .iter()
            .chain(&COUNTS)
            .map(|(name, wide)| ((*name).to_owned(), String::new(), *wide));
        sheet(
            &mut book,
            &sheet_name("Clients", &mut taken),
            &look,
            columns,
        )?;
        let mut made = Self {
            inner: book,
            look,
            clients: Sheet {
                place: first,
                next: 2,
            },
            packs: Vec::new(),
            groups: HashMap::new(),
        };
        for group in &overview.groups {
            made.group(group, &mut taken)?;
        }
        Ok(made)
    }

    fn group(
        &mut self,
        group: &GroupOverview,
        taken: &mut Vec<String>,
    ) -> std::result::Result<(), XlsxError> {
        let named = |(name, wide): &(&str, f64)| ((*name).to_owned(), String::new(), *wide);
        let mut columns: Vec<(String, String, f64)> = WHO.iter().map(named).collect();
        let own = |id: &str| id.split_once('.').map_or(id, |(_, id)| id).to_owned();
        for one in &group.ladders {
            columns.push((one.title.clone(), own(&one.id), 18.0));
        }
        for one in &group.scores {
            columns.push((one.title.clone(), own(&one.id), 12.0));
        }
        let ids = group.ladders.iter().map(|one| &one.id);
        let ids = ids.chain(group.scores.iter().map(|one| &one.id));
        let first = u16::try_from(WHO.len()).unwrap_or_default();
        let columns_by_id = ids.cloned().zip(first..).collect();
        let title = format!("{} {} {}", group.pack, group.major, basis(group.basis));
        let name = sheet_name(&title, taken);
        let place = self.inner.worksheets().len();
        sheet(&mut self.inner, &name, &self.look, columns.into_iter())?;
        let key = (group.pack.clone(), group.major, basis(group.basis));
        self.groups.insert(key, self.packs.len());
        self.packs.push(PackSheet {
            sheet: Sheet { place, next: 2 },
            columns: columns_by_id,
        });
        Ok(())
    }

    /// Adds a client, after those that come before it. A sheet that is full takes no more rows.
    ///
    /// # Errors
    /// Where a cell cannot be written.
    pub fn add(&mut self, row: &Row<'_>) -> Result<()> {
        self.added(row).map_err(refused)
    }

    fn added(&mut self, row: &Row<'_>) -> std::result::Result<(), XlsxError> {
        let Self {
            inner: book,
            look,
            packs,
            ..
        } = self;
        let mut clients = self.clients;
        if clients.next < MOST_ROWS {
            let sheet = book.worksheet_from_index(clients.place)?;
            let column = who(sheet, clients.next, row, look)?;
            for (column, count) in (column..).zip([row.gates_open(), row.weighty()]) {
                sheet.write_number(clients.next, column, super::spread::float(count))?;
            }
            clients.next += 1;
            self.clients = clients;
        }
        for pack in &row.packs {
            let key = (
                pack.id.to_string(),
                super::major(&pack.version),
                basis(row.basis),
            );
            let found = self.groups.get(&key).and_then(|at| packs.get_mut(*at));
            if let Some(own) = found.filter(|own| own.sheet.next < MOST_ROWS) {
                let sheet = book.worksheet_from_index(own.sheet.place)?;
                own.add(sheet, row, &pack.id, look)?;
            }
        }
        Ok(())
    }

    /// Writes the workbook out.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn save(mut self, out: impl Write + Send) -> Result<()> {
        self.inner.save_to_writer(out).map_err(refused)
    }
}

impl PackSheet {
    fn add(
        &mut self,
        sheet: &mut Worksheet,
        row: &Row<'_>,
        pack: &str,
        look: &Look,
    ) -> std::result::Result<(), XlsxError> {
        let at = self.sheet.next;
        who(sheet, at, row, look)?;
        for level in row.levels.iter().filter(|one| owner(&one.id) == pack) {
            if let (Some(column), Some(label)) = (self.columns.get(&*level.id), &level.label) {
                sheet.write_string(at, *column, cut(label))?;
            }
        }
        for score in row.scores.iter().filter(|one| owner(&one.id) == pack) {
            let told = score.index.filter(|_| score.state == ScoreState::Rated);
            if let (Some(column), Some(index)) = (self.columns.get(&*score.id), told) {
                sheet.write_number_with_format(at, *column, index, &look.index)?;
            }
        }
        self.sheet.next += 1;
        Ok(())
    }
}

/// The columns that say who it is; gives the column after them.
fn who(
    sheet: &mut Worksheet,
    at: u32,
    row: &Row<'_>,
    look: &Look,
) -> std::result::Result<u16, XlsxError> {
    let texts = [
        &*row.path,
        &*row.client,
        row.unit.as_deref().unwrap_or_default(),
        row.assessed_on.as_deref().unwrap_or_default(),
        standing(row.status),
        basis(row.basis),
    ];
    for (column, text) in (0..).zip(texts) {
        if !text.is_empty() {
            sheet.write_string(at, column, cut(text))?;
        }
    }
    sheet.write_number_with_format(at, 6, row.coverage, &look.share)?;
    sheet.write_string(at, 7, row.confidence.word())?;
    Ok(8)
}

/// A sheet with its head: names, and under them the ids that programs go by.
fn sheet(
    book: &mut Workbook,
    name: &str,
    look: &Look,
    columns: impl Iterator<Item = (String, String, f64)>,
) -> std::result::Result<(), XlsxError> {
    let columns: Vec<_> = columns.collect();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(2, 2)?;
    for (at, (_, _, wide)) in (0..).zip(&columns) {
        sheet.set_column_width(at, *wide)?;
    }
    for (at, (title, _, _)) in (0..).zip(&columns) {
        sheet.write_string_with_format(0, at, cut(title), &look.head)?;
    }
    for (at, (_, id, _)) in (0..).zip(&columns) {
        if !id.is_empty() {
            sheet.write_string_with_format(1, at, id, &look.quiet)?;
        }
    }
    Ok(())
}

/// A text that a cell can hold.
fn cut(text: &str) -> String {
    text.chars().take(MOST_LETTERS).collect()
}

fn refused(error: XlsxError) -> Error {
    Error::workbook(error)
}
