//! The overview and the workbook of a portfolio, written when all clients are counted.

use super::PortfolioFormat;
use super::clients::ReportNames;
use crate::exit::Failure;
use crate::inputs::Style;
use crate::output::json;
use centricity::report::{PortfolioView, portfolio_html, portfolio_markdown};
use centricity::study::portfolio::{Book, Overview, Row};
use centricity::text::error::Error;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

/// Rows that only the workbook is made from; the file goes before the folder is put in place.
const ROWS: &str = ".rows";

/// The file of rows, if anything needs them.
pub(super) fn rows(folder: &Path, formats: &[PortfolioFormat]) -> Option<PathBuf> {
    if formats.contains(&PortfolioFormat::Ndjson) {
        Some(folder.join("portfolio.ndjson"))
    } else {
        let is_needed = formats.contains(&PortfolioFormat::Xlsx);
        is_needed.then(|| folder.join(ROWS))
    }
}

/// An overview, and what its files need besides.
pub(super) struct OverviewFiles<'a> {
    pub(super) overview: &'a Overview,
    pub(super) style: &'a Style,
    pub(super) names: &'a ReportNames,
    /// The ending of the reports, where any are written.
    pub(super) ending: Option<&'static str>,
}

impl OverviewFiles<'_> {
    /// Writes the files of these formats.
    pub(super) fn write(
        &self,
        folder: &Path,
        formats: &[PortfolioFormat],
        rows: Option<&Path>,
    ) -> Result<(), Failure> {
        for format in formats {
            let ending = match format {
                PortfolioFormat::Html => "html",
                PortfolioFormat::Md => "md",
                PortfolioFormat::Json => "json",
                PortfolioFormat::Xlsx => {
                    if let Some(rows) = rows {
                        self.write_workbook(folder, rows)?;
                    }
                    continue;
                }
                PortfolioFormat::Csv | PortfolioFormat::Ndjson | PortfolioFormat::Parquet => {
                    continue;
                }
            };
            let file = folder.join(format!("portfolio.{ending}"));
            fs::write(&file, self.text(*format)?).map_err(|error| Error::write(&file, error))?;
        }
        let scratch = folder.join(ROWS);
        if scratch.exists() {
            fs::remove_file(&scratch).map_err(|error| Error::write(&scratch, error))?;
        }
        Ok(())
    }

    /// The overview as a text.
    pub(super) fn text(&self, format: PortfolioFormat) -> Result<String, Failure> {
        let link = |path: &str| {
            let name = self.names.of(path)?;
            Some(format!("reports/{name}.{}", self.ending?))
        };
        let view = || PortfolioView::new(self.overview, &self.style.brand, &link);
        Ok(match format {
            PortfolioFormat::Html => portfolio_html(&self.style.templates, &view())?,
            PortfolioFormat::Md => portfolio_markdown(&self.style.templates, &view())?,
            PortfolioFormat::Json => json(self.overview)?,
            PortfolioFormat::Csv
            | PortfolioFormat::Xlsx
            | PortfolioFormat::Ndjson
            | PortfolioFormat::Parquet => String::new(),
        })
    }

    /// Writes the workbook. The library for it panics where a disk is full.
    fn write_workbook(&self, folder: &Path, rows: &Path) -> Result<(), Failure> {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let made = panic::catch_unwind(AssertUnwindSafe(|| self.write_sheets(folder, rows)));
        panic::set_hook(hook);
        made.unwrap_or_else(|_| {
            let file = folder.join("portfolio.xlsx");
            Err(Failure::world(
                format!("cannot write `{}`", file.display()),
                "is the disk full? Leave `xlsx` out of `--format`, or write elsewhere",
            ))
        })
    }

    fn write_sheets(&self, folder: &Path, rows: &Path) -> Result<(), Failure> {
        let wrap = |error| Error::read(rows, error);
        let file = File::open(rows).map_err(wrap)?;
        let mut book = Book::new(self.overview, folder)?;
        for line in BufReader::new(file).lines() {
            let line = line.map_err(wrap)?;
            let row = Row::from_line(&line).map_err(|error| wrap(error.into()))?;
            book.add(&row)?;
        }
        let path = folder.join("portfolio.xlsx");
        let out = File::create(&path).map_err(|error| Error::write(&path, error))?;
        Ok(book.save(out)?)
    }
}
