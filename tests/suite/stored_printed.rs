//! A result that was kept is reported, explained and planned from as the answers are.

use super::sandbox::{ROOT, Sandbox};
use super::stored::CLIENTS;

/// The client's folder, and a folder with the result of its answers.
fn kept(client: &str) -> (String, Sandbox) {
    let path = format!("{ROOT}/tests/clients/{client}");
    let run = Sandbox::new().run(&format!("assess {path} --format json"));
    let sandbox = Sandbox::new().file("result.json", run.exits(0).stdout);
    (path, sandbox)
}

/// A command prints the same of both, whatever it warns of.
#[track_caller]
fn same(sandbox: &Sandbox, path: &str, command: &str) {
    let of = |path: &str| sandbox.run(&command.replace("PATH", path));
    let (fresh, stored) = (of(path), of("result.json"));
    assert_eq!(fresh.code, stored.code, "{fresh:?}\n{stored:?}");
    assert!(fresh.stdout == stored.stdout, "{command} of {path} differs");
}

#[test]
fn reports_of_a_kept_result_are_the_same_bytes() {
    for client in CLIENTS {
        let (path, sandbox) = kept(client);
        for format in ["html", "md", "json"] {
            same(&sandbox, &path, &format!("report PATH --format {format}"));
        }
    }
}

#[test]
fn plans_from_a_kept_result_are_the_same_bytes() {
    for client in CLIENTS {
        let (path, sandbox) = kept(client);
        for format in ["text", "md", "json"] {
            same(&sandbox, &path, &format!("plan PATH --format {format}"));
        }
    }
}

#[test]
fn reasons_from_a_kept_result_are_the_same_bytes() {
    for client in CLIENTS {
        let (path, sandbox) = kept(client);
        same(&sandbox, &path, "explain PATH");
        let result: serde_json::Value =
            serde_json::from_str(&sandbox.read("result.json")).expect("JSON");
        for list in [
            "levels",
            "decisions",
            "scores",
            "gates",
            "findings",
            "questions",
            "metrics",
        ] {
            let last = result[list].as_array().and_then(|list| list.last());
            let Some(id) = last.and_then(|one| one["id"].as_str()) else {
                continue;
            };
            let format = if list == "levels" { "text" } else { "json" };
            let command = format!("explain PATH {id} --format {format}");
            same(&sandbox, &path, &command);
        }
    }
}

#[test]
fn a_kept_result_may_come_through_a_pipe() {
    let (path, sandbox) = kept("paper-mill");
    let fresh = sandbox.run(&format!("report {path} --format md")).exits(0);
    let piped = sandbox.pipe("report - --format md", &sandbox.read("result.json"));
    assert!(piped.exits(0).stdout == fresh.stdout);
}

#[test]
fn packs_of_ones_own_are_found_in_their_folder() {
    let text = "format: 1\nclient: { name: C }\npacks: [./ours]\nanswers: { ours: { a: 3 } }\n";
    let sandbox = Sandbox::new()
        .file("ours/pack.yaml", OURS)
        .file("a.yaml", text);
    let result = sandbox.run("assess a.yaml --format json").exits(0).stdout;
    let sandbox = sandbox.file("kept/result.json", &result);
    let fresh = sandbox.run("report a.yaml --format md").exits(0);
    let stored = sandbox.run("report kept/result.json --packs . --format md");
    assert!(stored.exits(0).stdout == fresh.stdout);
    sandbox
        .run("report kept/result.json --format md")
        .exits(3)
        .says("no pack `ours` is to be found")
        .says("kept/result.json:")
        .says("`--packs DIR`");
    // A changed rule makes it another pack, whatever its version says.
    let changed = sandbox.file("ours/pack.yaml", OURS.replace("weight: 1", "weight: 2"));
    for command in [
        "report kept/result.json --format md",
        "plan kept/result.json",
        "explain kept/result.json",
    ] {
        changed
            .run(&format!("{command} --packs ."))
            .exits(3)
            .says("the rules of `ours` 1.0.0 have changed since this result was made")
            .says("kept/result.json:");
    }
    let newer = changed.file(
        "ours/pack.yaml",
        OURS.replace("version: 1.0.0", "version: 1.1.0"),
    );
    newer
        .run("explain kept/result.json --packs .")
        .exits(3)
        .says("this result was made by `ours` 1.0.0, and 1.1.0 is there");
}

const OURS: &str = "format: 1\nid: ours\nversion: 1.0.0\nlanguage: en\ntitle: Ours\nsections:\n  s:\n    title: S\n    score: { aggregate: mean }\n    questions:\n      a: { type: rating, ask: A, weight: 1, anchors: { 0: n, 1: l, 2: s, 3: m, 4: a } }\n";

#[test]
fn a_result_that_names_what_its_packs_lack_is_refused() {
    let (_, sandbox) = kept("harbour-tools");
    let text = sandbox.read("result.json");
    let odd = text.replacen("\"id\": \"organisation.", "\"id\": \"organisation.no-", 1);
    assert_ne!(text, odd);
    sandbox
        .file("result.json", odd)
        .run("report result.json --format md")
        .exits(3)
        .says("`packs[1].headline.id` is `organisation.no-level`")
        .says("result.json:");
}
