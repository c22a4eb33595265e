//! The road of a table: batches in order, side by side where rows stand for themselves.
//!
//! Wide tables stream: a few batches are read, turned into responses on all cores and let go, and
//! what is kept does not grow with them but for the names of respondents. A long table is gathered
//! first, as the rows of one person may lie anywhere.

use super::columns::{Columns, Layout};
use super::faults::{Faults, marked};
use super::part::{Done, Part, Rows};
use super::{Import, mapping::Separator};
use crate::answers::{RespondentNames, Tally};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, Sources};
use crate::text::grid::{Batch, Origin, Raw, Stop, Table, book, text};
use crate::text::yaml::Budget;
use rayon::prelude::*;
use std::io::{self, BufRead, BufReader, Read};

/// Batches read in one go.
const AT_ONCE: usize = 16;
/// Rows of a long table, which is held as a whole.
const MOST_LONG: usize = 1_000_000;
/// Responses that are held as a whole.
const MOST_FILES: usize = 20_000;

/// Hears how many respondents there are so far.
pub type Progress<'a> = &'a mut dyn FnMut(u32);

/// What is made of responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Files,
    Tally,
}

/// A table being read.
pub(super) struct Reading<'r> {
    import: &'r Import<'r>,
    name: &'r str,
    wanted: Wanted,
    roll: &'r mut RespondentNames,
    sources: &'r mut Sources,
    problems: &'r mut Diagnostics,
    faults: Faults,
    done: Done,
    refused: bool,
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        import: &'r Import<'r>,
        name: &'r str,
        wanted: Wanted,
        roll: &'r mut RespondentNames,
        sources: &'r mut Sources,
        problems: &'r mut Diagnostics,
    ) -> Self {
        let done = Done {
            files: Vec::new(),
            tally: Tally::new(import.rulebook),
        };
        Self {
            import,
            name,
            wanted,
            roll,
            sources,
            problems,
            faults: Faults::default(),
            done,
            refused: false,
        }
    }

    /// Reads the table to its end, or to where it is none.
    pub(super) fn run(&mut self, from: impl Read + Send, progress: Progress<'_>) -> io::Result<()> {
        match self.read(from, progress) {
            Ok(()) => Ok(()),
            Err(Stop::World(error)) => Err(error),
            Err(Stop::Refused(problem)) => {
                self.refused = true;
                self.problems.push(*problem);
                Ok(())
            }
        }
    }

    /// What came of it; `None` where there was an error.
    pub(super) fn finish(self) -> Option<Done> {
        let mut sound = !self.refused && !self.faults.has_errors();
        self.problems.extend(self.faults.told());
        if sound && self.done.tally.people() == 0 {
            // A survey may wait for its first answer; an import that brings none is a mistake.
            let message = format!("nobody answers in `{}`", self.name);
            let told = if self.wanted == Wanted::Files {
                sound = false;
                Diagnostic::error(Code::EmptyFile, message)
            } else {
                Diagnostic::warning(Code::EmptyFile, message)
            };
            let help =
                "the first row names the columns, each further row is one respondent or one answer";
            self.problems.push(told.help(help));
        }
        sound.then_some(self.done)
    }

    fn read(&mut self, from: impl Read + Send, progress: Progress<'_>) -> Result<(), Stop> {
        let mut table = self.import.open(self.name, from)?;
        let mut seen = Seen::default();
        loop {
            let batches = next_batches(&mut table)?;
            if batches.is_empty() {
                break;
            }
            let wide = self.sort(batches, &mut seen);
            let (import, wanted) = (self.import, self.wanted);
            let parts: Vec<Part> = wide
                .into_par_iter()
                .map(|(batch, columns)| import.wide(batch, &columns, wanted))
                .collect();
            for part in parts {
                self.absorb(part)?;
            }
            progress(self.done.tally.people());
            if seen.long.len() > MOST_LONG {
                let help = "split it by respondents";
                return Err(large(self.name, "a million answers", help).into());
            }
        }
        if seen.long.len() > 0 {
            let part = self.import.long(seen.long, &seen.long_columns, self.wanted);
            self.absorb(part)?;
        }
        Ok(())
    }

    /// The batches of wide tables with their columns; those of long ones are put by.
    fn sort(&mut self, batches: Vec<Batch>, seen: &mut Seen) -> Vec<(Batch, Columns)> {
        let mut wide = Vec::new();
        for mut batch in batches {
            if batch.rows.is_empty() || !self.import.is_wanted(&batch) {
                continue;
            }
            let columns = match seen.columns.take() {
                Some(columns) if batch.sheet().is_none() => columns,
                Some(_) | None => self.header(&mut batch),
            };
            seen.columns = Some(columns.clone());
            if columns.layout == Layout::Wide {
                wide.push((batch, columns));
            } else {
                seen.long_columns.push(columns);
                seen.long.0.push(batch);
            }
        }
        wide
    }

    /// Takes the first row off a batch and tells from it what the columns hold.
    fn header(&mut self, batch: &mut Batch) -> Columns {
        let mut faults = Faults::default();
        let header = batch.rows.remove(0);
        let columns = self.import.columns(&header, &mut faults);
        let (name, sources) = (self.name, &mut *self.sources);
        let place = |place: Place, sources: &mut Sources| match marked(place) {
            Some((_, column)) => batch.place(name, &header, Some(column), sources),
            None => place,
        };
        self.faults.absorb(faults, |problem| {
            problem.place = problem.place.map(|one| place(one, sources));
        });
        columns
    }

    /// Takes in what came of the next rows.
    fn absorb(&mut self, part: Part) -> Result<(), Stop> {
        let Part {
            rows,
            mut faults,
            people,
            done,
        } = part;
        for (respondent, place) in people {
            let row = marked(place).and_then(|(nth, _)| rows.get(nth));
            let number = row.map_or(0, |(_, row)| row.number);
            let source = format!("{}, line {number}", self.name);
            if let Err(problem) = self.roll.enter(&respondent, &source) {
                faults.push(problem.at(place), 1);
            }
        }
        let (name, sources) = (self.name, &mut *self.sources);
        self.faults.absorb(faults, |problem| {
            let found = problem.place.and_then(marked);
            if let Some((nth, column)) = found
                && let Some((batch, row)) = rows.get(nth)
            {
                problem.place = Some(batch.place(name, row, Some(column), sources));
            }
        });
        self.done.tally.absorb(done.tally);
        self.done.files.extend(done.files);
        if self.done.files.len() > MOST_FILES {
            let help = "put the table itself into `responses`, with its mapping beside it";
            return Err(large(self.name, "20,000 responses", help).into());
        }
        Ok(())
    }
}

/// What is known of a table from its batches so far.
#[derive(Default)]
struct Seen {
    columns: Option<Columns>,
    long: Rows,
    /// The columns of each batch of the long ones.
    long_columns: Vec<Columns>,
}

/// Some batches of a table; none at its end.
fn next_batches<R: Read>(table: &mut Table<R>) -> Result<Vec<Batch>, Stop> {
    let mut raw = Vec::new();
    while raw.len() < AT_ONCE
        && let Some(more) = table.next()?
    {
        raw.push(more);
    }
    Ok(raw.into_par_iter().map(Raw::split).collect())
}

fn large(name: &str, than: &str, help: &str) -> Diagnostic {
    let message = format!("`{name}` holds more than {than}");
    Diagnostic::error(Code::FileTooLarge, message).help(help)
}

impl Import<'_> {
    /// A workbook by its first bytes, whatever its name; else a text.
    pub(super) fn open<R: Read>(&self, name: &str, from: R) -> Result<Table<BufReader<R>>, Stop> {
        let mut from = BufReader::new(from);
        let head = from.fill_buf().map_err(Stop::World)?;
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
            let most = u64::try_from(Budget::DEFAULT.file).unwrap_or(u64::MAX);
            let mut bytes = Vec::new();
            let read = from.take(most + 1).read_to_end(&mut bytes);
            read.map_err(Stop::World)?;
            if bytes.len() > Budget::DEFAULT.file {
                return Err(large(name, "8 MiB", "save the sheet as `CSV UTF-8`").into());
            }
            let mut sheets = book::read(name, &bytes).map_err(Stop::Refused)?;
            sheets.reverse();
            return Ok(Table::Book(sheets));
        }
        let separator = self.mapping.file.as_ref().and_then(|file| file.separator);
        let separator = separator.map(|one| match one {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        });
        let reader = text::Reader::open(name, from, separator)?;
        Ok(Table::Text(Box::new(reader)))
    }

    /// Whether the mapping takes in a sheet.
    pub(super) fn is_wanted(&self, batch: &Batch) -> bool {
        let sheets = self
            .mapping
            .file
            .as_ref()
            .map(|file| file.sheets.as_slice());
        let sheets = sheets.unwrap_or_default();
        match &batch.origin {
            Origin::Sheet(name) if !sheets.is_empty() => {
                sheets.iter().any(|sheet| sheet.value == *name)
            }
            Origin::Sheet(_) | Origin::Text { .. } => true,
        }
    }
}
