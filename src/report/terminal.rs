//! Text for a terminal of 80 columns: the blocks of any document, the reasons of a figure, and the
//! questions of an interview. Everything is said in words and figures; colour only repeats it.

mod blocks;
mod question;

pub use blocks::blocks;
pub use question::{commands, given, grades, question, section};

use crate::message;
use crate::study::explain::Explanation;
use crate::text::is_unprintable;
use std::borrow::Cow;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Columns of a line.
const WIDTH: usize = 80;
/// Begins and ends strong words.
const BOLD: (&str, &str) = ("\u{1b}[1m", "\u{1b}[0m");

/// A text that grows by lines.
#[derive(Debug)]
struct Page {
    text: String,
    paint: bool,
}

impl Page {
    fn new(paint: bool) -> Self {
        Self {
            text: String::new(),
            paint,
        }
    }

    fn text(self) -> String {
        self.text
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line in strong words.
    fn strong(&mut self, text: &str) {
        let (on, off) = if self.paint { BOLD } else { ("", "") };
        for row in wrap(text, WIDTH) {
            self.push(&format!("{on}{row}{off}"));
        }
    }

    /// A paragraph that begins this far in, with its further lines two columns further.
    fn hanging(&mut self, indent: usize, text: &str) {
        for (place, row) in wrap(text, WIDTH - indent - 2).into_iter().enumerate() {
            let indent = if place == 0 { indent } else { indent + 2 };
            self.push(&format!("{:indent$}{row}", ""));
        }
    }

    /// A paragraph that begins this far in.
    fn wrapped(&mut self, indent: usize, text: &str) {
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
fn options<'a>(width: usize) -> Options<'a> {
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

/// An explanation with its reasons, one below the other; `paint` adds colour.
#[must_use]
pub fn explanation(explanation: &Explanation, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.strong(&format!("{} ({})", explanation.title, explanation.id));
    page.wrapped(0, &explanation.says);
    if !explanation.reasons.is_empty() {
        page.gap();
        page.strong("Because");
    }
    for reason in &explanation.reasons {
        page.hanging(2, reason);
    }
    if !explanation.changes.is_empty() {
        page.gap();
        page.strong(message!("what-would-change-it"));
    }
    for change in &explanation.changes {
        page.hanging(
            2,
            &format!("{} ({}): {}", change.label, change.id, change.answer),
        );
        page.hanging(4, &format!("then: {}", change.then));
    }
    if !explanation.see.is_empty() {
        page.gap();
        page.hanging(0, &message!("see-also", see = explanation.see.join(", ")));
    }
    page.text()
}
