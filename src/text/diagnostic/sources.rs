//! The texts that were read, and their places as lines and columns.

use super::Diagnostic;
use crate::message;
use rust_xlsxwriter::utility::column_number_to_name;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// One text of a [`Sources`] registry.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(crate) u32);

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
    pub const NOWHERE: Self = Self::beginning(SourceId(u32::MAX));

    /// The beginning of a text, for problems with all of it.
    pub(crate) const fn beginning(source: SourceId) -> Self {
        Self {
            source,
            start: 0,
            end: 0,
        }
    }
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
        let column = u16::try_from(self.column.saturating_sub(1)).unwrap_or(u16::MAX);
        let letters = column_number_to_name(column);
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
    /// The number of its first line in the file.
    first_line: usize,
    cell: Option<SheetCell>,
    /// The character and the byte that each [`STEP`]th line begins at, counted once a place is asked for.
    starts: OnceLock<Vec<(usize, usize)>>,
    /// True where nothing of the text may be shown.
    withheld: bool,
    /// True where problems may not repeat anything of it either.
    linked: bool,
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

    /// Adds some lines of a text that is not kept as a whole; `line` is the first of them, from 1. Those
    /// added last are not added again: a long line may have many problems.
    pub(crate) fn add_part(
        &mut self,
        name: impl Into<String>,
        line: usize,
        text: String,
    ) -> SourceId {
        let name = name.into();
        let last = self.0.last().filter(|last| last.cell.is_none());
        if last.is_some_and(|it| it.name == name && it.first_line == line && it.text == text) {
            return SourceId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX));
        }
        self.push(Source {
            name,
            text,
            first_line: line,
            cell: None,
            starts: OnceLock::new(),
            withheld: false,
            linked: false,
        })
    }

    /// Adds one cell of a workbook.
    pub(crate) fn add_cell(&mut self, name: impl Into<String>, cell: SheetCell) -> SourceId {
        self.push(Source {
            name: name.into(),
            text: String::new(),
            first_line: 1,
            cell: Some(cell),
            starts: OnceLock::new(),
            withheld: false,
            linked: false,
        })
    }

    fn push(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// Shows no more of a text than the numbers of its lines from now on. Of a cell of a workbook
    /// nothing but its place is shown anyway.
    pub fn withhold(&mut self, id: SourceId) {
        if let Some(source) = self.0.get_mut(id.0 as usize) {
            source.withheld = source.cell.is_none();
        }
    }

    /// Marks a text as what a link leads to. Whoever made the link may have meant any file that the
    /// reader of problems should not see, so they say no more of it than their kind and their line.
    pub fn mark_linked(&mut self, id: SourceId) {
        self.withhold(id);
        if let Some(source) = self.0.get_mut(id.0 as usize) {
            source.linked = true;
        }
    }

    /// A problem as it may be told.
    #[must_use]
    pub fn told<'p>(&self, problem: &'p Diagnostic) -> Cow<'p, Diagnostic> {
        let source = problem.place.and_then(|place| self.source(place.source));
        if !source.is_some_and(|source| source.linked) {
            return Cow::Borrowed(problem);
        }
        Cow::Owned(Diagnostic {
            message: problem.code.about().to_owned(),
            help: Some(message!("what-a-link-leads-to-is-not-repeated").to_owned()),
            related: Vec::new(),
            ..*problem
        })
    }

    /// Returns true where nothing of a text may be shown.
    pub(super) fn is_withheld(&self, id: SourceId) -> bool {
        self.source(id).is_some_and(|it| it.withheld)
    }

    /// All of those of which anything may be shown.
    pub fn shown(&self) -> impl Iterator<Item = SourceId> {
        let all = (0_u32..).map(SourceId).zip(&self.0);
        all.filter_map(|(id, source)| (!source.withheld).then_some(id))
    }

    /// Gives every text the name that `new` makes of the one it has.
    pub fn rename(&mut self, new: impl Fn(&str) -> String) {
        for source in &mut self.0 {
            source.name = new(&source.name);
        }
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

    /// The start of a place; of a cell, its row and column.
    #[must_use]
    pub fn position(&self, place: Place) -> Position {
        self.locate(place.source, place.start)
    }

    /// The position after the last character of a place.
    #[must_use]
    pub fn end(&self, place: Place) -> Position {
        self.locate(place.source, place.end.max(place.start))
    }

    /// A range of bytes of a text as a place in it.
    pub(crate) fn byte_place(&self, id: SourceId, bytes: Range<usize>) -> Place {
        let count = |byte| self.source(id).map_or(0, |it| it.character(byte));
        let index = |byte| u32::try_from(count(byte)).unwrap_or(u32::MAX);
        Place {
            source: id,
            start: index(bytes.start),
            end: index(bytes.end),
        }
    }

    fn locate(&self, id: SourceId, offset: u32) -> Position {
        if let Some(&SheetCell { row, column, .. }) = self.cell(id) {
            return Position { line: row, column };
        }
        let offset = offset as usize;
        let line = self.source(id).map(|it| it.line(offset));
        Position {
            line: line.as_ref().map_or(1, |it| it.number),
            column: offset - line.map_or(0, |it| it.start) + 1,
        }
    }

    /// The line a place starts in.
    pub(super) fn line(&self, place: Place) -> Option<Line<'_>> {
        let source = self.source(place.source)?;
        Some(source.line(place.start as usize))
    }

    fn source(&self, id: SourceId) -> Option<&Source> {
        self.0.get(id.0 as usize)
    }
}

impl Source {
    /// The line a character is in; the last one for those beyond the end.
    fn line(&self, offset: usize) -> Line<'_> {
        let (before, (start, byte)) = self.last_start(|(start, _)| start <= offset);
        let text = self.text.get(byte..).unwrap_or_default();
        Line {
            number: self.first_line + before,
            start,
            text: text.lines().next().unwrap_or(""),
        }
    }

    /// The characters before a byte.
    fn character(&self, byte: usize) -> usize {
        let (_, (before, start)) = self.last_start(|(_, start)| start <= byte);
        let line = self.text.get(start..byte).unwrap_or_default();
        before + line.chars().count()
    }

    /// The last line that begins at a place of this kind, and the number of those before it.
    fn last_start(&self, is_before: impl Fn((usize, usize)) -> bool) -> (usize, (usize, usize)) {
        let counted = self.starts.get_or_init(|| {
            let all = starts(&self.text, (0, 0));
            all.step_by(STEP).collect()
        });
        let known = counted.partition_point(|start| is_before(*start));
        let known = known.saturating_sub(1);
        let from = counted.get(known).copied().unwrap_or_default();
        let near = starts(&self.text, from).take_while(|start| is_before(*start));
        let last = near.enumerate().last();
        last.map_or((known * STEP, from), |(nth, start)| {
            (known * STEP + nth, start)
        })
    }
}

/// Lines from one whose beginning is kept to the next: a text may be nothing but line breaks.
const STEP: usize = 32;

/// The character and the byte that each line of a text begins at, from one of them on.
fn starts(text: &str, from: (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    let lines = text.get(from.1..).unwrap_or_default().split_inclusive('\n');
    let ends = lines.scan(from, |(character, byte), line| {
        *character += line.chars().count();
        *byte += line.len();
        line.ends_with('\n').then_some((*character, *byte))
    });
    std::iter::once(from).chain(ends)
}

/// The byte a character begins at, or the end of the text.
pub(crate) fn byte_at(text: &str, offset: usize) -> usize {
    let mut characters = text.char_indices();
    characters.nth(offset).map_or(text.len(), |(at, _)| at)
}

/// A range of bytes of a text as a place in it.
pub(crate) fn byte_place(text: &str, bytes: Range<usize>, source: SourceId) -> Place {
    let count = |end: usize| {
        let count = text.get(..end).map_or(0, |text| text.chars().count());
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Place {
        source,
        start: count(bytes.start),
        end: count(bytes.end),
    }
}
