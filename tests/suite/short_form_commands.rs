//! The short form from `init` to the report: every command follows the file, and says what it is.

use crate::sandbox::Sandbox;

/// A pack of six questions, two of them core.
const PACK: &str = "format: 1
id: small
version: 1.0.0
title: \"Small\"
sections:
  one:
    title: \"One\"
    score: { aggregate: mean }
    questions:
      care: { type: rating, core: true, ask: \"Do you care?\", anchors: { 0: no, 1: bit, 2: some, 3: much, 4: fully } }
      calls: { type: boolean, core: true, ask: \"Do you call back?\" }
      visits: { type: rating, ask: \"Do you visit?\", anchors: { 0: no, 1: bit, 2: some, 3: much, 4: fully } }
  two:
    title: \"Two\"
    questions:
      people: { type: integer, ask: \"How many are you?\" }
      words: { type: text, ask: \"Anything else?\" }
      kind: { type: rating, ask: \"Are you kind?\", anchors: { 0: no, 1: bit, 2: some, 3: much, 4: fully } }
";

fn begun(option: &str) -> Sandbox {
    let sandbox = Sandbox::new().file(
        "packs/small/pack.yaml",
        PACK.replace("mean }", "mean, normalise: true }"),
    );
    sandbox
        .run(&format!("init acme --packs packs --pack small {option}"))
        .exits(0);
    sandbox
}

fn answered(sandbox: Sandbox, lines: &str) -> Sandbox {
    let text = sandbox.read("acme/assessment.yaml") + lines;
    sandbox.file("acme/assessment.yaml", text)
}

#[test]
fn a_short_assessment_begins_with_its_core_questions() {
    let sandbox = Sandbox::new().file(
        "packs/small/pack.yaml",
        PACK.replace("mean }", "mean, normalise: true }"),
    );
    sandbox
        .run("init acme --packs packs --pack small --short")
        .exits(0)
        .says("wrote acme/assessment.yaml: 2 questions, about 5 minutes; in full there would be 6 questions, about 5 minutes");
    let text = sandbox.read("acme/assessment.yaml");
    assert!(text.contains("\nform: short "), "{text}");
    assert!(
        text.contains("#care: 3") && text.contains("#calls: true"),
        "{text}"
    );
    assert!(!text.contains("#visits") && !text.contains("Two"), "{text}");
    sandbox
        .run("check acme --packs packs")
        .exits(0)
        .says("0 of 2 questions answered")
        .says("no problems");
}

#[test]
fn a_full_assessment_says_how_long_the_short_form_is() {
    let sandbox = Sandbox::new().file(
        "packs/small/pack.yaml",
        PACK.replace("mean }", "mean, normalise: true }"),
    );
    sandbox
        .run("init acme --packs packs --pack small")
        .exits(0)
        .says("6 questions, about 5 minutes; the short form, --short, has 2 questions, about 5 minutes");
    let unmarked = PACK
        .replace("core: true, ", "")
        .replace("mean }", "mean, normalise: true }");
    Sandbox::new()
        .file("packs/small/pack.yaml", unmarked)
        .run("init acme --packs packs --pack small --short")
        .exits(0)
        .says("none of these packs has a short form, so all of it is asked");
}

#[test]
fn packs_say_how_many_questions_they_ask_and_how_long_that_takes() {
    let sandbox = begun("");
    let size = "6 questions, about 5 minutes; short form: 2 questions, about 5 minutes";
    sandbox
        .run("pack list --packs packs")
        .exits(0)
        .prints(&format!("Small ({size})"));
    sandbox
        .run("pack show small --packs packs")
        .exits(0)
        .prints(size)
        .prints("Care (core)");
}

#[test]
fn forms_tables_and_interviews_follow_the_file() {
    let sandbox = begun("--short");
    sandbox
        .run("form acme --packs packs --role frontline --out form.html")
        .exits(0)
        .says("wrote form.html: the short form of 2 questions, about 5 minutes, for front line");
    let page = sandbox.read("form.html");
    assert!(
        page.contains("At most 2 questions, about 5 minutes"),
        "size"
    );
    assert!(page.contains("Do you care?") && !page.contains("Do you visit?"));
    let table = sandbox
        .run("export acme --packs packs --format csv")
        .exits(0);
    assert!(table.stdout.contains("small.calls") && !table.stdout.contains("small.kind"));
    let said = sandbox.pipe("ask acme --packs packs", "3\nyes\n");
    let said = said.exits(0);
    assert!(
        said.stdout
            .starts_with("To be asked: 2 questions, about 5 minutes."),
        "{}",
        said.stdout
    );
    said.says("all 2 questions are answered");
}

#[test]
fn an_option_asks_the_core_of_a_full_assessment_and_leaves_it_full() {
    let sandbox = begun("");
    let page = sandbox
        .run("form acme --packs packs --role frontline --short")
        .exits(0);
    assert!(page.stdout.contains("Do you care?") && !page.stdout.contains("Do you visit?"));
    let table = sandbox
        .run("export acme --packs packs --format csv --short")
        .exits(0);
    assert!(!table.stdout.contains("small.kind"));
    sandbox
        .pipe("ask acme --packs packs --short", "3\nyes\n")
        .exits(0)
        .says("all 2 questions are answered")
        .says("the same command without --short asks what is open in the full form: 4 questions, about 5 minutes");
    assert!(!sandbox.read("acme/assessment.yaml").contains("form:"));
    sandbox
        .run("check acme --packs packs")
        .exits(0)
        .says("2 of 6 questions answered");
}

#[test]
fn an_import_into_a_short_form_takes_core_answers_only() {
    let sandbox = begun("--short").file(
        "survey.csv",
        "respondent,role,small.care,small.visits,small.kind\nr1,frontline,3,2,1\nr2,frontline,2,,4\n",
    );
    sandbox
        .run("import survey.csv --into acme --packs packs")
        .exits(0)
        .says("answers to questions that the short form does not ask, left out: 3");
    let response = sandbox.read("acme/responses/r1.yaml");
    assert!(
        response.contains("care: 3") && !response.contains("visits"),
        "{response}"
    );
}

#[test]
fn answers_of_people_beyond_the_short_form_stay_and_are_not_shown() {
    let mut sandbox = begun("--short");
    for (place, kind) in (1..=6).zip([0, 1, 2, 3, 4, 4]) {
        let text = format!(
            "format: 1\nrespondent: r{place}\nrole: frontline\nanswers:\n  small: {{ care: 3, kind: {kind} }}\n"
        );
        sandbox = sandbox.file(&format!("acme/responses/r{place}.yaml"), text);
    }
    sandbox
        .run("check acme --packs packs")
        .exits(0)
        .says("no problems");
    let result = sandbox
        .run("assess acme --packs packs --format json")
        .exits(0);
    let result: serde_json::Value = serde_json::from_str(&result.stdout).expect("JSON");
    assert_eq!(result["form"], "short");
    assert_eq!(result["to_settle"], serde_json::json!([]));
    assert_eq!(result["questions"][0]["group"]["people"], 6);
    let kind = &result["questions"][5];
    assert_eq!(
        (&kind["state"], &kind["group"]),
        (&"not-core".into(), &serde_json::Value::Null)
    );
    let text = sandbox
        .read("acme/assessment.yaml")
        .replace("form: short", "form: full ");
    let sandbox = sandbox.file("acme/assessment.yaml", text);
    let result = sandbox
        .run("assess acme --packs packs --format json")
        .exits(0);
    let result: serde_json::Value = serde_json::from_str(&result.stdout).expect("JSON");
    assert_eq!(result["questions"][5]["group"]["people"], 6);
}

#[test]
fn reports_say_that_they_are_of_a_short_form() {
    let sandbox = answered(begun("--short"), "    care: 3\n");
    let says =
        "This is a short form: 2 of the 6 questions were asked, and every figure speaks of these.";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let terminal = sandbox.run("assess acme --packs packs").exits(0).stdout;
    assert!(words(&terminal).contains(says), "{terminal}");
    let report = sandbox
        .run("report acme --packs packs --format md")
        .exits(0)
        .stdout;
    assert!(
        words(&report).contains(&format!("**Short form.** {says}")),
        "{report}"
    );
    assert_eq!(report.matches(" · Short form\n").count(), 2, "{report}");
    assert!(!report.contains("Do you visit?"), "{report}");
}

#[test]
fn a_short_form_is_never_taken_for_a_full_one() {
    let sandbox = answered(begun("--short"), "    care: 3\n    visits: 0\n");
    let text = sandbox.read("acme/assessment.yaml");
    let sandbox = sandbox.file(
        "full/assessment.yaml",
        text.replace("form: short", "form: full "),
    );
    sandbox
        .run("compare acme full --packs packs")
        .exits(0)
        .prints("A short form of 2 questions is compared with a full one of 6.")
        .prints("of 6. 4 questions")
        .prints("are asked in the full form only, and count as no change.");
    let compared = sandbox
        .run("compare acme full --packs packs --format json")
        .exits(0);
    let compared: serde_json::Value = serde_json::from_str(&compared.stdout).expect("JSON");
    // 75 of 100 fell to 37.5 over all, and stayed over what both asked.
    assert_eq!(compared["scores"][0]["difference"], -37.5);
    assert_eq!(compared["scores"][0]["common"]["difference"], 0.0);
    assert_eq!(compared["scores"][0]["movement"], "slight");
    // What the short form does not ask is answered in the full one, and no answer changed.
    assert_eq!(compared["answers"], serde_json::json!([]));
    assert_eq!(compared["scores"][0]["together"], serde_json::Value::Null);
    let both = sandbox
        .run("portfolio . --packs packs --format json")
        .exits(0);
    let both: serde_json::Value = serde_json::from_str(&both.stdout).expect("JSON");
    let groups = both["groups"].as_array().expect("a list").iter();
    let groups: Vec<_> = groups
        .map(|one| (one["form"].as_str(), one["clients"].as_u64()))
        .collect();
    assert_eq!(groups, [(Some("short"), Some(1)), (Some("full"), Some(1))]);
}

#[test]
fn a_short_form_of_the_first_packs_takes_twenty_minutes_and_of_all_packs_ninety_questions() {
    let sandbox = Sandbox::new();
    let counted = |line: &str| -> (u32, String) {
        let run = sandbox.run(line).exits(0);
        let (_, said) = run.stderr.split_once("assessment.yaml: ").expect("a count");
        let (count, rest) = said.split_once(" questions, about ").expect("words");
        let (time, _) = rest.split_once(';').expect("a time");
        (count.parse().expect("a number"), time.to_owned())
    };
    let (count, time) = counted("init first --short");
    assert!(count <= 35, "{count}");
    assert_eq!(time, "20 minutes");
    let all = centricity::rules::pack::built_in_names();
    let all = all.join(" --pack ");
    let (count, _) = counted(&format!("init all --short --pack {all}"));
    assert!(count <= 90, "{count}");
}
