//! A portfolio as tables: the same columns in CSV and in Parquet.
//!
//! Five tables, one row per client, score, ladder, gate or finding; `path` says whose it is. A cell
//! holds what the JSON of the client's row has under the name of its column. Columns may be added
//! within a format, never renamed or moved.

use super::overview::{GroupOverview, Overview, Problem};
use super::row::{FindingRow, GateRow, LevelRow, Row, ScoreRow};
use crate::rules::vocabulary::FormLength;
use crate::study::owner;
use crate::text::table::push_csv;
use serde_json::{Value, json};
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

/// Type of the cells of a column.
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

/// A column: its name, and the type of its cells, each of which may be empty.
pub type Column = (&'static str, Kind);

/// First columns of every table; that of the clients has two of them.
const WHO: [Column; 6] = [
    ("path", Kind::Text),
    ("client", Kind::Text),
    ("pack", Kind::Text),
    ("pack_version", Kind::Text),
    ("id", Kind::Text),
    ("title", Kind::Text),
];
const CLIENTS: [Column; 11] = [
    ("unit", Kind::Text),
    ("assessed_on", Kind::Text),
    ("basis", Kind::Text),
    ("status", Kind::Text),
    ("respondents", Kind::Whole),
    ("coverage", Kind::Number),
    ("confidence", Kind::Text),
    ("packs", Kind::Text),
    ("gates_open", Kind::Whole),
    ("weighty_findings", Kind::Whole),
    ("form", Kind::Text),
];
const SCORES: [Column; 7] = [
    ("value", Kind::Number),
    ("index", Kind::Number),
    ("low", Kind::Number),
    ("high", Kind::Number),
    ("coverage", Kind::Number),
    ("state", Kind::Text),
    ("confidence", Kind::Text),
];
const LEVELS: [Column; 4] = [
    ("level", Kind::Text),
    ("label", Kind::Text),
    ("rank", Kind::Whole),
    ("certain", Kind::Flag),
];
const GATES: [Column; 1] = [("state", Kind::Text)];
const FINDINGS: [Column; 3] = [
    ("kind", Kind::Text),
    ("severity", Kind::Text),
    ("certain", Kind::Flag),
];

impl Table {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Clients,
        Self::Scores,
        Self::Levels,
        Self::Gates,
        Self::Findings,
    ];

    /// Its name, how many of the first columns it has, and its own.
    const fn parts(self) -> (&'static str, usize, &'static [Column]) {
        match self {
            Self::Clients => ("clients", 2, &CLIENTS),
            Self::Scores => ("scores", WHO.len(), &SCORES),
            Self::Levels => ("levels", WHO.len(), &LEVELS),
            Self::Gates => ("gates", WHO.len(), &GATES),
            Self::Findings => ("findings", WHO.len(), &FINDINGS),
        }
    }

    /// Its name, as files carry it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.parts().0
    }

    /// Its columns.
    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        let (_, who, own) = self.parts();
        WHO.iter().take(who).chain(own)
    }

    /// The names of the columns as a line of CSV.
    #[must_use]
    pub fn head(self) -> String {
        let names: Vec<_> = self.columns().map(|(name, _)| *name).collect();
        names.join(",") + "\r\n"
    }

    /// Appends the lines of a client. Numbers are written in full, so that they are read back as
    /// they were; no text is taken for a formula.
    pub fn write(self, row: &Row, out: &mut String) {
        for (_, cells) in self.rows(row) {
            write_line(&cells, out);
        }
    }

    /// Rows of a client, each with its pack; that is empty for the client's own row.
    #[must_use]
    pub fn rows(self, row: &Row) -> Vec<(String, Vec<Value>)> {
        let cells = |id: &str, title: &str, own: Vec<Value>| {
            let pack = owner(id);
            let version = row.packs.iter().find(|one| one.id == pack);
            let version = version.map_or("", |one| &one.version);
            let who = [&row.path, &row.client, pack, version, id, title].map(Value::from);
            (pack.to_owned(), who.into_iter().chain(own).collect())
        };
        let score = |one: &ScoreRow| {
            let figures = [one.value, one.index, one.low, one.high, Some(one.coverage)];
            let figures = figures.into_iter().map(Value::from);
            let words = [json!(one.state), json!(one.confidence)];
            cells(&one.id, &one.title, figures.chain(words).collect())
        };
        let level = |one: &LevelRow| {
            let (rank, certain) = (json!(one.rank), json!(one.certain));
            let own = vec![json!(one.level), json!(one.label), rank, certain];
            cells(&one.id, &one.title, own)
        };
        let gate = |one: &GateRow| cells(&one.id, &one.title, vec![json!(one.state)]);
        let finding = |one: &FindingRow| {
            let own = vec![json!(one.kind), json!(one.severity), json!(one.certain)];
            cells(&one.id, &one.title, own)
        };
        match self {
            Self::Clients => {
                let client = row.client_cells();
                let cell = |(name, _): &Column| client.get(name).cloned().unwrap_or_default();
                vec![(String::new(), self.columns().map(cell).collect())]
            }
            Self::Scores => row.scores.iter().map(score).collect(),
            Self::Levels => row.levels.iter().map(level).collect(),
            Self::Gates => row.gates.iter().map(gate).collect(),
            Self::Findings => row.findings.iter().map(finding).collect(),
        }
    }
}

fn write_line(cells: &[Value], out: &mut String) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if let Some(text) = cell.as_str() {
            push_csv(text, out);
        } else if let Some(number) = cell.as_f64() {
            // Writing into a string cannot fail.
            let _ = write!(out, "{number}");
        } else if let Some(flag) = cell.as_bool() {
            let _ = write!(out, "{flag}");
        }
    }
    out.push_str("\r\n");
}

impl Problem {
    /// The names of the columns of problems as a line of CSV.
    pub const HEAD: &str = "path,message,errors\r\n";

    /// The problem as a line of CSV.
    #[must_use]
    pub fn line(&self) -> String {
        let mut out = String::new();
        let cells = [json!(self.path), json!(self.message), json!(self.errors)];
        write_line(&cells, &mut out);
        out
    }
}

/// A column of a sheet of figures: its title, and where its cells stand in the document.
type FigureColumn = (&'static str, &'static str);

const SCORE_FIGURES: [FigureColumn; 11] = [
    ("Score", "/title"),
    ("Id", "/id"),
    ("Clients", "/n"),
    ("Lowest", "/quartiles/min"),
    ("Lower quarter", "/quartiles/q1"),
    ("Median", "/quartiles/median"),
    ("Upper quarter", "/quartiles/q3"),
    ("Highest", "/quartiles/max"),
    ("Outliers", "/outliers"),
    ("Too few answers", "/thin"),
    ("Not assessed", "/not_assessed"),
];
const LEVEL_FIGURES: [FigureColumn; 3] = [("Ladder", "/0"), ("Level", "/1"), ("Clients", "/2")];
const GATE_FIGURES: [FigureColumn; 5] = [
    ("Gate", "/title"),
    ("Id", "/id"),
    ("Met", "/met"),
    ("Not met", "/unmet"),
    ("Unproven", "/unproven"),
];
const FINDING_FIGURES: [FigureColumn; 6] = [
    ("Finding", "/title"),
    ("Id", "/id"),
    ("Kind", "/kind"),
    ("Severity", "/severity"),
    ("Clients", "/clients"),
    ("Of", "/of"),
];
const PROBLEMS: [FigureColumn; 3] = [
    ("Folder", "/path"),
    ("Problem", "/message"),
    ("Errors", "/errors"),
];

/// A sheet of figures over all clients.
pub(super) struct FigureSheet {
    pub(super) name: &'static str,
    pub(super) columns: Vec<&'static str>,
    /// Widths of the first columns, in letters.
    pub(super) widths: &'static [f64],
    pub(super) rows: Vec<Vec<Value>>,
}

/// The sheets of an overview, in their order.
pub(super) fn sheets(overview: &Overview) -> Vec<FigureSheet> {
    let of_groups = |name, own: &[FigureColumn], widths, list: fn(&GroupOverview) -> Value| {
        let groups = overview.groups.iter();
        let rows = groups.flat_map(|group| {
            let short = match group.form {
                FormLength::Short => ", short form",
                FormLength::Full => "",
            };
            let pack = group.label() + short;
            let who = [json!(pack), json!(group.basis)];
            let rows = rows(&list(group), own).into_iter();
            rows.map(move |cells| who.iter().cloned().chain(cells).collect())
        });
        FigureSheet {
            name,
            columns: ["Pack", "Basis"].into_iter().chain(titles(own)).collect(),
            widths,
            rows: rows.collect(),
        }
    };
    let mut sheets = vec![
        of_groups(
            "Scores",
            &SCORE_FIGURES,
            &[20.0, 12.0, 40.0, 32.0],
            |group| json!(group.scores),
        ),
        of_groups("Levels", &LEVEL_FIGURES, &[20.0, 12.0, 32.0, 24.0], levels),
        of_groups("Gates", &GATE_FIGURES, &[20.0, 12.0, 52.0, 32.0], |group| {
            json!(group.gates)
        }),
        of_groups(
            "Findings",
            &FINDING_FIGURES,
            &[20.0, 12.0, 52.0, 36.0],
            findings,
        ),
    ];
    if overview.broken > 0 {
        sheets.push(FigureSheet {
            name: "Problems",
            columns: titles(&PROBLEMS).collect(),
            widths: &[32.0, 90.0],
            rows: rows(&json!(overview.problems), &PROBLEMS),
        });
    }
    sheets
}

fn titles(columns: &[FigureColumn]) -> impl Iterator<Item = &'static str> {
    columns.iter().map(|(title, _)| *title)
}

/// The cells of each entry of a list.
fn rows(list: &Value, columns: &[FigureColumn]) -> Vec<Vec<Value>> {
    let entries = list.as_array().map_or(&[][..], Vec::as_slice).iter();
    let cell = |entry: &Value, at: &str| entry.pointer(at).cloned().unwrap_or_default();
    let cells = entries.map(|entry| columns.iter().map(|(_, at)| cell(entry, at)).collect());
    cells.collect()
}

fn levels(group: &GroupOverview) -> Value {
    let rows = group.ladders.iter().flat_map(|ladder| {
        let levels = ladder.levels.iter();
        let levels = levels.map(|level| json!([ladder.title, level.label, level.clients]));
        levels.chain([json!([ladder.title, "no level can be said", ladder.none])])
    });
    rows.collect()
}

fn findings(group: &GroupOverview) -> Value {
    let mut list = json!(group.findings);
    for finding in list.as_array_mut().into_iter().flatten() {
        finding["of"] = json!(group.clients);
    }
    list
}
