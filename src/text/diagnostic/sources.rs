//! The texts that were read, and how a place in one of them is told to a person.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// One text of a [`Sources`] registry.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

impl SourceId {
    /// As a number, for carrying it through serde.
    pub(crate) const fn index(self) -> u32 {
        self.0
    }

    /// From the number [`Self::index`] gave.
    pub(crate) const fn from_index(index: u32) -> Self {
        Self(index)
    }
}

/// A stretch of one text, in characters from its start.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The text it is in.
    pub source: SourceId,
    /// The first character.
    pub start: u32,
    /// The character after the last one.
    pub end: u32,
}

impl Place {
    /// The place of what was never in a text.
    pub const NOWHERE: Self = Self {
        source: SourceId(u32::MAX),
        start: 0,
        end: 0,
    };
}

impl Default for Place {
    fn default() -> Self {
        Self::NOWHERE
    }
}

/// A place as editors count: lines and columns from 1, columns in characters.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// A cell of a workbook, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCell {
    /// The name of its sheet.
    pub sheet: String,
    /// Its row, from 1.
    pub row: usize,
    /// Its column, from 1.
    pub column: usize,
}

impl fmt::Display for SheetCell {
    /// `Answers!B7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column;
        while let Some(before) = rest.checked_sub(1) {
            letters.push(b'A' + u8::try_from(before % 26).unwrap_or_default());
            rest = before / 26;
        }
        letters.reverse();
        let letters = String::from_utf8_lossy(&letters);
        write!(f, "{}!{letters}{}", self.sheet, self.row)
    }
}

/// The registry of every text read, so that a [`Place`] stays small and can be copied.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    /// The lines of the file before its text.
    before: usize,
    cell: Option<SheetCell>,
    lines: OnceLock<Vec<LineStart>>,
}

/// Where a line begins, in both counts.
#[derive(Copy, Clone, Debug, Default)]
struct LineStart {
    chars: usize,
    bytes: usize,
}

/// One line of a text, without its line break.
pub(super) struct Line<'a> {
    /// The line, from 1.
    pub(super) number: usize,
    /// The characters before it.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Sources {
    /// An empty registry.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name a person knows it by, usually its path.
    pub fn add(&mut self, name: impl Into<String>, text: String) -> SourceId {
        self.add_part(name, 1, text)
    }

    /// Adds some lines of a text that is not kept as a whole; `line` is the first of them, from 1.
    pub fn add_part(&mut self, name: impl Into<String>, line: usize, text: String) -> SourceId {
        self.push(Source {
            name: name.into(),
            text,
            before: line.saturating_sub(1),
            cell: None,
            lines: OnceLock::new(),
        })
    }

    /// Adds one cell of a workbook.
    pub fn add_cell(&mut self, name: impl Into<String>, cell: SheetCell) -> SourceId {
        self.push(Source {
            name: name.into(),
            text: String::new(),
            before: 0,
            cell: Some(cell),
            lines: OnceLock::new(),
        })
    }

    /// Gives every text the name that `new` makes of the one it has.
    pub fn rename(&mut self, new: impl Fn(&str) -> String) {
        for source in &mut self.0 {
            source.name = new(&source.name);
        }
    }

    fn push(&mut self, source: Source) -> SourceId {
        let id = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push(source);
        SourceId(id)
    }

    /// The name it was added under; empty for a source of another registry.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        self.source(id).map_or("", |it| &it.name)
    }

    /// The whole text; empty for a source of another registry.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        self.source(id).map_or("", |it| &it.text)
    }

    /// The cell a source is; `None` where it is a text.
    #[must_use]
    pub fn cell(&self, id: SourceId) -> Option<&SheetCell> {
        self.source(id)?.cell.as_ref()
    }

    /// Where a place starts; of a cell, its row and column.
    #[must_use]
    pub fn position(&self, place: Place) -> Position {
        self.locate(place.source, place.start)
    }

    /// Where a place ends: the position after its last character.
    #[must_use]
    pub fn end(&self, place: Place) -> Position {
        self.locate(place.source, place.end.max(place.start))
    }

    fn locate(&self, id: SourceId, offset: u32) -> Position {
        if let Some(&SheetCell { row, column, .. }) = self.cell(id) {
            return Position { line: row, column };
        }
        let offset = offset as usize;
        let (line, start) = self.source(id).map_or((0, 0), |it| {
            let (line, start) = it.line_of(offset);
            (line + it.before, start.chars)
        });
        Position {
            line: line + 1,
            column: offset - start + 1,
        }
    }

    /// The line a place starts in.
    pub(super) fn line(&self, place: Place) -> Option<Line<'_>> {
        let source = self.source(place.source)?;
        let (line, start) = source.line_of(place.start as usize);
        Some(Line {
            number: line + source.before + 1,
            start: start.chars,
            text: source.text.get(start.bytes..)?.lines().next().unwrap_or(""),
        })
    }

    fn source(&self, id: SourceId) -> Option<&Source> {
        self.0.get(id.0 as usize)
    }
}

impl Source {
    /// The line a character is in, counted from 0, and where it begins.
    fn line_of(&self, offset: usize) -> (usize, LineStart) {
        let lines = self.lines.get_or_init(|| line_starts(&self.text));
        let line = lines.partition_point(|it| it.chars <= offset).max(1) - 1;
        (line, lines.get(line).copied().unwrap_or_default())
    }
}

fn line_starts(text: &str) -> Vec<LineStart> {
    let mut next = LineStart::default();
    let mut starts = vec![next];
    for line in text.split_inclusive('\n') {
        next.chars += line.chars().count();
        next.bytes += line.len();
        starts.push(next);
    }
    starts
}

/// A range of characters as a range of bytes of `text`, cut at its end.
pub(super) fn byte_range(text: &str, chars: Range<usize>) -> Range<usize> {
    let mut offsets = text.char_indices().map(|(at, _)| at);
    let start = offsets.nth(chars.start).unwrap_or(text.len());
    let end = match chars.end.checked_sub(chars.start + 1) {
        None => start,
        Some(more) => offsets.nth(more).unwrap_or(text.len()),
    };
    start..end
}
