//! The history of a folder in which many people answer tells no more of them than it must.

use crate::history::{each, history, indices, pack};
use crate::revisions::{commit, git};
use crate::sandbox::Sandbox;
use serde_json::Value;

const ASSESSMENT: &str = "format: 1\nclient: { name: Acme }\npacks: [../../rules/small]\n";

fn response(who: u32, role: &str, rating: u32) -> String {
    format!(
        "format: 1\nrespondent: r{who:02}\nrole: {role}\nanswers: {{ small: {{ a: {rating}, b: {rating}, c: {rating}, d: {rating} }} }}\n"
    )
}

fn begun(pack: &str) -> Sandbox {
    let sandbox = Sandbox::new()
        .file("rules/small/pack.yaml", pack)
        .file("clients/acme/assessment.yaml", ASSESSMENT);
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    sandbox
}

fn answer(sandbox: Sandbox, who: u32, role: &str, rating: u32) -> Sandbox {
    let path = format!("clients/acme/responses/r{who:02}.yaml");
    sandbox.file(&path, response(who, role, rating))
}

fn states(sandbox: &Sandbox) -> Vec<String> {
    each(&history(sandbox, "")["points"], "state")
}

#[test]
fn a_point_is_held_back_that_would_give_one_person_away() {
    let mut sandbox = begun(&pack("1.0.0"));
    for who in 1..=5 {
        sandbox = answer(sandbox, who, "frontline", 2);
    }
    commit(&sandbox, "2026-01-01");
    // The sixth answers 4: five times 2 and this are known from two means.
    let sandbox = answer(sandbox, 6, "frontline", 4);
    commit(&sandbox, "2026-01-02");
    let told = history(&sandbox, "");
    assert_eq!(each(&told["points"], "state"), ["held-back", "scored"]);
    assert_eq!(indices(&told, "small.one").len(), 1);
    assert_eq!(told["points"][0]["coverage"], Value::Null);
    assert_eq!(told["points"][0]["people"], Value::Null);
    for format in ["text", "md", "html", "json"] {
        let run = sandbox
            .run(&format!("history clients/acme --format {format}"))
            .exits(0);
        assert!(run.stdout.to_lowercase().contains("held"), "{format}");
        for role in ["frontline", "front line", "r06"] {
            assert!(!run.stdout.contains(role), "{format}: {role}");
        }
    }
}

#[test]
fn five_more_people_make_the_next_point() {
    let mut sandbox = begun(&pack("1.0.0"));
    for who in 1..=12 {
        sandbox = answer(sandbox, who, "frontline", who % 5);
        commit(&sandbox, &format!("2026-01-{who:02}"));
    }
    let shown: Vec<usize> = states(&sandbox)
        .iter()
        .enumerate()
        .filter_map(|(place, state)| (state == "scored").then_some(place + 1))
        .collect();
    assert_eq!(
        shown,
        [7, 12],
        "the newest, and others five people apart; of two people none could be scored"
    );
}

#[test]
fn what_a_few_roles_are_asked_needs_as_many_of_those() {
    let restricted = pack("1.0.0").replacen(" a: {", " a: { roles: [leadership],", 1);
    let grown = |pack: &str, leaders: u32| {
        let mut sandbox = begun(pack);
        for who in 1..=10 {
            let role = if who <= 5 { "leadership" } else { "frontline" };
            sandbox = answer(sandbox, who, role, 2);
        }
        commit(&sandbox, "2026-01-01");
        for who in 11..=15 {
            let role = if who < 11 + leaders {
                "leadership"
            } else {
                "frontline"
            };
            sandbox = answer(sandbox, who, role, 4);
        }
        commit(&sandbox, "2026-01-02");
        states(&sandbox)
    };
    for pack in [&pack("1.0.0"), &restricted] {
        assert_eq!(grown(pack, 0), ["scored", "scored"]);
        let states = grown(pack, 1);
        assert_eq!(states, ["held-back", "scored"], "one leader more");
    }
}

#[test]
fn everybody_asked_again_is_a_point_whatever_else_changed() {
    let mut sandbox = begun(&pack("1.0.0"));
    for rating in [1, 3] {
        for who in 1..=6 {
            sandbox = answer(sandbox, who, "frontline", rating);
        }
        commit(&sandbox, &format!("2026-01-0{rating}"));
    }
    let sandbox = sandbox.file(
        "clients/acme/consensus.yaml",
        "format: 1\nconsensus: { small: { a: { value: 4, reason: agreed } } }\n",
    );
    commit(&sandbox, "2026-01-04");
    git(&sandbox, "", &["mv", "clients/acme", "clients/acme2"]);
    git(&sandbox, "", &["mv", "clients/acme2", "clients/acme"]);
    git(&sandbox, "", &["mv", "clients", "customers"]);
    commit(&sandbox, "2026-01-05");
    let run = sandbox
        .run("history customers/acme --format json")
        .exits(0)
        .json();
    assert_eq!(each(&run["points"], "state"), ["scored"; 4]);
    assert_eq!(indices(&run, "small.one"), [25.0, 75.0, 81.25, 81.25]);
}

#[test]
fn a_broken_response_names_nobody() {
    let mut sandbox = begun(&pack("1.0.0"));
    for who in 1..=5 {
        sandbox = answer(sandbox, who, "frontline", 2);
    }
    commit(&sandbox, "2026-01-01");
    let broken = answer(sandbox, 3, "frontline", 9);
    commit(&broken, "2026-01-02");
    let told = history(&broken, "");
    let problem = &told["points"][1]["problem"];
    assert_eq!(problem["message"], "a response is not valid");
    assert!(
        problem["place"]
            .as_str()
            .unwrap()
            .ends_with(":clients/acme/responses"),
        "{problem}"
    );
    assert!(!told.to_string().contains("r03"), "{told:#}");
}
