//! Problems of what was read; of responses, told without anything that was answered.

use super::Reader;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use centricity::text::yaml::unprintable;
use std::borrow::Cow;

/// Problems of responses that say nothing of an answer: of their size and tables, of the versions of
/// their packs, and of who answers.
const HEAD: [Code; 6] = [
    Code::FileTooLarge,
    Code::UnmatchedColumn,
    Code::InvalidTable,
    Code::EmptyFile,
    Code::VersionMismatch,
    Code::DuplicateRespondent,
];

/// The name of a text and the number of a line in it.
type Line<'a> = (&'a str, usize);

impl Reader {
    /// Adds problems of responses without anything that was answered: their kind, file and line.
    /// Warnings are left out where they are not wanted.
    pub(crate) fn add_withheld(&mut self, problems: Diagnostics) {
        for problem in problems {
            if let Some(place) = problem.place {
                self.sources.withhold(place.source);
            }
            let is_of_head = HEAD.contains(&problem.code);
            if problem.severity == Severity::Error || self.thorough || is_of_head {
                self.problems.push(if is_of_head {
                    problem
                } else {
                    Diagnostic {
                        message: problem.code.about().to_owned(),
                        help: None,
                        related: Vec::new(),
                        ..problem
                    }
                });
            }
        }
    }

    /// Adds a warning for each text that holds a letter which cannot be printed.
    pub(crate) fn note_unprintable(&mut self) {
        let found = self.sources.shown();
        let found = found.flat_map(|source| unprintable(&self.sources, source));
        self.problems.extend(found);
    }

    /// The first error, with the name of its text and its line.
    pub(crate) fn first_error(&self) -> Option<(Cow<'_, Diagnostic>, Option<Line<'_>>)> {
        let mut sorted = self.problems.sorted().into_iter();
        let first = sorted.find(|one| one.severity == Severity::Error)?;
        let place = first.place.map(|place| {
            let line = self.sources.position(place).line;
            (self.sources.name(place.source), line)
        });
        Some((self.sources.told(first), place))
    }
}
