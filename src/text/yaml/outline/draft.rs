//! From the parser's events to an outline, and from where the parser sees things end to where they do.

use super::{Entry, Node, Shape};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::ops::Range;

/// The value of a document; `None` where the text cannot be read.
pub(super) fn root(text: &str) -> Option<Node> {
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    starts.push(text.len());
    let parser = Parser::new_from_str(text);
    let mut draft = Draft {
        text,
        starts,
        parser,
    };
    loop {
        match draft.next()? {
            (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
            (event, span) => return Some(draft.node(event, span)?.0),
        }
    }
}

/// An outline being made.
struct Draft<'t> {
    text: &'t str,
    /// The byte each character begins at, and the end.
    starts: Vec<usize>,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
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

    /// A node from its first event on, and what its text says where it is one.
    fn node(&mut self, event: Event<'t>, range: Range<usize>) -> Option<(Node, String)> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let marked = anchor > 0 || tag.is_some();
                let (range, shape) = self.scalar(&text, style, range);
                let node = Node {
                    range,
                    marked,
                    shape,
                };
                Some((node, text.into_owned()))
            }
            Event::Alias(_) => {
                let node = Node {
                    range,
                    marked: true,
                    shape: Shape::Alias,
                };
                Some((node, String::new()))
            }
            Event::SequenceStart(anchor, tag) => {
                let node = self.list(range, anchor > 0 || tag.is_some())?;
                Some((node, String::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let node = self.map(range, anchor > 0 || tag.is_some())?;
                Some((node, String::new()))
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => None,
        }
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

    fn list(&mut self, start: Range<usize>, marked: bool) -> Option<Node> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => break,
                (event, range) => items.push(self.node(event, range)?.0),
            }
        }
        let last = items.last().map(|item: &Node| item.range.end);
        let (range, flow) = self.around(&start, last)?;
        Some(Node {
            range,
            marked,
            shape: Shape::List { flow, items },
        })
    }

    fn map(&mut self, start: Range<usize>, marked: bool) -> Option<Node> {
        let mut entries = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, _) => break,
                (event, range) => {
                    let (key, name) = self.node(event, range)?;
                    let (event, range) = self.next()?;
                    let value = self.node(event, range)?.0;
                    let after_colon = self.after_colon(key.range.end);
                    entries.push(Entry {
                        name,
                        key,
                        after_colon,
                        value,
                    });
                }
            }
        }
        let last = entries.last().map(Entry::end);
        let (range, flow) = self.around(&start, last)?;
        Some(Node {
            range,
            marked,
            shape: Shape::Map { flow, entries },
        })
    }

    /// All of a list or map that begins at a place, and whether it stands between brackets.
    fn around(&self, start: &Range<usize>, last: Option<usize>) -> Option<(Range<usize>, bool)> {
        let marks = start.end - start.start;
        let open = code(self.text.get(start.start..)?)
            .take_while(|(at, _)| *at <= marks)
            .filter_map(|(at, line)| Some(at + line.find(['{', '['])?))
            .find(|open| *open <= marks);
        let Some(open) = open.map(|open| start.start + open) else {
            return Some((start.end..last.unwrap_or(start.end), false));
        };
        let close = self.close(last.unwrap_or(open + 1))?;
        Some((open..close, true))
    }

    /// The byte after the bracket that closes what ends here.
    fn close(&self, from: usize) -> Option<usize> {
        let bracket = |(at, line): (usize, &str)| Some(from + at + line.find(['}', ']'])? + 1);
        code(self.text.get(from..)?).find_map(bracket)
    }

    fn after_colon(&self, key: usize) -> Option<usize> {
        let rest = self.text.get(key..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(blank..)?
            .starts_with(':')
            .then_some(key + blank + 1)
    }
}

/// The lines of a text up to their comments, each with the byte it begins at.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = next;
        next += line.len();
        (at, line.split('#').next().unwrap_or_default())
    })
}
