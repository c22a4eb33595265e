//! Ids that packs gave up: earlier answers count under the ids of today.

use crate::history::{all, history, indices, on, pack as small, through};
use crate::sandbox::Sandbox;
use crate::workshop::{HEADER, Outcome, checked, linked, pack, rating, ratings};
use centricity::answers::Answers;
use centricity::rules::rulebook::Rulebook;

/// Two packs: `p` gave `kept`, `care-old` and `yes` away, and `q` asks for what is kept.
const MOVED: &str = "uses: { q: '^1' }\nmoved:\n  kept: q.kept-all\n  care-old: care\n  yes: { to: scaled, type: boolean, values: { true: 4, false: 0 } }\n";
const Q: &str = "format: 1\nid: q\nversion: 1.0.0\ntitle: Q\nsections:\n  s:\n    title: S\n    questions:\n      kept-all: { type: percent, ask: '?' }\n";

fn p() -> String {
    format!("{HEADER}{MOVED}{}", ratings(&["care", "scaled"]))
}

fn both() -> Rulebook {
    linked(&[&[("pack.yaml", &p())], &[("pack.yaml", Q)]]).good()
}

fn given(answers: &str) -> Outcome<Answers> {
    let text =
        format!("format: 1\nclient: {{ name: C }}\npacks: [p, q]\nanswers: {{ {answers} }}\n");
    checked(&both(), &text)
}

/// The worth of each answer in the order of the questions: `care`, `scaled`, `kept-all`.
fn worths(answers: &Answers) -> Vec<Option<f64>> {
    let worth = |one: &centricity::answers::Answer| Some(one.claimed).filter(|one| !one.is_nan());
    answers.answers().iter().map(worth).collect()
}

#[test]
fn answers_under_earlier_ids_are_those_of_the_questions_of_today() {
    let old = given("p: { kept: { value: 85, note: told, of: 40 }, care-old: 3, yes: true }");
    assert_eq!(
        old.lines(),
        [
            "4:17 moved: `p.kept` is now `q.kept-all`, and 2 more ids have moved (`centricity migrate` rewrites it)"
        ]
    );
    let old = old.valid();
    let new =
        given("p: { care: 3, scaled: 4 }, q: { kept-all: { value: 85, note: told, of: 40 } }")
            .good();
    assert_eq!(worths(&old), [Some(3.0), Some(4.0), Some(85.0)]);
    assert_eq!(worths(&old), worths(&new));
    assert_eq!(old.notes(), new.notes());
}

#[test]
fn an_answer_under_both_ids_is_a_warning_where_alike_and_an_error_where_not() {
    let alike = given("p: { kept: 85 }, q: { kept-all: 85.0 }");
    assert_eq!(
        alike.lines(),
        [
            "4:17 moved: `p.kept` is now `q.kept-all`, which is answered too, and alike (take the line of `p.kept` away)"
        ]
    );
    assert_eq!(worths(&alike.valid()), [None, None, Some(85.0)]);
    let differ = given("p: { kept: 85 }, q: { kept-all: 60 }");
    assert_eq!(
        differ.lines(),
        [
            "4:17 moved: `p.kept` is now `q.kept-all`, and both are answered and differ (keep the answer that is true, under `q.kept-all`)"
        ]
    );
    assert!(differ.value.is_none() && differ.problems.has_errors());
}

#[test]
fn a_value_that_the_pack_says_nothing_of_is_refused() {
    let lines = given("p: { yes: perhaps }").lines();
    assert_eq!(
        lines,
        [
            "4:17 moved: `p.yes` is now `p.scaled`, and nothing says what `perhaps` is there (answer `p.scaled` anew, and take `p.yes` away)"
        ]
    );
    assert_eq!(worths(&given("p: { yes: unknown }").valid()), [None; 3]);
}

#[test]
fn an_answer_that_moved_to_a_pack_that_is_not_asked_is_kept_and_not_counted() {
    let optional = "uses: { q: { version: '^1', optional: true } }\nmoved: { kept: q.kept-all }\n";
    let alone = pack(&format!("{optional}{}", ratings(&["care"]))).good();
    let text =
        "format: 1\nclient: { name: C }\npacks: [p]\nanswers: { p: { kept: 85, care: 2 } }\n";
    let out = checked(&alone, text);
    assert_eq!(
        out.lines(),
        [
            "4:17 not-asked: `p.kept` is now `q.kept-all`, a question of a pack that is not asked here (the answer is kept and counts for nothing; list the pack `q` to have it asked)"
        ]
    );
    assert_eq!(worths(&out.valid()), [Some(2.0)]);
}

#[test]
fn ids_that_move_more_than_once_lead_to_the_last() {
    let moved =
        "moved:\n  a: { to: b, values: { 1: 2, 2: 3 } }\n  b: { to: care, values: { 2: 4 } }\n";
    let rulebook = pack(&format!("{moved}{}", ratings(&["care"]))).good();
    let text = |value: u8| {
        format!(
            "format: 1\nclient: {{ name: C }}\npacks: [p]\nanswers: {{ p: {{ a: {value} }} }}\n"
        )
    };
    assert_eq!(worths(&checked(&rulebook, &text(1)).valid()), [Some(4.0)]);
    assert_eq!(checked(&rulebook, &text(2)).codes(), ["moved"]);
    assert!(checked(&rulebook, &text(2)).value.is_none());
}

#[test]
fn moves_that_cannot_be_are_problems_of_the_pack() {
    let wrong = |moved: &str| pack(&format!("moved: {moved}\n{}", ratings(&["care"]))).lines();
    assert_eq!(
        wrong("{ care: care }"),
        [
            "5:10 invalid-move: `p.care` has moved and is still there (take it out of `moved`, or take the item away)"
        ]
    );
    assert_eq!(
        wrong("{ a: b, b: a }"),
        [
            "5:10 cycle: ids move in a circle: `p.a`, `p.b` (let each lead to an item that is there)",
            "5:16 cycle: ids move in a circle: `p.a`, `p.b` (let each lead to an item that is there)",
        ]
    );
    assert_eq!(
        wrong("{ a: cara }"),
        ["5:13 unknown-id: there is no `p.cara` to move to (did you mean `p.care`?)"]
    );
    assert_eq!(
        wrong("{ a: q.care }"),
        [
            "5:13 invalid-move: the pack `q` is not among those this pack uses (name it under `uses`, or move to an id of this pack)"
        ]
    );
    assert_eq!(
        wrong("{ a: { to: care, type: percent } }"),
        [
            "5:31 invalid-move: `p.care` is a question of another type (say under `values` what each earlier value is now, or do not move it)"
        ]
    );
    assert_eq!(
        wrong("{ a: { to: care, values: { yes: 5 } } }"),
        ["5:40 invalid-move: `p.care` has no answer `5` (write a value that the question takes)"]
    );
    assert_eq!(wrong("{ A: care }").len(), 1);
}

#[test]
fn a_move_stands_in_the_header_alone() {
    let more = "moved: { a: care }\n";
    let out = linked(&[&[
        ("pack.yaml", &format!("{HEADER}{}", ratings(&["care"]))),
        ("more.yaml", more),
    ]]);
    assert_eq!(out.codes(), ["misplaced-header"]);
}

/// A folder with both packs and an assessment.
fn client(answers: &str) -> Sandbox {
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [p, q]\nrespondents: {{ anonymous: false }}\nanswers:\n{answers}"
    );
    let ladder = "scores:\n  whole: { aggregate: mean, of: [care, scaled] }\n";
    Sandbox::new()
        .file(
            "packs/p.yaml",
            format!(
                "{}{ladder}",
                p().replace("  care-old", "  old-whole: whole\n  care-old")
            ),
        )
        .file("packs/q.yaml", Q)
        .file("c/assessment.yaml", text)
}

#[test]
fn every_file_of_an_assessment_is_read_under_the_ids_of_today() {
    let sandbox = client("  p: { care-old: 1 }\n")
        .file("c/consensus.yaml", "format: 1\nconsensus: { p: { care-old: { value: 3, reason: agreed } } }\n")
        .file("c/targets.yaml", "format: 1\ntargets: { p: { care-old: { target: 4 } } }\n")
        .file("c/responses/a.yaml", "format: 1\nrespondent: a\nrole: leadership\npacks: [p@1.0.0]\nanswers: { p: { kept: 50 } }\n")
        .file("c/responses/b.csv", "respondent,role,p.kept\nb,leadership,70\n");
    let run = sandbox.run("assess c --packs packs --format json").exits(0);
    let questions = run.json()["questions"].clone();
    let find = |id: &str| {
        let all = questions.as_array().expect("questions");
        let found = all.iter().find(|one| one["id"] == id);
        found.expect("a question").clone()
    };
    assert_eq!(find("q.kept-all")["value"], 60.0);
    assert_eq!(find("p.care")["value"], 3.0);
    assert_eq!(find("p.care")["target"], 4.0);
    let run = sandbox.run("check c --packs packs --verbose").exits(0);
    let run = run.prints("responses answer under earlier ids");
    assert!(!run.stdout.contains("c/responses/"), "{}", run.stdout);
    for file in ["assessment.yaml", "consensus.yaml", "targets.yaml"] {
        let marks = run.stdout.matches(&format!("--> c/{file}")).count();
        assert!(marks >= 1, "{file}\n{}", run.stdout);
    }
}

#[test]
fn a_stored_result_and_a_policy_follow_an_item_to_its_new_id() {
    let sandbox = client("  p: { care: 2, scaled: 2 }\n  q: { kept-all: 60 }\n").file(
        "gate.yaml",
        "format: 1\nrules:\n  - score: p.old-whole\n    index: 90\n",
    );
    let stored = sandbox.run("assess c --packs packs --format json").exits(0);
    // The same as a version before the move would have written it.
    let names = [
        ("p.care", "p.care-old"),
        ("q.kept-all", "p.kept"),
        ("p.whole", "p.old-whole"),
    ];
    let old = names.iter().fold(stored.stdout, |text, (new, old)| {
        text.replace(&format!("\"{new}\""), &format!("\"{old}\""))
    });
    assert!(old.contains("\"p.kept\""));
    let mut old: serde_json::Value = serde_json::from_str(&old).expect("JSON");
    for pack in old["packs"].as_array_mut().expect("packs") {
        pack.as_object_mut().expect("a pack").remove("moved");
    }
    let old = old.to_string();
    let sandbox = sandbox.file("old.json", old);
    let run = sandbox
        .run("compare old.json c --packs packs --format json")
        .exits(0);
    assert_eq!(
        run.json()["answers"].as_array().map(Vec::len),
        Some(0),
        "{run:?}"
    );
    let scores = run.json()["scores"].clone();
    assert_eq!(scores.as_array().map(Vec::len), Some(1), "{scores}");
    assert_eq!(scores[0]["id"], "p.whole");
    // Two stored results know of the move by themselves, in both directions and without the packs.
    let now = sandbox.run("assess c --packs packs --format json").exits(0);
    assert_eq!(now.json()["packs"][0]["moved"]["p.kept"], "q.kept-all");
    let sandbox = sandbox.file("now.json", now.stdout);
    for pair in ["old.json now.json", "now.json old.json"] {
        let stored = sandbox
            .run(&format!("compare {pair} --format json"))
            .exits(0);
        assert_eq!(
            stored.json()["answers"],
            serde_json::json!([]),
            "{stored:?}"
        );
        assert_eq!(stored.json()["scores"][0]["id"], "p.whole");
        assert_eq!(stored.json()["scores"][0]["movement"], "same");
    }
    sandbox
        .run("gate c --packs packs --policy gate.yaml")
        .exits(4)
        .says("`p.old-whole` is now `p.whole`")
        .prints("p.whole");
}

#[test]
fn a_mapping_and_a_long_table_may_name_earlier_ids() {
    let sandbox = client("  p: {}\n")
        .file(
            "c/responses/t.csv",
            "respondent,role,How many?\nb,leadership,lots\n",
        )
        .file(
            "c/responses/t.mapping.yaml",
            "format: 1\nquestions: { 'How many?': p.kept }\nvalues: { p.kept: { lots: 70 } }\n",
        )
        .file(
            "c/responses/long.csv",
            "respondent,role,question,value\nc,leadership,p.care-old,3\n",
        );
    let run = sandbox.run("assess c --packs packs --format json").exits(0);
    let run = run.says("t.mapping.yaml").never("long.csv");
    let check = sandbox.run("check c --packs packs");
    check
        .prints("responses answer under earlier ids")
        .never("long.csv");
    assert!(run.stdout.contains("\"q.kept-all\""));
    sandbox
        .run("migrate c --packs packs")
        .exits(0)
        .prints("t.mapping.yaml:2: `p.kept` is now `q.kept-all`");
    assert_eq!(
        sandbox.read("c/responses/t.mapping.yaml"),
        "format: 1\nquestions: { 'How many?': q.kept-all }\nvalues: { q.kept-all: { lots: 70 } }\n"
    );
}

#[test]
fn an_interview_asks_for_the_file_to_be_migrated_first() {
    let sandbox = client("  p: { care-old: 1 }\n");
    sandbox
        .pipe("ask c --packs packs", "3\nq\n")
        .exits(3)
        .says("centricity migrate c/assessment.yaml");
    assert!(!sandbox.read("c/assessment.yaml").contains("care:"));
}

#[test]
fn a_matrix_row_and_a_rating_keep_their_ids_apart() {
    // An id that is the beginning of another is not taken for it.
    let body = format!(
        "moved: {{ ca: care }}\n{}{}",
        ratings(&["care"]),
        rating("cab", "")
    );
    let rulebook = pack(&body).good();
    let text = "format: 1\nclient: { name: C }\npacks: [p]\nanswers: { p: { cab: 1, ca: 4 } }\n";
    assert_eq!(
        worths(&checked(&rulebook, text).valid()),
        [Some(4.0), Some(1.0)]
    );
}

#[test]
fn an_old_revision_is_read_under_the_ids_of_today() {
    let old = all("1").replace("a: 1", "old: 1");
    let now = small("1.0.0").replace("sections:", "moved: { old: a }\nsections:");
    let sandbox = through(&[on("2026-01-31", &old), on("2026-02-28", &all("3"))])
        .file("rules/small/pack.yaml", now);
    let told = history(&sandbox, "--pack-version now");
    assert_eq!(indices(&told, "small.one"), [25.0, 75.0]);
}
