//! Rows of delimited text.
//!
//! CSV is read as it is written, and as it comes from spreadsheets and survey tools, in parts that
//! begin and end with a row. The separator is found from the first rows: the one of comma, semicolon
//! and tab under which they all have the same number of cells, and most of them. A first line `sep=;`
//! says it outright.

use super::{Batch, Origin, Row, TableError};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::{message, problem};
use csv::{ReaderBuilder, StringRecord};
use std::io::Read;
use std::ops::Range;

/// State of the quoting of CSV, byte by byte.
#[derive(Clone, Copy, PartialEq)]
enum Quoting {
    Start,
    Plain,
    Quoted,
    Closing,
}

impl Quoting {
    /// Takes a byte in; true where it stands in no quotes.
    fn step(&mut self, byte: u8, delimiter: u8) -> bool {
        let free = *self != Self::Quoted;
        *self = match (*self, byte) {
            (Self::Quoted, b'"') => Self::Closing,
            (Self::Quoted, _) | (Self::Closing | Self::Start, b'"') => Self::Quoted,
            (_, b'\n' | b'\r') => Self::Start,
            (_, byte) if byte == delimiter => Self::Start,
            (Self::Start | Self::Plain | Self::Closing, _) => Self::Plain,
        };
        free
    }
}

/// The bytes of a cell in its row, quotes and all; its end where there is no such cell.
pub(crate) fn span(row: &str, delimiter: u8, column: usize) -> Range<usize> {
    let (mut at, mut start, mut seen) = (Quoting::Start, 0, 0);
    for (place, byte) in row.bytes().enumerate() {
        if at.step(byte, delimiter) && byte == delimiter {
            if seen == column {
                return start..place;
            }
            (seen, start) = (seen + 1, place + 1);
        }
    }
    let start = if seen == column { start } else { row.len() };
    start..row.len()
}

/// Bytes of rows that are read in one go; at the beginning more, so that a head of several rows is
/// there as a whole.
const PART: usize = 64 << 10;
const FIRST_PART: usize = 1 << 20;
/// Bytes of one row.
const MOST_ROW: usize = 1 << 20;
/// Rows the separator is found from.
const LOOKED_AT: usize = 20;
/// The separators, likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Reads a text part by part.
pub(crate) struct CsvReader<R> {
    name: String,
    from: R,
    held: Vec<u8>,
    delimiter: u8,
    line: usize,
    /// The row that comes next, as a spreadsheet shows it.
    row: usize,
    ended: bool,
}

impl<R: Read> CsvReader<R> {
    /// Reads the beginning of a text; `delimiter` where the separator is known.
    pub(crate) fn open(name: &str, from: R, delimiter: Option<u8>) -> Result<Self, TableError> {
        let mut reader = Self {
            name: name.to_owned(),
            from,
            held: Vec::new(),
            delimiter: b',',
            line: 1,
            row: 1,
            ended: false,
        };
        reader.fill(FIRST_PART)?;
        reader.check()?;
        if reader.held.starts_with(b"\xEF\xBB\xBF") {
            reader.held.drain(..3);
        }
        let newline = reader
            .held
            .iter()
            .rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let end = newline.filter(|_| !reader.ended);
        let whole = reader.held.get(..end.unwrap_or(reader.held.len()));
        let head = String::from_utf8_lossy(whole.unwrap_or_default()).into_owned();
        let declared = declared(&head);
        if let Some((_, line)) = declared {
            reader.held.drain(..line);
            reader.line = 2;
        }
        let known = delimiter.or(declared.map(|(separator, _)| separator));
        reader.delimiter = known.unwrap_or_else(|| self::delimiter(&head));
        Ok(reader)
    }

    /// The next whole rows; `None` at the end.
    fn part(&mut self) -> Result<Option<Batch>, TableError> {
        self.fill(PART)?;
        let mut end = last_row(&self.held, self.delimiter);
        while end == 0 && !self.ended {
            if self.held.len() > MOST_ROW {
                let (name, line) = (&self.name, self.line);
                return Err(problem!(FileTooLarge, "row-too-long", name, line, MOST_ROW).into());
            }
            self.fill(self.held.len() + PART)?;
            end = last_row(&self.held, self.delimiter);
        }
        if self.ended {
            end = self.held.len();
        }
        if end == 0 {
            return Ok(None);
        }
        let rest = self.held.split_off(end);
        let bytes = std::mem::replace(&mut self.held, rest);
        let line = self.line;
        self.line += count_lines(&bytes);
        let text = String::from_utf8(bytes).map_err(|error| self.not_utf8(&error, line))?;
        Ok(Some(batch(text, line, &mut self.row, self.delimiter)))
    }

    /// Reads until so many bytes are in memory, or the text ends.
    fn fill(&mut self, wanted: usize) -> Result<(), TableError> {
        while self.held.len() < wanted && !self.ended {
            let missing = u64::try_from(wanted - self.held.len()).unwrap_or(u64::MAX);
            let read = (&mut self.from).take(missing).read_to_end(&mut self.held);
            self.ended = read.map_err(TableError::Io)? == 0;
        }
        Ok(())
    }

    /// Refuses what is no text, or not in UTF-8.
    fn check(&self) -> Result<(), TableError> {
        let head = self.held.get(..4096).unwrap_or(&self.held);
        let (code, what, help) = if self.held.starts_with(b"PK\x03\x04") {
            let help = message!("give-a-workbook-a-name-that-ends-in-xlsx");
            let what = message!("a-workbook-or-an-archive-not-csv");
            (Code::NotUtf8, what, help)
        } else if head.starts_with(b"version https://git-lfs.github.com/spec/") {
            let help = message!("fetch-it-with-git-lfs");
            (Code::InvalidTable, message!("a-pointer-of-git-lfs"), help)
        } else if is_web_page(head) {
            let help = message!("export-the-table-itself");
            (Code::InvalidTable, message!("a-web-page-not-a-table"), help)
        } else if head.contains(&0) {
            let help = message!("save-it-again-as-csv-utf");
            (Code::NotUtf8, message!("utf-or-no-text-at-all"), help)
        } else if self.held.iter().all(u8::is_ascii_whitespace) {
            let help = message!("the-first-row-names-the-columns-each");
            (Code::EmptyFile, "empty", help)
        } else {
            return Ok(());
        };
        let message = format!("`{}` is {what}", self.name);
        Err(Diagnostic::error(code, message).help(help).into())
    }

    fn not_utf8(&self, error: &std::string::FromUtf8Error, line: usize) -> Diagnostic {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = line + count_lines(before);
        problem!(NotUtf8, "is-not-utf-in-line", name = self.name, line)
    }
}

/// True for a page of the web, as a download saves one in place of what was asked for.
fn is_web_page(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

impl<R: Read> Iterator for CsvReader<R> {
    type Item = Result<Batch, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.part().transpose()
    }
}

/// The ends of lines, whatever they are written with.
fn count_lines(bytes: &[u8]) -> usize {
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.count()
}

/// Whole rows of a text that begins in a line, the next of which has the number `row`.
fn batch(text: String, mut line: usize, row: &mut usize, delimiter: u8) -> Batch {
    let mut rows: Vec<_> = records(&text, delimiter).collect();
    let (mut at, mut end) = (0, 0);
    let lines = |from: usize, to: usize| {
        let between = text.get(from..to).unwrap_or_default();
        count_lines(between.as_bytes())
    };
    for one in &mut rows {
        line += lines(at, one.raw.start);
        *row += lines(end, one.raw.start);
        (one.number, one.nth) = (line, *row);
        (at, end) = (one.raw.start, one.raw.end);
    }
    *row += lines(end, text.len());
    rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let origin = Origin::Text { text, delimiter };
    Batch { origin, rows }
}

/// The rows of a text, each with its bytes; their numbers are yet to be set.
pub(crate) fn records(text: &str, delimiter: u8) -> impl Iterator<Item = Row> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    std::iter::from_fn(move || {
        let mut cells = StringRecord::new();
        reader.read_record(&mut cells).ok().filter(|more| *more)?;
        let byte = |position: &csv::Position| usize::try_from(position.byte()).ok();
        let start = cells.position().and_then(byte).unwrap_or_default();
        let end = byte(reader.position()).unwrap_or(text.len());
        // Empty lines before a record count as its start; what is read is not.
        let lead = text.get(start..end).unwrap_or_default();
        let start = start + (lead.len() - lead.trim_start_matches(['\r', '\n']).len());
        let tail = text.get(start..end).unwrap_or_default();
        let end = start + tail.trim_end_matches(['\r', '\n']).len();
        Some(Row {
            cells,
            number: 0,
            nth: 0,
            raw: start..end,
        })
    })
}

/// The byte after the last row that surely has ended; 0 where none has.
fn last_row(bytes: &[u8], delimiter: u8) -> usize {
    let (mut at, mut end) = (Quoting::Start, 0);
    for (place, byte) in bytes.iter().enumerate() {
        // What follows says whether a carriage return ends the line by itself.
        let next = bytes.get(place + 1);
        let ends = *byte == b'\n' || (*byte == b'\r' && next.is_some_and(|next| *next != b'\n'));
        if at.step(*byte, delimiter) && ends {
            end = place + 1;
        }
    }
    end
}

/// The cells of the longest row of a text, whatever the separator, counted before it is read: each
/// takes memory of its own.
pub(crate) fn most_cells(text: &str) -> usize {
    let counts = SEPARATORS.map(|separator| most_between(text, separator));
    counts.into_iter().max().unwrap_or(1)
}

fn most_between(text: &str, delimiter: u8) -> usize {
    let (mut at, mut cells, mut most) = (Quoting::Start, 1, 1);
    for byte in text.bytes() {
        let free = at.step(byte, delimiter);
        if free && matches!(byte, b'\n' | b'\r') {
            cells = 1;
        } else if free && byte == delimiter {
            cells += 1;
            most = most.max(cells);
        }
    }
    most
}

/// The separator that a first line `sep=;` says, with the bytes of that line.
fn declared(head: &str) -> Option<(u8, usize)> {
    let line = head.split_inclusive('\n').next()?;
    let separator = line.trim_end_matches(['\r', '\n']).strip_prefix("sep=")?;
    let [byte] = separator.as_bytes() else {
        return None;
    };
    SEPARATORS.contains(byte).then_some((*byte, line.len()))
}

/// The separator of a text, by its first rows.
pub(crate) fn delimiter(text: &str) -> u8 {
    let rated = SEPARATORS.map(|separator| (rate(text, separator), separator));
    let best = rated.into_iter().rev().max_by_key(|(rate, _)| *rate);
    best.map_or(b',', |(_, separator)| separator)
}

/// The fit of a separator: whether the first rows are alike, and the number of cells of the first.
fn rate(text: &str, delimiter: u8) -> (bool, usize) {
    let rows = records(text, delimiter).take(LOOKED_AT);
    let mut counts = rows.map(|row| row.cells.len());
    let first = counts.next().unwrap_or(1);
    (first > 1 && counts.all(|count| count == first), first)
}
