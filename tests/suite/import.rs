//! `import`: tables that are understood.

use super::questionnaire::{acme, imported, open};
use super::sandbox::Sandbox;
#[cfg(unix)]
use super::sandbox::{mode, set_mode};

/// The answers in a response file, without what stands before them.
#[track_caller]
pub(crate) fn answers(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let text = sandbox.read(&format!("acme/responses/{name}.yaml"));
    let lines = text.lines().skip_while(|line| *line != "  ours:").skip(1);
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_wide_table_has_one_row_a_respondent() {
    let table = "respondent,role,unit,answered_on,care,channels,shape,known,staff,kept,pay,story\n\
        r1,frontline,North,2026-10-31,3,phone; web,loose,true,12,80,2.5,Well\n\
        r2,leadership,,2026-10-30T09:15:00Z,Fully,On the web,tightly  RUN,no,,,,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0).says("wrote 2 responses into acme/responses");
    let first = sandbox.read("acme/responses/r1.yaml");
    let head = "# From t.csv\nformat: 1\nrespondent: \"r1\"\nrole: frontline\nunit: \"North\"\nanswered_on: \"2026-10-31\"\npacks: [ours@1.0.0]\nanswers:\n";
    assert!(first.starts_with(head), "{first}");
    let wanted = [
        "care: 3",
        "channels: [phone, web]",
        "shape: loose",
        "known: true",
        "staff: 12",
        "kept: 80",
        "pay: 2.5",
        "story: \"Well\"",
    ];
    assert_eq!(answers(&sandbox, "r1"), wanted);
    assert_eq!(
        answers(&sandbox, "r2"),
        ["care: 4", "channels: [web]", "shape: tight", "known: false"]
    );
    let sandbox = open(sandbox);
    sandbox.run("check acme").exits(0).says("no problems");
}

#[test]
fn what_nobody_can_say_and_what_does_not_apply_are_answers() {
    let table = "respondent,role,care,staff,channels,story\n\
        r1,frontline,unknown,Unknown,n/a: we have none,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        [
            "care: unknown",
            "channels: { not_applicable: \"we have none\" }",
            "staff: unknown"
        ]
    );
}

#[test]
fn tables_come_as_spreadsheets_write_them() {
    let rows = [
        (
            "a byte order mark and semicolons",
            "\u{FEFF}respondent;role;care;\"Tell us.\"\r\nr1;frontline;3;\"a; b\"\r\n\r\n;;;\r\n",
        ),
        (
            "tabs",
            "respondent\trole\tcare\tTell us.\nr1\tfrontline\t3\ta; b\n",
        ),
        (
            "a line that names the separator",
            "sep=;\nrespondent;role;care;Tell us.\nr1;frontline;3;\"a; b\"\n",
        ),
        (
            "commas in a table of semicolons",
            "respondent;role;care;Tell us.\nr1;frontline;Much, and it shows;\"a; b\"\n",
        ),
    ];
    for (what, table) in rows {
        let (sandbox, run) = imported(table, "");
        assert_eq!(run.code, 0, "{what}: {run:?}");
        assert_eq!(
            answers(&sandbox, "r1"),
            ["care: 3", "story: \"a; b\""],
            "{what}"
        );
    }
}

#[test]
fn several_choices_may_have_a_column_each() {
    let table = "respondent,role,channels/phone,channels/web,ours.channels/none\n\
        r1,frontline,1,0,0\nr2,frontline,TRUE,yes,\nr3,frontline,0,0,0\nr4,frontline,,,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["channels: [phone]"]);
    assert_eq!(answers(&sandbox, "r2"), ["channels: [phone, web]"]);
    assert_eq!(answers(&sandbox, "r3"), ["channels: []"]);
    assert!(answers(&sandbox, "r4").is_empty(), "nothing was said");
}

#[test]
fn comments_evidence_and_reasons_stand_in_columns_of_their_own() {
    let table = "respondent,role,care,care:comment,care:evidence,shape,shape:reason\n\
        r1,frontline,3,\"said \"\"yes\"\"\nand meant it\",document: The charter,n/a,one shape only\n\
        r2,frontline,2,,heard it,loose,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        [
            "care: { value: 3, note: \"said \\\"yes\\\"\\nand meant it\", evidence: { grade: document, ref: \"The charter\" } }",
            "shape: { not_applicable: \"one shape only\" }"
        ]
    );
    assert_eq!(
        answers(&sandbox, "r2").first().unwrap(),
        "care: { value: 2, evidence: { grade: none, ref: \"heard it\" } }"
    );
}

#[test]
fn a_long_table_has_one_row_an_answer() {
    let table = "question,value,comment,evidence\nours.care,3,fine,\nchannels,phone,,\nstory,,,\nkept,80%,,\n";
    let (sandbox, run) = imported(table, "--respondent anna --role leadership");
    run.exits(0).says("wrote 1 response");
    assert_eq!(
        answers(&sandbox, "anna"),
        [
            "care: { value: 3, note: \"fine\" }",
            "channels: [phone]",
            "kept: 80"
        ]
    );
    let table =
        "respondent,role,question,value\na,frontline,care,3\nb,leadership,care,1\nA,,kept,70\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0).says("wrote 2 responses");
    assert_eq!(answers(&sandbox, "a"), ["care: 3", "kept: 70"]);
}

#[test]
fn a_mapping_says_what_foreign_names_mean() {
    let table = "Zeitstempel;Funktion;Wie sehr?;Kanal [Tel];Anteil;Formlos\n\
        1.1.26;Team Lead;Stimme zu;1;2,5;weiß nicht\n2.1.26;Vertrieb;egal;0;3;trifft nicht zu\n";
    let mapping = r#"
format: 1
respondent: { number: r }
role: { column: Funktion, values: { "team lead": management, Vertrieb: frontline } }
decimal: comma
questions: { "Wie sehr?": care, "Kanal [Tel]": ours.channels/phone, Anteil: pay, Formlos: shape }
values: { care: { "Stimme zu": 4, egal: unknown } }
everywhere: { "weiß nicht": unknown, "trifft nicht zu": "n/a: ticked" }
ignore: [Zeitstempel]
"#;
    let sandbox = acme().file("t.csv", table).file("m.yaml", mapping);
    sandbox
        .run("import t.csv --into acme --mapping m.yaml")
        .exits(0);
    assert_eq!(
        answers(&sandbox, "r2"),
        ["care: 4", "channels: [phone]", "shape: unknown", "pay: 2.5"]
    );
    assert_eq!(
        answers(&sandbox, "r3"),
        [
            "care: unknown",
            "channels: []",
            "shape: { not_applicable: \"ticked\" }",
            "pay: 3"
        ]
    );
    assert!(
        sandbox
            .read("acme/responses/r2.yaml")
            .contains("role: management")
    );
}

#[test]
fn a_mapping_to_fill_in_is_printed_and_is_one() {
    let table = "_id,respondent,role,carre,shape,Odd\n1,r1,boss,3,Round,x\n";
    let (sandbox, run) = imported(table, "--suggest");
    let run = run.exits(0);
    let sandbox = sandbox.file("m.yaml", &run.stdout);
    for line in [
        "    #\"boss\": frontline    # leadership, management, frontline, backoffice or customer",
        "  #\"carre\": ours.care",
        "  #- \"Odd\"",
        "  #- \"_id\"    # survey tools add it",
        "  ours.shape:\n    # loose: Loosely tied: a brand\n    # tight: Tightly run\n    #\"Round\": unknown",
    ] {
        assert!(run.stdout.contains(line), "no {line} in\n{}", run.stdout);
    }
    let before = sandbox.run("import t.csv --into acme").exits(3);
    let same = sandbox
        .run("import t.csv --into acme --mapping m.yaml")
        .exits(3);
    assert_eq!(before.stderr, same.stderr, "comments change nothing");
    let done = run
        .stdout
        .replace("#\"boss\"", "\"boss\"")
        .replace("#\"carre\"", "\"carre\"");
    let done = done.replace("#\"Round\"", "\"Round\"").replace("#- ", "- ");
    let sandbox = sandbox.file("m.yaml", done);
    sandbox
        .run("import t.csv --into acme --mapping m.yaml")
        .exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["care: 3", "shape: unknown"]);
}

#[test]
fn columns_are_left_out_by_decision() {
    let table = "respondent,role,care,Odd,Even\nr1,frontline,3,x,y\n";
    let (_, run) = imported(table, "--ignore Odd --ignore even");
    run.exits(0);
    let (_, run) = imported(table, "--ignore Odd");
    run.exits(3)
        .says("the column `Even` belongs to no question")
        .never("`Odd`");
}

#[test]
fn nothing_is_overwritten_unless_asked_for() {
    let table = "respondent,role,care\nr1,frontline,3\nr2,frontline,3\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    let table = table.replace(",3", ",1").replace("r1", "r0");
    let sandbox = sandbox.file("t.csv", table);
    let run = sandbox.run("import t.csv --into acme").exits(1);
    run.says("`acme/responses/r2.yaml` is already there")
        .says("nothing was written");
    assert!(!sandbox.path("acme/responses/r0.yaml").exists());
    sandbox.run("import t.csv --into acme --replace").exits(0);
    assert_eq!(answers(&sandbox, "r2"), ["care: 1"]);
    assert_eq!(answers(&sandbox, "r1"), ["care: 3"]);
    let left = sandbox
        .files()
        .into_iter()
        .filter(|file| file.contains(".centricity"));
    assert_eq!(left.count(), 0, "no drafts are left");
}

#[test]
fn names_of_respondents_make_names_of_files() {
    let table = "respondent,role,care\nanna@acme.com,frontline,3\n../../x,frontline,2\na/b,frontline,1\na-b,frontline,1\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0).says("wrote 4 responses");
    let files: Vec<_> = sandbox
        .files()
        .into_iter()
        .filter(|file| file.contains("responses"))
        .collect();
    assert_eq!(files.len(), 4);
    assert!(
        files.contains(&"acme/responses/a-b.yaml".to_owned()),
        "{files:?}"
    );
    sandbox.run("check acme").exits(0);
    assert!(!sandbox.path("x.yaml").exists());
}

#[test]
fn packs_can_be_named_where_there_is_no_assessment() {
    let sandbox = Sandbox::new().file("t.csv", "respondent,role,promise\nr1,leadership,3\n");
    sandbox
        .run("import t.csv --into new")
        .exits(1)
        .says("there is no assessment.yaml in `new`");
    sandbox
        .run("import t.csv --into new --pack organisation")
        .exits(0);
    assert!(sandbox.read("new/responses/r1.yaml").contains("promise: 3"));
    let run = sandbox.pipe(
        "import - --into piped --pack organisation",
        "respondent,role,promise\nr1,leadership,3\n",
    );
    run.exits(0);
    assert!(
        sandbox
            .read("piped/responses/r1.yaml")
            .starts_with("# From standard input\n")
    );
}

#[cfg(unix)]
#[test]
fn a_replaced_response_keeps_its_mode_and_one_that_is_read_only_is_refused() {
    let table = "respondent,role,care\nr1,frontline,3\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    let sandbox = sandbox.file("t.csv", table.replace(",3", ",1"));
    let file = "acme/responses/r1.yaml";
    set_mode(&sandbox, file, 0o444);
    sandbox
        .run("import t.csv --into acme --replace")
        .exits(1)
        .says("it is read-only");
    assert_eq!(answers(&sandbox, "r1"), ["care: 3"]);
    set_mode(&sandbox, file, 0o640);
    sandbox.run("import t.csv --into acme --replace").exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["care: 1"]);
    assert_eq!(mode(&sandbox, file), 0o640);
}
