//! Documents of a house: what is taken from them, and what is refused.

use crate::clients::Client;
use crate::sandbox::{Sandbox, sample};
use crate::word::{assert_sound, paragraphs, parts, report};
use crate::workbooks;
use centricity::report::ReferenceDocument;
use std::collections::BTreeSet;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn part(root: &str, inner: &str) -> String {
    format!("<w:{root} xmlns:w=\"{NAMESPACE}\" xmlns:r=\"{TYPE}\">{inner}</w:{root}>")
}

fn relations(list: &[(&str, &str, &str)]) -> String {
    let list = list.iter().map(|(id, kind, target)| {
        let mode = if target.contains("://") {
            " TargetMode=\"External\""
        } else {
            ""
        };
        format!("<Relationship Id=\"{id}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"{mode}/>")
    });
    let list: String = list.collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
    )
}

/// A document of a house whose Word speaks German, with a part in place of one of its own.
fn house(name: &str, text: &str) -> Vec<u8> {
    let main = relations(&[("rId1", "officeDocument", "word/document.xml")]);
    let document = part(
        "document",
        "<w:body><w:p/><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId7\"/><w:pgSz w:w=\"15840\" w:h=\"12240\"/><w:pgMar w:top=\"2000\" w:right=\"1500\" w:bottom=\"1200\" w:left=\"1500\" w:header=\"700\" w:footer=\"700\" w:gutter=\"0\"/></w:sectPr></w:body>",
    );
    let rels = relations(&[
        ("rId1", "styles", "styles.xml"),
        ("rId2", "numbering", "numbering.xml"),
        ("rId7", "header", "header3.xml"),
        ("rId9", "settings", "settings.xml"),
    ]);
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Standard\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:rPr><w:color w:val=\"C00000\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Fact\"><w:name w:val=\"House fact\"/></w:style>",
    );
    let numbering = part(
        "numbering",
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:pStyle w:val=\"berschrift1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
    );
    let header = part(
        "hdr",
        "<w:p><w:pPr><w:pStyle w:val=\"berschrift1\"/></w:pPr><w:r><w:t>House &amp; Co</w:t></w:r></w:p>",
    );
    let header_rels = relations(&[
        ("rId1", "image", "media/../media/logo.png"),
        ("rId2", "hyperlink", "https://house.example/"),
    ]);
    let settings = part("settings", "<w:evenAndOddHeaders/>");
    let mut list = vec![
        ("_rels/.rels", main),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", rels),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
        ("word/header3.xml", header),
        ("word/_rels/header3.xml.rels", header_rels),
        ("word/settings.xml", settings),
        ("word/media/logo.png", "the picture".to_owned()),
    ];
    list.retain(|(one, _)| *one != name);
    if !text.is_empty() {
        list.push((name, text.to_owned()));
    }
    let list: Vec<(&str, &[u8])> = list
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    workbooks::parts(&list)
}

#[test]
fn a_part_with_more_than_any_word_writes_is_refused() {
    let begun = std::time::Instant::now();
    let attributes = (0..5_000).fold(String::new(), |text, one| text + &format!(" w:a{one}=\"\""));
    for inner in [
        (0..300_000).fold(String::new(), |text, one| text + &format!("<w:a{one}/>")),
        format!("<w:a{attributes}/>").repeat(20),
        (0..900_000).fold("<w:style>".to_owned(), |text, one| {
            text + &format!("{one} ")
        }) + "</w:style>",
    ] {
        let house = house("word/styles.xml", &part("styles", &inner));
        let refusal = ReferenceDocument::read("house.docx", &house).expect_err("too much");
        assert!(
            refusal
                .message
                .contains("in its part `styles`, a part of it holds more than"),
            "{refusal:?}"
        );
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(10));
}

#[test]
fn a_document_of_the_house_gives_styles_page_and_headers() {
    let house = ReferenceDocument::read("house.docx", &house("", "")).expect("a house");
    let client = Client::named("harbour-tools");
    let (bytes, markdown) = report(&client, |report| report.word(Some(&house)).expect("Word"));
    assert_sound(&bytes);
    let parts = parts(bytes);
    let text = |name: &str| {
        let found = parts.iter().find(|(one, _)| one == name);
        &found.unwrap_or_else(|| panic!("{name}")).1
    };
    let styles = text("word/styles.xml");
    assert!(!styles.contains("berschrift1") && !styles.contains("\"Standard\""));
    assert_eq!(styles.matches("w:styleId=\"Heading1\"").count(), 1);
    assert!(styles.contains("C00000") && styles.contains("w:styleId=\"Heading2\""));
    assert!(styles.contains("w:styleId=\"HouseFact\"") && styles.contains("w:styleId=\"Fact\""));
    let document = text("word/document.xml");
    assert!(document.contains("<w:pgSz w:w=\"15840\" w:h=\"12240\" w:orient=\"landscape\"/>"));
    assert!(document.contains("w:left=\"1500\"") && !document.contains("r:id=\"footer1\""));
    assert!(text("word/settings.xml").contains("evenAndOddHeaders"));
    let numbering = text("word/numbering.xml");
    assert!(
        numbering.contains("w:pStyle w:val=\"Heading1\"") && numbering.contains("w:numId=\"9001\"")
    );
    assert!(numbering.rfind("<w:abstractNum ") < numbering.find("<w:num "));
    let header = parts
        .iter()
        .find(|(_, text)| text.contains("House &amp; Co"))
        .expect("a header");
    assert!(header.1.contains("w:pStyle w:val=\"Heading1\""));
    assert!(
        parts
            .iter()
            .any(|(name, text)| name.contains(".png") && text == "the picture")
    );
    let titles = markdown
        .lines()
        .filter(|line| line.starts_with("## "))
        .count();
    let found = paragraphs(document);
    assert_eq!(
        found
            .iter()
            .filter(|(style, _)| style == "Heading1")
            .count(),
        titles
    );
}

#[test]
fn a_document_of_the_house_may_have_no_style_and_no_list() {
    let client = Client::named("harbour-tools");
    for root in ["styles", "numbering"] {
        for bare in [
            format!("<w:{root} xmlns:w=\"{NAMESPACE}\"/>"),
            part(root, ""),
        ] {
            let house = house(&format!("word/{root}.xml"), &bare);
            let house = ReferenceDocument::read("house.docx", &house).unwrap();
            let (bytes, _) = report(&client, |report| report.word(Some(&house)).unwrap());
            assert_sound(&bytes);
            let found = parts(bytes);
            let (_, styles) = found
                .iter()
                .find(|(name, _)| name == "word/styles.xml")
                .unwrap();
            let headings = styles.matches("w:styleId=\"Heading1\"").count();
            assert!(
                headings == 1 && styles.trim_end().ends_with("</w:styles>"),
                "{root}"
            );
        }
    }
}

#[test]
fn a_report_of_ones_own_can_be_the_document_of_the_house() {
    let client = Client::named("harbour-tools");
    let (own, _) = report(&client, |report| report.word(None).unwrap());
    let house = ReferenceDocument::read("house.docx", &own).unwrap();
    let (bytes, _) = report(&client, |report| report.word(Some(&house)).unwrap());
    assert_sound(&bytes);
    for (name, text) in parts(bytes) {
        for mark in [
            "<w:num w:numId=\"",
            "<w:abstractNum w:abstractNumId=\"",
            "w:styleId=\"",
        ] {
            let ids: Vec<&str> = text.split(mark).skip(1).collect();
            let ids: Vec<_> = ids
                .iter()
                .filter_map(|rest| rest.split('"').next())
                .collect();
            let once: BTreeSet<_> = ids.iter().collect();
            assert_eq!(once.len(), ids.len(), "{name}: {ids:?}");
        }
    }
}

#[test]
fn styles_of_one_name_stand_once() {
    let styles = "<w:style w:type=\"table\" w:styleId=\"a\"><w:name w:val=\"heading 1\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"Heading 1\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"c\"><w:name w:val=\"HEADING 1\"/></w:style>";
    let house = house("word/styles.xml", &part("styles", styles));
    let house = ReferenceDocument::read("house.docx", &house).unwrap();
    let client = Client::named("harbour-tools");
    let (bytes, _) = report(&client, |report| report.word(Some(&house)).unwrap());
    let parts = parts(bytes);
    let (_, styles) = parts
        .iter()
        .find(|(name, _)| name == "word/styles.xml")
        .unwrap();
    let heading = "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\">";
    assert_eq!(styles.matches(heading).count(), 1, "{styles}");
    assert_eq!(styles.matches("w:styleId=\"Heading1\"").count(), 1);
}

#[test]
fn a_document_that_cannot_be_taken_is_told_so() {
    let bomb = part("styles", &" ".repeat(33 << 20));
    let entities = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>{}", part("hdr", "&a;"));
    let deep = part("hdr", &("<w:p>".repeat(300) + &"</w:p>".repeat(300)));
    let outside = relations(&[("rId1", "image", "https://house.example/seen.png")]);
    let twice = relations(&[
        ("rId1", "image", "media/logo.png"),
        ("rId1", "hyperlink", "https://house.example/"),
    ]);
    let object = relations(&[("rId1", "oleObject", "embeddings/x.bin")]);
    let climbing = relations(&[("rId1", "image", "../../../../etc/passwd.png")]);
    let strict = part("document", "").replace(
        NAMESPACE,
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    for (bytes, says) in [
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 locked".to_vec(),
            "locked by a password",
        ),
        (b"not an archive".to_vec(), "it is no archive"),
        (vec![0; (8 << 20) + 1], "more than 8 MiB"),
        (
            workbooks::parts(&[("xl/workbook.xml", b"<workbook/>")]),
            "no document of Word",
        ),
        (house("word/document.xml", &strict), "no document of Word"),
        (
            house("word/_rels/document.xml.rels", &relations(&[])),
            "it has no styles",
        ),
        (
            house("word/styles.xml", &bomb),
            "more than 32 MiB once unfolded",
        ),
        (house("word/header3.xml", ""), "named and not there"),
        (house("word/header3.xml", &entities), "declares entities"),
        (
            house("word/header3.xml", &deep),
            "its part `header`, a part of it is not XML",
        ),
        (house("word/header3.xml", &part("hdr", "<w:p>")), "not XML"),
        (house("word/header3.xml", &part("hdr", "&#1;")), "not XML"),
        (house("word/header3.xml", &part("hdr", "\u{1}")), "not XML"),
        (
            house("word/header3.xml", &part("hdr", "<zz:p/>")),
            "not XML",
        ),
        (
            house("word/styles.xml", &part("styles", "<w:a b=\"\" b=\"\"/>")),
            "not XML",
        ),
        (
            house("word/styles.xml", &format!("x{}", part("styles", ""))),
            "not XML",
        ),
        (house("word/styles.xml", "<w:styles"), "its part `styles`"),
        (
            house("word/styles.xml", &part("numbering", "")),
            "its part `styles`",
        ),
        (
            house("word/numbering.xml", &part("styles", "")),
            "its part `numbering`",
        ),
        (
            house("word/header3.xml", &part("hdr", "&unknown;")),
            "not XML",
        ),
        (
            house("word/_rels/header3.xml.rels", &twice),
            "two parts of it have the same id",
        ),
        (
            house("word/_rels/header3.xml.rels", &outside),
            "more than text, pictures and links",
        ),
        (
            house("word/_rels/header3.xml.rels", &object),
            "more than text, pictures and links",
        ),
        (
            house("word/_rels/header3.xml.rels", &climbing),
            "named and not there",
        ),
    ] {
        let problem = ReferenceDocument::read("house.docx", &bytes).expect_err(says);
        assert!(
            problem.message.contains(says),
            "{says}: {}",
            problem.message
        );
        assert!(problem.help.is_some());
    }
}

#[test]
fn a_reference_document_is_for_word_and_has_to_be_there() {
    let sandbox = Sandbox::new().file("a.yaml", sample());
    let word = "report a.yaml --out out --detail executive --format docx --reference-docx";
    sandbox
        .run(&format!("{word} missing.docx"))
        .exits(1)
        .says("cannot read `missing.docx`");
    let sandbox = sandbox
        .file("house.docx", "nothing")
        .file("real.docx", house("", ""));
    sandbox
        .run(&format!("{word} house.docx"))
        .exits(3)
        .says("invalid-document");
    assert!(!sandbox.path("out").exists());
    sandbox
        .run("report a.yaml --out out --reference-docx real.docx")
        .exits(2)
        .says("--format docx");
    sandbox.run(&format!("{word} real.docx")).exits(0);
}

#[test]
fn a_header_is_known_by_its_root_and_its_namespace() {
    for header in [part("ftr", ""), "<w:hdr xmlns:w=\"urn:other\"/>".to_owned()] {
        let bytes = house("word/header3.xml", &header);
        let problem = ReferenceDocument::read("house.docx", &bytes).expect_err("refused");
        let says = "its part `header`, a part of it is not what its name says";
        assert!(problem.message.contains(says), "{}", problem.message);
    }
}
