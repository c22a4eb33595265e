//! What `portfolio` writes: the same bytes every time, all forms alike, never over other files.

use crate::made_up;
use crate::portfolio::{clients, overview, rated, score};
use crate::sandbox::{ROOT, Sandbox, command, schema};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn the_same_bytes_come_out_whatever_the_threads_and_the_folder() {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["organisation", "retention"]);
    made_up::write(&sandbox.path("one/clients"), &rulebook, 60, 60);
    made_up::write(&sandbox.path("two/other name"), &rulebook, 60, 60);
    let run = |threads: &str, folder: &str, inner: &str, out: &str| {
        let mut run = command(&sandbox.path(folder), "portfolio");
        run.arg(inner).env("RAYON_NUM_THREADS", threads);
        run.args(["--out", out, "--format", "html,md,json,csv,ndjson,xlsx"]);
        run.args(["--benchmark", "benchmark.yaml", "--reports", "md"]);
        let output = run.output().expect("a run");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run("1", "one", "clients", "out");
    run("2", "two", "./other name/", "out");
    let files: Vec<String> = sandbox
        .files()
        .into_iter()
        .filter(|file| file.starts_with("one/out") || file == "one/benchmark.yaml")
        .collect();
    assert!(files.len() > 60, "{files:?}");
    for file in files {
        let other = file.replacen("one", "two", 1);
        let read = |file: &str| fs::read(sandbox.path(file)).expect("a file");
        assert!(read(&file) == read(&other), "{file}");
    }
}

#[test]
fn two_clients_of_one_name_both_have_their_report() {
    let sandbox = Sandbox::new()
        .file("clients/a-b/assessment.yaml", rated("Same", 1))
        .file("clients/a/b/assessment.yaml", rated("Same", 2));
    sandbox
        .run("portfolio clients --out out --reports md,json")
        .exits(0);
    for name in ["a-b", "a-b-2"] {
        assert!(
            sandbox.path(&format!("out/reports/{name}.md")).is_file(),
            "{name}"
        );
    }
    assert!(
        sandbox
            .read("out/portfolio.html")
            .contains("a-b-2.md\">Same</a>")
    );
}

#[test]
fn a_folder_is_replaced_only_where_it_may_be() {
    let sandbox = clients(&[1, 2]);
    sandbox.run("portfolio clients --out out").exits(0);
    sandbox
        .run("portfolio clients --out out")
        .exits(1)
        .says("add `--force`");
    sandbox
        .run("portfolio clients --out out --format md --force")
        .exits(0);
    assert!(
        !sandbox.path("out/csv").exists(),
        "what is not asked for again does not stay"
    );
    let sandbox = sandbox.file("out/notes.txt", "mine");
    sandbox
        .run("portfolio clients --out out --force")
        .exits(1)
        .says("`out` holds `notes.txt`");
    assert_eq!(sandbox.read("out/notes.txt"), "mine");
    sandbox
        .run("portfolio clients --out clients --force")
        .exits(1);
}

#[test]
fn hostile_names_stay_text() {
    let name = "'=HYPERLINK(\"http://x\")<script>alert(1)</script>|[a](javascript:b)'";
    let sandbox = clients(&[1]).file("clients/x/assessment.yaml", rated(name, 2));
    sandbox
        .run("portfolio clients --out out --format html,md,csv,xlsx,ndjson")
        .exits(0);
    let table = sandbox.read("out/csv/clients.csv");
    assert!(table.contains("\"'=HYPERLINK("), "{table}");
    let page = sandbox.read("out/portfolio.html");
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"));
    let text = sandbox.read("out/portfolio.md");
    assert!(
        text.contains("&lt;script&gt;") && text.contains("\\|\\[a\\](javascript:b)"),
        "{text}"
    );
    let mut book: Xlsx<_> = open_workbook(sandbox.path("out/portfolio.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("Clients").expect("the clients");
    let cell = sheet.get_value((3, 1)).expect("a cell");
    assert!(
        matches!(cell, Data::String(text) if text.starts_with("=HYPERLINK")),
        "{cell:?}"
    );
    assert!(
        book.worksheet_formula("Clients")
            .expect("formulas")
            .is_empty()
    );
}

#[test]
fn a_workbook_holds_what_the_json_says() {
    let sandbox = clients(&[4, 1, 0, 2, 1]);
    sandbox
        .run("portfolio clients --out out --format xlsx,json")
        .exits(0);
    assert!(!sandbox.path("out/.rows").exists());
    let overview: Value = serde_json::from_str(&sandbox.read("out/portfolio.json")).expect("JSON");
    let mut book: Xlsx<_> = open_workbook(sandbox.path("out/portfolio.xlsx")).expect("a workbook");
    let scores = book.worksheet_range("Scores").expect("scores");
    let row = scores
        .rows()
        .find(|row| row[3] == "organisation.light")
        .expect("light");
    let told: Vec<f64> = row[4..10]
        .iter()
        .map(|cell| calamine::DataType::get_float(cell).expect("a number"))
        .collect();
    assert_eq!(told, [5.0, 0.0, 25.0, 25.0, 50.0, 100.0]);
    let sheet = book
        .worksheet_range("organisation 1 perception")
        .expect("a sheet for the pack");
    let column = sheet
        .rows()
        .nth(1)
        .expect("ids")
        .iter()
        .position(|id| *id == "light")
        .expect("light");
    let index = &sheet.rows().nth(2).expect("the first client")[column];
    assert_eq!(*index, Data::Float(100.0));
    assert_eq!(score(&overview, "organisation.light")["n"], 5);
}

#[test]
fn rows_and_overview_are_as_their_schemas_say() {
    let sandbox = clients(&[4, 1, 0]);
    let holds = |name: &str, value: &Value| {
        let schema = jsonschema::validator_for(&schema(name)).expect("a schema");
        let problems: Vec<String> = schema
            .iter_errors(value)
            .map(|one| one.to_string())
            .collect();
        assert!(problems.is_empty(), "{problems:?}");
    };
    holds("portfolio", &overview(&sandbox));
    let lines = sandbox
        .run("portfolio clients --format ndjson")
        .exits(0)
        .stdout;
    assert_eq!(lines.lines().count(), 3);
    for line in lines.lines() {
        holds("portfolio-row", &serde_json::from_str(line).expect("JSON"));
    }
}

#[test]
fn fifty_clients_answer_who_is_behind() {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["organisation", "retention"]);
    made_up::write(&sandbox.path("clients"), &rulebook, 50, 60);
    sandbox.run("portfolio clients --out out").exits(0);
    let page = sandbox.read("out/portfolio.html");
    for part in [
        "50 clients",
        "How scores are spread",
        "Gates that hold most clients",
        "Findings most clients share",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(sandbox.read("out/csv/clients.csv").lines().count(), 51);
}

#[test]
fn a_thousand_clients_leave_a_page_one_can_read() {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["listening"]);
    made_up::write(&sandbox.path("clients"), &rulebook, 600, 20);
    sandbox
        .run("portfolio clients --out out --format html,csv")
        .exits(0);
    let page = sandbox.read("out/portfolio.html");
    let clients = page.split("class=\"filter\"").nth(1).expect("clients");
    let clients = clients.split("</table>").next().expect("a table");
    assert_eq!(clients.matches("<tr><td").count(), 500);
    assert!(page.contains("100 more are not. The CSV and XLSX tables hold all."));
}

#[test]
fn a_row_says_what_the_result_of_its_client_says() {
    let clients = format!("{ROOT}/tests/clients");
    let sandbox = Sandbox::new();
    let rows = sandbox.run(&format!("portfolio {clients} --format ndjson"));
    for line in rows.exits(0).stdout.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let path = row["path"].as_str().expect("a path");
        let result = sandbox.run(&format!("assess {clients}/{path} --format json"));
        let result = result.exits(0).json();
        assert_eq!(row["coverage"], result["coverage"], "{path}");
        assert_eq!(row["confidence"], result["confidence"]["grade"], "{path}");
        // Of each entry, the parts that the row keeps under their own name.
        for (list, kept) in [
            ("scores", ["value", "coverage", "state"].as_slice()),
            ("gates", &["title", "state"]),
            ("findings", &["title", "kind", "severity", "certain"]),
            ("levels", &["title", "certain", "coverage"]),
        ] {
            let part = |one: &Value| {
                let kept = kept.iter().map(|key| one[*key].to_string());
                let kept: Vec<String> = [one["id"].to_string()].into_iter().chain(kept).collect();
                let level = one["level"].get("id").unwrap_or(&one["level"]);
                (kept, level.to_string())
            };
            let parts = |of: &Value| {
                let list = of[list].as_array().expect("a list");
                list.iter().map(part).collect::<BTreeSet<_>>()
            };
            assert_eq!(parts(&row), parts(&result), "{path}: {list}");
        }
    }
}

#[test]
fn a_cell_is_what_the_row_has_under_the_name_of_its_column() {
    let clients = format!("{ROOT}/tests/clients");
    let sandbox = Sandbox::new();
    let run = format!("portfolio {clients} --format csv,ndjson --out out");
    sandbox.run(&run).exits(0);
    let rows = sandbox.read("out/portfolio.ndjson");
    let rows: Vec<Value> = rows
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    for table in ["scores", "levels", "gates", "findings"] {
        let text = sandbox.read(&format!("out/csv/{table}.csv"));
        let mut cells = csv::Reader::from_reader(text.as_bytes());
        let head = cells.headers().expect("a head").clone();
        let entries = rows
            .iter()
            .flat_map(|row| row[table].as_array().expect("a list"));
        let mut count = 0;
        for (record, entry) in cells.records().zip(entries.clone()) {
            let record = record.expect("a record");
            for (name, cell) in head.iter().zip(&record) {
                let Some(value) = entry.get(name) else {
                    assert!(["path", "client", "pack", "pack_version"].contains(&name));
                    continue;
                };
                let same = match value {
                    Value::Null => cell.is_empty(),
                    Value::String(text) => cell == text,
                    Value::Number(number) => cell.parse().ok() == number.as_f64(),
                    Value::Bool(flag) => cell.parse() == Ok(*flag),
                    Value::Array(_) | Value::Object(_) => false,
                };
                assert!(same, "{table}, {name}: `{cell}` and {value}");
                count += 1;
            }
        }
        assert!(count >= entries.count(), "{table}");
    }
}
