//! Lines of at most 80 columns. What clients typed cannot steer the terminal.

use crate::text::is_unprintable;
use std::borrow::Cow;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Columns of a line.
pub(super) const WIDTH: usize = 80;
/// Begins and ends strong words.
pub(super) const BOLD: (&str, &str) = ("\u{1b}[1m", "\u{1b}[0m");

/// A text that grows by lines.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    paint: bool,
}

impl Page {
    pub(super) fn new(paint: bool) -> Self {
        Self {
            text: String::new(),
            paint,
        }
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line in strong words.
    pub(super) fn strong(&mut self, text: &str) {
        let (on, off) = if self.paint { BOLD } else { ("", "") };
        for row in wrap(text, WIDTH) {
            self.push(&format!("{on}{row}{off}"));
        }
    }

    /// A paragraph that begins this far in, with its further lines two columns further.
    pub(super) fn hanging(&mut self, indent: usize, text: &str) {
        for (place, row) in wrap(text, WIDTH - indent - 2).into_iter().enumerate() {
            let indent = if place == 0 { indent } else { indent + 2 };
            self.push(&format!("{:indent$}{row}", ""));
        }
    }

    /// A paragraph that begins this far in.
    pub(super) fn wrapped(&mut self, indent: usize, text: &str) {
        for row in wrap(text, WIDTH - indent) {
            self.push(&format!("{:indent$}{row}", ""));
        }
    }

    fn push(&mut self, row: &str) {
        self.text.push_str(row.trim_end());
        self.text.push('\n');
    }
}

/// A text in rows of at most so many columns, broken between words; control characters are spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let clean = text.replace(is_unprintable, " ");
    let words: Vec<&str> = clean.split_ascii_whitespace().collect();
    let spaced = words.join(" ");
    let rows = textwrap::wrap(&spaced, options(width));
    rows.into_iter().map(Cow::into_owned).collect()
}

/// Rows of so many columns; a word that is longer stays whole.
pub(super) fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
}

/// Laid-out text on a terminal of fewer columns: lines that are too long are broken between words,
/// and go on as far in as they began. Shorter lines stay as they are.
///
/// ```
/// use centricity::report::terminal::narrowed;
/// assert_eq!(narrowed("  1: A few of them\n", 12), "  1: A few\n  of them\n");
/// ```
#[must_use]
pub fn narrowed(text: &str, columns: usize) -> String {
    let lines = text.split('\n').map(|line| {
        let inner = line.trim_start_matches(' ');
        let margin = line.strip_suffix(inner).unwrap_or_default();
        let indented = options(columns)
            .initial_indent(margin)
            .subsequent_indent(margin);
        textwrap::fill(inner, indented)
    });
    lines.collect::<Vec<_>>().join("\n")
}
