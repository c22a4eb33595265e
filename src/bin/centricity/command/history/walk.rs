//! The revisions of an assessment on a branch, with what changed in everything it reads.
//!
//! The branch is walked backwards in stretches over which the assessment lay at one path. Where a
//! commit brings it there from another path, the next stretch begins before that commit. What it reads
//! is its own file, what lies beside that, and the packs and tables that any of its revisions names.

use super::state::{State, between, undo};
use crate::exit::Failure;
use crate::git::{Change, Commit, Repository};
use crate::inputs::checkout::{Named, parts};
use crate::inputs::{ASSESSMENT, is_survey};
use centricity::study::history::Departure;
use centricity::text::yaml::Budget;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// A commit that touched what an assessment reads.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) commit: Commit,
    /// Where the assessment lies since; `None` where it is not there.
    pub(super) path: Option<String>,
    /// Where it lay before, where this commit brought it from there.
    pub(super) renamed_from: Option<String>,
}

/// All of them, the oldest first.
#[derive(Debug)]
pub(super) struct Walk {
    pub(super) steps: Vec<Step>,
    /// What lay there before the first.
    pub(super) base: State,
    /// Where the assessment lies, or lay last.
    pub(super) path: String,
    /// Packs that some revision gives by a path.
    pub(super) packs: BTreeSet<String>,
    /// Whether older commits are not in this clone.
    pub(super) shallow: bool,
    pub(super) gone: Option<Departure>,
}

/// Whether packs in the repository are followed through the revisions, or taken as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    Packs,
    AnswersAlone,
}

/// The revisions of the assessment at a path of the repository, as of a commit.
pub(super) fn walk(
    repository: &Repository,
    tip: &str,
    path: String,
    follow: Follow,
) -> Result<Walk, Failure> {
    let mut walk = Walk {
        steps: Vec::new(),
        base: State::new(),
        path,
        packs: BTreeSet::new(),
        shallow: false,
        gone: None,
    };
    let (mut from, mut path) = (tip.to_owned(), walk.path.clone());
    let mut newer: Option<State> = None;
    while let Some((before, old)) = walk.stretch(repository, &from, &path, follow, newer.take())? {
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
        follow: Follow,
        newer: Option<State>,
    ) -> Result<Option<(State, String)>, Failure> {
        let touching = touching(repository, from, path, follow)?;
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
                repository.renamed_from(&commit, path)
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

    /// Where the assessment went, if the newest commit that touched it took it away.
    fn going(&self, repository: &Repository) -> Option<Departure> {
        if self.steps.first()?.path.is_some() {
            return None;
        }
        let step = self.steps.iter().find(|step| {
            let mut changes = step.commit.changes.iter();
            changes.any(|change| change.path == self.path && change.after.is_none())
        })?;
        Some(Departure {
            commit: step.commit.hash.clone(),
            on: step.commit.date.to_string(),
            to: repository.renamed_to(&step.commit, &self.path),
        })
    }
}

/// What touched an assessment while it lay at one path.
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
    follow: Follow,
) -> Result<Touching, Failure> {
    let mut paths = parts(path);
    let mut packs = BTreeSet::new();
    loop {
        let commits = repository.log(from, &paths)?;
        let named = named(repository, &commits, path)?;
        let mut more = named.customers;
        packs.extend(named.packs.iter().cloned());
        if follow == Follow::Packs {
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

/// What any revision of an assessment names.
#[derive(Default)]
struct All {
    packs: BTreeSet<String>,
    customers: BTreeSet<String>,
}

fn named(repository: &Repository, commits: &[Commit], path: &str) -> Result<All, Failure> {
    let changes = commits.iter().flat_map(|commit| &commit.changes);
    let mine = changes.filter(|change| change.path == path);
    let blobs: BTreeSet<&String> = mine
        .flat_map(|one| [&one.before, &one.after])
        .flatten()
        .collect();
    let most = u64::try_from(Budget::DEFAULT.file).unwrap_or(u64::MAX - 1) + 1;
    let mut reader = repository.blobs()?;
    let mut texts = Vec::new();
    for blob in blobs {
        let mut bytes = Vec::new();
        if reader.copy_if_there(blob, most, &mut bytes)? {
            texts.push(bytes);
        }
    }
    let found: Vec<Named> = texts
        .into_par_iter()
        .map(|bytes| Named::read(bytes, path))
        .collect();
    let mut all = All::default();
    for one in found {
        all.packs.extend(one.packs);
        all.customers.extend(one.customers);
    }
    Ok(all)
}

/// Whether anything reads files of that name.
fn is_read(path: &str) -> bool {
    let path = Path::new(path);
    let ends = path.extension().and_then(|end| end.to_str());
    is_survey(path) || ends.is_none_or(|end| matches!(end, "yaml" | "yml" | "json"))
}

/// Where an assessment lies in the repository as of a commit, or lay last.
pub(super) fn find(
    repository: &Repository,
    tip: &str,
    inner: &str,
    shown: &Path,
) -> Result<String, Failure> {
    if let Some(path) = crate::inputs::assessment(repository, tip, inner)? {
        return Ok(path);
    }
    let inside = match inner {
        "" => ASSESSMENT.to_owned(),
        folder => format!("{folder}/{ASSESSMENT}"),
    };
    for path in [inside, inner.to_owned()] {
        let commits = if path.is_empty() {
            Vec::new()
        } else {
            repository.log(tip, std::slice::from_ref(&path))?
        };
        let mut changes = commits.iter().flat_map(|commit| &commit.changes);
        if changes.any(|change| change.path == path) {
            return Ok(path);
        }
    }
    Err(nothing(repository, shown)?)
}

fn nothing(repository: &Repository, shown: &Path) -> Result<Failure, Failure> {
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
