//! The folders of clients, and the files of a portfolio: tables are written while clients are read, the
//! overview and the workbook when all are counted.

use crate::command::report::{ReportNames, ReportStyle};
use crate::inputs::{ASSESSMENT, RESPONSES};
use crate::output::json;
use crate::{Result, world};
use centricity::message;
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
use walkdir::{DirEntry, WalkDir};

/// A client's folder.
#[derive(Debug)]
pub(super) struct ClientFolder {
    pub(super) folder: PathBuf,
    /// Its path from the portfolio's folder on, with `/` between folders.
    pub(super) path: String,
    /// The name of its report, where one is written.
    pub(super) report: Option<String>,
}

/// Finds clients by path, while they are read: each a client, or a place where one could be that
/// cannot be looked into. Links are not followed; packs, what is hidden, and single responses are
/// passed by.
pub(super) fn find_clients(root: &Path) -> impl Iterator<Item = Result<ClientFolder, Problem>> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    entries
        .filter_entry(is_wanted)
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_file() && entry.file_name() == ASSESSMENT => {
                let folder = entry.path().parent().unwrap_or(root).to_owned();
                Some(Ok(ClientFolder {
                    path: inner(root, &folder),
                    folder,
                    report: None,
                }))
            }
            Ok(_) => None,
            Err(error) => {
                let cause = error.io_error().map(ToString::to_string);
                let cause = cause.unwrap_or_else(|| message!("it-cannot-be-read").to_owned());
                Some(Err(Problem {
                    path: error
                        .path()
                        .map_or(".".to_owned(), |path| inner(root, path)),
                    message: message!("cannot-look-into-the-folder", cause),
                    errors: 1,
                }))
            }
        })
}

/// A path as rows name it: from the portfolio's folder on, with `/` between folders.
fn inner(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

/// Returns true for an entry to look at, and a folder to look into.
fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    if !entry.file_type().is_dir() {
        return entry.file_name() == ASSESSMENT;
    }
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    let single =
        entry.file_name() == RESPONSES && entry.path().with_file_name(ASSESSMENT).is_file();
    !hidden && !single && !entry.path().join("pack.yaml").is_file()
}

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
    fn create(path: PathBuf, head: &str) -> Result<Self, Error> {
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let file = BufWriter::new(file);
        let mut file = Self { path, file };
        file.write(head)?;
        Ok(file)
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
        let lines = rows(folder, formats).map(|path| TextFile::create(path, ""));
        let mut files = Self {
            tables: Vec::new(),
            problems: None,
            lines: lines.transpose()?,
            #[cfg(feature = "parquet")]
            columns: formats
                .contains(&PortfolioFormat::Parquet)
                .then(|| ParquetFiles::begin(folder)),
        };
        if formats.contains(&PortfolioFormat::Csv) {
            let csv = folder.join("csv");
            fs::create_dir(&csv).map_err(|error| Error::write(&csv, error))?;
            let file = |name: &str, head: &str| TextFile::create(csv.join(name), head);
            for table in Table::ALL {
                let name = format!("{}.csv", table.name());
                files.tables.push(file(&name, &table.head())?);
            }
            files.problems = Some(file("problems.csv", Problem::HEAD)?);
        }
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
    use PortfolioFormat::{Ndjson, Xlsx};
    let is_kept = formats.contains(&Ndjson);
    let name = if is_kept { "portfolio.ndjson" } else { ROWS };
    (is_kept || formats.contains(&Xlsx)).then(|| folder.join(name))
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
        if let Some(rows) = rows(folder, formats)
            && formats.contains(&PortfolioFormat::Xlsx)
        {
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
