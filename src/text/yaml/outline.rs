//! A text as nodes with their bytes and the way they are written, so that one value can be changed
//! and every other byte left alone.
//!
//! The tree that models are read from forgets how things were written. An outline is made of the
//! same events, within the same budget.

use std::ops::Range;

use super::budget::{self, Meter};
use crate::text::diagnostic::Place;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};

/// A key or a value, and how it is written.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its bytes: of a block from its first entry, of a text block from its first line.
    pub(crate) range: Range<usize>,
    /// True if it has an anchor, an alias or a tag.
    pub(crate) marked: bool,
    pub(crate) shape: Shape,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// Nothing at all, `null` or `~`.
    Nothing,
    /// Plain or quoted text.
    Scalar,
    /// Text that begins with `|` or `>`.
    TextBlock,
    Alias,
    List {
        flow: bool,
        items: Vec<Node>,
    },
    Map {
        flow: bool,
        entries: Vec<Entry>,
    },
}

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) key: Node,
    /// The byte after the colon; none where it is not on the key's line.
    pub(crate) after_colon: Option<usize>,
    pub(crate) value: Node,
}

impl Node {
    /// The value of a text that can be read as YAML within the budget; `None` where it cannot.
    pub(crate) fn outline(text: &str) -> Option<Self> {
        budget::admit(text, Place::NOWHERE.source).ok()?;
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let mut draft = Draft {
            text,
            starts: ends.collect(),
            parser: Parser::new_from_str(text),
            depth: 0,
        };
        loop {
            match draft.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (event, range) => {
                    return Some(draft.node(event, range)?.0);
                }
            }
        }
    }

    /// The entry under a key, where this is a map that has it.
    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.name == name)
    }

    /// The entries of a map.
    pub(crate) fn entries(&self) -> &[Entry] {
        if let Shape::Map { entries, .. } = &self.shape {
            entries
        } else {
            &[]
        }
    }

    /// True if nothing at all is written here, not even `null`.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.shape, Shape::Nothing) && self.range.is_empty()
    }

    /// True if it is written between brackets.
    pub(crate) fn is_flow(&self) -> bool {
        matches!(
            self.shape,
            Shape::Map { flow: true, .. } | Shape::List { flow: true, .. }
        )
    }

    /// True if it is a list or map written as lines.
    pub(crate) fn is_block(&self) -> bool {
        matches!(
            self.shape,
            Shape::Map { flow: false, .. } | Shape::List { flow: false, .. }
        )
    }

    /// True if its last entry is a key after `?` with nothing under it: a colon may follow on a line of
    /// its own, and where that is over is not known.
    pub(crate) fn ends_open(&self) -> bool {
        match &self.shape {
            Shape::Map {
                flow: false,
                entries,
            } => entries.last().is_some_and(|last| {
                last.after_colon.is_none() && last.value.is_absent() || last.value.ends_open()
            }),
            Shape::List { flow: false, items } => items.last().is_some_and(Self::ends_open),
            Shape::Map { .. }
            | Shape::List { .. }
            | Shape::Nothing
            | Shape::Scalar
            | Shape::TextBlock
            | Shape::Alias => false,
        }
    }

    /// True if there is an anchor, an alias or a tag here or inside.
    pub(crate) fn any_marked(&self) -> bool {
        self.marked || self.children().any(Self::any_marked)
    }

    /// The bytes of all texts in it, in order.
    pub(crate) fn texts(&self) -> Vec<Range<usize>> {
        if self.is_flow() || self.is_block() {
            self.children().flat_map(Self::texts).collect()
        } else {
            vec![self.range.clone()]
        }
    }

    fn children(&self) -> impl Iterator<Item = &Self> {
        let items = if let Shape::List { items, .. } = &self.shape {
            items.as_slice()
        } else {
            &[]
        };
        let entries = self.entries().iter();
        let entries = entries.flat_map(|entry| [&entry.key, &entry.value]);
        items.iter().chain(entries)
    }
}

impl Entry {
    /// The byte after its last one.
    pub(crate) fn end(&self) -> usize {
        if self.value.is_absent() {
            self.after_colon.unwrap_or(self.key.range.end)
        } else {
            self.value.range.end
        }
    }
}

/// An outline being made.
struct Draft<'t> {
    text: &'t str,
    /// The byte each character begins at, and the end.
    starts: Vec<usize>,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// Lists and maps that are open.
    depth: usize,
}

impl<'t> Draft<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        let (event, span) = self.parser.next_event()?.ok()?;
        Some((event, self.bytes(span)?))
    }

    fn bytes(&self, span: Span) -> Option<Range<usize>> {
        let start = *self.starts.get(span.start.index())?;
        let end = *self.starts.get(span.end.index())?;
        Some(start..end.max(start))
    }

    /// A node from its first event on, with its text where it is a scalar.
    fn node(&mut self, event: Event<'t>, range: Range<usize>) -> Option<(Node, String)> {
        Meter::descend(self.depth, Place::NOWHERE).ok()?;
        self.depth += 1;
        let mut name = String::new();
        let ((range, shape), anchor, tag) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = self.scalar(&text, style, range);
                name = text.into_owned();
                (scalar, anchor, tag)
            }
            Event::Alias(anchor) => ((range, Shape::Alias), anchor, None),
            Event::SequenceStart(anchor, tag) => (self.list(&range)?, anchor, tag),
            Event::MappingStart(anchor, tag) => (self.map(&range)?, anchor, tag),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return None,
        };
        self.depth -= 1;
        let marked = anchor > 0 || tag.is_some();
        Some((
            Node {
                range,
                marked,
                shape,
            },
            name,
        ))
    }

    fn scalar(&self, text: &str, style: ScalarStyle, range: Range<usize>) -> (Range<usize>, Shape) {
        match style {
            ScalarStyle::Plain if text.is_empty() => (range.start..range.start, Shape::Nothing),
            ScalarStyle::Plain if matches!(text, "~" | "null") => (range, Shape::Nothing),
            ScalarStyle::Plain => (range, Shape::Scalar),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let end = self.closing_quote(&range).unwrap_or(range.end);
                (range.start..end, Shape::Scalar)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The parser goes on to the first sign of what comes next.
                let inner = self.text.get(range.clone()).unwrap_or_default();
                let lines = inner.trim_end_matches(' ');
                let whole = if lines.ends_with('\n') { lines } else { inner };
                (range.start..range.start + whole.len(), Shape::TextBlock)
            }
        }
    }

    /// The byte after the quote that closes a text; the parser also counts the blanks behind it.
    fn closing_quote(&self, range: &Range<usize>) -> Option<usize> {
        let text = self.text.get(range.clone())?;
        let open = text.find(['"', '\''])?;
        let quote = text.get(open..)?.chars().next()?;
        let mut rest = text
            .char_indices()
            .skip_while(|(at, _)| *at <= open)
            .peekable();
        while let Some((at, letter)) = rest.next() {
            let twice = letter == quote && rest.peek().is_some_and(|(_, next)| *next == quote);
            if (quote == '"' && letter == '\\') || (quote == '\'' && twice) {
                rest.next();
            } else if letter == quote {
                return Some(range.start + at + 1);
            }
        }
        None
    }

    fn list(&mut self, start: &Range<usize>) -> Option<(Range<usize>, Shape)> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => break,
                (event, range) => items.push(self.node(event, range)?.0),
            }
        }
        let (range, flow) = self.around(start, items.last().map(|item| item.range.end))?;
        Some((range, Shape::List { flow, items }))
    }

    fn map(&mut self, start: &Range<usize>) -> Option<(Range<usize>, Shape)> {
        let mut entries = Vec::new();
        loop {
            let (event, range) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let (key, name) = self.node(event, range)?;
            let (event, range) = self.next()?;
            let value = self.node(event, range)?.0;
            entries.push(Entry {
                name,
                after_colon: self.after_colon(key.range.end),
                key,
                value,
            });
        }
        let (range, flow) = self.around(start, entries.last().map(Entry::end))?;
        Some((range, Shape::Map { flow, entries }))
    }

    /// All of a list or map that begins at a place; true if it is between brackets.
    fn around(&self, start: &Range<usize>, last: Option<usize>) -> Option<(Range<usize>, bool)> {
        let Some(open) = self.sign(start.start..start.end + 1, *b"{[") else {
            return Some((start.end..last.unwrap_or(start.end), false));
        };
        // The bracket that closes what ends here.
        let close = self.sign(last.unwrap_or(open + 1)..self.text.len(), *b"}]")?;
        Some((open..close + 1, true))
    }

    /// The first of two signs in some bytes, but for comments.
    fn sign(&self, range: Range<usize>, signs: [u8; 2]) -> Option<usize> {
        let mut commented = false;
        let start = range.start;
        let bytes = self.text.as_bytes();
        let mut bytes = bytes.get(start..range.end.min(bytes.len()))?.iter();
        let found = bytes.position(|byte| {
            commented = *byte == b'#' || (commented && *byte != b'\n');
            !commented && signs.contains(byte)
        });
        found.map(|at| start + at)
    }

    fn after_colon(&self, key: usize) -> Option<usize> {
        let rest = self.text.get(key..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(blank..)?
            .starts_with(':')
            .then_some(key + blank + 1)
    }
}
