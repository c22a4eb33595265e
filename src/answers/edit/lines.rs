//! Lines and comments of a text by bytes, and cuts into it.

use crate::text::yaml::Node;
use std::ops::Range;

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

/// The last comment in a stretch of text that shows an answer to a question, as its end and its
/// column. Lines inside one of the `taken` stretches are left out.
pub(super) fn prepared(
    text: &str,
    range: Range<usize>,
    question: &str,
    taken: &[Range<usize>],
) -> Option<(usize, usize)> {
    let mut at = range.start;
    let mut last = None;
    for line in text.get(range)?.split_inclusive('\n') {
        let inner = line.trim_start_matches(' ');
        let free = !taken.iter().any(|one| one.contains(&at));
        if free && shows(inner, question) {
            last = Some((at + line.len(), line.len() - inner.len()));
        }
        at += line.len();
    }
    last
}

/// `#power: 2` shows an answer to `power`.
fn shows(line: &str, question: &str) -> bool {
    let rest = line.strip_prefix('#').map(str::trim_start);
    let rest = rest.and_then(|rest| rest.strip_prefix(question));
    rest.is_some_and(|rest| rest.starts_with(':'))
}
