//! The files of a portfolio: tables are written while clients are read, the overview and the workbook
//! when all are counted.

use super::clients::ReportNames;
#[cfg(feature = "parquet")]
use super::columns::ParquetFiles;
use super::score::{ClientBatch, Rejected};
use crate::exit::{Failure, Result};
use crate::inputs::ReportStyle;
use crate::output::json;
use centricity::message;
use centricity::report::{PortfolioView, portfolio_html, portfolio_markdown};
use centricity::study::portfolio::{Book, Overview, Problem, Row, Table};
use centricity::text::error::Error;
use clap::ValueEnum;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

/// A format of a portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum PortfolioFormat {
    /// The overview, one page that needs nothing beside it
    Html,
    /// The overview in Markdown
    Md,
    /// The overview, for programs
    Json,
    /// Tables of clients, scores, levels, gates and findings
    Csv,
    /// A workbook with a sheet for each pack
    Xlsx,
    /// One line of JSON a client
    Ndjson,
    /// The tables again, column by column, for programs of analysis
    Parquet,
}

/// Files that are open, each written in the order of the clients.
pub(super) struct OpenFiles {
    tables: Vec<TextFile>,
    problems: Option<TextFile>,
    lines: Option<TextFile>,
    #[cfg(feature = "parquet")]
    columns: Option<ParquetFiles>,
}

/// A file that is being written.
struct TextFile {
    path: PathBuf,
    file: BufWriter<File>,
}

impl TextFile {
    fn create(path: PathBuf) -> Result<Self, Error> {
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let file = BufWriter::new(file);
        Ok(Self { path, file })
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        let written = self.file.write_all(text.as_bytes());
        written.map_err(|error| Error::write(&self.path, error))
    }

    fn end(mut self) -> Result<(), Error> {
        let flushed = self.file.flush();
        flushed.map_err(|error| Error::write(&self.path, error))
    }
}

impl OpenFiles {
    /// Opens what is asked for: tables in a folder of their own, and rows as JSON in a file.
    pub(super) fn open(
        folder: &Path,
        tables: &[Table],
        lines: Option<&Path>,
        columns: bool,
    ) -> Result<Self> {
        #[cfg(not(feature = "parquet"))]
        let _ = columns;
        let csv = folder.join("csv");
        if !tables.is_empty() {
            fs::create_dir(&csv).map_err(|error| Error::write(&csv, error))?;
        }
        let mut files = Self {
            tables: Vec::new(),
            problems: None,
            lines: lines
                .map(|path| TextFile::create(path.to_owned()))
                .transpose()?,
            #[cfg(feature = "parquet")]
            columns: columns.then(|| ParquetFiles::begin(folder)),
        };
        for table in tables {
            let mut file = TextFile::create(csv.join(format!("{}.csv", table.name())))?;
            file.write(&table.head())?;
            files.tables.push(file);
        }
        if !tables.is_empty() {
            let mut file = TextFile::create(csv.join("problems.csv"))?;
            file.write(&Problem::head())?;
            files.problems = Some(file);
        }
        Ok(files)
    }

    /// Appends the lines of some clients.
    pub(super) fn add(&mut self, part: &mut ClientBatch) -> Result<()> {
        for (file, text) in self.tables.iter_mut().zip(&part.tables) {
            file.write(text)?;
        }
        if let Some(file) = &mut self.problems {
            for Rejected { problem, .. } in &part.rejected {
                file.write(&problem.line())?;
            }
        }
        if let Some(file) = &mut self.lines {
            file.write(&part.lines)?;
        }
        #[cfg(feature = "parquet")]
        if let Some(columns) = &mut self.columns {
            columns.add(std::mem::take(&mut part.chunks))?;
        }
        Ok(())
    }

    /// Writes what is still in memory.
    pub(super) fn end(self) -> Result<()> {
        #[cfg(feature = "parquet")]
        self.columns.map_or(Ok(()), ParquetFiles::end)?;
        let mut all = self
            .tables
            .into_iter()
            .chain(self.problems)
            .chain(self.lines);
        Ok(all.try_for_each(TextFile::end)?)
    }
}

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
    pub(super) style: &'a ReportStyle,
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
    ) -> Result<()> {
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
    pub(super) fn text(&self, format: PortfolioFormat) -> Result<String> {
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
    fn write_workbook(&self, folder: &Path, rows: &Path) -> Result<()> {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let made = panic::catch_unwind(AssertUnwindSafe(|| self.write_sheets(folder, rows)));
        panic::set_hook(hook);
        made.unwrap_or_else(|_| {
            let file = folder.join("portfolio.xlsx");
            Err(Failure::world(
                message!("cannot-write", file = file.display()),
                message!("is-the-disk-full-leave-xlsx-out"),
            ))
        })
    }

    fn write_sheets(&self, folder: &Path, rows: &Path) -> Result<()> {
        let wrap = |error| Error::read(rows, error);
        let file = File::open(rows).map_err(wrap)?;
        let mut book = Book::new(self.overview, folder)?;
        for line in BufReader::new(file).lines() {
            let line = line.map_err(wrap)?;
            let row = serde_json::from_str::<Row>(&line).map_err(|error| wrap(error.into()))?;
            book.add(&row)?;
        }
        let path = folder.join("portfolio.xlsx");
        let out = File::create(&path).map_err(|error| Error::write(&path, error))?;
        Ok(book.save(out)?)
    }
}
