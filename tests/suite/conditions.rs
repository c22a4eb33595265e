//! Conditions: every form and every test, both sides of each threshold.

use super::workshop::{checked, pack, ratings, scored};
use centricity::assess::evaluate;
use centricity::rules::Truth::{self, False, True, Unknown};

/// Every type of question, two scores, a decision and a ladder to test.
const PACK: &str = r#"
sections:
  s:
    title: S
    questions:
      a: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }
      b: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }
      c: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }
      one: { type: select_one, ask: "?", choices: [ { value: red, label: R, score: 1 }, { value: blue, label: B, score: 5 }, { value: green, label: G, score: 3 } ] }
      plain: { type: select_one, ask: "?", choices: [ { value: red, label: R }, { value: blue, label: B } ] }
      many: { type: select_multiple, ask: "?", choices: [ { value: mail, label: M }, { value: phone, label: P }, { value: shop, label: S }, { value: none, label: N, exclusive: true } ] }
      sum: { type: select_multiple, measure: sum, cap: 5, ask: "?", choices: [ { value: x, label: X, score: 1 }, { value: y, label: Y, score: 2 }, { value: z, label: Z, score: 4 } ] }
      whole: { type: integer, min: 0, max: 10, ask: "?" }
      part: { type: decimal, ask: "?" }
      pct: { type: percent, ask: "?" }
      yes: { type: boolean, ask: "?" }
      words: { type: text, ask: "?" }
scores:
  mean: { aggregate: mean, of: [a, b, c] }
decisions:
  form:
    outcomes: [low, middle, high]
    inputs: [a]
    hit_policy: unique
    rules:
      - { id: r1, if: ["< 2"], then: low, because: x }
      - { id: r2, if: ["[2..4)"], then: middle, because: x }
      - { id: r3, if: ["4"], then: high, because: x }
  signs:
    outcomes: [early, late, odd]
    inputs: [a, b]
    hit_policy: collect
    rules:
      - { id: r1, if: [">= 3", "-"], then: early, because: x }
      - { id: r2, if: ["-", ">= 3"], then: late, because: x }
      - { id: r3, if: ["< 1", "-"], then: odd, because: x }
ladders:
  level: { of: mean, levels: [ { id: l1 }, { id: l2, from: 2 }, { id: l3, from: 3 } ] }
findings:
  f: { kind: gap, severity: low, title: F, text: F, when: "#;

#[track_caller]
fn truth(when: &str, given: &str) -> Truth {
    scored(&format!("{PACK}{when} }}\n"), given)
        .finding("f")
        .holds
}

#[track_caller]
fn surely(when: &str, given: &str) -> Truth {
    scored(&format!("{PACK}{when} }}\n"), given)
        .finding("f")
        .surely
}

/// The test holds for each of the first answers, fails for each of the second.
#[track_caller]
fn parts(test: &str, id: &str, passing: &[&str], failing: &[&str]) {
    let when = format!("{{ {id}: \"{test}\" }}");
    for (answers, wanted) in [(passing, True), (failing, False)] {
        for answer in answers {
            assert_eq!(
                truth(&when, &format!("{id}: {answer}")),
                wanted,
                "{id}: {answer} held to {test}"
            );
        }
    }
    assert_eq!(
        truth(&when, ""),
        Unknown,
        "nothing follows from what is missing"
    );
}

#[test]
fn a_rating_is_held_to_numbers() {
    parts("3", "a", &["3"], &["2", "4"]);
    parts(">= 3", "a", &["3", "4"], &["2"]);
    parts("> 3", "a", &["4"], &["3"]);
    parts("<= 1", "a", &["0", "1"], &["2"]);
    parts("< 1", "a", &["0"], &["1"]);
    parts("[1..3)", "a", &["1", "2"], &["0", "3"]);
    parts("(1..3]", "a", &["2", "3"], &["1", "4"]);
}

#[test]
fn a_select_is_held_to_names_and_where_it_is_scored_to_numbers() {
    parts("red, green", "one", &["red", "green"], &["blue"]);
    parts(">= 3", "one", &["green", "blue"], &["red"]);
    parts("blue", "plain", &["blue"], &["red"]);
}

#[test]
fn several_choices_are_held_to_any_of_names_and_to_their_worth() {
    parts(
        "mail, phone",
        "many",
        &["[mail]", "[shop, phone]"],
        &["[shop]", "[none]", "[]"],
    );
    parts(">= 2", "many", &["[mail, shop]"], &["[mail]", "none", "[]"]);
    // 1 + 4 is 5; 2 + 4 would be 6 and is held to 5.
    parts("5", "sum", &["[x, z]", "[y, z]", "[x, y, z]"], &["[z]"]);
}

#[test]
fn numbers_and_booleans_are_held_to_tests() {
    parts(">= 7", "whole", &["7", "10"], &["6", "0"]);
    parts("> 0.5", "part", &["0.51", "1e9"], &["0.5", "-3"]);
    parts("< 20", "pct", &["19.9", "0"], &["20", "100"]);
    parts("true", "yes", &["true"], &["false"]);
    parts("false", "yes", &["false"], &["true"]);
}

#[test]
fn unknown_is_a_test_of_questions_only() {
    let when = "{ words: \"unknown\" }";
    assert_eq!(
        [
            truth(when, "words: unknown"),
            truth(when, "words: x"),
            truth(when, "")
        ],
        [True, False, False]
    );
}

#[test]
fn what_is_answered_unknown_is_not_surely_so() {
    assert_eq!(surely("{ a: \"unknown\" }", "a: unknown"), Unknown);
    assert_eq!(surely("{ a: \"unknown\" }", "a: 1"), False);
}

#[test]
fn outcomes_and_levels_are_held_to_names_and_order() {
    let both =
        |when: &str| ["1", "3", "4"].map(|a| truth(when, &format!("a: {a}, b: {a}, c: {a}")));
    assert_eq!(both("{ form: \"low, high\" }"), [True, False, True]);
    assert_eq!(both("{ form: \">= middle\" }"), [False, True, True]);
    assert_eq!(both("{ form: \"< high\" }"), [True, True, False]);
    assert_eq!(both("{ level: \"l3\" }"), [False, True, True]);
    assert_eq!(both("{ level: \"<= l1\" }"), [True, False, False]);
}

#[test]
fn a_collecting_decision_is_held_to_any_of_its_outcomes() {
    let when = "{ signs: \"late, odd\" }";
    let given = ["a: 4, b: 4", "a: 4, b: 0", "a: 0, b: 0", "a: 1, b: 1"];
    assert_eq!(
        given.map(|given| truth(when, given)),
        [True, False, True, False]
    );
    assert_eq!(truth(when, "a: 4"), Unknown);
    assert_eq!(
        truth(when, "b: 3"),
        True,
        "one outcome is enough, whatever the other is"
    );
}

#[test]
fn conditions_follow_kleene() {
    let given = "a: 4, b: 0";
    let (yes, no, open) = ("{ a: \"4\" }", "{ b: \"4\" }", "{ c: \"4\" }");
    let list = |form: &str, parts: [&str; 2]| {
        truth(
            &format!("{{ {form}: [ {}, {} ] }}", parts[0], parts[1]),
            given,
        )
    };
    assert_eq!(
        [
            list("all", [yes, yes]),
            list("all", [yes, open]),
            list("all", [no, open])
        ],
        [True, Unknown, False]
    );
    assert_eq!(
        [
            list("any", [no, no]),
            list("any", [yes, open]),
            list("any", [no, open])
        ],
        [False, True, Unknown]
    );
    let not = |part: &str| truth(&format!("{{ not: {part} }}"), given);
    assert_eq!([not(yes), not(no), not(open)], [False, True, Unknown]);
    let at_least = |n: u8| {
        truth(
            &format!("{{ at_least: {{ n: {n}, of: [ {yes}, {no}, {open} ] }} }}"),
            given,
        )
    };
    assert_eq!(
        [at_least(1), at_least(2), at_least(3)],
        [True, Unknown, False]
    );
}

#[test]
fn a_score_of_too_little_coverage_decides_only_what_its_range_decides() {
    let when = |test: &str| format!("{{ mean: \"{test}\" }}");
    // Two of three rated: coverage 0.667, mean 4, range 2.67 to 4.
    assert_eq!(truth(&when(">= 3"), "a: 4, b: 4"), Unknown);
    assert_eq!(truth(&when(">= 2"), "a: 4, b: 4"), True);
    assert_eq!(truth(&when("< 2"), "a: 4, b: 4"), False);
}

#[test]
fn seven_tenths_of_the_weight_are_enough_for_a_verdict() {
    let pack = |weight: &str| {
        format!(
            "{}scores:\n  x: {{ aggregate: mean, of: [a, b], weights: {{ a: {weight} }} }}\nfindings:\n  f: {{ kind: gap, severity: low, title: F, text: F, when: {{ x: \">= 3.5\" }} }}\n",
            ratings(&["a", "b"])
        )
    };
    // 7/3 : 1 is 0.7 on paper and a hair less in binary.
    let holds = |weight: &str| scored(&pack(weight), "a: 4").finding("f").holds;
    assert_eq!(
        [holds("2.3333333333333333"), holds("2.34"), holds("2.33")],
        [True, True, Unknown]
    );
}

#[test]
fn a_mean_of_thirds_reaches_what_it_is_on_paper() {
    // (0.1 + 0.2 + 0.3) / 3 is a hair above or below 0.2 in binary, and 0.2 on paper.
    let body = |test: &str| {
        let number =
            |id: &str| format!("      {id}: {{ type: decimal, min: 0, max: 1, ask: \"?\" }}\n");
        format!(
            "sections:\n  s:\n    title: S\n    questions:\n{}scores:\n  x: {{ aggregate: mean, of: [a, b, c] }}\nfindings:\n  f: {{ kind: gap, severity: low, title: F, text: F, when: {{ x: \"{test}\" }} }}\n",
            ["a", "b", "c"].map(number).concat()
        )
    };
    let holds = |test: &str, c: &str| {
        scored(&body(test), &format!("a: 0.1, b: 0.2, c: {c}"))
            .finding("f")
            .holds
    };
    assert_eq!(
        [
            holds(">= 0.2", "0.3"),
            holds("<= 0.2", "0.3"),
            holds("0.2", "0.3")
        ],
        [True; 3]
    );
    assert_eq!([holds("> 0.2", "0.3"), holds("< 0.2", "0.3")], [False; 2]);
    // A mean 0.9e-9 below reaches it, one 1.1e-9 below does not.
    assert_eq!(
        [
            holds(">= 0.2", "0.2999999973"),
            holds(">= 0.2", "0.2999999967")
        ],
        [True, False]
    );
    assert_eq!(
        [
            holds("< 0.2", "0.2999999973"),
            holds("< 0.2", "0.2999999967")
        ],
        [False, True]
    );
}

#[test]
fn several_findings_are_judged_apart() {
    let body = format!(
        "{}findings:\n  f: {{ kind: gap, severity: low, title: F, text: F, when: {{ a: \">= 2\" }} }}\n  g: {{ kind: gap, severity: low, title: F, text: F, when: {{ not: {{ a: \">= 2\" }} }} }}\n",
        ratings(&["a"])
    );
    let it = scored(&body, "a: 2");
    assert_eq!(
        [it.finding("f").holds, it.finding("g").holds],
        [True, False]
    );
}

#[test]
fn a_test_can_ask_whether_a_question_applies() {
    let body = format!(
        "{}gates:\n  g: {{ title: T, when: {{ any: [ {{ a: \">= 3\" }}, {{ a: \"not applicable\" }} ] }}, because: b }}\n",
        ratings(&["a"])
    );
    let rulebook = pack(&body).good();
    let judged = |answers: &str| {
        let text = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [p]\nanswers:\n  p: {{ {answers} }}\n"
        );
        let gate = evaluate(&rulebook, &checked(&rulebook, &text).good()).gates[0];
        (gate.met, gate.certain)
    };
    assert_eq!(judged("a: 3"), (Some(True), true));
    assert_eq!(judged("a: 2"), (Some(False), true));
    assert_eq!(
        judged("a: { not_applicable: \"no such thing\" }"),
        (Some(True), true)
    );
    assert_eq!(judged(""), (Some(Unknown), false));
    assert!(!judged("a: unknown").1);
}
