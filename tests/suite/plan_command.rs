//! `plan`: the few steps that lead to a level, as a consultant would give them.

use super::sandbox::{ROOT, Sandbox, sample};
use crate::sandbox::schema;

fn client(name: &str) -> String {
    format!("{ROOT}/tests/clients/{name}")
}

#[test]
fn steps_say_from_where_to_where_and_why() {
    let run = Sandbox::new().run(&format!(
        "plan {} --ladder organisation.built",
        client("harbour-tools")
    ));
    let run = run.exits(0);
    for line in [
        "The way to “",
        "Raise “",
        "Why:",
        "effort",
        "Owner:",
        "scored again to be sure",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    let longest = run.stdout.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{}", run.stdout);
}

#[test]
fn a_plan_over_all_packs_is_told_too() {
    let path = client("pellwick-shade");
    let run = Sandbox::new()
        .run(&format!("plan {path} --format json"))
        .exits(0);
    let plan = run.json();
    let schema = jsonschema::validator_for(&schema("plan")).expect("a schema");
    assert!(schema.is_valid(&plan), "{plan:#}");
    assert_eq!(plan["complete"], true);
    let again = Sandbox::new().run(&format!("plan {path} --format json"));
    assert_eq!(again.stdout, run.stdout);
}

#[test]
fn markdown_holds_the_same_steps() {
    let path = client("harbour-tools");
    let arguments = format!("plan {path} --ladder organisation.built");
    let markdown = Sandbox::new()
        .run(&format!("{arguments} --format md"))
        .exits(0)
        .stdout;
    let plan = Sandbox::new()
        .run(&format!("{arguments} --format json"))
        .json();
    for step in plan["steps"].as_array().expect("steps") {
        let label = step["label"].as_str().expect("a label");
        assert!(markdown.contains(label), "{label}\n{markdown}");
    }
    assert!(markdown.starts_with("# The way to “"), "{markdown}");
}

#[test]
fn each_ladder_has_its_plan_where_none_is_named() {
    let sandbox = Sandbox::new().file("a.yaml", sample());
    let all = sandbox.run("plan a.yaml").exits(0);
    for ladder in [
        "organisation.built",
        "organisation.level",
        "retention.level",
    ] {
        let one = sandbox
            .run(&format!("plan a.yaml --ladder {ladder}"))
            .exits(0);
        assert!(all.stdout.contains(&one.stdout), "{ladder}");
    }
    sandbox
        .run("plan a.yaml --to medium")
        .exits(0)
        .prints("The way to “Medium form”")
        .says("there is no level `medium`");
    sandbox
        .run("plan a.yaml --to mediun")
        .exits(2)
        .says("did you mean `medium`?");
}

#[test]
fn what_cannot_be_planned_is_refused_with_help() {
    let refused = |arguments: &str, message: &str, help: &str| {
        let run = Sandbox::new()
            .file("a.yaml", sample())
            .run(&format!("plan a.yaml {arguments}"));
        run.exits(2).says(message).says(help);
    };
    refused(
        "--format json",
        "there is more than one ladder of levels",
        "say which with `--ladder`",
    );
    refused(
        "--ladder organisation.bilt",
        "there is no ladder `organisation.bilt`",
        "did you mean `organisation.built`?",
    );
    refused(
        "--ladder organisation.built --to mediun",
        "there is no level `mediun`",
        "did you mean `medium`?",
    );
    refused(
        "--ladder organisation.built --to none",
        "is reached",
        "name a higher level with `--to`",
    );
    refused(
        "--ladder organisation.built --to intensive --budget 0",
        "budget",
        "",
    );
}

#[test]
fn what_clients_type_cannot_steer_the_terminal() {
    let text = sample().replace("owner: Head of sales", "owner: \"Head \\e[31m of sales\"");
    let sandbox = Sandbox::new().file("a.yaml", text);
    let run = sandbox
        .run("plan a.yaml --ladder organisation.built --to medium")
        .exits(0);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
}

#[test]
fn json_without_a_way_of_the_whole_says_which_ladders_have_one() {
    // Nothing that these packs ask can meet two gates of the whole.
    let given = "format: 1\nclient: { name: C }\npacks: [maturity, organisation]\nanswers:\n  organisation: { promise: 3, teams: 3, shared-view: 3, shared-reward: 3, cross-skill: 3, rewards: 3, strategy: 3, structure: 3, process: 3, people: 3, profit: 3, segment-basis: 3, treatment: 3, segment-owner: 3 }\n";
    let sandbox = Sandbox::new().file("a.yaml", given);
    let run = sandbox.run("plan a.yaml --format json");
    let said = &run.stderr;
    assert!(said.contains("there is a way with `--ladder "), "{said}");
}
