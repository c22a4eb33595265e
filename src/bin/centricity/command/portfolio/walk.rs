//! Which clients there are: every folder below one that holds an assessment.

use crate::exit::Failure;
use crate::inputs::{ASSESSMENT, RESPONSES};
use centricity::study::portfolio::Problem;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, IntoIter, WalkDir};

/// A client, or a place where one could be that cannot be looked into.
#[derive(Debug)]
pub(super) enum Found {
    Client(Client),
    Unreadable(Problem),
}

/// A client's folder.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) folder: PathBuf,
    /// The same from the portfolio's folder on, with `/` between folders.
    pub(super) path: String,
}

/// Clients by path, found while they are read. Links are not followed; packs, what is hidden, and
/// single responses are passed by.
pub(super) struct Walk {
    root: PathBuf,
    entries: walkdir::FilterEntry<IntoIter, fn(&DirEntry) -> bool>,
}

impl Walk {
    pub(super) fn new(root: &Path) -> Result<Self, Failure> {
        if !root.is_dir() {
            let what = if root.exists() {
                "no folder"
            } else {
                "not there"
            };
            return Err(Failure::world(
                format!("`{}` is {what}", root.display()),
                "give the folder that holds your clients' folders",
            ));
        }
        let wanted: fn(&DirEntry) -> bool = is_wanted;
        let walk = WalkDir::new(root).sort_by_file_name().into_iter();
        Ok(Self {
            root: root.to_owned(),
            entries: walk.filter_entry(wanted),
        })
    }

    /// A path as rows name it.
    fn inner(&self, path: &Path) -> String {
        let inner = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        if parts.is_empty() {
            ".".to_owned()
        } else {
            parts.join("/")
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            match self.entries.next()? {
                Ok(entry) if entry.file_type().is_file() && entry.file_name() == ASSESSMENT => {
                    let folder = entry.path().parent().unwrap_or(&self.root).to_owned();
                    let path = self.inner(&folder);
                    return Some(Found::Client(Client { folder, path }));
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().map_or(".".to_owned(), |path| self.inner(path));
                    let cause = error
                        .io_error()
                        .map_or("it cannot be read".to_owned(), ToString::to_string);
                    return Some(Found::Unreadable(Problem {
                        path,
                        message: format!("cannot look into the folder: {cause}"),
                        errors: 1,
                    }));
                }
            }
        }
    }
}

/// Whether to look at an entry, and for a folder into it.
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
