//! The worked example E1 of the scoring rules, figure by figure.

use super::workshop::{Outcome, Scored, based, pack, round, same, scored_on};
use centricity::answers::Answers;
use centricity::rules::rulebook::Rulebook;

/// Three core dimensions of equal weight; the gates of levels 3 to 5 are one rating each.
const PACK: &str = r#"
sections:
  d-a: { title: A, score: { aggregate: mean }, questions: { a1: &q { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }, a2: *q, a3: *q, a4: *q } }
  d-b: { title: B, score: { aggregate: mean }, questions: { b1: *q, b2: *q, b3: *q, b4: *q } }
  d-c: { title: C, score: { aggregate: mean }, questions: { c1: *q, c2: *q, c3: *q, c4: *q } }
  gates: { title: G, questions: { named: *q, owned: *q, profit: *q } }
scores:
  overall: { aggregate: mean, of: [d-a, d-b, d-c] }
  floor: { aggregate: min, of: [d-a, d-b, d-c] }
gates:
  g1: { title: "A named person", when: { named: ">= 2" }, because: "x" }
  g2: { title: "An owner", when: { owned: ">= 2" }, because: "x" }
  g3: { title: "Profit known", when: { profit: ">= 2" }, because: "x" }
ladders:
  level:
    of: overall
    measure: index
    levels:
      - { id: inside-out }
      - { id: attentive, from: 25 }
      - { id: structured, from: 50, every: { of: [d-a, d-b, d-c], at_least: 25 }, gates: [g1, g2] }
      - { id: aligned, from: 75, every: { of: [d-a, d-b, d-c], at_least: 50 }, gates: [g3] }
      - { id: customer-led, from: 90, every: { of: [d-a, d-b, d-c], at_least: 75 }, basis: evidenced }
"#;

const A_AND_B: &str = r#"
  a1: { value: 3, evidence: { grade: document } }, a2: { value: 4, evidence: { grade: interview } },
  a3: { value: 2, evidence: { grade: none } }, a4: unknown,
  b1: { value: 4, evidence: { grade: record } }, b2: { value: 3, evidence: { grade: record } },
  b3: { not_applicable: "one site" }, b4: { value: 4, evidence: { grade: confirmed } },
  c1: { value: 1, evidence: { grade: document } }, c2: { value: 0, evidence: { grade: document } },
  c3: { value: 2, evidence: { grade: interview } },
  named: { value: 2, evidence: { grade: document } }, owned: { value: 2, evidence: { grade: document } }"#;

fn example(last: u8) -> Scored {
    let given = format!("{A_AND_B}, c4: {{ value: {last}, evidence: {{ grade: document }} }}");
    scored_on(PACK, "evidenced", &given)
}

fn rulebook_and_answers(basis: &str, given: &str) -> (Rulebook, Outcome<Answers>) {
    let rulebook = pack(PACK).good();
    let answers = based(&rulebook, basis, given);
    (rulebook, answers)
}

#[test]
fn each_dimension_has_its_evidenced_value_range_and_coverage() {
    let it = example(1);
    // D-A: 3, min(4, 2), 2 and one open of 4: 7/3; low 7/4, high 11/4; three of four rated.
    same(it.four("d-a"), [2.3333, 1.75, 2.75, 0.75]);
    // D-B: 4, 3, 4, one not applicable: 11/3 with nothing open.
    same(it.four("d-b"), [3.6667, 3.6667, 3.6667, 1.0]);
    // D-C: (1 + 0 + 2 + 1) / 4.
    same(it.four("d-c"), [1.0, 1.0, 1.0, 1.0]);
    same(
        [it.index("d-a"), it.index("d-b"), it.index("d-c")],
        [58.3333, 91.6667, 25.0],
    );
}

#[test]
fn what_was_claimed_stands_beside_what_is_evidenced() {
    let it = example(1);
    let claimed = it
        .evaluation
        .claimed
        .as_ref()
        .expect("evidence caps one rating");
    let of = |id: &str| claimed[it.rulebook.find(&format!("p.{id}")).unwrap()].value;
    // D-A claimed (3 + 4 + 2) / 3; the others as evidenced. The proof gap is 2/3.
    same([of("d-a"), round(of("d-b")), of("d-c")], [3.0, 3.6667, 1.0]);
    same([round(of("d-a") - it.reading("d-a").value)], [0.6667]);
}

#[test]
fn the_overall_index_the_floor_and_the_range_come_out() {
    let it = example(1);
    // (7/3 + 11/3 + 1) / 3 = 7/3, index 58.33; low (1.75 + 3.6667 + 1) / 3, high (2.75 + ...) / 3.
    same(it.four("overall"), [2.3333, 2.1389, 2.4722, 0.9167]);
    let overall = it.reading("overall");
    let index = |value: f64| (overall.index(value) * 10.0).round() / 10.0;
    same(
        [
            index(overall.value),
            index(overall.low),
            index(overall.high),
        ],
        [58.3, 53.5, 61.8],
    );
    same([it.index("floor")], [25.0]);
}

#[test]
fn the_level_is_three_and_certain_since_a_floor_just_met_is_met() {
    let it = example(1);
    assert_eq!(it.held("level"), ["structured"]);
    assert_eq!(it.possible("level"), ["structured"]);
}

#[test]
fn with_a_zero_in_d_c_the_level_is_two() {
    let it = example(0);
    // D-C (1 + 0 + 2 + 0) / 4 = 0.75, index 18.75 < 25; overall (7/3 + 11/3 + 0.75) / 3 = 2.25.
    same([it.index("d-c"), it.index("overall")], [18.75, 56.25]);
    assert_eq!(it.held("level"), ["attentive"]);
    assert_eq!(it.possible("level"), ["attentive"]);
}

#[test]
fn an_unproven_gate_holds_the_level_and_is_not_certain() {
    let given = A_AND_B.replace(
        "named: { value: 2, evidence: { grade: document } }",
        "named: unknown",
    );
    let it = scored_on(PACK, "evidenced", &format!("{given}, c4: 1"));
    assert_eq!(it.held("level"), ["attentive"]);
    assert_eq!(it.possible("level"), ["attentive", "structured"]);
}

#[test]
fn perception_caps_nothing_and_claims_nothing_apart() {
    let (rulebook, answers) = rulebook_and_answers("perception", &format!("{A_AND_B}, c4: 1"));
    let it = Scored::new(&rulebook, &answers.good());
    same([it.value("d-a")], [3.0]);
    assert!(it.evaluation.claimed.is_none());
}
