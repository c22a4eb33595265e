//! The proof of decision tables against trying every point.

use super::workshop::{Outcome, pack};
use centricity::rules::rulebook::Rulebook;
use proptest::prelude::*;
use std::fmt::Write as _;

/// The highest value of every input.
const TOP: u8 = 4;

/// A cell as written, with the numbers it lets pass.
#[derive(Debug, Clone, Copy)]
struct Cell {
    form: u8,
    from: u8,
    to: u8,
}

impl Cell {
    fn text(self) -> String {
        let Self { form, from, to } = self;
        match form {
            0 => "-".to_owned(),
            1 => format!("{from}"),
            2 => format!(">= {from}"),
            3 => format!("<= {from}"),
            4 => format!("[{from}..{to}]"),
            _ => format!("[{from}..{to})"),
        }
    }

    fn passes(self, value: u8) -> bool {
        let Self { form, from, to } = self;
        match form {
            0 => true,
            1 => value == from,
            2 => value >= from,
            3 => value <= from,
            4 => (from..=to).contains(&value),
            _ => (from..to).contains(&value),
        }
    }
}

fn cell() -> impl Strategy<Value = Cell> {
    (0..6_u8, 0..TOP, 1..=TOP).prop_map(|(form, from, step)| Cell {
        form,
        from,
        to: (from + step).min(TOP),
    })
}

fn tables() -> impl Strategy<Value = Vec<Vec<Cell>>> {
    (1..4_usize)
        .prop_flat_map(|inputs| prop::collection::vec(prop::collection::vec(cell(), inputs), 1..7))
}

fn linked(rules: &[Vec<Cell>], policy: &str) -> Outcome<Rulebook> {
    let inputs = rules[0].len();
    let mut text = "sections:\n  s:\n    title: S\n    questions:\n".to_owned();
    for input in 0..inputs {
        writeln!(
            text,
            "      i{input}: {{ type: integer, min: 0, max: {TOP}, ask: \"?\" }}"
        )
        .unwrap();
    }
    let names = (0..inputs)
        .map(|input| format!("i{input}"))
        .collect::<Vec<_>>()
        .join(", ");
    writeln!(text, "decisions:\n  d:\n    outcomes: [x, y]\n    inputs: [{names}]\n    hit_policy: {policy}\n    rules:").unwrap();
    for (place, cells) in rules.iter().enumerate() {
        let cells = cells
            .iter()
            .map(|cell| format!("\"{}\"", cell.text()))
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(
            text,
            "      - {{ id: r{place}, if: [{cells}], then: x, because: x }}"
        )
        .unwrap();
    }
    pack(&text)
}

fn points(inputs: usize) -> Vec<Vec<u8>> {
    (0..inputs).fold(vec![vec![]], |list, _| {
        list.iter()
            .flat_map(|point| (0..=TOP).map(|value| [point.as_slice(), &[value]].concat()))
            .collect()
    })
}

fn matching(rules: &[Vec<Cell>], point: &[u8]) -> Vec<usize> {
    let matches = |cells: &Vec<Cell>| {
        cells
            .iter()
            .zip(point)
            .all(|(cell, value)| cell.passes(*value))
    };
    rules
        .iter()
        .enumerate()
        .filter(|(_, cells)| matches(cells))
        .map(|(place, _)| place)
        .collect()
}

/// The point named in a message: `i0` = 2, `i1` = 0.
fn named(message: &str) -> Vec<u8> {
    message
        .split(" = ")
        .skip(1)
        .map(|part| part[..1].parse().unwrap())
        .collect()
}

fn messages(outcome: &Outcome<Rulebook>, code: &str) -> Vec<String> {
    let of_code = outcome
        .problems
        .iter()
        .filter(|it| it.code.as_str() == code);
    of_code.map(|it| it.message.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_unique_table_is_proven_as_if_every_point_were_tried(rules in tables()) {
        let outcome = linked(&rules, "unique");
        let hits: Vec<Vec<usize>> = points(rules[0].len()).iter().map(|point| matching(&rules, point)).collect();
        let gaps = messages(&outcome, "table-gap");
        prop_assert_eq!(gaps.is_empty(), hits.iter().all(|hits| !hits.is_empty()));
        for gap in gaps {
            prop_assert!(matching(&rules, &named(&gap)).is_empty(), "{}", gap);
        }
        let overlaps = messages(&outcome, "table-overlap");
        prop_assert_eq!(overlaps.is_empty(), hits.iter().all(|hits| hits.len() < 2));
        for overlap in overlaps {
            let both = matching(&rules, &named(&overlap));
            let told = both.iter().filter(|place| overlap.contains(&format!("`r{place}`"))).count();
            prop_assert_eq!(told, 2, "{}", overlap);
        }
    }

    #[test]
    fn a_first_table_has_no_gap_and_no_rule_out_of_reach(rules in tables()) {
        let outcome = linked(&rules, "first");
        let firsts: Vec<Option<usize>> =
            points(rules[0].len()).iter().map(|point| matching(&rules, point).first().copied()).collect();
        prop_assert_eq!(messages(&outcome, "table-gap").is_empty(), firsts.iter().all(Option::is_some));
        let never: Vec<String> = (0..rules.len())
            .filter(|place| !firsts.contains(&Some(*place)))
            .map(|place| format!("`r{place}` is never the first rule to match"))
            .collect();
        prop_assert_eq!(messages(&outcome, "unreachable-rule"), never);
        prop_assert!(messages(&outcome, "table-overlap").is_empty());
    }
}

/// A select of several from three, and one table over it.
fn several(policy: &str, cells: &[&str]) -> Outcome<Rulebook> {
    let choices = ["a", "b", "c"]
        .map(|name| format!("{{ value: {name}, label: L }}"))
        .join(", ");
    let mut text = format!(
        "sections: {{ s: {{ title: S, questions: {{ m: {{ type: select_multiple, ask: \"?\", choices: [ {choices}, {{ value: none, label: N, exclusive: true }} ] }} }} }} }}\n"
    );
    write!(
        text,
        "decisions:\n  d: {{ outcomes: [x, y], inputs: [m], hit_policy: {policy}, rules: [ "
    )
    .unwrap();
    for (place, cell) in cells.iter().enumerate() {
        write!(
            text,
            "{{ id: r{place}, if: [\"{cell}\"], then: x, because: x }}, "
        )
        .unwrap();
    }
    pack(&format!("{text} ] }}\n"))
}

#[test]
fn a_table_over_several_choices_is_proven_over_what_can_be_chosen_together() {
    assert_eq!(several("first", &["a, b", "-"]).lines(), [""; 0]);
    assert_eq!(
        several("first", &["a, b, c", "none", "-"]).lines(),
        [""; 0],
        "nothing at all may be chosen"
    );
    assert_eq!(
        several("first", &["a, b, c", "none", ">= 1", "-"]).codes(),
        ["unreachable-rule"]
    );
    assert_eq!(several("unique", &[">= 1", "< 1"]).lines(), [""; 0]);
    let outcome = several("unique", &["a", "b, c, none"]);
    assert_eq!(
        outcome.codes(),
        ["table-gap", "table-overlap"],
        "{}",
        outcome.shown()
    );
    assert_eq!(
        messages(&outcome, "table-gap"),
        ["no rule matches `m` = none chosen"]
    );
    assert_eq!(
        messages(&outcome, "table-overlap"),
        ["`r0` and `r1` both match `m` = `a` and `b`"]
    );
}

#[test]
fn a_table_over_outcomes_that_may_come_together_is_proven_so() {
    let collect = "decisions:\n  e: { outcomes: [x, y], inputs: [m], hit_policy: collect, rules: [ { id: r, if: [\">= 1\"], then: x, because: x }, { id: s, if: [\">= 2\"], then: y, because: x } ] }\n";
    let over = |cells: &str| {
        let rules = format!(
            "  d: {{ outcomes: [x, y], inputs: [e], hit_policy: unique, rules: [ {cells} ] }}\n"
        );
        pack(&format!(
            "sections: {{ s: {{ title: S, questions: {{ m: {{ type: rating, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c }} }} }} }} }}\n{collect}{rules}"
        ))
    };
    let outcome = over(
        "{ id: r, if: [\"x\"], then: x, because: x }, { id: s, if: [\"y\"], then: y, because: x }",
    );
    assert_eq!(
        outcome.codes(),
        ["table-gap", "table-overlap"],
        "{}",
        outcome.shown()
    );
}
