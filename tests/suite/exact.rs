//! Ranges held to brute force, and scores that never fall when an answer rises.

use super::completions::{givens, laid, rating, ratings};
use super::generate::TOP;
use super::workshop::pack;
use centricity::answers::Answer;
use centricity::assess::evaluate;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::State;
use proptest::prelude::*;

const EPSILON: f64 = 1e-9;

/// One score over four ratings with these weights, and a ladder over it.
fn built(aggregate: &str, weights: [u8; 4]) -> Rulebook {
    let question = |id: &str| {
        format!("      {id}: {{ type: rating, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c }} }}\n")
    };
    let test = if matches!(aggregate, "count" | "share") {
        ", test: \">= 1\""
    } else {
        ""
    };
    let weights = ["a", "b", "c", "d"]
        .iter()
        .zip(weights)
        .map(|(id, weight)| format!("{id}: {weight}"));
    let weights = weights.collect::<Vec<_>>().join(", ");
    let questions = ["a", "b", "c", "d"].map(question).concat();
    let levels = "levels: [ { id: l0 }, { id: l1, from: 40 }, { id: l2, from: 80, every: { of: [a, b], at_least: 50 } } ]";
    let body = format!(
        "sections:\n  s:\n    title: S\n    questions:\n{questions}scores:\n  x: {{ aggregate: {aggregate}, of: [a, b, c, d], weights: {{ {weights} }}{test} }}\nladders:\n  l: {{ of: x, measure: index, {levels} }}\n"
    );
    pack(&body).good()
}

fn weights() -> impl Strategy<Value = [u8; 4]> {
    [1..4_u8, 1..4_u8, 1..4_u8, 1..4_u8]
}

fn monotone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "mean",
        "sum",
        "min",
        "max",
        "count",
        "share",
        "geometric",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_of_monotone_aggregates_are_what_brute_force_finds(aggregate in monotone(), weights in weights(), givens in givens()) {
        let rulebook = built(aggregate, weights);
        let answers = laid(&rulebook, &givens);
        let node = rulebook.find("p.x").unwrap();
        let reading = evaluate(&rulebook, &answers).readings[node];
        prop_assume!(!reading.is_absent());
        let values: Vec<f64> = ratings(&answers).iter().map(|one| evaluate(&rulebook, one).readings[node].value).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        prop_assert!((reading.low - low).abs() < EPSILON, "{aggregate} {reading:?} {low}");
        prop_assert!((reading.high - high).abs() < EPSILON, "{aggregate} {reading:?} {high}");
    }

    #[test]
    fn raising_an_answer_never_lowers_a_score_or_its_level(
        aggregate in monotone(), weights in weights(), givens in givens(), which in 0..4_usize, by in 1..=TOP
    ) {
        let rulebook = built(aggregate, weights);
        let answers = laid(&rulebook, &givens);
        let old: Answer = answers.answers()[which];
        prop_assume!(old.state == State::Rated && old.counted < f64::from(TOP));
        let worth = (0..=TOP).find(|step| f64::from(*step) >= old.counted + f64::from(by)).unwrap_or(TOP);
        let (before, after) = (evaluate(&rulebook, &answers), evaluate(&rulebook, &answers.with(which, rating(worth))));
        for id in ["p.x", "p.l"] {
            let node = rulebook.find(id).unwrap();
            let (one, other) = (before.readings[node], after.readings[node]);
            prop_assert!(one.value.is_nan() || other.value.is_nan() || other.value >= one.value - EPSILON, "{id} {aggregate}\n{one:?}\n{other:?}");
            prop_assert!(other.low >= one.low - EPSILON && other.high >= one.high - EPSILON, "{id} {aggregate}\n{one:?}\n{other:?}");
        }
    }
}
