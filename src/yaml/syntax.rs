//! The parser's complaints in plain words.

use saphyr_parser::ScanError;

use crate::diagnostic::{Code, Diagnostic, Place, SourceId};

/// What the parser says, what we say, and what to do about it; the first match counts.
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
        "simple key expect",
        "a `:` is missing after this key",
        "write `key: value`",
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
        "did not find expected node content",
        "a value was expected here",
        "put quotes around text that begins with a sign",
    ),
];

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
        let message = "tabs cannot indent YAML";
        return Diagnostic::error(Code::TabIndentation, message)
            .at(at(tab))
            .help("indent with spaces");
    }
    let known = WORDS
        .iter()
        .find(|(theirs, ..)| error.info().contains(theirs));
    match known {
        Some((_, message, help)) => Diagnostic::error(Code::YamlSyntax, *message).help(*help),
        None => Diagnostic::error(Code::YamlSyntax, error.info().trim_end_matches('.')),
    }
    .at(at(start))
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

pub(super) fn too_deep(at: Place, depth: usize) -> Diagnostic {
    let message = format!("lists and maps are nested more than {depth} levels deep");
    Diagnostic::error(Code::TooDeep, message)
        .at(at)
        .help("flatten the file; nothing in it needs to be that deep")
}
