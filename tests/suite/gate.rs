//! `gate`: every rule, met and not met, and policies that are not valid.

use crate::sandbox::schema;
use crate::sandbox::{ROOT, Run, Sandbox, answers};

/// Light at index 50: 2, 2, 2, 2, 2.
const EVEN: &str = "promise: 2\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: 2";

fn held(lines: &str, rules: &str) -> Run {
    let sandbox = Sandbox::new()
        .file("a.yaml", answers(lines))
        .file("gate.yaml", format!("format: 1\nrules:\n{rules}"));
    sandbox.run("gate a.yaml --policy gate.yaml --format json")
}

/// `id state` of every check.
fn states(run: &Run) -> Vec<String> {
    let told = run.json();
    let checks = told["checks"].as_array().expect("checks").clone();
    let state = |one: &serde_json::Value| {
        let id = one["id"].as_str().unwrap_or("-").to_owned();
        format!("{id} {}", one["state"].as_str().expect("a state"))
    };
    checks.iter().map(state).collect()
}

#[track_caller]
fn says(lines: &str, rule: &str, code: i32, wanted: &[&str]) {
    let run = held(lines, &format!("  - {rule}\n")).exits(code);
    assert_eq!(states(&run), wanted, "{rule}");
}

#[test]
fn least_scores() {
    says(
        EVEN,
        "{ score: organisation.light, index: 50 }",
        0,
        &["organisation.light met"],
    );
    says(
        EVEN,
        "{ score: organisation.light, index: 50.1 }",
        4,
        &["organisation.light unmet"],
    );
    says(
        EVEN,
        "{ score: organisation.light, value: 2 }",
        0,
        &["organisation.light met"],
    );
    says(
        EVEN,
        "{ score: [organisation.light], value: 2.5 }",
        4,
        &["organisation.light unmet"],
    );
    let three = "promise: 4\nteams: 4\nshared-view: 4";
    says(
        three,
        "{ score: organisation.light, index: 50 }",
        4,
        &["organisation.light unproven"],
    );
    let four = "promise: 4\nteams: 4\nshared-view: 4\nshared-reward: 0";
    says(
        four,
        "{ score: organisation.light, index: 70 }",
        0,
        &["organisation.light met"],
    );
    says(
        four,
        "{ score: organisation.light, index: 70, surely: true }",
        4,
        &["organisation.light unproven"],
    );
    let run = held(
        EVEN,
        "  - { score: 'organisation.*', index: 1, severity: warn }\n",
    )
    .exits(0);
    assert!(states(&run).len() > 5);
}

#[test]
fn coverage_confidence_and_basis() {
    says(EVEN, "{ coverage: 0.9 }", 4, &["- unmet"]);
    says(
        EVEN,
        "{ coverage: 1, score: organisation.light }",
        0,
        &["organisation.light met"],
    );
    says(EVEN, "{ confidence: low }", 0, &["- met"]);
    says(
        EVEN,
        "{ confidence: high, score: organisation.light }",
        4,
        &["organisation.light unmet"],
    );
    says(EVEN, "{ basis: perception }", 0, &["- met"]);
    says(EVEN, "{ basis: evidenced }", 4, &["- unmet"]);
}

#[test]
fn levels_findings_and_warnings() {
    says(
        EVEN,
        "{ level: organisation.level, at_least: attentive }",
        4,
        &["organisation.level unproven"],
    );
    let title = "promise: 4\nshared-view: 0";
    let forbid = "{ forbid: { finding: organisation.promise-unkept } }";
    says(title, forbid, 4, &["organisation.promise-unkept unmet"]);
    says("promise: 4\nshared-view: 4", forbid, 0, &["- met"]);
    says(
        "promise: 4",
        forbid,
        4,
        &["organisation.promise-unkept unproven"],
    );
    let warned =
        "{ forbid: { finding: organisation.promise-unkept }, severity: warn, because: \"w\" }";
    says(title, warned, 0, &["organisation.promise-unkept unmet"]);
    let run = held(
        title,
        "  - forbid: { kind: contradiction, severity: high }\n",
    )
    .exits(4);
    assert!(states(&run).contains(&"organisation.promise-unkept unmet".to_owned()));
}

#[test]
fn gates_of_packs_can_be_asked_for() {
    let rule = "{ gate: organisation.profit-known }";
    says("profit: 3", rule, 0, &["organisation.profit-known met"]);
    says(
        "profit: 1\ncase-cost: 1",
        rule,
        4,
        &["organisation.profit-known unmet"],
    );
    says(
        "profit: unknown",
        rule,
        4,
        &["organisation.profit-known unproven"],
    );
    let all = "{ gate: organisation.* }";
    let wanted = [
        "organisation.spans-units unproven",
        "organisation.several-units unproven",
        "organisation.profit-known met",
        "organisation.rewards-shared unmet",
    ];
    says(
        "profit: 3
rewards: 1",
        all,
        4,
        &wanted,
    );
    let told = held(
        "profit: 1",
        &format!(
            "  - {rule}
"
        ),
    )
    .json();
    let check = &told["checks"][0];
    assert_eq!(
        (&check["kind"], &check["rule"]),
        (&"gate".into(), &"gate".into())
    );
    assert_eq!(
        check["questions"],
        serde_json::json!(["organisation.profit", "organisation.case-cost"])
    );
    held(
        "profit: 1",
        "  - { gate: organisation.profit-knwon }
",
    )
    .exits(3)
    .says("there is no gate `organisation.profit-knwon` in these packs")
    .says("did you mean `organisation.profit-known`?");
}

#[test]
fn a_spread_cannot_be_asked_not_to_fall() {
    held(
        "strategy: 3",
        "  - regression: { score: organisation.star-spread }
",
    )
    .exits(3)
    .says("`organisation.star-spread` neither rises nor falls as a gain");
}

#[test]
fn a_key_that_means_nothing_is_told_with_all_there_are() {
    let run = held(
        EVEN,
        "  - { gaette: organisation.profit-known }
",
    )
    .exits(3);
    for key in ["`gate`", "`forbid`", "`regression`", "`overdue`"] {
        assert!(run.stderr.contains(key), "{key}: {}", run.stderr);
    }
}

#[test]
fn overdue_targets_are_held_to_a_day_that_is_given() {
    let aimed = "power: { value: 1, target: 3, due: 2026-06-30 }\npromise: { value: 3, target: 3, due: 2026-01-01 }";
    let sandbox = Sandbox::new()
        .file("a.yaml", answers(aimed))
        .file("gate.yaml", "format: 1\nrules: [ { overdue: none } ]\n");
    let run = |more: &str| {
        sandbox.run(&format!(
            "gate a.yaml --policy gate.yaml --format json{more}"
        ))
    };
    assert_eq!(states(&run("").exits(4)), ["- unproven"]);
    assert_eq!(states(&run(" --on 2026-06-30").exits(0)), ["- met"]);
    assert_eq!(
        states(&run(" --on 2026-07-01").exits(4)),
        ["organisation.power unmet"]
    );
    run(" --on yesterday").exits(2);
    let dated = answers(aimed).replace("packs:", "assessed_on: 2026-07-01\npacks:");
    let sandbox = sandbox.file("a.yaml", dated);
    let run = sandbox
        .run("gate a.yaml --policy gate.yaml --format json")
        .exits(4);
    assert_eq!(states(&run), ["organisation.power unmet"]);
}

#[test]
fn policies_that_are_not_valid_are_told_with_their_places() {
    let cases = [
        (
            "{ score: organisation.lihgt, index: 50 }",
            "did you mean `organisation.light`?",
        ),
        (
            "{ score: light, index: 50 }",
            "did you mean `organisation.light`?",
        ),
        (
            "{ score: 'organisatoin.*', index: 50 }",
            "there is no score `organisatoin.*`",
        ),
        (
            "{ score: organisation.light, index: 101 }",
            "can never be reached",
        ),
        (
            "{ score: organisation.light, value: 4.5 }",
            "lies from 0 to 4",
        ),
        ("{ coverage: 80 }", "0.8 is 80 %"),
        (
            "{ level: organisation.level, at_least: structurd }",
            "did you mean `structured`?",
        ),
        (
            "{ level: organisation.levle, at_least: structured }",
            "did you mean `organisation.level`?",
        ),
        ("{ level: organisation.level }", "add `at_least`"),
        (
            "{ forbid: { finding: organisation.nothing-like-it } }",
            "there is no finding",
        ),
        (
            "{ forbid: { kind: contradicton } }",
            "did you mean `contradiction`?",
        ),
        ("{ forbid: {} }", "nothing is forbidden here"),
        ("{ regression: { tolerance: -1 } }", "can never be reached"),
        ("{ index: 50 }", "add `score: pack.score`"),
        (
            "{ index: 50, value: 2, score: organisation.light }",
            "asks for one thing",
        ),
        ("{ because: x }", "asks for one thing"),
        (
            "{ scores: organisation.light, index: 50 }",
            "did you mean `score`?",
        ),
        (
            "{ overdue: none, score: organisation.light }",
            "means nothing in this rule",
        ),
        ("{ regression: {} }", "nothing says since when"),
    ];
    for (rule, wanted) in cases {
        let run = held(EVEN, &format!("  - {rule}\n"))
            .exits(3)
            .says("gate.yaml:3");
        assert!(run.stderr.contains(wanted), "{rule}: {run:?}");
    }
    held(EVEN, "  []\n").exits(3).says("asks for nothing");
    let sandbox = Sandbox::new().file("a.yaml", answers(EVEN));
    sandbox.run("gate a.yaml").exits(2).says("--policy");
    sandbox
        .run("gate a.yaml --policy none.yaml")
        .exits(1)
        .says("none.yaml");
}

#[test]
fn the_policy_of_the_page_is_valid_and_as_its_schema_says() {
    let page =
        std::fs::read_to_string(std::path::Path::new(ROOT).join("docs/gate.md")).expect("the page");
    let text = crate::recipes::block(&page, "# gate.yaml");
    let schema = jsonschema::validator_for(&schema("policy")).expect("a schema");
    let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    assert!(schema.is_valid(&value));
    let wrong: serde_json::Value =
        serde_yaml::from_str(&text.replace("at_least", "atleast")).expect("YAML");
    assert!(!schema.is_valid(&wrong));
    let sandbox = Sandbox::new()
        .file("a.yaml", answers(EVEN))
        .file("gate.yaml", &text);
    sandbox
        .run("gate a.yaml --policy gate.yaml --against a.yaml")
        .exits(4)
        .never("error[");
}

#[test]
fn what_is_met_only_as_things_stand_is_printed_and_stored() {
    let four = "promise: 4\nteams: 4\nshared-view: 4\nshared-reward: 0";
    let rule = "{ score: organisation.light, index: 70 }";
    let run = held(four, &format!("  - {rule}\n")).exits(0);
    assert_eq!(run.json()["checks"][0]["certain"], false);
    let low = held(four, "  - { score: organisation.light, index: 50 }\n").exits(0);
    assert_eq!(low.json()["checks"][0]["certain"], true);
    let none = held(four, "  - { confidence: low }\n").exits(0);
    assert!(none.json()["checks"][0]["certain"].is_null());
    let sandbox = Sandbox::new()
        .file("a.yaml", answers(four))
        .file("gate.yaml", format!("format: 1\nrules:\n  - {rule}\n"));
    sandbox
        .run("gate a.yaml --policy gate.yaml")
        .exits(0)
        .prints("Met as things stand; open answers could still change it")
        .prints("The gate is met: 1 check holds, as things stand.");
    for (format, says) in [
        ("md", "Met as things stand:"),
        ("junit", "met as things stand"),
    ] {
        sandbox
            .run(&format!("gate a.yaml --policy gate.yaml --format {format}"))
            .exits(0)
            .prints(says);
    }
}

#[test]
fn surely_may_be_asked_of_whatever_open_answers_can_change() {
    let sandbox = |rule: &str| held(EVEN, &format!("  - {rule}\n"));
    for rule in [
        "{ level: organisation.level, at_least: attentive, surely: true }",
        "{ gate: 'organisation.*', surely: true }",
        "{ regression: {}, surely: true }",
    ] {
        let run = sandbox(rule);
        assert!(!run.stderr.contains("means nothing"), "{rule}: {run:?}");
    }
    for rule in [
        "{ coverage: 0.1, surely: true }",
        "{ confidence: low, surely: true }",
        "{ forbid: { kind: risk }, surely: true }",
        "{ overdue: none, surely: true }",
    ] {
        sandbox(rule)
            .exits(3)
            .says("`surely` means nothing in this rule")
            .says("it belongs to `index`, `value`, `level`, `gate` and `regression`");
    }
}
