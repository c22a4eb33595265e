//! The report as a Word document: parts that templates print, in one archive.
//!
//! Every part but the tables behind charts is a template of `templates/word`. The same input gives
//! the same bytes: the archive holds no time but a fixed one.

use super::deliver::Report;
use super::document::Chart;
use crate::assess::assessment::Assessment;
use crate::text::grid::book::book;
use crate::text::{Error, Result};
use minijinja::context;
use minijinja::value::{Serde, Value};
use rust_xlsxwriter::XlsxError;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// The parts of every document, each with the template that prints it.
const PARTS: [(&str, &str); 10] = [
    ("[Content_Types].xml", "content-types"),
    ("_rels/.rels", "rels"),
    ("docProps/core.xml", "core"),
    ("word/_rels/document.xml.rels", "document-rels"),
    ("word/document.xml", "document"),
    ("word/styles.xml", "styles"),
    ("word/numbering.xml", "numbering"),
    ("word/settings.xml", "settings"),
    ("word/header1.xml", "header"),
    ("word/footer1.xml", "footer"),
];

impl Report {
    /// The report as a Word document.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered; it names the template and
    /// its line.
    pub fn word(&self, assessment: &Assessment) -> Result<Vec<u8>> {
        let document = self.document("docx")?;
        let value = Value::from(Serde(&document));
        let templates = self.templates().over(&context! { document => value })?;
        let part = |template: &str, chart: Value| {
            templates.render(&format!("word/{template}.xml"), context! { chart })
        };
        let mut archive = Archive::new();
        for (name, template) in PARTS {
            archive.add(
                name,
                part(template, Value::from(()))?.trim_start().as_bytes(),
            )?;
        }
        for chart in &document.charts {
            let number = chart.number;
            let value = Value::from(Serde(chart));
            let xml = part("chart", value.clone())?;
            archive.add(
                &format!("word/charts/chart{number}.xml"),
                xml.trim_start().as_bytes(),
            )?;
            let rels = part("chart-rels", value)?;
            archive.add(
                &format!("word/charts/_rels/chart{number}.xml.rels"),
                rels.as_bytes(),
            )?;
            let data = table(assessment, chart).map_err(Error::workbook)?;
            archive.add(&format!("word/embeddings/chart{number}.xlsx"), &data)?;
        }
        archive.finish()
    }
}

/// The table behind a chart, as a workbook.
fn table(assessment: &Assessment, chart: &Chart) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = book("Data")?;
    let sheet = book.add_worksheet().set_name("Data")?;
    sheet.write_row(0, 0, ["Part", "Index", "Lowest", "Highest"])?;
    let scores = chart.of.iter().filter_map(|id| {
        let mut scores = assessment.scores.iter();
        scores.find(|score| score.id == **id)
    });
    for (row, score) in (1..).zip(scores) {
        sheet.write(row, 0, &score.title)?;
        let range = score.index_range.as_ref();
        let figures = [
            score.index,
            range.map(|one| one.low),
            range.map(|one| one.high),
        ];
        for (column, figure) in (1..).zip(figures) {
            if let Some(figure) = figure {
                sheet.write(row, column, figure)?;
            }
        }
    }
    book.save_to_buffer()
}

/// An archive in memory.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let added = self.0.start_file(name, options);
        added.map_err(Error::document)?;
        self.0.write_all(bytes).map_err(Error::document)
    }

    fn finish(self) -> Result<Vec<u8>> {
        let archive = self.0.finish().map_err(Error::document)?;
        Ok(archive.into_inner())
    }
}
