//! The first sheets: how scores are spread, levels, gates, findings, and clients with problems.

use crate::study::portfolio::overview::{GroupOverview, Overview};
use serde_json::{Value, json};

/// A column of a sheet of figures: its title, and where its cells stand in the document.
type FigureColumn = (&'static str, &'static str);

const SCORES: [FigureColumn; 11] = [
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
const LEVELS: [FigureColumn; 3] = [("Ladder", "/0"), ("Level", "/1"), ("Clients", "/2")];
const GATES: [FigureColumn; 5] = [
    ("Gate", "/title"),
    ("Id", "/id"),
    ("Met", "/met"),
    ("Not met", "/unmet"),
    ("Unproven", "/unproven"),
];
const FINDINGS: [FigureColumn; 6] = [
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
            let pack = format!("{} {}", group.pack, group.major);
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
        of_groups("Scores", &SCORES, &[20.0, 12.0, 40.0, 32.0], |group| {
            json!(group.scores)
        }),
        of_groups("Levels", &LEVELS, &[20.0, 12.0, 32.0, 24.0], levels),
        of_groups("Gates", &GATES, &[20.0, 12.0, 52.0, 32.0], |group| {
            json!(group.gates)
        }),
        of_groups("Findings", &FINDINGS, &[20.0, 12.0, 52.0, 36.0], findings),
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
        if let Some(finding) = finding.as_object_mut() {
            finding.insert("of".to_owned(), json!(group.clients));
        }
    }
    list
}
