//! Templates: the texts of packs, and those of a folder of the user's.

use super::ours::texts;
use super::problems::linked;
use super::readings::stored;
use super::text;
use centricity::answers::Answers;
use centricity::report::{Report, Templates};
use centricity::rules::pack::Loaded;
use centricity::text::diagnostic::{Diagnostics, Sources};
use serde_json::json;
use std::fs;
use std::path::PathBuf;

/// A pack with one finding, up to its text.
const HEAD: &str = r#"format: 1
id: p
version: 1.0.0
title: "P"
sections:
  s:
    title: "S"
    score: { aggregate: mean }
    questions:
      a: { type: rating, ask: "?", anchors: { 0: "none", 1: "some", 2: "all" } }
      b: { type: rating, ask: "?", anchors: { 0: "none", 1: "some", 2: "all" } }
findings:
  f:
    when: { any: [ { s: "<= 2" }, { b: "unknown" } ] }
    kind: gap
    severity: low
    title: "F"
    text: "#;

/// A result that a text makes longer than this is not bounded.
const MOST: usize = 4 << 20;

/// Renders a text as that of a finding; one that begins with `%` as a template for reports.
pub fn run(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match text.strip_prefix('%') {
        Some(template) => own(template),
        None => finding(text),
    }
}

/// The text of a finding over no answers and over the best.
fn finding(text: &str) {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let quoted = serde_json::to_string(text).expect("a text");
    let pack = texts([("pack.yaml", format!("{HEAD}{quoted}\n").as_str())]);
    let loaded = Loaded::load(pack, &mut sources, &mut problems);
    let Some(rulebook) = linked(loaded, &sources, problems) else {
        return;
    };
    for answers in [Answers::blank(&rulebook), Answers::best(&rulebook)] {
        let length = stored(&rulebook, &answers).len();
        assert!(length < MOST, "{length} bytes");
    }
}

/// A template of the user's, alone in its folder, over a small context.
fn own(template: &str) {
    let folder = folder();
    fs::write(folder.join("report/all.md"), template).expect("a folder to write to");
    // What is not well-formed is refused.
    let Ok(templates) = Templates::with_folder(&folder) else {
        return;
    };
    let context = json!({
        "title": "T", "language": "en", "engine": "0", "brand": {}, "rows": [1, 2.5, "three", null],
    });
    let report = Report::new(&templates, "all", &context).expect("a context that is a map");
    let rendered = [report.markdown(), report.terminal(false)];
    for text in rendered.into_iter().flatten() {
        assert!(text.len() < MOST, "{} bytes", text.len());
    }
}

/// A folder of this process for its templates.
fn folder() -> PathBuf {
    let name = format!("centricity-fuzz-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(folder.join("report")).expect("a folder to write to");
    folder
}
