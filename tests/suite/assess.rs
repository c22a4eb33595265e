//! `assess` and `explain`: the verdict, and why.

use crate::sandbox::{Sandbox, answers, command, sample};

fn sandbox() -> Sandbox {
    Sandbox::new().file("harbour/assessment.yaml", sample())
}

#[test]
fn the_verdict_stands_on_its_own() {
    sandbox()
        .run("assess harbour")
        .exits(0)
        .prints("Harbour Tools, Marine division")
        .prints("Level 2 of 5, Attentive.")
        .prints("It is not known by segment what customers bring or cost")
        .prints("Organisation around the customer  53  ")
        .prints("Called for: Medium form.")
        .prints("Work out from last year's accounts what customers")
        .prints("What is not known")
        .prints("Nobody could say (3):")
        .says("why: centricity explain harbour ID");
}

#[test]
fn the_verdict_fits_eighty_columns() {
    for text in [sample(), answers("promise: 2"), answers("")] {
        let run = Sandbox::new().pipe("assess -", &text).exits(0);
        assert!(
            run.stdout.lines().all(|line| line.chars().count() <= 80),
            "{run:?}"
        );
    }
}

#[test]
fn colour_only_repeats_what_words_say() {
    let plain = sandbox().run("assess harbour").never("\u{1b}");
    let coloured = sandbox()
        .run("assess harbour --color always")
        .prints("\u{1b}[1m");
    let mut text = coloured.stdout.clone();
    for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[31m", "\u{1b}[32m"] {
        text = text.replace(code, "");
    }
    assert_eq!(text, plain.stdout);
}

#[test]
fn quiet_leaves_only_the_result() {
    let run = sandbox()
        .run("assess harbour --quiet")
        .exits(0)
        .prints("Attentive");
    assert_eq!(run.stderr, "");
}

#[test]
fn the_result_is_the_same_from_everywhere() {
    let sandbox = sandbox();
    let from_above = sandbox.run("assess harbour --format json").exits(0).stdout;
    let from_inside = sandbox.run_in("harbour", "assess . --format json").stdout;
    let by_file = sandbox
        .run("assess harbour/assessment.yaml --format json")
        .stdout;
    let piped = sandbox.pipe("assess - --format json", &sample()).stdout;
    assert!(
        [from_inside, by_file, piped]
            .iter()
            .all(|text| *text == from_above)
    );
    let folder = sandbox.path("").display().to_string();
    assert!(!from_above.contains(&folder));
}

#[test]
fn an_assessment_without_answers_claims_nothing() {
    Sandbox::new()
        .pipe("assess -", &answers(""))
        .exits(0)
        .prints("Too little is answered to give a level.")
        .prints("Not assessed yet: ")
        .never("NaN");
}

#[test]
fn invalid_answers_give_no_verdict() {
    let run = Sandbox::new()
        .pipe("assess -", &answers("promise: 9"))
        .exits(3)
        .says("out-of-scale");
    assert_eq!(run.stdout, "");
}

#[test]
fn a_folder_without_an_assessment_is_told() {
    let sandbox = Sandbox::new().file("acme/other.yaml", "");
    sandbox
        .run("assess acme")
        .exits(1)
        .says("there is no assessment.yaml in `acme`")
        .says("centricity init acme");
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let sandbox = sandbox();
    let mut command = command(&sandbox.path(""), "assess harbour --format json");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command.stdout(writer).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn an_explanation_names_what_would_change_it() {
    sandbox()
        .run("explain harbour organisation.level")
        .exits(0)
        .prints("Level of the organisation (organisation.level)")
        .prints("Structured asks for It is known by segment what customers bring or cost")
        .prints("Customer profit (organisation.profit): Margin is known by segment (2)")
        .prints("then: Structured");
}

#[test]
fn everything_listed_can_be_explained() {
    let sandbox = sandbox();
    let list = sandbox
        .run("explain harbour")
        .exits(0)
        .prints("Findings")
        .prints("organisation.profit-known")
        .stdout;
    for line in list
        .lines()
        .filter(|line| line.starts_with("  "))
        .step_by(9)
    {
        let id = line.split_whitespace().next().expect("an id");
        sandbox
            .run(&format!("explain harbour {id}"))
            .exits(0)
            .prints(id);
    }
}

#[test]
fn a_part_that_nothing_calls_for_is_not_explained_as_counted() {
    // A standalone offer calls for no form, so none of the medium one counts in the dimension.
    let text = "format: 1\nclient: { name: C }\npacks: [organisation, maturity]\nanswers:\n  organisation: { integration: standalone, products: up-to-five, customers: below-ten, variety: one-product, structure: 2, process: 4, rewards: 0, role: 4, power: 4 }\n";
    let sandbox = Sandbox::new().file("a.yaml", text);
    let run = sandbox
        .run("explain a.yaml maturity.organisation")
        .exits(0)
        .prints("Role: not called for, left out")
        .prints("Power to commit: not called for, left out");
    // Structure, process and rewards: (2 + 4 + 0) / 3.
    run.prints("\n2 of 4 (index 50)");
}

#[test]
fn a_question_says_what_one_step_up_would_add() {
    let sandbox = sandbox();
    let plan = sandbox.run("assess harbour --format json").exits(0).json()["plan"].clone();
    let steps = plan.as_array().unwrap();
    let step = steps
        .iter()
        .find(|one| one["id"] == "organisation.power")
        .unwrap();
    let told = sandbox
        .run("explain harbour power --format json")
        .exits(0)
        .json();
    let change = &told["changes"][0];
    let answer = format!("{} ({})", step["to_says"].as_str().unwrap(), step["to"]);
    assert_eq!(change["answer"], answer.replace(".0)", ")"));
    let then = change["then"].as_str().unwrap();
    for added in step["adds"].as_array().unwrap() {
        let points = added["index"].as_f64().unwrap();
        assert!(then.contains(&format!(" +{points:.1}")), "{then}: {points}");
    }
    assert!(!step["adds"].as_array().unwrap().is_empty());
}

#[test]
fn an_explanation_comes_as_json_too() {
    let json = sandbox()
        .run("explain harbour power --format json")
        .exits(0)
        .json();
    assert_eq!(json["id"], "organisation.power");
}

#[test]
fn an_unknown_id_is_named_with_the_nearest() {
    sandbox()
        .run("explain harbour levl")
        .exits(2)
        .says("did you mean `level`?");
}

#[test]
fn an_id_of_several_packs_asks_which() {
    sandbox()
        .run("explain harbour level")
        .exits(2)
        .says("`level` is in several packs")
        .says("`organisation.level`, `retention.level`, `principles.level`");
}
