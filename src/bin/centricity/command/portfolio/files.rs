//! The files of a portfolio: tables are written while clients are read, the overview and the workbook
//! when all are counted.

use super::ReportNames;
use crate::command::report::ReportStyle;
use crate::output::json;
use crate::{Result, world};
use centricity::report::Report;
use centricity::report::study::PortfolioContext;
#[cfg(feature = "parquet")]
use centricity::study::portfolio::ParquetFile;
use centricity::study::portfolio::{Book, Overview, Problem, Row, Table};
use centricity::text::Error;
use clap::ValueEnum;
#[cfg(feature = "parquet")]
use std::collections::BTreeMap;
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
    pub(super) fn open(folder: &Path, formats: &[PortfolioFormat]) -> Result<Self> {
        let csv = folder.join("csv");
        let lines = rows(folder, formats).map(TextFile::create);
        let mut files = Self {
            tables: Vec::new(),
            problems: None,
            lines: lines.transpose()?,
            #[cfg(feature = "parquet")]
            columns: formats
                .contains(&PortfolioFormat::Parquet)
                .then(|| ParquetFiles::begin(folder)),
        };
        if !formats.contains(&PortfolioFormat::Csv) {
            return Ok(files);
        }
        fs::create_dir(&csv).map_err(|error| Error::write(&csv, error))?;
        for table in Table::ALL {
            let mut file = TextFile::create(csv.join(format!("{}.csv", table.name())))?;
            file.write(&table.head())?;
            files.tables.push(file);
        }
        let mut file = TextFile::create(csv.join("problems.csv"))?;
        file.write(&Problem::head())?;
        files.problems = Some(file);
        Ok(files)
    }

    /// Appends a client to every file.
    pub(super) fn add(&mut self, client: Result<&Row, &Problem>) -> Result<()> {
        let row = match (client, &mut self.problems) {
            (Ok(row), _) => row,
            (Err(problem), Some(file)) => return Ok(file.write(&problem.line())?),
            (Err(_), None) => return Ok(()),
        };
        for (file, table) in self.tables.iter_mut().zip(Table::ALL) {
            let mut lines = String::new();
            table.write(row, &mut lines);
            file.write(&lines)?;
        }
        if let Some(file) = &mut self.lines {
            file.write(&row.line())?;
        }
        #[cfg(feature = "parquet")]
        if let Some(columns) = &mut self.columns {
            columns.add(row)?;
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
fn rows(folder: &Path, formats: &[PortfolioFormat]) -> Option<PathBuf> {
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
    pub(super) fn write(&self, folder: &Path, formats: &[PortfolioFormat]) -> Result<()> {
        for format in formats {
            if let Some((ending, text)) = self.text(*format)? {
                let file = folder.join(format!("portfolio.{ending}"));
                fs::write(&file, text).map_err(|error| Error::write(&file, error))?;
            }
        }
        let rows = rows(folder, formats);
        if let Some(rows) = rows.filter(|_| formats.contains(&PortfolioFormat::Xlsx)) {
            self.write_workbook(folder, &rows)?;
        }
        let scratch = folder.join(ROWS);
        if scratch.exists() {
            fs::remove_file(&scratch).map_err(|error| Error::write(&scratch, error))?;
        }
        Ok(())
    }

    /// The overview as a text, with the ending of its file; `None` for formats that are no text.
    pub(super) fn text(&self, format: PortfolioFormat) -> Result<Option<(&'static str, String)>> {
        let link = |path: &str| {
            let name = self.names.of(path)?;
            Some(format!("reports/{name}.{}", self.ending?))
        };
        let report = || {
            let context = PortfolioContext::new(self.overview, &self.style.brand, &link);
            Report::new(&self.style.templates, "portfolio", &context)
        };
        Ok(match format {
            PortfolioFormat::Html => Some(("html", report()?.html()?)),
            PortfolioFormat::Md => Some(("md", report()?.markdown()?)),
            PortfolioFormat::Json => Some(("json", json(self.overview)?)),
            PortfolioFormat::Csv
            | PortfolioFormat::Xlsx
            | PortfolioFormat::Ndjson
            | PortfolioFormat::Parquet => None,
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
            Err(world!("cannot-write", file = file.display()))
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

/// Parquet files that are open, one for each table and pack. Tables lie in `scores/pack=organisation/part-0.parquet`, as `DuckDB`, Spark
/// and pandas take for one data set; clients in `clients/part-0.parquet`.
#[cfg(feature = "parquet")]
struct ParquetFiles {
    folder: PathBuf,
    files: BTreeMap<(Table, String), ParquetFile<File>>,
}

#[cfg(feature = "parquet")]
impl ParquetFiles {
    fn begin(folder: &Path) -> Self {
        Self {
            folder: folder.join("parquet"),
            files: BTreeMap::new(),
        }
    }

    fn add(&mut self, row: &Row) -> Result<()> {
        for table in Table::ALL {
            for (pack, cells) in table.rows(row) {
                let key = (table, pack);
                if let Some(file) = self.files.get_mut(&key) {
                    file.add(cells);
                } else {
                    let mut file = self.open(table, &key.1)?;
                    file.add(cells);
                    self.files.insert(key, file);
                }
            }
        }
        self.files
            .values_mut()
            .try_for_each(|file| Ok(file.write_full_group()?))
    }

    fn open(&self, table: Table, pack: &str) -> Result<ParquetFile<File>> {
        let mut folder = self.folder.join(table.name());
        if !pack.is_empty() {
            folder = folder.join(format!("pack={pack}"));
        }
        let path = folder.join("part-0.parquet");
        let file = fs::create_dir_all(&folder).and_then(|()| File::create(&path));
        let file = file.map_err(|error| Error::write(&path, error))?;
        Ok(ParquetFile::create(table, &path, file)?)
    }

    fn end(self) -> Result<()> {
        let files = self.files.into_values();
        files.map(ParquetFile::end).try_for_each(|ended| Ok(ended?))
    }
}
