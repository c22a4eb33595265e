//! Lines and comments of a text, by bytes.

use crate::text::yaml::Node;
use std::ops::Range;

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

/// Where a text up to a byte ends, blanks left aside.
pub(super) fn trimmed(text: &str, end: usize) -> usize {
    text.get(..end).unwrap_or_default().trim_end().len()
}

/// The byte a line begins at.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |end| end + 1)
}

/// What stands before a byte on its line, where that is nothing but spaces.
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

/// The last comment in a stretch of text that shows an answer to a question: where it ends, and how
/// far in it stands. What lies inside one of the `taken` stretches is not looked at.
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
