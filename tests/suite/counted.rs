//! What counted is printed, and what was said where that differs; what is out says so.

use super::crowd::Crowd;
use super::workshop::{checked, pack, ratings};
use centricity::assess::assessment::{Assessment, MatchedResult, assess};
use centricity::report::view::Brand;
use centricity::report::{Layout, View};
use centricity::rules::rulebook::Rulebook;
use serde_json::Value;

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

const DRAWN: &str = r#"scores:
  s: { title: Star, aggregate: mean, of: [a, b] }
ladders:
  l: { title: L, of: s, levels: [ { id: low }, { id: top, from: 3, every: { of: [a, b], at_least: 2 } } ] }
decisions:
  form:
    title: Form
    outcomes: { light: Light, medium: Medium }
    inputs: [a, b]
    hit_policy: unique
    rules:
      - { id: x, if: ["< 2", "-"], then: light, because: "A" }
      - { id: y, if: [">= 2", "-"], then: medium, because: "B" }
exhibits:
  - { id: grid, kind: grid, title: Grid, decision: form, x: a, y: b }
  - { id: star, kind: star, title: Star, of: s }
  - { id: dots, kind: dots, title: Dots, of: [a, b] }
  - { id: bars, kind: bars, title: Bars, of: [a, b] }
"#;

/// People said 2.8, and agreed on 1. Every place that prints the 1 says so.
#[test]
fn what_was_agreed_is_marked_wherever_it_is_printed() {
    let rulebook = pack(&format!("{}{DRAWN}", ratings(&["a", "b"]))).good();
    let crowd = ["3", "3", "3", "3", "2"]
        .iter()
        .fold(Crowd::new(), |crowd, a| {
            crowd.says("frontline", &format!("a: {a}, b: 2"))
        });
    let crowd = crowd
        .agree("a: { value: 1, reason: 'Looked up' }")
        .aim("a: { target: 3, due: 2027-03-31 }");
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    let agreed = result.questions[0].agreed.as_ref().expect("agreed");
    assert_eq!(agreed.replaces, Some(2.8));
    let mark = "agreed in place of 2.8";
    assert!(result.questions[0].says.contains(mark));
    for level in &result.levels[0].levels {
        for need in level.needs.iter().filter(|need| need.id.as_str() == "p.a") {
            assert!(need.actual.contains(mark), "{}", need.actual);
        }
    }
    let (brand, layout) = (Brand::default(), Layout::new(&rulebook));
    let matched = MatchedResult::new(&rulebook, &result).expect("its own packs");
    let view = serde_json::to_value(View::new(&layout, &matched, &brand)).expect("JSON");
    let mut places = Vec::new();
    marked(&view, "", mark, &mut places);
    for place in ["place", "says", "note", "now", "answer", "points_svg"] {
        let found = places.iter().any(|one| one.ends_with(&format!("/{place}")));
        assert!(found, "{place} in {places:?}");
    }
}

/// The keys under which a text says what was agreed.
fn marked(value: &Value, path: &str, mark: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                marked(value, &format!("{path}/{key}"), mark, found);
            }
        }
        Value::Array(list) => {
            for value in list {
                marked(value, path, mark, found);
            }
        }
        Value::String(text) if text.contains(mark) || text.contains("(agreed)") => {
            found.push(path.to_owned());
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Four of six: what is sure of the score is `mid`, and what it comes to is open, so no level is
/// said, not by the score alone either; held down to 1 it is `low` whatever comes.
#[test]
fn below_seventy_percent_there_is_a_level_only_where_it_is_certain() {
    let rulebook = pack(&format!(
        "{}scores:\n  s: {{ aggregate: mean, of: [a, b, c, d, e, f], cap: {{ when: {{ a: \"<= 1\" }}, at: 1, because: x }} }}\nladders:\n  l: {{ of: s, levels: [ {{ id: low }}, {{ id: mid, from: 2 }}, {{ id: top, from: 3 }} ] }}\n",
        ratings(&["a", "b", "c", "d", "e", "f"])
    ))
    .good();
    let open = said(&rulebook, "perception", "a: 3, b: 4, c: 4, d: 4");
    let open = &open.levels[0];
    assert_eq!((&open.level, &open.by_score), (&None, &None));
    assert!(open.sentence.contains("no level can be given yet"));
    let held = said(&rulebook, "perception", "a: 1, b: 4, c: 4, d: 4");
    let ladder = &held.levels[0];
    assert!(ladder.certain && ladder.level.as_ref().is_some_and(|one| one.id == "low"));
    assert!(
        ladder
            .sentence
            .contains("(now 1.0, whatever the open answers are)"),
        "{}",
        ladder.sentence
    );
}

/// The rows of the first drawing of dots, and the head over their values.
fn rows(rulebook: &Rulebook, result: &Assessment) -> (String, Vec<Value>) {
    let (brand, layout) = (Brand::default(), Layout::new(rulebook));
    let matched = MatchedResult::new(rulebook, result).expect("its own packs");
    let view = serde_json::to_value(View::new(&layout, &matched, &brand)).expect("JSON");
    let dots = find(&view).expect("dots");
    let rows = dots["rows"].as_array().expect("rows").clone();
    (dots["head"].as_str().expect("a head").to_owned(), rows)
}

fn find(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(map) if map.contains_key("axis") && map.contains_key("rows") => Some(value),
        Value::Object(map) => map.values().find_map(find),
        Value::Array(list) => list.iter().find_map(find),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Four of five at 62: 248 of 500 is 49.6 and must not look like 50, which a level asks for; so
/// the 62 and the 69.6 on its line have a digit too.
#[test]
fn figures_on_one_line_have_the_same_digits() {
    let ask = |id: &str| format!("      {id}: {{ type: decimal, ask: \"?\", min: 0, max: 100 }}\n");
    let asks: String = ["a", "b", "c", "d", "e"].map(ask).concat();
    let rulebook = pack(&format!(
        "sections:\n  s:\n    title: S\n    questions:\n{asks}scores:\n  t: {{ title: T, aggregate: mean, of: [a, b, c, d, e] }}\nladders:\n  l: {{ of: t, levels: [ {{ id: low }}, {{ id: top, from: 50 }} ] }}\nexhibits:\n  - {{ id: x, kind: dots, title: D, of: [t] }}\n"
    ))
    .good();
    let result = said(&rulebook, "perception", "a: 62, b: 62, c: 62, d: 62");
    let (_, rows) = rows(&rulebook, &result);
    assert_eq!(
        (&rows[0]["value"], &rows[0]["range"]),
        (&"62.0".into(), &"49.6 to 69.6".into())
    );
}

/// Seven ratings that sum to 13 of 28 stand at 46.43, with 17 at 60.71: 46 and 61 lie 15 apart.
#[test]
fn a_gap_is_the_difference_of_what_is_printed() {
    let ids = ["a", "b", "c", "d", "e", "f", "g"];
    let rulebook = pack(&format!(
        "{}scores:\n  t: {{ title: T, aggregate: mean, of: [a, b, c, d, e, f, g] }}\nexhibits:\n  - {{ id: x, kind: dots, title: D, of: [t] }}\n",
        ratings(&ids)
    ))
    .good();
    let rest = "b: 2, c: 2, d: 2, e: 2, f: 2, g: 3";
    let result = said(
        &rulebook,
        "perception",
        &format!("a: {{ value: 0, target: 4 }}, {rest}"),
    );
    let (_, rows) = rows(&rulebook, &result);
    let cells = rows[0]["cells"].to_string();
    assert!(cells.contains("\"61\",\"15\""), "{cells}");
    assert_eq!(rows[0]["value"], "46");
}

#[test]
fn a_difference_of_nothing_is_0_and_no_index_of_50() {
    let rulebook = pack(&format!(
        "{}scores:\n  t: {{ title: T, aggregate: difference, of: [a, b] }}\nexhibits:\n  - {{ id: x, kind: dots, title: D, of: [t] }}\n",
        ratings(&["a", "b"])
    ))
    .good();
    let (head, rows) = rows(&rulebook, &said(&rulebook, "perception", "a: 2, b: 2"));
    assert_eq!(
        (head.as_str(), &rows[0]["value"]),
        ("Difference", &"0".into())
    );
    assert_eq!(rows[0]["says"], "T: 0 on -4 to 4.");
}

/// The table counts the answers of which the first page takes a share, of every kind.
#[test]
fn the_table_of_evidence_counts_every_answer() {
    let rulebook = pack(
        "sections:\n  s:\n    title: S\n    questions:\n      yes: { type: boolean, ask: \"?\" }\n      n: { type: decimal, ask: \"?\", min: 0 }\n",
    )
    .good();
    let seen = "evidence: { grade: document, ref: r }";
    let answers = format!("yes: {{ value: true, {seen} }}, n: 4");
    let result = said(&rulebook, "evidenced", &answers);
    let (brand, layout) = (Brand::default(), Layout::new(&rulebook));
    let matched = MatchedResult::new(&rulebook, &result).expect("its own packs");
    let view = serde_json::to_value(View::new(&layout, &matched, &brand)).expect("JSON");
    let grades = view["method"]["grades"].as_array().expect("grades").iter();
    let counts: Vec<&str> = grades.filter_map(|one| one["count"].as_str()).collect();
    assert_eq!(counts, ["1", "0", "1", "0", "0"]);
    assert!((result.confidence.evidence - 0.5).abs() < 1e-9);
}

#[test]
fn an_alpha_below_0_says_that_ratings_run_against_each_other() {
    let body = ratings(&["a", "b", "c"]);
    let rulebook = pack(&body).good();
    let people = [
        "a: 4, b: 0, c: 2",
        "a: 0, b: 4, c: 1",
        "a: 3, b: 1, c: 3",
        "a: 1, b: 3, c: 2",
        "a: 2, b: 2, c: 2",
    ];
    let crowd = people
        .iter()
        .fold(Crowd::new(), |crowd, one| crowd.says("frontline", one));
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    let scale = &result.respondents.scales[0];
    assert!(scale.alpha < 0.0 && scale.says().contains("rate others low"));
}
