//! Reading of a table: batches in order, side by side where each row is a respondent.
//!
//! Wide tables stream: a few batches are read, turned into responses on all cores and let go, and
//! what is kept does not grow with them but for the names of respondents. A long table is gathered
//! first, as the rows of one person may lie anywhere.

use super::columns::{Columns, TableLayout};
use super::problems::{Problems, marked};
use super::rows::{Responses, Rows};
use super::table::{Import, too_large};
use crate::answers::RespondentNames;
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Sources};
use crate::text::grid::{Batch, TableError};
use rayon::prelude::*;
use std::io::{self, Read};

/// Batches read in one go.
const AT_ONCE: usize = 16;
/// Most rows of a long table, which is kept in memory as a whole.
const MOST_LONG: usize = 1_000_000;
/// Most responses that are kept in memory as files.
const MOST_FILES: usize = 20_000;

/// Called with the number of respondents so far.
pub type Progress<'a> = &'a mut dyn FnMut(u32);

/// A table being read.
pub(super) struct TableReader<'r> {
    import: &'r Import<'r>,
    name: &'r str,
    /// True where responses are wanted as files, not only counted.
    keeps_files: bool,
    roll: &'r mut RespondentNames,
    sources: &'r mut Sources,
    all: Responses,
}

impl<'r> TableReader<'r> {
    pub(super) fn new(
        import: &'r Import<'r>,
        name: &'r str,
        keeps_files: bool,
        roll: &'r mut RespondentNames,
        sources: &'r mut Sources,
    ) -> Self {
        Self {
            import,
            name,
            keeps_files,
            roll,
            sources,
            all: Responses::new(import.rulebook, keeps_files, Problems::new()),
        }
    }

    /// The responses of the whole table; `None` where there was an error.
    pub(super) fn run(
        mut self,
        from: impl Read + Send,
        problems: &mut Diagnostics,
        progress: Progress<'_>,
    ) -> io::Result<Option<Responses>> {
        let mut sound = match self.read(from, progress) {
            Ok(()) => true,
            Err(TableError::Io(error)) => return Err(error),
            Err(TableError::Problem(problem)) => {
                problems.push(*problem);
                false
            }
        };
        let counted = std::mem::replace(&mut self.all.problems, Problems::new());
        sound &= !counted.has_errors();
        problems.extend(counted.into_shown());
        if sound && self.all.tally.people() == 0 {
            // A survey may wait for its first answer; an import that brings none is a mistake.
            let message = message!("nobody-answers-in", name = self.name);
            let problem = if self.keeps_files {
                sound = false;
                Diagnostic::error(Code::EmptyFile, message)
            } else {
                Diagnostic::warning(Code::EmptyFile, message)
            };
            let help = message!("the-first-row-names-the-columns-each");
            problems.push(problem.help(help));
        }
        Ok(sound.then_some(self.all))
    }

    fn read(&mut self, from: impl Read + Send, progress: Progress<'_>) -> Result<(), TableError> {
        let import = self.import;
        let keeps_files = self.keeps_files;
        let mut table = import.open(self.name, from)?;
        let mut columns = None;
        let mut long = Rows::default();
        loop {
            let batches: Result<Vec<_>, _> = table.by_ref().take(AT_ONCE).collect();
            let batches = batches?;
            if batches.is_empty() {
                break;
            }
            let mut wide = Vec::new();
            for batch in batches {
                let Some((batch, found)) = self.with_columns(batch, &mut columns) else {
                    continue;
                };
                if found.layout == TableLayout::Wide {
                    wide.push(Rows(vec![(batch, found)]));
                } else {
                    long.0.push((batch, found));
                }
            }
            let responses: Vec<_> = wide
                .into_par_iter()
                .map(|rows| (import.responses_in(&rows, keeps_files), rows))
                .collect();
            for (responses, rows) in responses {
                self.absorb(responses, &rows)?;
            }
            progress(self.all.tally.people());
            if long.len() > MOST_LONG {
                let help = message!("split-it-by-respondents");
                return Err(too_large(self.name, message!("a-million-answers"), help).into());
            }
        }
        if long.len() > 0 {
            self.absorb(import.responses_in(&long, keeps_files), &long)?;
        }
        Ok(())
    }

    /// A batch with its columns: those of the batch before in a text, else those its first row names.
    fn with_columns(
        &mut self,
        mut batch: Batch,
        known: &mut Option<Columns>,
    ) -> Option<(Batch, Columns)> {
        if batch.rows.is_empty() || !self.import.takes(&batch) {
            return None;
        }
        let columns = match known.take() {
            Some(columns) if batch.sheet().is_none() => columns,
            Some(_) | None => self.header(&mut batch),
        };
        *known = Some(columns.clone());
        Some((batch, columns))
    }

    /// The columns that the first row of a batch names; it is taken off.
    fn header(&mut self, batch: &mut Batch) -> Columns {
        let mut problems = Problems::new();
        let header = batch.rows.remove(0);
        let columns = self.import.columns(&header, &mut problems);
        self.all.problems.absorb(problems, |problem| {
            if let Some((_, column)) = problem.place.and_then(marked) {
                let place = batch.place(self.name, &header, Some(column), self.sources);
                problem.place = Some(place);
            }
        });
        columns
    }

    /// Adds the responses of the next rows.
    fn absorb(&mut self, responses: Responses, rows: &Rows) -> Result<(), TableError> {
        let mut problems = responses.problems;
        for name in responses.respondents {
            let row = marked(name.place).and_then(|(nth, _)| rows.get(nth));
            let number = row.map_or(0, |(_, row)| row.number);
            let source = format!("{}, line {number}", self.name);
            if let Err(problem) = self.roll.enter(&name.value, &source) {
                problems.add(problem.at(name.place));
            }
        }
        self.all.problems.absorb(problems, |problem| {
            if let Some((nth, column)) = problem.place.and_then(marked)
                && let Some((batch, row)) = rows.get(nth)
            {
                let place = batch.place(self.name, row, Some(column), self.sources);
                problem.place = Some(place);
            }
        });
        self.all.tally.absorb(responses.tally);
        self.all.files.extend(responses.files);
        if self.all.files.len() > MOST_FILES {
            let help = message!("put-the-table-itself-into-responses");
            return Err(too_large(self.name, "20,000 responses", help).into());
        }
        Ok(())
    }
}
