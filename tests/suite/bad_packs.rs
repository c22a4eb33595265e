//! Packs that cannot be meant: each problem with its code, place and help.

use super::workshop::{pack, rating, ratings};

/// The problems of two ratings `a` and `b` with more below, which begins in line 12.
#[track_caller]
fn told(more: &str, wanted: &[&str]) {
    let outcome = pack(&format!("{}{more}\n", ratings(&["ape", "bee"])));
    assert_eq!(outcome.lines(), wanted, "{}", outcome.shown());
    assert!(outcome.value.is_none());
}

/// The problem of one finding's condition, which begins in column 14.
#[track_caller]
fn condition(when: &str, wanted: &str) {
    told(
        &format!("findings:\n  f: {{ when: {when}, kind: gap, severity: low, title: T, text: T }}"),
        &[wanted],
    );
}

/// The problem of one finding's text, which begins in column 73.
#[track_caller]
fn text(text: &str, wanted: &str) {
    let finding = format!(
        "f: {{ when: {{ ape: \">= 2\" }}, kind: gap, severity: low, title: T, text: \"{text}\" }}"
    );
    told(
        &format!("findings:\n  {finding}"),
        &[&format!("12:73 {wanted}")],
    );
}

/// The problem of a text in which something else is expected.
#[track_caller]
fn misread(written: &str, wanted: &str) {
    let help = "(a text holds words, calls of value, index, outcome, label, answer, lowest, highest and nobody_knew, and choices by if, elif, else and endif)";
    text(
        written,
        &format!("invalid-template: the text has {wanted} is expected {help}"),
    );
}

#[test]
fn an_unknown_id_is_told_with_the_nearest_one() {
    condition(
        "{ aqe: \"2\" }",
        "12:16 unknown-id: no item `aqe` in this pack (did you mean `ape`?)",
    );
    told(
        "scores:\n  x: { aggregate: mean, of: [ape, bea] }",
        &["12:35 unknown-id: no item `bea` in this pack (did you mean `bee`?)"],
    );
}

#[test]
fn a_threshold_outside_the_possible_range_is_refused() {
    let outside = |test: &str| {
        format!(
            "12:21 threshold-out-of-range: `{test}` lies outside what `ape` can be: 0 to 4 (move the threshold into the range)"
        )
    };
    for test in [">= 5", "< -1", "[0..4.5]"] {
        condition(&format!("{{ ape: \"{test}\" }}"), &outside(test));
    }
    for test in ["> 4", "< 0", "2.5", "(1..2)"] {
        let wanted = format!(
            "12:21 threshold-out-of-range: no value of `ape` passes `{test}` (move the threshold)"
        );
        condition(&format!("{{ ape: \"{test}\" }}"), &wanted);
    }
    let score = "scores:\n  x: { aggregate: sum, of: [ape, bee] }\nfindings:\n  f: { when: { x: \">= 9\" }, kind: gap, severity: low, title: T, text: T }";
    told(
        score,
        &[
            "14:19 threshold-out-of-range: `>= 9` lies outside what `x` can be: 0 to 8 (move the threshold into the range)",
        ],
    );
}

#[test]
fn a_test_that_cannot_be_read_is_refused() {
    condition(
        "{ ape: \"=> 2\" }",
        "12:21 invalid-test: `=> 2` is not a test (write `3`, `>= 3`, `< 2.5` or `[2..4)`)",
    );
    condition(
        "{ ape: \"[3..2]\" }",
        "12:21 invalid-test: nothing lies in `[3..2]` (put the lower end first)",
    );
    condition(
        "{ ape: \"-\" }",
        "12:21 invalid-test: `-` tests nothing (leave the test out)",
    );
}

#[test]
fn a_condition_of_no_known_form_is_refused() {
    condition(
        "{ all: [] }",
        "12:21 invalid-condition: an empty list of conditions says nothing (add a condition)",
    );
    condition(
        "{ ape: \"1\", bee: \"2\" }",
        "12:14 invalid-condition: a condition has exactly one key (write `all: [ ... ]` around several tests)",
    );
    condition(
        "{ at_least: { n: 2, of: [ { ape: \"1\" } ] } }",
        "12:31 invalid-condition: `n` is a whole number from 1 to the number of conditions (write `at_least: { n: 2, of: [ ... ] }`)",
    );
}

#[test]
fn a_circle_is_named() {
    told(
        "scores:\n  x: { aggregate: mean, of: [ape, y] }\n  y: { aggregate: mean, of: [z] }\n  z: { aggregate: mean, of: [x] }",
        &[
            "12:3 cycle: items read one another in a circle: `x` reads `y` reads `z` reads `x` (take one of them out of the circle)",
        ],
    );
}

#[test]
fn what_makes_a_question_relevant_is_questions_alone() {
    let relevant = |when: &str, more: &str| {
        let questions = rating("ape", "") + &rating("bee", &format!("relevant: {when}"));
        let outcome = pack(&format!(
            "sections:\n  s:\n    title: S\n    questions:\n{questions}{more}"
        ));
        outcome.lines()
    };
    let score = "scores:\n  x: { aggregate: mean, of: [ape] }\n";
    assert_eq!(relevant("{ ape: \">= 2\" }", score), [""; 0]);
    let refused = "10:91 relevant-reads: `relevant` reads questions only, and `p.x` is none (test the questions that `p.x` is made of)";
    assert_eq!(
        relevant("{ all: [ { ape: \">= 2\" }, { x: \">= 2\" } ] }", score),
        [refused]
    );
}

#[test]
fn a_choice_or_outcome_that_is_not_there_is_refused() {
    let body = |more: &str| {
        format!(
            "sections:\n  s:\n    title: S\n    questions:\n      q: {{ type: select_one, ask: \"?\", choices: [ {{ value: email, label: E }}, {{ value: phone, label: P }} ] }}\n{more}"
        )
    };
    let more =
        "findings:\n  f: { when: { q: \"emial\" }, kind: gap, severity: low, title: T, text: T }\n";
    let wanted = ["11:19 unknown-choice: `emial` is not a choice of `q` (did you mean `email`?)"];
    assert_eq!(pack(&body(more)).lines(), wanted);
    told(
        "decisions:\n  d: { outcomes: [light, heavy], inputs: [ape], hit_policy: first, rules: [ { id: r, if: [\"-\"], then: haevy, because: x } ] }",
        &[
            "12:103 unknown-choice: `haevy` is not an outcome of this decision (did you mean `heavy`?)",
        ],
    );
}

#[test]
fn a_mean_over_unlike_ranges_is_refused() {
    told(
        "scores:\n  x: { aggregate: sum, of: [ape, bee] }\n  y: { aggregate: mean, of: [ape, x] }",
        &[
            "13:19 unlike-ranges: children with unlike ranges: `ape` 0 to 4, `x` 0 to 8 (add `normalise: true` to put each on 0..100 first)",
        ],
    );
}

#[test]
fn a_score_that_cannot_be_made_is_refused() {
    let score = |keys: &str, wanted: &str| {
        told(&format!("scores:\n  x: {{ aggregate: {keys} }}"), &[wanted]);
    };
    score(
        "mean, of: []",
        "12:19 invalid-score: a score needs children (name them in `of`)",
    );
    score(
        "difference, of: [ape]",
        "12:19 invalid-score: a `difference` is of exactly 2 items (name them in `of`)",
    );
    score(
        "count, of: [ape]",
        "12:19 invalid-score: `count` needs a test (add `test: \">= 3\"`)",
    );
    score(
        "mean, of: [ape], test: \"1\"",
        "12:42 invalid-score: `mean` takes no test (`count` and `share` do)",
    );
    score(
        "mean, of: { tag: t }",
        "12:36 unknown-id: no scored question has the tag `t` (name a tag of this pack's questions)",
    );
}

#[test]
fn weights_are_above_zero_and_belong_to_children() {
    let weights = |weights: &str, wanted: &str| {
        told(
            &format!("scores:\n  x: {{ aggregate: mean, of: [ape], weights: {{ {weights} }} }}"),
            &[wanted],
        );
    };
    weights(
        "ape: 0",
        "12:52 invalid-score: a weight is above 0 and at most 1,000,000 (leave the child out instead)",
    );
    weights(
        "ape: -1",
        "12:52 invalid-score: a weight is above 0 and at most 1,000,000 (leave the child out instead)",
    );
    weights(
        "ape: 1e308",
        "12:52 invalid-score: a weight is above 0 and at most 1,000,000 (leave the child out instead)",
    );
    weights(
        "bee: 1",
        "12:47 invalid-score: `bee` has a weight and is no child of this score (add it to `of`, or drop the weight)",
    );
    let outcome = pack(&format!(
        "sections:\n  s:\n    title: S\n    questions:\n{}",
        rating("a", "weight: 0")
    ));
    assert_eq!(outcome.codes(), ["invalid-question"]);
}

#[test]
fn a_cap_that_never_bites_is_refused() {
    for at in ["4", "-1"] {
        let cap = format!("cap: {{ when: {{ bee: \"0\" }}, at: {at}, because: x }}");
        let wanted = format!(
            "12:67 threshold-out-of-range: a cap at {at} never bites: the score lies between 0 and 4 (move it into the range)"
        );
        told(
            &format!("scores:\n  x: {{ aggregate: mean, of: [ape], {cap} }}"),
            &[&wanted],
        );
    }
}

#[test]
fn a_ladder_begins_where_everybody_is_and_asks_for_something_after() {
    let ladder = |levels: &str, wanted: &str| {
        told(
            &format!("ladders:\n  l: {{ of: ape, levels: [ {levels} ] }}"),
            &[wanted],
        );
    };
    ladder(
        "{ id: x, from: 1 }, { id: y, from: 2 }",
        "12:33 invalid-ladder: the lowest level `x` asks for something (the lowest level is where everybody begins)",
    );
    ladder(
        "{ id: x }, { id: y }",
        "12:44 invalid-ladder: the level `y` asks for nothing (add `from`, `every`, `gates`, `basis` or `confidence`)",
    );
    ladder(
        "{ id: x }, { id: y, from: 5 }",
        "12:53 threshold-out-of-range: `ape` lies between 0 and 4 and never reaches 5 (move the threshold into the range)",
    );
}

#[test]
fn a_gate_that_is_not_there_is_told() {
    told(
        "ladders:\n  l: { of: ape, levels: [ { id: x }, { id: y, gates: [profit-know] } ] }\ngates:\n  profit-known: { title: T, when: { ape: \"1\" }, because: x }",
        &["12:55 unknown-id: no gate `profit-know` (did you mean `profit-known`?)"],
    );
}

#[test]
fn a_text_calls_only_what_is_there() {
    text(
        "{{ value('apf') }}",
        "unknown-id: no item `apf` in this pack (did you mean `ape`?)",
    );
    text(
        "Words. {{ outcome(\\\"ape\\\") }}",
        "invalid-template: the text cannot be used: `ape` is neither a decision nor a ladder (the pack reference says what each function can be called on)",
    );
    text(
        "{{ lowest('ape') }}",
        "invalid-template: the text cannot be used: `ape` is no score (the pack reference says what each function can be called on)",
    );
    text(
        "{{ vale('ape') }}",
        "invalid-template: the text calls `vale`, which gives no words (did you mean `value`?)",
    );
    let help =
        "(a text may call value, index, outcome, label, answer, lowest, highest and nobody_knew)";
    for name in ["nothing", "range", "known"] {
        text(
            &format!("{{{{ {name}('ape') }}}}"),
            &format!("invalid-template: the text calls `{name}`, which gives no words {help}"),
        );
    }
    text(
        "{{ value('ape', 'bee') }}",
        "invalid-template: `value` is called on one id (call it once for each)",
    );
}

#[test]
fn every_way_through_a_text_is_checked() {
    let unknown = "unknown-id: no item `apf` in this pack (did you mean `ape`?)";
    let wrong = "{{ value('apf') }}";
    text(
        &format!("{{% if known('ape') %}}{wrong}{{% endif %}}"),
        unknown,
    );
    text(
        &format!(
            "{{% if not known('ape') %}}x{{% elif value('ape') != label('ape') %}}y{{% else %}}{wrong}{{% endif %}}"
        ),
        unknown,
    );
    text("{% if known('apf') %}x{% endif %}", unknown);
    let many = "{% if known('ape') %}x{% endif %}".repeat(99);
    text(&format!("{many}{wrong}"), unknown);
}

#[test]
fn a_text_holds_words_calls_and_choices() {
    misread(
        "{% for i in range(9999) %}x{% endfor %}",
        "`for i in range(9999) %}x{% end` where `if`",
    );
    misread(
        "{% set ns.x = ns.x ~ ns.x %}",
        "`set ns.x = ns.x ~ ns.x %}` where `if`",
    );
    misread(
        "{{ [1] * 100000000 }}",
        "`[1] * 100000000 }}` where a function",
    );
    misread(
        "{{ value('ape') | indent(1000000000) }}",
        "`| indent(1000000000) }}` where `}}`",
    );
    misread(
        "{% if known('ape') and known('bee') %}x{% endif %}",
        "`and known('bee') %}x{% endif %` where `%}`",
    );
    misread("{# a note #}", "`{# a note #}` where `{{` or `{%`");
    misread("{{ value(ape) }}", "`ape) }}` where an id in quotes");
    misread("a {% endif %}", "`endif %}` where `if`");
    misread(
        "{% if known('ape') %}x{% else %}y{% else %}z{% endif %}",
        "`else %}z{% endif %}` where `endif`",
    );
    text(
        "{% if known('ape') %}x",
        "invalid-template: the text ends where `elif`, `else` or `endif` is expected (close every choice by endif, and every tag as it begins)",
    );
    text(
        &"{% if known('ape') %}".repeat(9),
        "invalid-template: choices lie more than 8 deep in one another (make them one after the other, or with elif)",
    );
}

#[test]
fn a_text_in_lines_that_are_joined_is_told_as_a_whole() {
    let text = "a b\n      {{ value('apf') }}";
    told(
        &format!(
            "findings:\n  f:\n    when: {{ ape: \">= 2\" }}\n    kind: gap\n    severity: low\n    title: T\n    text: >-\n      {text}"
        ),
        &["18:7 unknown-id: no item `apf` in this pack (did you mean `ape`?)"],
    );
}

#[test]
fn a_figure_without_a_base_is_refused() {
    told(
        "context:\n  c: { figure: 28, unit: percent, says: x, source: y }",
        &["12:3 missing-key: missing key `base` in `c` (add `base: ...`)"],
    );
    told(
        "context:\n  c: { figure: 28, unit: percent, says: x, source: y, base: \" \" }",
        &[
            "12:61 missing-base: the figure `c` has no base (say of whom it is a figure, or leave it out)",
        ],
    );
}

#[test]
fn an_id_is_used_once() {
    let help = "(questions, scores, decisions and ladders share one name space: rename one)";
    let wanted = format!("12:3 duplicate-id: `ape` is already the id of another item {help}");
    told("scores:\n  ape: { aggregate: mean, of: [bee] }", &[&wanted]);
    told(
        "gates:\n  ape: { title: T, when: { bee: \"1\" }, because: x }",
        &[
            "12:3 duplicate-id: `ape` is already the id of another item (gates share one name space with items: rename one)",
        ],
    );
}

#[test]
fn a_table_is_proven() {
    let table = |policy: &str, rules: &str, wanted: &str| {
        told(
            &format!(
                "decisions:\n  d: {{ outcomes: [x, y], inputs: [ape], hit_policy: {policy}, rules: [ {rules} ] }}"
            ),
            &[wanted],
        );
    };
    let rule =
        |id: &str, cell: &str| format!("{{ id: {id}, if: [\"{cell}\"], then: x, because: x }}");
    table(
        "unique",
        &rule("r", ">= 2"),
        "12:18 table-gap: no rule matches `ape` = 0 (add a rule, or widen a cell)",
    );
    table(
        "unique",
        &format!("{}, {}", rule("r", ">= 2"), rule("s", "<= 2")),
        "12:122 table-overlap: `r` and `s` both match `ape` = 2 (narrow one of them, or use `hit_policy: first`)",
    );
    table(
        "first",
        &format!("{}, {}", rule("r", "-"), rule("s", "<= 2")),
        "12:118 unreachable-rule: `s` is never the first rule to match (move it up, or drop it)",
    );
}

#[test]
fn different_mistakes_are_told_at_once() {
    let body = "scores:
  x: { aggregate: mean, of: [ape, bea] }
  y: { aggregate: mean, of: [ape], weights: { ape: 0 } }
  z: { aggregate: mean, of: [x, y] }
ladders:
  l: { of: bee, levels: [ { id: p }, { id: q, from: 7 } ] }
findings:
  f: { when: { ape: \">= 9\" }, kind: gap, severity: low, title: T, text: T }
  g: { when: { z: \">= 9\" }, kind: gap, severity: low, title: T, text: T }";
    told(
        body,
        &[
            "12:35 unknown-id: no item `bea` in this pack (did you mean `bee`?)",
            "13:52 invalid-score: a weight is above 0 and at most 1,000,000 (leave the child out instead)",
            "16:53 threshold-out-of-range: `bee` lies between 0 and 4 and never reaches 7 (move the threshold into the range)",
            "18:21 threshold-out-of-range: `>= 9` lies outside what `ape` can be: 0 to 4 (move the threshold into the range)",
        ],
    );
}

#[test]
fn a_guard_is_read_by_its_condition_and_is_not_all_of_it() {
    let guards = |guards: &str, wanted: &str| {
        let when = "{ all: [ { ape: \"<= 1\" }, { bee: \"< 3\" } ] }";
        told(
            &format!(
                "findings:\n  f:\n    when: {when}\n    guards: [{guards}]\n    kind: gap\n    severity: low\n    title: T\n    text: T"
            ),
            &[wanted],
        );
    };
    guards(
        "bea",
        "14:14 unknown-id: the condition of `f` does not read `bea` (did you mean `bee`?)",
    );
    guards(
        "ape, bee",
        "14:14 invalid-condition: everything that `f` reads is a guard (leave out of `guards` what is the reason for the finding)",
    );
}
