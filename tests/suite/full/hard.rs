//! Hard inputs: reports on them are whole in every format.

use crate::printed::Page;
use crate::report::elements;
use crate::reports::{answered, report};
use crate::workshop::{checked, linked, pack, rating};
use centricity::assess::{Assessment, assess};
use centricity::rules::rulebook::Rulebook;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const HOSTILE: &str = "<script>alert(1)</script> **b** [x](javascript:y) `c` | # <img src=x> &amp; <!-- /cover --> ]]> \\";

/// Every document in every format, each looked at for whether it is whole; gives the Markdown.
#[track_caller]
fn whole(rulebook: &Rulebook, result: &Assessment) -> String {
    let mut all = String::new();
    for name in ["executive", "full", "appendix", "all"] {
        let report = report(rulebook, result, name, if name == "all" { "" } else { "a" });
        let html = report.html().expect("HTML");
        let names = elements(&html);
        assert!(
            !names.iter().any(|one| one == "script" || one == "img"),
            "{name}"
        );
        assert!(!html.contains("href=\"javascript"), "{name}");
        well_formed(&report.word(None).expect("Word"));
        let markdown = report.markdown().expect("Markdown");
        let page = Page::markdown(&markdown);
        let mut parsed = String::new();
        let options = pulldown_cmark::Options::ENABLE_TABLES;
        pulldown_cmark::html::push_html(
            &mut parsed,
            pulldown_cmark::Parser::new_ext(&markdown, options),
        );
        for tag in [
            "<script",
            "<img",
            "<strong>b</strong>",
            "<code>c</code>",
            "href=\"javascript",
        ] {
            assert!(!parsed.contains(tag), "{name}: {tag}");
        }
        let widths = page
            .blocks
            .iter()
            .filter_map(|block| block.row())
            .map(<[String]>::len);
        assert!(widths.into_iter().all(|width| width > 1), "{name}");
        all.push_str(&markdown);
    }
    all
}

/// Every part that is XML can be read.
#[track_caller]
fn well_formed(word: &[u8]) {
    let mut archive = ZipArchive::new(Cursor::new(word)).expect("an archive");
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let mut text = String::new();
        if part.read_to_string(&mut text).is_ok() && text.starts_with("<?xml") {
            let mut reader = Reader::from_str(&text);
            while reader.read_event().expect("well-formed XML") != Event::Eof {}
        }
    }
}

/// A pack over these questions with every kind of item, and names as given.
fn body(ids: &[String], title: &str) -> String {
    let title = serde_json::to_string(title).expect("a text");
    let questions: String = ids
        .iter()
        .map(|id| rating(id, &format!("label: {title}")))
        .collect();
    let list = ids.join(", ");
    let mut parts = String::new();
    for id in ids {
        let part = format!("  s-{id}: {{ title: {title}, aggregate: mean, of: [{id}] }}\n");
        parts.push_str(&part);
    }
    let first = &ids[0];
    format!(
        "sections:\n  s:\n    title: {title}\n    questions:\n{questions}scores:\n{parts}  whole: {{ title: {title}, aggregate: mean, of: [{list}] }}\nladders:\n  l: {{ title: {title}, of: whole, levels: [ {{ id: low, title: {title} }}, {{ id: top, title: {title}, from: 3 }} ] }}\nfindings:\n  f: {{ when: {{ {first}: \"<= 4\" }}, kind: gap, severity: high, title: {title}, text: T, advice: [ {{ id: a, do: {title}, effort: low, impact: high, within: 30d }} ] }}\n"
    )
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|place| format!("q{place}")).collect()
}

#[test]
fn one_part_and_sixty_are_reported() {
    for count in [1, 60] {
        let ids = ids(count);
        let rulebook = pack(&body(&ids, "Part")).good();
        let given: Vec<String> = ids.iter().map(|id| format!("{id}: 2")).collect();
        let result = assess(&rulebook, &answered(&rulebook, &given.join(", ")));
        whole(&rulebook, &result);
    }
}

#[test]
fn long_foreign_and_hostile_names_are_reported() {
    let long = "Eighty letters in one name ".repeat(3);
    let names = [
        long.as_str(),
        &"x".repeat(80),
        "שלום עולם, مرحبا بالعالم",
        "東京都の顧客中心性",
        HOSTILE,
    ];
    for name in names {
        let rulebook = pack(&body(&ids(3), name.trim())).good();
        let quoted = serde_json::to_string(name.trim()).expect("a text");
        let text = format!(
            "format: 1\nclient: {{ name: {quoted}, unit: {quoted} }}\npacks: [p]\nbasis: evidenced\nanswers:\n  p:\n    q0: {{ value: 1, note: {quoted}, target: 3, owner: {quoted}, evidence: {{ grade: document, ref: {quoted} }} }}\n    q1: {{ not_applicable: {quoted} }}\n"
        );
        let result = assess(&rulebook, &checked(&rulebook, &text).valid());
        let markdown = whole(&rulebook, &result);
        let page = Page::markdown(&markdown);
        let wanted: Vec<&str> = name.split_whitespace().collect();
        let wanted = wanted.join(" ");
        assert!(
            page.pieces().iter().any(|said| said.contains(&wanted)),
            "{wanted}"
        );
    }
}

#[test]
fn all_equal_all_missing_all_unknown_and_all_out_are_reported() {
    let rulebook = pack(&body(&ids(5), "Part")).good();
    for answer in ["2", "0", "4", "unknown", "{ not_applicable: none }", ""] {
        let given: Vec<String> = ids(5).iter().map(|id| format!("{id}: {answer}")).collect();
        let given = if answer.is_empty() {
            String::new()
        } else {
            given.join(", ")
        };
        let result = assess(&rulebook, &answered(&rulebook, &given));
        let markdown = whole(&rulebook, &result);
        assert!(!markdown.contains("NaN"), "{answer}");
    }
}

#[test]
fn a_pack_that_only_asks_is_reported() {
    let text = "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nsections:\n  s:\n    title: S\n    questions:\n      a: { type: text, ask: \"?\" }\n";
    let rulebook = linked(&[&[("pack.yaml", text)]]).good();
    let result = assess(&rulebook, &answered(&rulebook, "a: x"));
    whole(&rulebook, &result);
}
