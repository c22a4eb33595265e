//! `gate` against what was: revisions, files and stored results.

use crate::revisions::{commit, git, repository};
use crate::sandbox::{Sandbox, answers};

const POLICY: &str =
    "format: 1\nagainst: main\nrules:\n  - { regression: { score: organisation.light } }\n";

fn light(first: &str) -> String {
    answers(&format!(
        "promise: {first}\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: 2"
    ))
}

fn kept(first: &str) -> Sandbox {
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", light(first))
        .file("gate.yaml", POLICY);
    repository(sandbox)
}

/// Exit code and state of the first check.
fn judged(sandbox: &Sandbox, more: &str) -> (i32, String, String) {
    let run = sandbox.run(&format!("gate acme --policy gate.yaml --format json{more}"));
    let check = run.json()["checks"][0].clone();
    let text = |key: &str| check[key].as_str().expect(key).to_owned();
    (run.code, text("state"), text("actual"))
}

#[test]
fn a_fall_of_the_tolerance_is_too_much_and_less_is_not() {
    let sandbox = kept("4").file("acme/assessment.yaml", light("3"));
    let (code, state, actual) = judged(&sandbox, "");
    assert_eq!(
        (code, state.as_str(), actual.as_str()),
        (0, "met", "from 60.0 to 55.0")
    );
    let sandbox = sandbox.file("acme/assessment.yaml", light("2"));
    let (code, state, actual) = judged(&sandbox, "");
    assert_eq!((code, state.as_str()), (4, "unmet"));
    assert_eq!(actual, "from 60.0 to 50.0, 10.0 points lower");
    let strict = POLICY.replace("light }", "light, tolerance: 5 }");
    let sandbox = sandbox
        .file("gate.yaml", strict)
        .file("acme/assessment.yaml", light("3"));
    assert_eq!(judged(&sandbox, "").1, "unmet");
    let none = POLICY.replace("light }", "light, tolerance: 0 }");
    let sandbox = sandbox
        .file("gate.yaml", none)
        .file("acme/assessment.yaml", light("4"));
    assert_eq!(judged(&sandbox, "").1, "met");
}

#[test]
fn a_perception_is_held_against_evidence_only_with_a_word() {
    let on =
        |basis: &str, first| light(first).replace("client:", &format!("basis: {basis}\nclient:"));
    // Without evidence a rating counts up to 2: five ratings of 4, 2, 2, 2 and 2 come to 50.
    let cases = [
        (
            ("perception", "4"),
            ("evidenced", "4"),
            "unproven",
            "to 50.0 on evidence, 10.0 points lower; what is missing may be proof",
        ),
        (
            ("perception", "0"),
            ("evidenced", "0"),
            "met",
            "from 40.0 on perception to 40.0 on evidence",
        ),
        (
            ("evidenced", "4"),
            ("perception", "4"),
            "unproven",
            "to 60.0 on perception; a fall may not show without evidence",
        ),
        (
            ("evidenced", "4"),
            ("perception", "0"),
            "unmet",
            "from 50.0 on evidence to 40.0 on perception, 10.0 points lower",
        ),
    ];
    for (before, after, state, words) in cases {
        let sandbox = Sandbox::new()
            .file("acme/assessment.yaml", on(before.0, before.1))
            .file("gate.yaml", POLICY);
        let sandbox = repository(sandbox).file("acme/assessment.yaml", on(after.0, after.1));
        let (code, found, actual) = judged(&sandbox, "");
        assert!(
            found == state && actual.ends_with(words),
            "{found}: {actual}"
        );
        assert_eq!(code, if state == "met" { 0 } else { 4 });
        let sarif = sandbox.run("gate acme --policy gate.yaml --format sarif");
        assert!(
            state == "met" || sarif.stdout.contains(words),
            "{}",
            sarif.stdout
        );
        for format in ["text", "md", "junit", "json"] {
            let run = sandbox.run(&format!("gate acme --policy gate.yaml --format {format}"));
            let told: Vec<&str> = run.stdout.split_whitespace().collect();
            assert!(told.join(" ").contains("compared with a"), "{told:?}");
        }
    }
}

#[test]
fn a_fall_that_open_answers_could_explain_is_unproven() {
    let open = |first: &str| light(first).replace("cross-skill: 2", "cross-skill: unknown");
    let sandbox = repository(
        Sandbox::new()
            .file("acme/assessment.yaml", open("4"))
            .file("gate.yaml", POLICY),
    )
    .file("acme/assessment.yaml", light("2"));
    let (code, state, actual) = judged(&sandbox, "");
    assert_eq!((code, state.as_str()), (4, "unproven"));
    assert!(
        actual.contains("12.5 points lower, and open answers allow 20.0"),
        "{actual}"
    );
    // What is open on both sides explains no fall.
    let sandbox = sandbox.file("acme/assessment.yaml", open("2"));
    let (code, state, actual) = judged(&sandbox, "");
    assert_eq!((code, state.as_str()), (4, "unmet"));
    assert!(actual.contains("12.5 points lower"), "{actual}");
}

#[test]
fn an_answer_that_is_gone_hides_no_fall() {
    let sandbox = kept("4").file("acme/assessment.yaml", light("unknown"));
    let (code, state, actual) = judged(&sandbox, "");
    assert_eq!((code, state.as_str()), (4, "unproven"));
    assert!(actual.contains("1 answer is gone"), "{actual}");
    let sandbox = sandbox.file("acme/assessment.yaml", answers("teams: 2"));
    assert_eq!(judged(&sandbox, "").1, "unproven");
    let newly = kept("unknown").file("acme/assessment.yaml", light("0"));
    // What was unknown and turned out low is no fall.
    assert_eq!(judged(&newly, "").1, "met");
}

#[test]
fn files_stored_results_and_the_command_line() {
    let sandbox = kept("4").file("acme/assessment.yaml", light("2"));
    let stored = sandbox
        .run("assess main:acme --format json")
        .exits(0)
        .stdout;
    let sandbox = sandbox
        .file("kept.json", stored)
        .file("old.yaml", light("2"));
    assert_eq!(judged(&sandbox, " --against kept.json").1, "unmet");
    assert_eq!(judged(&sandbox, " --against old.yaml").1, "met");
    assert_eq!(judged(&sandbox, " --against main:acme").1, "unmet");
    let inside = POLICY.replace("against: main", "against: ../kept.json");
    let sandbox = sandbox.file("policies/gate.yaml", inside);
    sandbox
        .run("gate acme --policy policies/gate.yaml")
        .exits(4)
        .prints("10.0 points lower");
}

#[test]
fn an_assessment_that_is_new_has_nothing_to_fall_from() {
    let sandbox = repository(Sandbox::new().file("gate.yaml", POLICY))
        .file("acme/assessment.yaml", light("2"));
    let (code, state, actual) = judged(&sandbox, "");
    assert_eq!((code, state.as_str()), (4, "unproven"));
    assert!(
        actual.contains("there was no assessment at main:acme yet"),
        "{actual}"
    );
    sandbox
        .run("gate acme --policy gate.yaml --against main:acne")
        .exits(1)
        .says("there is no assessment `main:acne`");
}

#[test]
fn what_git_cannot_tell_stops_it() {
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", light("2"))
        .file("gate.yaml", POLICY);
    let gate = |sandbox: &Sandbox| sandbox.run("gate acme --policy gate.yaml");
    gate(&sandbox)
        .exits(1)
        .says("does not lie in a git repository");
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    gate(&sandbox).exits(1).says("nothing is committed yet");
    let sandbox = sandbox.file("acme/assessment.yaml", light("9"));
    commit(&sandbox, "2026-01-31");
    let sandbox = sandbox.file("acme/assessment.yaml", light("2"));
    gate(&sandbox).exits(3).says("main:acme/assessment.yaml:6");
    sandbox
        .run("gate acme --policy gate.yaml --against mian")
        .exits(1)
        .says("no revision `mian`");
    sandbox
        .pipe("gate - --policy gate.yaml", &light("2"))
        .exits(2)
        .says("standard input has no history");
}

#[test]
fn every_score_is_meant_where_none_is_named() {
    let all = "format: 1\nagainst: main\nrules: [ { regression: {} } ]\n";
    let sandbox = kept("4")
        .file("gate.yaml", all)
        .file("acme/assessment.yaml", light("2"));
    let run = sandbox
        .run("gate acme --policy gate.yaml --format json")
        .exits(4);
    let checks = run.json()["checks"].as_array().expect("checks").clone();
    let failed: Vec<_> = checks.iter().filter(|one| one["state"] != "met").collect();
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert_eq!(failed[0]["questions"][0], "organisation.promise");
    assert!(
        checks
            .iter()
            .all(|one| one["id"] != "organisation.star-spread")
    );
}
