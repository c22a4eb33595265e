//! An assessment as it was: its files at a revision, laid into a folder of their own.
//!
//! From there they take the road of all files. What is told of them names the revision and the path
//! in the repository, never that folder.

use super::{ASSESSMENT, CONSENSUS, Notes, RESPONSES, TARGETS};
use crate::exit::Failure;
use crate::git::{Blobs, Entry, plain};
use centricity::answers::file::AssessmentFile;
use centricity::text::error::{Error, read_bounded};
use centricity::text::yaml::{Budget, Document};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

/// Files of one revision, or of one after the other.
#[derive(Debug)]
pub(crate) struct Checkout {
    folder: TempDir,
}

impl Checkout {
    /// An empty one.
    pub(crate) fn new() -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("centricity-").tempdir();
        let folder = folder.map_err(|error| Error::write(&std::env::temp_dir(), error))?;
        Ok(Self { folder })
    }

    /// Where a file of the repository lies in it.
    pub(crate) fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    /// Lays a file into it, in place of what was there. Only surveys may be larger than one file of
    /// answers can be: they are counted as they stream by.
    pub(crate) fn lay(&self, entry: &Entry, blobs: &mut Blobs) -> Result<(), Failure> {
        let (mut file, most) = self.begin(&entry.path)?;
        blobs.copy(&entry.blob, most, &mut file)
    }

    /// The same; `false` where the clone was made without what the file held.
    pub(crate) fn lay_if_there(&self, entry: &Entry, blobs: &mut Blobs) -> Result<bool, Failure> {
        let (mut file, most) = self.begin(&entry.path)?;
        blobs.copy_if_there(&entry.blob, most, &mut file)
    }

    /// An empty file, and how much of what it held is wanted.
    fn begin(&self, inner: &str) -> Result<(File, u64), Failure> {
        let path = self.path(inner);
        let wrap = |error| Error::write(&path, error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(wrap)?;
        }
        let most = if super::is_survey(&path) {
            u64::MAX
        } else {
            u64::try_from(Budget::DEFAULT.file).unwrap_or(u64::MAX - 1) + 1
        };
        Ok((File::create(&path).map_err(wrap)?, most))
    }

    /// Copies a pack that is there now into it: its folder or its only file. Nothing where it is not.
    pub(crate) fn copy(&self, inner: &str, from: &Path) -> Result<(), Failure> {
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
            let wrap = |error| Error::write(&to, error);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(wrap)?;
            }
            fs::copy(entry.path(), &to).map_err(wrap)?;
        }
        Ok(())
    }

    /// Takes a file out of it, and the folders that are empty then: another file may bear their name.
    pub(crate) fn take(&self, inner: &str) {
        let path = self.path(inner);
        let _ = fs::remove_file(&path);
        let above = path.ancestors().skip(1);
        for folder in above.take_while(|folder| *folder != self.folder.path()) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }

    /// What was read from it, told as of a revision.
    pub(crate) fn tell(&self, revision: &str, notes: &mut Notes) {
        let here = format!("{}/", self.folder.path().display());
        notes.rename(&here, &format!("{revision}:"));
    }
}

/// The paths of everything that belongs to an assessment's file, itself first: what lies beside it
/// where it is a folder's own.
pub(crate) fn parts(assessment: &str) -> Vec<String> {
    let (folder, name) = assessment
        .rsplit_once('/')
        .map_or(("", assessment), |(folder, name)| (folder, name));
    let mut parts = vec![assessment.to_owned()];
    if name == ASSESSMENT {
        let beside = [CONSENSUS, TARGETS, RESPONSES].iter();
        parts.extend(beside.map(|name| within(folder, name).unwrap_or_default()));
    }
    parts
}

/// The paths in the repository that an assessment names: packs and its customer table. What cannot
/// be read, or leads out of the repository, is told when the assessment is loaded.
pub(crate) fn named(path: &Path, inner: &str) -> Vec<String> {
    let bytes = read_bounded(path).unwrap_or_default();
    let Named { packs, customers } = Named::read(bytes, inner);
    packs.into_iter().chain(customers).collect()
}

/// What an assessment names, by its path in the repository.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// Packs that are given by a path.
    pub(crate) packs: Vec<String>,
    /// The customer table.
    pub(crate) customers: Option<String>,
}

impl Named {
    /// What a text names that lies at a path of the repository.
    pub(crate) fn read(bytes: Vec<u8>, inner: &str) -> Self {
        if names_nothing(&bytes) {
            return Self::default();
        }
        let mut scratch = Notes::default();
        let source = scratch.add(inner.to_owned(), bytes);
        let file = source.and_then(|source| {
            AssessmentFile::read_sound(&scratch.sources, source, &mut scratch.problems)
        });
        let Some(file) = file else {
            return Self::default();
        };
        let folder = inner.rsplit_once('/').map_or("", |(folder, _)| folder);
        let packs = file.packs.value.iter().map(|pack| pack.value.as_str());
        let packs = packs.map(|pack| pack.rsplit_once('@').map_or(pack, |(name, _)| name));
        let packs = packs.filter(|pack| pack.contains('/'));
        let table = file.customers.as_ref().map(|table| table.value.as_str());
        Self {
            packs: packs.filter_map(|name| within(folder, name)).collect(),
            customers: table.and_then(|name| within(folder, name)),
        }
    }
}

/// Whether an assessment, written as a map of lines, surely lists packs by their ids and has no
/// customer table. Reading it whole to find that out would double the time a history takes.
fn names_nothing(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let begins = |line: &str| line.starts_with(|one: char| one.is_ascii_alphabetic());
    let mut keys = text
        .lines()
        .filter(|line| !line.starts_with([' ', '-', '#']));
    let in_lines = keys.all(|line| line.is_empty() || begins(line));
    let mut lines = text.lines().skip_while(|line| !line.starts_with("packs:"));
    let Some(first) = lines.next().filter(|_| in_lines) else {
        return false;
    };
    let mut list = std::iter::once(first).chain(lines.take_while(|line| !begins(line)));
    let plain = list.all(|line| !line.contains(['/', '*', '&', '|', '>', '\\']));
    plain && !text.lines().any(|line| line.starts_with("customers"))
}

/// A path that starts from a folder of the repository; `None` where it leads out of it.
fn within(folder: &str, name: &str) -> Option<String> {
    let path = Path::new(name);
    if path.is_absolute() {
        return None;
    }
    plain(&Path::new(folder).join(path)).filter(|path| !path.is_empty())
}
