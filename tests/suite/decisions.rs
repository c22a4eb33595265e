//! Decisions, caps, gates and ladders: what comes out, and what may still come out.

use super::workshop::{answers, based, pack, rating, ratings, same, scored, scored_on};
use centricity::assess::{evaluate, evaluate_with_trace};
use centricity::rules::Truth::{False, True, Unknown};
use centricity::rules::vocabulary::State;

fn table(policy: &str, rules: &str) -> String {
    format!(
        "{}decisions:\n  d:\n    outcomes: [none, light, heavy]\n    inputs: [a, b]\n    hit_policy: {policy}\n    rules:\n{rules}",
        ratings(&["a", "b"])
    )
}

const UNIQUE: &str = r#"      - { id: r1, if: ["< 2", "-"], then: none, because: x }
      - { id: r2, if: [">= 2", "< 3"], then: light, because: x }
      - { id: r3, if: [">= 2", ">= 3"], then: heavy, because: x }
"#;

#[test]
fn a_unique_table_gives_the_rule_that_matches() {
    let rule = |given: &str| {
        let it = scored(&table("unique", UNIQUE), given);
        (it.held("d").join(" "), it.reading("d").by)
    };
    assert_eq!(rule("a: 1, b: 4"), ("none".to_owned(), Some(0)));
    assert_eq!(rule("a: 2, b: 2"), ("light".to_owned(), Some(1)));
    assert_eq!(rule("a: 2, b: 3"), ("heavy".to_owned(), Some(2)));
}

#[test]
fn a_table_says_what_is_still_possible() {
    let it = scored(&table("unique", UNIQUE), "a: 3");
    assert_eq!(
        (it.held("d"), it.possible("d")),
        (vec![], vec!["light", "heavy"])
    );
    let it = scored(&table("unique", UNIQUE), "b: 1");
    assert_eq!(it.possible("d"), ["none", "light"]);
    let it = scored(&table("unique", UNIQUE), "a: 1");
    assert_eq!(
        (it.held("d"), it.possible("d")),
        (vec!["none"], vec!["none"])
    );
    assert_eq!(
        scored(&table("unique", UNIQUE), "").possible("d"),
        ["none", "light", "heavy"]
    );
}

#[test]
fn a_table_whose_input_does_not_apply_does_not_apply_unless_a_rule_tests_for_that() {
    let out = "a: 1, b: { not_applicable: none }";
    let it = scored(&table("unique", UNIQUE), out);
    assert_eq!(
        (it.reading("d").state, it.held("d"), it.possible("d")),
        (State::NotApplicable, vec![], vec![])
    );
    let tests = format!(
        "{}{}",
        UNIQUE.replace("if: [\"< 2\", \"-\"]", "if: [\"< 2\", \"<= 4\"]"),
        "      - { id: r4, if: [\"-\", \"not applicable\"], then: light, because: x }\n"
    );
    let it = scored(&table("unique", &tests), out);
    assert_eq!(
        (it.held("d"), it.possible("d")),
        (vec!["light"], vec!["light"])
    );
    // An open answer may still say so.
    let it = scored(&table("unique", &tests), "a: 1");
    assert_eq!(
        (it.held("d"), it.possible("d")),
        (vec!["none"], vec!["none", "light"])
    );
    assert!(it.reading("d").coverage < 1.0);
}

#[test]
fn a_table_that_tests_for_not_applicable_is_proven_there_too() {
    let gap = UNIQUE.replace("if: [\"< 2\", \"-\"]", "if: [\"< 2\", \"<= 4\"]");
    let row = "      - { id: r4, if: [\">= 3\", \"not applicable\"], then: light, because: x }\n";
    let codes = pack(&table("unique", &format!("{gap}{row}"))).codes();
    assert_eq!(codes, ["table-gap"]);
    let codes = pack(&table(
        "unique",
        &format!("{UNIQUE}{}", row.replace(">= 3", "-")),
    ))
    .codes();
    assert_eq!(codes, ["table-overlap"]);
    let never = table("unique", &format!("{UNIQUE}{row}"));
    let never = never.replace(
        "b: { type: rating,",
        "b: { type: rating, not_applicable: never,",
    );
    assert_eq!(pack(&never).codes(), ["invalid-test"]);
}

#[test]
fn the_first_rule_that_matches_counts_and_an_open_one_before_it_blocks() {
    let rules = r#"      - { id: r1, if: ["-", "4"], then: heavy, because: x }
      - { id: r2, if: [">= 2", "-"], then: light, because: x }
      - { id: r3, if: ["-", "-"], then: none, because: x }
"#;
    let it = scored(&table("first", rules), "a: 4, b: 4");
    assert_eq!((it.held("d"), it.reading("d").by), (vec!["heavy"], Some(0)));
    assert_eq!(
        scored(&table("first", rules), "a: 4, b: 3").held("d"),
        ["light"]
    );
    assert_eq!(
        scored(&table("first", rules), "a: 1, b: 3").held("d"),
        ["none"]
    );
    let it = scored(&table("first", rules), "a: 4");
    assert_eq!(
        (it.held("d"), it.possible("d")),
        (vec![], vec!["light", "heavy"])
    );
}

#[test]
fn a_collecting_table_gives_every_outcome_that_holds() {
    let rules = r#"      - { id: r1, if: [">= 2", "-"], then: light, because: x }
      - { id: r2, if: ["-", ">= 2"], then: heavy, because: x }
      - { id: r3, if: ["4", "-"], then: light, because: x }
"#;
    let held = |given: &str| scored(&table("collect", rules), given).held("d").join(" ");
    assert_eq!(held("a: 4, b: 4"), "light heavy");
    assert_eq!(held("a: 1, b: 4"), "heavy");
    assert_eq!(held("a: 1, b: 1"), "");
    let it = scored(&table("collect", rules), "a: 2");
    assert_eq!(
        (it.held("d"), it.possible("d")),
        (vec!["light"], vec!["light", "heavy"])
    );
}

#[test]
fn the_trace_names_each_rule_that_was_tried() {
    let rulebook = pack(&table("unique", UNIQUE)).good();
    let answers = based(&rulebook, "perception", "a: 3").good();
    let trace = evaluate_with_trace(&rulebook, &answers).trace;
    let node = rulebook.find("p.d").unwrap();
    assert_eq!(
        trace.rules,
        [(node, 0, False), (node, 1, Unknown), (node, 2, Unknown)]
    );
}

#[test]
fn ordered_outcomes_and_levels_are_ranks_in_scores() {
    let body = format!(
        "{}  l: {{ aggregate: difference, of: [d, step] }}\nladders:\n  step: {{ of: m, levels: [ {{ id: x }}, {{ id: y, from: 1 }}, {{ id: z, from: 3 }} ] }}\n",
        table("unique", UNIQUE) + "scores:\n  m: { aggregate: min, of: [a, b] }\n"
    );
    // heavy is 2, min(2, 4) = 2 is level y, rank 1.
    same([scored(&body, "a: 2, b: 4").value("l")], [1.0]);
    // With b open the decision is light or heavy, the minimum 0 to 2, so the level x or y.
    let it = scored(&body, "a: 2");
    let low_high = [it.reading("l").low, it.reading("l").high];
    same(low_high, [0.0, 2.0]);
}

fn capped(when: &str) -> String {
    format!(
        "{}scores:\n  x: {{ aggregate: mean, of: [a, b], cap: {{ when: {when}, at: 2, because: x }} }}\n",
        ratings(&["a", "b", "c"])
    )
}

#[test]
fn a_cap_bites_on_its_side_of_the_threshold_and_above_its_height() {
    let body = capped("{ c: \"<= 1\" }");
    same(
        scored(&body, "a: 4, b: 3, c: 1").four("x"),
        [2.0, 2.0, 2.0, 1.0],
    );
    assert_eq!(scored(&body, "a: 4, b: 3, c: 1").reading("x").by, Some(0));
    same(
        scored(&body, "a: 4, b: 3, c: 2").four("x"),
        [3.5, 3.5, 3.5, 1.0],
    );
    assert_eq!(
        scored(&body, "a: 1, b: 1, c: 1").reading("x").by,
        None,
        "it holds nothing down"
    );
}

#[test]
fn a_cap_that_may_bite_lowers_the_range_and_not_the_value() {
    same(
        scored(&capped("{ c: \"<= 1\" }"), "a: 4, b: 3").four("x"),
        [3.5, 2.0, 3.5, 0.6667],
    );
}

#[test]
fn a_blank_answer_never_looks_surer_than_one_that_lets_a_cap_bite() {
    let cap = capped("{ c: \"<= 1\" }");
    let (blank, honest) = (scored(&cap, "a: 4, b: 3"), scored(&cap, "a: 4, b: 3, c: 0"));
    assert!(!blank.reading("x").has_verdict());
    assert!(honest.reading("x").has_verdict());
    // A cap above the value changes nothing, and is one part nobody rated.
    let low = scored(&cap, "a: 2, b: 2");
    assert!(low.value("x") <= 2.0 && !low.reading("x").pending);
}

#[test]
fn of_two_caps_the_lower_holds() {
    let caps = "cap: [ { when: { c: \"<= 2\" }, at: 3, because: x }, { when: { c: \"<= 1\" }, at: 1, because: y } ]";
    let body = format!(
        "{}scores:\n  x: {{ aggregate: max, of: [a, b], {caps} }}\n",
        ratings(&["a", "b", "c"])
    );
    let it = scored(&body, "a: 4, b: 0, c: 1");
    assert_eq!((it.value("x"), it.reading("x").by), (1.0, Some(1)));
    let it = scored(&body, "a: 4, b: 0, c: 2");
    assert_eq!((it.value("x"), it.reading("x").by), (3.0, Some(0)));
}

#[test]
fn a_capped_open_child_holds_the_value_within_the_range() {
    // y is open and at most 1; x knows only a and would say 4, yet cannot pass (4 + 1) / 2.
    let body = format!(
        "{}scores:\n  y: {{ aggregate: mean, of: [b], cap: {{ when: {{ c: \"0\" }}, at: 1, because: x }} }}\n  x: {{ aggregate: mean, of: [a, y] }}\n",
        ratings(&["a", "b", "c"])
    );
    // Without y it could be 4 too, unless y has to apply.
    same(scored(&body, "a: 4, c: 0").four("x"), [4.0, 2.0, 4.0, 0.5]);
    let body = body.replace(
        "b: { type: rating,",
        "b: { type: rating, not_applicable: never,",
    );
    same(scored(&body, "a: 4, c: 0").four("x"), [2.5, 2.0, 2.5, 0.5]);
}

const LADDER: &str = r#"scores:
  x: { aggregate: mean, of: [a, b] }
gates:
  g: { title: G, when: { c: ">= 2" }, because: x }
ladders:
  level:
    of: x
    levels:
      - { id: l1 }
      - { id: l2, from: 1 }
      - { id: l3, from: 2, every: { of: [a, b], at_least: 1 }, gates: [g] }
      - { id: l4, from: 3, basis: evidenced }
"#;

fn ladder() -> String {
    format!("{}{LADDER}", ratings(&["a", "b", "c"]))
}

#[test]
fn a_level_needs_its_threshold_floor_gate_and_basis() {
    let level = |given: &str| scored(&ladder(), given).held("level").join(" ");
    assert_eq!(level("a: 1, b: 0, c: 4"), "l1");
    assert_eq!(level("a: 1, b: 1, c: 4"), "l2");
    assert_eq!(level("a: 4, b: 0, c: 4"), "l2", "the floor");
    assert_eq!(level("a: 3, b: 1, c: 2"), "l3");
    assert_eq!(level("a: 3, b: 1, c: 1"), "l2", "the gate");
    assert_eq!(level("a: 4, b: 4, c: 4"), "l3", "the basis");
    let record = "evidence: { grade: record }";
    let given = format!("a: {{ value: 4, {record} }}, b: {{ value: 4, {record} }}, c: 2");
    assert_eq!(
        scored_on(&ladder(), "evidenced", &given).held("level"),
        ["l4"]
    );
}

#[test]
fn gates_are_met_unmet_or_unproven() {
    let gate = |given: &str| scored(&ladder(), given).gate("g");
    assert_eq!(
        [gate("c: 2"), gate("c: 1"), gate("c: unknown")],
        [True, False, Unknown]
    );
    let it = scored(&ladder(), "a: 3, b: 3");
    assert_eq!(
        (it.held("level"), it.possible("level")),
        (vec!["l2"], vec!["l2", "l3"])
    );
}

#[test]
fn a_level_below_its_own_is_never_skipped() {
    // The threshold of l4 is reached, the floor of l3 is not.
    let record = "evidence: { grade: record }";
    let body = ladder().replace("from: 3,", "from: 2,");
    let given = format!("a: {{ value: 4, {record} }}, b: 0, c: 2");
    assert_eq!(scored_on(&body, "evidenced", &given).held("level"), ["l2"]);
}

#[test]
fn a_floor_on_what_does_not_apply_is_no_floor() {
    assert_eq!(
        scored(&ladder(), "a: 3, b: { not_applicable: n }, c: 2").held("level"),
        ["l3"]
    );
}

#[test]
fn a_ladder_over_what_does_not_apply_has_no_level() {
    let it = scored(
        &ladder(),
        "a: { not_applicable: n }, b: { not_applicable: n }, c: 2",
    );
    assert_eq!(
        (it.reading("level").state, it.held("level")),
        (State::NotApplicable, vec![])
    );
}

#[test]
fn a_level_that_the_low_end_reaches_is_no_verdict_while_too_little_is_answered() {
    let body = format!(
        "{}scores:\n  m: {{ aggregate: mean, of: [a, b, c, d] }}\n\
         gates:\n  g: {{ title: G, when: {{ b: \">= 2\" }}, because: x }}\n\
         ladders:\n  l: {{ of: m, measure: index, levels: [ {{ id: low }}, {{ id: mid, from: 25 }}, {{ id: top, from: 50, gates: [g] }} ] }}\n",
        ratings(&["a", "b", "c", "d"])
    );
    let rulebook = super::workshop::pack(&body).good();
    let ladder = |given: &str| {
        let answers = super::workshop::answers(&rulebook, given).valid();
        let mut levels = centricity::assess::assess(&rulebook, &answers).levels;
        levels.swap_remove(0)
    };
    // One of four at its top: index 25 is certain, and what is above it hangs on an unproven gate.
    let thin = ladder("a: 4");
    assert_eq!((thin.level, thin.coverage), (None, Some(0.25)));
    assert_eq!(thin.possible.len(), 2);
    // The gate is known not to be met: mid it is, whatever c and d turn out to be.
    let certain = ladder("a: 4, b: 0");
    assert!(certain.certain && certain.coverage < Some(0.7));
    assert_eq!(certain.level.map(|one| one.id).as_deref(), Some("mid"));
    let enough = ladder("a: 4, b: unknown, c: 2, d: 2");
    assert_eq!(enough.level.map(|one| one.id).as_deref(), Some("mid"));
}

#[test]
fn too_little_coverage_leaves_the_level_open_unless_the_range_settles_it() {
    let it = scored(&ladder(), "a: 4, c: 4");
    assert_eq!(
        (it.held("level"), it.possible("level")),
        (vec![], vec!["l2", "l3"])
    );
    // With a 0 the mean is at most 2 and the floor of l3 missed; at least 0.
    let it = scored(&ladder(), "a: 0, c: 4");
    assert_eq!(it.possible("level"), ["l1", "l2"]);
}

/// `q` is out while `b` is 1 and comes back with its 0 once `a` turns out to be 0, which makes `b`
/// irrelevant; either way the ladder over it can never leave its lowest level.
#[test]
fn a_ladder_over_what_may_come_back_keeps_the_range_it_has() {
    let text = "sections:\n  s:\n    title: S\n    questions:\n".to_owned()
        + &rating("a", "")
        + &rating("b", "relevant: { a: \">= 1\" }")
        + &rating(
            "q",
            "relevant: { any: [ { b: \">= 2\" }, { b: \"< 1\" } ] }",
        )
        + "ladders:\n  l: { of: q, levels: [ { id: low }, { id: high, from: 2 } ] }\n";
    let rulebook = pack(&text).good();
    let given = answers(&rulebook, "q: 0, b: 1").valid();
    let ladder = rulebook.find("p.l").expect("the ladder");
    let reading = evaluate(&rulebook, &given).readings[ladder];
    assert_eq!((reading.possible, reading.low, reading.high), (1, 0.0, 0.0));
}

/// `q` is out while `b` is 2, and would come back with its 1, which reaches the floor; `a` does not
/// apply, so nobody can ever say whether `b` matters.
#[test]
fn a_floor_under_what_may_come_back_is_held_to_what_it_would_be() {
    let text = "sections:\n  s:\n    title: S\n    questions:\n".to_owned()
        + &rating("a", "")
        + &rating("b", "relevant: { a: \">= 1\" }")
        + &rating("q", "relevant: { b: \"< 2\" }")
        + &rating("r", "")
        + "ladders:\n  l: { of: r, levels: [ { id: low }, { id: high, from: 2, every: { of: [q], at_least: 1 } } ] }\n";
    let rulebook = pack(&text).good();
    let given = answers(&rulebook, "a: { not_applicable: x }, b: 2, q: 1, r: 3").valid();
    let ladder = rulebook.find("p.l").expect("the ladder");
    let reading = evaluate(&rulebook, &given).readings[ladder];
    assert_eq!((reading.possible, reading.sure), (2, 2));
}

#[test]
fn an_outcome_always_has_its_reason() {
    let body = format!(
        "{}decisions:\n  d:\n    outcomes: [low, high]\n    inputs: [a]\n    hit_policy: unique\n    rules:\n\
         \u{20}     - {{ id: none, if: [\"< 1\"], then: low, because: \"There is none.\" }}\n\
         \u{20}     - {{ id: some, if: [\"[1..3)\"], then: high, because: \"There is some\" }}\n\
         \u{20}     - {{ id: all, if: [\">= 3\"], then: high, because: \"All of it is there\" }}\n\
         \u{20} both:\n    outcomes: [left, right]\n    inputs: [a, b]\n    hit_policy: collect\n    rules:\n\
         \u{20}     - {{ id: l, if: [\">= 1\", \"-\"], then: left, because: \"On the left.\" }}\n\
         \u{20}     - {{ id: r, if: [\"-\", \">= 1\"], then: right, because: \"On the right\" }}\n",
        ratings(&["a", "b"])
    )
    // Only some questions take a mean of several people; a score has one too.
    .replace("inputs: [a]", "inputs: [m]")
        + "scores:\n  m: { aggregate: max, of: [a, b] }\n";
    let rulebook = super::workshop::pack(&body).good();
    let decided = |given: &str| {
        let answers = super::workshop::answers(&rulebook, given).valid();
        centricity::assess::assess(&rulebook, &answers).decisions
    };
    let one = |given: &str| decided(given).swap_remove(0);
    let open = one("a: 2");
    assert_eq!((open.outcome[0].id.as_str(), open.rule), ("high", None));
    assert_eq!(
        open.because.as_deref(),
        Some(
            "Either “There is some” or “All of it is there”. Which of them holds is open; the verdict is the same"
        )
    );
    let known = one("a: 2, b: 4");
    assert_eq!(known.rule.as_deref(), Some("all"));
    assert_eq!(known.because.as_deref(), Some("All of it is there"));
    assert_eq!(one("b: unknown").because, None, "nothing came out");
    let both = decided("a: 2, b: 2").swap_remove(1);
    assert_eq!(both.because.as_deref(), Some("On the left; On the right"));
}

#[test]
fn a_gate_nobody_can_prove_refuses_the_level_for_good_and_an_open_one_leaves_it_open() {
    let header = "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nuses: { other: { version: \"^1\", optional: true } }\n";
    let text = format!(
        "{header}{}scores:\n  m: {{ aggregate: mean, of: [a, b] }}\n\
         gates:\n  away: {{ title: G, when: {{ other.x: \">= 2\" }}, because: x }}\n\
         \u{20} here: {{ title: H, when: {{ c: \">= 2\" }}, because: x }}\n\
         ladders:\n  of-away: {{ of: m, levels: [ {{ id: low }}, {{ id: top, from: 1, gates: [away] }} ] }}\n\
         \u{20} of-here: {{ of: m, levels: [ {{ id: low }}, {{ id: top, from: 1, gates: [here] }} ] }}\n",
        ratings(&["a", "b", "c"])
    );
    let rulebook = super::workshop::linked(&[&[("pack.yaml", &text)]]).good();
    let level = |place: usize, c: &str| {
        let answers = super::workshop::answers(&rulebook, &format!("a: 3, b: 3{c}")).valid();
        let mut result = centricity::assess::assess(&rulebook, &answers);
        let level = result.levels.swap_remove(place);
        let ids = |list: Vec<centricity::assess::Named>| -> Vec<String> {
            list.into_iter().map(|one| one.id).collect()
        };
        (
            ids(level.level.into_iter().collect()),
            ids(level.possible),
            level.certain,
        )
    };
    let names = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let (low, top, either) = (names(&["low"]), names(&["top"]), names(&["low", "top"]));
    // What no pack of the assessment asks stays unproven whatever is answered.
    assert_eq!(level(0, ""), (low.clone(), low.clone(), true));
    // What is left open, or unknown, may yet be shown.
    assert_eq!(level(1, ""), (low.clone(), either.clone(), false));
    assert_eq!(level(1, ", c: unknown"), (low.clone(), either, false));
    assert_eq!(level(1, ", c: 1"), (low.clone(), low, true));
    assert_eq!(level(1, ", c: 2"), (top.clone(), top.clone(), true));
    // Out is closed: the gate holds nothing.
    assert_eq!(
        level(1, ", c: { not_applicable: w }"),
        (top.clone(), top, true)
    );
}
