//! Word documents: whole, the same every time, and with the words of the other formats.

use std::io::{Cursor, Read};

use crate::clients::{ALL_PACKS, Client};
use centricity::assess::assessment::MatchedResult;
use centricity::report::Templates;
use centricity::report::brand::Brand;
use centricity::report::context::ReportContext;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

fn word(client: &Client) -> (Vec<u8>, String) {
    let result = MatchedResult::new(&client.rulebook, &client.assessment).expect("a result");
    let brand = Brand::default();
    let context = ReportContext::new(&result, &brand);
    let templates = Templates::builtin().expect("templates");
    let report = context.report(&templates, "executive").expect("a report");
    (
        report.word(&client.assessment).expect("Word"),
        report.markdown().expect("Markdown"),
    )
}

/// The parts that are XML, by name.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("a part");
        let name = file.name().expect("a name").into_owned();
        if !name.contains("/embeddings/") {
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            parts.push((name, text));
        }
    }
    parts
}

/// The style and the words of each paragraph.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only paragraphs and their words are looked at"
)]
fn paragraphs(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let mut all: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return all,
            Event::Start(tag) if tag.name().as_ref() == "w:p" => all.push(Default::default()),
            Event::Empty(tag) if tag.name().as_ref() == "w:pStyle" => {
                let style = tag.attributes().next().expect("a style").expect("a style");
                all.last_mut().expect("a paragraph").0 = style.value.into_owned();
            }
            Event::Start(tag) => inside = tag.name().as_ref() == "w:t",
            Event::End(_) => inside = false,
            Event::Text(text) if inside => {
                all.last_mut()
                    .expect("a paragraph")
                    .1
                    .push_str(&text.xml10_content());
            }
            Event::GeneralRef(name) if inside => {
                let letter = name.resolve_char_ref().expect("a reference");
                let known = resolve_predefined_entity(&name).unwrap_or_default();
                let text = letter.map_or_else(|| known.to_owned(), String::from);
                all.last_mut().expect("a paragraph").1.push_str(&text);
            }
            _ => {}
        }
    }
}

#[test]
fn every_part_is_well_formed_and_named() {
    let (bytes, _) = word(&Client::named(ALL_PACKS));
    let parts = parts(bytes);
    let types = &parts
        .iter()
        .find(|(name, _)| name == "[Content_Types].xml")
        .expect("types")
        .1;
    for (name, text) in &parts {
        let mut reader = Reader::from_str(text);
        while reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"))
            != Event::Eof
        {}
        assert!(text.starts_with("<?xml"), "{name}");
        let named = types.contains(&format!("PartName=\"/{name}\""));
        assert!(
            named || name.contains("_rels/") || name == "[Content_Types].xml",
            "{name}"
        );
    }
    assert!(
        parts
            .iter()
            .any(|(name, _)| name == "word/charts/chart1.xml")
    );
}

#[test]
fn the_same_client_gives_the_same_bytes() {
    let client = Client::named("harbour-tools");
    assert_eq!(word(&client).0, word(&client).0);
}

#[test]
fn word_has_the_headings_and_cells_of_markdown() {
    for name in ["harbour-tools", "corner-bakery", "paper-mill", ALL_PACKS] {
        let (bytes, markdown) = word(&Client::named(name));
        let parts = parts(bytes);
        let document = &parts
            .iter()
            .find(|(name, _)| name == "word/document.xml")
            .expect("a document")
            .1;
        let found = paragraphs(document);
        for line in markdown.lines() {
            let plain = |text: &str| text.replace(['*', '\\'], "").trim().to_owned();
            if let Some(title) = line.strip_prefix("## ") {
                let heading = ("Heading1".to_owned(), plain(title));
                assert!(found.contains(&heading), "{name}: {heading:?}");
            } else if let Some(row) = line.strip_prefix("| **") {
                let last = plain(
                    row.trim_end_matches('|')
                        .rsplit('|')
                        .next()
                        .unwrap_or_default(),
                );
                assert!(
                    found.iter().any(|(_, text)| *text == last),
                    "{name}: `{last}`"
                );
            }
        }
    }
}
