//! YAML as answers are written: values on one line, lines and comments of a text by bytes, and cuts into
//! it.

use crate::text::diagnostic::Place;
use crate::text::is_unprintable;
use crate::text::yaml::{Located, Node, Scalar, Value};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

/// An entry of a map.
pub(super) type Pair = (Located<String>, Located<Value>);

/// An entry without a place in a text.
pub(super) fn pair(key: &str, value: Value) -> Pair {
    let key = Located::new(key.to_owned(), Place::NOWHERE);
    (key, Located::new(value, Place::NOWHERE))
}

/// A text without quotes.
pub(super) fn plain(text: &str) -> Value {
    let text = text.to_owned();
    Value::Scalar(Scalar { text, plain: true })
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> Value {
    let text = text.to_owned();
    Value::Scalar(Scalar { text, plain: false })
}

/// The entries of a map; none where it is something else.
pub(super) fn entries(value: &Value) -> &[Pair] {
    match value {
        Value::Map(entries) => entries.iter().as_slice(),
        Value::Null | Value::Scalar(_) | Value::List(_) => &[],
    }
}

/// The way a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As people write.
    Yaml,
    /// As programs write, all keys in quotes.
    Json,
}

impl Style {
    pub(super) fn of(text: &str, root: &Node) -> Self {
        let first = root.entries().first().map(|entry| entry.key.range.start);
        let quoted = first
            .and_then(|at| text.get(at..))
            .is_some_and(|key| key.starts_with('"'));
        if root.is_flow() && quoted {
            Self::Json
        } else {
            Self::Yaml
        }
    }

    /// A key with its value.
    pub(super) fn pair(self, key: &str, value: &str) -> String {
        format!("{}: {value}", self.key(key))
    }

    pub(super) fn key(self, key: &str) -> String {
        match self {
            Self::Yaml if is_simple(key) => key.to_owned(),
            Self::Yaml | Self::Json => quote(key),
        }
    }

    /// A value on one line.
    pub(super) fn value(self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Scalar(scalar) => self.scalar(scalar),
            Value::List(list) => {
                let items: Vec<_> = list.iter().map(|item| self.value(&item.value)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(_) => {
                let pair = |(key, value): &Pair| self.pair(&key.value, &self.value(&value.value));
                let pairs: Vec<_> = entries(value).iter().map(pair).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }

    fn scalar(self, scalar: &Scalar) -> String {
        let plain = scalar.plain
            && match self {
                Self::Yaml => is_plain(&scalar.text),
                Self::Json => is_json(&scalar.text),
            };
        if plain {
            scalar.text.clone()
        } else {
            quote(&scalar.text)
        }
    }
}

/// Returns true if a plain text means the same wherever it is written.
pub(crate) fn is_plain(text: &str) -> bool {
    is_simple(text) || text.strip_prefix('-').is_some_and(is_simple)
}

/// Returns true for letters, digits, and the marks between them.
fn is_simple(text: &str) -> bool {
    let inner =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '+');
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(inner)
        && text != "null"
}

fn is_json(text: &str) -> bool {
    let value = serde_json::from_str::<serde_json::Value>(text);
    value.is_ok_and(|value| value.is_number() || value.is_boolean())
}

/// Text in double quotes, as YAML and JSON both read it.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(letter) => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Returns true for letters that nobody sees, or that a parser takes for the end of a line.
fn is_hidden(letter: char) -> bool {
    is_unprintable(letter)
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Cuts into a text, none of which overlap.
pub(super) struct Cuts<'t> {
    text: &'t str,
    /// The line end of the text.
    pub(super) end: &'static str,
    made: Vec<(Range<usize>, String)>,
}

impl<'t> Cuts<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let made = Vec::new();
        Self { text, end, made }
    }

    /// Puts a text in the place of a stretch.
    pub(super) fn cut(&mut self, range: Range<usize>, text: String) {
        self.made.push((range, text));
    }

    /// Puts whole lines where a line begins, or at the end of the text.
    pub(super) fn lines(&mut self, at: usize, lines: &[String]) {
        let before = self.text.get(..at).unwrap_or_default();
        let fresh = before.is_empty() || before.ends_with('\n');
        let line = |line: &String| {
            if fresh {
                format!("{line}{}", self.end)
            } else {
                format!("{}{line}", self.end)
            }
        };
        let text: String = lines.iter().map(line).collect();
        if !text.is_empty() {
            self.made.push((at..at, text));
        }
    }

    /// The text with its cuts made.
    pub(super) fn apply(mut self) -> String {
        self.made.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::new();
        let mut from = 0;
        for (range, text) in &self.made {
            out.push_str(self.text.get(from..range.start).unwrap_or_default());
            out.push_str(text);
            from = range.end.max(from);
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }
}

/// The byte after the line that holds a byte, or the end of the text.
pub(super) fn after_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The byte after the line in which something ends.
pub(super) fn below(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default();
    if before.ends_with('\n') {
        end
    } else {
        after_line(text, end)
    }
}

/// The end of a text up to a byte, without trailing blanks.
pub(super) fn trimmed(text: &str, end: usize) -> usize {
    text.get(..end).unwrap_or_default().trim_end().len()
}

/// The byte a line begins at.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// The text before a byte on its line, where that is nothing but spaces.
pub(super) fn margin(text: &str, at: usize) -> Option<&str> {
    let before = text.get(line_start(text, at)..at)?;
    before.chars().all(|letter| letter == ' ').then_some(before)
}

/// The comments in a stretch of text, outside the texts of a value.
pub(super) fn comments<'t>(text: &'t str, range: &Range<usize>, value: &Node) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut from = range.start;
    let end = range.end..range.end;
    for inner in value.texts().into_iter().chain([end]) {
        let gap = text.get(from..inner.start).unwrap_or_default();
        found.extend(gap.lines().filter_map(comment));
        from = inner.end.max(from);
    }
    found
}

fn comment(line: &str) -> Option<&str> {
    let at = line.match_indices('#').map(|(at, _)| at).find(|at| {
        let before = line.get(..*at).unwrap_or_default();
        before.is_empty() || before.ends_with([' ', '\t'])
    })?;
    line.get(at..).map(str::trim_end)
}

/// The comments in a stretch of text that show an answer, by question, each with its end and its
/// column; the last one of a question counts. Lines inside one of the `taken` stretches, which stand
/// in their order, are left out.
pub(super) fn prepared<'t>(
    text: &'t str,
    range: Range<usize>,
    taken: &[Range<usize>],
) -> HashMap<&'t str, (usize, usize)> {
    let mut at = range.start;
    let mut last = HashMap::new();
    for line in text.get(range).unwrap_or_default().split_inclusive('\n') {
        let inner = line.trim_start_matches(' ');
        let before = taken.partition_point(|one| one.start <= at).checked_sub(1);
        let free = before
            .and_then(|nth| taken.get(nth))
            .is_none_or(|one| one.end <= at);
        if let Some(question) = shows(inner).filter(|_| free) {
            last.insert(question, (at + line.len(), line.len() - inner.len()));
        }
        at += line.len();
    }
    last
}

/// The question that a comment shows an answer to: `power` of `#power: 2`.
fn shows(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?.trim_start();
    rest.split_once(':').map(|(question, _)| question)
}
