//! The history of a path: however it is named, through renames, copies and absences.

use crate::history::{PATH, all, assessment, each, history, indices};
use crate::history_git::{told, two};
use crate::revisions::{commit, git};
use serde_json::Value;
use std::fs;

#[test]
fn renames_of_the_file_and_of_its_folder_are_followed() {
    let sandbox = two();
    git(&sandbox, "", &["mv", "clients/acme", "clients/acme ltd"]);
    commit(&sandbox, "2026-03-31");
    git(
        &sandbox,
        "",
        &[
            "mv",
            "clients/acme ltd/assessment.yaml",
            "clients/acme ltd/a: \"ö\".yaml",
        ],
    );
    commit(&sandbox, "2026-04-30");
    let sandbox = sandbox.file("clients/acme ltd/a: \"ö\".yaml", assessment("", &all("4")));
    commit(&sandbox, "2026-05-31");
    let history = told(&sandbox, "", "clients/acme ltd/a: \"ö\".yaml");
    assert_eq!(
        indices(&history, "small.one"),
        [25.0, 75.0, 75.0, 75.0, 100.0]
    );
    let marks = |place: usize| each(&history["points"][place]["marks"], "text");
    assert_eq!(marks(2), [format!("it lay at “{PATH}” before")]);
    assert_eq!(
        marks(3),
        ["it lay at “clients/acme ltd/assessment.yaml” before"]
    );
}

#[test]
fn a_copy_begins_its_own_history() {
    let sandbox = two();
    fs::create_dir_all(sandbox.path("clients/other")).expect("a folder");
    fs::copy(
        sandbox.path(PATH),
        sandbox.path("clients/other/assessment.yaml"),
    )
    .expect("a copy");
    commit(&sandbox, "2026-03-31");
    let history = told(&sandbox, "", "clients/other");
    assert_eq!(each(&history["points"], "date"), ["2026-03-31"]);
}

#[test]
fn every_way_to_name_the_path_leads_to_the_same_bytes() {
    let sandbox = two();
    let first = told(&sandbox, "", "clients/acme");
    for (folder, path) in [
        ("", "clients/acme/"),
        ("", "./clients/acme/assessment.yaml"),
        ("", "clients/../clients/acme"),
        ("clients/acme", "assessment.yaml"),
        ("clients/acme", "."),
        ("clients", "acme"),
        ("rules/small", "../../clients/acme"),
        ("", "HEAD:clients/acme"),
    ] {
        assert_eq!(told(&sandbox, folder, path), first, "{folder} {path}");
    }
    for format in ["text", "md", "html", "json"] {
        let here = sandbox
            .run(&format!("history clients/acme --format {format}"))
            .exits(0);
        let there = sandbox.run_in("clients", &format!("history acme --format {format}"));
        assert_eq!(here.stdout, there.exits(0).stdout, "{format}");
    }
}

#[test]
fn what_was_taken_away_still_has_a_history() {
    let sandbox = two();
    fs::remove_dir_all(sandbox.path("clients")).expect("gone");
    let history = told(&sandbox, "", "clients/acme");
    assert_eq!(indices(&history, "small.one"), [25.0, 75.0]);
    assert_eq!(history["gone"], Value::Null);
    commit(&sandbox, "2026-03-31");
    let history = told(&sandbox, "", "clients/acme");
    assert_eq!(indices(&history, "small.one"), [25.0, 75.0]);
    assert_eq!(history["gone"]["on"], "2026-03-31");
    assert_eq!(history["gone"]["to"], Value::Null);
}

#[test]
fn what_was_renamed_names_its_new_path() {
    let sandbox = two();
    git(&sandbox, "", &["mv", "clients/acme", "clients/acne"]);
    commit(&sandbox, "2026-03-31");
    let run = sandbox.run("history clients/acme").exits(0);
    run.prints("was renamed to")
        .prints("clients/acne/assessment.yaml");
}

#[test]
fn a_file_that_was_away_for_a_while_has_one_history() {
    let sandbox = two();
    git(&sandbox, "", &["rm", "-q", "-r", "clients"]);
    commit(&sandbox, "2026-03-31");
    let sandbox = sandbox.file(PATH, assessment("", &all("2")));
    commit(&sandbox, "2026-04-30");
    assert_eq!(
        indices(&history(&sandbox, ""), "small.one"),
        [25.0, 75.0, 50.0]
    );
}
