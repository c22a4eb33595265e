//! Problems of many rows, told once each.
//!
//! A survey of a hundred thousand rows makes the same mistake a hundred thousand times. What is
//! said in the same words is told where it first stands, with how often it does.

use crate::text::diagnostic::{Code, Diagnostic, Place, Severity, SourceId};
use std::collections::HashMap;

/// So many different errors are told, and as many warnings.
const MOST: usize = 100;
/// So many are kept of some rows, as those told elsewhere are counted here too.
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

/// Different problems, each with how often it was met.
#[derive(Debug)]
pub(super) struct Faults {
    most: usize,
    list: Vec<(Diagnostic, usize)>,
    index: HashMap<(Code, String), usize>,
    /// Errors and warnings that were told.
    told: [usize; 2],
    /// Errors and warnings that were left out.
    left: [usize; 2],
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            most: MOST,
            list: Vec::new(),
            index: HashMap::new(),
            told: [0; 2],
            left: [0; 2],
        }
    }
}

impl Faults {
    /// Those of some rows.
    pub(super) fn of_part() -> Self {
        Self {
            most: MOST_OF_PART,
            ..Self::default()
        }
    }

    /// Takes a problem in; what is new to be told can then be given its place.
    pub(super) fn push(&mut self, problem: Diagnostic, times: usize) -> Option<&mut Diagnostic> {
        let key = (problem.code, problem.message.clone());
        if let Some(known) = self.index.get(&key).and_then(|at| self.list.get_mut(*at)) {
            known.1 += times;
            return None;
        }
        let told = self.told.get_mut(problem.severity as usize)?;
        if *told == self.most {
            *self.left.get_mut(problem.severity as usize)? += times;
            return None;
        }
        *told += 1;
        self.index.insert(key, self.list.len());
        self.list.push((problem, times));
        self.list.last_mut().map(|(problem, _)| problem)
    }

    /// Takes in all problems of rows further down, whose places `settle` makes good.
    pub(super) fn absorb(&mut self, later: Self, mut settle: impl FnMut(&mut Diagnostic)) {
        for (problem, times) in later.list {
            if let Some(problem) = self.push(problem, times) {
                settle(problem);
            }
        }
        for (left, more) in self.left.iter_mut().zip(later.left) {
            *left += more;
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.told.first().is_some_and(|errors| *errors > 0)
    }

    /// The problems as they are told.
    pub(super) fn told(self) -> impl Iterator<Item = Diagnostic> {
        let left = |place: usize| self.left.get(place).copied().filter(|left| *left > 0);
        let errors = left(Severity::Error as usize).map(|left| {
            let message = format!("{left} further problems of the table are left out");
            Diagnostic::error(Code::TooManyProblems, message).help("mend these first")
        });
        let warnings = left(Severity::Warning as usize).map(|left| {
            let message = format!("{left} further warnings of the table are left out");
            Diagnostic::warning(Code::TooManyProblems, message)
        });
        let told = self.list.into_iter().map(|(mut problem, times)| {
            if times > 1 {
                problem.message = format!("{}, in {times} places", problem.message);
            }
            problem
        });
        told.chain(errors).chain(warnings)
    }
}
