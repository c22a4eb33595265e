//! Problems of many rows, counted and shown once each.
//!
//! A survey of a hundred thousand rows makes the same mistake a hundred thousand times. Problems in
//! the same words are shown once, at the place of the first, with their number.

use crate::message;
use crate::text::diagnostic::{Code, Diagnostic, Place, Severity, SourceId};
use std::collections::HashMap;

/// Different errors that are shown, and as many warnings.
const MOST: usize = 100;
/// Those that are kept of some rows, as those shown elsewhere are counted here too.
const MOST_OF_PART: usize = 5_000;

/// The source of places that are a row of a batch and a column, not yet a stretch of text.
const CELL: SourceId = SourceId::from_index(u32::MAX - 1);

/// The place of a cell: a row by its place in what is being read, a column from 0.
pub(super) fn mark(row: usize, column: usize) -> Place {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place {
        source: CELL,
        start: small(row),
        end: small(column),
    }
}

/// The row and column of a marked place.
pub(super) fn marked(place: Place) -> Option<(usize, usize)> {
    (place.source == CELL).then_some((place.start as usize, place.end as usize))
}

/// Different problems, each with the number of its places.
#[derive(Debug)]
pub(super) struct Problems {
    most: usize,
    list: Vec<(Diagnostic, usize)>,
    index: HashMap<(Code, String), usize>,
    /// Different errors and warnings that are kept.
    kept: [usize; 2],
    /// Errors and warnings that are left out.
    left: [usize; 2],
}

impl Problems {
    /// Those of a table.
    pub(super) fn new() -> Self {
        Self::with_most(MOST)
    }

    /// Those of some rows.
    pub(super) fn of_part() -> Self {
        Self::with_most(MOST_OF_PART)
    }

    fn with_most(most: usize) -> Self {
        Self {
            most,
            list: Vec::new(),
            index: HashMap::new(),
            kept: [0; 2],
            left: [0; 2],
        }
    }

    pub(super) fn add(&mut self, problem: Diagnostic) {
        self.count(problem, 1);
    }

    /// Counts a problem; a new one that is kept can then be given its place.
    fn count(&mut self, problem: Diagnostic, times: usize) -> Option<&mut Diagnostic> {
        let key = (problem.code, problem.message.clone());
        if let Some(known) = self.index.get(&key).and_then(|at| self.list.get_mut(*at)) {
            known.1 += times;
            return None;
        }
        let kept = self.kept.get_mut(problem.severity as usize)?;
        if *kept == self.most {
            *self.left.get_mut(problem.severity as usize)? += times;
            return None;
        }
        *kept += 1;
        self.index.insert(key, self.list.len());
        self.list.push((problem, times));
        self.list.last_mut().map(|(problem, _)| problem)
    }

    /// Adds all problems of rows further down; `settle` gives new ones their place in a source.
    pub(super) fn absorb(&mut self, later: Self, mut settle: impl FnMut(&mut Diagnostic)) {
        for (problem, times) in later.list {
            if let Some(problem) = self.count(problem, times) {
                settle(problem);
            }
        }
        for (left, more) in self.left.iter_mut().zip(later.left) {
            *left += more;
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.kept.first().is_some_and(|errors| *errors > 0)
    }

    /// The problems as they are shown.
    pub(super) fn into_shown(self) -> impl Iterator<Item = Diagnostic> {
        let left = |severity| Some(*self.left.get(severity as usize)?).filter(|left| *left > 0);
        let errors = left(Severity::Error).map(|left| {
            let message = message!("further-problems-of-the-table-are-left-out", left);
            Diagnostic::error(Code::TooManyProblems, message).help(message!("mend-these-first"))
        });
        let warnings = left(Severity::Warning).map(|left| {
            let message = message!("further-warnings-of-the-table-are-left-out", left);
            Diagnostic::warning(Code::TooManyProblems, message)
        });
        let shown = self.list.into_iter().map(|(mut problem, times)| {
            if times > 1 {
                problem.message = message!("in-places", message = problem.message, times);
            }
            problem
        });
        shown.chain(errors).chain(warnings)
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        for problem in problems {
            self.add(problem);
        }
    }
}
