//! Every revision scored: checked out into a folder that moves from one to the next.

use super::walk::{FileChange, Walk};
use crate::git::{Blobs, Repository};
use crate::inputs::{CheckedAnswers, Checkout, RESPONSES, Reader, Rulebooks, paths_read};
use crate::output::{Output, ProgressLine, clean};
use crate::{Failure, Result};
use centricity::answers::Round;
use centricity::assess::{Assessment, assess};
use centricity::message;
use centricity::study::{Fault, Standard};
use centricity::text::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Revisions that take long enough for progress to be shown.
const MANY: usize = 50;

/// A revision at which the assessment is there.
#[derive(Debug)]
pub(super) struct ScoredRevision {
    pub(super) outcome: Result<Assessment, Fault>,
    /// The people who answered, where it could be scored.
    pub(super) round: Option<Arc<Round>>,
}

/// Scores the steps of a walk from one on.
pub(super) fn score(
    repository: &Repository,
    tip: &str,
    walk: &Walk,
    rulebooks: Rulebooks,
    from: usize,
    output: Output,
) -> Result<Vec<Option<ScoredRevision>>> {
    let mut scorer = Scorer {
        checkout: Checkout::new()?,
        blobs: repository.blobs()?,
        rulebooks: Arc::new(rulebooks),
        missing: BTreeSet::new(),
    };
    if walk.begun.standard == Standard::Now {
        scorer.write_packs(repository, tip, &walk.packs)?;
    }
    let (before, after) = walk.steps.split_at(from);
    if let Some(step) = before.last() {
        for (path, blob) in &step.files {
            scorer.write(path, blob)?;
        }
    }
    let progress = ProgressLine::new(Some(output), after.len() >= MANY);
    let mut revisions = Vec::new();
    for (step, done) in after.iter().zip(1..) {
        scorer.move_on(&step.commit.changes, step.path.as_deref())?;
        let path = step.path.as_ref();
        revisions.push(path.map(|path| scorer.score(&step.commit.hash, path)));
        progress.show(&message!("of-revisions", done, after = after.len()));
    }
    Ok(revisions)
}

/// A folder that moves from revision to revision.
struct Scorer {
    checkout: Checkout,
    blobs: Blobs,
    rulebooks: Arc<Rulebooks>,
    /// Files whose contents are not in this clone.
    missing: BTreeSet<String>,
}

impl Scorer {
    /// Writes the packs there are now, which then lie there at every revision: those of the folder,
    /// or of the newest revision where there is none.
    fn write_packs(
        &mut self,
        repository: &Repository,
        tip: &str,
        paths: &BTreeSet<String>,
    ) -> Result<()> {
        if let Some(root) = repository.worktree() {
            for path in paths {
                self.checkout.copy_pack(path, &root.join(path))?;
            }
        } else if !paths.is_empty() {
            let paths: Vec<String> = paths.iter().cloned().collect();
            for (path, blob) in repository.files(tip, &paths)? {
                self.checkout.write(&path, &blob, &mut self.blobs)?;
            }
        }
        Ok(())
    }

    /// Moves on by what a commit changed. Packs are linked anew where one of their files did.
    fn move_on(&mut self, changes: &[FileChange], path: Option<&str>) -> Result<()> {
        for change in changes.iter().filter(|change| change.after.is_none()) {
            self.checkout.remove(&change.path);
            self.missing.remove(&change.path);
        }
        for change in changes {
            if let Some(blob) = &change.after {
                self.write(&change.path, blob)?;
            }
        }
        let own = path.map(paths_read).unwrap_or_default();
        if changes.iter().any(|change| !is_within(&change.path, &own)) {
            self.rulebooks = Arc::new(self.rulebooks.unlinked());
        }
        Ok(())
    }

    fn write(&mut self, path: &str, blob: &str) -> Result<()> {
        if self.checkout.write(path, blob, &mut self.blobs)? {
            self.missing.remove(path);
        } else {
            self.missing.insert(path.to_owned());
        }
        Ok(())
    }

    fn score(&self, commit: &str, path: &str) -> ScoredRevision {
        match self.answers(commit, path) {
            Ok(CheckedAnswers { rulebook, answers }) => ScoredRevision {
                outcome: Ok(assess(&rulebook, &answers)),
                round: answers.round().cloned(),
            },
            Err(fault) => ScoredRevision {
                outcome: Err(fault),
                round: None,
            },
        }
    }

    fn answers(&self, commit: &str, path: &str) -> Result<CheckedAnswers, Fault> {
        let revision = commit.get(..8).unwrap_or(commit);
        if let Some(first) = self.missing.first() {
            return Err(Fault {
                place: Some(clean(&format!("{revision}:{first}"))),
                message: message!("what-it-held-is-not-in-this-clone").to_owned(),
                help: Some(message!("git-fetch-refetch-with-the-contents").to_owned()),
                more: 0,
            });
        }
        let mut reader = Reader::over(&self.rulebooks);
        let file = self.checkout.path(path);
        match CheckedAnswers::read(&file, &mut reader) {
            Ok(answers) => return Ok(answers),
            Err(Failure::Invalid) => {}
            Err(Failure::Stopped { message, help, .. }) => {
                let mut problem = Diagnostic::error(Code::UnknownFile, message);
                problem.help = help;
                reader.problems.push(problem);
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

/// The first error at a revision, in one sentence. Nothing in it is of a respondent.
fn fault(revision: &str, path: &str, reader: &Reader) -> Fault {
    let more = reader.problems.errors().saturating_sub(1);
    let Some((first, place)) = reader.first_error() else {
        return Fault {
            place: None,
            message: message!("it-cannot-be-read").to_owned(),
            help: None,
            more,
        };
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let responses = format!("{revision}:{folder}/{RESPONSES}").replace(":/", ":");
    if first.message.contains(&responses)
        || place.is_some_and(|(name, _)| name.contains(&responses))
    {
        return Fault {
            message: message!("a-response-is-not-valid").to_owned(),
            help: Some(message!("centricity-assess-path-tells-which", revision)),
            place: Some(responses),
            more,
        };
    }
    Fault {
        place: place.map(|(name, line)| clean(&format!("{name}:{line}"))),
        message: clean(&first.message),
        help: first.help.as_deref().map(clean),
        more,
    }
}
