//! Folders written whole or not at all.

use super::hidden::{HiddenFolder, Kind};
use super::{already_there, check_kind, create_folder, folder_of};
use crate::{Result, world};
use centricity::message;
use centricity::text::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that appears in its place when all of it is written, and is removed otherwise.
pub(crate) struct NewFolder {
    draft: HiddenFolder,
    place: PathBuf,
}

impl NewFolder {
    /// Begins a folder for a place. A folder that is there already is refused unless it is empty, or
    /// may be replaced and holds nothing but files of these names; all else that is there is refused.
    pub(crate) fn create(place: &Path, replace: bool, own: &[&str]) -> Result<Self> {
        if check_kind(place, fs::FileType::is_dir)? {
            check_replaceable(place, replace, own)?;
        }
        let parent = folder_of(place);
        create_folder(parent)?;
        Ok(Self {
            draft: HiddenFolder::create(parent, Kind::Folder)?,
            place: place.to_owned(),
        })
    }

    /// The folder to write into until then.
    pub(crate) fn path(&self) -> &Path {
        self.draft.path()
    }

    /// Moves the folder to its place.
    pub(crate) fn place(self) -> Result<()> {
        let place = &self.place;
        let wrap = |error| Error::write(place, error);
        // What was there moves aside first, and comes back if the new one cannot move in.
        let aside = HiddenFolder::create(folder_of(place), Kind::Outdated)?;
        let old = aside.path().join("old");
        let replaced = check_kind(place, fs::FileType::is_dir)?;
        if replaced {
            fs::rename(place, &old).map_err(wrap)?;
        }
        if let Err(error) = fs::rename(self.draft.path(), place) {
            if replaced {
                let _ = fs::rename(&old, place);
            }
            return Err(wrap(error).into());
        }
        Ok(())
    }
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
