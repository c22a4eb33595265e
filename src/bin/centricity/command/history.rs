//! `history`: the movement of an assessment's scores over its git revisions.

mod score;
mod walk;

use super::report::{DocumentArgs, ReportStyle, StyleArgs};
use crate::git::Repository;
use crate::inputs::{AssessmentRef, PackArgs, find_assessment, possible_paths, project_around};
use crate::output::{Output, one_of};
use crate::{Exit, Failure, Result, usage};
use centricity::message;
use centricity::report::study;
use centricity::study::{History as Document, Point, PointState, Standard, look_back};
use centricity::text::diagnostic::suggestion;
use clap::Args;
use clap::builder::TypedValueParser;
use jiff::civil::Date;
use score::ScoredRevision;
use std::collections::HashSet;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::path::Path;
use std::str::FromStr;
use walk::RevisionStep;

/// Show how scores moved over the git revisions of an assessment
///
/// Every revision is scored by the packs it named, or all of them by those there are now. Revisions
/// are those of the branch along first parents, so that each was a state of it; renames are followed.
/// Changes of a pack and of the basis are marked, and no change is told across them. A revision that
/// cannot be scored is listed with what is wrong. Figures are over everybody, never of a role.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity history clients/acme --out history.html")]
pub(crate) struct History {
    /// An assessment: a file, its folder, or REVISION:PATH for another branch
    path: AssessmentRef,
    #[command(flatten)]
    document: DocumentArgs,
    /// Score the revisions by these packs
    #[arg(long = "pack-version", value_name = "WHICH", default_value = "named", value_parser = standards())]
    standard: Standard,
    /// The first day, 2026-01-31; or a revision, whose state is the first
    #[arg(long, value_name = "DAY|REV")]
    since: Option<DayOrRevision>,
    /// The last day, or a revision, whose state is the last
    #[arg(long, value_name = "DAY|REV")]
    until: Option<DayOrRevision>,
    /// No more than the newest so many revisions
    #[arg(long, value_name = "COUNT")]
    limit: Option<NonZeroUsize>,
    /// A score to show instead of those of the ladders; may be given several times
    #[arg(long = "score", value_name = "ID")]
    scores: Vec<String>,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

fn standards() -> impl TypedValueParser<Value = Standard> {
    let named = message!("each-revision-those-it-named-as");
    let now = message!("all-revisions-those-there-are-now");
    one_of([
        ("named", named, Standard::Named),
        ("now", now, Standard::Now),
    ])
}

impl History {
    pub(crate) fn run(mut self, output: Output) -> Result<Exit> {
        if self.path.is_stdin() {
            return Err(Failure::usage(
                message!("standard-input-has-no-history"),
                message!("name-a-file-or-folder-in-a-git-repository"),
            ));
        }
        self.document.check_free()?;
        let project = project_around(&self.path.path, output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
        let history = self.history(output)?;
        let ReportStyle { templates, brand } = self.style.load(output)?;
        let report = || Ok(study::history(&templates, &history, &brand)?);
        self.document.write(&history, report, output)?;
        let mut points = history.points.iter();
        let any_scored = points.any(|point| point.state != PointState::Failed);
        Ok(Exit::done_if(any_scored, Exit::Invalid))
    }

    fn history(&self, output: Output) -> Result<Document> {
        let path = &self.path.path;
        let repository = Repository::around(path)?;
        let tip = match (&self.until, &self.path.revision) {
            (Some(DayOrRevision::Revision(tip)), _) | (_, Some(tip)) => tip.as_str(),
            (Some(DayOrRevision::Day(_)) | None, None) => "HEAD",
        };
        let tip = repository.commit(tip)?;
        let inner = find(&repository, &tip, &repository.inner(path)?, path)?;
        let after = match &self.since {
            Some(DayOrRevision::Revision(revision)) => {
                let base = repository.commit(revision)?;
                Some(repository.since(&tip, &base)?.into_iter().collect())
            }
            Some(DayOrRevision::Day(_)) | None => None,
        };
        let walk = walk::walk(&repository, &tip, inner, self.standard)?;
        let from = self.begin(after.as_ref(), &walk.steps);
        let mut rulebooks = self.packs.rulebooks()?;
        rulebooks.unpinned = self.standard == Standard::Now;
        let scored = score::score(&repository, &tip, &walk, rulebooks, from, output)?;
        let points = self.points(walk.steps.into_iter().skip(from), scored);
        if points.is_empty() {
            return Err(usage!(
                "no-revision-of-lies-in-that-time",
                path = path.display()
            ));
        }
        look_back(points, walk.begun, &self.scores).map_err(|unknown| {
            let listed = message!("centricity-explain-lists-the-scores", path = path.display());
            let help = suggestion(unknown.near.as_deref(), &listed);
            Failure::usage(message!("there-is-no-score", id = unknown.id), help)
        })
    }

    /// The first of the steps to be scored: the state at the revision to begin with, which the commits
    /// `after` follow, and no more than are wanted where no days are to be looked at.
    fn begin(&self, after: Option<&HashSet<String>>, steps: &[RevisionStep]) -> usize {
        let there = |step: &RevisionStep| step.path.is_some();
        let later =
            |step: &RevisionStep| after.is_some_and(|after| !after.contains(&step.commit.hash));
        let since = steps.iter().rposition(|step| there(step) && later(step));
        let newest = match (self.limit, &self.until) {
            (Some(most), Some(DayOrRevision::Revision(_)) | None) => {
                let places = steps.iter().enumerate().rev();
                let mut there = places.filter(|(_, step)| there(step));
                there.nth(most.get() - 1).map(|(place, _)| place)
            }
            (_, Some(DayOrRevision::Day(_))) | (None, _) => None,
        };
        since.max(newest).unwrap_or(0)
    }

    /// Returns true if a day is shown.
    fn shows(&self, day: Date) -> bool {
        let bound = |bound: &Option<DayOrRevision>| match bound {
            Some(DayOrRevision::Day(day)) => Some(*day),
            Some(DayOrRevision::Revision(_)) | None => None,
        };
        bound(&self.since).is_none_or(|first| day >= first)
            && bound(&self.until).is_none_or(|last| day <= last)
    }

    /// The points of a history, the oldest first: steps and their outcomes, as far as they are wanted.
    fn points(
        &self,
        steps: impl Iterator<Item = RevisionStep>,
        scored: Vec<Option<ScoredRevision>>,
    ) -> Vec<Point> {
        let mut points = Vec::new();
        for (step, scored) in steps.zip(scored) {
            let (Some(path), Some(ScoredRevision { outcome, round })) = (step.path, scored) else {
                continue;
            };
            let result = outcome.as_ref().ok();
            let day = result.and_then(|result| result.assessed_on.as_deref()?.parse().ok());
            if !self.shows(day.unwrap_or(step.commit.date)) {
                continue;
            }
            points.push(Point {
                commit: step.commit.hash,
                committed_on: step.commit.date,
                path,
                renamed_from: step.renamed_from,
                round,
                outcome,
            });
        }
        let most = self.limit.map_or(usize::MAX, NonZeroUsize::get);
        points.split_off(points.len().saturating_sub(most))
    }
}

/// A day or a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
enum DayOrRevision {
    Day(Date),
    Revision(String),
}

impl FromStr for DayOrRevision {
    type Err = Infallible;

    /// Parses a day, and takes anything else as a revision.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let day = Some(text).filter(|text| text.len() == 10);
        Ok(match day.and_then(|text| text.parse().ok()) {
            Some(day) => Self::Day(day),
            None => Self::Revision(text.to_owned()),
        })
    }
}

/// The path of an assessment in the repository as of a commit, or its last one.
fn find(repository: &Repository, tip: &str, inner: &str, shown: &Path) -> Result<String> {
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
    let path = shown.display();
    if shown.exists() {
        return Err(Failure::world(
            message!("nothing-is-committed-at-on-this", path),
            message!("git-add-and-git-commit-keep"),
        ));
    }
    let help = if repository.is_shallow()? {
        message!("this-clone-is-shallow-git-fetch").to_owned()
    } else {
        message!("git-log-oneline-all-path").to_owned()
    };
    let message = message!("there-is-no-assessment-at-now", path);
    Err(Failure::world(message, help))
}
