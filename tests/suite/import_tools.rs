//! `import`: tables as survey tools write them.

use super::import::answers;
use super::questionnaire::{PACK, acme, imported};

#[test]
fn names_are_understood_as_survey_tools_write_them() {
    let table = "respondent,role,Do you care?,Do you care? [Comment],Where do customers reach you? [By phone],Where do customers reach you? [On the web],Where do customers reach you? - Nowhere\n\
        r1,frontline,Fully,Because,Y,N,\n\
        r2,frontline,Some,,By phone,On the web,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        ["care: { value: 4, note: \"Because\" }", "channels: [phone]"]
    );
    assert_eq!(
        answers(&sandbox, "r2"),
        ["care: 2", "channels: [phone, web]"]
    );
}

#[test]
fn what_ticks_are_called_elsewhere_is_said_once() {
    let sandbox = acme()
        .file(
            "t.csv",
            "respondent,role,channels/phone,channels/web\nr1,frontline,Ja,Nein\n",
        )
        .file("m.yaml", "format: 1\neverywhere: { Ja: 1, Nein: 0 }\n");
    let run = sandbox.run("import t.csv --into acme").exits(3);
    run.says("a mapping can say under `everywhere` what is meant: 1, 0, `unknown`, or `no-answer`");
    sandbox
        .run("import t.csv --into acme --mapping m.yaml")
        .exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["channels: [phone]"]);
}

#[test]
fn wordings_that_hold_a_comma_are_told_apart_in_one_cell() {
    let pack = PACK.replace("label: \"By phone\"", "label: \"By phone, day and night\"");
    let sandbox = acme().file("acme/ours/pack.yaml", pack).file(
        "t.csv",
        "respondent,role,channels\nr1,frontline,\"By phone, day and night, On the web\"\n",
    );
    sandbox.run("import t.csv --into acme").exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["channels: [phone, web]"]);
}

#[test]
fn a_comment_without_an_answer_is_kept_and_the_question_stays_open() {
    let table = "respondent,role,care,care:comment\nr1,frontline,,Nobody asked me\nr2,frontline,3,\nr3,frontline,2,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        ["care: { note: \"Nobody asked me\" }"]
    );
    sandbox.run("check acme").exits(0).says("no problems");
    let run = sandbox.run("assess acme --format json").exits(0);
    assert!(
        !run.stdout.contains("Nobody asked me"),
        "two of three rated it"
    );
    let back = sandbox.run("export acme --format responses").exits(0);
    let sandbox = sandbox.file("back.csv", &back.stdout);
    sandbox
        .run("import back.csv --into acme --replace")
        .exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        ["care: { note: \"Nobody asked me\" }"]
    );
}

#[test]
fn a_reason_without_an_answer_is_not_guessed_at() {
    let (_, run) = imported(
        "respondent,role,care:reason\nr1,frontline,We sell none\n",
        "",
    );
    run.exits(3)
        .says("`ours.care` has a reason why it does not apply, and no answer that says so")
        .says("write `n/a` as its answer, or empty the cell");
}

#[test]
fn a_mapping_to_fill_in_names_who_may_answer_and_in_which_role() {
    let table = "Response ID,Start time,Your team,care\n7,10:02,Sales,3\n8,10:03,frontline,2\n";
    let (sandbox, run) = imported(table, "--suggest");
    let run = run.exits(0);
    for line in [
        "#respondent: \"Response ID\"            # or { number: r } to number the rows",
        "#  column: \"Your team\"\n#  values:\n#    \"Sales\": frontline    # leadership,",
        "  #- \"Start time\"    # survey tools add it",
    ] {
        assert!(run.stdout.contains(line), "no {line} in\n{}", run.stdout);
    }
    let given = run
        .stdout
        .replace("#respondent", "respondent")
        .replace("#role:", "role:")
        .replace("#  ", "  ")
        .replace("\"Sales\": frontline", "\"Sales\": management")
        .replace("#- \"Start", "- \"Start");
    let sandbox = sandbox.file("m.yaml", given);
    sandbox
        .run("import t.csv --into acme --mapping m.yaml")
        .exits(0);
    assert!(
        sandbox
            .read("acme/responses/7.yaml")
            .contains("role: management")
    );
    let again = sandbox.run("import t.csv --into acme --mapping m.yaml --suggest");
    assert_eq!(
        again.exits(0).stdout.lines().skip(2).collect::<Vec<_>>(),
        [
            "format: 1",
            "# This is what is left beside the mapping that was given: add it there.",
            "# columns that are understood as they are: 1"
        ]
    );
}

#[test]
fn no_respondent_makes_a_name_that_a_shell_takes_for_an_option() {
    let table = "respondent,role,care\n-rf,frontline,3\n=1+1,frontline,2\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    let files = sandbox.files();
    let odd = files.iter().filter(|path| path.contains("/-"));
    assert_eq!(odd.count(), 0, "{files:?}");
}

#[test]
fn what_our_forms_say_to_people_comes_back_too() {
    let table = "respondent,role,care,shape,shape:reason,channels,channels/By phone,channels/I cannot say\n\
        r1,frontline,I cannot say,Does not apply,We sell one thing,By phone On the web,,\n\
        r2,frontline,\"3 – Much, and it shows\",loose,,I cannot say,0,1\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        [
            "care: unknown",
            "channels: [phone, web]",
            "shape: { not_applicable: \"We sell one thing\" }"
        ]
    );
    assert_eq!(
        answers(&sandbox, "r2"),
        ["care: 3", "channels: unknown", "shape: loose"]
    );
}
