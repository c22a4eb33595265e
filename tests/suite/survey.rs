//! Surveys among the responses: counted as they are, with nothing imported.

use super::questionnaire::acme;
use super::sandbox::Sandbox;
use std::fmt::Write as _;

/// A survey of so many people, with answers of every kind.
fn table(people: usize) -> String {
    let roles = ["frontline", "leadership", "customer"];
    let mut text = "respondent,role,care,channels,shape,known,kept,story\n".to_owned();
    for nth in 0..people {
        let role = roles[nth % 3];
        let story = if nth % 50 == 0 {
            format!("\"Line one, of {nth}\n\"\"two\"\"\"")
        } else {
            String::new()
        };
        let shape = ["loose", "tight", "unknown", ""][nth % 4];
        writeln!(
            text,
            "r{nth},{role},{},phone; web,{shape},true,{},{story}",
            nth % 5,
            nth % 101
        )
        .unwrap();
    }
    text
}

#[track_caller]
fn result(sandbox: &Sandbox) -> String {
    sandbox.run("assess acme --format json").exits(0).stdout
}

#[test]
fn a_survey_counts_as_the_files_it_could_be_imported_into() {
    let text = table(60);
    let files = acme().file("t.csv", &text);
    files.run("import t.csv --into acme").exits(0);
    let survey = acme().file("acme/responses/survey.csv", &text);
    // Files are read by name, rows as they stand; sums of whole numbers do not mind.
    assert_eq!(result(&files), result(&survey));
    let mixed = acme().file("acme/responses/survey.csv", &text);
    let one = mixed.file("t.csv", "respondent,role,care\nzz,frontline,4\n");
    one.run("import t.csv --into acme").exits(0);
    assert_ne!(result(&one), result(&survey));
}

#[test]
fn parts_of_a_long_survey_begin_and_end_with_a_row() {
    let text = table(12_000);
    assert!(text.len() > 300_000, "more than one part: {}", text.len());
    let sandbox = acme().file("acme/responses/survey.csv", &text);
    let result = sandbox.run("assess acme --format json").exits(0).json();
    assert_eq!(result["questions"][0]["value"], 2.0);
    let spoiled = format!("{},x\n", text.trim_end());
    let sandbox = sandbox.file("acme/responses/survey.csv", spoiled);
    let lines = text.lines().count();
    sandbox
        .run("check acme")
        .exits(3)
        .prints(&format!("survey.csv:{lines}\n"))
        .prints("a row of 9 cells under 8 columns");
}

#[test]
fn a_survey_has_its_mapping_beside_it() {
    let text = "id;wie;rolle\n1;Ja;Chef\n2;Nein;Chef\n3;Ja;Chef\n";
    let mapping = "format: 1\nrespondent: id\nrole: { column: rolle, values: { Chef: leadership } }\nquestions: { wie: known }\nvalues: { known: { Ja: true, Nein: false } }\n";
    let sandbox = acme()
        .file("acme/responses/survey.csv", text)
        .file("acme/responses/survey.mapping.yaml", mapping);
    for path in [
        "acme",
        "acme/responses/survey.csv",
        "acme/responses/survey.mapping.yaml",
    ] {
        sandbox.run(&format!("check {path}")).exits(0);
    }
    let plain = "respondent,role,known\n1,leadership,yes\n2,leadership,no\n3,leadership,yes\n";
    let plain = acme().file("acme/responses/survey.csv", plain);
    assert_eq!(result(&sandbox), result(&plain));
    let sandbox = sandbox.file(
        "acme/responses/survey.mapping.yaml",
        mapping.replace("known: {", "knwon: {"),
    );
    sandbox
        .run("check acme")
        .exits(3)
        .prints("acme/responses/survey.mapping.yaml:5:11");
}

#[test]
fn what_an_open_spreadsheet_leaves_beside_a_survey_is_not_read() {
    let sandbox = acme()
        .file("acme/responses/~$survey.xlsx", "somebody")
        .file("acme/responses/.~lock.survey.csv", "somebody");
    sandbox.run("check acme").exits(0).says("no problems");
}

#[test]
fn problems_of_a_survey_stop_the_assessment() {
    let sandbox = acme().file(
        "acme/responses/survey.csv",
        "respondent,role,care\nr1,frontline,9\n",
    );
    let run = sandbox.run("assess acme").exits(3);
    run.says("acme/responses/survey.csv:2\n")
        .says("error[unknown-choice]")
        .never("`9`");
    sandbox
        .run("check acme/responses/survey.csv")
        .exits(3)
        .prints("`9` is no answer");
}

#[test]
fn nobody_answers_in_a_file_and_in_a_survey() {
    let sandbox = acme()
        .file(
            "acme/responses/a.yaml",
            "format: 1\nrespondent: r1\nrole: frontline\nanswers: { ours: { care: 3 } }\n",
        )
        .file(
            "acme/responses/survey.csv",
            "respondent,role,care\nR1,frontline,3\n",
        );
    let run = sandbox.run("check acme").exits(3);
    run.prints("somebody answers twice")
        .prints("survey.csv:2\n")
        .prints("the other response is in acme/responses/a.yaml");
}
