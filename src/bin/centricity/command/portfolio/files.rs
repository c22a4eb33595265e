//! The files of a portfolio that are written while clients are read.

use super::part::{Part, Rejected};
use crate::exit::Failure;
#[cfg(feature = "parquet")]
use centricity::study::portfolio::{Chunks, ParquetFile};
use centricity::study::portfolio::{Problem, Table};
use centricity::text::error::Error;
#[cfg(feature = "parquet")]
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Files that are open, each written in the order of the clients.
pub(super) struct Files {
    tables: Vec<TextFile>,
    problems: Option<TextFile>,
    lines: Option<TextFile>,
    #[cfg(feature = "parquet")]
    columns: Option<Columns>,
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

impl Files {
    /// Opens what is asked for: tables in a folder of their own, and rows as JSON in a file.
    pub(super) fn open(
        folder: &Path,
        tables: &[Table],
        lines: Option<&Path>,
        columns: bool,
    ) -> Result<Self, Failure> {
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
            columns: columns.then(|| Columns::begin(folder)),
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
    pub(super) fn add(&mut self, part: &mut Part) -> Result<(), Failure> {
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

    /// Writes what is still held back.
    pub(super) fn end(self) -> Result<(), Failure> {
        #[cfg(feature = "parquet")]
        self.columns.map_or(Ok(()), Columns::end)?;
        let mut all = self
            .tables
            .into_iter()
            .chain(self.problems)
            .chain(self.lines);
        Ok(all.try_for_each(TextFile::end)?)
    }
}

/// Parquet files that are open, one for each table and pack. Tables lie in `scores/pack=organisation/part-0.parquet`, as `DuckDB`, Spark
/// and pandas take for one data set; clients in `clients/part-0.parquet`.
#[cfg(feature = "parquet")]
struct Columns {
    folder: PathBuf,
    files: BTreeMap<(Table, String), ParquetFile<File>>,
}

#[cfg(feature = "parquet")]
impl Columns {
    fn begin(folder: &Path) -> Self {
        Self {
            folder: folder.join("parquet"),
            files: BTreeMap::new(),
        }
    }

    fn add(&mut self, chunks: Chunks) -> Result<(), Failure> {
        for ((table, pack), chunk) in chunks {
            let key = (table, pack);
            if let Some(file) = self.files.get_mut(&key) {
                file.append(table, chunk)?;
                continue;
            }
            let mut file = self.open(table, &key.1)?;
            file.append(table, chunk)?;
            self.files.insert(key, file);
        }
        Ok(())
    }

    fn open(&self, table: Table, pack: &str) -> Result<ParquetFile<File>, Failure> {
        let mut folder = self.folder.join(table.name());
        if !pack.is_empty() {
            folder = folder.join(format!("pack={pack}"));
        }
        let path = folder.join("part-0.parquet");
        let file = fs::create_dir_all(&folder).and_then(|()| File::create(&path));
        let file = file.map_err(|error| Error::write(&path, error))?;
        Ok(ParquetFile::create(table, &path, file)?)
    }

    fn end(self) -> Result<(), Failure> {
        for ((table, _), file) in self.files {
            file.end(table)?;
        }
        Ok(())
    }
}
