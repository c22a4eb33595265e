//! The report as a Word document: parts that templates print, in one archive.
//!
//! Every part but the workbooks behind charts is a template of `templates/word`. A document of the
//! house gives styles, page, headers and footers where there is one. The same input gives the same
//! bytes: the archive holds no time but a fixed one.

pub(super) mod functions;
mod merge;
mod reference;
mod section;

pub use reference::ReferenceDocument;

use super::deliver::Report;
use super::document::{Block, Document};
use super::templates::Templates;
use crate::message;
use crate::text::{Error, Result};
use functions::{Pictures, Sheet};
use minijinja::context;
use minijinja::value::{Serde, Value};
use section::Page;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// Letters that are shown of a line with a fault in it.
const SHOWN: usize = 60;
/// The parts of every document, each with the template that prints it.
const PARTS: [(&str, &str); 8] = [
    ("[Content_Types].xml", "content-types"),
    ("_rels/.rels", "rels"),
    ("docProps/core.xml", "core"),
    ("word/_rels/document.xml.rels", "document-rels"),
    ("word/settings.xml", "settings"),
    ("word/header1.xml", "header"),
    ("word/header2.xml", "header-first"),
    ("word/footer1.xml", "footer"),
];

impl Report {
    /// The report as a Word document, in the styles and on the page of a document of the house
    /// where there is one.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered; it names the template and
    /// its line.
    pub fn word(&self, house: Option<&ReferenceDocument>) -> Result<Vec<u8>> {
        let document = self.document("docx")?;
        let page = house.map_or_else(Page::default, |house| house.look.page);
        let is_cover = |one: &Block| matches!(one, Block::Part { name, .. } if name == "cover");
        let templates = self.templates().over(&context! {
            has_cover => document.blocks.iter().any(is_cover),
            document => Value::from(Serde(&document)),
            page => Value::from(Serde(page)),
            house => Value::from(Serde(house.map(|house| &house.look))),
        })?;
        let mut archive = Archive::default();
        let drawn = charts(&templates, &document, &mut archive)?;
        let pictures = Pictures::default();
        let drawn: Value = drawn.into_iter().collect();
        let templates = templates.over(&context! { drawn, picture => pictures.function() })?;
        let text = print(&templates, "document", &context! {})?;
        archive.add("word/document.xml", text);
        let pictures = pictures.all();
        let ends: Value = pictures.iter().map(|one| one.end).collect();
        for (number, one) in (1..).zip(pictures) {
            archive.add(&format!("word/media/{number}.{}", one.end), one.bytes);
        }
        let part =
            |template: &str| print(&templates, template, &context! { pictures => ends.clone() });
        for (name, template) in PARTS {
            archive.add(name, part(template)?);
        }
        let (mut styles, mut numbering) = (part("styles")?, part("numbering")?);
        if let Some(house) = house {
            (styles, numbering) = house.add(&templates, &styles, &numbering, &mut archive)?;
        }
        archive.add("word/styles.xml", styles);
        archive.add("word/numbering.xml", numbering);
        archive.finish()
    }
}

/// Adds every chart of a form that Word draws, with the workbook behind it; returns their numbers.
fn charts(templates: &Templates, document: &Document, archive: &mut Archive) -> Result<Vec<usize>> {
    let sheet = Sheet::default();
    let templates = templates.over(&context! { sheet => sheet.function() })?;
    let mut drawn = Vec::new();
    for chart in &document.charts {
        let (form, number) = (&chart.form, chart.number);
        if !templates.has(&format!("word/charts/{form}.xml")) {
            continue;
        }
        let context = context! { chart => Value::from(Serde(chart)) };
        let template = format!("charts/{form}");
        let xml = print(&templates, &template, &context)?;
        let workbook = sheet.take().map_err(Error::workbook)?;
        if xml.is_empty() {
            continue;
        }
        let rels = print(&templates, "chart-rels", &context)?;
        archive.add(&format!("word/charts/chart{number}.xml"), xml);
        archive.add(&format!("word/charts/_rels/chart{number}.xml.rels"), rels);
        archive.add(&format!("word/embeddings/chart{number}.xlsx"), workbook);
        drawn.push(number);
    }
    Ok(drawn)
}

/// A part by its template, without the empty lines that templates leave before it. A template of the
/// user's may give what is no XML, which Word would not open; one of a chart may give nothing.
fn print(templates: &Templates, template: &str, context: &Value) -> Result<String> {
    let name = format!("word/{template}.xml");
    let xml = templates.render(&name, context)?.trim_start().to_owned();
    let no_chart = xml.is_empty() && template.starts_with("charts/");
    if no_chart || !templates.are_of_the_user() {
        return Ok(xml);
    }
    let Err(fault) = roxmltree::Document::parse(&xml) else {
        return Ok(xml);
    };
    let row = usize::try_from(fault.pos().row).unwrap_or(1);
    let line = xml.lines().nth(row.saturating_sub(1)).unwrap_or_default();
    let line: String = line.trim().chars().take(SHOWN).collect();
    let fault = fault.to_string();
    let detail = message!("template-gives-no-xml", name, fault, line);
    Err(Error::template(detail))
}

/// The parts of a document by name, in the order they are written: the list of types comes first.
#[derive(Default)]
struct Archive(BTreeMap<String, Vec<u8>>);

impl Archive {
    fn add(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(name.to_owned(), bytes.into());
    }

    fn finish(self) -> Result<Vec<u8>> {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in self.0 {
            archive.start_file(name, options).map_err(Error::document)?;
            archive.write_all(&bytes).map_err(Error::document)?;
        }
        let archive = archive.finish().map_err(Error::document)?;
        Ok(archive.into_inner())
    }
}
