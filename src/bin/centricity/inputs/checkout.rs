//! An assessment as it was: its files at a revision, written into a folder of their own.
//!
//! From there they are read like all files. Messages about them name the revision and the path in the
//! repository, never that folder.

use super::folder::{ASSESSMENT, CONSENSUS, RESPONSES, TARGETS, is_survey};
use super::reader::Reader;
use crate::exit::Result;
use crate::git::{Blobs, GitFile, plain};
use crate::output::create_folder;
use centricity::answers::file::AssessmentFile;
use centricity::text::Error;
use centricity::text::yaml::Budget;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The most bytes of a file of answers that are read: one more than it may have, to be refused.
pub(crate) fn most_bytes() -> u64 {
    u64::try_from(Budget::DEFAULT.file).unwrap_or(u64::MAX - 1) + 1
}

/// Files of one revision, or of one after the other.
#[derive(Debug)]
pub(crate) struct Checkout {
    folder: TempDir,
}

impl Checkout {
    /// An empty folder.
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("centricity-").tempdir();
        let folder = folder.map_err(|error| Error::write(&std::env::temp_dir(), error))?;
        Ok(Self { folder })
    }

    /// The place of a file of the repository.
    pub(crate) fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    /// Writes a file, in place of what was there; `false` where the clone was made without it. Only
    /// surveys may be larger than a file of answers can be: they are counted as they stream by.
    pub(crate) fn write(&self, entry: &GitFile, blobs: &mut Blobs) -> Result<bool> {
        let path = self.path(&entry.path);
        if let Some(folder) = path.parent() {
            create_folder(folder)?;
        }
        let most = if is_survey(&path) {
            u64::MAX
        } else {
            most_bytes()
        };
        let mut file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        blobs.copy(&entry.blob, most, &mut file)
    }

    /// Copies a pack that is there now: its folder or its only file. Nothing where it is not.
    pub(crate) fn copy_pack(&self, inner: &str, from: &Path) -> Result<()> {
        for entry in WalkDir::new(from).into_iter().filter_map(Result::ok) {
            let name = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
            let yaml = entry.path().extension().is_some_and(|end| end == "yaml");
            if !entry.file_type().is_file() || !yaml {
                continue;
            }
            let to = if name.as_os_str().is_empty() {
                self.path(inner)
            } else {
                self.path(inner).join(name)
            };
            if let Some(folder) = to.parent() {
                create_folder(folder)?;
            }
            fs::copy(entry.path(), &to).map_err(|error| Error::write(&to, error))?;
        }
        Ok(())
    }

    /// Removes a file, and the folders that are empty then: another file may bear their name.
    pub(crate) fn remove(&self, inner: &str) {
        let path = self.path(inner);
        let _ = fs::remove_file(&path);
        let above = path.ancestors().skip(1);
        for folder in above.take_while(|folder| *folder != self.folder.path()) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }

    /// Names the revision in place of this folder, in everything that was read.
    pub(crate) fn rename_in(&self, revision: &str, reader: &mut Reader) {
        let here = format!("{}/", self.folder.path().display());
        reader.rename(&here, &format!("{revision}:"));
    }
}

/// The paths of everything that belongs to an assessment's file, itself first: what lies next to it
/// where it is a folder's own.
pub(crate) fn paths_read(assessment: &str) -> Vec<String> {
    let (folder, name) = assessment.rsplit_once('/').unwrap_or(("", assessment));
    let mut paths = vec![assessment.to_owned()];
    if name == ASSESSMENT {
        let beside = [CONSENSUS, TARGETS, RESPONSES].iter();
        paths.extend(beside.filter_map(|name| within(folder, name)));
    }
    paths
}

/// The paths that assessments name, from the root of their repository. A path that leads out of it
/// is reported when the assessment is loaded.
#[derive(Debug, Default)]
pub(crate) struct NamedPaths {
    /// Packs that are given by a path.
    pub(crate) packs: BTreeSet<String>,
    /// Customer tables.
    pub(crate) customers: BTreeSet<String>,
}

impl NamedPaths {
    /// The paths in the text of an assessment that lies at a path of the repository.
    pub(crate) fn read(bytes: Vec<u8>, inner: &str) -> Self {
        let mut scratch = Reader::default();
        let source = scratch.add(inner.to_owned(), bytes);
        let file = source.and_then(|source| scratch.document::<AssessmentFile>(source));
        let Ok(file) = file else {
            return Self::default();
        };
        let folder = inner.rsplit_once('/').map_or("", |(folder, _)| folder);
        let packs = file.packs.value.iter().map(|pack| {
            let name = pack.value.rsplit_once('@').map(|(name, _)| name);
            name.unwrap_or(&pack.value)
        });
        let packs = packs.filter(|pack| pack.contains('/'));
        let table = file.customers.iter().map(|table| table.value.as_str());
        Self {
            packs: packs.filter_map(|name| within(folder, name)).collect(),
            customers: table.filter_map(|name| within(folder, name)).collect(),
        }
    }

    /// Adds the paths of another assessment.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.packs.extend(other.packs);
        self.customers.extend(other.customers);
        self
    }
}

/// A path that starts from a folder of the repository; `None` where it leads out of it.
fn within(folder: &str, name: &str) -> Option<String> {
    let path = Path::new(name);
    if path.is_absolute() {
        return None;
    }
    plain(&Path::new(folder).join(path)).filter(|path| !path.is_empty())
}
