//! `export`: what goes out comes back, and the same always gives the same bytes.

use super::questionnaire::acme;
use super::sandbox::Sandbox;
use calamine::{Data, Reader as _, Xlsx};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The rows of a sheet, as another library reads them.
#[track_caller]
pub(crate) fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let range = book.worksheet_range(sheet).expect(sheet);
    let row = |cells: &[Data]| cells.iter().map(ToString::to_string).collect();
    range.rows().map(row).collect()
}

fn bytes(sandbox: &Sandbox, name: &str) -> Vec<u8> {
    std::fs::read(sandbox.path(name)).expect(name)
}

/// A workbook with texts written into blank cells, as a person would.
fn filled(book: &[u8], texts: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("an archive");
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let mut part = String::new();
        archive
            .by_name(&name)
            .unwrap()
            .read_to_string(&mut part)
            .unwrap();
        for (sheet, cell, text) in texts.iter().filter(|(sheet, _, _)| name.ends_with(sheet)) {
            let start = part
                .find(&format!("<c r=\"{cell}\""))
                .unwrap_or_else(|| panic!("no {cell} in {sheet}"));
            let end = start + part[start..].find("/>").expect("a blank cell") + 2;
            part.replace_range(
                start..end,
                &format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            );
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(part.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_for_people_has_a_sheet_a_section() {
    let sandbox = acme();
    sandbox
        .run("export acme --format xlsx --out q.xlsx")
        .exits(0)
        .says("wrote q.xlsx");
    let book = bytes(&sandbox, "q.xlsx");
    let one = rows(&book, "One what you do");
    assert_eq!(
        one[0],
        ["question", "ask", "choices", "value", "comment", "evidence"]
    );
    assert_eq!(one[1][..2], ["ours.care", "Do you care?"]);
    assert!(
        one[1][2].ends_with("3 – Much, and it shows\n4 – Fully"),
        "{one:?}"
    );
    assert!(
        one[2][2].ends_with("(several may be given, with ; between them)"),
        "{one:?}"
    );
    let two = rows(&book, "Two");
    assert_eq!(two[1][2], "a whole number, 0 to 1000");
    assert_eq!(two[5][1], "How deep?\n(asked of: leadership, frontline)");
    assert_eq!(
        rows(&book, "You"),
        [["respondent", "role", "unit", "answered_on"]]
    );
    let lists = rows(&book, "Lists");
    assert_eq!(lists[0][..2], ["leadership", "0 – Not at all"]);
    assert_eq!(lists[5][1], "unknown");
}

#[test]
fn a_workbook_filled_in_comes_back() {
    let sandbox = acme();
    sandbox
        .run("export acme --format xlsx --role frontline --out q.xlsx")
        .exits(0);
    let book = filled(
        &bytes(&sandbox, "q.xlsx"),
        &[
            ("sheet1.xml", "A2", "anna"),
            ("sheet2.xml", "D2", "3 – Much, and it shows"),
            ("sheet2.xml", "E2", "=because"),
            ("sheet2.xml", "F2", "document: The charter"),
            ("sheet2.xml", "D3", "phone; web"),
            ("sheet2.xml", "D4", "n/a: one shape only"),
            ("sheet2.xml", "D5", "unknown"),
            ("sheet3.xml", "D5", "-5 is what I say"),
        ],
    );
    let sandbox = sandbox.file("q.xlsx", book);
    sandbox.run("import q.xlsx --into acme").exits(0);
    let text = sandbox.read("acme/responses/anna.yaml");
    let wanted = "respondent: \"anna\"\nrole: frontline\npacks: [ours@1.0.0]\nanswers:\n  ours:\n    \
        care: { value: 3, note: \"=because\", evidence: { grade: document, ref: \"The charter\" } }\n    \
        channels: [phone, web]\n    shape: { not_applicable: \"one shape only\" }\n    known: unknown\n    \
        story: \"-5 is what I say\"\n";
    assert!(text.ends_with(wanted), "{text}");
    let back = sandbox.run("export acme --format responses").exits(0);
    let back = back
        .prints(",'=because,document: The charter,")
        .prints(",'-5 is what I say,");
    let again = acme().file("t.csv", back.stdout.clone());
    again.run("import t.csv --into acme").exits(0);
    let body = |text: &str| text.lines().skip(1).collect::<Vec<_>>().join("\n");
    assert_eq!(
        body(&again.read("acme/responses/anna.yaml")),
        body(&text),
        "out and in again"
    );
}

#[test]
fn what_looks_like_a_formula_goes_out_and_comes_back() {
    let response = "format: 1\nrespondent: \"=r1\"\nrole: frontline\nunit: \"-A\"\nanswers: { ours: { pay: -1.5 } }\n";
    let sandbox = acme().file("acme/responses/r1.yaml", response);
    let out = sandbox.run("export acme --format responses").exits(0);
    let out = out.prints("\n'=r1,frontline,'-A,").prints(",'-1.5,").stdout;
    let again = acme().file("t.csv", out);
    again.run("import t.csv --into acme").exits(0);
    let mut files = std::fs::read_dir(again.path("acme/responses")).unwrap();
    let file = files.next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(file).unwrap();
    for line in ["respondent: \"=r1\"", "unit: \"-A\"", "    pay: -1.5"] {
        assert!(text.contains(&format!("{line}\n")), "{line} in {text}");
    }
}

#[test]
fn the_same_gives_the_same_bytes() {
    let sandbox = acme();
    for format in ["xlsx", "xlsform", "csv", "responses"] {
        sandbox
            .run(&format!("export acme --format {format} --out one"))
            .exits(0);
        // Time passes in steps of a second where a file keeps it.
        sandbox
            .run(&format!("export acme --format {format} --out two"))
            .exits(0);
        let (one, two) = (bytes(&sandbox, "one"), bytes(&sandbox, "two"));
        assert!(one == two && !one.is_empty(), "{format}");
        if format.starts_with("xls") {
            let properties = part(&one, "docProps/core.xml");
            assert!(properties.contains("2000-01-01T00:00:00Z"), "{properties}");
        }
        sandbox
            .run(&format!("export acme --format {format} --out one"))
            .exits(1)
            .says("`one` is already there");
        sandbox
            .run(&format!(
                "export acme --format {format} --out two --replace"
            ))
            .exits(0);
        for name in ["one", "two"] {
            std::fs::remove_file(sandbox.path(name)).unwrap();
        }
    }
}

/// The text of one part of a workbook.
pub(crate) fn part(book: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_template_filled_in_comes_back() {
    let sandbox = acme();
    let text = sandbox.run("export acme --format csv").exits(0).stdout;
    assert!(text.starts_with("question,value,comment,evidence,ask,choices\r\nours.care,,,,Do you care?,\"0 – Not at all\n"), "{text}");
    let filled = text
        .replace("ours.care,,,,", "ours.care,Fully,'=A1,,")
        .replace("ours.pay,,", "ours.pay,2.5,");
    let sandbox = sandbox.file("t.csv", filled);
    sandbox
        .run("import t.csv --into acme --respondent anna --role frontline")
        .exits(0);
    let text = sandbox.read("acme/responses/anna.yaml");
    assert!(
        text.ends_with("    care: { value: 4, note: \"=A1\" }\n    pay: 2.5\n"),
        "{text}"
    );
}

#[test]
fn a_role_is_asked_what_it_is_asked() {
    let sandbox = acme();
    let text = sandbox
        .run("export acme --format csv --role customer")
        .exits(0)
        .stdout;
    assert!(
        !text.contains("ours.deep") && text.contains("ours.story"),
        "{text}"
    );
    let run = sandbox
        .run("export --pack ./acme/ours --format csv --role boss")
        .exits(2);
    run.says("[possible values: leadership");
    sandbox
        .run("export --pack organisation --format csv --role frontline")
        .exits(0)
        .prints("organisation.process")
        .never("asked of");
    sandbox
        .run("export --pack organisation --format responses")
        .exits(2)
        .says("packs alone hold no responses");
    sandbox.run("export --format csv").exits(2);
}

#[test]
fn every_pack_fits_into_a_workbook() {
    let sandbox = Sandbox::new();
    let list = sandbox.run("pack list").exits(0).stdout;
    let known = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let mut packs = 0;
    for pack in known.filter(|name| {
        name.chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-')
    }) {
        for format in ["xlsx", "xlsform"] {
            let run = sandbox.run(&format!(
                "export --pack {pack} --format {format} --out {pack}.{format}"
            ));
            run.exits(0).never("limit");
        }
        packs += 1;
    }
    assert!(packs >= 8, "{list}");
}
