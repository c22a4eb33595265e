//! Every aggregate: value, low, high and coverage, worked by hand.

use super::workshop::{NONE, rating, ratings, same, scored};
use centricity::rules::vocabulary::State;

/// A score `x` over four ratings `a` to `d`, with further keys.
fn over(aggregate: &str, keys: &str) -> String {
    let keys = if keys.is_empty() {
        String::new()
    } else {
        format!(", {keys}")
    };
    format!(
        "{}scores:\n  x: {{ aggregate: {aggregate}, of: [a, b, c, d]{keys} }}\n",
        ratings(&["a", "b", "c", "d"])
    )
}

const OPEN: &str = "a: 4, b: 1, c: unknown";
const FULL: &str = "a: 4, b: 1, c: 2, d: 3";
const LESS: &str = "a: 4, b: 1, c: { not_applicable: none }, d: 3";

#[track_caller]
fn four(aggregate: &str, keys: &str, given: &str) -> [f64; 4] {
    scored(&over(aggregate, keys), given).four("x")
}

#[test]
fn a_mean_is_weighted_and_leaves_the_open_out() {
    same(four("mean", "", FULL), [2.5, 2.5, 2.5, 1.0]);
    same(four("mean", "", LESS), [2.6667, 2.6667, 2.6667, 1.0]);
    // 5 known points; two open questions bring 0 to 8.
    same(four("mean", "", OPEN), [2.5, 1.25, 3.25, 0.5]);
    // Weights 3, 1, 1, 1: (12 + 1)/4; low 13/6, high 21/6; coverage 4/6.
    same(
        four("mean", "weights: { a: 3 }", OPEN),
        [3.25, 2.1667, 3.5, 0.6667],
    );
}

#[test]
fn a_sum_is_prorated_over_what_is_open() {
    same(four("sum", "", FULL), [10.0, 10.0, 10.0, 1.0]);
    same(four("sum", "", LESS), [8.0, 8.0, 8.0, 1.0]);
    // 5 of 8 known: 10 of 16.
    same(four("sum", "", OPEN), [10.0, 5.0, 13.0, 0.5]);
    // Weight 3: 13 of 16 known, of 24 in all.
    same(
        four("sum", "weights: { a: 3 }", OPEN),
        [19.5, 13.0, 21.0, 0.6667],
    );
}

#[test]
fn yes_and_no_are_counted_by_name() {
    let questions: String = ["a", "b", "c", "d"]
        .map(|id| format!("      {id}: {{ type: boolean, ask: \"?\" }}\n"))
        .concat();
    let over = |aggregate: &str, test: &str| {
        format!(
            "sections:\n  s:\n    title: S\n    questions:\n{questions}scores:\n  x: {{ aggregate: {aggregate}, of: [a, b, c, d], test: \"{test}\" }}\n"
        )
    };
    let given = "a: true, b: false, c: true, d: unknown";
    let four = |aggregate: &str, test: &str| scored(&over(aggregate, test), given).four("x");
    same(four("count", "true"), [2.0, 2.0, 3.0, 0.75]);
    same(four("count", "false"), [1.0, 1.0, 2.0, 0.75]);
    same(four("share", "true"), [0.6667, 0.5, 0.75, 0.75]);
    same(four("count", ">= 1"), four("count", "true"));
    let mixed = super::workshop::pack(&over("count", "true").replace(
        "d: { type: boolean, ask: \"?\" }",
        "d: { type: rating, ask: \"?\", anchors: { 0: a, 1: b } }",
    ));
    assert!(!mixed.codes().is_empty());
}

#[test]
fn the_least_and_the_most_are_of_what_is_rated() {
    same(four("min", "", FULL), [1.0, 1.0, 1.0, 1.0]);
    same(four("min", "", OPEN), [1.0, 0.0, 1.0, 0.5]);
    same(four("max", "", FULL), [4.0, 4.0, 4.0, 1.0]);
    same(four("max", "", "a: 3, b: 1"), [3.0, 3.0, 4.0, 0.5]);
    same(
        four("min", "", "c: { not_applicable: none }"),
        [NONE, 0.0, 4.0, 0.0],
    );
}

#[test]
fn a_count_counts_what_passes_and_ignores_weights() {
    same(four("count", "test: \">= 2\"", FULL), [3.0, 3.0, 3.0, 1.0]);
    same(four("count", "test: \">= 2\"", LESS), [2.0, 2.0, 2.0, 1.0]);
    same(four("count", "test: \">= 2\"", OPEN), [1.0, 1.0, 3.0, 0.5]);
    same(
        four("count", "test: \">= 2\", weights: { a: 3 }", OPEN),
        [1.0, 1.0, 3.0, 0.6667],
    );
    same(
        [scored(&over("count", "test: \">= 2\""), LESS).index("x")],
        [66.6667],
    );
}

#[test]
fn a_share_is_the_passing_part_of_what_is_rated() {
    same(
        four("share", "test: \">= 2\"", FULL),
        [0.75, 0.75, 0.75, 1.0],
    );
    same(
        four("share", "test: \">= 2\"", LESS),
        [0.6667, 0.6667, 0.6667, 1.0],
    );
    same(
        four("share", "test: \">= 2\"", OPEN),
        [0.5, 0.25, 0.75, 0.5],
    );
    same(
        four("share", "test: \"(1..3)\"", FULL),
        [0.25, 0.25, 0.25, 1.0],
    );
}

#[test]
fn a_geometric_mean_is_taken_over_the_value_plus_one() {
    // (5 * 2 * 3 * 4)^(1/4) - 1.
    same(four("geometric", "", FULL), [2.3098, 2.3098, 2.3098, 1.0]);
    // (5 * 2)^(1/2) - 1; low 10^(1/4) - 1, high 250^(1/4) - 1.
    same(four("geometric", "", OPEN), [2.1623, 0.7783, 2.9764, 0.5]);
    // One zero does not erase everything: (5 * 1)^(1/2) - 1 over two.
    same(
        four(
            "geometric",
            "",
            "a: 4, b: 0, c: { not_applicable: n }, d: { not_applicable: n }",
        ),
        [1.2361, 1.2361, 1.2361, 1.0],
    );
}

#[test]
fn a_spread_needs_two_rated_children() {
    same(four("spread", "", FULL), [3.0, 3.0, 3.0, 1.0]);
    same(four("spread", "", OPEN), [3.0, 3.0, 4.0, 0.5]);
    same(four("spread", "", "a: 3"), [NONE, 0.0, 4.0, 0.25]);
    // Only a and b apply: at most 4 - 2, at least 0.
    same(
        four(
            "spread",
            "",
            "a: 2, c: { not_applicable: n }, d: { not_applicable: n }",
        ),
        [NONE, 0.0, 2.0, 0.5],
    );
}

#[test]
fn a_difference_is_the_first_less_the_second() {
    let body = format!(
        "{}scores:\n  x: {{ aggregate: difference, of: [a, b] }}\n",
        ratings(&["a", "b"])
    );
    same(
        scored(&body, "a: 1, b: 4").four("x"),
        [-3.0, -3.0, -3.0, 1.0],
    );
    same([scored(&body, "a: 1, b: 4").index("x")], [12.5]);
    same(scored(&body, "a: 1").four("x"), [NONE, -3.0, 1.0, 0.5]);
    let gone = scored(&body, "a: 1, b: { not_applicable: none }");
    assert_eq!(gone.reading("x").state, State::NotApplicable);
}

#[test]
fn a_score_without_children_that_apply_does_not_apply() {
    let given = "a: { not_applicable: n }, b: { not_applicable: n }, c: { not_applicable: n }, d: { not_applicable: n }";
    for (aggregate, keys) in [
        ("mean", ""),
        ("sum", ""),
        ("min", ""),
        ("share", "test: \">= 2\""),
        ("spread", ""),
    ] {
        let it = scored(&over(aggregate, keys), given);
        assert_eq!(it.reading("x").state, State::NotApplicable, "{aggregate}");
        assert!(it.reading("x").value.is_nan());
    }
}

#[test]
fn a_score_without_an_answer_is_missing_and_never_nothing() {
    let it = scored(&over("mean", ""), "");
    assert_eq!(it.reading("x").state, State::Missing);
    same(it.four("x"), [NONE, 0.0, 4.0, 0.0]);
}

#[test]
fn unlike_children_are_put_on_a_hundred_first() {
    let body = r#"
sections:
  s:
    title: S
    questions:
      a: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }
      p: { type: percent, ask: "?" }
      t: { type: decimal, min: 10, max: 30, ask: "?" }
scores:
  x: { aggregate: mean, normalise: true, of: [a, p, t] }
"#;
    // 3 of 4 is 75, 40 is 40, 15 of 10..30 is 25.
    same(
        scored(body, "a: 3, p: 40, t: 15").four("x"),
        [46.6667, 46.6667, 46.6667, 1.0],
    );
    same(
        scored(body, "a: 3, p: 40").four("x"),
        [57.5, 38.3333, 71.6667, 0.6667],
    );
}

#[test]
fn scores_of_scores_carry_their_coverage_and_range_up() {
    let body = format!(
        "{}scores:\n  x: {{ aggregate: mean, of: [a, b] }}\n  y: {{ aggregate: mean, of: [c, d] }}\n  z: {{ aggregate: mean, of: [x, y], weights: {{ x: 3 }} }}\n",
        ratings(&["a", "b", "c", "d"])
    );
    // x 3 (2..4 open: 4 and 0..4), y 1; z (3*4 + 1)/4, low (3*2 + 1)/4, high (3*4 + 1)/4.
    same(
        scored(&body, "a: 4, c: 1, d: 1").four("z"),
        [3.25, 1.75, 3.25, 0.625],
    );
}

/// `b` and `c` apply only where `a` is 2 or more.
fn conditional(aggregate: &str, keys: &str) -> String {
    let when = "relevant: { a: \">= 2\" }";
    let questions = [
        rating("a", ""),
        rating("b", when),
        rating("c", when),
        rating("d", ""),
    ]
    .concat();
    let score = format!("scores:\n  x: {{ aggregate: {aggregate}, of: [b, c, d]{keys} }}\n");
    format!("sections:\n  s:\n    title: S\n    questions:\n{questions}{score}")
}

#[test]
fn what_is_not_relevant_leaves_the_score() {
    let it = scored(&conditional("mean", ""), "a: 1, b: 4, d: 2");
    assert_eq!(it.reading("b").state, State::Irrelevant);
    same(it.four("x"), [2.0, 2.0, 2.0, 1.0]);
    same(
        scored(&conditional("mean", ""), "a: 2, b: 4, d: 2").four("x"),
        [3.0, 2.0, 3.3333, 0.6667],
    );
}

#[test]
fn what_may_drop_out_widens_the_range() {
    // b 4, c 1, d 2, and a open: with b and c 7/3, without them 2.
    let given = "b: 4, c: 1, d: 2";
    same(
        scored(&conditional("mean", ""), given).four("x"),
        [2.3333, 1.5, 3.0, 1.0],
    );
    same(
        scored(&conditional("sum", ""), given).four("x"),
        [7.0, 2.0, 7.0, 1.0],
    );
    same(
        scored(&conditional("min", ""), given).four("x"),
        [1.0, 1.0, 2.0, 1.0],
    );
    same(
        scored(&conditional("max", ""), given).four("x"),
        [4.0, 2.0, 4.0, 1.0],
    );
    same(
        scored(&conditional("count", ", test: \">= 2\""), given).four("x"),
        [2.0, 1.0, 2.0, 1.0],
    );
    same(
        scored(&conditional("share", ", test: \">= 2\""), given).four("x"),
        [0.6667, 0.5, 1.0, 1.0],
    );
    same(
        scored(&conditional("spread", ""), given).four("x"),
        [3.0, 0.0, 3.0, 1.0],
    );
}

#[test]
fn what_may_drop_out_moves_the_index_of_a_sum() {
    // With b and c 7 of 12; without them 2 of 4; with either end of what a mean could be between.
    let it = scored(&conditional("sum", ""), "b: 4, c: 1, d: 2");
    let (low, high) = it.reading("x").index_range();
    same([it.index("x"), low, high], [58.3333, 37.5, 75.0]);
}

#[test]
fn what_is_out_as_things_stand_may_come_back() {
    // Nobody has said yet that e cannot be known: b is out, and counted in the range.
    let questions = [
        rating("e", ""),
        rating("b", "relevant: { e: unknown }"),
        rating("d", ""),
    ]
    .concat();
    let body = format!(
        "sections:\n  s:\n    title: S\n    questions:\n{questions}scores:\n  x: {{ aggregate: mean, of: [b, d] }}\n"
    );
    let it = scored(&body, "b: 4, d: 2");
    assert_eq!(it.reading("b").state, State::Irrelevant);
    same(it.four("x"), [2.0, 2.0, 3.0, 1.0]);
}
