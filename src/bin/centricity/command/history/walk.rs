//! The revisions of an assessment on a branch, with what changed in everything it reads.
//!
//! The branch is walked backwards in stretches over which the assessment lay at one path. Where a
//! commit brings it there from another path, the next stretch begins before that commit. It reads its
//! own file, those next to it, and the packs and tables that any of its revisions names.
//!
//! A branch is its first parents: each commit on it is a state the branch was in, and a merge brings
//! in at once what another branch had become.

use crate::Result;
use crate::git::{FileTree, Repository, plain};
use crate::inputs::{NamedPaths, is_survey, most_bytes, paths_read};
use centricity::study::{Departure, History, Standard};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use std::collections::BTreeSet;
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
pub(super) struct Commit {
    /// Its full hash.
    pub(super) hash: String,
    /// The day it was made, in UTC.
    pub(super) date: Date,
    /// Its first parent; `None` where it has none in this clone.
    pub(super) parent: Option<String>,
    /// The files it changed against that.
    pub(super) changes: Vec<FileChange>,
}

/// A file that a commit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileChange {
    /// Its path from the root, with `/` between folders.
    pub(super) path: String,
    /// The name of its contents before; `None` where it was not there, or no file.
    pub(super) before: Option<String>,
    /// The name of its contents since.
    pub(super) after: Option<String>,
}

impl Repository {
    /// The commits along first parents that touched some paths, the newest first.
    pub(super) fn log(&self, from: &str, paths: &[String]) -> Result<Vec<Commit>> {
        let mut arguments: Vec<&str> = LOG.split(' ').chain([FORMAT, from, "--"]).collect();
        arguments.extend(paths.iter().map(String::as_str));
        Ok(commits(&self.run(&arguments)?))
    }

    /// The commits along first parents from one back to where another's history begins.
    pub(super) fn since(&self, from: &str, base: &str) -> Result<Vec<String>> {
        let base = format!("^{base}");
        let text = self.run(&["rev-list", "--first-parent", from, &base, "--"])?;
        let text = String::from_utf8_lossy(&text);
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// Old and new paths of the files a commit renamed. `None` where git cannot compare them, as in
    /// a clone without contents: then a file begins where it was first seen.
    pub(super) fn renames(&self, commit: &Commit) -> Option<Vec<(String, String)>> {
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

/// The files before some changes.
fn before(files: &FileTree, changes: &[FileChange]) -> FileTree {
    let mut files = files.clone();
    for change in changes {
        match &change.before {
            Some(blob) => files.insert(change.path.clone(), blob.clone()),
            None => files.remove(&change.path),
        };
    }
    files
}

/// The changes from one state to another; files are taken away first.
fn changes(before: &FileTree, after: &FileTree) -> Vec<FileChange> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let change = |path: &String| FileChange {
        path: path.clone(),
        before: before.get(path).cloned(),
        after: after.get(path).cloned(),
    };
    let all = gone.chain(after.keys()).map(change);
    all.filter(|change| change.before != change.after).collect()
}

/// A commit that touched what an assessment reads.
#[derive(Debug, Clone)]
pub(super) struct RevisionStep {
    /// The commit, with its changes since the step before.
    pub(super) commit: Commit,
    /// The files that the assessment reads.
    pub(super) files: FileTree,
    /// The path of the assessment since; `None` where it is not there.
    pub(super) path: Option<String>,
    /// Its path before, where this commit moved it.
    pub(super) renamed_from: Option<String>,
}

/// The commits that touched what an assessment reads.
#[derive(Debug)]
pub(super) struct Walk {
    /// The document, as far as it is about the assessment itself.
    pub(super) begun: History,
    /// The oldest first.
    pub(super) steps: Vec<RevisionStep>,
    /// Packs that some revision gives by a path.
    pub(super) packs: BTreeSet<String>,
}

/// The revisions of the assessment at a path of the repository, as of a commit. Packs in it are
/// followed through the revisions, or taken as they are now.
pub(super) fn walk(
    repository: &Repository,
    tip: &str,
    path: String,
    standard: Standard,
) -> Result<Walk> {
    let mut walk = Walk {
        begun: History {
            path,
            standard,
            ..History::default()
        },
        steps: Vec::new(),
        packs: BTreeSet::new(),
    };
    let (mut from, mut path) = (tip.to_owned(), walk.begun.path.clone());
    while let Some(old) = walk.stretch(repository, &from, &path)? {
        let oldest = walk.steps.last();
        let parent = oldest.and_then(|step| step.commit.parent.clone());
        let Some(parent) = parent else { break };
        (from, path) = (parent, old);
    }
    let oldest = walk.steps.last();
    let is_first = oldest.is_some_and(|step| step.path.is_some() && step.commit.parent.is_none());
    walk.begun.shallow = is_first && repository.is_shallow()?;
    walk.begun.gone = walk.going(repository);
    walk.steps.reverse();
    let mut before = &FileTree::new();
    for step in &mut walk.steps {
        step.commit.changes = changes(before, &step.files);
        before = &step.files;
    }
    Ok(walk)
}

impl Walk {
    /// Adds the steps over which the assessment lies at one path. Returns the other path if a commit
    /// brought it there from another.
    fn stretch(
        &mut self,
        repository: &Repository,
        from: &str,
        path: &str,
    ) -> Result<Option<String>> {
        let (commits, paths) = self.touching(repository, from, path)?;
        let mut files = repository.files(from, &paths)?;
        files.retain(|path, _| is_read(path));
        for mut commit in commits {
            commit.changes.retain(|change| is_read(&change.path));
            if commit.changes.is_empty() {
                continue;
            }
            let before = before(&files, &commit.changes);
            let is_there = files.contains_key(path);
            let is_new = |change: &FileChange| change.path == path && change.before.is_none();
            let old = if is_there && commit.changes.iter().any(is_new) {
                let mut renames = repository.renames(&commit).into_iter().flatten();
                renames.find_map(|(from, to)| (to == path).then_some(from))
            } else {
                None
            };
            self.steps.push(RevisionStep {
                commit,
                files,
                path: is_there.then(|| path.to_owned()),
                renamed_from: old.clone(),
            });
            if old.is_some() {
                return Ok(old);
            }
            files = before;
        }
        Ok(None)
    }

    /// The commits that touched an assessment at a path, or what its revisions there name, the newest
    /// first; and the paths of all that.
    fn touching(
        &mut self,
        repository: &Repository,
        from: &str,
        path: &str,
    ) -> Result<(Vec<Commit>, Vec<String>)> {
        let mut paths = paths_read(path);
        loop {
            let commits = repository.log(from, &paths)?;
            let named = named(repository, &commits, path)?;
            let mut more = named.customers;
            if self.begun.standard == Standard::Named {
                more.extend(named.packs.iter().cloned());
            }
            self.packs.extend(named.packs);
            more.retain(|one| !paths.contains(one));
            if more.is_empty() {
                return Ok((commits, paths));
            }
            paths.extend(more);
        }
    }

    /// The new place of the assessment, if the newest commit that touched it took it away.
    fn going(&self, repository: &Repository) -> Option<Departure> {
        if self.steps.first()?.path.is_some() {
            return None;
        }
        let step = self.steps.iter().find(|step| {
            let mut changes = step.commit.changes.iter();
            changes.any(|change| change.path == self.begun.path && change.after.is_none())
        })?;
        let mut renames = repository.renames(&step.commit).into_iter().flatten();
        Some(Departure {
            commit: step.commit.hash.clone(),
            on: step.commit.date.to_string(),
            to: renames.find_map(|(from, to)| (from == self.begun.path).then_some(to)),
        })
    }
}

/// The paths that any revision of an assessment names.
fn named(repository: &Repository, commits: &[Commit], path: &str) -> Result<NamedPaths> {
    let changes = commits.iter().flat_map(|commit| &commit.changes);
    let mine = changes.filter(|change| change.path == path);
    let blobs: BTreeSet<&String> = mine
        .flat_map(|one| [&one.before, &one.after])
        .flatten()
        .collect();
    let mut reader = repository.blobs()?;
    let mut texts = Vec::new();
    for blob in blobs {
        let mut bytes = Vec::new();
        if reader.copy(blob, most_bytes(), &mut bytes)? {
            texts.push(bytes);
        }
    }
    let named = texts
        .into_par_iter()
        .map(|bytes| NamedPaths::read(bytes, path));
    Ok(named.reduce(NamedPaths::default, NamedPaths::and))
}

/// Returns true if anything reads files of that name.
fn is_read(path: &str) -> bool {
    let path = Path::new(path);
    let ends = path.extension().and_then(|end| end.to_str());
    is_survey(path) || ends.is_none_or(|end| matches!(end, "yaml" | "yml" | "json"))
}
