//! Reasons why a text cannot be read: limits, so that no file can ask for too much, and errors of the
//! parser, in plain words.

use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId, byte_place};
use crate::{message, problem};
use saphyr_parser::ScanError;

/// The limits of one file, far above what a person writes.
#[derive(Debug)]
pub struct Budget;

impl Budget {
    /// Bytes of the file.
    pub const FILE: usize = 8 << 20;
    /// Lists and maps inside one another, aliases followed.
    pub const DEPTH: usize = 64;
    /// The signs `, ? & ! * [ {`, in text too, where there may be as many [values](Budget::values). The
    /// parser holds back a whole flow list until it knows that it is no key, and so takes hundreds of
    /// bytes for each sign.
    pub const SIGNS: usize = 300_000;
    /// Values and keys of all files that are read as one, aliases followed.
    pub const NODES: usize = 1_000_000;
    /// Uses of an alias.
    pub const ALIASES: usize = 1_000;
    /// Bytes of text in all values and keys, aliases followed.
    pub const TEXT: usize = 16 << 20;
    /// Problems shown of one file.
    pub const PROBLEMS: usize = 200;
    /// Values looked at while gathering the problems of a bad file, all passes together.
    pub const WORK: usize = 4_000_000;

    /// Values and keys of one file of so many bytes, aliases followed. Each takes some hundred bytes of
    /// memory; compact JSON has twelve bytes to a value.
    #[must_use]
    pub const fn values(bytes: usize) -> usize {
        20_000 + bytes / 5
    }
}

/// Size of a value within its document, aliases followed.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Weight {
    pub(super) nodes: usize,
    pub(super) text: usize,
    /// Levels of lists and maps from it down.
    pub(super) height: usize,
}

impl Weight {
    pub(super) fn grow(&mut self, more: Self) {
        self.nodes = self.nodes.saturating_add(more.nodes);
        self.text = self.text.saturating_add(more.text);
        self.height = self.height.max(more.height + 1);
    }
}

/// The part of the budget that a document has used so far.
pub(super) struct Meter {
    pub(super) spent: Weight,
    aliases: usize,
    /// Values it may hold.
    most: usize,
}

impl Meter {
    /// The budget of a text, none of it used.
    pub(super) fn new(text: &str) -> Self {
        Self {
            spent: Weight::default(),
            aliases: 0,
            most: Budget::values(text.len()),
        }
    }

    /// Keeps a problem, unless there are more than will be shown.
    pub(super) fn keep(problems: &mut Vec<Diagnostic>, problem: Diagnostic) {
        if problems.len() <= Budget::PROBLEMS {
            problems.push(problem);
        }
    }

    /// Refuses a level below the deepest one allowed.
    pub(super) fn descend(depth: usize, at: Place) -> Result<(), Diagnostic> {
        if depth <= Budget::DEPTH {
            return Ok(());
        }
        Err(too_deep(at))
    }

    /// Counts a value.
    pub(super) fn add(&mut self, more: Weight, at: Place) -> Result<(), Diagnostic> {
        if self.fits(more) {
            return Ok(());
        }
        Err(problem!(TooManyNodes, "too-many-values", nodes = self.most).at(at))
    }

    /// Counts a value again.
    pub(super) fn repeat(&mut self, more: Weight, at: Place) -> Result<(), Diagnostic> {
        self.aliases += 1;
        let aliases = Budget::ALIASES;
        let problem = if self.aliases > aliases {
            problem!(TooManyAliases, "aliases-are-used-more-than-times", aliases)
        } else if self.fits(more) {
            return Ok(());
        } else {
            problem!(TooManyAliases, "with-its-aliases-written-out")
        };
        let help = message!("write-the-repeated-part-out-or-split");
        Err(problem.at(at).help(help))
    }

    fn fits(&mut self, more: Weight) -> bool {
        self.spent.grow(more);
        self.spent.nodes <= self.most && self.spent.text <= Budget::TEXT
    }
}

pub(super) fn too_deep(at: Place) -> Diagnostic {
    let depth = Budget::DEPTH;
    problem!(TooDeep, "lists-and-maps-are-nested-more-than", depth).at(at)
}

/// Refuses, before it is parsed, a text too long or with too many signs.
pub(super) fn admit(text: &str, source: SourceId) -> Result<(), Diagnostic> {
    let (file, most) = (Budget::FILE, Budget::values(text.len()));
    let signs = most.min(Budget::SIGNS);
    let count = |of: &[u8]| text.bytes().filter(|it| of.contains(it)).count();
    let problem = if text.len() > file {
        problem!(FileTooLarge, "the-file-is-longer-than-bytes", file)
    } else if count(b",?&!*[{") > signs {
        problem!(TooManyNodes, "the-file-holds-more-than-commas", signs)
    } else if count(b":") > most {
        problem!(TooManyNodes, "too-many-values", nodes = most)
    } else {
        return directives(text, source);
    };
    let problem = problem.at(Place::beginning(source));
    Err(problem.help(message!("split-the-file-into-several")))
}

/// Refuses directives, lines with `%` before a document, with letters of more than a byte: the parser
/// counts their bytes, and all places after them would be wrong.
fn directives(text: &str, source: SourceId) -> Result<(), Diagnostic> {
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let bytes = start..start + line.trim_end().len();
        start += line.len();
        let begins = line.trim_start();
        if line.starts_with('%') && !line.is_ascii() {
            let place = byte_place(text, bytes, source);
            return Err(problem!(YamlSyntax, "a-directive-is-not-ascii").at(place));
        } else if !(line.starts_with('%') || begins.is_empty() || begins.starts_with('#')) {
            break;
        }
    }
    Ok(())
}

/// Makes the table of what messages of the parser mean, in our words; the first match counts.
macro_rules! known {
    ($($part:expr => $problem:expr;)*) => {
        /// The problem that a message of the parser means.
        fn known(theirs: &str) -> Option<Diagnostic> {
            $(if theirs.contains($part) { return Some($problem); })*
            None
        }
    };
}

known! {
    "unknown anchor" => problem!(YamlSyntax, "this-alias-has-no-anchor");
    "mapping values are not allowed" => problem!(YamlSyntax, "a-stands-where-no-key");
    NO_COLON => problem!(YamlSyntax, "a-is-missing-in-this");
    "illegal placement of ':'" => problem!(YamlSyntax, "a-or-is-missing-before");
    "while scanning an anchor or alias" => problem!(YamlSyntax, "a-name-is-missing-here");
    "while scanning a block scalar" => problem!(YamlSyntax, "nothing-may-follow-the-sign");
    "did not find expected key" => problem!(YamlSyntax, "a-key-was-expected-here");
    "did not find expected '-'" => problem!(YamlSyntax, "a-list-item-was-expected");
    "block sequence entries are not allowed" => problem!(YamlSyntax, "no-list-here");
    "expected ',' or ']'" => problem!(YamlSyntax, "a-or-is-missing-in");
    "expected ',' or '}'" => problem!(YamlSyntax, "comma-or-brace-missing");
    "unexpected end of stream" => problem!(YamlSyntax, "a-quote-that-was-opened");
    "trailing content after double-quoted" => problem!(YamlSyntax, "something-follows-a-quote");
    "invalid indentation" => problem!(YamlSyntax, "this-line-is-not-indented");
    "wrongly indented line in block scalar" => problem!(YamlSyntax, "this-line-of-a-block");
    "unexpected character" => problem!(YamlSyntax, "a-value-cannot-begin-with");
    "unknown escape character" => problem!(YamlSyntax, "this-escape-does-not-exist");
    "misplaced bracket" => problem!(YamlSyntax, "this-bracket-closes-nothing");
    "the handle wasn't declared" => problem!(YamlSyntax, "this-tag-is-not-supported");
    "unprintable character" => problem!(YamlSyntax, "a-character-stands-here-that");
    "expected <document start>" => problem!(YamlSyntax, "the-document-has-ended-before");
    "while parsing a tag" => problem!(YamlSyntax, "this-tag-cannot-be-read");
    "did not find expected node content" => problem!(YamlSyntax, "a-value-missing");
}

/// The message of the parser once it has passed the line that should have had a colon.
const NO_COLON: &str = "simple key expect";

pub(super) fn explain(error: &ScanError, text: &str, source: SourceId) -> Diagnostic {
    // The parser may count letters beyond the end, as in a directive that is not ASCII.
    let start = error.marker().index().min(text.chars().count());
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    let at = |start| Place {
        source,
        start,
        end: start + 1,
    };
    if error.info().contains("recursion limit") {
        return too_deep(at(start));
    }
    if let Some(tab) = tab(error, text) {
        return problem!(TabIndentation, "tabs-cannot-indent-yaml").at(at(tab));
    }
    let unknown = || Diagnostic::error(Code::YamlSyntax, error.info().trim_end_matches('.'));
    known(error.info())
        .unwrap_or_else(unknown)
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
    byte_place(text, before.len() - line.len()..before.len(), source)
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
