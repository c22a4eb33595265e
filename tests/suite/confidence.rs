//! Levels that ask how far their score can be trusted.

use crate::workshop::{checked, pack, ratings};
use centricity::assess::assess;

fn level(answers: &str) -> (Option<String>, Vec<String>, String) {
    let body = format!(
        "{}scores:\n  m: {{ aggregate: mean, of: [a, b, c] }}\n\
         ladders:\n  l: {{ of: m, levels: [ {{ id: low }}, {{ id: top, from: 2, confidence: medium }} ] }}\n",
        ratings(&["a", "b", "c"])
    );
    let rulebook = pack(&body).good();
    let text =
        format!("format: 1\nclient: {{ name: C }}\npacks: [p]\nanswers:\n  p: {{ {answers} }}\n");
    let assessment = assess(&rulebook, &checked(&rulebook, &text).good());
    let ladder = &assessment.levels[0];
    let held = ladder.level.as_ref().map(|level| level.id.clone());
    let possible = ladder.possible.iter().map(|one| one.id.clone()).collect();
    (held, possible, ladder.sentence.clone())
}

const SEEN: &str = "{ value: 3, evidence: { grade: document, ref: r } }";

#[test]
fn a_score_nobody_proved_does_not_reach_it() {
    let (held, possible, said) = level("a: 3, b: 3, c: 3");
    assert_eq!(held.as_deref(), Some("low"));
    assert_eq!(possible, ["low"]);
    assert!(
        said.contains("Confidence is low; level 2 asks for medium or more."),
        "{said}"
    );
}

#[test]
fn two_thirds_of_the_answers_proven_do() {
    let (held, possible, _) = level(&format!("a: {SEEN}, b: {SEEN}, c: 3"));
    assert_eq!(held.as_deref(), Some("top"));
    assert_eq!(possible, ["top"]);
}

#[test]
fn while_answers_are_open_it_may_still_come_or_go() {
    let (held, possible, _) = level("a: 3, b: 3");
    assert_ne!(held.as_deref(), Some("top"));
    assert_eq!(possible, ["low", "top"]);
}

#[test]
fn confidence_needs_a_score_to_be_sure_of() {
    let body = format!(
        "{}ladders:\n  l: {{ levels: [ {{ id: low }}, {{ id: top, confidence: high }} ] }}\n",
        ratings(&["a"])
    );
    assert_eq!(pack(&body).codes(), ["invalid-ladder"]);
}
