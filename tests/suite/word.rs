//! Word documents: whole, the same every time, and with the words of the other formats.

use std::io::{Cursor, Read};

use crate::clients::{ALL_PACKS, Client};
use calamine::{Data, Reader as _, Xlsx};
use centricity::assess::MatchedResult;
use centricity::report::{Brand, Report, ReportContext, Templates};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

fn word(client: &Client) -> (Vec<u8>, String) {
    report(client, |report| report.word(None).expect("Word"))
}

pub(crate) fn report(client: &Client, word: impl Fn(&Report) -> Vec<u8>) -> (Vec<u8>, String) {
    let result = MatchedResult::new(&client.rulebook, &client.assessment).expect("a result");
    let brand = Brand::default();
    let context = ReportContext::new(&result, &brand);
    let templates = Templates::builtin().expect("templates");
    let report = context.report(&templates, "executive").expect("a report");
    (word(&report), report.markdown().expect("Markdown"))
}

/// The parts that are XML, by name.
pub(crate) fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("a part");
        let name = file.name().expect("a name").into_owned();
        if !name.contains("/embeddings/") {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("bytes");
            parts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    parts
}

/// The style and the words of each paragraph.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only paragraphs and their words are looked at"
)]
pub(crate) fn paragraphs(xml: &str) -> Vec<(String, String)> {
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

/// Every part is XML that can be read, has a type, and names only parts that are there.
pub(crate) fn assert_sound(bytes: &[u8]) {
    let parts = parts(bytes.to_vec());
    let text = |name: &str| {
        let found = parts.iter().find(|(one, _)| one == name);
        found.map(|(_, text)| text.as_str()).unwrap_or_default()
    };
    let types = text("[Content_Types].xml");
    for (name, text) in parts.iter().filter(|(name, _)| !name.contains(".png")) {
        let mut reader = Reader::from_str(text);
        while reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"))
            != Event::Eof
        {}
        let control = |one: char| one.is_control() && !"\n\r\t".contains(one);
        assert!(!text.contains(control), "{name}");
        let named = types.contains(&format!("PartName=\"/{name}\""));
        assert!(
            named || name.contains("_rels/") || name == "[Content_Types].xml",
            "{name}"
        );
    }
    let document = text("word/document.xml");
    let rels = text("word/_rels/document.xml.rels");
    for id in document.split("r:id=\"").skip(1) {
        let id = id.split('"').next().expect("an id");
        assert!(rels.contains(&format!("Id=\"{id}\"")), "{id}");
    }
    for (_, rels) in parts
        .iter()
        .filter(|(name, _)| name.starts_with("word/") && name.contains(".rels"))
    {
        for target in rels.split("Target=\"").skip(1) {
            let target = target.split('"').next().expect("a target");
            let name = target
                .trim_start_matches("../")
                .trim_start_matches("/word/");
            let there = parts.iter().any(|(one, _)| *one == format!("word/{name}"));
            assert!(
                there || name.contains("embeddings/") || name.starts_with("http"),
                "{target}"
            );
        }
    }
}

#[test]
fn every_part_is_well_formed_and_named() {
    let (bytes, _) = word(&Client::named(ALL_PACKS));
    assert_sound(&bytes);
    let parts = parts(bytes);
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

/// The workbook behind the first chart.
fn workbook(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut file = archive
        .by_name("word/embeddings/chart1.xlsx")
        .expect("a workbook");
    let mut book = Vec::new();
    file.read_to_end(&mut book).expect("bytes");
    Xlsx::new(Cursor::new(book)).expect("a workbook")
}

#[test]
fn the_workbook_behind_a_chart_holds_the_figures_of_the_result() {
    for name in ["harbour-tools", ALL_PACKS] {
        let client = Client::named(name);
        let mut book = workbook(word(&client).0);
        let sheet = book.worksheet_range("Data").expect("a sheet");
        let heads: Vec<String> = sheet
            .rows()
            .next()
            .expect("heads")
            .iter()
            .map(ToString::to_string)
            .collect();
        let column = |head: &str| heads.iter().position(|one| one == head);
        let mut rows = 0;
        for row in sheet.rows().skip(1) {
            let figure = |head: &str| {
                let Data::Float(figure) = row.get(column(head)?)? else {
                    return None;
                };
                Some(*figure)
            };
            let scores = &client.assessment.scores;
            let score = scores
                .iter()
                .find(|score| score.index.is_some() && score.index == figure("Index"));
            let score = score.unwrap_or_else(|| panic!("{name}: {row:?}"));
            let range = score.index_range.as_ref().expect("a range");
            if column("Lowest").is_some() {
                assert_eq!(
                    (figure("Lowest"), figure("Highest")),
                    (Some(range.low), Some(range.high)),
                    "{name}"
                );
            } else {
                assert!(
                    (range.high - range.low).abs() < 1e-9,
                    "{name}: {}",
                    score.id
                );
            }
            if column("Aim").is_some() {
                assert_eq!(figure("Aim"), score.target_index, "{name}");
            }
            if let Some(next) = figure("Next level") {
                assert!(Some(next) > score.index, "{name}");
            }
            rows += 1;
        }
        assert!(rows >= 3, "{name}");
    }
}

#[test]
fn what_a_client_typed_stays_text() {
    let mut client = Client::named("harbour-tools");
    for name in [
        "D&D <w:p> \"quoted\" \u{7}\u{0}\u{b}bell\u{ffff}",
        "شركة النقل السريع للخدمات",
        "顾客体验有限公司北京分公司",
        &"An uncommonly long name of eighty letters ".repeat(2),
    ] {
        client.assessment.client.name = name.to_owned();
        let (bytes, _) = word(&client);
        assert_sound(&bytes);
        let parts = parts(bytes);
        let document = parts
            .iter()
            .find(|(name, _)| name == "word/document.xml")
            .expect("a document");
        let right_to_left = document.1.contains("<w:rtl/>");
        assert_eq!(right_to_left, name.starts_with('ش'), "{name}");
    }
}
