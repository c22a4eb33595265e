//! Parquet files of a portfolio, written while clients are read.

use crate::exit::Result;
use centricity::study::portfolio::{Chunks, ParquetFile, Table};
use centricity::text::error::Error;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Parquet files that are open, one for each table and pack. Tables lie in `scores/pack=organisation/part-0.parquet`, as `DuckDB`, Spark
/// and pandas take for one data set; clients in `clients/part-0.parquet`.
pub(super) struct ParquetFiles {
    folder: PathBuf,
    files: BTreeMap<(Table, String), ParquetFile<File>>,
}

impl ParquetFiles {
    pub(super) fn begin(folder: &Path) -> Self {
        Self {
            folder: folder.join("parquet"),
            files: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, chunks: Chunks) -> Result<()> {
        for ((table, pack), chunk) in chunks.0 {
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

    pub(super) fn end(self) -> Result<()> {
        for ((table, _), file) in self.files {
            file.end(table)?;
        }
        Ok(())
    }
}
