//! The folder that is written: filled beside its place, and moved there whole.

use crate::exit::Failure;
use centricity::text::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What a portfolio's folder may hold. One that holds anything else is not replaced.
const OURS: [&str; 8] = [
    "portfolio.html",
    "portfolio.md",
    "portfolio.json",
    "portfolio.xlsx",
    "portfolio.ndjson",
    "csv",
    "parquet",
    "reports",
];

/// A folder on its way. It is removed again unless it is put in its place.
pub(super) struct Draft {
    folder: TempDir,
    place: PathBuf,
}

impl Draft {
    /// Begins a folder that is to stand at a place. One that is there already is refused, unless it
    /// is empty or may be replaced.
    pub(super) fn begin(place: &Path, replace: bool) -> Result<Self, Failure> {
        if place.exists() {
            refuse(place, replace)?;
        }
        let parent = match place.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(|error| Error::write(parent, error))?;
        let folder = beside(parent)?;
        Ok(Self {
            folder,
            place: place.to_owned(),
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the folder in its place, now that all of it is written.
    pub(super) fn keep(self) -> Result<(), Failure> {
        let place = &self.place;
        let wrap = |error| Error::write(place, error);
        let parent = self.folder.path().parent().unwrap_or(Path::new("."));
        // What stood there moves aside first, and comes back if the new one cannot move in.
        let aside = beside(parent)?;
        let old = aside.path().join("old");
        let replaced = place.exists();
        if replaced {
            fs::rename(place, &old).map_err(wrap)?;
        }
        if let Err(error) = fs::rename(self.folder.path(), place) {
            if replaced {
                let _ = fs::rename(&old, place);
            }
            return Err(wrap(error).into());
        }
        Ok(())
    }
}

/// A hidden folder that goes when it is done with.
fn beside(parent: &Path) -> Result<TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".centricity-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder
        .tempdir_in(parent)
        .map_err(|error| Error::write(parent, error))
}

fn refuse(place: &Path, replace: bool) -> Result<(), Failure> {
    let entries = fs::read_dir(place).map_err(|error| Error::read(place, error))?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
    let names: Vec<_> = names
        .collect::<Result<_, _>>()
        .map_err(|error| Error::read(place, error))?;
    if names.is_empty() {
        return Ok(());
    }
    if !replace {
        return Err(Failure::world(
            format!("`{}` is already there", place.display()),
            "write into another folder, or add `--force` to replace it",
        ));
    }
    let foreign = names
        .iter()
        .find(|name| OURS.iter().all(|own| *name != own));
    match foreign {
        None => Ok(()),
        Some(name) => Err(Failure::world(
            format!(
                "`{}` holds `{}`, which no portfolio wrote",
                place.display(),
                name.to_string_lossy()
            ),
            "write into another folder; `--force` replaces only what a portfolio wrote",
        )),
    }
}
