//! A portfolio as tables: the same columns in CSV and in Parquet.
//!
//! Five tables, one row per client, score, ladder, gate or finding; `path` says whose it is. Columns
//! may be added within a format, never renamed or moved.

mod schema;

use super::group::owner;
use super::words::{basis, kind, need, severity, standing, verdict};
use super::{Problem, Row};
use crate::text::grid::write::push_csv;
use schema::{CLIENTS, FINDINGS, GATES, LEVELS, SCORES};
use std::borrow::Cow;
use std::fmt::Write as _;

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// One row per client.
    Clients,
    /// One row per client and score.
    Scores,
    /// One row per client and ladder.
    Levels,
    /// One row per client and gate.
    Gates,
    /// One row per client and finding that holds.
    Findings,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// True or false.
    Flag,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a cell may be empty.
    pub optional: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    Whole(u64),
    Flag(bool),
}

/// Whom rows are given to, each with the id of its pack.
type Take<'t> = &'t mut dyn FnMut(&str, &[Cell<'_>]);

impl Table {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Clients,
        Self::Scores,
        Self::Levels,
        Self::Gates,
        Self::Findings,
    ];

    /// Its name, as files carry it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Scores => "scores",
            Self::Levels => "levels",
            Self::Gates => "gates",
            Self::Findings => "findings",
        }
    }

    /// Its columns.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Clients => &CLIENTS,
            Self::Scores => &SCORES,
            Self::Levels => &LEVELS,
            Self::Gates => &GATES,
            Self::Findings => &FINDINGS,
        }
    }

    /// The names of the columns as a line of CSV.
    #[must_use]
    pub fn head(self) -> String {
        let names: Vec<_> = self.columns().iter().map(|one| one.name).collect();
        names.join(",") + "\r\n"
    }

    /// Appends the lines of a client. Numbers are written in full, so that they are read back as
    /// they were; no text is taken for a formula.
    pub fn write(self, row: &Row<'_>, out: &mut String) {
        self.rows(row, &mut |_, cells| line(cells, out));
    }

    /// Gives the rows of a client one by one, each with its pack; it is empty for the client's own.
    pub(super) fn rows(self, row: &Row<'_>, take: Take<'_>) {
        match self {
            Self::Clients => client(row, take),
            Self::Scores => scores(row, take),
            Self::Levels => levels(row, take),
            Self::Gates => gates(row, take),
            Self::Findings => findings(row, take),
        }
    }
}

fn client(row: &Row<'_>, take: Take<'_>) {
    let packs: Vec<&str> = row.packs.iter().map(|pack| &*pack.id).collect();
    let cells = [
        text(&row.path),
        text(&row.client),
        maybe(row.unit.as_deref()),
        maybe(row.assessed_on.as_deref()),
        text(basis(row.basis)),
        text(standing(row.status)),
        row.respondents
            .map_or(Cell::Empty, |people| Cell::Whole(people.into())),
        Cell::Number(row.coverage),
        text(row.confidence.word()),
        Cell::Text(Cow::Owned(packs.join(" "))),
        whole(row.gates_open()),
        whole(row.weighty()),
    ];
    take("", &cells);
}

fn scores(row: &Row<'_>, take: Take<'_>) {
    for score in &row.scores {
        let (pack, head) = beginning(row, &score.id, &score.title);
        let rest = [
            number(score.value),
            number(score.index),
            number(score.low),
            number(score.high),
            Cell::Number(score.coverage),
            text(verdict(score.state)),
            text(score.confidence.word()),
        ];
        take(pack, &joined(head, rest));
    }
}

fn levels(row: &Row<'_>, take: Take<'_>) {
    for level in &row.levels {
        let (pack, head) = beginning(row, &level.id, &level.title);
        let rest = [
            maybe(level.level.as_deref()),
            maybe(level.label.as_deref()),
            level
                .rank
                .map_or(Cell::Empty, |rank| Cell::Whole(rank.into())),
            Cell::Flag(level.certain),
        ];
        take(pack, &joined(head, rest));
    }
}

fn gates(row: &Row<'_>, take: Take<'_>) {
    for gate in &row.gates {
        let (pack, head) = beginning(row, &gate.id, &gate.title);
        take(pack, &joined(head, [text(need(gate.state))]));
    }
}

fn findings(row: &Row<'_>, take: Take<'_>) {
    for finding in &row.findings {
        let (pack, head) = beginning(row, &finding.id, &finding.title);
        let rest = [
            text(kind(finding.kind)),
            text(severity(finding.severity)),
            Cell::Flag(finding.certain),
        ];
        take(pack, &joined(head, rest));
    }
}

/// The columns that every table but the clients' begins with, and the pack.
fn beginning<'r>(row: &'r Row<'_>, id: &'r str, title: &'r str) -> (&'r str, [Cell<'r>; 6]) {
    let pack = owner(id);
    let version = row.packs.iter().find(|one| one.id == pack);
    let cells = [
        text(&row.path),
        text(&row.client),
        text(pack),
        text(version.map_or("", |one| &one.version)),
        text(id),
        text(title),
    ];
    (pack, cells)
}

fn joined<'r, const N: usize>(head: [Cell<'r>; 6], rest: [Cell<'r>; N]) -> Vec<Cell<'r>> {
    head.into_iter().chain(rest).collect()
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn maybe(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Empty, text)
}

fn number(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Empty, Cell::Number)
}

fn whole(count: usize) -> Cell<'static> {
    Cell::Whole(u64::try_from(count).unwrap_or(u64::MAX))
}

/// One line of CSV.
fn line(cells: &[Cell<'_>], out: &mut String) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        // Writing into a string cannot fail.
        let _ = match cell {
            Cell::Empty => Ok(()),
            Cell::Text(text) => {
                push_csv(text, out);
                Ok(())
            }
            Cell::Number(value) => write!(out, "{value}"),
            Cell::Whole(value) => write!(out, "{value}"),
            Cell::Flag(flag) => write!(out, "{flag}"),
        };
    }
    out.push_str("\r\n");
}

impl Problem {
    /// The names of the columns of problems as a line of CSV.
    #[must_use]
    pub fn head() -> String {
        "path,message,errors\r\n".to_owned()
    }

    /// The problem as a line of CSV.
    #[must_use]
    pub fn line(&self) -> String {
        let mut out = String::new();
        push_csv(&self.path, &mut out);
        out.push(',');
        push_csv(&self.message, &mut out);
        let _ = write!(out, ",{}\r\n", self.errors);
        out
    }
}
