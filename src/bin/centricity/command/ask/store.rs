//! The file an interview writes: read once, saved after each answer, and never over the words of
//! somebody else.

use crate::output::{draft, folder_of, place};
use centricity::text::error::{Error, read_bounded};
use std::fs::File;
use std::path::{Path, PathBuf};

const MARK: &str = "\u{feff}";

/// A file as it was last seen.
#[derive(Debug)]
pub(super) struct Store {
    /// As it was given.
    pub(super) path: PathBuf,
    seen: Option<Vec<u8>>,
}

/// What became of saving.
pub(super) enum Saved {
    Written,
    /// Somebody else has changed the file since it was seen; nothing was written.
    Changed,
}

impl Store {
    pub(super) fn open(path: PathBuf) -> Result<Self, Error> {
        let seen = now(&path)?;
        Ok(Self { path, seen })
    }

    /// The name a person knows it by.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// What it holds; `None` where it is not there yet.
    pub(super) fn seen(&self) -> Option<&[u8]> {
        self.seen.as_deref()
    }

    /// Looks at the file again.
    pub(super) fn look(&mut self) -> Result<(), Error> {
        self.seen = now(&self.path)?;
        Ok(())
    }

    /// Writes the whole file beside its place and moves it there, unless it has changed.
    pub(super) fn save(&mut self, text: &str) -> Result<Saved, Error> {
        let target = self
            .path
            .canonicalize()
            .unwrap_or_else(|_| self.path.clone());
        let folder = folder_of(&target);
        std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        let _held = hold(folder);
        let found = now(&target)?;
        if found != self.seen {
            return Ok(Saved::Changed);
        }
        let marked = found
            .as_ref()
            .is_some_and(|bytes| bytes.starts_with(MARK.as_bytes()));
        let bytes = [if marked { MARK } else { "" }, text].concat().into_bytes();
        let file = draft(folder, &bytes)?;
        if let Ok(before) = std::fs::metadata(&target) {
            let kept = file.as_file().set_permissions(before.permissions());
            kept.map_err(|error| Error::write(&target, error))?;
        }
        place(file, &target, found.is_some())?;
        self.seen = Some(bytes);
        Ok(Saved::Written)
    }
}

fn now(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    if path.exists() {
        read_bounded(path).map(Some)
    } else {
        Ok(None)
    }
}

/// Keeps other interviews in the same folder from saving at the very same moment, where the system
/// can lock a folder.
fn hold(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.lock().ok()?;
    Some(file)
}
