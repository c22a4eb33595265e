//! States of the answers of the same people under packs that differ: a question is the same under
//! whatever id, and nothing is shown from which a few people's answers follow.

use crate::sandbox::Sandbox;
use std::fmt::Write as _;

/// A pack `p` of ratings, each with more keys, and with what stands below its title.
fn pack(version: &str, more: &str, questions: &[(&str, &str)]) -> String {
    let mut text = format!(
        "format: 1\nid: p\nversion: {version}\ntitle: P\n{more}sections:\n  s:\n    title: S\n    score: {{ aggregate: mean }}\n    questions:\n"
    );
    for (id, keys) in questions {
        let _ = writeln!(
            text,
            "      {id}: {{ type: rating, {keys} ask: \"{id}?\", anchors: {{ 0: a, 1: b, 2: c, 3: d, 4: e }} }}"
        );
    }
    text
}

/// A client's folder with responses: the answers of each to the pack `p`.
fn state(
    sandbox: Sandbox,
    folder: &str,
    (packs, more): (&str, &str),
    people: &[String],
) -> Sandbox {
    let assessment = format!(
        "format: 1\nclient: {{ name: C }}\nassessed_on: 2026-11-20\npacks: [{packs}]\n{more}"
    );
    let sandbox = sandbox.file(&format!("{folder}/assessment.yaml"), assessment);
    people
        .iter()
        .enumerate()
        .fold(sandbox, |sandbox, (nth, answers)| {
            let text = format!(
                "format: 1\nrespondent: r{nth}\nrole: frontline\nanswers: {{ {answers} }}\n"
            );
            sandbox.file(&format!("{folder}/responses/{nth}.yaml"), text)
        })
}

/// Six alike, then those who joined.
fn people(six: &str, joined: &[&str]) -> Vec<String> {
    let joined = joined.iter().map(|one| (*one).to_owned());
    vec![six.to_owned(); 6].into_iter().chain(joined).collect()
}

fn is_held(sandbox: &Sandbox, before: &str, after: &str) {
    let told = sandbox.run(&format!("compare {before} {after}")).exits(2);
    assert_eq!(told.says("differ by a few").stdout, "");
    let out = format!("report {before} {after} --out out");
    sandbox.run(&out).exits(2).says("is held back");
}

#[test]
fn a_question_that_moved_is_the_same() {
    let moved = "moved: { a: a2, b: b2 }\n";
    let sandbox = Sandbox::new()
        .file("one/pack.yaml", pack("1.0.0", "", &[("a", ""), ("b", "")]))
        .file(
            "two/pack.yaml",
            pack("1.1.0", moved, &[("a2", ""), ("b2", "")]),
        );
    let six = "p: { a: 2, b: 2 }";
    let sandbox = state(sandbox, "before", ("../one", ""), &people(six, &[]));
    let joined = people(six, &["p: { a: 0, b: 4 }"]);
    let sandbox = state(sandbox, "after", ("../two", ""), &joined);
    is_held(&sandbox, "before", "after");
    // Five who joined, of whom one rates the first.
    let b = "p: { b: 3 }";
    let joined = people(six, &[b, b, b, b, "p: { a: 0, b: 3 }"]);
    let sandbox = state(sandbox, "five", ("../two", ""), &joined);
    is_held(&sandbox, "before", "five");
}

#[test]
fn a_question_that_another_pack_asks_later_is_the_same() {
    let six = "culture: { shared-record: 2, shared-goals: 2, career: 1 }";
    let sandbox = state(Sandbox::new(), "before", ("culture", ""), &people(six, &[]));
    let career = "culture: { career: 1 }";
    let one = "culture: { shared-record: 0, career: 1 }";
    let joined = people(six, &[career, career, career, career, one]);
    let sandbox = state(sandbox, "after", ("culture, organisation", ""), &joined);
    is_held(&sandbox, "before", "after");
}

#[test]
fn earlier_answers_by_later_packs_are_one_more_state() {
    let form = "form: short\n";
    let sandbox = Sandbox::new()
        .file(
            "one/pack.yaml",
            pack("1.0.0", "", &[("a", ""), ("b", "core: true,")]),
        )
        .file(
            "two/pack.yaml",
            pack("1.1.0", "", &[("a", "core: true,"), ("b", "core: true,")]),
        );
    let six = "p: { a: 2, b: 2 }";
    let sandbox = state(sandbox, "before", ("../one", form), &people(six, &[]));
    let b = "p: { b: 3 }";
    let one = people(six, &[b, b, b, b, "p: { a: 0, b: 3 }"]);
    let sandbox = state(sandbox, "after", ("../two", form), &one);
    sandbox
        .run("compare before after")
        .exits(0)
        .prints("is not shown apart from what answers did: the people of the two");
    let all = people(six, &["p: { a: 0, b: 3 }"; 5]);
    let sandbox = state(sandbox, "enough", ("../two", form), &all);
    sandbox
        .run("compare before enough")
        .exits(0)
        .never("is not shown apart");
}

#[test]
fn a_short_form_tells_no_scale_of_what_it_does_not_ask() {
    let questions = [("a", "core: true,"), ("b", "core: true,"), ("c", "")];
    let rows: Vec<String> = (0..6)
        .map(|one| format!("p: {{ a: {}, b: {}, c: {} }}", one % 4, one % 3, one % 5))
        .collect();
    let scales = |form: &str| {
        let sandbox = Sandbox::new().file("one/pack.yaml", pack("1.0.0", "", &questions));
        let sandbox = state(sandbox, "c", ("../one", form), &rows);
        let result = sandbox.run("assess c --format json").exits(0).json();
        result["respondents"]["scales"].as_array().map(Vec::len)
    };
    assert_eq!(scales(""), Some(1));
    assert_eq!(scales("form: short\n"), Some(0));
}

#[test]
fn a_gate_does_not_fail_for_what_is_held_back_and_says_so() {
    let sandbox = Sandbox::new()
        .file("one/pack.yaml", pack("1.0.0", "", &[("a", ""), ("b", "")]))
        .file(
            "gate.yaml",
            "format: 1\nrules:\n  - regression: { tolerance: 1 }\n",
        );
    let six = "p: { a: 2, b: 2 }";
    let sandbox = state(sandbox, "before", ("../one", ""), &people(six, &[]));
    let low = people(six, &["p: { a: 0, b: 0 }"]);
    let sandbox = state(sandbox, "low", ("../one", ""), &low);
    let high = people(six, &["p: { a: 4, b: 4 }"]);
    let sandbox = state(sandbox, "high", ("../one", ""), &high);
    let gate = |now: &str| {
        let run = sandbox.run(&format!("gate {now} --policy gate.yaml --against before"));
        run.exits(0).prints("Unproven: not compared with")
    };
    assert_eq!(gate("low").stdout, gate("high").stdout);
}
