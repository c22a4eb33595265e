//! Tables of answers as workbooks, and documents of Word: archives of strangers.

use super::csv::imported;
use super::{BETWEEN, text};
use centricity::report::ReferenceDocument;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts of a workbook in the order of an input, each with what stands there if the input has none.
const PARTS: [(&str, &str); 5] = [
    ("xl/worksheets/sheet1.xml", ""),
    (
        "xl/sharedStrings.xml",
        "<sst><si><t>respondent</t></si><si><t>care</t></si></sst>",
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="a" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="t/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="c" Type="t/styles" Target="styles.xml"/></Relationships>"#,
    ),
];

/// Reads an archive as it is, or one made of the parts of an input.
pub fn run(data: &[u8]) {
    if data.starts_with(b"PK") {
        imported(data);
        // Most are none; the reason needs no more than to be there.
        drop(ReferenceDocument::read("house.docx", data));
        return;
    }
    let Some(text) = text(data) else { return };
    imported(&workbook(text));
}

/// The workbook of the parts of a text.
fn workbook(text: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut given = text.split(BETWEEN);
    for (name, otherwise) in PARTS {
        let part = given.next().unwrap_or(otherwise);
        archive
            .start_file(name, stored)
            .expect("an archive in memory");
        archive
            .write_all(part.as_bytes())
            .expect("an archive in memory");
    }
    archive.finish().expect("an archive in memory").into_inner()
}
