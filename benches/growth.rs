//! Whole commands over 1,000 to 16,000 of everything that a stranger may send many of: twice as many
//! should take twice as long, beside what a command takes to begin.

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin has nothing to measure"
)]

use divan::Bencher;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The numbers of things.
const SIZES: [usize; 5] = [1_000, 2_000, 4_000, 8_000, 16_000];
const CLIENT: &str = "format: 1\nclient: { name: Bench }\n";

fn main() {
    divan::main();
}

/// Runs a command over files, whatever it ends with.
fn run(bencher: Bencher<'_, '_>, files: &[(&str, String)], args: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        write(&folder, name, text);
    }
    bencher.bench(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_centricity"));
        let command = command.args(args.split(' ')).current_dir(folder.path());
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
        let status = quiet.stderr(Stdio::null()).status().expect("a command");
        assert!(status.code().is_some_and(|code| code < 100), "{args}");
    });
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    let above = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(above).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A text for each number.
fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

fn light() -> (&'static str, String) {
    let text = format!("{CLIENT}packs: [organisation]\n");
    ("acme/assessment.yaml", text)
}

/// A pack of so many ratings in sections of fifty, all of which one level takes, with the answers.
fn many_questions(count: usize) -> [(&'static str, String); 2] {
    let mut pack =
        "format: 1\nid: big\nversion: 1.0.0\ntitle: Big\nheadline: level\nsections:\n".to_owned();
    let mut answers = format!("{CLIENT}packs: [../big]\nanswers:\n  big:\n");
    for question in 0..count {
        let section = question / 50;
        if question % 50 == 0 {
            let _ = writeln!(
                pack,
                "  s{section}:\n    title: S\n    score: {{ aggregate: geometric }}\n    questions:"
            );
        }
        let anchors = "{ 0: a, 1: b, 2: c, 3: d, 4: e }";
        let _ = writeln!(
            pack,
            "      q{question}: {{ type: rating, ask: \"How far {question}?\", anchors: {anchors} }}"
        );
        let _ = writeln!(answers, "    q{question}: {}", 1 + question % 3 / 2);
    }
    let sections: Vec<String> = (0..count.div_ceil(50))
        .map(|one| format!("s{one}"))
        .collect();
    let _ = writeln!(
        pack,
        "scores:\n  whole: {{ aggregate: geometric, of: [{}] }}",
        sections.join(", ")
    );
    let _ = writeln!(
        pack,
        "ladders:\n  level: {{ of: whole, measure: index, levels: [ {{ id: low, title: Low }}, {{ id: high, title: High, from: 60 }} ] }}"
    );
    [("big/pack.yaml", pack), ("acme/assessment.yaml", answers)]
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn columns_of_no_question(bencher: Bencher<'_, '_>, count: usize) {
    let names = each(count, |one| format!(",promise-{one}"));
    let table = ("many.csv", format!("respondent,role{names}\n"));
    run(bencher, &[light(), table], "import many.csv --into acme");
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn rows_of_no_question(bencher: Bencher<'_, '_>, count: usize) {
    let rows = each(count, |one| format!("r,management,promise-{one},3\n"));
    let table = (
        "many.csv",
        format!("respondent,role,question,value\n{rows}"),
    );
    run(bencher, &[light(), table], "import many.csv --into acme");
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn answers_to_no_question(bencher: Bencher<'_, '_>, count: usize) {
    let (name, mut text) = light();
    text.push_str("answers:\n  organisation:\n");
    text.push_str(&each(count, |one| format!("    promise-{one}: 3\n")));
    run(bencher, &[(name, text)], "check acme");
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn people_of_a_survey(bencher: Bencher<'_, '_>, count: usize) {
    let rows = each(count, |one| {
        format!("r{one},management,{},{}\n", one % 5, one % 4)
    });
    let header = "respondent,role,organisation.promise,organisation.teams\n";
    let table = ("acme/responses/survey.csv", format!("{header}{rows}"));
    run(bencher, &[light(), table], "assess acme");
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn questions_of_a_pack(bencher: Bencher<'_, '_>, count: usize) {
    run(bencher, &many_questions(count), "assess acme");
}

/// A way to a level is sought by a bounded number of trials, each over all questions.
#[divan::bench(args = [250, 500, 1_000, 2_000], sample_count = 3)]
fn a_way_over_questions(bencher: Bencher<'_, '_>, count: usize) {
    run(bencher, &many_questions(count), "plan acme");
}

#[divan::bench(args = [25, 50, 100, 200], sample_count = 5)]
fn packs_of_an_assessment(bencher: Bencher<'_, '_>, count: usize) {
    let pack = |one: usize| {
        format!(
            "format: 1\nid: p{one}\nversion: 1.0.0\ntitle: P\nsections:\n  s:\n    title: S\n    score: {{ aggregate: mean }}\n    questions:\n      a: {{ type: rating, ask: \"How far?\", anchors: {{ 0: a, 1: b, 2: c, 3: d, 4: e }} }}\n"
        )
    };
    let names: Vec<String> = (0..count).map(|one| format!("p{one}/pack.yaml")).collect();
    let list: Vec<String> = (0..count).map(|one| format!("../p{one}")).collect();
    let client = format!("{CLIENT}packs: [{}]\n", list.join(", "));
    let mut files = vec![("acme/assessment.yaml", client)];
    files.extend(
        names
            .iter()
            .enumerate()
            .map(|(one, name)| (name.as_str(), pack(one))),
    );
    run(bencher, &files, "assess acme");
}
