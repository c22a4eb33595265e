//! The clients of a portfolio: every folder below one that holds an assessment.

use crate::command::report::slug;
use crate::exit::{Failure, Result};
use crate::inputs::{ASSESSMENT, RESPONSES};
use centricity::message;
use centricity::study::portfolio::Problem;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A client's folder.
#[derive(Debug)]
pub(super) struct ClientFolder {
    pub(super) folder: PathBuf,
    /// Its path from the portfolio's folder on, with `/` between folders.
    pub(super) path: String,
    /// The name of its report, where one is written.
    pub(super) report: Option<String>,
}

/// Refuses a path that is no folder.
pub(super) fn check_folder(root: &Path) -> Result<()> {
    if !root.is_dir() {
        let what = if root.exists() {
            message!("no-folder")
        } else {
            message!("not-there")
        };
        return Err(Failure::world(
            format!("`{}` is {what}", root.display()),
            message!("give-the-folder-that-holds-your-clients"),
        ));
    }
    Ok(())
}

/// Finds clients by path, while they are read: each a client, or a place where one could be that
/// cannot be looked into. Links are not followed; packs, what is hidden, and single responses are
/// passed by.
pub(super) fn find_clients(root: &Path) -> impl Iterator<Item = Result<ClientFolder, Problem>> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    entries
        .filter_entry(is_wanted)
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_file() && entry.file_name() == ASSESSMENT => {
                let folder = entry.path().parent().unwrap_or(root).to_owned();
                Some(Ok(ClientFolder {
                    path: inner(root, &folder),
                    folder,
                    report: None,
                }))
            }
            Ok(_) => None,
            Err(error) => {
                let cause = error.io_error().map(ToString::to_string);
                let cause = cause.unwrap_or_else(|| message!("it-cannot-be-read").to_owned());
                Some(Err(Problem {
                    path: error
                        .path()
                        .map_or(".".to_owned(), |path| inner(root, path)),
                    message: message!("cannot-look-into-the-folder", cause),
                    errors: 1,
                }))
            }
        })
}

/// A path as rows name it: from the portfolio's folder on, with `/` between folders.
fn inner(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

/// Returns true for an entry to look at, and a folder to look into.
fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    if !entry.file_type().is_dir() {
        return entry.file_name() == ASSESSMENT;
    }
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    let single =
        entry.file_name() == RESPONSES && entry.path().with_file_name(ASSESSMENT).is_file();
    !hidden && !single && !entry.path().join("pack.yaml").is_file()
}

/// The names of reports by the paths of clients. A name comes from the client's path, so the same
/// folder gives the same names.
#[derive(Default)]
pub(super) struct ReportNames {
    taken: HashSet<String>,
    given: HashMap<String, String>,
}

impl ReportNames {
    /// Gives a client a name that no other has.
    pub(super) fn add(&mut self, path: &str) -> Option<String> {
        let mut stem = slug(path);
        if stem.is_empty() {
            "client".clone_into(&mut stem);
        }
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let name = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|name| !self.taken.contains(name))?;
        self.taken.insert(name.clone());
        self.given.insert(path.to_owned(), name.clone());
        Some(name)
    }

    /// The name a client was given.
    pub(super) fn of(&self, path: &str) -> Option<&str> {
        self.given.get(path).map(String::as_str)
    }
}
