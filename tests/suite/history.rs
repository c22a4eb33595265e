//! `history`: what revisions came to, what moved between them, and what may not be compared.
//!
//! The pack has four questions that make one score, so one step of one question is 6.25 points.

use crate::revisions::{commit, git};
use crate::sandbox::schema;
use crate::sandbox::{Run, Sandbox};
use serde_json::Value;

pub(crate) const ANCHORS: &str =
    "type: rating, ask: \"?\", anchors: { 0: no, 1: bit, 2: some, 3: much, 4: all }";

/// The pack in a version.
pub(crate) fn pack(version: &str) -> String {
    let question = |id: &str| format!("      {id}: {{ {ANCHORS} }}\n");
    let questions: String = ["a", "b", "c", "d"].map(question).concat();
    format!(
        "format: 1\nid: small\nversion: {version}\ntitle: \"Small\"\nsections:\n  one:\n    title: \"One\"\n    score: {{ aggregate: mean }}\n    questions:\n{questions}\
         scores:\n  half: {{ title: Half, aggregate: mean, of: [a, b] }}\n\
         ladders:\n  level: {{ title: Rungs, of: one, measure: index, levels: [ {{ id: low, title: Low }}, {{ id: high, title: High, from: 50 }} ] }}\n"
    )
}

/// An assessment with answers to it, `a: 1, b: 2`, and lines of its head.
pub(crate) fn assessment(head: &str, answers: &str) -> String {
    format!(
        "format: 1\nclient: {{ name: Acme }}\n{head}packs: [../../rules/small]\nanswers: {{ small: {{ {answers} }} }}\n"
    )
}

/// All four questions alike.
pub(crate) fn all(rating: &str) -> String {
    format!("a: {rating}, b: {rating}, c: {rating}, d: {rating}")
}

pub(crate) const PATH: &str = "clients/acme/assessment.yaml";

/// A repository whose commits, on days, hold these assessments.
pub(crate) fn through(revisions: &[(&str, String)]) -> Sandbox {
    let mut sandbox = Sandbox::new().file("rules/small/pack.yaml", pack("1.0.0"));
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    for (day, text) in revisions {
        sandbox = sandbox.file(PATH, text);
        commit(&sandbox, day);
    }
    sandbox
}

/// The answers alone, as a revision of a day.
pub(crate) fn on<'d>(day: &'d str, answers: &str) -> (&'d str, String) {
    (day, assessment("", answers))
}

#[track_caller]
pub(crate) fn history(sandbox: &Sandbox, arguments: &str) -> Value {
    let run = sandbox.run(&format!("history clients/acme --format json {arguments}"));
    run.exits(0).json()
}

/// The index of a score at every point it is told at.
#[track_caller]
pub(crate) fn indices(history: &Value, id: &str) -> Vec<f64> {
    let points = series(history, id)["points"].as_array().expect("points");
    points
        .iter()
        .map(|point| point["index"].as_f64().expect("an index"))
        .collect()
}

#[track_caller]
pub(crate) fn series<'h>(history: &'h Value, id: &str) -> &'h Value {
    let series = history["series"].as_array().expect("series");
    series.iter().find(|one| one["id"] == id).expect(id)
}

/// A field of every point, as text.
pub(crate) fn each(list: &Value, field: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one[field].as_str().unwrap_or("-").to_owned())
        .collect()
}

/// "0-1 up" for every change told of the score.
#[track_caller]
pub(crate) fn moves(history: &Value) -> Vec<String> {
    let moves = series(history, "small.one")["moves"]
        .as_array()
        .expect("moves");
    let told = |one: &Value| {
        format!("{}-{} {}", one["from"], one["to"], one["direction"]).replace('"', "")
    };
    moves.iter().map(told).collect()
}

/// The kinds of marks of every point.
pub(crate) fn marks(history: &Value) -> Vec<Vec<String>> {
    let points = history["points"].as_array().expect("points");
    points
        .iter()
        .map(|one| each(&one["marks"], "kind"))
        .collect()
}

fn says(run: &Run, text: &str) -> bool {
    run.stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .contains(text)
}

#[test]
fn a_series_is_told_from_the_first_revision_to_the_last() {
    let sandbox = through(&[
        on("2026-01-31", &all("1")),
        on("2026-02-28", "a: 2, b: 1, c: 1, d: 1"),
        on("2026-03-31", &all("3")),
        on("2026-04-30", &all("2")),
    ]);
    let history = history(&sandbox, "");
    assert_eq!(indices(&history, "small.one"), [25.0, 31.25, 75.0, 50.0]);
    assert_eq!(
        each(&history["points"], "date"),
        ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    );
    assert_eq!(moves(&history), ["0-1 up", "1-2 up", "2-3 down"]);
    let lately = &series(&history, "small.one")["lately"];
    assert_eq!(
        (lately["by"].as_f64(), &lately["direction"]),
        (Some(25.0), &"up".into())
    );
    let levels = history["ladders"][0]["points"].as_array().unwrap();
    let levels: Vec<_> = levels
        .iter()
        .map(|one| one["level"]["label"].as_str().unwrap())
        .collect();
    assert_eq!(levels, ["Low", "Low", "High", "High"]);
    let run = sandbox.run("history clients/acme").exits(0);
    assert!(
        says(
            &run,
            "Up 25.0: 25.0 on 31 January 2026, 50.0 on 30 April 2026."
        ),
        "{run:?}"
    );
    assert!(
        says(
            &run,
            "Low (1) from 31 January 2026; High (2) from 31 March 2026."
        ),
        "{run:?}"
    );
}

#[test]
fn a_change_takes_a_quarter_of_an_anchor_and_small_steps_add_up() {
    let more: String = ["e", "f", "g", "h"]
        .map(|id| format!("      {id}: {{ {ANCHORS} }}\n"))
        .concat();
    let eight = pack("1.0.0").replace("scores:\n", &format!("{more}scores:\n"));
    let ones = |twos: usize| {
        let rating =
            |(place, id): (usize, char)| format!("{id}: {}, ", if place < twos { 2 } else { 1 });
        ('a'..='h').enumerate().map(rating).collect::<String>()
    };
    let mut sandbox = through(&[]).file("rules/small/pack.yaml", eight);
    for (day, twos) in ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"]
        .into_iter()
        .zip([0, 1, 2, 3])
    {
        sandbox = sandbox.file(PATH, assessment("", &ones(twos)));
        commit(&sandbox, day);
    }
    let history = history(&sandbox, "");
    assert_eq!(
        indices(&history, "small.one"),
        [25.0, 28.125, 31.25, 34.375]
    );
    assert_eq!(
        moves(&history),
        ["0-2 up"],
        "two eighths of 25 are a quarter of an anchor"
    );
}

#[test]
fn nothing_is_held_against_what_has_no_verdict() {
    let sandbox = through(&[
        on("2026-01-01", &all("1")),
        on("2026-01-02", "a: 4, b: 4"),
        on("2026-01-03", "a: 1, b: 1, c: 1, d: 2"),
    ]);
    let history = history(&sandbox, "");
    let states = each(&series(&history, "small.one")["points"], "state");
    assert_eq!(
        states,
        ["rated", "thin", "rated"],
        "half is too little for a verdict"
    );
    assert_eq!(moves(&history), ["0-2 up"]);
}

#[test]
fn open_answers_swallow_a_change_within_their_range() {
    let sandbox = through(&[
        on("2026-01-01", "a: 2, b: 2, c: 2, d: unknown"),
        on("2026-01-02", "a: 3, b: 3, c: 2, d: unknown"),
        on("2026-01-03", "a: 4, b: 4, c: 4, d: unknown"),
    ]);
    let history = history(&sandbox, "");
    assert_eq!(indices(&history, "small.one").len(), 3);
    assert_eq!(
        moves(&history),
        ["0-2 up"],
        "a range of 25 swallows 16.7, and not 50"
    );
}

#[test]
fn another_basis_is_marked_and_never_joined() {
    let evidenced = |answers: &str| assessment("basis: evidenced\n", answers);
    let sandbox = through(&[
        on("2026-01-01", &all("1")),
        ("2026-01-02", evidenced(&all("2"))),
        ("2026-01-03", evidenced(&all("1"))),
    ]);
    let history = history(&sandbox, "");
    assert_eq!(
        each(&series(&history, "small.one")["points"], "still"),
        ["first", "apart", "alike"]
    );
    assert_eq!(marks(&history), [vec![], vec!["basis".to_owned()], vec![]]);
    assert_eq!(moves(&history), ["1-2 down"]);
    let run = sandbox.run("history clients/acme").exits(0);
    assert!(says(&run, "What is older does not compare."), "{run:?}");
}

#[test]
fn the_document_is_as_its_schema_says() {
    let sandbox = through(&[
        on("2026-01-31", &all("1")),
        on("2026-02-28", "a: 9"),
        on("2026-03-31", &all("3")),
    ]);
    let schema = schema("history");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let history = history(&sandbox, "");
    let problems: Vec<_> = schema
        .iter_errors(&history)
        .map(|error| error.to_string())
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let read: centricity::study::History =
        serde_json::from_value(history.clone()).expect("read back");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), history);
}
