//! What counted is printed, and what was said where that differs; what is out says so.

use super::crowd::Crowd;
use super::workshop::{checked, pack, ratings};
use centricity::assessment::{Assessment, assess};
use centricity::rulebook::Rulebook;

const TOLD: &str = "findings:\n  told:\n    when: { c: \">= 1\" }\n    kind: risk\n    severity: low\n    title: T\n    text: \"A: {{ value('a') }}, {{ answer('a') }}.\"\n";

fn three() -> Rulebook {
    pack(&format!("{}{TOLD}", ratings(&["a", "b", "c"]))).good()
}

fn said(rulebook: &Rulebook, basis: &str, answers: &str) -> Assessment {
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [p]\nbasis: {basis}\nanswers:\n  p: {{ {answers} }}\n"
    );
    assess(rulebook, &checked(rulebook, &text).good())
}

#[test]
fn a_rating_that_evidence_holds_down_says_what_counted() {
    let rulebook = three();
    let text = |answers: &str| {
        said(&rulebook, "evidenced", answers).findings[0]
            .text
            .clone()
    };
    let held = text("a: 4, c: 1");
    assert!(held.starts_with("A: 2, "), "{held}");
    assert!(
        held.ends_with("(A: rated 4, counted as 2: no evidence.)"),
        "{held}"
    );
    let seen = text("a: { value: 4, evidence: { grade: document, ref: r } }, c: 1");
    assert!(
        seen.ends_with("(A: rated 4, counted as 3: only a document seen.)"),
        "{seen}"
    );
    let whole = text("a: { value: 4, evidence: { grade: record, ref: r } }, c: 1");
    assert!(!whole.contains("counted as"), "{whole}");
}

#[test]
fn out_open_and_unknown_are_three_things() {
    let rulebook = three();
    let text = |answers: &str| {
        said(&rulebook, "perception", answers).findings[0]
            .text
            .clone()
    };
    assert_eq!(text("c: 1"), "A: not answered, not answered.");
    assert_eq!(text("a: unknown, c: 1"), "A: not known, not known.");
    assert_eq!(
        text("a: { not_applicable: \"why\" }, c: 1"),
        "A: does not apply, does not apply."
    );
}

#[test]
fn an_answer_held_back_says_hidden() {
    // Two leaders alone answer `a`: it would be their answer, so it is closed.
    let crowd = Crowd::new()
        .says("leadership", "a: 4, c: 1")
        .says("leadership", "a: 4, c: 1");
    let crowd = (0..6).fold(crowd, |crowd, _| crowd.says("frontline", "c: 1"));
    let rulebook = three();
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    assert_eq!(result.findings[0].text, "A: hidden, hidden.");
}

#[test]
fn what_was_agreed_in_place_of_a_mean_says_so_in_texts() {
    let crowd = Crowd::new().rate("frontline", "a", &[1, 2, 1, 2, 1]);
    let crowd = crowd
        .own("c: 1")
        .agree("a: { value: 3, reason: 'Saw the log' }");
    let rulebook = three();
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    let text = &result.findings[0].text;
    assert!(text.starts_with("A: 3, "), "{text}");
    assert!(
        text.ends_with("(A: agreed at 3, in place of 1.4.)"),
        "{text}"
    );
}

/// The score is the mean of a banded rating and of another: of two ratings one has a document.
#[test]
fn a_decision_is_as_well_proven_as_what_it_reads() {
    let rulebook = pack(&format!(
        "{}decisions:\n  band:\n    title: B\n    outcomes: {{ low: Low, high: High }}\n    inputs: [a]\n    hit_policy: unique\n    rules:\n      - {{ id: l, if: [\"< 2\"], then: low, because: x }}\n      - {{ id: h, if: [\">= 2\"], then: high, because: x }}\nscores:\n  s: {{ aggregate: mean, of: [band, b], normalise: true }}\n",
        ratings(&["a", "b"])
    ))
    .good();
    let seen = "{ value: 3, evidence: { grade: document, ref: r } }";
    let evidence = |a: &str, b: &str| {
        let result = said(&rulebook, "evidenced", &format!("a: {a}, b: {b}"));
        result.scores[0].confidence.evidence
    };
    let halves = [evidence(seen, "2"), evidence("2", seen)];
    assert_eq!((halves, evidence(seen, seen)), ([0.5, 0.5], 1.0));
}
