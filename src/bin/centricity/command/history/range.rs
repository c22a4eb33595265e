//! From when to when revisions are shown.

use super::walk::Step;
use crate::exit::Failure;
use crate::git::Repository;
use jiff::civil::Date;
use std::collections::HashSet;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::str::FromStr;

/// A day or a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bound {
    Day(Date),
    Revision(String),
}

impl FromStr for Bound {
    type Err = Infallible;

    /// What is written as a day is one.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let day = Some(text).filter(|text| text.len() == 10);
        Ok(match day.and_then(|text| text.parse().ok()) {
            Some(day) => Self::Day(day),
            None => Self::Revision(text.to_owned()),
        })
    }
}

impl Bound {
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

/// Which revisions are shown.
#[derive(Debug, Default)]
pub(super) struct Range {
    first: Option<Date>,
    last: Option<Date>,
    /// The commits that came after the revision to begin with; `None` where none is given.
    after: Option<HashSet<String>>,
    most: Option<NonZeroUsize>,
}

impl Range {
    pub(super) fn new(
        repository: &Repository,
        tip: &str,
        (since, until): (Option<&Bound>, Option<&Bound>),
        most: Option<NonZeroUsize>,
    ) -> Result<Self, Failure> {
        let after = match since.and_then(Bound::revision) {
            None => None,
            Some(revision) => {
                let base = repository.commit(revision)?;
                Some(repository.since(tip, &base)?.into_iter().collect())
            }
        };
        Ok(Self {
            first: since.and_then(Bound::day),
            last: until.and_then(Bound::day),
            after,
            most,
        })
    }

    /// The first of the steps to be scored: the state at the revision to begin with, and no more than
    /// are wanted where no days are to be looked at.
    pub(super) fn begin(&self, steps: &[Step]) -> usize {
        let there = |step: &Step| step.path.is_some();
        let later = |step: &Step| {
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

    /// Whether a day is shown.
    pub(super) fn holds(&self, day: Date) -> bool {
        self.first.is_none_or(|first| day >= first) && self.last.is_none_or(|last| day <= last)
    }

    /// How many revisions are shown at most.
    pub(super) fn most(&self) -> usize {
        self.most.map_or(usize::MAX, NonZeroUsize::get)
    }
}
