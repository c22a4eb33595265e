//! A pack with the id and version of a built-in one and other rules is printed as changed.

use crate::sandbox::{ROOT, Sandbox, answers};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A sandbox with a copy of the built-in pack `organisation` in `packs/`, its header rewritten.
pub(crate) fn with_copy(sandbox: Sandbox, header: impl Fn(&str) -> String) -> Sandbox {
    let from = Path::new(ROOT).join("rules/organisation");
    let files = fs::read_dir(from).expect("the built-in pack");
    let files = files.map(|entry| entry.expect("an entry").path());
    files
        .filter(|path| path.is_file())
        .fold(sandbox, |sandbox, path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a file");
            let text = if name == "pack.yaml" {
                header(&text)
            } else {
                text
            };
            sandbox.file(&format!("packs/organisation/{name}"), text)
        })
}

const POLICY: &str = "format: 1\nrules:\n  - { score: organisation.light, index: 10 }\n";

fn acme(header: impl Fn(&str) -> String) -> Sandbox {
    let lines = "promise: 3\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: 2";
    let sandbox = Sandbox::new()
        .file("clients/acme/assessment.yaml", answers(lines))
        .file("gate.yaml", POLICY);
    with_copy(sandbox, header)
}

/// What every command prints of the packs, with its name.
fn printed(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    [
        "assess clients/acme",
        "report clients/acme --format md",
        "report clients/acme --format html",
        "compare clients/acme clients/acme",
        "compare clients/acme clients/acme --format md",
        "compare clients/acme clients/acme --format html",
        "gate clients/acme --policy gate.yaml",
        "gate clients/acme --policy gate.yaml --format md",
        "portfolio clients",
        "portfolio clients --format html",
    ]
    .into_iter()
    .map(|command| {
        let run = sandbox.run(&format!("{command} --packs packs")).exits(0);
        let told: Vec<&str> = run.stdout.split_whitespace().collect();
        (command, told.join(" "))
    })
    .collect()
}

/// What a document says of the pack `organisation`, which comes after the profile that it uses.
fn own(document: &Value) -> &Value {
    let mut packs = document["packs"].as_array().expect("packs").iter();
    packs
        .find(|one| one["id"] == "organisation")
        .expect("the pack")
}

#[test]
fn a_changed_pack_says_so_everywhere() {
    let sandbox = acme(|text| format!("{text}\n# ours\n"));
    for (command, text) in printed(&sandbox) {
        assert!(text.contains("changed"), "{command}: {text}");
        assert!(
            text.contains("organisation 1.2.1 (changed)")
                || text.contains("its rules are not those built in under this version")
                || text.contains("not the rules built in under this name and version"),
            "{command}: {text}"
        );
    }
    let report = &printed(&sandbox)[1].1;
    let told = report.matches("not the rules built in under this name and version");
    assert_eq!(told.count(), 2, "in the report and in its appendix");
    let result = sandbox.run("assess clients/acme --format json --packs packs");
    assert_eq!(own(&result.exits(0).json())["changed"], true);
    let verdict = sandbox.run("gate clients/acme --policy gate.yaml --format json --packs packs");
    assert_eq!(own(&verdict.exits(0).json())["changed"], true);
    let rows = sandbox.run("portfolio clients --format ndjson --packs packs");
    assert_eq!(own(&rows.exits(0).json())["changed"], true);
    let moved = sandbox.run("compare clients/acme clients/acme --format json --packs packs");
    assert_eq!(own(&moved.exits(0).json())["to"]["changed"], true);
}

#[test]
fn the_built_in_pack_its_copy_and_another_version_are_not_changed() {
    let same = acme(str::to_owned);
    let other = acme(|text| text.replacen("version: 1.2.1", "version: 1.2.2", 1));
    for sandbox in [same, other] {
        for (command, text) in printed(&sandbox) {
            assert!(!text.contains("(changed)"), "{command}: {text}");
            assert!(
                !text.contains("not the rules built in"),
                "{command}: {text}"
            );
        }
        let result = sandbox.run("assess clients/acme --format json --packs packs");
        assert_eq!(own(&result.exits(0).json())["changed"], false);
    }
}
