//! The files of a portfolio that are written while clients are read.

use super::part::{Bad, Part};
use crate::exit::Failure;
use centricity::study::portfolio::{Problem, Table};
use centricity::text::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Files that are open, each written in the order of the clients.
pub(super) struct Files {
    tables: Vec<Open>,
    problems: Option<Open>,
    lines: Option<Open>,
    #[cfg(feature = "parquet")]
    columns: Option<super::columns::Columns>,
}

/// A file that is being written.
struct Open {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Open {
    fn create(path: PathBuf) -> Result<Self, Error> {
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let file = BufWriter::with_capacity(1 << 16, file);
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
                .map(|path| Open::create(path.to_owned()))
                .transpose()?,
            #[cfg(feature = "parquet")]
            columns: columns.then(|| super::columns::Columns::begin(folder)),
        };
        for table in tables {
            let mut file = Open::create(csv.join(format!("{}.csv", table.name())))?;
            file.write(&table.head())?;
            files.tables.push(file);
        }
        if !tables.is_empty() {
            let mut file = Open::create(csv.join("problems.csv"))?;
            file.write(&Problem::head())?;
            files.problems = Some(file);
        }
        Ok(files)
    }

    /// Appends what came of some clients.
    pub(super) fn add(&mut self, part: &mut Part) -> Result<(), Failure> {
        for (file, text) in self.tables.iter_mut().zip(&part.tables) {
            file.write(text)?;
        }
        if let Some(file) = &mut self.problems {
            for Bad { problem, .. } in &part.bad {
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
        self.columns.map_or(Ok(()), super::columns::Columns::end)?;
        let mut all = self
            .tables
            .into_iter()
            .chain(self.problems)
            .chain(self.lines);
        Ok(all.try_for_each(Open::end)?)
    }
}
