//! Every revision scored: laid into a folder that moves from one to the next, several at once.

use super::fault::{faulty, missing};
use super::state::{State, apply};
use super::walk::Step;
use crate::exit::Failure;
use crate::git::{Blobs, Change, Entry};
use crate::inputs::checkout::{Checkout, parts};
use crate::inputs::{Notes, RESPONSES, Rulebooks, Subject, is_mapping, is_survey};
use centricity::answers::file::ResponseFile;
use centricity::assess::assessment::assess;
use centricity::rules::vocabulary::Role;
use centricity::study::history::{Fault, Snapshot};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What came of a step; `None` where the assessment is not there.
pub(super) type Outcome = Option<Result<Snapshot, Fault>>;

/// What came of all of them.
#[derive(Debug, Default)]
pub(super) struct Scored {
    /// One for each step.
    pub(super) outcomes: Vec<Outcome>,
    /// By what a file of responses held: who wrote it.
    pub(super) roles: HashMap<String, Role>,
}

/// How revisions are scored.
pub(super) struct Scorer<'a> {
    /// Makes room for linked packs.
    pub(super) rulebooks: &'a (dyn Fn() -> Result<Rulebooks, Failure> + Sync),
    /// Files that lie there at every revision: packs as they are now.
    pub(super) fixed: &'a [(String, PathBuf)],
    /// The same from a repository without files of its own.
    pub(super) kept: &'a [Entry],
    pub(super) blobs: &'a Mutex<Blobs>,
    /// Told after each step.
    pub(super) progress: &'a (dyn Fn() + Sync),
}

impl Scorer<'_> {
    /// Scores the steps from one on, shared out among all cores in stretches.
    pub(super) fn score(
        &self,
        base: &State,
        steps: &[Step],
        from: usize,
    ) -> Result<Scored, Failure> {
        let count = steps.len().saturating_sub(from);
        let size = count.div_ceil(rayon::current_num_threads()).max(1);
        let mut stretches = Vec::new();
        let mut state = base.clone();
        let (before, after) = steps.split_at(from);
        for step in before {
            apply(&mut state, &step.commit.changes);
        }
        for stretch in after.chunks(size) {
            stretches.push((state.clone(), stretch));
            for step in stretch {
                apply(&mut state, &step.commit.changes);
            }
        }
        let parts: Result<Vec<Scored>, Failure> = stretches
            .into_par_iter()
            .map(|(state, stretch)| Mover::new(self)?.run(state, stretch))
            .collect();
        let mut all = Scored::default();
        for part in parts? {
            all.outcomes.extend(part.outcomes);
            all.roles.extend(part.roles);
        }
        Ok(all)
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
        for (inner, path) in scorer.fixed {
            checkout.copy(inner, path)?;
        }
        let mover = Self {
            scorer,
            checkout,
            rulebooks: (scorer.rulebooks)()?,
            missing: BTreeSet::new(),
            scored: Scored::default(),
        };
        let mut blobs = scorer.blobs.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in scorer.kept {
            mover.checkout.lay_if_there(entry, &mut blobs)?;
        }
        drop(blobs);
        Ok(mover)
    }

    fn run(mut self, state: State, steps: &[Step]) -> Result<Scored, Failure> {
        for (path, blob) in state {
            self.lay(path, blob)?;
        }
        for step in steps {
            self.go(&step.commit.changes, step.path.as_deref())?;
            let path = step.path.as_ref();
            let outcome = path.map(|path| self.outcome(&step.commit.hash, path));
            self.scored.outcomes.push(outcome);
            (self.scorer.progress)();
        }
        Ok(self.scored)
    }

    /// Moves on by what a commit changed. Packs are linked anew where one of their files did.
    fn go(&mut self, changes: &[Change], path: Option<&str>) -> Result<(), Failure> {
        for change in changes.iter().filter(|change| change.after.is_none()) {
            self.checkout.take(&change.path);
            self.missing.remove(&change.path);
        }
        for change in changes {
            if let Some(blob) = &change.after {
                self.lay(change.path.clone(), blob.clone())?;
            }
        }
        let own = path.map(parts).unwrap_or_default();
        if changes.iter().any(|change| !is_within(&change.path, &own)) {
            self.rulebooks = (self.scorer.rulebooks)()?;
        }
        Ok(())
    }

    fn lay(&mut self, path: String, blob: String) -> Result<(), Failure> {
        let entry = Entry { path, blob };
        let mut blobs = self
            .scorer
            .blobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if self.checkout.lay_if_there(&entry, &mut blobs)? {
            self.missing.remove(&entry.path);
        } else {
            self.missing.insert(entry.path.clone());
        }
        drop(blobs);
        if is_response(&entry.path) && !self.scored.roles.contains_key(&entry.blob) {
            let role = role(&self.checkout.path(&entry.path));
            self.scored
                .roles
                .extend(role.map(|role| (entry.blob, role)));
        }
        Ok(())
    }

    fn outcome(&self, commit: &str, path: &str) -> Result<Snapshot, Fault> {
        let revision = commit.get(..8).unwrap_or(commit);
        if let Some(first) = self.missing.first() {
            return Err(missing(revision, first));
        }
        let mut notes = Notes::default();
        let loaded = Subject::load(&self.checkout.path(path), &self.rulebooks, &mut notes);
        let subject = match loaded {
            Ok(subject) => subject,
            Err(failure) => {
                notes.fail(&failure);
                None
            }
        };
        let Some(subject) = subject else {
            self.checkout.tell(revision, &mut notes);
            return Err(faulty(revision, path, &notes));
        };
        Ok(Snapshot::new(&assess(&subject.rulebook, &subject.answers)))
    }
}

fn is_within(path: &str, folders: &[String]) -> bool {
    folders.iter().any(|folder| {
        let rest = path.strip_prefix(folder.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Whether a file holds what one person answered, by its path.
fn is_response(path: &str) -> bool {
    let path = Path::new(path);
    let folder = path.parent().and_then(Path::file_name);
    folder.is_some_and(|name| name == RESPONSES) && !is_survey(path) && !is_mapping(path)
}

/// The role of the one who answered; `None` where it cannot be read.
fn role(path: &Path) -> Option<Role> {
    let mut scratch = Notes::default();
    let file = scratch.file::<ResponseFile>(path).ok()??;
    Some(file.role.value)
}
