//! `rules/README.md`: every system of the sources has its row, and every row leads somewhere.

use super::everything::everything;
use crate::sandbox::ROOT;
use centricity::rules::pack;
use std::collections::BTreeSet;
use std::path::Path;

/// How many systems each source has, by its name.
const SYSTEMS: [(&str, usize); 5] = [
    ("000", 14),
    ("001", 10),
    ("002", 10),
    ("003", 17),
    ("004", 8),
];

fn readme() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("rules/README.md")).expect("the table")
}

/// The cells of every row of a table whose first cell passes.
fn rows(text: &str, first: impl Fn(&str) -> bool) -> Vec<Vec<&str>> {
    let cells = |line: &'_ str| line.trim_matches('|').split('|').map(str::trim).count();
    let lines = text
        .lines()
        .filter(|line| line.starts_with('|') && cells(line) > 1);
    let rows = lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect());
    rows.filter(|row: &Vec<&str>| row.first().is_some_and(|cell| first(cell)))
        .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The id of system `n` of a source: numbers, or letters from the collection of posts.
fn system(source: &str, n: usize) -> String {
    match source {
        "001" => format!(
            "001-{}",
            char::from(b'A' + u8::try_from(n).expect("few") - 1)
        ),
        _ => format!("{source}-{n}"),
    }
}

/// Whether a full id names an item, a gate or a finding of the built-in packs.
fn is_there(id: &str) -> bool {
    let rulebook = everything();
    rulebook.find(id).is_some()
        || rulebook.gates.iter().any(|gate| gate.id == id)
        || rulebook.findings.iter().any(|finding| finding.id == id)
}

#[test]
fn every_system_of_the_sources_has_one_row() {
    let text = readme();
    let found: Vec<&str> = rows(&text, |cell| cell.starts_with("00"))
        .iter()
        .map(|row| row[0])
        .collect();
    let wanted: Vec<String> = SYSTEMS
        .iter()
        .flat_map(|(source, count)| (1..=*count).map(|n| system(source, n)))
        .collect();
    assert_eq!(wanted.len(), 59);
    assert_eq!(found, wanted);
}

#[test]
fn every_row_names_packs_and_ids_that_are_there() {
    let text = readme();
    let names = pack::built_in_names();
    for row in rows(&text, |cell| cell.starts_with("00")) {
        let packs = quoted(row[2]);
        let ids = quoted(row[3]);
        assert!(!packs.is_empty() && !ids.is_empty(), "{row:?}");
        assert!(packs.iter().all(|pack| names.contains(pack)), "{row:?}");
        for id in &ids {
            assert!(is_there(id), "{}: {id}", row[0]);
        }
        let own = |id: &&str| packs.contains(&id.split('.').next().unwrap_or_default());
        assert!(ids.iter().any(own), "{row:?}");
    }
}

#[test]
fn every_contradiction_has_its_finding() {
    let text = readme();
    let rows = rows(&text, |cell| cell.starts_with('X'));
    let found: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    let wanted: Vec<String> = (1..=18).map(|n| format!("X{n:02}")).collect();
    assert_eq!(found, wanted);
    for row in rows {
        let id = quoted(row[2])[0];
        assert!(everything().findings.iter().any(|one| one.id == id), "{id}");
    }
}

#[test]
fn every_pack_is_named() {
    let text = readme();
    let named: BTreeSet<&str> = rows(&text, |cell| cell.starts_with('`'))
        .iter()
        .map(|row| quoted(row[0])[0])
        .collect();
    assert_eq!(named, pack::built_in_names().into_iter().collect());
}
