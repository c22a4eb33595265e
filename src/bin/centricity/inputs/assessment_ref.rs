//! An assessment as it is, or as it was at a revision: `PATH`, or `REVISION:PATH`.

use super::assessment::{CheckedAnswers, LoadedResult};
use super::folder::{ASSESSMENT, CONSENSUS, RESPONSES, TARGETS, assessment_file, is_survey};
use super::{Reader, without_version};
use crate::git::{Blobs, Repository, plain, unreadable};
use crate::output::{HiddenFolder, create_folder, folder_of};
use crate::{Result, world};
use centricity::answers::file::AssessmentFile;
use centricity::assess::Assessment;
use centricity::message;
use centricity::rules::rulebook::Rulebook;
use centricity::text::yaml::{Budget, is_yaml};
use centricity::text::{Error, read_bounded};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use walkdir::WalkDir;

/// The place of an assessment, and when it lay there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssessmentRef {
    /// A revision of the repository the path lies in; `None` is now.
    pub(crate) revision: Option<String>,
    /// A file, a folder, or `-`, from the current folder on.
    pub(crate) path: PathBuf,
}

impl FromStr for AssessmentRef {
    type Err = Infallible;

    /// Parses a reference; a file of that very name comes first.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let path = PathBuf::from(text);
        Ok(match Self::at_revision(text, Path::new("")) {
            Some(at_revision) if !path.exists() => at_revision,
            _ => Self {
                revision: None,
                path,
            },
        })
    }
}

impl fmt::Display for AssessmentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(revision) = &self.revision {
            write!(f, "{revision}:")?;
        }
        write!(f, "{}", self.path.display())
    }
}

impl AssessmentRef {
    /// Parses `REVISION:PATH`, the path from a folder on. A single letter before the colon is a drive.
    pub(crate) fn at_revision(text: &str, folder: &Path) -> Option<Self> {
        let (revision, path) = text.split_once(':').filter(|(one, _)| one.len() > 1)?;
        Some(Self {
            revision: Some(revision.to_owned()),
            path: folder.join(if path.is_empty() { "." } else { path }),
        })
    }

    /// The revision and the path; `None` of one that is now.
    pub(crate) fn into_revision(self) -> Option<(String, PathBuf)> {
        Some((self.revision?, self.path))
    }

    /// Returns true for standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Reads and checks the answers.
    pub(crate) fn answers(&self, reader: &mut Reader) -> Result<CheckedAnswers> {
        self.read(reader, CheckedAnswers::read)
    }

    /// Reads and scores the answers, or reads the stored result.
    pub(crate) fn result(&self, reader: &mut Reader) -> Result<LoadedResult> {
        self.read(reader, LoadedResult::read)
    }

    /// The result with its rulebook.
    pub(crate) fn result_with_rulebook(
        &self,
        reader: &mut Reader,
    ) -> Result<(Arc<Rulebook>, Assessment)> {
        self.result(reader)?.with_rulebook(reader)
    }

    fn read<T>(
        &self,
        reader: &mut Reader,
        read: impl FnOnce(&Path, &mut Reader) -> Result<T>,
    ) -> Result<T> {
        let Some(revision) = &self.revision else {
            return read(&assessment_file(&self.path)?, reader);
        };
        let Some((repository, commit, inner)) = self.find(revision)? else {
            return Err(world!(
                "there-is-no-assessment",
                value = self.to_string(),
                path = self.path.display()
            ));
        };
        let checkout = check_out(&repository, &commit, &inner)?;
        let result = read(&checkout.path(&inner), reader);
        checkout.rename_in(revision, reader);
        result
    }

    /// Returns false if a revision has no such assessment.
    pub(crate) fn exists(&self) -> Result<bool> {
        match &self.revision {
            Some(revision) => Ok(self.find(revision)?.is_some()),
            None => Ok(true),
        }
    }

    /// The repository, the commit of a revision, and the path of the assessment's file at it.
    fn find(&self, revision: &str) -> Result<Option<(Repository, String, String)>> {
        let repository = Repository::around(&self.path)?;
        let commit = repository.commit(revision)?;
        let inner = repository.inner(&self.path)?;
        let found = find_assessment(&repository, &commit, &inner)?;
        Ok(found.map(|inner| (repository, commit, inner)))
    }
}

/// Writes out everything that an assessment reads at a commit.
fn check_out(repository: &Repository, commit: &str, inner: &str) -> Result<Checkout> {
    let checkout = Checkout::new()?;
    let mut blobs = repository.blobs()?;
    let mut lay_out = |paths: &[String]| -> Result<()> {
        for (path, blob) in repository.files(commit, paths)? {
            if !checkout.write(&path, &blob, &mut blobs)? {
                return Err(unreadable(&blob, message!("it-is-missing")));
            }
        }
        Ok(())
    };
    lay_out(&paths_read(inner))?;
    // What cannot be read is reported when the assessment is loaded.
    let bytes = read_bounded(&checkout.path(inner)).unwrap_or_default();
    let NamedPaths { packs, customers } = NamedPaths::read(bytes, inner);
    let named: Vec<String> = packs.into_iter().chain(customers).collect();
    if !named.is_empty() {
        lay_out(&named)?;
    }
    Ok(checkout)
}

/// The path of an assessment's file at a commit, given by itself or by its folder; `None` where it
/// was not there.
pub(crate) fn find_assessment(
    repository: &Repository,
    commit: &str,
    inner: &str,
) -> Result<Option<String>> {
    let paths = possible_paths(inner);
    let files = repository.files(commit, &paths)?;
    Ok(paths.into_iter().find(|path| files.contains_key(path)))
}

/// The paths at which the file of an assessment may lie that is given by itself or by its folder.
pub(crate) fn possible_paths(inner: &str) -> Vec<String> {
    match inner {
        "" => vec![ASSESSMENT.to_owned()],
        inner => vec![format!("{inner}/{ASSESSMENT}"), inner.to_owned()],
    }
}

/// The most bytes of a file of answers that are read: one more than it may have, to be refused.
pub(crate) fn most_bytes() -> u64 {
    u64::try_from(Budget::FILE).unwrap_or(u64::MAX - 1) + 1
}

/// Files of one revision, or of one after the other.
#[derive(Debug)]
pub(crate) struct Checkout {
    folder: HiddenFolder,
}

impl Checkout {
    /// An empty folder.
    pub(crate) fn new() -> Result<Self> {
        let folder = HiddenFolder::temporary()?;
        Ok(Self { folder })
    }

    /// The place of a file of the repository.
    pub(crate) fn path(&self, inner: &str) -> PathBuf {
        self.folder.path().join(inner)
    }

    /// Writes a file, in place of what was there; `false` where the clone was made without it. Only
    /// surveys may be larger than a file of answers can be: they are counted as they stream by.
    pub(crate) fn write(&self, inner: &str, blob: &str, blobs: &mut Blobs) -> Result<bool> {
        let path = self.path(inner);
        create_folder(folder_of(&path))?;
        let most = if is_survey(&path) {
            u64::MAX
        } else {
            most_bytes()
        };
        let mut file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        blobs.copy(blob, most, &mut file)
    }

    /// Copies a pack that is there now: its folder or its only file. Nothing where it is not.
    pub(crate) fn copy_pack(&self, inner: &str, from: &Path) -> Result<()> {
        for entry in WalkDir::new(from).into_iter().filter_map(Result::ok) {
            let name = entry.path().strip_prefix(from).unwrap_or(Path::new(""));
            if !entry.file_type().is_file() || !is_yaml(entry.path()) {
                continue;
            }
            let to = if name.as_os_str().is_empty() {
                self.path(inner)
            } else {
                self.path(inner).join(name)
            };
            create_folder(folder_of(&to))?;
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
        let packs = file.packs.value.iter().map(|pack| without_version(pack));
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
