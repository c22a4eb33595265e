//! The first sheets: how scores are spread, levels, gates, findings, and clients with problems.

use crate::study::portfolio::overview::{FindingCount, GroupOverview, Overview, ScoreSpread};
use serde_json::{Value, json};

const SCORES: [&str; 13] = [
    "Pack",
    "Basis",
    "Score",
    "Id",
    "Clients",
    "Lowest",
    "Lower quarter",
    "Median",
    "Upper quarter",
    "Highest",
    "Outliers",
    "Too few answers",
    "Not assessed",
];
const LEVELS: [&str; 5] = ["Pack", "Basis", "Ladder", "Level", "Clients"];
const GATES: [&str; 7] = ["Pack", "Basis", "Gate", "Id", "Met", "Not met", "Unproven"];
const FINDINGS: [&str; 8] = [
    "Pack", "Basis", "Finding", "Id", "Kind", "Severity", "Clients", "Of",
];
const PROBLEMS: [&str; 3] = ["Folder", "Problem", "Errors"];

/// A sheet of figures over all clients.
pub(super) struct FigureSheet {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    /// Widths of the first columns, in letters.
    pub(super) widths: &'static [f64],
    /// Rows, each an array of cells.
    pub(super) rows: Vec<Value>,
}

/// The sheets of an overview, in their order.
pub(super) fn sheets(overview: &Overview) -> Vec<FigureSheet> {
    let sheet = |name, columns, widths, rows| FigureSheet {
        name,
        columns,
        widths,
        rows,
    };
    let of_groups = |list: fn(&GroupOverview) -> Vec<Value>| -> Vec<Value> {
        let groups = overview.groups.iter();
        groups
            .flat_map(|group| behind_pack(group, list(group)))
            .collect()
    };
    let mut sheets = vec![
        sheet(
            "Scores",
            &SCORES[..],
            &[20.0, 12.0, 40.0, 32.0][..],
            of_groups(scores),
        ),
        sheet(
            "Levels",
            &LEVELS,
            &[20.0, 12.0, 32.0, 24.0],
            of_groups(levels),
        ),
        sheet("Gates", &GATES, &[20.0, 12.0, 52.0, 32.0], of_groups(gates)),
        sheet(
            "Findings",
            &FINDINGS,
            &[20.0, 12.0, 52.0, 36.0],
            of_groups(findings),
        ),
    ];
    if overview.broken > 0 {
        let problems = overview.problems.iter();
        let rows = problems.map(|one| json!([one.path, one.message, one.errors]));
        sheets.push(sheet("Problems", &PROBLEMS, &[32.0, 90.0], rows.collect()));
    }
    sheets
}

/// Puts pack and basis before the cells of every row.
fn behind_pack(group: &GroupOverview, mut rows: Vec<Value>) -> Vec<Value> {
    let pack = format!("{} {}", group.pack, group.major);
    for cells in rows.iter_mut().filter_map(Value::as_array_mut) {
        cells.splice(0..0, [json!(pack), json!(group.basis)]);
    }
    rows
}

fn scores(group: &GroupOverview) -> Vec<Value> {
    let row = |one: &ScoreSpread| {
        let figures = one.quartiles;
        json!([
            one.title,
            one.id,
            one.n,
            figures.map(|all| all.min),
            figures.map(|all| all.q1),
            figures.map(|all| all.median),
            figures.map(|all| all.q3),
            figures.map(|all| all.max),
            one.outliers,
            one.thin,
            one.not_assessed,
        ])
    };
    group.scores.iter().map(row).collect()
}

fn levels(group: &GroupOverview) -> Vec<Value> {
    let rows = group.ladders.iter().flat_map(|ladder| {
        let levels = ladder.levels.iter();
        let levels = levels.map(|level| json!([ladder.title, level.label, level.clients]));
        levels.chain([json!([ladder.title, "no level can be said", ladder.none])])
    });
    rows.collect()
}

fn gates(group: &GroupOverview) -> Vec<Value> {
    let gates = group.gates.iter();
    let rows = gates.map(|one| json!([one.title, one.id, one.met, one.unmet, one.unproven]));
    rows.collect()
}

fn findings(group: &GroupOverview) -> Vec<Value> {
    let row = |one: &FindingCount| {
        let of = group.clients;
        json!([one.title, one.id, one.kind, one.severity, one.clients, of])
    };
    group.findings.iter().map(row).collect()
}
