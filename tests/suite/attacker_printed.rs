//! The attacker, who reads what is printed in every form: all of it is the same, whatever people
//! outside every group answered.

use super::agreement::AGREEMENT;
use super::crowd::Crowd;
use super::revisions::{commit, git};
use super::sandbox::Sandbox;
use super::workshop::{HEADER, pack, ratings};
use crate::reports::report;
use centricity::assess::assess;
use centricity::study::explainable;

/// Everything that can be printed of a crowd's answers, in every form; beside it lies the folder of
/// an earlier one.
fn printed(crowd: &Crowd, earlier: &Crowd) -> Vec<(String, String)> {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b, c] }}\n{AGREEMENT}",
        ratings(&["a", "b", "c"])
    );
    let rulebook = pack(&body).good();
    let result = assess(&rulebook, &crowd.merge(&rulebook).valid());
    let json = serde_json::to_string_pretty(&result).expect("json");
    let mut texts = vec![("result".to_owned(), json)];
    for name in ["all", "executive"] {
        let report = report(&rulebook, &result, name, "");
        texts.push((format!("{name}.md"), report.markdown().expect("Markdown")));
        texts.push((format!("{name}.html"), report.html().expect("HTML")));
        let word = report.word(None).expect("Word");
        let word = word.iter().map(|byte| char::from(*byte)).collect();
        texts.push((format!("{name}.docx"), word));
    }
    let sandbox = Sandbox::new()
        .file("all/c/p/pack.yaml", format!("{HEADER}{body}"))
        .file("before/p/pack.yaml", format!("{HEADER}{body}"));
    let sandbox = earlier.write(crowd.write(sandbox, "all/c"), "before");
    let commands = [
        "check all/c",
        "assess all/c",
        "assess all/c --format json",
        "sheet all/c --all",
        "sheet all/c --all --format html",
        "sheet all/c --consensus --out consensus.yaml",
        "plan all/c",
        "portfolio all",
        "portfolio all --format json",
        "portfolio all --format ndjson",
        "compare before all/c",
        "compare before all/c --format json",
    ];
    let commands = commands.map(str::to_owned).into_iter();
    let explained = explainable(&rulebook);
    let explained = explained
        .into_iter()
        .map(|id| format!("explain all/c {id}"));
    for command in commands.chain(explained) {
        let run = sandbox.run(&command);
        texts.push((command, format!("{}{}", run.stdout, run.stderr)));
    }
    for command in [
        "report all/c --detail all --format xlsx,docx,md,html,json,context --out made/report",
        "portfolio all --format html,md,json,csv,xlsx,ndjson --out made/portfolio",
        "portfolio all --format json --out made/spread --benchmark made/benchmark.yaml",
    ] {
        let run = sandbox.run(command);
        texts.push((command.to_owned(), format!("{}{}", run.stdout, run.stderr)));
    }
    for path in sandbox.files() {
        if path.starts_with("made/") {
            let bytes = std::fs::read(sandbox.path(&path)).expect("a file");
            let bytes = bytes.into_iter().map(char::from).collect();
            texts.push((path, bytes));
        }
    }
    texts.extend(history(&body, crowd, earlier));
    texts
}

/// The history of a folder that held an earlier crowd. The names of commits stand for every byte of
/// them, responses too, and are left out.
fn history(body: &str, crowd: &Crowd, earlier: &Crowd) -> Vec<(String, String)> {
    let sandbox = Sandbox::new().file("c/p/pack.yaml", format!("{HEADER}{body}"));
    let sandbox = earlier.write(sandbox, "c");
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    commit(&sandbox, "2026-01-31");
    let sandbox = crowd.write(sandbox, "c");
    commit(&sandbox, "2026-02-28");
    let names = git(&sandbox, "", &["log", "--format=%H"]);
    let shown = ["text", "md", "html", "json"].map(|format| {
        let command = format!("history c --format {format}");
        let run = sandbox.run(&command);
        let text = format!("{}{}", run.stdout, run.stderr);
        let text = names.lines().fold(text, |text, name| {
            let text = text.replace(name, "");
            (7..13)
                .rev()
                .fold(text, |text, length| text.replace(&name[..length], ""))
        });
        (command, text)
    });
    shown.into()
}

/// Prints folders that differ in what outsiders answer, and holds them against one another.
#[track_caller]
fn attack(crowd: impl Fn(&str) -> Crowd) {
    let outsiders = [
        "a: 0, b: 4, c: { value: 0, note: sesame }",
        "a: 4, b: 0, c: { value: 4, note: sesame }",
        "a: unknown, b: unknown, c: { not_applicable: sesame }",
        "b: { value: 2, evidence: { grade: document, ref: sesame } }",
    ];
    let earlier = crowd("a: 1, b: 1");
    let first = printed(&crowd(outsiders[0]), &earlier);
    for other in &outsiders[1..] {
        let others = printed(&crowd(other), &earlier);
        assert_eq!(first.len(), others.len());
        for ((name, one), (_, other)) in first.iter().zip(&others) {
            let unlike = one
                .lines()
                .zip(other.lines())
                .find(|(one, other)| one != other);
            assert_eq!(unlike, None, "{name}");
            assert!(one == other && !one.contains("sesame"), "{name}");
        }
    }
    assert!(first[0].1.contains("heard of"), "those who count speak");
}

#[test]
fn nothing_printed_depends_on_people_left_out() {
    attack(|outsiders| {
        let front = (0..6).fold(Crowd::new(), |crowd, nth| {
            crowd.says(
                "frontline",
                &format!("a: {}, b: 1, c: {{ value: 2, note: heard of it }}", nth % 4),
            )
        });
        let crowd = front.set("respondents: { weights: { leadership: 3 } }\n");
        crowd
            .says("leadership", outsiders)
            .says("customer", outsiders)
    });
}

#[test]
fn nor_beside_an_open_role_and_others_and_on_a_closed_question() {
    attack(|outsiders| {
        let settings = "respondents: { minimum_group: 3, open_roles: [leadership] }\n";
        let crowd = Crowd::new().set(settings).says(
            "leadership",
            "a: 4, b: { value: 3, note: heard of leaders }",
        );
        let roles = ["frontline", "frontline", "frontline", "frontline"];
        let crowd = roles
            .into_iter()
            .enumerate()
            .fold(crowd, |crowd, (nth, role)| {
                crowd.says(role, &format!("a: {nth}, b: 2"))
            });
        crowd
            .says("customer", outsiders)
            .says("backoffice", outsiders)
    });
}
