//! `pack test` and `pack diff` of overlays: the cases of the base under them, and what they change.

use crate::overlays::{BASE, overlay, with};
use crate::revisions::{commit, repository};
use crate::sandbox::Sandbox;
#[cfg(unix)]
use crate::sandbox::{mode, set_mode};

/// Cases of the base, by hand: the mean of 4 and 1 is 2.5; that of 1 and 1 is 1.
const CASES: &str = "format: 1
cases:
  - name: \"care without knowledge\"
    answers: { care: 4, know: 1 }
    expect: { scores: { one: 2.5 }, findings: { out: [weak] }, decisions: { form: { outcome: none } } }
  - name: \"weak\"
    answers: { care: 1, know: 1 }
    expect: { scores: { one: 1 }, findings: { in: [weak] } }
";

const WEIGHT: &str = "set:\n  sections.one.questions.care.weight: { to: 2, reason: \"Care counts twice.\" } # a remark\n";

fn house(body: &str) -> Sandbox {
    with(&[("house", body)], "house").file("rules/base/cases/all.yaml", CASES)
}

const TEST: &str = "pack test rules/house --packs rules";

#[test]
fn what_comes_out_otherwise_has_to_be_listed() {
    // By hand: (2 * 4 + 1) / 3 is 3, and from 3 on the table says `some`.
    house(WEIGHT)
        .run(TEST)
        .exits(3)
        .prints("failed: care without knowledge")
        .prints("one value: expected 2.5, got 3")
        .prints("form outcome: expected none, got some")
        .prints("1 of 2 cases pass");
    let listed = "expect:\n  \"care without knowledge\": { one value: 3, form outcome: some }\n";
    house(&format!("{WEIGHT}{listed}"))
        .run(TEST)
        .exits(0)
        .prints("base 1.2.0 with house: 2 of 2 cases pass");
    let wrong = listed.replace("value: 3", "value: 3.1");
    house(&format!("{WEIGHT}{wrong}"))
        .run(TEST)
        .exits(3)
        .prints("one value: listed under `expect` as 3.1, got 3");
}

#[test]
fn what_is_listed_and_no_longer_differs_fails() {
    let listed = "expect:\n  weak: { one value: 2 }\n  strong: { one value: 4 }\n";
    house(listed)
        .run(TEST)
        .exits(3)
        .prints("one value: listed under `expect` as 2, and comes out as the base expects")
        .prints("failed: strong")
        .prints("no case of the base has this name");
}

#[test]
fn accept_writes_what_differs_and_shows_each() {
    let sandbox = house(WEIGHT);
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(0)
        .prints("care without knowledge")
        .prints("one value: expected 2.5, got 3")
        .prints("2 of 2 cases pass");
    let written = sandbox.read("rules/house/pack.yaml");
    let begun = overlay("house", WEIGHT);
    assert!(written.starts_with(&begun), "{written}");
    assert!(written.contains("    \"one value\": \"3\"\n"), "{written}");
    sandbox.run(TEST).exits(0);
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(0)
        .prints("lists what comes out otherwise already");
    assert_eq!(sandbox.read("rules/house/pack.yaml"), written);
    // A list that has become stale is written anew, what stands after it stays.
    let stale = format!("expect:\n  weak: {{ one value: 2 }}\n{WEIGHT}");
    let sandbox = house(&stale);
    sandbox.run(&format!("{TEST} --accept")).exits(0);
    let written = sandbox.read("rules/house/pack.yaml");
    assert!(
        written.ends_with(WEIGHT) && !written.contains("weak"),
        "{written}"
    );
    sandbox
        .run("pack test base --packs rules --accept")
        .exits(2)
        .says("`base` is no overlay");
}

#[test]
fn accept_writes_where_the_list_stands() {
    let listed = "# what differs\nexpect:\n  weak: { one value: 2 }\n";
    let sandbox = house(WEIGHT).file("rules/house/results.yaml", listed);
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(0)
        .prints("rules/house/results.yaml")
        .prints("2 of 2 cases pass");
    assert_eq!(
        sandbox.read("rules/house/pack.yaml"),
        overlay("house", WEIGHT)
    );
    let written = sandbox.read("rules/house/results.yaml");
    assert!(
        written.starts_with("# what differs\nexpect:\n") && !written.contains("weak"),
        "{written}"
    );
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(0)
        .prints("lists what comes out otherwise already");
    assert_eq!(sandbox.read("rules/house/results.yaml"), written);
    let twice = format!("expect:\n  care without knowledge: {{ one value: 3 }}\n{WEIGHT}");
    let sandbox = house(&twice).file("rules/house/results.yaml", listed);
    sandbox.run(&format!("{TEST} --accept"));
    assert_eq!(
        sandbox.read("rules/house/pack.yaml"),
        overlay("house", &twice)
    );
    assert_eq!(sandbox.read("rules/house/results.yaml"), listed);
}

#[test]
fn accept_keeps_the_line_ends_of_a_file() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let path = "rules/house/pack.yaml";
    let sandbox = house(WEIGHT).file(path, crlf(&overlay("house", WEIGHT)));
    sandbox.run(&format!("{TEST} --accept")).exits(0);
    let written = sandbox.read(path);
    assert!(written.contains("expect:\r\n"), "{written}");
    assert_eq!(written, crlf(&written.replace("\r\n", "\n")));
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(0)
        .prints("lists what comes out otherwise already");
    // A list that stands already is written anew in the same way.
    let stale = format!("expect:\n  weak: {{ one value: 2 }}\n{WEIGHT}");
    let sandbox = house(WEIGHT).file(path, crlf(&overlay("house", &stale)));
    sandbox.run(&format!("{TEST} --accept")).exits(0);
    let written = sandbox.read(path);
    assert_eq!(written, crlf(&written.replace("\r\n", "\n")));
    assert!(written.ends_with(&crlf(WEIGHT)), "{written}");
}

#[cfg(unix)]
#[test]
fn accept_keeps_links_and_modes_and_refuses_what_is_read_only() {
    let file = "rules/house.yaml";
    let sandbox = house(WEIGHT).file("kept.yaml", overlay("house", WEIGHT));
    std::fs::remove_dir_all(sandbox.path("rules/house")).expect("gone");
    std::os::unix::fs::symlink(sandbox.path("kept.yaml"), sandbox.path(file)).expect("a link");
    set_mode(&sandbox, "kept.yaml", 0o444);
    let accept = "pack test house --packs rules --accept";
    sandbox.run(accept).exits(1).says("it is read-only");
    assert_eq!(sandbox.read("kept.yaml"), overlay("house", WEIGHT));
    set_mode(&sandbox, "kept.yaml", 0o600);
    sandbox.run(accept).exits(0);
    assert!(sandbox.path(file).is_symlink());
    assert!(sandbox.read("kept.yaml").contains("expect:"));
    assert_eq!(mode(&sandbox, "kept.yaml"), 0o600);
}

#[test]
fn its_own_cases_run_and_cannot_be_accepted() {
    let own = "format: 1\ncases:\n  - { name: \"ours\", answers: { care: 4, know: 1 }, expect: { scores: { one: 9 } } }\n";
    let sandbox = house(WEIGHT).file("rules/house/cases/own.yaml", own);
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(3)
        .prints("failed: ours")
        .prints("2 of 3 cases pass");
}

#[test]
fn cases_that_name_what_is_gone_can_be_listed() {
    let body = "remove:\n  findings.weak: { reason: \"r\" }\n  sections.one.questions.know: { reason: \"r\" }\n";
    let sandbox = house(body);
    sandbox
        .run(TEST)
        .exits(3)
        .prints("weak: it is gone")
        .prints("one value: expected 2.5, got 4");
    sandbox
        .run(&format!("{TEST} --accept"))
        .exits(0)
        .prints("2 of 2 cases pass");
}

#[test]
fn a_difference_shows_values_before_and_after() {
    let body = format!("{WEIGHT}  title: {{ to: \"Ours\", reason: \"A name.\" }}\n");
    let sandbox = with(&[("house", &body)], "house");
    sandbox
        .run("pack diff house --packs rules")
        .exits(0)
        .prints("house, over base 1.2.0")
        .prints("sections.one.questions.care.weight\n  nothing -> 2\n  because: Care counts twice.")
        .prints("\"Base\" -> \"Ours\"");
    let json = sandbox
        .run("pack diff house --packs rules --format json")
        .exits(0)
        .json();
    assert_eq!(json["changes"][0]["after"], "2");
    assert_eq!(json["upstream"], serde_json::Value::Null);
    sandbox
        .run("pack diff base --packs rules")
        .exits(2)
        .says("`base` is no overlay");
}

#[test]
fn what_changed_upstream_below_an_overlay_is_shown() {
    let body = "set:\n  findings.weak.severity: { to: high, reason: \"r\" }\n  sections.one.questions.care.anchors: { to: { 0: a, 1: b, 2: c, 3: d, 4: e }, reason: \"r\" }\n";
    let old = BASE
        .replace("severity: low", "severity: medium")
        .replace("3: \"much\", 4: \"fully\"", "3: \"a lot\"")
        .replace("1.2.0", "1.1.0")
        .replace("Do you know them?", "Do you know all?");
    let sandbox = with(&[("house", body)], "house").file("old/pack.yaml", &old);
    sandbox
        .run("pack diff house --packs rules --against old")
        .exits(0)
        .prints("Upstream, base 1.1.0 to 1.2.0")
        .prints("findings.weak.severity\n  medium -> low")
        .prints("anchors.3\n  \"a lot\" -> \"much\"")
        .prints("anchors.4\n  nothing -> \"fully\"")
        .never("Do you know");
    // The same from a revision.
    let sandbox = repository(with(&[("house", body)], "house").file("rules/base/pack.yaml", old));
    commit(&sandbox, "2026-01-01");
    let sandbox = sandbox.file("rules/base/pack.yaml", BASE);
    let json = sandbox
        .run("pack diff house --packs rules --against HEAD:rules/base --format json")
        .exits(0)
        .json();
    assert_eq!(json["upstream"]["from"], "1.1.0");
    assert_eq!(
        json["upstream"]["changes"].as_array().map(Vec::len),
        Some(3)
    );
    sandbox
        .run("pack diff house --packs rules --against HEAD:rules/nothing")
        .exits(1)
        .says("there is no pack at `HEAD:rules/nothing`");
}

#[test]
fn what_holds_no_rules_is_no_earlier_version() {
    let sandbox = with(&[("house", WEIGHT)], "house").file("old/notes.txt", "none");
    let places = ["old", if cfg!(unix) { "/dev/null" } else { "old" }];
    for place in places {
        sandbox
            .run(&format!("pack diff house --packs rules --against {place}"))
            .exits(1)
            .says(&format!("there is no pack at `{place}`"));
    }
}

#[test]
fn a_later_version_that_breaks_an_overlay_is_told_with_each_reason() {
    let body = "set:\n  sections.one.questions.care.weight: { to: 2, reason: \"r\" }\nremove:\n  findings.weak: { reason: \"r\" }\n";
    let later = BASE
        .replace("1.2.0", "2.0.0")
        .replace("      care:", "      cares:")
        .replace("  weak:", "  feeble:");
    let sandbox = with(&[("house", body)], "house").file("later/pack.yaml", &later);
    sandbox
        .run("pack diff house --packs rules --against later")
        .exits(3)
        .prints("Upstream, base 1.2.0 to 2.0.0")
        .says("`base` is there in version 2.0.0, not `^1`")
        .says("there is no `care` at `sections.one.questions`")
        .says("there is no `weak` at `findings`")
        .says("rules/house/pack.yaml:5:3");
    // The same once it has been taken, against the version before.
    sandbox
        .file("rules/base/pack.yaml", &later)
        .file("before/pack.yaml", BASE)
        .run("pack diff house --packs rules --against before")
        .exits(3)
        .prints("house, over base 1.2.0")
        .prints("Upstream, base 1.2.0 to 2.0.0")
        .says("there is no `weak` at `findings`");
    // What an earlier version lacks breaks nothing.
    with(&[("house", body)], "house")
        .file("old/pack.yaml", later.replace("2.0.0", "1.0.0"))
        .run("pack diff house --packs rules --against old")
        .exits(0)
        .prints("Upstream, base 1.0.0 to 1.2.0");
}

#[test]
fn another_order_upstream_is_called_so() {
    let body = "set:\n  sections.size.questions.kinds.choices: { to: [{ value: big, label: B }, { value: small, label: S }], reason: \"r\" }\n  sections.one.questions: { to: { care: { type: boolean, ask: \"?\" } }, reason: \"r\" }\nremove:\n  decisions: { reason: \"r\" }\n  findings: { reason: \"r\" }\n  sections.one.score: { reason: \"r\" }\n";
    let (first, second) = (
        "{ value: big, label: \"Big\" }",
        "{ value: small, label: \"Small\" }",
    );
    let old = BASE
        .replace("1.2.0", "1.1.0")
        .replace(&format!("{first}, {second}"), &format!("{second}, {first}"))
        .replace(
            "      care:",
            "      kept: { type: boolean, ask: \"?\" }\n      care:",
        )
        .replace(
            "title: \"Weak\"\n    text: \"It is weak.\"",
            "text: \"It is weak.\"\n    title: \"Weak\"",
        );
    let sandbox = with(&[("house", body)], "house").file("old/pack.yaml", &old);
    let run = sandbox
        .run("pack diff house --packs rules --against old --format json")
        .exits(0);
    let changes = run.json()["upstream"]["changes"].clone();
    assert_eq!(
        changes,
        serde_json::json!([
            { "path": "sections.one.questions.kept", "order": false, "before": "{ type: boolean, ask: \"?\" }", "after": null },
            { "path": "sections.size.questions.kinds.choices", "order": true, "before": "small, big", "after": "big, small" },
        ])
    );
    sandbox
        .run("pack diff house --packs rules --against old")
        .exits(0)
        .prints("sections.size.questions.kinds.choices\n  order: small, big -> big, small");
}

#[test]
fn what_cases_are_expected_to_give_makes_no_other_overlay() {
    let digest = |body: &str| {
        let sandbox = with(&[("house", body)], "house");
        let run = sandbox.run("assess a.yaml --packs rules --format json");
        let json = run.exits(0).json();
        let pack = &json["packs"][0];
        (
            pack["digest"].clone(),
            pack["overlays"][0]["digest"].clone(),
        )
    };
    let expect = "expect:\n  \"a case\":\n    \"score base.one\": \"3\"\n";
    assert_eq!(digest(WEIGHT), digest(&format!("{WEIGHT}{expect}")));
    assert_eq!(
        digest(&format!("{WEIGHT}{expect}")),
        digest(&format!("{WEIGHT}{}", expect.replace('3', "4")))
    );
    assert_ne!(digest(WEIGHT), digest(&WEIGHT.replace("to: 2", "to: 3")));
}
