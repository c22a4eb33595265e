//! `import`: exports of survey tools and spreadsheets, as these write them.

use super::import::answers;
use super::questionnaire::{acme, imported};
use super::sandbox::Run;

/// A table imported with a mapping.
fn mapped(table: impl AsRef<[u8]>, mapping: &str) -> (super::sandbox::Sandbox, Run) {
    let mapping = format!("format: 1\n{mapping}");
    let sandbox = acme().file("t.csv", table).file("m.yaml", mapping);
    let run = sandbox.run("import t.csv --into acme --mapping m.yaml");
    (sandbox, run)
}

#[test]
fn a_question_whose_every_choice_says_not_applicable_was_not_answered() {
    let table = "respondent,role,channels[phone],channels[web],story\nr1,leadership,Yes,No,x\nr2,leadership,N/A,N/A,y\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        ["channels: [phone]", "story: \"x\""]
    );
    assert_eq!(answers(&sandbox, "r2"), ["story: \"y\""]);
}

#[test]
fn what_may_be_no_answer_is_asked_and_a_mapping_says_it() {
    let table = "respondent,role,care,channels/phone,channels/web,staff,story\n\
        r1,frontline,N/A,-99,-99,-99,x\nr2,frontline,3,1,0,12,-99\n";
    let (_, run) = imported(table, "");
    run.exits(3)
        .says("`N/A` says that nothing was answered, or that `ours.care` does not apply")
        .says("`no-answer`, or `n/a: ` and the reason")
        .never("0 for");
    let (sandbox, run) = mapped(
        table,
        "everywhere: { \"N/A\": no-answer, \"-99\": no-answer }\n",
    );
    run.exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["story: \"x\""]);
    assert_eq!(
        answers(&sandbox, "r2"),
        ["care: 3", "channels: [phone]", "staff: 12"]
    );
    // One question alone.
    let (_, run) = mapped(table, "values: { staff: { \"-99\": no-answer } }\n");
    run.exits(3).never("`-99` is no number");
}

#[test]
fn unknown_and_not_applicable_are_said_in_columns_of_choices_too() {
    let table = "respondent,role,channels/phone,channels/web\nr1,frontline,Weiss nicht,Weiss nicht\nr2,frontline,Entfällt,Entfällt\nr3,frontline,1,Weiss nicht\n";
    let mapping = "everywhere: { Weiss nicht: unknown, Entfällt: \"n/a: no channels\" }\n";
    let (_, run) = mapped(table, mapping);
    run.exits(3).says("`ours.channels` is answered and is not");
    let table = table.replace("r3,frontline,1,Weiss nicht\n", "");
    let (sandbox, run) = mapped(table, mapping);
    run.exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["channels: unknown"]);
    assert_eq!(
        answers(&sandbox, "r2"),
        ["channels: { not_applicable: \"no channels\" }"]
    );
}

#[test]
fn no_answer_is_never_an_answer() {
    let table = "respondent,role,care\nr1,frontline,3\n";
    for (mapping, said) in [
        (
            "everywhere: { \"N/A\": 0 }\n",
            "`N/A` says that nothing was answered, and `0` is an answer",
        ),
        (
            "values: { care: { \"-99\": 4 } }\n",
            "`-99` says that nothing was answered, and `4` is an answer",
        ),
        ("everywhere: { NA: \"\" }\n", "`NA` is given no meaning"),
        (
            "values: { staff: { \"no answer\": \"\" } }\n",
            "`no answer` is given no meaning",
        ),
    ] {
        let (_, run) = mapped(table, mapping);
        run.exits(3).says(said).says("no-answer");
    }
}

#[test]
fn a_scale_may_have_such_a_wording() {
    let pack = super::questionnaire::PACK.replace("label: \"Nowhere\"", "label: \"N/A\"");
    assert!(pack.contains("label: \"N/A\""));
    let table = "respondent,role,channels\nr1,frontline,n/a\n";
    let sandbox = acme()
        .file("acme/ours/pack.yaml", pack)
        .file("t.csv", table)
        .file("m.yaml", "format: 1\nvalues: { channels: { N/A: none } }\n");
    sandbox
        .run("import t.csv --into acme --mapping m.yaml")
        .exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["channels: [none]"]);
}

#[test]
fn qualtrics_writes_three_rows_before_the_first_answer() {
    let table = "ResponseId,Q1,Q2\n\
        Response ID,Do you care?,\"Anything\nelse?\"\n\
        \"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2_TEXT\"\"}\"\n\
        R_abc,3,Hello\n";
    let (sandbox, run) = mapped(
        table,
        "respondent: ResponseId\nrole: { all: frontline }\nquestions: { Q2: story }\n",
    );
    run.exits(0).says("wrote 1 response into");
    assert_eq!(answers(&sandbox, "R_abc"), ["care: 3", "story: \"Hello\""]);
    // By the wording instead of the code.
    let (sandbox, run) = mapped(
        table,
        "respondent: Response ID\nrole: { all: frontline }\nquestions: { \"Anything else?\": story }\n",
    );
    run.exits(0);
    assert_eq!(answers(&sandbox, "R_abc").len(), 2);
}

const TWO_ROWS: &str = "respondent,role,Where do customers reach you?,,,Do you care?\n\
    ,,By phone,On the web,Other (please specify),Response\n\
    r1,leadership,By phone,,At the market,3\n";

#[test]
fn a_head_may_take_several_rows() {
    let (_, run) = imported(TWO_ROWS, "");
    run.exits(3)
        .says("the names of columns seem to stand in rows 1 and 2")
        .says("header: [1, 2]");
    let (sandbox, run) = mapped(TWO_ROWS, "header: [1, 2]\n");
    run.exits(0).says("wrote 1 response");
    assert_eq!(
        answers(&sandbox, "r1"),
        [
            "care: 3",
            "channels: { value: [phone], note: \"At the market\" }"
        ]
    );
    // A title above, a row that is no answer, and rows counted as a spreadsheet shows them.
    let titled = format!(
        "What customers meet,,,,,\n\n{}",
        TWO_ROWS.replace("r1,", "test,frontline,,,,1\nr1,")
    );
    let (_, run) = mapped(&titled, "header: [1, 9]\n");
    run.exits(3).says("row 9 is to name the columns");
    let (sandbox, run) = mapped(&titled, "header: [3, 4]\nskip: [5]\n");
    run.exits(0).says("wrote 1 response");
    assert_eq!(answers(&sandbox, "r1").len(), 2);
}

#[test]
fn rows_of_options_are_nobody_who_answers() {
    let table = "Where do customers reach you?,Where do customers reach you?,Do you care?\nBy phone,On the web,\nBy phone,,3\n";
    let mapping = "respondent: { number: r }\nrole: { all: frontline }\n";
    let (_, run) = mapped(table, mapping);
    run.exits(3).says("rows 1 and 2");
    let (sandbox, run) = mapped(table, &format!("header: [1, 2]\n{mapping}"));
    run.exits(0).says("wrote 1 response");
    assert_eq!(answers(&sandbox, "r3"), ["care: 3", "channels: [phone]"]);
}

#[test]
fn words_beside_choices_are_kept_as_a_comment() {
    let table = "respondent,role,channels\nr1,frontline,\"By phone, At the market, on Sundays\"\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0)
        .says("words beside the choices of `ours.channels` are kept as a comment");
    assert_eq!(
        answers(&sandbox, "r1"),
        ["channels: { value: [phone], note: \"At the market, on Sundays\" }"]
    );
    // A slip is no word of one's own, and so is a cell without any choice.
    for cell in ["\"By phone, On teh web\"", "At the market"] {
        let table = format!("respondent,role,channels\nr1,frontline,{cell}\n");
        let (_, run) = imported(table, "");
        run.exits(3).says("is no answer to `ours.channels`");
    }
    let table = "respondent,role,channels[phone],channels[other],care,care:comment,care[other]\n\
        r1,frontline,Yes,At the market,-oth-,Mostly,On Sundays\nr2,frontline,No,No,3,,\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        [
            "care: { note: \"Mostly; On Sundays\" }",
            "channels: { value: [phone], note: \"At the market\" }"
        ]
    );
    assert_eq!(answers(&sandbox, "r2"), ["care: 3", "channels: []"]);
}

#[test]
fn wordings_are_the_same_whatever_their_quotes_dashes_and_spaces() {
    let names = [
        "DO YOU CARE?",
        "Do\u{a0}you care\u{200b}?",
        "Ｄo you care?",
        "care. Do you care?",
        "Q7. Do you care?",
    ];
    for name in names {
        let table = format!("respondent,role,{name}\nr1,frontline,\"Much, and it shows\"\n");
        let (sandbox, run) = imported(table, "");
        run.exits(0);
        assert_eq!(answers(&sandbox, "r1"), ["care: 3"], "{name}");
    }
    let pack = super::questionnaire::PACK.replace(
        "By phone",
        "The customer's \u{201c}own\u{201d} way - by phone",
    );
    let cells = [
        "The customer\u{2019}s \"\"own\"\" way \u{2013} by phone",
        "the customer's \u{201e}own\u{201c} way \u{2014} by phone",
    ];
    for cell in cells {
        let sandbox = acme().file("acme/ours/pack.yaml", &pack).file(
            "t.csv",
            format!("respondent,role,channels\nr1,frontline,\"{cell}\"\n"),
        );
        sandbox.run("import t.csv --into acme").exits(0);
        assert_eq!(answers(&sandbox, "r1"), ["channels: [phone]"], "{cell}");
    }
}

#[test]
fn limesurvey_writes_code_and_text_together() {
    let table = "respondent;role;\"care. Do you care?\";\"channels[phone]. Where do customers reach you? [By phone]\";\"channels[SQ002]. Where do customers reach you? [On the web]\";\"channels[other]. Where do customers reach you? [Other]\"\nr1;frontline;3;Yes;Yes;At the market\n";
    let (sandbox, run) = imported(table, "");
    run.exits(0);
    assert_eq!(
        answers(&sandbox, "r1"),
        [
            "care: 3",
            "channels: { value: [phone, web], note: \"At the market\" }"
        ]
    );
}

#[test]
fn files_are_taken_as_they_are() {
    let table = "respondent,role,care,story\nr1,frontline,3,\u{e9}t\u{e9}\n";
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    let latin: Vec<u8> = table
        .chars()
        .map(|letter| u8::try_from(letter).expect("latin"))
        .collect();
    let marked = format!("\u{feff}{table}");
    let files = [
        (utf16(&marked, false), ""),
        (utf16(&marked, true), ""),
        (utf16(table, false), "encoding: utf-16\n"),
        (latin.clone(), "encoding: windows-1252\n"),
        (table.replace('\n', "\r").into_bytes(), ""),
        (table.replace('\n', "\r\n").into_bytes(), ""),
    ];
    for (nth, (bytes, mapping)) in files.iter().enumerate() {
        let (sandbox, run) = mapped(bytes, mapping);
        run.exits(0);
        assert_eq!(
            answers(&sandbox, "r1"),
            ["care: 3", "story: \"\u{e9}t\u{e9}\""],
            "{nth}"
        );
    }
    let (_, run) = imported(&latin, "");
    run.exits(3).says("encoding: windows-1252");
    // Empty cells at the end of a row may be left away; a cell too many may not be lost.
    let (sandbox, run) = imported(
        "respondent,role,care,story\nr1,frontline,3\nr2,frontline,2,,,\n",
        "",
    );
    run.exits(0);
    assert_eq!(answers(&sandbox, "r1"), ["care: 3"]);
    assert_eq!(answers(&sandbox, "r2"), ["care: 2"]);
    let (_, run) = imported("respondent,role,care\nr1,frontline,3,x\n", "");
    run.exits(3).says("a row of 4 cells under 3 columns");
}

#[test]
fn what_is_no_table_is_called_what_it_is() {
    for (text, said) in [
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n",
            "a pointer of Git LFS",
        ),
        (
            "\n<!DOCTYPE html>\n<html><body>Sign in</body></html>\n",
            "a page of the web",
        ),
    ] {
        let (_, run) = imported(text, "");
        run.exits(3).says(said);
    }
}

#[test]
fn letters_that_json_writes_as_two_escapes_are_whole() {
    let json = r#"{"format": 1, "respondent": "j", "role": "frontline", "packs": ["ours@1.0.0"],
        "answers": {"ours": {"care": {"value": 3, "note": "a \ud83d\ude00 b \\ud83d\\ude00 \u00e9"}}}}"#;
    let sandbox = super::questionnaire::open(acme()).file("acme/responses/j.json", json);
    let run = sandbox.run("export acme --format responses").exits(0);
    assert!(
        run.stdout.contains("a \u{1f600} b \\ud83d\\ude00 \u{e9}"),
        "{}",
        run.stdout
    );
    let lone = json.replace("\\ude00 b", " b");
    let sandbox = sandbox.file("acme/responses/j.json", lone);
    sandbox.run("check acme").exits(3);
}

/// What is suggested says each thing once, and works with every `#` taken away.
#[test]
fn a_suggestion_works_without_its_signs() {
    let tables = [
        "Response ID,Team,Do you caer?,Where do customers reach you? [By phone],channels[web],Do you care,staff,Odd column,Start time\n\
            1,Sales,Dunno,Ja,Ja,N/A,N/A,x,9:00\n2,Board,Dunno,Nein,Ja,Dunno,Dunno,y,9:05\n",
        TWO_ROWS,
        "A title,,\nrespondent,role,care\nr1,frontline,3\n",
        "respondent,question,value\nr1,Do you care?,3\nr1,Odd,4\n",
    ];
    for table in tables {
        let sandbox = acme().file("t.csv", table);
        let run = sandbox.run("import t.csv --into acme --suggest").exits(0);
        let suggested = run.stdout.clone();
        let sandbox = sandbox.file("m.yaml", &suggested);
        let run = sandbox.run("import t.csv --into acme --mapping m.yaml --suggest");
        run.exits(0);
        let lines = suggested.lines().skip(2);
        let without: Vec<String> = lines
            .map(|line| match line.trim_start().strip_prefix('#') {
                Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => {
                    line.replacen('#', "", 1)
                }
                _ => line.to_owned(),
            })
            .collect();
        let without = without.join("\n") + "\n";
        let sandbox = sandbox.file("m.yaml", &without);
        let run = sandbox.run("import t.csv --into acme --mapping m.yaml --suggest");
        run.exits(0);
        for word in [
            "Dunno",
            "N/A",
            "Odd column",
            "Start time",
            "Response ID",
            "Team",
        ] {
            let named = suggested.matches(&format!("\"{word}\"")).count();
            assert!(named <= 1, "{word}, {named} times:\n{suggested}");
        }
        assert!(!suggested.contains("PACK.QUESTION"), "{suggested}");
    }
}

/// What many responses do alike is one warning, with the number of its places.
#[test]
fn warnings_are_told_in_proportion() {
    let rows = (0..24).map(|nth| format!("r{nth},customer,3,4\n"));
    let table = format!("respondent,role,care,deep\n{}", rows.collect::<String>());
    let (sandbox, run) = imported(&table, "");
    let run = run.exits(0);
    let said = "an answer to a question that is not asked of its role, in 24 places";
    assert_eq!(run.stderr.matches("warning[").count(), 1, "{}", run.stderr);
    run.says(said);
    let count = |arguments: &str| {
        let run = sandbox.run(&format!("check acme {arguments}")).exits(0);
        run.stdout.matches("warning[not-asked]").count()
    };
    assert_eq!(count(""), 1);
    assert!(count("--verbose") > 1);
    assert_eq!(count("--quiet"), 0);
    sandbox.run("check acme --quiet --verbose").exits(2);
    // Errors stay, each at its place.
    let spoiled = sandbox
        .read("acme/responses/r0.yaml")
        .replace("care: 3", "care: 7");
    let sandbox = sandbox.file("acme/responses/r0.yaml", spoiled);
    sandbox.run("check acme --quiet").exits(3).prints("r0.yaml");
}
