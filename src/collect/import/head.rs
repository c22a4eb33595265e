//! The head of a table: the row that names its columns, or several rows that do so together.
//!
//! Survey tools write a question over the columns of its choices, a code above its wording, or a
//! title above all. Each column then has several names; the one that is understood counts.

use super::Import;
use super::columns::{ColumnUse, Field};
use super::names::splits;
use super::problems::Problems;
use super::wording::fold;
use crate::text::diagnostic::Diagnostic;
use crate::text::table::{Batch, Row};
use crate::text::yaml::Located;
use crate::{message, problem};
use csv::StringRecord;

/// The beginning of a row that Qualtrics writes below its head.
const IMPORT_ID: &str = "{\"ImportId\":";

/// The head of a table.
#[derive(Debug)]
pub(super) struct Head {
    /// One name a column, in the last row of the head.
    pub(super) row: Row,
    /// By column, the names it may go by, [folded](fold), likeliest first.
    pub(super) names: Vec<Vec<String>>,
}

impl Head {
    /// Puts the names of columns together from the rows of a head, the first one first.
    fn new(rows: Vec<Row>) -> Option<Self> {
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        let columns: Vec<_> = (0..width).map(|column| names(&rows, column)).collect();
        let shown = columns.iter().map(|(shown, _)| shown.as_str());
        let cells: StringRecord = shown.collect();
        let names = columns.iter().map(|(_, names)| names.clone());
        let names = names.collect();
        let row = rows.into_iter().next_back()?;
        let row = Row { cells, ..row };
        Some(Self { row, names })
    }
}

impl Head {
    /// By column, what it calls a choice: the words in brackets or behind a dash, folded.
    pub(super) fn choices(&self) -> Vec<String> {
        let choice = |names: &Vec<String>| {
            let mut parts = names.iter().flat_map(|name| splits(name));
            parts.next().map_or("", |(_, choice)| choice).to_owned()
        };
        self.names.iter().map(choice).collect()
    }
}

/// The name by which a column is told, and all names it may go by.
fn names(rows: &[Row], column: usize) -> (String, Vec<String>) {
    let Some((last, above)) = rows.split_last() else {
        return (String::new(), vec![String::new()]);
    };
    let own = last.cell(column);
    let mut together = Vec::new();
    let mut alone = Vec::new();
    for row in above {
        let (text, is_shared) = over(row, column, own);
        if text.is_empty() {
            continue;
        }
        if !own.is_empty() {
            together.push(format!("{text} [{own}]"));
        }
        alone.extend((!is_shared).then(|| text.to_owned()));
    }
    alone.extend((!own.is_empty()).then(|| own.to_owned()));
    let shown = if above.iter().any(|row| over(row, column, own).1) {
        together.first()
    } else {
        alone.first()
    };
    let shown = shown.cloned().unwrap_or_default();
    let all = together.iter().chain(&alone);
    let mut all: Vec<String> = all.map(|name| fold(name)).collect();
    if all.is_empty() {
        all.push(String::new());
    }
    (shown, all)
}

/// The text that a row of a head has over a column with a name below it, and whether it stands over
/// others too: an empty cell belongs to the last text before it.
fn over<'r>(row: &'r Row, column: usize, below: &str) -> (&'r str, bool) {
    let text = row.cell(column);
    let next = row.cell(column + 1);
    let is_last = column + 1 >= row.cells.len();
    if text.is_empty() {
        let before = (0..column).rev().map(|at| row.cell(at));
        let left = before.into_iter().find(|text| !text.is_empty());
        return (left.filter(|_| !below.is_empty()).unwrap_or_default(), true);
    }
    let mut others = row.cells.iter().enumerate();
    let repeated = others.any(|(at, _)| at != column && row.cell(at) == text);
    (text, repeated || (next.is_empty() && !is_last))
}

impl Import<'_> {
    /// The problem of a table whose head seems to be elsewhere than where it is sought, or is not there.
    pub(super) fn misplaced_head(&self, rows: &[Row]) -> Option<Diagnostic> {
        if let Some(likely) = self.likely_head(rows) {
            let rows = match likely.as_slice() {
                [row] => message!("row", row),
                [first, second, ..] => message!("rows", first, second),
                [] => return None,
            };
            let header = format!("{likely:?}");
            let problem = problem!(InvalidTable, "the-head-seems-to-be-elsewhere", rows, header);
            return Some(problem);
        }
        let there = |told: &Located<u32>| rows.iter().any(|row| row.nth == row_number(told));
        let missing = self.file.header.iter().find(|row| !there(row))?;
        let problem = problem!(InvalidTable, "no-such-row-for-a-head", row = missing.value);
        Some(problem.at(missing.place))
    }

    /// Takes the head off a table: the rows that the mapping names, those that an export is known by,
    /// the likely ones, or else the first.
    pub(super) fn head(&self, batch: &mut Batch, likely: Option<&[usize]>) -> Option<Head> {
        self.skip(batch);
        let told: Vec<usize> = self.file.header.iter().map(row_number).collect();
        let first = || batch.rows.iter().take(1).map(|row| row.nth).collect();
        let (heads, passed) = match known_head(&batch.rows) {
            _ if !told.is_empty() => (told, 0),
            Some(found) => found,
            None => (likely.map_or_else(first, <[usize]>::to_vec), 0),
        };
        let last = heads.iter().max().copied().unwrap_or_default();
        let mut above = std::mem::take(&mut batch.rows);
        let end = above.iter().position(|row| row.nth > last);
        batch.rows = above.split_off(end.unwrap_or(above.len()));
        batch.rows.drain(..passed.min(batch.rows.len()));
        above.retain(|row| heads.contains(&row.nth));
        Head::new(above)
    }

    /// Takes the rows away that the mapping passes over.
    pub(super) fn skip(&self, batch: &mut Batch) {
        let skipped: Vec<usize> = self.file.skip.iter().map(row_number).collect();
        if !skipped.is_empty() {
            batch.rows.retain(|row| !skipped.contains(&row.nth));
        }
    }

    /// The rows that are likely the head, where these are others than the first one alone.
    pub(super) fn likely_head(&self, rows: &[Row]) -> Option<Vec<usize>> {
        if known_head(rows).is_some() || !self.file.header.is_empty() {
            return None;
        }
        let [first, second, ..] = rows else {
            return None;
        };
        let filled = |row: &Row| {
            (0..row.cells.len())
                .filter(|at| !row.cell(*at).is_empty())
                .count()
        };
        let knows = |row: &Row| {
            let mut cells = (0..row.cells.len()).map(|at| row.cell(at));
            cells.any(|cell| !cell.is_empty() && self.find(cell).is_some())
        };
        if filled(first) == 1 && filled(second) > 1 && !knows(first) {
            let below = rows.get(1..).and_then(|rows| self.two_rows(rows));
            return Some(below.unwrap_or_else(|| vec![second.nth]));
        }
        self.two_rows(rows)
    }

    /// The first two rows, where the second goes on with what the first begins: it names nobody, and
    /// has words where the first has none or says the same several times.
    fn two_rows(&self, rows: &[Row]) -> Option<Vec<usize>> {
        let [first, second, ..] = rows else {
            return None;
        };
        let head = Head::new(vec![Row {
            cells: first.cells.clone(),
            raw: first.raw.clone(),
            ..*first
        }])?;
        let columns = self.columns(&head, &mut Problems::new(0));
        let is_open = |at: usize| {
            let text = first.cell(at);
            let mut others = (0..first.cells.len()).filter(|other| *other != at);
            text.is_empty() || others.any(|other| first.cell(other) == text)
        };
        let (mut names_somebody, mut goes_on) = (false, false);
        for at in (0..second.cells.len()).filter(|at| !second.cell(*at).is_empty()) {
            goes_on |= is_open(at);
            names_somebody |= matches!(
                columns.list.get(at),
                Some(
                    ColumnUse::Respondent
                        | ColumnUse::Role
                        | ColumnUse::Unit
                        | ColumnUse::AnsweredOn
                        | ColumnUse::Question
                        | ColumnUse::Answer(Field::Value)
                )
            );
        }
        (goes_on && !names_somebody).then(|| vec![first.nth, second.nth])
    }
}

/// The head of an export that is known by a mark, and how many rows below it are no answers.
fn known_head(rows: &[Row]) -> Option<(Vec<usize>, usize)> {
    let is_mark = |row: &Row| row.cell(0).starts_with(IMPORT_ID);
    let mark = rows.iter().take(3).position(is_mark).filter(|at| *at > 0)?;
    let heads = rows.iter().take(mark).map(|row| row.nth);
    Some((heads.collect(), 1))
}

fn row_number(row: &Located<u32>) -> usize {
    usize::try_from(row.value).unwrap_or(usize::MAX)
}
