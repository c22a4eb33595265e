//! States of the answers of the same people: one command shows no two that differ by a few of them,
//! however people and clients are named and whatever is stored.

use crate::sandbox::Sandbox;
use crate::workshop::{HEADER, ratings};
use std::fmt::Write as _;

/// A client's assessment with a survey, a row each: respondent and rating.
fn state(sandbox: Sandbox, folder: &str, client: &str, rows: &[(String, &str)]) -> Sandbox {
    let assessment = format!(
        "format: 1\nclient: {{ name: \"{client}\" }}\nassessed_on: 2026-11-20\npacks: [../p]\n"
    );
    let mut table = "respondent,role,p.a\n".to_owned();
    for (name, rating) in rows {
        let _ = writeln!(table, "{name},leadership,{rating}");
    }
    sandbox
        .file(&format!("{folder}/assessment.yaml"), assessment)
        .file(&format!("{folder}/responses/survey.csv"), table)
}

/// So many people of these names, who all rate 2.
fn alike(name: &str, people: usize) -> Vec<(String, &'static str)> {
    (0..people)
        .map(|one| (format!("{name}{one}"), "2"))
        .collect()
}

fn with(
    mut all: Vec<(String, &'static str)>,
    more: &[&'static str],
) -> Vec<(String, &'static str)> {
    let named = more.iter().enumerate();
    all.extend(named.map(|(one, rating)| (format!("more{one}"), *rating)));
    all
}

/// A pack of one rating.
fn house() -> String {
    format!("{HEADER}{}", ratings(&["a"]))
}

fn desk() -> Sandbox {
    Sandbox::new().file("p/pack.yaml", house())
}

#[test]
fn other_names_hide_nobody_who_joined() {
    let sandbox = state(desk(), "before", "C", &alike("r", 6));
    let sandbox = state(sandbox, "renamed", "C", &with(alike("n", 6), &["4"]));
    let sandbox = state(
        sandbox,
        "anew",
        "C",
        &with(alike("n", 0), &["4", "4", "3", "4", "1"]),
    );
    let few = sandbox.run("compare before renamed").exits(2);
    assert_eq!(few.says("differ by a few").stdout, "");
    sandbox.run("compare before anew").exits(0);
}

#[test]
fn of_those_who_joined_as_many_rate_as_a_group_needs() {
    let sandbox = state(desk(), "before", "C", &alike("r", 6));
    let few = with(
        alike("r", 6),
        &["4", "unknown", "unknown", "unknown", "unknown"],
    );
    let sandbox = state(sandbox, "few", "C", &few);
    let enough = with(alike("r", 6), &["4", "3", "4", "1", "0", "unknown"]);
    let sandbox = state(sandbox, "enough", "C", &enough);
    let told = sandbox.run("compare before few").exits(2);
    assert_eq!(told.says("differ by a few").stdout, "");
    sandbox.run("compare before enough").exits(0);
}

#[test]
fn one_client_is_one_however_it_is_written() {
    for name in [
        "Café Noir",
        "café  noir ",
        "Cafe\u{301} Noir",
        "CAFE NOIR",
        "Café\u{200b} Noir.",
    ] {
        let sandbox = state(desk(), "all/before", "Café Noir", &alike("r", 6));
        let sandbox = state(sandbox, "all/later", name, &with(alike("r", 6), &["4"]));
        let sandbox = sandbox.file("all/p/pack.yaml", house());
        let told = sandbox.run("portfolio all --format json").exits(3);
        told.says("held back: its people differ by a few from those of `before`");
        let told = sandbox
            .run("report all/before all/later --out out")
            .exits(2);
        told.says("`all/later` is held back")
            .says("report one of them");
        assert!(!sandbox.path("out").exists());
    }
    let sandbox = state(desk(), "all/before", "Café Noir", &alike("r", 6));
    let sandbox = state(
        sandbox,
        "all/other",
        "Café Blanc",
        &with(alike("r", 6), &["4"]),
    );
    let sandbox = sandbox.file("all/p/pack.yaml", house());
    sandbox.run("portfolio all --format json").exits(0);
    sandbox
        .run("report all/before all/other --out out")
        .exits(0);
}

#[test]
fn a_stored_result_stands_beside_others_of_closed_rounds_alone() {
    let sandbox = state(desk(), "first", "C", &alike("r", 6));
    let mut sandbox = state(sandbox, "second", "C", &alike("r", 7));
    for (name, day) in [("first", "2026-11-20"), ("second", "2026-11-21")] {
        let text = sandbox.read(&format!("{name}/assessment.yaml"));
        let closed = format!("{text}respondents: {{ closed_on: {day} }}\n");
        for (state, text) in [("open", &text), ("closed", &closed)] {
            sandbox = sandbox.file(&format!("{name}/assessment.yaml"), text);
            let result = sandbox
                .run(&format!("assess {name} --format json"))
                .exits(0);
            sandbox = sandbox.file(&format!("{name}-{state}.json"), result.stdout);
        }
    }
    for (one, two) in [
        ("first-open.json", "second-open.json"),
        ("first-open.json", "second-closed.json"),
        ("first-closed.json", "first-open.json"),
        ("first-open.json", "second"),
    ] {
        let told = sandbox.run(&format!("compare {one} {two}")).exits(2);
        assert_eq!(told.says("only where both rounds are closed").stdout, "");
        let told = sandbox
            .run(&format!("report {one} {two} --out out"))
            .exits(2);
        told.says("not all rounds are closed");
    }
    sandbox
        .run("compare first-open.json first-open.json")
        .exits(0);
    sandbox
        .run("compare first-closed.json second-closed.json")
        .exits(0);
    sandbox.run("compare first-closed.json second").exits(0);
    sandbox
        .run("compare first second")
        .exits(2)
        .says("differ by a few");
}

#[test]
fn a_survey_without_a_header_prints_nobodys_answers() {
    let sandbox = desk()
        .file(
            "c/assessment.yaml",
            "format: 1\nclient: { name: C }\npacks: [../p]\n",
        )
        .file(
            "c/responses/survey.csv",
            "ada,leadership,4,SECRET\nbob,leadership,3,SECRET\n",
        );
    let told = sandbox.run("check c").exits(3);
    let said = format!("{}{}", told.stdout, told.stderr);
    assert!(
        said.contains("the first row holds the names of columns"),
        "{said}"
    );
    for answer in ["SECRET", "ada", "`4`"] {
        assert!(!said.contains(answer), "{answer}: {said}");
    }
}

#[test]
fn moving_answers_of_many_names_no_file_and_no_answer() {
    let moved = format!("{}moved: {{ old: a }}\n", house());
    let mut sandbox = Sandbox::new().file("p/pack.yaml", moved).file(
        "c/assessment.yaml",
        "format: 1\nclient: { name: C }\npacks: [../p]\n",
    );
    for one in 0..5 {
        let text = format!(
            "format: 1\nrespondent: r{one}\nrole: leadership\nanswers: {{ p: {{ old: {{ value: 3, note: SECRET }} }} }}\n"
        );
        sandbox = sandbox.file(&format!("c/responses/r{one}.yaml"), text);
    }
    let told = sandbox.run("migrate c --dry-run").exits(0);
    assert_eq!(told.stdout, "c/responses: `p.old` is now `p.a`\n");
    let both = "format: 1\nrespondent: r0\nrole: leadership\nanswers: { p: { a: 1, old: { value: 3, note: SECRET } } }\n";
    let told = sandbox
        .file("c/responses/r0.yaml", both)
        .run("migrate c --dry-run");
    let said = format!("{}{}", told.stdout, told.stderr);
    assert_ne!(told.code, 0);
    assert!(!said.contains("SECRET"), "{said}");
}

#[test]
fn letters_that_are_one_in_capitals_alone_are_one() {
    for (one, other) in [
        ("Straße AG", "STRASSE AG"),
        ("Νίκος", "ΝΙΚΟΣ"),
        ("Ilgın", "ILGIN"),
    ] {
        let sandbox = state(desk(), "before", one, &alike("r", 6));
        let sandbox = state(sandbox, "later", other, &with(alike("r", 6), &["4"]));
        sandbox
            .run("report before later --out out")
            .exits(2)
            .says("is held back");
    }
}
