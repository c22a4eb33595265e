//! The revisions of an assessment on a branch, with what changed in everything it reads.
//!
//! The branch is walked backwards in stretches over which the assessment lay at one path. Where a
//! commit brings it there from another path, the next stretch begins before that commit. What it reads
//! is its own file, what lies beside that, and the packs and tables that any of its revisions names.

use crate::exit::{Failure, Result};
use crate::git::{Change, Commit, Repository};
use crate::inputs::{
    NamedPaths, find_assessment, is_survey, most_bytes, paths_read, possible_paths,
};
use centricity::study::history::{Going, Standard};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files by path, each with the name of what it held.
pub(super) type State = BTreeMap<String, String>;

/// Brings a state on by some changes.
pub(super) fn apply(state: &mut State, changes: &[Change]) {
    for change in changes {
        set(state, &change.path, change.after.as_ref());
    }
}

/// Takes a state back by some changes.
fn undo(state: &mut State, changes: &[Change]) {
    for change in changes {
        set(state, &change.path, change.before.as_ref());
    }
}

fn set(state: &mut State, path: &str, blob: Option<&String>) {
    match blob {
        Some(blob) => state.insert(path.to_owned(), blob.clone()),
        None => state.remove(path),
    };
}

/// The changes that make one state another; files are taken away first.
fn between(before: &State, after: &State) -> Vec<Change> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let change = |path: &String| Change {
        path: path.clone(),
        before: before.get(path).cloned(),
        after: after.get(path).cloned(),
    };
    let all = gone.chain(after.keys()).map(change);
    all.filter(|change| change.before != change.after).collect()
}

/// A commit that touched what an assessment reads.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) commit: Commit,
    /// The path of the assessment since; `None` where it is not there.
    pub(super) path: Option<String>,
    /// Its path before, where this commit moved it.
    pub(super) renamed_from: Option<String>,
}

/// The commits that touched what an assessment reads.
#[derive(Debug)]
pub(super) struct Walk {
    /// Packs in the repository are followed through the revisions, or taken as they are now.
    pub(super) standard: Standard,
    /// The oldest first.
    pub(super) steps: Vec<Step>,
    /// The files before the first.
    pub(super) base: State,
    /// The path of the assessment, or its last one.
    pub(super) path: String,
    /// Packs that some revision gives by a path.
    pub(super) packs: BTreeSet<String>,
    /// True if older commits are not in this clone.
    pub(super) shallow: bool,
    pub(super) gone: Option<Going>,
}

/// The revisions of the assessment at a path of the repository, as of a commit.
pub(super) fn walk(
    repository: &Repository,
    tip: &str,
    path: String,
    standard: Standard,
) -> Result<Walk> {
    let mut walk = Walk {
        standard,
        steps: Vec::new(),
        base: State::new(),
        path,
        packs: BTreeSet::new(),
        shallow: false,
        gone: None,
    };
    let (mut from, mut path) = (tip.to_owned(), walk.path.clone());
    let mut newer: Option<State> = None;
    while let Some((before, old)) = walk.stretch(repository, &from, &path, newer.take())? {
        newer = Some(before);
        let parent = walk
            .steps
            .last()
            .and_then(|step| step.commit.parent.clone());
        let Some(parent) = parent else { break };
        (from, path) = (parent, old);
    }
    let oldest = walk.steps.last();
    let is_first = oldest.is_some_and(|step| step.path.is_some() && step.commit.parent.is_none());
    walk.shallow = is_first && repository.is_shallow()?;
    walk.gone = walk.going(repository);
    walk.steps.reverse();
    Ok(walk)
}

impl Walk {
    /// Adds the steps over which the assessment lies at one path. Where a commit brought it there from
    /// another: the files since that commit, and the other path.
    fn stretch(
        &mut self,
        repository: &Repository,
        from: &str,
        path: &str,
        newer: Option<State>,
    ) -> Result<Option<(State, String)>> {
        let touching = touching(repository, from, path, self.standard)?;
        self.packs.extend(touching.packs);
        let files = repository.files(from, &touching.paths)?;
        let mut state: State = files
            .into_iter()
            .filter(|file| is_read(&file.path))
            .map(|file| (file.path, file.blob))
            .collect();
        if let (Some(newer), Some(step)) = (newer, self.steps.last_mut()) {
            step.commit.changes = between(&state, &newer);
        }
        for mut commit in touching.commits {
            commit.changes.retain(|change| is_read(&change.path));
            if commit.changes.is_empty() {
                continue;
            }
            let there = state.contains_key(path);
            let is_new = |change: &Change| change.path == path && change.before.is_none();
            let old = if there && commit.changes.iter().any(is_new) {
                let renames = repository.renames(&commit).unwrap_or_default();
                let mut renames = renames.into_iter();
                renames.find_map(|(from, to)| (to == path).then_some(from))
            } else {
                None
            };
            self.steps.push(Step {
                path: there.then(|| path.to_owned()),
                renamed_from: old.clone(),
                commit,
            });
            if let Some(old) = old {
                return Ok(Some((state, old)));
            }
            if let Some(step) = self.steps.last() {
                undo(&mut state, &step.commit.changes);
            }
        }
        self.base = state;
        Ok(None)
    }

    /// The new place of the assessment, if the newest commit that touched it took it away.
    fn going(&self, repository: &Repository) -> Option<Going> {
        if self.steps.first()?.path.is_some() {
            return None;
        }
        let step = self.steps.iter().find(|step| {
            let mut changes = step.commit.changes.iter();
            changes.any(|change| change.path == self.path && change.after.is_none())
        })?;
        let renames = repository.renames(&step.commit).unwrap_or_default();
        let mut renames = renames.into_iter();
        Some(Going {
            commit: step.commit.hash.clone(),
            on: step.commit.date.to_string(),
            to: renames.find_map(|(from, to)| (from == self.path).then_some(to)),
        })
    }
}

/// The commits that touched an assessment while it lay at one path.
struct Touching {
    /// The newest first.
    commits: Vec<Commit>,
    /// Of everything its revisions read.
    paths: Vec<String>,
    /// Those that are packs.
    packs: BTreeSet<String>,
}

/// The commits that touched an assessment at a path, or what its revisions there name.
fn touching(
    repository: &Repository,
    from: &str,
    path: &str,
    standard: Standard,
) -> Result<Touching> {
    let mut paths = paths_read(path);
    let mut packs = BTreeSet::new();
    loop {
        let commits = repository.log(from, &paths)?;
        let named = named(repository, &commits, path)?;
        let mut more = named.customers;
        packs.extend(named.packs.iter().cloned());
        if standard == Standard::Named {
            more.extend(named.packs);
        }
        more.retain(|one| !paths.contains(one));
        if more.is_empty() {
            return Ok(Touching {
                commits,
                paths,
                packs,
            });
        }
        paths.extend(more);
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

/// The path of an assessment in the repository as of a commit, or its last one.
pub(super) fn find(
    repository: &Repository,
    tip: &str,
    inner: &str,
    shown: &Path,
) -> Result<String> {
    if let Some(path) = find_assessment(repository, tip, inner)? {
        return Ok(path);
    }
    for path in possible_paths(inner) {
        let commits = repository.log(tip, std::slice::from_ref(&path))?;
        let mut changes = commits.iter().flat_map(|commit| &commit.changes);
        if changes.any(|change| change.path == path) {
            return Ok(path);
        }
    }
    Err(not_found(repository, shown)?)
}

fn not_found(repository: &Repository, shown: &Path) -> Result<Failure> {
    let path = shown.display();
    if shown.exists() {
        return Ok(Failure::world(
            format!("nothing is committed at `{path}` on this branch"),
            "`git add` and `git commit` keep a first state to look back at",
        ));
    }
    let help = if repository.is_shallow()? {
        "this clone is shallow: `git fetch --unshallow` brings the rest of its history".to_owned()
    } else {
        "`git log --oneline --all -- PATH` shows on which branch it was".to_owned()
    };
    let message = format!("there is no assessment at `{path}`, now or earlier on this branch");
    Ok(Failure::world(message, help))
}
