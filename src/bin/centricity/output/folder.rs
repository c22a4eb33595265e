//! Folders written whole or not at all.

use super::{PREFIX, already_there, create_folder, folder_of, note_unfinished};
use crate::{Result, world};
use centricity::message;
use centricity::text::Error;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder that appears in its place when all of it is written, and is removed otherwise.
pub(crate) struct NewFolder {
    draft: TempDir,
    place: PathBuf,
}

impl NewFolder {
    /// Begins a folder for a place. A folder that is there already is refused unless it is empty, or
    /// may be replaced and holds nothing but files of these names.
    pub(crate) fn create(place: &Path, replace: bool, own: &[&str]) -> Result<Self> {
        if place.exists() {
            check_replaceable(place, replace, own)?;
        }
        let parent = folder_of(place);
        create_folder(parent)?;
        let draft = hidden_folder(parent)?;
        note_unfinished(draft.path());
        Ok(Self {
            draft,
            place: place.to_owned(),
        })
    }

    /// The folder to write into until then.
    pub(crate) fn path(&self) -> &Path {
        self.draft.path()
    }

    /// Moves the folder to its place.
    pub(crate) fn place(self) -> Result<(), Error> {
        let place = &self.place;
        let wrap = |error| Error::write(place, error);
        // What was there moves aside first, and comes back if the new one cannot move in.
        let aside = hidden_folder(folder_of(place))?;
        let old = aside.path().join("old");
        let replaced = place.exists();
        if replaced {
            fs::rename(place, &old).map_err(wrap)?;
        }
        if let Err(error) = fs::rename(self.draft.path(), place) {
            if replaced {
                let _ = fs::rename(&old, place);
            }
            return Err(wrap(error));
        }
        Ok(())
    }
}

/// A folder that goes when it is done with.
pub(crate) fn hidden_folder(parent: &Path) -> Result<TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder
        .tempdir_in(parent)
        .map_err(|error| Error::write(parent, error))
}

fn check_replaceable(place: &Path, replace: bool, own: &[&str]) -> Result<()> {
    let wrap = |error| Error::read(place, error);
    let entries = fs::read_dir(place).map_err(wrap)?;
    let names = entries
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(wrap)?;
    if names.is_empty() {
        return Ok(());
    }
    if !replace {
        let help = message!("write-elsewhere-or-force");
        return Err(already_there(place, help));
    }
    match names.iter().find(|name| own.iter().all(|own| *name != own)) {
        None => Ok(()),
        Some(name) => Err(world!(
            "holds-which-no-portfolio-wrote",
            place = place.display(),
            to_string_lossy = name.to_string_lossy()
        )),
    }
}
