//! Pictures of nothing, which are not drawn, and of choices and long names, which stay readable.

use crate::shown::{Shown, answered, shown};
use crate::workshop::{HEADER, linked, ratings};
use serde_json::Value;

const DOORS: &str = "sections:\n\
    \u{20} who:\n    title: Who\n    questions:\n      firms: { type: boolean, ask: \"?\" }\n\
    \u{20} accounts:\n    title: Accounts\n    relevant: { firms: \"true\" }\n    score: { aggregate: mean }\n    questions:\n\
    \u{20}     k1: { type: rating, ask: \"?\", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n\
    \u{20}     k2: { type: rating, ask: \"?\", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n\
    \u{20} rest:\n    title: Rest\n    score: { aggregate: mean }\n    questions:\n\
    \u{20}     r: { type: rating, ask: \"?\", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n\
    decisions:\n\
    \u{20} way: { title: Way, outcomes: [low, high], inputs: [accounts], hit_policy: unique, rules: [ { id: l, if: [\"< 2\"], then: low, because: x }, { id: h, if: [\">= 2\"], then: high, because: y } ] }\n\
    ladders:\n  level: { title: Rungs, of: accounts, levels: [ { id: a }, { id: b, from: 2 } ] }\n\
    gates:\n  g: { title: Planned, when: { k1: \">= 2\" }, because: b }\n\
    exhibits:\n\
    \u{20} - { id: bars, title: Barred, kind: bars, of: [k1, k2], part: lens }\n\
    \u{20} - { id: star, title: Starred, kind: star, of: accounts, part: lens }\n\
    \u{20} - { id: verdicts, title: Judged, kind: verdicts, of: [way], part: fit }\n\
    \u{20} - { id: list, title: Listed, kind: checklist, gates: [g], part: fit }\n\
    \u{20} - { id: dots, title: Dotted, kind: dots, of: [accounts, rest], part: profile }\n";

#[test]
fn a_picture_of_nothing_that_applies_is_not_drawn() {
    let names = ["Barred", "Starred", "Judged", "Listed", "Rungs"];
    let all = shown(DOORS, "firms: true, k1: 1, k2: 3, r: 2");
    for name in names {
        all.tells(name);
    }
    let none = shown(DOORS, "firms: false, r: 2");
    let numbers = &none.view["numbers"];
    assert_eq!(
        (&numbers["fit"], &numbers["lenses"]),
        (&Value::Null, &Value::Null)
    );
    for name in &names[..4] {
        none.hides(name);
    }
    let profile = none.view["packs"][0]["profile"].as_array().unwrap();
    assert!(profile.iter().all(|one| one["kind"] != "ladder"));
    none.tells("Dotted").tells("Does not apply here: Accounts.");
}

#[test]
fn a_score_that_is_not_asked_is_named_and_not_drawn() {
    let lens = format!(
        "{HEADER}{}uses: {{ other: {{ version: \"^1\", optional: true }} }}\n\
         scores:\n  away: {{ title: Away, aggregate: mean, of: [{{ tag: x, packs: all }}] }}\n  here: {{ title: Here, aggregate: mean, of: [own] }}\n  top: {{ title: Top, aggregate: mean, of: [away, here] }}\n\
         exhibits:\n  - {{ id: star, title: Starred, kind: star, of: top, part: lens }}\n",
        ratings(&["own"])
    );
    let rulebook = linked(&[&[("pack.yaml", &lens)]]).good();
    let shown = Shown::new(&rulebook, &answered(&rulebook, "own: 3"));
    shown.tells("Not asked in this assessment: Away.");
    let star = &shown.view["packs"][0]["lenses"][0]["chart"];
    let drawn = star["points_svg"].as_str().unwrap();
    assert_eq!(drawn.matches("<text ").count(), 1);
    assert!(drawn.contains(">Here <tspan"), "{drawn}");
    assert!(
        shown
            .terminal
            .contains("Not asked in this assessment: Away.")
    );
}

const TOOLS: &str = "sections:\n  s:\n    title: S\n    questions:\n\
    \u{20}     own: { type: rating, ask: \"?\", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n\
    \u{20}     tools: { type: select_multiple, ask: \"?\", measure: sum, choices: [ { value: crm, label: Records, score: 1.3 }, { value: voc, label: Voices, score: 1.3 }, { value: none, label: Nothing, score: 0, exclusive: true } ] }\n\
    scores:\n  sum: { aggregate: sum, of: [own] }\n\
    exhibits:\n  - { id: b, title: Barred, kind: bars, of: [tools], part: lens }\n";

#[test]
fn choices_that_no_score_reads_are_listed_and_not_counted() {
    let plain = shown(TOOLS, "own: 1, tools: [crm]");
    plain.tells("Barred");
    assert!(plain.md.contains("- **Records** (chosen)"), "{}", plain.md);
    assert!(plain.md.contains("Answer: Records\n"), "{}", plain.md);
    let read = shown(
        &TOOLS.replace("of: [own]", "of: [own, tools]"),
        "own: 1, tools: [crm]",
    );
    assert!(read.md.contains("Counted: 1.3 of 2.6"), "{}", read.md);
}

#[test]
fn bars_over_several_choices_show_the_choices() {
    let shown = shown(TOOLS, "own: 1, tools: [crm, voc]");
    shown.hides("1.3 to 0").tells("Tools: 2 of 2 chosen.");
    let bars = &shown.view["packs"][0]["lenses"][0]["chart"];
    assert_eq!(bars["scale"], "Chosen");
    assert_eq!(bars["rows"][0]["plot"], "■■□");
    assert_eq!(bars["rows"][0]["answer"], "Records; Voices");
}

#[test]
fn long_names_stay_inside_a_star() {
    let names = [
        "Strategy for the customer and the market",
        "Responsibilities",
        "People",
        "Rewards",
    ];
    let ids: Vec<String> = (0..names.len()).map(|at| format!("q{at}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut body = ratings(&ids);
    for (id, name) in ids.iter().zip(names) {
        body = body.replace(
            &format!("{id}: {{ "),
            &format!("{id}: {{ label: \"{name}\", "),
        );
    }
    body.push_str("scores:\n  top: { aggregate: mean, of: [q0, q1, q2, q3] }\nexhibits:\n  - { id: x, title: X, kind: star, of: top, part: lens }\n");
    let shown = shown(&body, "q0: 1, q1: 2, q2: 3, q3: 4");
    let star = &shown.view["packs"][0]["lenses"][0]["chart"];
    let drawn = star["points_svg"].as_str().unwrap();
    for whole in [
        ">Strategy for the customer and the market <tspan class=\"v\">25</tspan></tspan></text>",
        ">Responsibil… <tspan class=\"v\">50</tspan></tspan></text>",
    ] {
        assert!(drawn.contains(whole), "{drawn}");
    }
    shown.tells("Responsibilities");
}

#[test]
fn a_gate_of_a_pack_that_is_not_there_says_where_it_is_asked() {
    let lens = format!(
        "{HEADER}{}uses: {{ other: {{ version: \"^1\", optional: true }} }}\n\
         gates:\n  g: {{ title: Gone, when: {{ other.a: \">= 2\" }}, because: b }}\n\
         exhibits:\n  - {{ id: list, title: Listed, kind: checklist, gates: [g], part: fit }}\n",
        ratings(&["own"])
    );
    let rulebook = linked(&[&[("pack.yaml", &lens)]]).good();
    let shown = Shown::new(&rulebook, &answered(&rulebook, "own: 3"));
    shown.tells("asked in other, not part of this assessment");
}
