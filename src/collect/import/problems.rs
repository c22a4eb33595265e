//! Problems of an import: each once, with the number of its places, which are cells of tables until
//! they are shown.

use crate::answers::warning;
use crate::text::diagnostic::{Code, Diagnostic, Place, Severity, SourceId};
use crate::{message, problem};
use std::collections::HashMap;

/// The source of places that are a row of a batch and a column, not yet a stretch of text.
const CELL: SourceId = SourceId(u32::MAX - 1);

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
    /// Different errors that are kept, and as many warnings.
    most: usize,
    list: Vec<(Diagnostic, usize)>,
    index: HashMap<(Code, String), usize>,
    /// Different errors and warnings that are kept.
    pub(super) kept: [usize; 2],
    /// Errors and warnings that are left out.
    left: [usize; 2],
}

impl Problems {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            list: Vec::new(),
            index: HashMap::new(),
            kept: [0; 2],
            left: [0; 2],
        }
    }

    /// True once no further error is kept.
    pub(super) fn is_full(&self) -> bool {
        let kept = self.kept.get(Severity::Error as usize);
        kept.is_some_and(|kept| *kept >= self.most)
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

    /// Adds all problems of rows further down; `place` finds a cell, by row and column, in a source.
    pub(super) fn absorb(
        &mut self,
        later: Self,
        mut place: impl FnMut(usize, usize) -> Option<Place>,
    ) {
        for (problem, times) in later.list {
            if let Some(problem) = self.count(problem, times)
                && let Some((nth, column)) = problem.place.and_then(marked)
            {
                problem.place = place(nth, column).or(problem.place);
            }
        }
        for (left, more) in self.left.iter_mut().zip(later.left) {
            *left += more;
        }
    }

    /// The problems as they are shown.
    pub(super) fn into_shown(self) -> impl Iterator<Item = Diagnostic> {
        let left = |severity| Some(*self.left.get(severity as usize)?).filter(|left| *left > 0);
        let errors = left(Severity::Error);
        let errors = errors.map(|left| problem!(TooManyProblems, "further-problems", left));
        let warnings = left(Severity::Warning);
        let warnings = warnings.map(|left| problem!(TooManyProblems, "further-warnings", left));
        let shown = self.list.into_iter().map(|(mut problem, times)| {
            if times > 1 {
                problem.message = message!("in-places", message = problem.message, times);
            }
            problem
        });
        shown.chain(errors).chain(warnings.map(warning))
    }
}
