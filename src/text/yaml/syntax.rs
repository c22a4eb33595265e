//! The parser's errors in plain words.

use crate::message;
use saphyr_parser::ScanError;

use super::budget::too_deep;
use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId};

/// Messages of the parser, each with our own and what to do about it; the first match counts.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "unknown anchor",
        "this alias has no anchor before it",
        "write `&name` before the value it should repeat, above this line",
    ),
    (
        "mapping values are not allowed",
        "a `:` stands where no key can be",
        "put quotes around text that holds `: `, and give each key a line of its own",
    ),
    (
        NO_COLON,
        "a `:` is missing in this line",
        "write `key: value`, or `- item` with a space after the dash",
    ),
    (
        "illegal placement of ':'",
        "a `,` or `]` is missing before this",
        "put `,` between items and `]` at the end",
    ),
    (
        "while scanning an anchor or alias",
        "a name is missing here",
        "put quotes around text that begins with `&` or `*`",
    ),
    (
        "while scanning a block scalar",
        "nothing may follow the sign that begins a text block",
        "begin the text on the next line, or put quotes around text that begins with `|` or `>`",
    ),
    (
        "did not find expected key",
        "a key was expected here",
        "line the keys of one map up in the same column; put quotes around text that begins with a sign",
    ),
    (
        "did not find expected '-'",
        "a list item was expected here",
        "begin each item with `- `, in the same column",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin the list on a line of its own below the key",
    ),
    (
        "expected ',' or ']'",
        "a `,` or `]` is missing in this list",
        "put `,` between items and `]` at the end",
    ),
    (
        "expected ',' or '}'",
        "a `,` or `}` is missing in this map",
        "put `,` between entries and `}` at the end",
    ),
    (
        "unexpected end of stream",
        "a quote that was opened is never closed",
        "close it with the same kind of quote",
    ),
    (
        "trailing content after double-quoted",
        "something follows the closing quote",
        "write quotes inside quoted text as `\\\"`, or use single quotes outside",
    ),
    (
        "invalid indentation",
        "this line is not indented far enough",
        "indent it further than the line its value begins in",
    ),
    (
        "wrongly indented line in block scalar",
        "this line is not indented as the text block it belongs to",
        "give all lines of the block the same indentation",
    ),
    (
        "unexpected character",
        "a value cannot begin with this character",
        "put quotes around the text",
    ),
    (
        "unknown escape character",
        "this `\\` escape does not exist",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "misplaced bracket",
        "this bracket closes nothing",
        "remove it, or put quotes around the text",
    ),
    (
        "the handle wasn't declared",
        "this tag is not supported",
        "remove the tag",
    ),
    (
        "unprintable character",
        "a character stands here that cannot be printed",
        "remove it, or write it as an escape in double quotes",
    ),
    (
        "expected <document start>",
        "the document has ended before this",
        "indent it as the lines it belongs to, and put quotes around text that begins with a sign",
    ),
    (
        "while parsing a tag",
        "this tag cannot be read",
        "put quotes around text that begins with `!`",
    ),
    (
        "did not find expected node content",
        "a value was expected here",
        "put quotes around text that begins with a sign",
    ),
];

/// The message of the parser once it has passed the line that should have had a colon.
const NO_COLON: &str = "simple key expect";

pub(super) fn explain(error: &ScanError, text: &str, source: SourceId, depth: usize) -> Diagnostic {
    let start = u32::try_from(error.marker().index()).unwrap_or(u32::MAX);
    let at = |start| Place {
        source,
        start,
        end: start + 1,
    };
    if error.info().contains("recursion limit") {
        return too_deep(at(start), depth);
    }
    if let Some(tab) = tab(error, text) {
        let message = message!("tabs-cannot-indent-yaml");
        return Diagnostic::error(Code::TabIndentation, message)
            .at(at(tab))
            .help(message!("indent-with-spaces"));
    }
    let known = WORDS
        .iter()
        .find(|(theirs, ..)| error.info().contains(theirs));
    match known {
        Some((_, message, help)) => Diagnostic::error(Code::YamlSyntax, *message).help(*help),
        None => Diagnostic::error(Code::YamlSyntax, error.info().trim_end_matches('.')),
    }
    .at(if error.info().contains(NO_COLON) {
        line_before(error, text, source)
    } else {
        at(start)
    })
}

/// The last line with text before the place of an error.
fn line_before(error: &ScanError, text: &str, source: SourceId) -> Place {
    let end = text.char_indices().nth(error.marker().index());
    let before = text.get(..end.map_or(text.len(), |(at, _)| at));
    let before = before.unwrap_or_default().trim_end();
    let line = before.lines().next_back().unwrap_or_default().trim_start();
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let end = count(before);
    Place {
        source,
        start: end - count(line),
        end,
    }
}

/// The tab in the margin that is to blame, if one is: in the line of the error, or in the next
/// one where the parser speaks of a tab it saw ahead.
fn tab(error: &ScanError, text: &str) -> Option<u32> {
    let marker = error.marker();
    let speaks = error.info().contains("tab");
    let mut start = marker.index().saturating_sub(marker.col());
    let lines = text
        .split_inclusive('\n')
        .skip(marker.line().checked_sub(1)?);
    for line in lines.take(if speaks { 2 } else { 1 }) {
        let margin = line.len() - line.trim_start_matches([' ', '\t', '-', '?', ':']).len();
        if let Some(tab) = line.get(..margin).and_then(|it| it.find('\t')) {
            return u32::try_from(start + tab).ok();
        }
        start += line.chars().count();
    }
    speaks.then(|| u32::try_from(marker.index()).ok())?
}
