//! Questions that two packs ask: where both are there, one is asked and both read it.

use crate::workshop::{HEADER, Outcome, Scored, checked, linked, pack, rating, same, scored};
use centricity::rules::pack::file::QuestionFile;
use centricity::rules::pack::{Loaded, built_in, built_in_names};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use std::collections::BTreeMap;

/// What a pack makes of the ratings `x` and `y`: by section, by tag, by id, and in a condition.
const RULES: &str = "scores:
  by-tag: { aggregate: sum, of: { tag: t } }
  by-id: { aggregate: min, of: [x, y] }
gates:
  open: { title: G, because: B, unmet: U, when: { x: '>= 3' } }
findings:
  low: { about: x, when: { x: '<= 1' }, kind: gap, severity: low, title: T, text: \"{{ answer('x') }}\" }
";

/// A pack `q` with the rating `asked` and further keys of it.
fn q(keys: &str) -> String {
    let head = "format: 1\nid: q\nversion: 1.0.0\ntitle: Q\nsections:\n  s:\n    title: S\n    questions:\n";
    format!("{head}{}", rating("asked", keys))
}

/// The body of a pack `p` that can leave `x` to `q`.
fn p(target: &str) -> String {
    let head = "uses: { q: { version: '^1', optional: true } }\nsections:\n  s:\n    title: S\n    score: { aggregate: mean }\n    questions:\n";
    let x = rating("x", &format!("tags: [t], weight: 3{target}"));
    format!("{head}{x}{}{RULES}", rating("y", "tags: [t]"))
}

const TIED: &str = ", asked_as: q.asked";

fn tie(target: &str, keys: &str) -> Outcome<Rulebook> {
    let own = format!("{HEADER}{}", p(target));
    linked(&[&[("pack.yaml", &own)], &[("pack.yaml", &q(keys))]])
}

#[test]
fn with_both_packs_there_the_question_is_asked_once_and_read_by_both() {
    let rulebook = tie(TIED, "").good();
    let ids: Vec<&str> = rulebook
        .questions()
        .map(|one| one.item.id.as_str())
        .collect();
    assert_eq!(ids, ["p.y", "q.asked"]);
    assert_eq!(rulebook.find("p.x"), rulebook.find("q.asked"));
    assert_eq!(rulebook.current_id("p.x"), "q.asked");
}

/// The weight of `x` is that of its own pack, whatever weight the other gives to its question.
#[test]
fn every_score_gate_and_finding_is_the_same_as_of_the_pack_alone() {
    let both = tie(TIED, "weight: 2").good();
    for x in 0..=4 {
        for y in 0..=4 {
            let alone = scored(&p(""), &format!("x: {x}, y: {y}"));
            let text = format!(
                "format: 1\nclient: {{ name: C }}\npacks: [p, q]\nanswers: {{ p: {{ y: {y} }}, q: {{ asked: {x} }} }}\n"
            );
            let tied = Scored::new(&both, &checked(&both, &text).good());
            for id in ["s", "by-tag", "by-id"] {
                same(tied.four(id), alone.four(id));
            }
            assert_eq!(tied.gate("open"), alone.gate("open"));
            assert_eq!(tied.finding("low"), alone.finding("low"));
        }
    }
}

#[test]
fn a_pack_by_itself_asks_its_question() {
    let rulebook = pack(&p(TIED)).good();
    assert!(rulebook.find("p.x").is_some() && rulebook.moved("p.x").is_none());
}

#[test]
fn an_answer_under_either_id_counts_and_two_that_differ_are_an_error() {
    let rulebook = tie(TIED, "").good();
    let given = |answers: &str| {
        let text =
            format!("format: 1\nclient: {{ name: C }}\npacks: [p, q]\nanswers: {{ {answers} }}\n");
        checked(&rulebook, &text)
    };
    let warned = given("p: { x: 2, y: 1 }");
    assert_eq!(warned.codes(), ["moved"]);
    assert!((Scored::new(&rulebook, &warned.valid()).value("by-id") - 1.0).abs() < 1e-9);
    assert!(!given("p: { x: 2 }, q: { asked: 2 }").problems.has_errors());
    assert!(given("p: { x: 2 }, q: { asked: 3 }").problems.has_errors());
}

#[test]
fn a_question_is_left_through_a_third_pack() {
    let own = format!("{HEADER}{}", p(TIED));
    let through = q("asked_as: r.last").replace("title: Q\n", "title: Q\nuses: { r: '^1' }\n");
    let last = q("").replace("id: q", "id: r").replace("asked:", "last:");
    let rulebook = linked(&[
        &[("pack.yaml", &own)],
        &[("pack.yaml", &through)],
        &[("pack.yaml", &last)],
    ])
    .good();
    assert_eq!(rulebook.current_id("p.x"), "r.last");
    assert_eq!(rulebook.current_id("q.asked"), "r.last");
    assert_eq!(rulebook.question_count(), 2);
}

#[test]
fn a_question_is_left_only_to_one_that_takes_the_same_answers() {
    let other = "format: 1\nid: q\nversion: 1.0.0\ntitle: Q\nsections: { s: { title: S, questions: { asked: { type: percent, ask: '?' } } } }\n";
    let own = format!("{HEADER}{}", p(TIED));
    let out = linked(&[&[("pack.yaml", &own)], &[("pack.yaml", other)]]);
    let lines = out.lines();
    assert_eq!(
        lines.first().map(String::as_str),
        Some(
            "11:111 invalid-use: `p.x` and `q.asked` do not take the same answers (give both the same type, scale, choices, unit and period)"
        )
    );
    assert_eq!(
        tie(TIED, "reverse: true").codes().first(),
        Some(&"invalid-use")
    );
}

#[test]
fn a_question_that_nobody_asks_is_refused_with_the_nearest() {
    let unknown = tie(", asked_as: q.aksed", "").lines();
    assert!(
        unknown.iter().any(
            |line| line.contains("no item `aksed`") && line.contains("did you mean `q.asked`?")
        ),
        "{unknown:#?}"
    );
    let unused = format!(
        "{}{}",
        "sections:\n  s:\n    title: S\n    questions:\n",
        rating("x", "asked_as: q.asked")
    );
    assert_eq!(pack(&unused).codes(), ["unknown-id"]);
    let own = format!(
        "{}{}",
        "sections:\n  s:\n    title: S\n    questions:\n",
        rating("x", "asked_as: y")
    );
    assert_eq!(pack(&own).codes(), ["invalid-use"]);
    let taken = format!(
        "{HEADER}{}scores:\n  x: {{ aggregate: mean, of: [y] }}\n",
        p(TIED).split("scores:").next().unwrap_or_default()
    );
    let taken = linked(&[&[("pack.yaml", &taken)], &[("pack.yaml", &q(""))]]);
    assert_eq!(taken.codes(), ["duplicate-id"]);
}

/// The questions of a built-in pack as they are written, rows of a matrix apart.
fn written(pack: &str) -> Vec<(String, QuestionFile)> {
    let texts = built_in(pack).expect(pack);
    let loaded = Loaded::load(texts, &mut Sources::new(), &mut Diagnostics::new());
    let sections = loaded.expect(pack).file.sections;
    let questions = sections.iter().flat_map(|(_, one)| &one.questions);
    questions
        .map(|(id, question)| (format!("{pack}.{}", id.value), question.clone()))
        .collect()
}

/// Whoever is asked by either pack is asked the same.
#[test]
fn built_in_questions_that_are_one_have_the_same_words() {
    let all: BTreeMap<String, QuestionFile> =
        built_in_names().into_iter().flat_map(written).collect();
    let mut tied = 0;
    for (id, own) in &all {
        let Some(to) = &own.asked_as else { continue };
        let asked = all.get(&to.value).expect(id);
        let words = |one: &QuestionFile| {
            let anchors = one.anchors.as_ref().map(|all| all.value.clone());
            let choices = one.choices.iter().flat_map(|all| &all.value);
            let choices: Vec<_> = choices.map(|one| (&one.value.value, &one.label)).collect();
            let texts = [&one.label, &one.help, &one.evidence];
            format!("{} {texts:?} {anchors:?} {choices:?}", one.ask.value)
        };
        assert_eq!(words(own), words(asked), "{id}");
        tied += 1;
    }
    assert!(tied >= 8, "{tied}");
}
