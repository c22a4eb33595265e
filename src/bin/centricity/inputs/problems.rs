//! What is wrong with what was read; of responses, told without anything that was answered.

use super::Reader;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

/// Problems of responses that say nothing of an answer: of their tables, of the versions of their
/// packs, and of who answers.
const HEAD: [Code; 5] = [
    Code::UnmatchedColumn,
    Code::InvalidTable,
    Code::EmptyFile,
    Code::VersionMismatch,
    Code::DuplicateRespondent,
];

impl Reader {
    /// Adds problems of responses without anything that was answered: their kind, file and line.
    /// Warnings are left out where they are not wanted.
    pub(super) fn add_withheld(&mut self, problems: Diagnostics) {
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

    /// The first error, with the name of its text and its line.
    pub(crate) fn first_error(&self) -> Option<(&Diagnostic, Option<(&str, usize)>)> {
        let mut sorted = self.problems.sorted().into_iter();
        let first = sorted.find(|one| one.severity == Severity::Error)?;
        let place = first.place.map(|place| {
            let line = self.sources.position(place).line;
            (self.sources.name(place.source), line)
        });
        Some((first, place))
    }
}
