//! Answers that do not fit: each problem with its code, place and help.

use super::workshop::{Scored, answers, checked, pack, same, scored};
use centricity::rules::vocabulary::State;

const PACK: &str = r#"
sections:
  s:
    title: S
    questions:
      rate: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e }, required: true }
      back: { type: rating, ask: "?", reverse: true, anchors: { 1: a, 2: b, 3: c }, not_applicable: never }
      one: { type: select_one, ask: "?", choices: [ { value: email, label: E }, { value: phone, label: P } ] }
      many: { type: select_multiple, ask: "?", choices: [ { value: email, label: E }, { value: phone, label: P }, { value: none, label: N, exclusive: true } ] }
      whole: { type: integer, min: 0, max: 10, ask: "?", constraint: "<= 5", constraint_message: "five at most" }
      part: { type: decimal, min: -1, ask: "?" }
      pct: { type: percent, ask: "?" }
      yes: { type: boolean, ask: "?" }
      words: { type: text, ask: "?" }
      then: { type: rating, ask: "?", anchors: { 0: a, 1: b }, relevant: { yes: "true" }, required: true }
"#;

#[track_caller]
fn told(given: &str, code: &str, column: usize, words: &str) {
    let rulebook = pack(PACK).good();
    let outcome = answers(&rulebook, &format!("rate: 1, {given}"));
    let lines = outcome.lines();
    let start = format!("5:{} {code}: ", column + 26);
    assert!(outcome.value.is_none() && lines.len() == 1, "{lines:#?}");
    assert!(
        lines[0].starts_with(&start) && lines[0].contains(words),
        "{lines:#?} is not {start}{words}"
    );
}

#[test]
fn an_answer_outside_its_scale_is_refused() {
    told(
        "back: 4",
        "out-of-scale",
        6,
        "`back` is rated 1 to 3, not `4`",
    );
    told(
        "pct: 101",
        "out-of-scale",
        5,
        "`pct` is from 0 to 100, not `101`",
    );
    told(
        "part: -2",
        "out-of-scale",
        6,
        "`part` is at least -1, not `-2`",
    );
    told("whole: 6", "out-of-scale", 7, "`whole`: five at most");
    told(
        "whole: 2.5",
        "wrong-type",
        7,
        "`whole` is a whole number, not `2.5`",
    );
    told(
        "part: two",
        "wrong-type",
        6,
        "`part` is a number, not `two`",
    );
}

#[test]
fn a_choice_that_is_not_there_is_refused() {
    told(
        "one: emial",
        "unknown-choice",
        5,
        "`emial` is not a choice of `one` (did you mean `email`?)",
    );
    told(
        "many: [email, fon]",
        "unknown-choice",
        14,
        "`fon` is not a choice of `many`",
    );
    told(
        "yes: maybe",
        "unknown-choice",
        5,
        "`maybe` is not a choice of `yes`",
    );
    told(
        "many: [email, email]",
        "invalid-value",
        14,
        "`email` is chosen twice",
    );
    told(
        "many: [email, none]",
        "invalid-value",
        7,
        "`none` cannot stand beside other choices",
    );
    told(
        "one: [email]",
        "wrong-type",
        5,
        "`one` takes one value, not a list",
    );
}

#[test]
fn not_applicable_needs_a_reason_and_a_question_that_may_not_apply() {
    told(
        "one: { not_applicable: \"\" }",
        "missing-reason",
        23,
        "`one` is not applicable without a reason (say why in a few words)",
    );
    told(
        "back: { not_applicable: gone }",
        "invalid-value",
        24,
        "`back` applies to everybody (rate it, or write `unknown`)",
    );
    told(
        "one: { value: email, not_applicable: gone }",
        "invalid-value",
        37,
        "`one` has a value and is not applicable",
    );
}

#[test]
fn an_unknown_question_is_told_with_the_nearest_one() {
    told(
        "wohle: 1",
        "unknown-id",
        0,
        "no question `wohle` in `p` (did you mean `whole`?)",
    );
}

#[test]
fn an_answer_nobody_needed_and_one_nobody_gave_are_warnings() {
    let rulebook = pack(PACK).good();
    let outcome = answers(&rulebook, "yes: false, then: 1");
    let lines = outcome.lines();
    assert!(outcome.value.is_some() && lines.len() == 2, "{lines:#?}");
    assert!(
        lines
            .iter()
            .any(|line| line
                .contains("not-relevant: `p.then` is not relevant, given the other answers")),
        "{lines:#?}"
    );
    assert!(
        lines.iter().any(|line| line.contains(
            "missing-answer: `p.rate` is required and has no answer (answer it, or write `unknown`)"
        )),
        "{lines:#?}"
    );
    assert_eq!(
        answers(&rulebook, "rate: unknown, yes: false").lines(),
        [""; 0]
    );
}

#[test]
fn different_mistakes_are_told_at_once() {
    let rulebook = pack(PACK).good();
    let codes = answers(
        &rulebook,
        "rate: 9, one: emial, back: { not_applicable: x }, wohle: 1",
    )
    .codes();
    assert_eq!(
        codes,
        [
            "out-of-scale",
            "unknown-choice",
            "invalid-value",
            "unknown-id"
        ]
    );
}

#[test]
fn a_file_of_another_format_date_or_pack_is_refused() {
    let rulebook = pack(PACK).good();
    let text = "format: 2\nclient: { name: C }\nassessed_on: 2026-13-01\npacks: [p]\nanswers: { pp: { rate: 1 } }\n";
    assert_eq!(
        checked(&rulebook, text).codes(),
        ["unknown-format", "invalid-date", "unknown-id"]
    );
}

#[test]
fn a_client_without_a_name_and_a_list_without_packs_are_refused() {
    let rulebook = pack(PACK).good();
    for (name, unit) in [
        ("' '", "U"),
        ("C", "\"\\u202e\""),
        ("''", "U"),
        ("\"\\u3164\"", "U"),
        ("C", "\"\\u2800 \\u2061\""),
    ] {
        let text = format!("format: 1\nclient: {{ name: {name}, unit: {unit} }}\npacks: [p]\n");
        assert_eq!(
            checked(&rulebook, &text).codes(),
            ["invalid-value"],
            "{text}"
        );
    }
    let text = "format: 1\nclient: { name: C }\npacks: []\n";
    let lines = checked(&rulebook, text).lines();
    assert!(
        lines.len() == 1 && lines[0].contains("no pack is listed"),
        "{lines:?}"
    );
}

#[test]
fn every_type_of_answer_has_its_worth() {
    let given = "rate: 3, back: 1, one: phone, many: [email, phone], whole: 5, part: -0.5, pct: 12.5, yes: true, words: hello, then: 1";
    let it: Scored = scored(PACK, given);
    let values = [
        "rate", "back", "many", "whole", "part", "pct", "yes", "then",
    ]
    .map(|id| it.value(id));
    same(values, [3.0, 3.0, 2.0, 5.0, -0.5, 12.5, 1.0, 1.0]);
    assert_eq!(
        (it.held("one"), it.held("many")),
        (vec!["phone"], vec!["email", "phone"])
    );
    assert_eq!(it.reading("words").state, State::Rated);
}

#[test]
fn every_type_that_is_open_can_be_all_it_could_be() {
    let it = scored(PACK, "rate: unknown, yes: unknown");
    let range = |id: &str| [it.reading(id).low, it.reading(id).high];
    same(range("rate"), [0.0, 4.0]);
    same(range("back"), [1.0, 3.0]);
    same(range("many"), [0.0, 2.0]);
    same(range("whole"), [0.0, 10.0]);
    same(range("pct"), [0.0, 100.0]);
    same(range("yes"), [0.0, 1.0]);
    assert!(it.reading("part").high.is_infinite());
    assert_eq!(
        [it.reading("rate").state, it.reading("back").state],
        [State::Unknown, State::Missing]
    );
}
