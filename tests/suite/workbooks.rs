//! Workbooks: what cells say, where they stand, and files made to do harm.

use super::questionnaire::acme;
use super::sandbox::{Run, Sandbox};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn import(book: impl AsRef<[u8]>) -> (Sandbox, Run) {
    let sandbox = acme().file("t.xlsx", book);
    let run = sandbox.run_small("import t.xlsx --into acme");
    (sandbox, run)
}

/// A workbook of one sheet `Answers` with these cells.
fn sheet(rows: &[&[&str]]) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name("Answers").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    sheet
}

fn book(sheets: Vec<Worksheet>) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().unwrap()
}

/// A workbook from its parts, as little of one as is read.
pub(crate) fn parts(list: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in list {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] =
    br#"<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/s.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="/xl/strings.xml"/></Relationships>"#;

/// A workbook of one sheet, given as XML.
pub(crate) fn small(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    parts(&[
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/s.xml", sheet),
        ("xl/strings.xml", strings),
    ])
}

#[test]
fn cells_say_what_people_see() {
    let mut cells = sheet(&[&[
        "respondent",
        "role",
        "answered_on",
        "care",
        "staff",
        "kept",
        "known",
        "story",
    ]]);
    let percent = Format::new().set_num_format("0.0%");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    cells.write_string(1, 0, "r1").unwrap();
    cells
        .write_formula(
            1,
            1,
            Formula::new("=\"front\"&\"line\"").set_result("frontline"),
        )
        .unwrap();
    cells
        .write_with_format(1, 2, ExcelDateTime::from_ymd(2026, 10, 31).unwrap(), &day)
        .unwrap();
    cells.write_number(1, 3, 3).unwrap();
    cells.write_number(1, 4, 12).unwrap();
    cells
        .write_number_with_format(1, 5, 0.285, &percent)
        .unwrap();
    cells.write_boolean(1, 6, true).unwrap();
    cells
        .write_string(1, 7, "=1+1 & \"so\" <on>\n_x000D_ä")
        .unwrap();
    let (sandbox, run) = import(book(vec![cells]));
    run.exits(0);
    let text = sandbox.read("acme/responses/r1.yaml");
    for line in [
        "answered_on: \"2026-10-31\"",
        "    care: 3\n",
        "    staff: 12\n",
        "    kept: 28.5\n",
        "    known: true\n",
        "    story: \"=1+1 & \\\"so\\\" <on>\\n_x000D_ä\"\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn a_cell_is_named_as_spreadsheets_name_it() {
    let cells = sheet(&[
        &["respondent", "role", "care"],
        &["r1", "frontline", "Often"],
        &[],
        &["r2", "boss", "3"],
    ]);
    let (sandbox, run) = import(book(vec![cells]));
    run.exits(3)
        .says("t.xlsx, Answers!C2")
        .says("t.xlsx, Answers!B4")
        .says("`boss` is no role");
    assert!(!sandbox.path("acme/responses").exists());
    let bytes = std::fs::read(sandbox.path("t.xlsx")).unwrap();
    let sandbox = sandbox.file("acme/responses/t.xlsx", bytes);
    let problems = sandbox.run("check acme --format json").exits(3).json();
    let first = &problems[0];
    assert_eq!(
        (&first["file"], &first["cell"]),
        (&"acme/responses/t.xlsx".into(), &"Answers!C2".into())
    );
    assert_eq!((&first["line"], &first["column"]), (&2.into(), &3.into()));
}

#[test]
fn long_sheets_of_one_person_are_one_response() {
    let mut you = sheet(&[&["respondent", "role"], &["anna", "leadership"]]);
    you.set_name("Who").unwrap();
    let mut more = sheet(&[
        &["question", "ask", "value"],
        &["kept", "?", "80"],
        &["story", "?", ""],
    ]);
    more.set_name("More").unwrap();
    let mut hidden = sheet(&[&["not", "a", "table"]]);
    hidden.set_name("Lists").unwrap().set_hidden(true);
    let first = sheet(&[
        &["question", "value", "comment"],
        &["ours.care", "3 – Much, and it shows", "fine"],
    ]);
    let (sandbox, run) = import(book(vec![you, first, more, hidden]));
    run.exits(0);
    let text = sandbox.read("acme/responses/anna.yaml");
    assert!(
        text.ends_with("    care: { value: 3, note: \"fine\" }\n    kept: 80\n"),
        "{text}"
    );
}

#[test]
fn a_mapping_chooses_sheets() {
    let mut notes = sheet(&[&["These are", "my notes"], &["on the", "survey"]]);
    notes.set_name("Notes").unwrap();
    let cells = sheet(&[&["respondent", "role", "care"], &["r1", "frontline", "3"]]);
    let (sandbox, run) = import(book(vec![notes, cells]));
    run.exits(3).says("t.xlsx, Notes!A1");
    let sandbox = sandbox.file("m.yaml", "format: 1\nsheets: [Answers]\n");
    sandbox
        .run("import t.xlsx --into acme --mapping m.yaml")
        .exits(0);
}

#[test]
fn workbooks_of_other_makers_are_read() {
    let sheet = br#"<?xml version="1.0"?><x:worksheet><x:sheetData>
        <x:row><x:c t="inlineStr"><x:is><x:t>respondent</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:v>care</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>
        <x:row r="5"><x:c r="A5" t="str"><x:v>r1</x:v></x:c><x:c/><x:c r="C5"><x:v>3</x:v></x:c><x:c r="D5"><x:f>A1&amp;"x"</x:f></x:c><x:c r="B5" t="str"><x:v>frontline</x:v></x:c></x:row>
        </x:sheetData></x:worksheet>"#;
    let strings = "<sst uniqueCount=\"9999999999999\"><si><r><t>ro</t></r><r><t>le</t></r><rPh><t>x</t></rPh></si><si><t>st&#111;r&#x79;</t></si></sst>";
    let (sandbox, run) = import(small(sheet, strings.as_bytes()));
    run.exits(0);
    let text = sandbox.read("acme/responses/r1.yaml");
    assert!(
        text.ends_with("    care: 3\n    story: \"=A1&\\\"x\\\"\"\n"),
        "{text}"
    );
}

#[test]
fn a_workbook_that_unfolds_to_gigabytes_is_refused() {
    let huge = vec![b' '; 40 << 20];
    let (_, run) = import(small(&huge, b"<sst/>"));
    run.exits(3)
        .says("file-too-large")
        .says("more than 32 MiB once unfolded")
        .says("CSV UTF-8");
    let (_, run) = import(small(b"<worksheet/>", &huge));
    run.exits(3).says("more than 32 MiB once unfolded");
}

#[test]
fn a_sheet_of_more_rows_or_columns_than_any_survey_is_refused() {
    let rows = (0..250_001).fold("<sheetData>".to_owned(), |text, one| {
        text + &format!("<row><c><v>{one}</v></c></row>")
    });
    let (_, run) = import(small((rows + "</sheetData>").as_bytes(), b"<sst/>"));
    run.exits(3).says("more than 250,000 rows");
    let row = (0..16_385).fold("<sheetData><row>".to_owned(), |text, one| {
        text + &format!("<c><v>{one}</v></c>")
    });
    let (_, run) = import(small((row + "</row></sheetData>").as_bytes(), b"<sst/>"));
    run.exits(3).says("more than 16,384 columns");
}

#[test]
fn one_text_in_many_cells_is_counted_in_each() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(100);
    let rows = format!("<row>{cells}</row>").repeat(100);
    let (_, run) = import(small(
        format!("<sheetData>{rows}</sheetData>").as_bytes(),
        strings.as_bytes(),
    ));
    run.exits(3).says("more than 32 MiB of text");
}

#[test]
fn cells_far_to_the_right_do_not_fill_memory() {
    let row = "<row><c r=\"XFD1\"><v>1</v></c></row>".repeat(1000);
    let (_, run) = import(small(
        format!("<sheetData>{row}</sheetData>").as_bytes(),
        b"<sst/>",
    ));
    run.exits(3).says("more than 2 million cells");
    for name in ["ZZZZZZZZZZZZ1", "1", "AAAA1"] {
        let row = format!("<sheetData><row><c r=\"{name}\"><v>1</v></c></row></sheetData>");
        let (_, run) = import(small(row.as_bytes(), b"<sst/>"));
        run.exits(3).says("a cell has no name such as B7");
    }
    for number in ["0", "99999999999999999999", "x"] {
        let row = format!("<sheetData><row r=\"{number}\"><c><v>1</v></c></row></sheetData>");
        let (_, run) = import(small(row.as_bytes(), b"<sst/>"));
        run.exits(3).says("a row has no number");
    }
}

#[test]
fn what_is_no_workbook_is_told_so() {
    for (bytes, says) in [
        (
            &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"[..],
            "it is locked by a password, or of the old .xls or .doc kind",
        ),
        (b"PK\x03\x04 and nothing more", "it is no archive"),
    ] {
        let (_, run) = import(bytes);
        run.exits(3).says("invalid-workbook").says(says);
    }
    let (_, run) = import(parts(&[("word/document.xml", b"<document/>")]));
    run.exits(3).says("it has no list of sheets");
    let (_, run) = import(small(
        b"<sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData>",
        b"<sst/>",
    ));
    run.exits(3).says("a cell names a text that is not there");
    let (_, run) = import(small(b"<sheetData><row><c><v>7", b"<sst/>"));
    run.exits(3).says("invalid-workbook");
    let (_, run) = import(small(b"<sheetData/>", b"<sst/>"));
    run.exits(3).says("nobody answers in `t.xlsx`");
}

#[test]
fn a_damaged_workbook_is_refused_or_read_and_never_more() {
    let cells = sheet(&[&["respondent", "role", "care"], &["r1", "frontline", "3"]]);
    let good = book(vec![cells]);
    let mut archive = ZipArchive::new(Cursor::new(&good)).unwrap();
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let files: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .map(|name| {
            let mut bytes = Vec::new();
            archive
                .by_name(&name)
                .unwrap()
                .read_to_end(&mut bytes)
                .unwrap();
            (name, bytes)
        })
        .collect();
    let sandbox = acme();
    let mut seed = 7_usize;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for round in 0..120 {
        let mut files = files.clone();
        let file = next(files.len());
        let bytes = &mut files[file].1;
        let at = next(bytes.len());
        match round % 3 {
            0 => bytes[at] = u8::try_from(next(256)).unwrap(),
            1 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, *b"99999999")),
        }
        let list: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        let mut book = parts(&list);
        if round % 5 == 0 {
            let at = next(book.len());
            book[at] ^= 0x55;
        }
        std::fs::write(sandbox.path("t.xlsx"), book).unwrap();
        let run = sandbox.run("import t.xlsx --into acme --replace");
        assert!([0, 1, 3].contains(&run.code), "round {round}: {run:?}");
    }
}
