//! Every revision scored: checked out into a folder that moves from one to the next, several at once.

use super::walk::{State, Step, Walk, apply};
use crate::exit::Failure;
use crate::git::{Blobs, Change, Entry, Repository};
use crate::inputs::{
    CheckedAnswers, Checkout, PackArgs, RESPONSES, Reader, Rulebooks, is_mapping, is_survey,
    paths_read,
};
use crate::output::{Output, Progress, clean};
use centricity::answers::file::ResponseFile;
use centricity::assess::assessment::assess;
use centricity::rules::vocabulary::Role;
use centricity::study::history::{Fault, Snapshot, Standard};
use centricity::text::diagnostic::{Code, Diagnostic, Severity};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Revisions that take long enough for progress to be shown.
const MANY: usize = 50;

/// The outcome of a step; `None` where the assessment is not there.
pub(super) type Outcome = Option<Result<Snapshot, Fault>>;

/// The outcomes of several steps.
#[derive(Debug, Default)]
pub(super) struct Scored {
    /// One for each step.
    pub(super) outcomes: Vec<Outcome>,
    /// The role of the one who wrote a file of responses, by what it held.
    pub(super) roles: HashMap<String, Role>,
}

/// Scores the steps of a walk from one on, shared out among all cores in stretches.
pub(super) fn score(
    repository: &Repository,
    tip: &str,
    walk: &Walk,
    packs: &PackArgs,
    from: usize,
    output: Output,
) -> Result<Scored, Failure> {
    let scorer = Scorer::new(repository, tip, walk, packs, from, output)?;
    let (before, after) = walk.steps.split_at(from);
    let size = after.len().div_ceil(rayon::current_num_threads()).max(1);
    let mut state = walk.base.clone();
    for step in before {
        apply(&mut state, &step.commit.changes);
    }
    let mut stretches = Vec::new();
    for stretch in after.chunks(size) {
        stretches.push((state.clone(), stretch));
        for step in stretch {
            apply(&mut state, &step.commit.changes);
        }
    }
    let parts: Result<Vec<Scored>, Failure> = stretches
        .into_par_iter()
        .map(|(state, stretch)| Mover::new(&scorer)?.run(state, stretch))
        .collect();
    let mut all = Scored::default();
    for part in parts? {
        all.outcomes.extend(part.outcomes);
        all.roles.extend(part.roles);
    }
    Ok(all)
}

/// Everything that the threads share.
struct Scorer<'a> {
    packs: &'a PackArgs,
    standard: Standard,
    /// Packs as they are now, by their path in the repository: they lie there at every revision.
    packs_now: Vec<(String, PathBuf)>,
    /// The same from the newest revision of a repository without files of its own.
    packs_at_tip: Vec<Entry>,
    blobs: Mutex<Blobs>,
    progress: Progress,
    done: AtomicUsize,
    total: usize,
}

impl<'a> Scorer<'a> {
    fn new(
        repository: &Repository,
        tip: &str,
        walk: &Walk,
        packs: &'a PackArgs,
        from: usize,
        output: Output,
    ) -> Result<Self, Failure> {
        let paths: Vec<String> = match walk.standard {
            Standard::Named => Vec::new(),
            Standard::Now => walk.packs.iter().cloned().collect(),
        };
        let (mut packs_now, mut packs_at_tip) = (Vec::new(), Vec::new());
        if let Some(root) = repository.worktree() {
            let paths = paths.into_iter().map(|path| {
                let there = root.join(&path);
                (path, there)
            });
            packs_now.extend(paths);
        } else if !paths.is_empty() {
            packs_at_tip = repository.files(tip, &paths)?;
        }
        let total = walk.steps.len() - from;
        Ok(Self {
            packs,
            standard: walk.standard,
            packs_now,
            packs_at_tip,
            blobs: Mutex::new(repository.blobs()?),
            progress: Progress::new(Some(output), total >= MANY),
            done: AtomicUsize::new(0),
            total,
        })
    }

    /// An empty cache of rulebooks.
    fn rulebooks(&self) -> Result<Rulebooks, Failure> {
        let rulebooks = self.packs.rulebooks()?;
        Ok(match self.standard {
            Standard::Named => rulebooks,
            Standard::Now => rulebooks.unpinned(),
        })
    }

    fn blobs(&self) -> MutexGuard<'_, Blobs> {
        self.blobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show_progress(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress
            .show(&format!("{done} of {} revisions", self.total));
    }
}

/// A folder that moves from revision to revision.
struct Mover<'a> {
    scorer: &'a Scorer<'a>,
    checkout: Checkout,
    rulebooks: Rulebooks,
    /// Files whose contents are not in this clone.
    missing: BTreeSet<String>,
    scored: Scored,
}

impl<'a> Mover<'a> {
    fn new(scorer: &'a Scorer<'a>) -> Result<Self, Failure> {
        let checkout = Checkout::new()?;
        for (inner, path) in &scorer.packs_now {
            checkout.copy_pack(inner, path)?;
        }
        for entry in &scorer.packs_at_tip {
            checkout.write(entry, &mut scorer.blobs())?;
        }
        Ok(Self {
            scorer,
            checkout,
            rulebooks: scorer.rulebooks()?,
            missing: BTreeSet::new(),
            scored: Scored::default(),
        })
    }

    fn run(mut self, state: State, steps: &[Step]) -> Result<Scored, Failure> {
        for (path, blob) in state {
            self.write(path, blob)?;
        }
        for step in steps {
            self.move_on(&step.commit.changes, step.path.as_deref())?;
            let path = step.path.as_ref();
            let outcome = path.map(|path| self.outcome(&step.commit.hash, path));
            self.scored.outcomes.push(outcome);
            self.scorer.show_progress();
        }
        Ok(self.scored)
    }

    /// Moves on by what a commit changed. Packs are linked anew where one of their files did.
    fn move_on(&mut self, changes: &[Change], path: Option<&str>) -> Result<(), Failure> {
        for change in changes.iter().filter(|change| change.after.is_none()) {
            self.checkout.remove(&change.path);
            self.missing.remove(&change.path);
        }
        for change in changes {
            if let Some(blob) = &change.after {
                self.write(change.path.clone(), blob.clone())?;
            }
        }
        let own = path.map(paths_read).unwrap_or_default();
        if changes.iter().any(|change| !is_within(&change.path, &own)) {
            self.rulebooks = self.scorer.rulebooks()?;
        }
        Ok(())
    }

    fn write(&mut self, path: String, blob: String) -> Result<(), Failure> {
        let entry = Entry { path, blob };
        if self.checkout.write(&entry, &mut self.scorer.blobs())? {
            self.missing.remove(&entry.path);
        } else {
            self.missing.insert(entry.path.clone());
        }
        let roles = &mut self.scored.roles;
        if is_response(&entry.path) && !roles.contains_key(&entry.blob) {
            let role = read_role(&self.checkout.path(&entry.path));
            roles.extend(role.map(|role| (entry.blob, role)));
        }
        Ok(())
    }

    fn outcome(&self, commit: &str, path: &str) -> Result<Snapshot, Fault> {
        let revision = commit.get(..8).unwrap_or(commit);
        if let Some(first) = self.missing.first() {
            return Err(missing_contents(revision, first));
        }
        let mut reader = Reader::default();
        let file = self.checkout.path(path);
        match CheckedAnswers::read(&file, &self.rulebooks, &mut reader) {
            Ok(CheckedAnswers { rulebook, answers }) => {
                return Ok(Snapshot::new(&assess(&rulebook, &answers)));
            }
            Err(Failure::Invalid) => {}
            Err(Failure::Stopped { message, help, .. }) => {
                let problem = Diagnostic::error(Code::UnknownFile, message);
                reader.problems.push(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
        self.checkout.rename_in(revision, &mut reader);
        Err(fault(revision, path, &reader))
    }
}

fn is_within(path: &str, folders: &[String]) -> bool {
    folders.iter().any(|folder| {
        let rest = path.strip_prefix(folder.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Returns true if a file holds the answers of one person, by its path.
fn is_response(path: &str) -> bool {
    let path = Path::new(path);
    let folder = path.parent().and_then(Path::file_name);
    folder.is_some_and(|name| name == RESPONSES) && !is_survey(path) && !is_mapping(path)
}

/// The role of the one who answered; `None` where it cannot be read.
fn read_role(path: &Path) -> Option<Role> {
    let file = Reader::default().file::<ResponseFile>(path).ok()?;
    Some(file.role.value)
}

/// The first error at a revision, in one sentence. Nothing in it is of a respondent.
fn fault(revision: &str, path: &str, reader: &Reader) -> Fault {
    let sorted = reader.problems.sorted();
    let errors: Vec<_> = sorted
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect();
    let more = errors.len().saturating_sub(1);
    let Some(first) = errors.first() else {
        return Fault {
            place: None,
            message: "it cannot be read".to_owned(),
            help: None,
            more,
        };
    };
    let place = first.place.map(|place| {
        let position = reader.sources.position(place);
        let name = reader.sources.name(place.source);
        (name.to_owned(), format!("{name}:{}", position.line))
    });
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let within = format!("{revision}:{folder}/{RESPONSES}").replace(":/", ":");
    let is_response = |text: &str| text.contains(&within);
    if is_response(&first.message) || place.as_ref().is_some_and(|(name, _)| is_response(name)) {
        return Fault {
            message: "a response is not valid".to_owned(),
            help: Some(format!(
                "`centricity assess {revision}:PATH` tells which and why"
            )),
            place: Some(within),
            more,
        };
    }
    Fault {
        place: place.map(|(_, place)| clean(&place)),
        message: clean(&first.message),
        help: first.help.as_deref().map(clean),
        more,
    }
}

/// A revision whose contents were left out of the clone.
fn missing_contents(revision: &str, path: &str) -> Fault {
    Fault {
        place: Some(clean(&format!("{revision}:{path}"))),
        message: "what it held is not in this clone".to_owned(),
        help: Some("`git fetch --refetch` with the contents brings it".to_owned()),
        more: 0,
    }
}
