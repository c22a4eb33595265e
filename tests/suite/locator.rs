//! The drawing of a decision over its two inputs: the cell marked is that of the rule that decided.

use super::crowd::Crowd;
use super::workshop::pack;
use centricity::answers::Answers;
use centricity::assess::{MatchedResult, assess};
use centricity::report::{Brand, ReportContext};
use centricity::rules::rulebook::Rulebook;
use serde_json::Value;

/// Two scores over a percent each, so that a client may stand anywhere.
const BODY: &str = r#"
sections:
  s:
    title: S
    questions:
      across: { type: decimal, ask: "?", min: 0, max: 4 }
      up: { type: decimal, ask: "?", min: 0, max: 4 }
scores:
  x: { title: Integration, aggregate: mean, of: [across] }
  y: { title: Complexity, aggregate: mean, of: [up] }
decisions:
  form:
    title: Form
    outcomes: { light: Light, medium: Medium, intensive: Intensive }
    inputs: [x, y]
    hit_policy: unique
    rules:
      - { id: a, if: ["< 1.5", "-"], then: light, because: "A" }
      - { id: b, if: ["[1.5..3)", "<= 2.7"], then: light, because: "B" }
      - { id: c, if: ["[1.5..3)", "> 2.7"], then: medium, because: "C" }
      - { id: d, if: [">= 3", "< 2"], then: medium, because: "D" }
      - { id: e, if: [">= 3", "[2..3.5)"], then: light, because: "E" }
      - { id: f, if: [">= 3", ">= 3.5"], then: intensive, because: "F" }
exhibits:
  - { id: grid, kind: grid, title: Grid, decision: form, x: x, y: y }
"#;

/// The grid of a client, and what the result says of the decision.
fn drawn(rulebook: &Rulebook, answers: &Answers) -> (Value, String, String) {
    let result = assess(rulebook, answers);
    let brand = Brand::default();
    let matched = MatchedResult::new(rulebook, &result).expect("its own packs");
    let context = ReportContext::new(&matched, &brand);
    let grid = serde_json::to_value(&context.packs[0].exhibits[0].grid).expect("JSON");
    let decision = &result.decisions[0];
    let outcome = decision.outcome.first().map(|one| one.label.clone());
    let rule = decision.rule.clone();
    (grid, outcome.expect("an outcome"), rule.expect("a rule"))
}

/// The cells marked as the client's.
fn marked(grid: &Value) -> Vec<(String, String)> {
    let columns = grid["columns"].as_array().expect("columns");
    let rows = grid["rows"].as_array().expect("rows").iter();
    let cells = rows.flat_map(|row| {
        let cells = row["cells"].as_array().expect("cells").iter().zip(columns);
        let own = cells.filter(|(cell, _)| cell["here"] == true);
        own.map(|(cell, column)| {
            let place = format!(
                "{}, {}",
                column.as_str().expect("a band"),
                row["band"].as_str().expect("a band")
            );
            (
                cell["outcome"].as_str().expect("an outcome").to_owned(),
                place,
            )
        })
    });
    cells.collect()
}

fn at(rulebook: &Rulebook, across: f64, up: f64) -> (Value, String, String) {
    let crowd = Crowd::new().own(&format!("across: {across}, up: {up}"));
    drawn(rulebook, &crowd.merge(rulebook).good())
}

#[test]
fn the_cell_marked_is_that_of_the_rule_that_decided_wherever_a_client_stands() {
    let rulebook = pack(BODY).good();
    let near = |cut: f64| {
        [
            cut - 1e-3,
            cut - 1e-8,
            cut - 1e-10,
            cut,
            cut + 1e-10,
            cut + 1e-8,
        ]
    };
    let mut places: Vec<f64> = (0..=16).map(|nth| f64::from(nth) * 0.25).collect();
    places.extend([1.5, 2.0, 2.7, 3.0, 3.5].into_iter().flat_map(near));
    for across in &places {
        for up in &places {
            let (grid, outcome, rule) = at(&rulebook, *across, *up);
            let cells = marked(&grid);
            assert_eq!(cells.len(), 1, "{across} {up}");
            assert_eq!(cells[0].0, outcome, "{across} {up}: `{rule}` decides");
        }
    }
}

#[test]
fn a_client_between_two_steps_is_not_rounded_into_another_cell() {
    let rulebook = pack(BODY).good();
    let (grid, outcome, rule) = at(&rulebook, 2.8, 2.6);
    assert_eq!((outcome.as_str(), rule.as_str()), ("Light", "b"));
    let cells = marked(&grid);
    assert_eq!(cells[0].1, "1.5 to below 3, 2 to 2.7");
}

#[test]
fn bands_are_labelled_as_the_rules_cut_them() {
    let rulebook = pack(BODY).good();
    let (grid, _, _) = at(&rulebook, 1.0, 1.0);
    assert_eq!(
        grid["columns"],
        serde_json::json!(["below 1.5", "1.5 to below 3", "3 and above"])
    );
    let rows = grid["rows"].as_array().expect("rows");
    let labels: Vec<&str> = rows.iter().filter_map(|row| row["band"].as_str()).collect();
    assert_eq!(
        labels,
        [
            "3.5 and above",
            "above 2.7 to below 3.5",
            "2 to 2.7",
            "below 2"
        ]
    );
}

#[test]
fn named_choices_are_bands_of_their_own() {
    let body = r#"
sections:
  s:
    title: S
    questions:
      kind: { type: select_one, ask: "?", label: Kind, choices: [ { value: a, label: "Alone" }, { value: b, label: "Bound" }, { value: c, label: "Close" } ] }
      up: { type: decimal, ask: "?", label: Height, min: 0, max: 4 }
decisions:
  form:
    title: Form
    outcomes: { light: Light, medium: Medium }
    inputs: [kind, up]
    hit_policy: first
    rules:
      - { id: one, if: ["b", ">= 2"], then: medium, because: "A" }
      - { id: two, if: ["-", "-"], then: light, because: "B" }
exhibits:
  - { id: grid, kind: grid, title: Grid, decision: form, x: kind, y: up }
"#;
    let rulebook = pack(body).good();
    for (kind, up, outcome, column) in [
        ("a", 3.0, "Light", "Alone"),
        ("b", 3.0, "Medium", "Bound"),
        ("b", 1.99, "Light", "Bound"),
        ("c", 3.0, "Light", "Close"),
    ] {
        let crowd = Crowd::new().own(&format!("kind: {kind}, up: {up}"));
        let (grid, said, _) = drawn(&rulebook, &crowd.merge(&rulebook).good());
        let cells = marked(&grid);
        assert_eq!((said.as_str(), cells.len()), (outcome, 1));
        assert_eq!(cells[0].0, outcome);
        assert!(cells[0].1.starts_with(column), "{}", cells[0].1);
    }
}
