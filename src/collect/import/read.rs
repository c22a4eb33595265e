//! Reading of a table: batches in order, side by side where each row is a respondent.
//!
//! Wide tables stream: a few batches are read, turned into responses on all cores and let go, and
//! what is kept does not grow with them but for the names of respondents. A long table is gathered
//! first, as the rows of one person may lie anywhere.
//!
//! A survey of a hundred thousand rows makes the same mistake a hundred thousand times: problems in
//! the same words are shown once, at the place of the first, with their number.

use super::Import;
use super::columns::{Columns, TableLayout};
use super::mapping::{Encoding, Separator};
use super::problems::{Problems, marked};
use super::rows::{Responses, Rows};
use crate::answers::{RespondentNames, warning};
use crate::text::bounded;
use crate::text::diagnostic::{Diagnostic, Diagnostics, Sources};
use crate::text::table::delimited::CsvReader;
use crate::text::table::{Batch, Batches, Origin, TableError, workbook};
use crate::text::yaml::Budget;
use crate::{message, problem};
use encoding_rs_io::DecodeReaderBytesBuilder;
use rayon::prelude::*;
use std::io::{self, BufRead, BufReader, Read};

/// Batches read in one go.
const AT_ONCE: usize = 8;
/// Most rows of a long table, which is kept in memory as a whole.
const MOST_LONG: usize = 1_000_000;
/// Most responses that are kept in memory as files.
const MOST_FILES: usize = 20_000;
/// Rows of a wide table: of so many, most are at fault.
const MOST_ROWS: usize = 250_000;
/// Most responses that are counted.
const MOST_PEOPLE: u32 = 100_000;
/// Different errors of a table that are shown, and as many warnings.
const MOST_SHOWN: usize = 100;

impl Import<'_> {
    /// A workbook by its first bytes, whatever its name; else a text. Sheets that the mapping leaves
    /// out are passed over.
    pub(super) fn open<'t, R: Read + 't>(
        &'t self,
        name: &str,
        from: R,
    ) -> Result<Batches<'t>, TableError> {
        let mut from = BufReader::new(from);
        let head = from.fill_buf().map_err(TableError::Io)?;
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
            let bytes = bounded(from).map_err(TableError::Io)?;
            if bytes.len() > Budget::FILE {
                return Err(too_large(
                    name,
                    "8 MiB",
                    message!("save-the-sheet-as-csv-utf"),
                ));
            }
            let sheets = workbook::read(name, &bytes).map_err(TableError::Problem)?;
            let wanted = &self.file.sheets;
            let takes = |batch: &Batch| match &batch.origin {
                Origin::Sheet(name) if !wanted.is_empty() => {
                    wanted.iter().any(|sheet| sheet.value == *name)
                }
                Origin::Sheet(_) | Origin::Text { .. } => true,
            };
            return Ok(Box::new(sheets.into_iter().filter(takes).map(Ok)));
        }
        let separator = self.file.separator.map(|one| match one {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        });
        // A mark at the beginning of the text says more than the mapping.
        let decoded = DecodeReaderBytesBuilder::new()
            .utf8_passthru(true)
            .encoding(match self.file.encoding {
                Encoding::Utf8 => None,
                Encoding::Utf16 => Some(encoding_rs::UTF_16LE),
                Encoding::Windows1252 => Some(encoding_rs::WINDOWS_1252),
            })
            .build(from);
        Ok(Box::new(CsvReader::open(name, decoded, separator)?))
    }
}

/// A table with more of something than is read.
fn too_large(name: &str, than: &str, help: &str) -> TableError {
    let problem = problem!(FileTooLarge, "holds-more-than", name, than);
    problem.help(help).into()
}

/// A table being read.
pub(super) struct TableReader<'r> {
    import: &'r Import<'r>,
    name: &'r str,
    roll: &'r mut RespondentNames,
    sources: &'r mut Sources,
    all: Responses,
    /// Rows of a wide table so far, those at fault too.
    rows: usize,
}

impl<'r> TableReader<'r> {
    /// A table to be counted, and where `keeps_files` its responses wanted as files.
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
            roll,
            sources,
            all: Responses::new(import.rulebook, keeps_files, MOST_SHOWN),
            rows: 0,
        }
    }

    /// The responses of the whole table; `None` where there was an error.
    pub(super) fn run(
        mut self,
        from: impl Read + Send,
        problems: &mut Diagnostics,
        progress: &mut dyn FnMut(u32),
    ) -> io::Result<Option<Responses>> {
        let mut sound = match self.read(from, progress) {
            Ok(()) => true,
            Err(TableError::Io(error)) => return Err(error),
            Err(TableError::Problem(problem)) => {
                problems.push(*problem);
                false
            }
        };
        let counted = std::mem::replace(&mut self.all.problems, Problems::new(0));
        let [errors, _] = counted.kept;
        sound &= errors == 0;
        problems.extend(counted.into_shown());
        if sound && self.all.tally.people() == 0 {
            // A survey may wait for its first answer; an import that brings none is a mistake.
            let problem = problem!(EmptyFile, "nobody-answers-in", name = self.name);
            problems.push(if self.all.keeps_files {
                sound = false;
                problem
            } else {
                warning(problem)
            });
        }
        Ok(sound.then_some(self.all))
    }

    fn read(
        &mut self,
        from: impl Read + Send,
        progress: &mut dyn FnMut(u32),
    ) -> Result<(), TableError> {
        let import = self.import;
        let keeps_files = self.all.keeps_files;
        let mut table = import.open(self.name, from)?;
        let mut known: Option<Columns> = None;
        let mut long = Rows::default();
        loop {
            let batches: Result<Vec<_>, _> = table.by_ref().take(AT_ONCE).collect();
            let batches = batches?;
            if batches.is_empty() {
                break;
            }
            let mut wide = Vec::new();
            for mut batch in batches.into_iter().filter(|batch| !batch.rows.is_empty()) {
                // The first row of a text names its columns, and so does that of each sheet.
                let columns = match known.take() {
                    Some(columns) if batch.sheet().is_none() => {
                        import.skip(&mut batch);
                        columns
                    }
                    Some(_) | None => match self.header(&mut batch)? {
                        Some(columns) => columns,
                        None => continue,
                    },
                };
                known = Some(columns.clone());
                if columns.layout == TableLayout::Wide {
                    self.rows += batch.rows.len();
                    wide.push(Rows(vec![(batch, columns)]));
                } else {
                    long.0.push((batch, columns));
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
            if self.rows > MOST_ROWS {
                let help = message!("assess-parts-of-the-organisation-apart");
                return Err(too_large(self.name, "250,000 rows", help));
            }
            if long.len() > MOST_LONG {
                let help = message!("split-it-by-respondents");
                return Err(too_large(self.name, message!("a-million-answers"), help));
            }
        }
        if long.len() > 0 {
            self.absorb(import.responses_in(&long, keeps_files), &long)?;
        }
        Ok(())
    }

    /// The columns that the head of a batch names; it is taken off.
    fn header(&mut self, batch: &mut Batch) -> Result<Option<Columns>, TableError> {
        if let Some(problem) = self.import.misplaced_head(&batch.rows) {
            let first = batch.rows.first();
            let first = first.map(|row| batch.place(self.name, row, None, self.sources));
            let place = problem.place.or(first);
            return Err(Diagnostic { place, ..problem }.into());
        }
        let Some(head) = self.import.head(batch, None) else {
            return Ok(None);
        };
        let mut problems = Problems::new(MOST_SHOWN);
        let columns = self.import.columns(&head, &mut problems);
        self.all.problems.absorb(problems, |_, column| {
            Some(batch.place(self.name, &head.row, Some(column), self.sources))
        });
        Ok(Some(columns))
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
        self.all.problems.absorb(problems, |nth, column| {
            let (batch, row) = rows.get(nth)?;
            Some(batch.place(self.name, row, Some(column), self.sources))
        });
        self.all.tally.absorb(responses.tally);
        self.all.files.extend(responses.files);
        if self.all.files.len() > MOST_FILES {
            let help = message!("put-the-table-itself-into-responses");
            return Err(too_large(self.name, "20,000 responses", help));
        }
        if self.all.tally.people() > MOST_PEOPLE {
            let help = message!("assess-parts-of-the-organisation-apart");
            return Err(too_large(self.name, "100,000 responses", help));
        }
        Ok(())
    }
}
