//! The revisions that are shown, and the points of a history.

use super::score::ScoredRevisions;
use super::walk::RevisionStep;
use crate::exit::Result;
use crate::git::{FileChange, Repository};
use crate::inputs::RESPONSES;
use centricity::rules::vocabulary::Role;
use centricity::study::history::{Point, ResponseChange, ResponseContent};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::str::FromStr;

/// A day or a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DayOrRevision {
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

impl DayOrRevision {
    pub(super) fn revision(&self) -> Option<&str> {
        match self {
            Self::Revision(revision) => Some(revision),
            Self::Day(_) => None,
        }
    }

    fn day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Revision(_) => None,
        }
    }
}

/// The revisions that are shown.
#[derive(Debug, Default)]
pub(super) struct RevisionRange {
    first: Option<Date>,
    last: Option<Date>,
    /// The commits that came after the revision to begin with; `None` where none is given.
    after: Option<HashSet<String>>,
    most: Option<NonZeroUsize>,
}

impl RevisionRange {
    pub(super) fn new(
        repository: &Repository,
        tip: &str,
        (since, until): (Option<&DayOrRevision>, Option<&DayOrRevision>),
        most: Option<NonZeroUsize>,
    ) -> Result<Self> {
        let after = match since.and_then(DayOrRevision::revision) {
            None => None,
            Some(revision) => {
                let base = repository.commit(revision)?;
                Some(repository.since(tip, &base)?.into_iter().collect())
            }
        };
        Ok(Self {
            first: since.and_then(DayOrRevision::day),
            last: until.and_then(DayOrRevision::day),
            after,
            most,
        })
    }

    /// The first of the steps to be scored: the state at the revision to begin with, and no more than
    /// are wanted where no days are to be looked at.
    pub(super) fn begin(&self, steps: &[RevisionStep]) -> usize {
        let there = |step: &RevisionStep| step.path.is_some();
        let later = |step: &RevisionStep| {
            let after = self.after.as_ref();
            after.is_some_and(|after| !after.contains(&step.commit.hash))
        };
        let since = steps.iter().rposition(|step| there(step) && later(step));
        let newest = match (self.most, self.last) {
            (Some(most), None) => {
                let places = steps.iter().enumerate().rev();
                let mut there = places.filter(|(_, step)| there(step));
                there.nth(most.get() - 1).map(|(place, _)| place)
            }
            _ => None,
        };
        since.max(newest).unwrap_or(0)
    }

    /// Returns true if a day is shown.
    fn holds(&self, day: Date) -> bool {
        self.first.is_none_or(|first| day >= first) && self.last.is_none_or(|last| day <= last)
    }

    fn most(&self) -> usize {
        self.most.map_or(usize::MAX, NonZeroUsize::get)
    }
}

/// The points of a history, the oldest first: steps and their outcomes, as far as they are wanted.
pub(super) fn points(
    steps: impl Iterator<Item = RevisionStep>,
    scored: ScoredRevisions,
    range: &RevisionRange,
) -> Vec<Point> {
    let ScoredRevisions { outcomes, roles } = scored;
    let mut points = Vec::new();
    let mut changes = ResponseChanges::default();
    for (step, outcome) in steps.zip(outcomes) {
        changes.add(&step.commit.changes);
        let (Some(path), Some(outcome)) = (step.path, outcome) else {
            continue;
        };
        let snapshot = outcome.as_ref().ok();
        let day: Option<Date> = snapshot
            .and_then(|snapshot| snapshot.assessed_on.as_deref())
            .and_then(|day| day.parse().ok());
        if !range.holds(day.unwrap_or(step.commit.date)) {
            continue;
        }
        points.push(Point {
            outcome,
            commit: step.commit.hash,
            committed_on: step.commit.date,
            path,
            renamed_from: step.renamed_from,
            responses: changes.take(&roles),
        });
    }
    points.split_off(points.len().saturating_sub(range.most()))
}

/// Changes of the files of responses since a point, by name: content before and content now.
#[derive(Default)]
struct ResponseChanges(BTreeMap<String, (Option<String>, Option<String>)>);

impl ResponseChanges {
    /// A file that moved with its folder is the same file: it is first taken away, then there.
    fn add(&mut self, changes: &[FileChange]) {
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
