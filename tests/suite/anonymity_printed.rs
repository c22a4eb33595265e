//! Nothing that is printed, in whatever form, tells more of hidden groups than their sum.

use super::anonymity::AGREEMENT;
use super::crowd::Crowd;
use super::sandbox::Sandbox;
use super::workshop::{HEADER, pack, ratings};
use crate::reports::report;
use centricity::assess::assess;
use centricity::study::explainable;

/// Everything that can be printed of a crowd's answers, in every form.
fn printed(crowd: &Crowd) -> Vec<String> {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b, c] }}\n{AGREEMENT}",
        ratings(&["a", "b", "c"])
    );
    let rulebook = pack(&body).good();
    let result = assess(&rulebook, &crowd.merge(&rulebook).valid());
    let mut texts = vec![serde_json::to_string_pretty(&result).expect("json")];
    for name in ["all", "executive"] {
        let report = report(&rulebook, &result, name, "");
        texts.push(report.markdown().expect("Markdown"));
        texts.push(report.html().expect("HTML"));
        let word = report.word(None).expect("Word");
        texts.push(word.iter().map(|byte| char::from(*byte)).collect());
    }
    let sandbox = Sandbox::new().file("c/p/pack.yaml", format!("{HEADER}{body}"));
    let sandbox = crowd.write(sandbox, "c");
    let commands = [
        "assess c",
        "sheet c --all",
        "sheet c --all --format html",
        "plan c",
        "portfolio .",
    ];
    let commands = commands.map(str::to_owned).into_iter();
    let explained = explainable(&rulebook);
    let explained = explained.into_iter().map(|id| format!("explain c {id}"));
    for command in commands.chain(explained) {
        let run = sandbox.run(&command);
        texts.push(format!("{}{}", run.stdout, run.stderr));
    }
    texts
}

#[test]
fn no_format_knows_more_of_hidden_groups_than_their_sum() {
    let crowd = |management: [&str; 2], customers: [&str; 3]| {
        let shown = [("leadership", "4"), ("frontline", "1")];
        let mut crowd = Crowd::new();
        for (role, b) in shown.into_iter().flat_map(|one| [one; 6]) {
            crowd = crowd.says(
                role,
                &format!("a: 3, b: {b}, c: {{ value: 2, note: heard of {role} }}"),
            );
        }
        let crowd = management
            .iter()
            .fold(crowd, |crowd, says| crowd.says("management", says));
        customers
            .iter()
            .fold(crowd, |crowd, says| crowd.says("customer", says))
    };
    let one = crowd(
        [
            "a: 1, b: 2, c: { value: 2, note: sesame }",
            "a: 1, b: 4, c: 1",
        ],
        [
            "a: 3, b: 1, c: 2",
            "a: 3, b: 2, c: unknown",
            "a: 3, b: 3, c: 1",
        ],
    );
    let other = crowd(
        [
            "a: 4, b: 3, c: 0",
            "a: 0, b: 1, c: { value: 3, note: abracadabra }",
        ],
        [
            "a: 2, b: 4, c: 3",
            "a: 2, b: 2, c: unknown",
            "a: 2, b: 3, c: { value: 0, note: rumpelstiltskin }",
        ],
    );
    let pairs = printed(&one).into_iter().zip(printed(&other));
    for (place, (one, other)) in pairs.enumerate() {
        let unlike = one
            .lines()
            .zip(other.lines())
            .find(|(one, other)| one != other);
        assert_eq!(unlike, None, "text {place}");
        assert!(
            !one.contains("sesame")
                && !other.contains("abracadabra")
                && !other.contains("rumpelstiltskin")
        );
        assert!(
            place != 0 || one.contains("heard of leadership"),
            "shown groups speak"
        );
    }
}

/// Too few people answered one question of the freight firm, which is closed: nobody left it open.
#[test]
fn a_closed_question_is_not_said_to_be_left_open() {
    let path = format!("{}/tests/clients/meridian-freight", crate::sandbox::ROOT);
    let sandbox = crate::sandbox::Sandbox::new();
    let result = sandbox
        .run(&format!("assess {path} --format json"))
        .exits(0);
    let result: serde_json::Value = serde_json::from_str(&result.stdout).expect("JSON");
    let questions = result["questions"].as_array().expect("questions");
    let closed =
        |one: &&serde_json::Value| one["group"]["outcome"] == "closed" && one["state"] == "missing";
    let closed: Vec<_> = questions.iter().filter(closed).collect();
    assert!(!closed.is_empty());
    for one in closed {
        assert_eq!(
            one["says"],
            "hidden: answered by too few people to be counted or shown"
        );
    }
    let open = |one: &serde_json::Value| {
        matches!(one["state"].as_str(), Some("missing")) && one["group"]["outcome"] != "closed"
    };
    assert!(!questions.iter().any(open));
    let report = sandbox.run(&format!("report {path} --format md")).exits(0);
    assert!(report.stdout.contains("too few people"));
    report.never("nobody could show it").never("left open");
}
