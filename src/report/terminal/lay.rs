//! Lines of at most 80 columns. What clients typed cannot steer the terminal.

use std::borrow::Cow;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Columns of a line.
pub(super) const WIDTH: usize = 80;
/// Columns of a row's name and figure, before its chart.
const NAME: usize = 33;

/// Tone of a text; colour repeats what the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Good,
    Bad,
}

impl Tone {
    fn codes(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain => ("", ""),
            Self::Strong => ("\u{1b}[1m", "\u{1b}[0m"),
            Self::Good => ("\u{1b}[32m", "\u{1b}[0m"),
            Self::Bad => ("\u{1b}[31m", "\u{1b}[0m"),
        }
    }
}

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

    pub(super) fn line(&mut self, tone: Tone, text: &str) {
        for row in wrap(text, WIDTH) {
            self.toned(tone, &row);
            self.text.push('\n');
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

    /// Two halves, each wrapped, the second one from column `middle` on.
    pub(super) fn pair(&mut self, middle: usize, tone: Tone, left: &str, right: &str) {
        let (left, right) = (wrap(left, middle - 4), wrap(right, WIDTH - middle));
        for place in 0..left.len().max(right.len()) {
            let text = |rows: &[String]| rows.get(place).cloned().unwrap_or_default();
            let name = text(&left);
            let blank = " ".repeat((middle - 2).saturating_sub(name.chars().count()));
            self.text.push_str("  ");
            self.toned(tone, &name);
            self.push(&format!("{blank}{}", text(&right)));
        }
    }

    /// A name, a figure and a chart in fixed columns; a long name is wrapped before its figure.
    pub(super) fn row(&mut self, name: &str, figure: &str, chart: &str) {
        let rows = wrap(name, NAME);
        let Some((last, before)) = rows.split_last() else {
            return;
        };
        for row in before {
            self.push(row);
        }
        self.push(&format!("{last:NAME$} {figure:>3}  {chart}"));
    }

    fn push(&mut self, row: &str) {
        self.text.push_str(row.trim_end());
        self.text.push('\n');
    }

    fn toned(&mut self, tone: Tone, text: &str) {
        let (on, off) = if self.paint { tone.codes() } else { ("", "") };
        for part in [on, text, off] {
            self.text.push_str(part);
        }
    }
}

/// A text in rows of at most so many columns, broken between words; control characters are spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let clean = text.replace(char::is_control, " ");
    let words: Vec<&str> = clean.split_whitespace().collect();
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
