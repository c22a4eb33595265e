//! An assessment as it is, or as it was at a revision: `PATH`, or `REVISION:PATH`.

use super::checkout::{Checkout, named, parts};
use super::{ASSESSMENT, Notes, Rulebooks, Subject};
use crate::exit::Failure;
use crate::git::Repository;
use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Which assessment, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssessmentRef {
    /// Of the repository the path lies in; now where there is none.
    pub(crate) revision: Option<String>,
    /// A file, a folder, or `-`; of a revision, from the current folder as ever.
    pub(crate) path: PathBuf,
}

impl FromStr for AssessmentRef {
    type Err = Infallible;

    /// What is there now under that name comes first; a single letter before the colon is a drive.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let split = text.split_once(':');
        Ok(match split {
            Some((revision, path)) if revision.len() > 1 && !Path::new(text).exists() => Self {
                revision: Some(revision.to_owned()),
                path: PathBuf::from(if path.is_empty() { "." } else { path }),
            },
            _ => Self {
                revision: None,
                path: PathBuf::from(text),
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
    /// Loads the assessment; `None` where it is not valid, which `notes` then tells.
    pub(crate) fn load(
        &self,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Subject>, Failure> {
        match &self.revision {
            None => Subject::load(&self.path, rulebooks, notes),
            Some(revision) => self.at(revision, rulebooks, notes),
        }
    }

    fn at(
        &self,
        revision: &str,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Subject>, Failure> {
        let (checkout, path) = self.laid(revision)?;
        let subject = Subject::load(&path, rulebooks, notes);
        checkout.tell(revision, notes);
        subject
    }

    /// The assessment's files as they were, and where its own lies among them.
    pub(super) fn laid(&self, revision: &str) -> Result<(Checkout, PathBuf), Failure> {
        let Some(laid) = self.find(revision)? else {
            return Err(Failure::world(
                format!("there is no assessment `{self}`"),
                format!(
                    "`git log --oneline --follow -- {}` shows when it was there, and under which name",
                    self.path.display()
                ),
            ));
        };
        Ok(laid)
    }

    /// The same; `None` where the revision has no such file.
    pub(super) fn find(&self, revision: &str) -> Result<Option<(Checkout, PathBuf)>, Failure> {
        let repository = Repository::around(&self.path)?;
        let commit = repository.commit(revision)?;
        let inner = repository.inner(&self.path)?;
        let Some(inner) = assessment(&repository, &commit, &inner)? else {
            return Ok(None);
        };
        let checkout = Checkout::new()?;
        let mut blobs = repository.blobs()?;
        let mut lay = |paths: &[String]| -> Result<(), Failure> {
            let files = repository.files(&commit, paths)?;
            files
                .iter()
                .try_for_each(|file| checkout.lay(file, &mut blobs))
        };
        lay(&parts(&inner))?;
        let path = checkout.path(&inner);
        let more = named(&path, &inner);
        if !more.is_empty() {
            lay(&more)?;
        }
        Ok(Some((checkout, path)))
    }
}

/// The path of an assessment's file at a commit, given by itself or by its folder; `None` where it
/// was not there.
pub(crate) fn assessment(
    repository: &Repository,
    commit: &str,
    inner: &str,
) -> Result<Option<String>, Failure> {
    let inside = match inner {
        "" => ASSESSMENT.to_owned(),
        folder => format!("{folder}/{ASSESSMENT}"),
    };
    let mut paths = vec![inside.clone()];
    if !inner.is_empty() {
        paths.push(inner.to_owned());
    }
    let files = repository.files(commit, &paths)?;
    let there = |path: &str| files.iter().any(|file| file.path == path);
    let found = [inside.as_str(), inner]
        .into_iter()
        .find(|path| there(path));
    Ok(found.map(str::to_owned))
}
