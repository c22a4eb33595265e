//! `portfolio`: many clients, all of them or an answer why not.

use std::fs;
use std::process::{Command, Stdio};

use crate::made_up;
use crate::sandbox::{ROOT, Sandbox, answers, command};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

/// A client on the built-in pack, whose questions all have one rating.
fn rated(name: &str, rating: u8) -> String {
    let ids = [
        "promise",
        "teams",
        "shared-view",
        "shared-reward",
        "cross-skill",
    ];
    let lines: Vec<String> = ids.iter().map(|id| format!("{id}: {rating}")).collect();
    answers(&lines.join("\n")).replace("name: Acme", &format!("name: {name}"))
}

/// Clients named `c0`, `c1` ... with these ratings.
fn clients(ratings: &[u8]) -> Sandbox {
    let mut sandbox = Sandbox::new();
    for (place, rating) in ratings.iter().enumerate() {
        let path = format!("clients/c{place}/assessment.yaml");
        sandbox = sandbox.file(&path, rated(&format!("Client {place}"), *rating));
    }
    sandbox
}

fn overview(sandbox: &Sandbox) -> Value {
    sandbox
        .run("portfolio clients --format json")
        .exits(0)
        .json()
}

fn score<'a>(overview: &'a Value, id: &str) -> &'a Value {
    let scores = overview["groups"][0]["scores"].as_array().expect("scores");
    scores.iter().find(|one| one["id"] == id).expect(id)
}

#[test]
fn quartiles_are_those_of_the_clients() {
    // Indices of `light` are 25 times the rating: 0, 25, 25, 50, 100; places 1, 2 and 3.
    let overview = overview(&clients(&[4, 1, 0, 2, 1]));
    let light = score(&overview, "organisation.light");
    assert_eq!(light["n"], 5);
    let expected = [
        ("min", 0.0),
        ("q1", 25.0),
        ("median", 25.0),
        ("q3", 50.0),
        ("max", 100.0),
    ];
    for (name, value) in expected {
        assert_eq!(light["quartiles"][name], value, "{name}");
    }
    assert_eq!(light["lowest"][0]["client"], "Client 2");
    assert_eq!(
        light["fences"],
        Value::Null,
        "five are too few to call one an outlier"
    );
}

#[test]
fn outliers_lie_beyond_the_fences_and_are_named() {
    // Seven at 50 and one at 100: no quarter differs, so the least distance of 6.25 decides.
    let overview = overview(&clients(&[2, 2, 2, 2, 4, 2, 2, 2]));
    let light = score(&overview, "organisation.light");
    assert_eq!(light["fences"]["low"], 43.75);
    assert_eq!(light["fences"]["high"], 56.25);
    assert_eq!(light["outliers"], 1);
    assert_eq!(light["high_outliers"][0]["path"], "c4");
    assert_eq!(light["low_outliers"], Value::Array(Vec::new()));
}

#[test]
fn gates_are_counted_by_what_they_say() {
    let sandbox = clients(&[0, 4, 4]);
    let overview = overview(&sandbox);
    let mut whole = [0; 3];
    for place in 0..3 {
        let result = sandbox
            .run(&format!("assess clients/c{place} --format json"))
            .json();
        for gate in result["gates"].as_array().expect("gates") {
            let state = ["met", "unmet", "unproven"]
                .iter()
                .position(|one| gate["state"] == *one);
            whole[state.expect("a state")] += 1;
        }
    }
    let mut counted = [0; 3];
    for gate in overview["groups"][0]["gates"].as_array().expect("gates") {
        for (slot, state) in counted.iter_mut().zip(["met", "unmet", "unproven"]) {
            *slot += gate[state].as_u64().expect("a count");
        }
    }
    assert_eq!(counted, whole);
}

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
fn one_broken_client_is_listed_and_the_others_are_written() {
    let sandbox = clients(&[1, 2, 3])
        .file("clients/b/assessment.yaml", answers("promise: 9"))
        .file("clients/d/assessment.yaml", "format: [");
    let run = sandbox.run("portfolio clients --out out --reports html");
    let run = run
        .exits(3)
        .says("2 clients are not valid")
        .says("clients/b/assessment.yaml:");
    run.says("wrote out");
    let page = sandbox.read("out/portfolio.md");
    assert!(page.contains("2 clients could not be scored"), "{page}");
    assert!(page.contains("| b | assessment.yaml, line 6: "), "{page}");
    assert!(sandbox.path("out/reports/c0.html").is_file());
    assert!(!sandbox.path("out/reports/b.html").exists());
    assert_eq!(sandbox.read("out/csv/problems.csv").lines().count(), 3);
    assert_eq!(sandbox.read("out/csv/clients.csv").lines().count(), 4);
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
fn what_is_no_client_is_passed_by() {
    let sandbox = clients(&[1])
        .file("clients/c0/responses/deep/assessment.yaml", "no client")
        .file("clients/.git/assessment.yaml", "no client")
        .file("clients/pack/pack.yaml", "id: p")
        .file("clients/pack/cases/assessment.yaml", "no client");
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.path("clients/c0"), sandbox.path("clients/link"))
        .expect("a link");
    assert_eq!(overview(&sandbox)["clients"], 1);
}

#[test]
fn nothing_to_count_is_told() {
    let sandbox = Sandbox::new().file("clients/notes.txt", "none");
    sandbox
        .run("portfolio clients")
        .exits(1)
        .says("there is no assessment.yaml below `clients`");
    sandbox
        .run("portfolio gone")
        .exits(1)
        .says("`gone` is not there");
    sandbox
        .run("portfolio clients/notes.txt")
        .exits(1)
        .says("is no folder");
    sandbox.run("portfolio clients --out out").exits(1);
    assert_eq!(sandbox.files(), ["clients/notes.txt"]);
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
fn clients_on_other_packs_and_bases_are_counted_apart() {
    let sandbox = clients(&[1, 2])
        .file(
            "clients/e/assessment.yaml",
            rated("E", 3).replace("packs:", "basis: evidenced\npacks:"),
        )
        .file(
            "clients/r/assessment.yaml",
            "format: 1\nclient: { name: R }\npacks: [retention]\nanswers: { retention: {} }\n",
        );
    let overview = overview(&sandbox);
    let groups = overview["groups"].as_array().expect("groups").iter();
    let told: Vec<String> = groups
        .map(|one| format!("{} {} {}", one["pack"], one["basis"], one["clients"]))
        .collect();
    assert_eq!(
        told,
        [
            "\"organisation\" \"perception\" 2",
            "\"organisation\" \"evidenced\" 1",
            "\"retention\" \"perception\" 1"
        ]
    );
    sandbox
        .run("portfolio clients")
        .exits(0)
        .prints("The two cannot be compared");
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
    let holds = |document: centricity::schema::Document, value: &Value| {
        let schema = jsonschema::validator_for(&document.schema()).expect("a schema");
        let problems: Vec<String> = schema
            .iter_errors(value)
            .map(|one| one.to_string())
            .collect();
        assert!(problems.is_empty(), "{problems:?}");
    };
    holds(centricity::schema::Document::Portfolio, &overview(&sandbox));
    let lines = sandbox
        .run("portfolio clients --format ndjson")
        .exits(0)
        .stdout;
    assert_eq!(lines.lines().count(), 3);
    for line in lines.lines() {
        holds(
            centricity::schema::Document::PortfolioRow,
            &serde_json::from_str(line).expect("JSON"),
        );
    }
}

#[test]
fn an_unwritable_disk_leaves_nothing_behind() {
    let sandbox = clients(&[1, 2, 3]);
    // No file may grow beyond a few kilobytes; signals are ignored so that writing fails instead.
    let run = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" portfolio clients --out out --format html,md,csv,xlsx"])
        .arg(env!("CARGO_BIN_EXE_centricity"))
        .current_dir(sandbox.path(""))
        .stdin(Stdio::null())
        .output()
        .expect("a run");
    assert_eq!(
        run.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(String::from_utf8_lossy(&run.stderr).contains("cannot write"));
    assert!(
        sandbox
            .files()
            .iter()
            .all(|file| file.starts_with("clients/")),
        "{:?}",
        sandbox.files()
    );
}

#[test]
fn a_run_that_is_killed_leaves_nothing_under_its_name() {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["organisation", "retention"]);
    made_up::write(&sandbox.path("clients"), &rulebook, 300, 60);
    let mut run = command(
        &sandbox.path(""),
        "portfolio clients --out out --reports html,md",
    )
    .stderr(Stdio::null())
    .spawn()
    .expect("a run");
    let begun = || {
        let entries = fs::read_dir(sandbox.path("")).expect("the sandbox");
        let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        names.any(|name| name.to_string_lossy().starts_with(".centricity-"))
    };
    while !begun() && run.try_wait().expect("a process").is_none() {
        std::thread::yield_now();
    }
    run.kill().expect("an end");
    assert!(
        !run.wait().expect("an end").success(),
        "it ended before it was killed"
    );
    assert!(!sandbox.path("out").exists());
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
fn the_sample_clients_are_a_portfolio() {
    let folder = format!("{ROOT}/tests/clients");
    Sandbox::new()
        .run(&format!("portfolio {folder}"))
        .exits(0)
        .prints("# Portfolio: 5 clients");
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
    assert_eq!(page.matches("<tr><th scope=\"row\" data-by=").count(), 500);
    assert!(page.contains("100 more are not. The CSV and XLSX tables hold all."));
}
