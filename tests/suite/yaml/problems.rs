//! All problems of a file at once, each where it is.

use std::collections::BTreeMap;

use centricity::text::diagnostic::Code;
use centricity::text::yaml::{Budget, Entries, Located, Scalar};
use serde::Deserialize;

use super::reading;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the reading of it is looked at")]
struct Pack {
    id: String,
    title: String,
    #[serde(default)]
    sections: Entries<Section>,
    #[serde(default)]
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the reading of it is looked at")]
struct Section {
    title: Located<String>,
    ask: String,
    weight: Option<f64>,
    kind: Option<Kind>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the reading of it is looked at")]
struct Rule {
    id: String,
    then: u8,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Rating,
    SelectOne,
}

#[test]
fn three_typos_are_told_at_once() {
    let text = "\
id: light
titel: Light
sections:
  promise: { title: x, ask: y, wieght: 2 }
  power: { title: x, ask: y, kind: select-one }
";
    assert_eq!(
        reading::<Pack>(text).lines(),
        [
            "2:1 unknown-key: unknown key `titel`",
            "4:32 unknown-key: unknown key `wieght`",
            "5:36 unknown-value: `select-one` is not one of the values known here",
        ]
    );
}

#[test]
fn all_missing_keys_are_told_under_their_key() {
    let text = "\
id: x
sections:
  light: { weight: 1 }
rules:
  - { then: 1 }
  - id: a
";
    assert_eq!(
        reading::<Pack>(text).lines(),
        [
            "1:1 missing-key: missing key `title`",
            "3:3 missing-key: missing key `title` in `light`",
            "3:3 missing-key: missing key `ask` in `light`",
            "5:7 missing-key: missing key `id`",
            "6:5 missing-key: missing key `then`",
        ]
    );
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the reading of it is looked at")]
struct Strict {
    even: Even,
    other: Located<Scalar>,
    entries: Entries<Rule>,
}

#[test]
fn a_key_whose_type_takes_no_stand_in_hides_no_problem_beside_it() {
    let reading = reading::<Vec<Strict>>("- { other: [] }\n- { even: 3, colour: red }\n");
    let expected = [
        "1:5 missing-key: missing key `even`",
        "1:12 wrong-type: expected text or a number, found a list",
        "2:11 invalid-value: `3` is not even",
        "2:14 unknown-key: unknown key `colour`",
    ];
    let lines = reading.lines();
    for line in expected {
        assert!(lines.contains(&line.to_owned()), "{lines:?}");
    }
}

#[test]
fn a_wrong_value_is_told_once_and_does_not_hide_the_next() {
    let text = "\
id: [x]
title: { a: b }
sections:
  light: { title: ~, ask: y, weight: heavy, colour: red }
rules:
  - { id: a, then: 300 }
  - text
  - { id: b, then: \"2\" }
";
    assert_eq!(
        reading::<Pack>(text).lines(),
        [
            "1:5 wrong-type: expected text, found a list",
            "2:8 wrong-type: expected text, found a map",
            "4:19 wrong-type: expected text, found nothing",
            "4:38 wrong-type: expected a number, found the text `heavy`",
            "4:45 unknown-key: unknown key `colour`",
            "6:20 out-of-range: expected a whole number from 0 to 255, found `300`",
            "7:5 wrong-type: expected a map, found the text `text`",
            "8:20 wrong-type: expected a whole number, found quoted text `2`",
        ]
    );
}

#[test]
fn duplicate_keys_are_told_beside_other_problems() {
    let reading = reading::<Pack>("id: x\ntitle: y\nid: z\nrules: none\n");
    assert_eq!(
        reading.lines(),
        [
            "3:1 duplicate-key: the key `id` stands twice in this map",
            "4:8 wrong-type: expected a list, found the text `none`",
        ]
    );
    let first = reading.problems.iter().next().unwrap();
    assert_eq!(reading.sources.position(first.related[0].0).line, 1);
}

#[test]
fn a_key_left_without_a_value_is_pointed_at() {
    let text = "id: x\ntitle:\n\nrules: []\n";
    let lines = reading::<Pack>(text).lines();
    assert_eq!(lines, ["2:1 wrong-type: expected text, found nothing"]);
}

#[test]
fn after_bad_syntax_nothing_else_is_told() {
    let problem = reading::<Pack>("id: 1\nid: 2\ntitle: \"x\n").only();
    assert_eq!(problem.code, Code::YamlSyntax);
    assert_eq!(problem.message, "a quote that was opened is never closed");
}

#[test]
fn bad_syntax_is_told_in_plain_words_where_a_person_made_it() {
    let told = |text| reading::<Pack>(text).lines().join("\n");
    let missing = "2:1 yaml-syntax: a `:` is missing in this line";
    assert_eq!(told("id: x\ntitle\n\nrules: []\n"), missing);
    assert_eq!(
        told("id: x\ntitle: y: z\n"),
        "2:9 yaml-syntax: a `:` stands where no key can be"
    );
    assert_eq!(
        told("id: x\ntitle: \"y\" z\n"),
        "2:12 yaml-syntax: something follows the closing quote"
    );
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Even;

impl TryFrom<String> for Even {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let even = text.parse::<u8>().is_ok_and(|it| it % 2 == 0);
        even.then_some(Self)
            .ok_or_else(|| format!("`{text}` is not even"))
    }
}

#[test]
fn what_a_type_says_itself_is_told_at_the_value() {
    let reading = reading::<BTreeMap<String, Vec<Even>>>("a: [2, 3]\nb: [5]\n");
    let expected = [
        "1:8 invalid-value: `3` is not even",
        "2:5 invalid-value: `5` is not even",
    ];
    assert_eq!(reading.lines(), expected);
}

#[test]
fn problems_end_at_the_budget() {
    const MOST: usize = Budget::PROBLEMS;
    let codes = reading::<Vec<u8>>(&"- a\n".repeat(MOST + 2)).codes();
    assert_eq!(codes[..MOST], [Code::WrongType; MOST]);
    assert_eq!(codes[MOST..], [Code::TooManyProblems]);
    let codes = reading::<Vec<u8>>(&"- a\n".repeat(MOST)).codes();
    assert_eq!(codes, [Code::WrongType; MOST]);
}

#[test]
fn a_problem_in_an_anchored_value_is_told_once() {
    let text = "a: &a { id: x, then: y }\nb: *a\n";
    let lines = reading::<BTreeMap<String, Rule>>(text).lines();
    assert_eq!(
        lines,
        ["1:22 wrong-type: expected a whole number, found the text `y`"]
    );
}
