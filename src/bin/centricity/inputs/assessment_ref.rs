//! An assessment as it is, or as it was at a revision: `PATH`, or `REVISION:PATH`.

use super::assessment::{CheckedAnswers, LoadedResult};
use super::checkout::{Checkout, NamedPaths, paths_read};
use super::folder::{ASSESSMENT, assessment_file};
use super::packs::Rulebooks;
use super::reader::Reader;
use crate::exit::{Failure, Result};
use crate::git::{Repository, missing_blob};
use centricity::assess::assessment::Assessment;
use centricity::message;
use centricity::rules::rulebook::Rulebook;
use centricity::text::read_bounded;
use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

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

    /// Returns true for standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Reads and checks the answers.
    pub(crate) fn answers(
        &self,
        rulebooks: &Rulebooks,
        reader: &mut Reader,
    ) -> Result<CheckedAnswers> {
        self.read(reader, |path, reader| {
            CheckedAnswers::read(path, rulebooks, reader)
        })
    }

    /// Reads and scores the answers, or reads the stored result.
    pub(crate) fn result(
        &self,
        rulebooks: &Rulebooks,
        reader: &mut Reader,
    ) -> Result<LoadedResult> {
        self.read(reader, |path, reader| {
            LoadedResult::read(path, rulebooks, reader)
        })
    }

    /// The result with its rulebook.
    pub(crate) fn result_with_rulebook(
        &self,
        rulebooks: &Rulebooks,
        reader: &mut Reader,
    ) -> Result<(Arc<Rulebook>, Assessment)> {
        self.result(rulebooks, reader)?
            .with_rulebook(rulebooks, reader)
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
            return Err(Failure::world(
                message!("there-is-no-assessment", value = self.to_string()),
                message!("git-log-oneline-follow-shows", path = self.path.display()),
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
        for file in repository.files(commit, paths)? {
            if !checkout.write(&file, &mut blobs)? {
                return Err(missing_blob(&file.blob));
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
    let is_there = |path: &String| files.iter().any(|file| file.path == *path);
    Ok(paths.into_iter().find(is_there))
}

/// The paths at which the file of an assessment may lie that is given by itself or by its folder.
pub(crate) fn possible_paths(inner: &str) -> Vec<String> {
    match inner {
        "" => vec![ASSESSMENT.to_owned()],
        inner => vec![format!("{inner}/{ASSESSMENT}"), inner.to_owned()],
    }
}
