//! Models the engine was not made for, written as packs; every figure is worked by hand.

use super::workshop::{rating, round, same, scored};

#[test]
fn a_weighted_mean_leaves_unknowns_out() {
    let body = format!(
        "sections:\n  s:\n    title: S\n    score: {{ aggregate: mean }}\n    questions:\n{}{}{}{}",
        rating("a", "weight: 3"),
        rating("b", "weight: 2"),
        rating("c", ""),
        rating("d", "weight: 4")
    );
    let it = scored(&body, "a: 4, b: 1, c: unknown, d: { not_applicable: none }");
    // (3*4 + 2*1) / 5 = 2.8; low 14/6, high (14 + 4)/6 = 3; coverage 5/6, d is out.
    same(it.four("s"), [2.8, 2.3333, 3.0, 0.8333]);
    same([it.index("s")], [70.0]);
}

/// A practice of two streams, each with three questions of 0, 0.25, 0.5 or 1 point, one per level.
fn practice(id: &str) -> String {
    let choices = "choices: [ { value: no, label: No, score: 0 }, { value: some, label: Some, score: 0.25 }, \
        { value: most, label: Most, score: 0.5 }, { value: full, label: Full, score: 1 } ]";
    let question =
        |name: &str| format!("      {name}: {{ type: select_one, ask: \"?\", {choices} }}\n");
    let names = ["a1", "a2", "a3", "b1", "b2", "b3"].map(|name| format!("{id}-{name}"));
    format!(
        "  {id}-s:\n    title: T\n    questions:\n{}",
        names.map(|name| question(&name)).concat()
    )
}

fn practice_scores(id: &str) -> String {
    let stream = |s: &str| {
        format!("  {id}-{s}: {{ aggregate: sum, of: [{id}-{s}1, {id}-{s}2, {id}-{s}3] }}\n")
    };
    format!(
        "{}{}  {id}: {{ aggregate: mean, of: [{id}-a, {id}-b] }}\n",
        stream("a"),
        stream("b")
    )
}

fn three_practices() -> String {
    let ids = ["x", "y", "z"];
    let sections: String = ids.map(practice).concat();
    let scores: String = ids.map(practice_scores).concat();
    format!(
        "sections:\n{sections}scores:\n{scores}  function: {{ aggregate: mean, of: [x, y, z] }}\n"
    )
}

#[test]
fn practices_sum_their_levels_and_the_function_is_their_mean() {
    let given = "x-a1: full, x-a2: most, x-a3: some, x-b1: full, x-b2: no, x-b3: no, \
        y-a1: full, y-a2: full, y-a3: full, y-b1: full, y-b2: full, y-b3: most, \
        z-a1: some, z-a2: no, z-a3: no, z-b1: no, z-b2: no, z-b3: no";
    let it = scored(&three_practices(), given);
    // x: streams 1 + 0.5 + 0.25 = 1.75 and 1, mean 1.375; y: 3 and 2.5, 2.75; z: 0.25 and 0, 0.125.
    same(
        [it.value("x"), it.value("y"), it.value("z")],
        [1.375, 2.75, 0.125],
    );
    // (1.375 + 2.75 + 0.125) / 3 = 4.25 / 3, on a scale of 0 to 3.
    same(it.four("function"), [1.4167, 1.4167, 1.4167, 1.0]);
    same(
        [it.reading("function").least, it.reading("function").most],
        [0.0, 3.0],
    );
}

#[test]
fn an_open_level_is_prorated_within_its_stream() {
    let given = "x-a1: full, x-a2: most, x-b1: full, x-b2: no, x-b3: no";
    let it = scored(&three_practices(), given);
    // Stream a: 1.5 of 2 points known, put on 3: 2.25; the third level may bring 0 to 1 point.
    same(it.four("x-a"), [2.25, 1.5, 2.5, 0.6667]);
    // Practice x: (2.25 + 1) / 2; coverage (2/3 + 1) / 2.
    same(it.four("x"), [1.625, 1.25, 1.75, 0.8333]);
    // The function knows one practice of three: value 1.625, low 1.25/3, high (1.75 + 3 + 3)/3.
    same(it.four("function"), [1.625, 0.4167, 2.5833, 0.2778]);
}

/// Levels by the first rule that matches shares of practices done at each level.
fn gated() -> String {
    let ids = ["a1", "a2", "b1", "b2", "c1", "c2"];
    let questions: String = ids.map(|id| rating(id, "")).concat();
    let share = |level: &str| {
        format!("  {level}: {{ aggregate: share, of: [{level}1, {level}2], test: \">= 2\" }}\n")
    };
    let sections = format!("sections:\n  s:\n    title: S\n    questions:\n{questions}");
    let rules = r#"decisions:
  level:
    outcomes: [none, performed, managed, defined]
    inputs: [a, b, c]
    hit_policy: first
    rules:
      - { id: not-performed, if: ["< 1", "-", "-"], then: none, because: "level 1 is not full" }
      - { id: not-managed, if: ["-", "< 0.5", "-"], then: performed, because: "level 2 is not largely there" }
      - { id: partly-managed, if: ["-", "< 1", "-"], then: managed, because: "level 2 is largely there" }
      - { id: not-defined, if: ["-", "-", "< 0.5"], then: managed, because: "level 3 is not largely there" }
      - { id: all, if: ["-", "-", "-"], then: defined, because: "all there" }
"#;
    format!(
        "{sections}scores:\n{}{rules}",
        ["a", "b", "c"].map(share).concat()
    )
}

#[test]
fn a_gated_level_is_the_first_rule_that_matches() {
    let level = |given: &str| scored(&gated(), given).held("level").join(" ");
    assert_eq!(level("a1: 2, a2: 1, b1: 4, b2: 4, c1: 4, c2: 4"), "none");
    assert_eq!(
        level("a1: 2, a2: 2, b1: 1, b2: 1, c1: 4, c2: 4"),
        "performed"
    );
    // Half of level 2 counts as largely: the lower level decides before the full third is looked at.
    assert_eq!(level("a1: 2, a2: 2, b1: 2, b2: 1, c1: 4, c2: 4"), "managed");
    assert_eq!(level("a1: 2, a2: 2, b1: 2, b2: 2, c1: 1, c2: 1"), "managed");
    assert_eq!(level("a1: 2, a2: 2, b1: 2, b2: 2, c1: 2, c2: 1"), "defined");
}

#[test]
fn a_gated_level_is_certain_as_soon_as_a_rule_cannot_be_passed() {
    let it = scored(&gated(), "a1: 0, a2: unknown, b1: 4, b2: 4, c1: 4, c2: 4");
    // Half of level 1 can no longer be full, whatever a2 is.
    assert_eq!(
        (it.held("level"), it.possible("level")),
        (vec!["none"], vec!["none"])
    );
    let it = scored(&gated(), "a1: 2, a2: 2, b1: 4, b2: unknown, c1: 0, c2: 0");
    // b is 0.5 or 1: `managed` by either of two rules, so the outcome is certain and the rule is not.
    assert_eq!(
        (it.held("level"), it.possible("level")),
        (vec!["managed"], vec!["managed"])
    );
    assert_eq!(it.reading("level").by, None);
    let it = scored(&gated(), "a1: 2, a2: 2, b1: 0, b2: unknown, c1: 4, c2: 4");
    assert_eq!(
        (it.held("level"), it.possible("level")),
        (vec![], vec!["performed", "managed"])
    );
}

#[test]
fn points_and_penalties_make_a_score_below_nothing() {
    let body = r#"
sections:
  s:
    title: S
    questions:
      gain: { type: integer, min: 0, max: 10, ask: "?" }
      loss: { type: integer, min: -5, max: 0, ask: "?" }
scores:
  net: { aggregate: sum, of: [gain, loss], weights: { loss: 2 } }
"#;
    let it = scored(body, "gain: 3, loss: -4");
    // 3 - 2*4 on a scale from -10 to 10.
    same(it.four("net"), [-5.0, -5.0, -5.0, 1.0]);
    same([it.index("net")], [25.0]);
    let it = scored(body, "gain: 3");
    // 3 of 10 known, so 0.3 of the whole: -10 + 0.3 * 20 = -4; the loss may take up to 10.
    same(it.four("net"), [-4.0, -7.0, 3.0, 0.3333]);
    same([round(it.reading("net").low)], [-7.0]);
}
