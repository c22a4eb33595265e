//! What an evaluation costs: 60 answers, 12 sections, 10 table rows and 20 findings.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot begin has nothing to measure"
)]

use std::fmt::Write as _;

use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::assess::{Evaluation, evaluate, evaluate_with_trace};
use centricity::rules::pack::{Loaded, PackText, Texts};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml;

fn main() {
    divan::main();
}

/// Twelve sections of five ratings, each a mean; a table over two of them; findings over pairs.
fn pack() -> String {
    let mut text = "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nsections:\n".to_owned();
    for section in 0..12 {
        writeln!(
            text,
            "  s{section}:\n    title: S\n    score: {{ aggregate: mean }}\n    questions:"
        )
        .unwrap();
        for question in 0..5 {
            let anchors = "anchors: { 0: a, 1: b, 2: c, 3: d, 4: e }";
            writeln!(
                text,
                "      s{section}q{question}: {{ type: rating, ask: \"?\", {anchors} }}"
            )
            .unwrap();
        }
    }
    text.push_str("decisions:\n  form:\n    outcomes: [none, light, medium, intensive]\n    inputs: [s0, s1]\n    hit_policy: unique\n    rules:\n");
    let (rows, outcomes) = (
        ["< 1", "[1..2)", "[2..3)", ">= 3"],
        ["none", "light", "medium", "intensive"],
    );
    for (nth, cells) in [("< 1", "-")]
        .into_iter()
        .chain(
            rows.into_iter()
                .skip(1)
                .flat_map(|row| ["< 1", "[1..3)", ">= 3"].map(|cell| (row, cell))),
        )
        .enumerate()
    {
        let outcome = outcomes.iter().cycle().nth(nth).unwrap();
        writeln!(
            text,
            "      - {{ id: r{nth}, if: [\"{}\", \"{}\"], then: {outcome}, because: x }}",
            cells.0, cells.1
        )
        .unwrap();
    }
    text.push_str("findings:\n");
    for finding in 0..20 {
        let (one, other) = (finding % 12, (finding * 5 + 3) % 12);
        let when = format!("{{ all: [ {{ s{one}: \">= 2\" }}, {{ s{other}q1: \"< 3\" }} ] }}");
        writeln!(
            text,
            "  f{finding}: {{ when: {when}, kind: gap, severity: low, title: T, text: T }}"
        )
        .unwrap();
    }
    text
}

/// Every question answered; one in seven is open where wanted.
fn answers(open: bool) -> String {
    let mut text = "format: 1\nclient: { name: C }\npacks: [p]\nanswers:\n  p:\n".to_owned();
    for nth in 0..60 {
        let value = if open && nth % 7 == 3 {
            "unknown".to_owned()
        } else {
            (nth * 3 % 5).to_string()
        };
        writeln!(text, "    s{}q{}: {value}", nth / 5, nth % 5).unwrap();
    }
    text
}

fn ready(open: bool) -> (Rulebook, Answers) {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let file = PackText {
        name: "pack.yaml".to_owned(),
        path: "pack.yaml".to_owned(),
        bytes: pack().into_bytes(),
        linked: false,
    };
    let loaded = Loaded::load(Texts::new(vec![file]), &mut sources, &mut problems);
    let rulebook = loaded.and_then(|loaded| Rulebook::link(&[loaded], &mut problems));
    assert!(rulebook.is_some(), "{}", render(&problems, &sources, false));
    let rulebook = rulebook.unwrap();
    let id = sources.add("assessment.yaml", answers(open));
    let file = yaml::read::<AssessmentFile>(&sources, id, &mut problems).unwrap();
    let answers = Answers::check(&rulebook, &file, &mut problems).unwrap();
    (rulebook, answers)
}

#[divan::bench(args = [false, true])]
fn without_trace(bencher: divan::Bencher<'_, '_>, open: bool) {
    let (rulebook, answers) = ready(open);
    bencher.bench(|| -> Evaluation { evaluate(&rulebook, &answers) });
}

#[divan::bench(args = [false, true])]
fn with_trace(bencher: divan::Bencher<'_, '_>, open: bool) {
    let (rulebook, answers) = ready(open);
    bencher.bench(|| -> Evaluation { evaluate_with_trace(&rulebook, &answers) });
}

#[divan::bench]
fn as_a_result(bencher: divan::Bencher<'_, '_>) {
    let (rulebook, answers) = ready(true);
    bencher.bench(|| centricity::assess::assess(&rulebook, &answers));
}
