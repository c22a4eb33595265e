//! A result written as JSON is read back whole.

use crate::sandbox::{ROOT, Sandbox, answers};
use centricity::assess::Assessment;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::{escaped_json, yaml};
use std::path::Path;

/// The sample clients.
pub(crate) const CLIENTS: [&str; 8] = [
    "corner-bakery",
    "golden-oat",
    "harbour-tools",
    "meridian-freight",
    "paper-mill",
    "pellwick-shade",
    "pine-joinery",
    "riverbank-transport",
];

/// The result of answers at a path, as JSON.
fn printed(path: &str) -> String {
    let run = Sandbox::new().run(&format!("assess {path} --format json"));
    run.exits(0).stdout
}

#[track_caller]
fn survives(text: &str) {
    let mut sources = Sources::new();
    let mut problems = Diagnostics::new();
    let source = sources.add("result.json", text.to_owned());
    let read: Option<Assessment> = yaml::read(&sources, source, &mut problems);
    assert!(
        problems.is_empty(),
        "{}",
        render(&problems, &sources, false)
    );
    let again = serde_json::to_string_pretty(&read.expect("a result")).expect("JSON") + "\n";
    let again = escaped_json(&again);
    assert!(again == text, "what was read back differs");
}

#[test]
fn every_sample_client_survives_the_round_trip() {
    for client in CLIENTS {
        let path = Path::new(ROOT).join("tests/clients").join(client);
        survives(&printed(&path.display().to_string()));
    }
}

#[test]
fn nothing_answered_and_odd_texts_survive_it_too() {
    let odd = "power: { value: 1, note: \"a\\u001b[31m \\x7f \\u0085 \\ufeff \\U0001F600 \\\"q\\\" \\\\ / \\t\" }";
    for lines in ["", odd] {
        let sandbox = Sandbox::new().file("a.yaml", answers(lines));
        let run = sandbox.run("assess a.yaml --format json").exits(0);
        survives(&run.stdout);
    }
}

#[test]
fn a_result_over_many_packs_is_reported_on_as_one_over_few() {
    let ids: Vec<String> = (0..60).map(|nth| format!("p{nth}")).collect();
    let pack = |sandbox: Sandbox, id: &String| {
        let text = crate::sandbox::small_pack("").replace("id: small", &format!("id: {id}"));
        sandbox.file(&format!("packs/{id}/pack.yaml"), text)
    };
    let sandbox = ids.iter().fold(Sandbox::new(), pack);
    let lines: Vec<String> = ids
        .iter()
        .map(|id| format!("{id}: {{ care: 2 }}"))
        .collect();
    let (packs, lines) = (ids.join(", "), lines.join(", "));
    let text =
        format!("format: 1\nclient: {{ name: Acme }}\npacks: [{packs}]\nanswers: {{ {lines} }}\n");
    let sandbox = sandbox.file("a.yaml", text);
    let fresh = sandbox
        .run("report a.yaml --packs packs --format md")
        .exits(0);
    let result = sandbox
        .run("assess a.yaml --packs packs --format json")
        .exits(0);
    let sandbox = sandbox.file("result.json", result.stdout);
    let stored = sandbox.run("report result.json --packs packs --format md");
    assert_eq!(stored.exits(0).stdout, fresh.stdout);
}

/// In tests another crate turns this on for all; what is released has to ask for it itself, or the
/// last digit of a figure that is read back may be another one.
#[test]
fn what_is_released_reads_every_digit_of_a_figure_back() {
    let manifest = include_str!("../../Cargo.toml");
    let mut lines = manifest.lines();
    let json = lines.find(|line| line.starts_with("serde_json = "));
    assert!(json.unwrap().contains("\"float_roundtrip\""), "{json:?}");
}
