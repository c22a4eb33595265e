//! The files of a portfolio that are written when all clients are counted.

use super::Format;
use super::reports::Names;
use crate::command::assess::json;
use crate::exit::Failure;
use crate::inputs::Look;
use centricity::report::{PortfolioView, portfolio_html, portfolio_markdown};
use centricity::study::portfolio::{Book, Overview, Row};
use centricity::text::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

/// Rows that only the workbook is made from; the file goes before the folder is put in place.
const ROWS: &str = ".rows";

/// What there is to write, and where.
pub(super) struct Written<'a> {
    pub(super) folder: &'a Path,
    pub(super) overview: &'a Overview,
    pub(super) look: &'a Look,
    pub(super) names: &'a Names,
    /// Of the reports, where any are written.
    pub(super) ending: Option<&'static str>,
}

/// Where rows go, if anything needs them.
pub(super) fn lines(folder: &Path, formats: &[Format]) -> Option<PathBuf> {
    if formats.contains(&Format::Ndjson) {
        Some(folder.join("portfolio.ndjson"))
    } else {
        formats.contains(&Format::Xlsx).then(|| folder.join(ROWS))
    }
}

impl Written<'_> {
    pub(super) fn all(&self, formats: &[Format], lines: Option<&Path>) -> Result<(), Failure> {
        for format in formats {
            let ending = match format {
                Format::Html => "html",
                Format::Md => "md",
                Format::Json => "json",
                Format::Xlsx => {
                    self.workbook(lines)?;
                    continue;
                }
                Format::Csv | Format::Ndjson | Format::Parquet => continue,
            };
            let file = self.folder.join(format!("portfolio.{ending}"));
            fs::write(&file, self.text(*format)?).map_err(|error| Error::write(&file, error))?;
        }
        let scratch = self.folder.join(ROWS);
        if scratch.exists() {
            fs::remove_file(&scratch).map_err(|error| Error::write(&scratch, error))?;
        }
        Ok(())
    }

    /// The overview as a text.
    pub(super) fn text(&self, format: Format) -> Result<String, Failure> {
        let link = |path: &str| {
            let name = self.names.of(path)?;
            Some(format!("reports/{name}.{}", self.ending?))
        };
        let view = || PortfolioView::new(self.overview, &self.look.brand, &link);
        Ok(match format {
            Format::Html => portfolio_html(&self.look.templates, &view())?,
            Format::Md => portfolio_markdown(&self.look.templates, &view())?,
            Format::Json => json(self.overview)?,
            Format::Csv | Format::Xlsx | Format::Ndjson | Format::Parquet => String::new(),
        })
    }

    /// The library that writes workbooks gives up with a panic where a disk is full.
    fn workbook(&self, lines: Option<&Path>) -> Result<(), Failure> {
        let Some(lines) = lines else {
            return Ok(());
        };
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let made = panic::catch_unwind(AssertUnwindSafe(|| self.sheets(lines)));
        panic::set_hook(hook);
        made.unwrap_or_else(|_| {
            let file = self.folder.join("portfolio.xlsx");
            Err(Failure::world(
                format!("cannot write `{}`", file.display()),
                "is the disk full? Leave `xlsx` out of `--format`, or write elsewhere",
            ))
        })
    }

    fn sheets(&self, lines: &Path) -> Result<(), Failure> {
        let file = File::open(lines).map_err(|error| Error::read(lines, error))?;
        let mut rows = BufReader::with_capacity(1 << 16, file);
        let mut book = Book::new(self.overview, self.folder)?;
        let mut line = String::new();
        loop {
            line.clear();
            let read = rows.read_line(&mut line);
            if read.map_err(|error| Error::read(lines, error))? == 0 {
                break;
            }
            let row = Row::from_line(&line).map_err(|error| Error::read(lines, error.into()))?;
            book.add(&row)?;
        }
        let path = self.folder.join("portfolio.xlsx");
        let out = File::create(&path).map_err(|error| Error::write(&path, error))?;
        Ok(book.save(out)?)
    }
}
