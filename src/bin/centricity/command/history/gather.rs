//! From a path in a repository to the points of its history.

use super::range::Range;
use super::score::{Scored, Scorer};
use super::walk::{Follow, Step, Walk, walk};
use crate::exit::Failure;
use crate::git::{Change, Entry, Repository};
use crate::inputs::{Packs, RESPONSES};
use crate::output::Output;
use centricity::rules::vocabulary::Role;
use centricity::study::history::{
    About, Point, ResponseChange, ResponseContent, Revision, Standard,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Scoring so many revisions takes long enough to be told.
const MANY: usize = 50;

/// The points of an assessment's history, the oldest first, and what is to be said of them.
pub(super) fn points(
    repository: &Repository,
    tip: &str,
    inner: String,
    packs: &Packs,
    standard: Standard,
    range: &Range,
    output: Output,
) -> Result<(Vec<Point>, About), Failure> {
    let follow = match standard {
        Standard::Named => Follow::Packs,
        Standard::Now => Follow::AnswersAlone,
    };
    let walk = walk(repository, tip, inner, follow)?;
    let from = range.begin(&walk.steps);
    let scored = scored(repository, tip, &walk, packs, standard, from, output)?;
    let about = About {
        path: walk.path,
        standard,
        shallow: walk.shallow,
        gone: walk.gone,
        scores: Vec::new(),
    };
    let steps = walk.steps.into_iter().skip(from);
    Ok((laid_out(steps, scored, range), about))
}

fn scored(
    repository: &Repository,
    tip: &str,
    walk: &Walk,
    packs: &Packs,
    standard: Standard,
    from: usize,
    output: Output,
) -> Result<Scored, Failure> {
    let (fixed, kept) = match standard {
        Standard::Named => (Vec::new(), Vec::new()),
        Standard::Now => now(repository, tip, walk)?,
    };
    let rulebooks = || {
        let rulebooks = packs.rulebooks()?;
        Ok(match standard {
            Standard::Named => rulebooks,
            Standard::Now => rulebooks.unpinned(),
        })
    };
    let total = walk.steps.len() - from;
    let done = AtomicUsize::new(0);
    let watched = total >= MANY && output.watched();
    let progress = || {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if watched {
            let end = if done == total { "\r\u{1b}[K" } else { "" };
            output.note(&format!("\r{done} of {total} revisions{end}"));
        }
    };
    let scorer = Scorer {
        rulebooks: &rulebooks,
        fixed: &fixed,
        kept: &kept,
        blobs: &Mutex::new(repository.blobs()?),
        progress: &progress,
    };
    scorer.score(&walk.base, &walk.steps, from)
}

type Fixed = (Vec<(String, PathBuf)>, Vec<Entry>);

/// The packs there are now: those of the folder, or of the newest revision where there is none.
fn now(repository: &Repository, tip: &str, walk: &Walk) -> Result<Fixed, Failure> {
    let paths: Vec<String> = walk.packs.iter().cloned().collect();
    if paths.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let Some(root) = repository.worktree() else {
        return Ok((Vec::new(), repository.files(tip, &paths)?));
    };
    let fixed = paths.into_iter().map(|path| {
        let there = root.join(&path);
        (path, there)
    });
    Ok((fixed.collect(), Vec::new()))
}

/// Steps with what came of them, as far as they are wanted.
fn laid_out(steps: impl Iterator<Item = Step>, scored: Scored, range: &Range) -> Vec<Point> {
    let Scored { outcomes, roles } = scored;
    let mut points = Vec::new();
    let mut changes = Responses::default();
    for (step, outcome) in steps.zip(outcomes) {
        changes.add(&step.commit.changes);
        let (Some(path), Some(outcome)) = (step.path, outcome) else {
            continue;
        };
        let said = outcome.as_ref().ok().and_then(|one| one.assessed_on());
        let day: Option<Date> = said.and_then(|day| day.parse().ok());
        if !range.holds(day.unwrap_or(step.commit.date)) {
            continue;
        }
        points.push(Point {
            revision: Revision {
                commit: step.commit.hash,
                committed_on: step.commit.date,
                path,
                renamed_from: step.renamed_from,
                responses: changes.take(&roles),
            },
            outcome,
        });
    }
    points.split_off(points.len().saturating_sub(range.most()))
}

/// How the files of responses changed since a point: by name, what they held before and hold now.
#[derive(Default)]
struct Responses(BTreeMap<String, (Option<String>, Option<String>)>);

impl Responses {
    /// A file that moved with its folder is the same file: it is first taken away, then there.
    fn add(&mut self, changes: &[Change]) {
        for change in changes {
            if let Some(name) = name(&change.path) {
                let first = (change.before.clone(), None);
                let entry = self.0.entry(name.to_owned()).or_insert(first);
                entry.1.clone_from(&change.after);
            }
        }
    }

    fn take(&mut self, roles: &HashMap<String, Role>) -> Vec<ResponseChange> {
        let sheet = |content: Option<String>| {
            content.map(|content| ResponseContent {
                role: roles.get(&content).copied(),
                content,
            })
        };
        let all = std::mem::take(&mut self.0).into_iter();
        let changed = all.filter(|(_, (before, after))| before != after);
        let change = |(name, (before, after))| ResponseChange {
            name,
            before: sheet(before),
            after: sheet(after),
        };
        changed.map(change).collect()
    }
}

/// The name of a file of responses within their folder.
fn name(path: &str) -> Option<&str> {
    let folder = format!("{RESPONSES}/");
    let (before, name) = path.rsplit_once(folder.as_str())?;
    (before.is_empty() || before.ends_with('/')).then_some(name)
}
