//! Commits of a branch that touched some paths, and renames of files.
//!
//! A branch is walked along first parents: each commit on it is a state the branch was in, and a
//! merge brings in at once what another branch had become.

use super::{Repository, plain};
use crate::exit::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;

/// Lists commits with their changes, whatever settings of somebody's own say.
const LOG: &str = "-c log.showRoot=true -c log.follow=false -c log.diffMerges=first-parent log \
    --first-parent -m --raw -z --no-abbrev --no-renames --no-color --no-notes --no-mailmap";
const FORMAT: &str = "--format=commit %H %ct %P";
/// Lists renames. A file is the same under another name where half of it is alike; more candidates
/// than the limit are not compared, and files that did not change are found all the same.
const RENAMES: &str = "diff-tree -r -z --raw --no-abbrev -M50% -l2000 --diff-filter=R";

/// A commit that touched some of the paths asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its full hash.
    pub(crate) hash: String,
    /// The day it was made, in UTC.
    pub(crate) date: Date,
    /// Its first parent; `None` where it has none in this clone.
    pub(crate) parent: Option<String>,
    /// The files it changed against that.
    pub(crate) changes: Vec<FileChange>,
}

/// A file that a commit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileChange {
    /// Its path from the root, with `/` between folders.
    pub(crate) path: String,
    /// The name of its contents before; `None` where it was not there, or no file.
    pub(crate) before: Option<String>,
    /// The name of its contents since.
    pub(crate) after: Option<String>,
}

impl Repository {
    /// The commits along first parents that touched some paths, the newest first.
    pub(crate) fn log(&self, from: &str, paths: &[String]) -> Result<Vec<Commit>> {
        let mut arguments: Vec<&str> = LOG.split(' ').chain([FORMAT, from, "--"]).collect();
        arguments.extend(paths.iter().map(String::as_str));
        Ok(commits(&self.run(&arguments)?))
    }

    /// The commits along first parents from one back to where another's history begins.
    pub(crate) fn since(&self, from: &str, base: &str) -> Result<Vec<String>> {
        let base = format!("^{base}");
        let text = self.run(&["rev-list", "--first-parent", from, &base, "--"])?;
        let text = String::from_utf8_lossy(&text);
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// Old and new paths of the files a commit renamed. `None` where git cannot compare them, as in
    /// a clone without contents: then a file begins where it was first seen.
    pub(crate) fn renames(&self, commit: &Commit) -> Option<Vec<(String, String)>> {
        let parent = commit.parent.as_ref()?;
        let commits = [parent.as_str(), &commit.hash, "--"];
        let arguments: Vec<&str> = RENAMES.split(' ').chain(commits).collect();
        let text = self.run(&arguments).ok()?;
        let mut tokens = text.split(|byte| *byte == 0);
        let mut pairs = Vec::new();
        while let (Some(_), Some(from), Some(to)) = (tokens.next(), tokens.next(), tokens.next()) {
            pairs.extend(path(from).zip(path(to)));
        }
        Some(pairs)
    }
}

/// Parses what `git log --raw -z` prints: a line a commit, then two parts a file. Paths are taken as such
/// whatever they look like.
fn commits(text: &[u8]) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut tokens = text.split(|byte| *byte == 0);
    while let Some(token) = tokens.next() {
        let token = token.strip_prefix(b"\n").unwrap_or(token);
        if let Some(entry) = token.strip_prefix(b":") {
            let change = tokens.next().and_then(|name| change(entry, name));
            if let Some(last) = commits.last_mut() {
                last.changes.extend(change);
            }
        } else {
            commits.extend(head(token));
        }
    }
    commits
}

/// `commit <hash> <seconds> <parents>`.
fn head(token: &[u8]) -> Option<Commit> {
    let text = std::str::from_utf8(token).ok()?.strip_prefix("commit ")?;
    let mut words = text.split_whitespace();
    let (hash, seconds) = (words.next()?, words.next()?.parse().ok()?);
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    Some(Commit {
        hash: hash.to_owned(),
        date: time.to_zoned(TimeZone::UTC).date(),
        parent: words.next().map(str::to_owned),
        changes: Vec::new(),
    })
}

/// `<old mode> <new mode> <old blob> <new blob> <what>`, and the path.
fn change(entry: &[u8], name: &[u8]) -> Option<FileChange> {
    let mut words = std::str::from_utf8(entry).ok()?.split(' ');
    let modes = (words.next()?, words.next()?);
    let blobs = (words.next()?, words.next()?);
    let file = |mode: &str, blob: &str| mode.starts_with("100").then(|| blob.to_owned());
    Some(FileChange {
        path: path(name)?,
        before: file(modes.0, blobs.0),
        after: file(modes.1, blobs.1),
    })
}

fn path(name: &[u8]) -> Option<String> {
    plain(Path::new(std::str::from_utf8(name).ok()?))
}
