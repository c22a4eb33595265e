//! `pack lint`: one piece of advice for each thing that could be better, none where nothing could.

use crate::sandbox::{Sandbox, small_pack};
use crate::workshop::{linked, ratings};
use centricity::rules::pack::{self, Library, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::study::lint;
use centricity::text::diagnostic::{Code, Diagnostics, Sources, render};

/// The codes of the advice on a pack of ratings `a`, `b` and `c` with this after them.
fn codes(rest: &str) -> Vec<Code> {
    let text = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}{rest}",
        ratings(&["a", "b", "c"])
    );
    let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
    lint(&rulebook, 0)
        .iter()
        .map(|advice| advice.code)
        .collect()
}

/// A finding that tests `when`.
fn finding(when: &str, more: &str) -> String {
    format!(
        "findings:\n  f: {{ when: {when}, kind: strength, severity: info, title: T, text: x{more} }}\n"
    )
}

const ALL: &str = "scores:\n  mean: { aggregate: mean, of: [a, b, c] }\n";

#[test]
fn built_in_packs_leave_nothing_to_advise() {
    for name in pack::built_in_names() {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let pack =
            Loaded::load(pack::built_in(name).unwrap(), &mut sources, &mut problems).unwrap();
        let mut packs = vec![pack];
        Library::default()
            .add_used(&mut packs, |_| true, &mut sources, &mut problems)
            .unwrap();
        let rulebook = Rulebook::link(&packs, &mut problems).unwrap();
        let advice = lint(&rulebook, 0);
        assert!(advice.is_empty(), "{}", render(&advice, &sources, false));
    }
}

#[test]
fn a_question_that_says_what_is_called_for_is_read() {
    let gate = "scores:\n  some: { aggregate: mean, of: [a, b], called_for: { c: \">= 1\" } }\n";
    assert!(!codes(gate).contains(&Code::UnusedQuestion), "{gate}");
}

#[test]
fn an_item_that_need_not_be_known_is_asked_to_be_a_guard() {
    let when = "{ all: [ { a: \"<= 1\" }, { any: [ { b: \"< 3\" }, { b: unknown } ] } ] }";
    let bare = format!("{ALL}{}", finding(when, ""));
    assert!(codes(&bare).contains(&Code::MissingGuards));
    let marked = format!("{ALL}{}", finding(when, ", guards: [b]"));
    assert!(!codes(&marked).contains(&Code::MissingGuards));
}

#[test]
fn a_question_nothing_reads_is_told() {
    let some = "scores:\n  some: { aggregate: mean, of: [a, b] }\n";
    assert_eq!(
        codes(some)
            .iter()
            .filter(|code| **code == Code::UnusedQuestion)
            .count(),
        1
    );
    assert!(!codes(ALL).contains(&Code::UnusedQuestion));
}

#[test]
fn a_question_without_reasons_is_told() {
    assert_eq!(
        codes(ALL)
            .iter()
            .filter(|code| **code == Code::IncompleteQuestion)
            .count(),
        3
    );
}

#[test]
fn a_finding_no_answers_can_bring_up_is_told() {
    let clash = finding("{ all: [ { a: \">= 3\" }, { a: \"<= 1\" } ] }", "");
    assert!(codes(&format!("{ALL}{clash}")).contains(&Code::NeverFires));
    let fine = finding("{ all: [ { a: \">= 3\" }, { b: \"<= 1\" } ] }", "");
    assert!(!codes(&format!("{ALL}{fine}")).contains(&Code::NeverFires));
}

#[test]
fn a_finding_every_answer_brings_up_is_told() {
    let always = finding("{ any: [ { a: \">= 2\" }, { a: \"< 2\" } ] }", "");
    assert!(codes(&format!("{ALL}{always}")).contains(&Code::AlwaysFires));
    let over_a_score = finding("{ mean: \">= 0\" }", "");
    assert!(codes(&format!("{ALL}{over_a_score}")).contains(&Code::AlwaysFires));
}

#[test]
fn a_weakness_without_a_remedy_is_told() {
    let gap = finding("{ a: \"<= 1\" }", "").replace("strength", "gap");
    assert!(codes(&format!("{ALL}{gap}")).contains(&Code::MissingAdvice));
}

#[test]
fn a_part_that_hides_another_is_told() {
    let heavy = "scores:\n  mean: { aggregate: mean, of: [a, b, c], weights: { a: 5 } }\n";
    assert!(codes(heavy).contains(&Code::UnequalWeights));
    assert!(!codes(&heavy.replace('5', "4")).contains(&Code::UnequalWeights));
}

#[test]
fn a_level_out_of_reach_is_told() {
    let ladder = |cap: &str| {
        format!(
            "scores:\n  mean: {{ aggregate: mean, of: [a, b, c]{cap} }}\nladders:\n  l: {{ of: mean, levels: [ {{ id: low }}, {{ id: top, from: 3 }} ] }}\n"
        )
    };
    let held = ladder(", cap: { when: { a: \">= 0\" }, at: 2, because: x }");
    assert!(codes(&held).contains(&Code::UnreachableLevel));
    assert!(!codes(&ladder("")).contains(&Code::UnreachableLevel));
}

#[test]
fn anchors_that_say_the_same_are_told() {
    let text = small_pack("").replace(
        "2: \"some\", 3: \"much\"",
        "2: \"used in some main cases\", 3: \"used in main cases\"",
    );
    Sandbox::new()
        .file("small/pack.yaml", text)
        .run("pack lint small")
        .exits(0)
        .prints("warning[repeated-anchor]: anchors 2 and 3 of `care` say nearly the same")
        .prints("warning[unused-question]");
}

#[test]
fn advice_fails_only_where_that_is_asked_for() {
    let sandbox = Sandbox::new().file("small/pack.yaml", small_pack(""));
    sandbox.run("pack lint small").exits(0);
    sandbox.run("pack lint small --strict").exits(4);
    sandbox
        .run("pack lint organisation --strict")
        .exits(0)
        .says("no problems");
}

#[test]
fn advice_that_does_not_say_what_it_raises_is_told() {
    let weak = |when: &str, raises: &str| {
        let advice = format!(
            ", advice: [ {{ id: x, do: Do it, effort: low, impact: low, within: 30d{raises} }} ] }}"
        );
        let finding = format!(
            "findings:\n  f: {{ when: {when}, kind: gap, severity: low, title: T, text: x{advice}\n"
        );
        let ladder =
            "ladders:\n  level: { of: mean, levels: [ { id: low }, { id: high, from: 2 } ] }\n";
        codes(&format!("{ALL}{ladder}{finding}")).contains(&Code::MissingRaises)
    };
    assert!(weak("{ a: \"<= 1\" }", ""));
    assert!(weak("{ not: { a: \">= 2\" } }", ""));
    assert!(!weak("{ a: \"<= 1\" }", ", raises: { a: 2 }"));
    assert!(!weak("{ a: \"<= 1\" }", ", raises: {}"));
    assert!(!weak("{ a: \">= 3\" }", ""));
    assert!(!weak("{ a: \"unknown\" }", ""));
}
