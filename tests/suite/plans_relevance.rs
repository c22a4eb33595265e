//! Plans where steps bring questions in or take them out, each held against every set of raises.

use super::plans_shortest::checked;
use centricity::answers::Answer;

fn pack(questions: &str, when: &str, levels: &str) -> String {
    format!(
        "format: 1
id: p
version: 1.0.0
title: P
sections:
  s:
    title: S
    questions:
{questions}
gates:
  g: {{ title: G, when: {when}, because: x }}
ladders:
  l:
{levels}
"
    )
}

fn rating(id: &str, relevant: &str) -> String {
    let relevant = match relevant {
        "" => String::new(),
        when => format!(", relevant: {when}"),
    };
    format!(
        "      {id}: {{ type: rating, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c }}{relevant} }}\n"
    )
}

#[test]
fn a_part_of_a_gate_that_is_out_takes_no_step() {
    let questions = [
        rating("q0", ""),
        rating("q2", ""),
        rating("q3", ""),
        rating("q4", r#"{ q3: "< 1" }"#),
    ];
    let when = r#"{ all: [ { q2: "< 1.5" }, { q4: "< 1.5" } ] }"#;
    let levels = "    of: q0
    measure: index
    levels:
      - { id: l0 }
      - { id: l1, from: 25, every: { of: [q4], at_least: 25 }, gates: [g] }";
    let text = pack(&questions.concat(), when, levels);
    let rated = |anchor: u32| Answer::rated(f64::from(anchor), 1 << anchor);
    let out = [rated(0), Answer::MISSING, rated(1), Answer::MISSING];
    checked(&text, &out, None).unwrap();
    let both = [rated(0), rated(2), rated(0), rated(2)];
    checked(&text, &both, None).unwrap();
}

#[test]
fn what_an_answer_to_come_may_bring_in_can_be_raised_already() {
    let questions = [
        rating("q0", ""),
        rating(
            "q1",
            r#"{ all: [ { q0: "< 1.5" }, { q0: "not applicable" } ] }"#,
        ),
    ];
    let when = r#"{ all: [ { q0: "< 1" }, { q0: ">= 0.5" } ] }"#;
    let levels = r"    of: q1
    measure: index
    levels:
      - { id: l0 }
      - { id: l1, from: 25 }
      - { id: l2, from: 50, every: { of: [q0], at_least: 0 }, gates: [g] }";
    let text = pack(&questions.concat(), when, levels);
    checked(&text, &[Answer::MISSING, Answer::rated(0.0, 1)], None).unwrap();
}
