//! Overlays that cannot be laid over their base: clear errors, soon.

use crate::overlays::{BASE, answers, with};
use crate::sandbox::{Run, Sandbox};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The check of an overlay with these lines.
fn check(body: &str) -> Run {
    with(&[("house", body)], "house").run("pack check house --packs rules")
}

/// One line of each problem that an overlay has: its place and message.
#[track_caller]
fn refused(body: &str, wanted: &[&str]) {
    let run = check(body).exits(3);
    for text in wanted {
        assert!(run.stdout.contains(text), "no `{text}`\n{run:?}");
    }
}

#[test]
fn what_is_not_there_is_named_with_what_is_near() {
    refused(
        "set:
  sections.one.questions.caer.weight: { to: 2, reason: \"r\" }
  sections.one.questions.care.wieght: { to: 2, reason: \"r\" }
  findings.waek: { to: {}, reason: \"r\" }
  sections.size.questions.kinds.choices.bigg: { to: {}, reason: \"r\" }
remove:
  glossary.tern: { reason: \"r\" }
  decisions.form.rules.hihg: { reason: \"r\" }
",
        &[
            "there is no `caer` at `sections.one.questions`",
            "did you mean `care`?",
            "unknown key `wieght`",
            "did you mean `weight`?",
            "there is no `waek` at `findings`",
            "did you mean `weak`?",
            "there is no `bigg` at `sections.size.questions.kinds.choices`",
            "there is no `tern` at `glossary`",
            "there is no `hihg` at `decisions.form.rules`",
            "rules/house/pack.yaml:5:3",
        ],
    );
}

#[test]
fn what_is_there_cannot_be_added() {
    refused(
        "add:\n  sections.one.questions.care: { value: { type: boolean, ask: \"?\" }, reason: \"r\" }\n",
        &[
            "`sections.one.questions.care` is there already",
            "rules/base/pack.yaml",
            "rules/house/pack.yaml:5:3",
        ],
    );
    refused(
        "add:\n  findings.weak.advice.second: { value: { id: other, do: x, effort: low, impact: low, within: 30d }, reason: \"r\" }\n",
        &["what is added as `second` calls itself `other`"],
    );
    refused(
        "add:\n  sections.one.questions.new: { value: { type: boolean, ask: \"?\" }, before: cares, reason: \"r\" }\n",
        &[
            "there is no `cares` here to stand before",
            "did you mean `care`?",
        ],
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_found_in_the_overlay() {
    refused(
        "set:
  sections.one.questions: { to: 5, reason: \"r\" }
  findings.weak.severity: { to: sever, reason: \"r\" }
  decisions.form.rules.high.if: { to: [\">= 9\"], reason: \"r\" }
",
        &[
            "expected a map",
            "rules/house/pack.yaml:5",
            "rules/house/pack.yaml:6",
        ],
    );
    // What follows from a valid value is found when packs are linked, at the same place.
    refused(
        "set:\n  decisions.form.rules.high.if: { to: [\">= 9\"], reason: \"r\" }\n",
        &["rules/house/pack.yaml:5"],
    );
}

#[test]
fn the_identity_of_the_base_stays() {
    for key in ["id", "version", "format"] {
        let body = format!("set:\n  {key}: {{ to: x, reason: \"r\" }}\n");
        refused(
            &body,
            &[&format!("an overlay cannot change the `{key}` of a pack")],
        );
    }
}

#[test]
fn every_change_needs_a_reason_and_known_keys() {
    refused(
        "set:\n  title: { to: \"x\", reason: \" \" }\n",
        &["the change has no reason"],
    );
    refused("set:\n  title: { to: \"x\" }\n", &["missing key `reason`"]);
    refused(
        "set:\n  title: { too: \"x\", reason: \"r\" }\nsections: {}\n",
        &["unknown key `too`", "unknown key `sections`"],
    );
}

#[test]
fn a_base_has_to_be_there_in_a_version_that_fits() {
    let other = |line: &str| {
        let text = format!("format: 1\nid: house\nextends: {line}\n");
        let sandbox = Sandbox::new()
            .file("rules/base/pack.yaml", BASE)
            .file("rules/house/pack.yaml", text);
        sandbox.run("pack check house --packs rules").exits(3)
    };
    let _ = other("{ pack: bass, version: \"^1\" }").prints("did you mean `base`?");
    let _ = other("{ pack: base, version: \"^2\" }")
        .prints("`base` is there in version 1.2.0, not `^2`");
    let _ = other("{ pack: base, version: new }").prints("is not a version requirement");
    let _ = other("{ pack: ../../base, version: \"^1\" }").prints("`../../base` cannot be an id");
    let _ = other("{ pack: /etc, version: \"^1\" }").prints("`/etc` cannot be an id");
    let _ = other("{ pack: house, version: \"^1\" }")
        .prints("the overlay has the id of the pack that it extends");
}

#[test]
fn a_pin_holds_for_the_base() {
    with(&[("house", "")], "base@1.2.0, house")
        .run("check a.yaml --packs rules")
        .exits(0);
    with(&[("house", "")], "base@1.0.0, house")
        .run("check a.yaml --packs rules")
        .exits(3)
        .prints("`base` is there in version 1.2.0, not 1.0.0");
}

#[test]
fn a_circle_is_named() {
    let one = "format: 1\nid: one\nextends: { pack: two, version: \"^1\" }\n";
    let two = "format: 1\nid: two\nextends: { pack: one, version: \"^1\" }\n";
    let sandbox = Sandbox::new()
        .file("rules/one/pack.yaml", one)
        .file("rules/two/pack.yaml", two)
        .file("a.yaml", answers("one, two"));
    for command in ["pack check one --packs rules", "check a.yaml --packs rules"] {
        sandbox
            .run(command)
            .exits(3)
            .prints("overlays extend one another in a circle");
    }
}

#[test]
fn an_overlay_is_listed_once() {
    with(&[("house", "")], "house, house")
        .run("check a.yaml --packs rules")
        .exits(3)
        .prints("the pack `house` is asked for twice");
}

#[test]
fn nothing_is_followed_that_leads_out_of_a_folder() {
    let sandbox = with(&[("house", "")], "house")
        .file("secret.yaml", "set: { title: { to: stolen, reason: r } }\n");
    std::os::unix::fs::symlink(
        sandbox.path("secret.yaml"),
        sandbox.path("rules/house/more.yaml"),
    )
    .expect("a link");
    sandbox
        .run("pack show house --packs rules")
        .exits(0)
        .never("stolen");
}

/// Runs a check that has to end soon; a second of a fast machine is many of a busy one.
fn soon(body: &str) -> Run {
    let begun = Instant::now();
    let run = check(body);
    assert!(begun.elapsed() < Duration::from_secs(30), "{run:?}");
    run
}

#[test]
fn a_thousand_changes_are_made_and_too_many_refused() {
    let many = |count: usize| {
        let mut body = "add:\n".to_owned();
        for nth in 0..count {
            let _ = writeln!(
                body,
                "  glossary.word-{nth}: {{ value: \"w\", reason: \"r\" }}"
            );
        }
        body
    };
    soon(&many(1_000)).exits(0);
    soon(&many(2_001))
        .exits(3)
        .prints("2001 changes, more than 2000");
}

#[test]
fn deep_paths_and_values_and_huge_files_are_refused() {
    let path = vec!["a"; 100].join(".");
    soon(&format!("set:\n  {path}: {{ to: 1, reason: \"r\" }}\n"))
        .exits(3)
        .prints("there is no `a` in the pack `base`");
    let path = "a.".repeat(200);
    soon(&format!("set:\n  {path}: {{ to: 1, reason: \"r\" }}\n"))
        .exits(3)
        .prints("the path is longer than 300 bytes");
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    soon(&format!(
        "set:\n  sections.one.questions.care.relevant: {{ to: {deep}, reason: \"r\" }}\n"
    ))
    .exits(3)
    .prints("nested more than");
    let long = "x".repeat(10 << 20);
    soon(&format!(
        "set:\n  title: {{ to: \"{long}\", reason: \"r\" }}\n"
    ))
    .exits(3)
    .prints("longer than");
}

#[test]
fn aliases_of_the_base_are_changed_in_one_place() {
    let base = BASE
        .replace(
            "ask: \"Do you care?\"\n        anchors:",
            "ask: \"Do you care?\"\n        anchors: &steps",
        )
        .replace(
            "anchors: { 0: \"none\", 1: \"few\", 2: \"half\", 3: \"most\", 4: \"all\" }",
            "anchors: *steps",
        );
    let body = "set:\n  sections.one.questions.care.anchors.4: { to: \"wholly\", reason: \"r\" }\n";
    let sandbox = with(&[("house", body)], "house").file("rules/base/pack.yaml", base);
    sandbox
        .run("pack show house care --packs rules")
        .exits(0)
        .prints("wholly");
    sandbox
        .run("pack show house know --packs rules")
        .exits(0)
        .prints("fully")
        .never("wholly");
}

#[test]
fn what_an_overlay_breaks_in_the_base_is_shown_in_the_overlay_too() {
    let at_five = "--> rules/house/pack.yaml:5:3";
    for (body, says) in [
        (
            "remove:\n  sections.one: { reason: \"r\" }\n",
            "the overlay `house` removes `sections.one` here",
        ),
        (
            "remove:\n  decisions.form.rules.rest: { reason: \"r\" }\n",
            "the overlay `house` removes `decisions.form.rules.rest` here",
        ),
        (
            "set:\n  decisions.form.rules.rest.if: { to: [\"< 1\"], reason: \"r\" }\n",
            "the overlay `house` sets `decisions.form.rules.rest.if` here",
        ),
        (
            "remove:\n  sections.one.questions.care.ask: { reason: \"r\" }\n",
            "the overlay `house` removes `sections.one.questions.care.ask` here",
        ),
        (
            "remove:\n  findings.weak.title: { reason: \"r\" }\n",
            "the overlay `house` removes `findings.weak.title` here",
        ),
        // The finding reads a score; what goes is the section around it.
        (
            "set:\n  sections: { to: { two: { title: T, questions: { x: { type: boolean, ask: \"?\" } } } }, reason: \"r\" }\n",
            "the overlay `house` sets `sections` here",
        ),
    ] {
        refused(body, &["--> rules/base/pack.yaml:", says, at_five]);
    }
    // A fault of the base that no change has to do with stays alone.
    let faulty = BASE.replace("one: \"< 2\"", "ona: \"< 2\"");
    let body = "set:\n  glossary.term: { to: \"Another.\", reason: \"r\" }\n";
    with(&[("house", body)], "house")
        .file("rules/base/pack.yaml", faulty)
        .run("pack check house --packs rules")
        .exits(3)
        .prints("rules/base/pack.yaml")
        .never("the overlay `house`");
}

#[test]
fn what_another_pack_reads_and_an_overlay_removes_is_shown_in_the_overlay() {
    let reader = "format: 1\nid: reader\nversion: 1.0.0\ntitle: R\nuses: { base: \"^1\" }\nscores:\n  whole: { of: [base.one], aggregate: mean }\n";
    let body = "remove:\n  decisions.form: { reason: \"r\" }\n  findings.weak: { reason: \"r\" }\n  sections.one.score: { reason: \"r\" }\n";
    with(&[("house", body)], "base, house, reader")
        .file("rules/reader/pack.yaml", reader)
        .run("check a.yaml --packs rules")
        .exits(3)
        .prints("rules/reader/pack.yaml:7")
        .prints("the overlay `house` removes `sections.one.score` here")
        .prints("rules/house/pack.yaml:7:3");
}

#[test]
fn two_changes_of_one_thing_are_told_with_both_places() {
    let run = check(
        "set:\n  sections.one.questions.care.weight: { to: 2, reason: \"r\" }\n  sections.one.questions.care: { to: { type: boolean, ask: \"?\" }, reason: \"r\" }\n",
    );
    run.prints("overlapping-changes")
        .prints("`sections.one.questions.care` around it as well")
        .prints("--> rules/house/pack.yaml:5:3")
        .prints("--> rules/house/pack.yaml:6:3");
    check("remove:\n  findings.weak: { reason: \"r\" }\nset:\n  findings.weak.severity: { to: high, reason: \"r\" }\n")
        .exits(3)
        .prints("there is no `weak` at `findings`")
        .prints("`findings.weak` around it as well")
        .prints("--> rules/house/pack.yaml:5:3")
        .prints("--> rules/house/pack.yaml:7:3");
    // What goes and comes again at one path is replaced.
    check("remove:\n  glossary.term: { reason: \"r\" }\nadd:\n  glossary.term: { value: \"W\", reason: \"r\" }\n")
        .exits(0)
        .never("overlapping-changes");
    with(
        &[("house", "set: { title: { to: A, reason: r } }\n")],
        "house",
    )
    .file(
        "rules/house/more.yaml",
        "set: { title: { to: B, reason: r } }\n",
    )
    .run("pack check house --packs rules")
    .exits(3)
    .prints("`title` is already among the")
    .prints("--> rules/house/more.yaml:1:8")
    .prints("--> rules/house/pack.yaml:4:8");
}
