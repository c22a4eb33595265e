//! The texts that were read, and how a place in one of them is told to a person.

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

/// The registry of every text read, so that a [`Place`] stays small and can be copied.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
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
        let id = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push(Source {
            name: name.into(),
            text,
            lines: OnceLock::new(),
        });
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

    /// Where a place starts.
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
        let offset = offset as usize;
        let (line, start) = self.source(id).map_or((0, 0), |it| {
            let (line, start) = it.line_of(offset);
            (line, start.chars)
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
            number: line + 1,
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
