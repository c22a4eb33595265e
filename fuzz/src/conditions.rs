//! Conditions and tables: what the proof says of a table holds at every point, and what is known of
//! some answers holds for all ways to complete them.

use super::ours::texts;
use super::problems::linked;
use super::readings::{fits, sound};
use super::{number, text};
use centricity::answers::{Answer, Answers};
use centricity::assess::{Evaluation, evaluate};
use centricity::rules::pack::Loaded;
use centricity::rules::rulebook::{Domain, ItemKind, Rulebook};
use centricity::text::diagnostic::{Diagnostics, Sources};

/// What an input goes on from: four questions with few answers each.
const HEAD: &str = r#"format: 1
id: p
version: 1.0.0
title: "P"
sections:
  s:
    title: "S"
    questions:
      a: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c } }
      b: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c } }
      c: { type: select_one, ask: "?", choices: [ { value: x, score: 0, label: "x" }, { value: y, score: 1, label: "y" }, { value: z, score: 3, label: "z" } ] }
      d: { type: boolean, ask: "?", relevant: { a: ">= 1" } }
"#;

/// The number of answers to each question.
const WAYS: [u8; 4] = [3, 3, 3, 2];
/// The number of ways to answer all of them.
const POINTS: u8 = 3 * 3 * 3 * 2;

/// Links a pack of four questions and the scores, tables, gates, ladders and findings of an input, and
/// tries all its answers.
pub fn run(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let pack = texts([("pack.yaml", HEAD), ("rules.yaml", text)]);
    let loaded = Loaded::load(pack, &mut sources, &mut problems);
    let rulebook = linked(loaded, &sources, problems);
    if let Some(rulebook) = rulebook.filter(|one| one.question_count() == WAYS.len()) {
        tried(&rulebook, number(data));
    }
}

/// Some answers against all ways to complete them; a number says which are given.
fn tried(rulebook: &Rulebook, number: u64) {
    let open = |place: usize| (number >> place) & 1 == 0;
    let given = u8::try_from((number >> 8) % u64::from(POINTS)).unwrap_or_default();
    let first = answers(rulebook, given, |place| !open(place));
    let before = evaluate(rulebook, &first);
    sound(rulebook, &before);
    let fixed = digits(given);
    for point in 0..POINTS {
        let same = digits(point);
        if (0..WAYS.len()).any(|place| !open(place) && same[place] != fixed[place]) {
            continue;
        }
        let after = evaluate(rulebook, &answers(rulebook, point, |_| true));
        sound(rulebook, &after);
        fits(rulebook, &before, &after);
        decided(rulebook, &after);
    }
}

/// The answers of a point, one a question.
fn digits(mut point: u8) -> [u8; 4] {
    WAYS.map(|ways| {
        let digit = point % ways;
        point /= ways;
        digit
    })
}

/// The answers of a point to the questions that are wanted.
fn answers(rulebook: &Rulebook, point: u8, wanted: impl Fn(usize) -> bool) -> Answers {
    let digits = digits(point).into_iter().enumerate();
    let chosen = digits
        .filter(|(place, _)| wanted(*place))
        .map(|(place, digit)| {
            let worth = match (place, digit) {
                (2, 2) => 3.0,
                _ => f64::from(digit),
            };
            (place, Answer::rated(worth, 1 << digit))
        });
    Answers::blank(rulebook).with_all(chosen)
}

/// Every table of one outcome gives one, unless an input is out.
fn decided(rulebook: &Rulebook, evaluation: &Evaluation) {
    for (item, reading) in rulebook.items.iter().zip(&evaluation.readings) {
        let single = matches!(item.domain, Domain::Outcomes { several: false, .. });
        if single && matches!(item.kind, ItemKind::Decision { .. }) && !reading.is_absent() {
            assert_eq!(reading.held.count_ones(), 1, "{}: {reading:?}", item.id);
        }
    }
}
