//! `report --format xlsx`: actions to be tracked, and every score as the result has it.

use crate::sandbox::{ROOT, Sandbox, answers};
use calamine::{Data, DataType as _, Range, Reader as _, Xlsx, open_workbook};
use serde_json::Value;
use std::io::Read as _;

type Book = Xlsx<std::io::BufReader<std::fs::File>>;

/// The workbook of an assessment, and its result.
fn tracked(sandbox: &Sandbox, path: &str) -> (Book, Value) {
    let run = sandbox.run(&format!("report {path} --format xlsx,json --out out"));
    let _ = run.exits(0);
    let files = sandbox.files();
    let file = |ending: &str| {
        files
            .iter()
            .find(|file| file.starts_with("out/") && file.ends_with(ending))
    };
    let book = open_workbook(sandbox.path(file(".xlsx").expect("a workbook"))).expect("a workbook");
    let json = sandbox.read(file(".json").expect("a result"));
    (book, serde_json::from_str(&json).expect("JSON"))
}

/// A sheet, with a way to the cells of a column by its title, from the first row below the head.
struct Table(Range<Data>);

impl Table {
    fn of(book: &mut Book, name: &str) -> Self {
        Self(book.worksheet_range(name).expect(name))
    }

    fn rows(&self) -> usize {
        self.0.height() - 1
    }

    fn cell(&self, row: usize, title: &str) -> &Data {
        let head = self.0.rows().next().expect("a head");
        let column = head
            .iter()
            .position(|cell| *cell == Data::String(title.to_owned()));
        let column = column.unwrap_or_else(|| panic!("no column {title}: {head:?}"));
        self.0.get((row + 1, column)).expect("a cell")
    }
}

/// What a cell holds as JSON; days as text.
fn held(cell: &Data) -> Value {
    if let Data::DateTime(day) = cell {
        let (year, month, day, ..) = day.to_ymd_hms_milli();
        return Value::from(format!("{year:04}-{month:02}-{day:02}"));
    }
    let number = cell.get_float().map(Value::from);
    let held = number.or_else(|| cell.get_string().map(Value::from));
    held.unwrap_or_else(|| {
        assert!(cell.is_empty(), "{cell:?}");
        Value::Null
    })
}

#[track_caller]
fn same(cell: &Data, value: &Value) {
    let value = value.as_f64().map_or_else(|| value.clone(), Value::from);
    assert_eq!(held(cell), value);
}

const SAMPLES: [&str; 3] = ["harbour-tools", "meridian-freight", "pellwick-shade"];

#[test]
fn every_score_of_the_workbook_is_that_of_the_result() {
    for name in SAMPLES {
        let sandbox = Sandbox::new();
        let (mut book, result) = tracked(&sandbox, &format!("{ROOT}/tests/clients/{name}"));
        let sheet = Table::of(&mut book, "Scores");
        let scores = result["scores"].as_array().expect("scores");
        assert_eq!(sheet.rows(), scores.len(), "{name}");
        for (row, score) in scores.iter().enumerate() {
            for (title, key) in [
                ("Id", "/id"),
                ("Score", "/title"),
                ("Index, 0 to 100", "/index"),
                ("Lowest", "/index_range/low"),
                ("Highest", "/index_range/high"),
                ("As claimed", "/claimed_index"),
                ("Target", "/target_index"),
                ("Value", "/value"),
                ("Gap to target, in value", "/gap"),
                ("Answered", "/coverage"),
            ] {
                same(
                    sheet.cell(row, title),
                    score.pointer(key).unwrap_or(&Value::Null),
                );
            }
            let ladders = result["levels"].as_array().expect("levels").iter();
            let own = ladders.filter(|ladder| ladder["of"] == score["id"]);
            for ladder in own.filter(|ladder| !ladder["level"].is_null()) {
                let label = ladder["level"]["label"].as_str().expect("a label");
                let said = held(sheet.cell(row, "Level"));
                assert!(
                    said.as_str().is_some_and(|said| said.contains(label)),
                    "{label}"
                );
            }
        }
    }
}

#[test]
fn every_action_has_its_owner_day_effect_and_a_status_to_choose() {
    for name in SAMPLES {
        let sandbox = Sandbox::new();
        let (mut book, result) = tracked(&sandbox, &format!("{ROOT}/tests/clients/{name}"));
        let sheet = Table::of(&mut book, "Actions");
        let actions = result["actions"].as_array().expect("actions");
        assert!(
            !actions.is_empty() && sheet.rows() == actions.len(),
            "{name}"
        );
        for (row, action) in actions.iter().enumerate() {
            same(sheet.cell(row, "No."), &Value::from(row + 1));
            same(sheet.cell(row, "Status"), &Value::from("Not started"));
            for (title, key) in [
                ("Action", "do"),
                ("Owner", "owner"),
                ("Due", "due"),
                ("Id", "work"),
            ] {
                same(sheet.cell(row, title), &action[key]);
            }
            let points = &action["effect"]["points"][0];
            same(sheet.cell(row, "Points"), &points["index"]);
            let words = held(sheet.cell(row, "What it changes"));
            let words = words.as_str().unwrap_or_default();
            assert!(!words.contains(['*', '\\', '<']), "{words}");
            let levels = action["effect"]["levels"].as_array();
            for level in levels.into_iter().flatten() {
                if level["before"]["id"] != level["after"]["id"] && !level["after"].is_null() {
                    let label = level["after"]["label"].as_str().expect("a label");
                    let label = label.split([':', ',', ';']).next().expect("a label");
                    assert!(words.contains(label), "{label}: {words}");
                }
            }
        }
        let part = part(&sandbox, "xl/worksheets/sheet1.xml");
        for mark in [
            "<autoFilter",
            "<pane ",
            "Not started,In progress,Blocked,Done,Dropped",
        ] {
            assert!(part.contains(mark), "{mark}");
        }
    }
}

/// A part of the only workbook that was written.
fn part(sandbox: &Sandbox, name: &str) -> String {
    let files = sandbox.files();
    let file = files
        .iter()
        .find(|file| file.contains(".xlsx"))
        .expect("a workbook");
    let file = std::fs::File::open(sandbox.path(file)).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut text = String::new();
    archive
        .by_name(name)
        .expect(name)
        .read_to_string(&mut text)
        .expect("XML");
    text
}

#[test]
fn nothing_a_client_typed_becomes_a_formula() {
    let typed = [
        "=HYPERLINK(\"http://x.example\")",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "https://x.example",
    ];
    for text in typed {
        let note = text.replace('"', "\\\"");
        let sandbox = Sandbox::new().file(
            "a.yaml",
            answers(&format!(
                "promise: {{ value: 1, note: \"{note}\", owner: \"{note}\", target: 3 }}"
            ))
            .replace("name: Acme", &format!("name: \"{note}\"")),
        );
        let (mut book, _) = tracked(&sandbox, "a.yaml");
        let sheet = Table::of(&mut book, "Questions");
        let found = (0..sheet.rows()).filter(|row| held(sheet.cell(*row, "Note")) == text);
        assert_eq!(found.count(), 1, "{text}");
        let about = Table::of(&mut book, "About");
        assert_eq!(held(about.0.get((1, 1)).expect("a cell")), text);
        for number in 1..=5 {
            let part = part(&sandbox, &format!("xl/worksheets/sheet{number}.xml"));
            assert!(
                !part.contains("<f>") && !part.contains("<hyperlink"),
                "{text}"
            );
        }
    }
}

#[test]
fn the_same_result_gives_the_same_workbook() {
    let sandbox = Sandbox::new();
    let path = format!("{ROOT}/tests/clients/harbour-tools");
    for out in ["one", "two"] {
        sandbox
            .run(&format!("report {path} --format xlsx --out {out}"))
            .exits(0);
    }
    let read = |out: &str| {
        let file = format!("{out}/harbour-tools-marine-division.xlsx");
        std::fs::read(sandbox.path(&file)).expect("a workbook")
    };
    assert!(read("one") == read("two"));
}
