//! Problems of what was read; of responses, told without anything that was answered.

use super::Reader;
use centricity::message;
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

/// True for the warning that something is answered under an earlier id.
pub(super) fn is_moved(problem: &Diagnostic) -> bool {
    problem.code == Code::Moved && problem.severity == Severity::Warning
}

impl Reader {
    /// Adds problems of responses without anything that was answered: their kind, file and line.
    /// Warnings are left out where they are not wanted.
    pub(crate) fn add_withheld(&mut self, problems: Diagnostics) {
        for problem in problems {
            if let Some(place) = problem.place {
                self.sources.withhold(place.source);
            }
            if is_moved(&problem) {
                self.note_moved();
                continue;
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

    /// Warns, once, that responses answer under earlier ids: how many do would tell who answers what.
    fn note_moved(&mut self) {
        let told = self
            .problems
            .iter()
            .any(|it| is_moved(it) && it.place.is_none());
        if self.thorough && !told {
            let message = message!("responses-answer-under-earlier-ids");
            let problem = Diagnostic::warning(Code::Moved, message);
            let help = message!("migrate-writes-the-new-ids");
            self.problems.push(problem.help(help));
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
