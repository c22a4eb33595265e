//! A document: the blocks that a template wrote, for every format to print.
//!
//! Reports are written once, as Markdown templates. The text they give is read into blocks here,
//! and the templates of each format print the blocks: HTML, Word, a terminal. Markdown prints the
//! text itself. So a sentence stands in one place, and no format can differ in a figure.
//!
//! Beyond CommonMark and its tables, a template may write three marks. They are comments, which no
//! reader of Markdown shows:
//!
//! - `<!-- name: title -->` begins a part, and `<!-- /name -->` ends it. Formats lay parts out by
//!   their names; the title is optional.
//! - `<!-- chart: form id id -->` puts a chart of these items of the result here.
//! - `<a id="anchor"></a>` at the start of a heading, a paragraph, an item or a cell gives links a
//!   place to lead to.

mod parse;
mod widths;

pub(super) use parse::Mark;

use super::markdown::is_safe;
use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use textwrap::core::{Word, display_width};

/// A text in blocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
    /// Its headings, for contents and outlines.
    pub headings: Vec<Heading>,
    /// Its charts, in reading order.
    pub charts: Vec<Chart>,
    /// Number of its lists.
    pub lists: usize,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// Its place among the charts, from 1.
    pub number: usize,
    /// Its form, which formats draw by a template of that name.
    pub form: String,
    /// The ids of what it draws.
    pub of: Vec<String>,
}

/// A heading, as contents list it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// Level, 1 to 6.
    pub level: u8,
    /// The place it marks, unique in the document.
    pub id: String,
    /// Its words without emphasis or links.
    pub text: String,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading.
    Heading {
        /// Level, 1 to 6.
        level: u8,
        /// The place it marks, unique in the document.
        id: String,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// The place it marks, if links lead to it.
        id: Option<String>,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Its place among the lists, from 1.
        number: usize,
        /// Number of the first item; `None` where items have bullets.
        first: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// Heads of the columns.
        head: Vec<Cell>,
        /// Its rows.
        rows: Vec<Vec<Cell>>,
    },
    /// A chart.
    Chart(Chart),
    /// A line between two thoughts.
    Rule,
    /// Blocks that belong together, laid out by the part's name.
    Part {
        /// Name: lower-case letters, digits and hyphens.
        name: String,
        /// Title, where the template gives one.
        title: Option<String>,
        /// Its blocks.
        blocks: Vec<Block>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The place it marks, if links lead to it.
    pub id: Option<String>,
    /// Its words.
    pub runs: Vec<Run>,
    /// Blocks below the words, such as a list of its own.
    pub blocks: Vec<Block>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// The place it marks, if links lead to it.
    pub id: Option<String>,
    /// Its words.
    pub runs: Vec<Run>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Alignment of its words.
    pub align: Align,
    /// Its share of the width in thousandths: its longest word fits, and figures are narrow.
    pub width: usize,
    /// Letters of its longest word.
    pub word: usize,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Words: at the start of the line.
    Start,
    /// In the middle.
    Center,
    /// Figures: at the end of the line.
    End,
}

/// Words in one look.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a look of its own, and words may have several"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words, as data: every format escapes them.
    pub text: String,
    /// True where they are strong.
    pub strong: bool,
    /// True where they are emphasised.
    pub emphasis: bool,
    /// True for ids and other code.
    pub code: bool,
    /// True where a new line begins before them.
    pub breaks: bool,
    /// True where they run from right to left.
    pub rtl: bool,
    /// Destination, where they are a link: `#anchor`, or an address that is safe to follow.
    pub link: Option<String>,
}

/// A word of a cell that is wider, in letters, may be broken after so many.
const LONGEST_WORD: usize = 30;
const PART: usize = 20;
/// A letter that shows nothing, at which a line may end.
pub(super) const BREAKABLE: &str = "\u{200b}";

/// The words of a block, and the place it marks.
#[derive(Default)]
struct Words {
    id: Option<String>,
    runs: Vec<Run>,
    style: Run,
}

impl Words {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what has no look of its own is printed as its words"
    )]
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.push(&text),
            Event::Code(text) => {
                self.style.code = true;
                self.push(&text);
                self.style.code = false;
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.style.breaks = true,
            Event::InlineHtml(html) => self.html(&html),
            Event::Start(Tag::Strong) => self.style.strong = true,
            Event::End(TagEnd::Strong) => self.style.strong = false,
            Event::Start(Tag::Emphasis) => self.style.emphasis = true,
            Event::End(TagEnd::Emphasis) => self.style.emphasis = false,
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.style.link = is_safe(&dest_url).then(|| dest_url.into_string());
            }
            Event::End(TagEnd::Link) => self.style.link = None,
            _ => {}
        }
    }

    /// The words as those of a cell: a word that is too long for a column may be broken. Ids stay as they are, to be copied.
    fn into_cell(mut self) -> Cell {
        for run in self.runs.iter_mut().filter(|run| !run.code) {
            let words = run.text.split_inclusive([' ', '-']);
            if words.clone().any(|word| display_width(word) > LONGEST_WORD) {
                let parts = words.map(|word| {
                    let word = Word::from(word);
                    let parts = word.break_apart(PART);
                    let parts = parts.map(|part| [part.word, part.whitespace].concat());
                    parts.collect::<Vec<_>>().join(BREAKABLE)
                });
                run.text = parts.collect();
            }
        }
        Cell {
            id: self.id,
            runs: self.runs,
        }
    }

    /// A place for links to lead to, or a new line; other HTML is printed as text.
    fn html(&mut self, html: &str) {
        if let Some(id) = html.strip_prefix("<a id=\"") {
            self.id = id.strip_suffix("\">").map(str::to_owned);
        } else if html.starts_with("<br") {
            self.style.breaks = true;
        } else if html != "</a>" {
            self.push(html);
        }
    }

    /// Adds words; those that run from right to left stand apart, so that a day or a bracket beside
    /// them keeps its place.
    fn push(&mut self, text: &str) {
        let start = text.find(is_rtl).unwrap_or(text.len());
        let (before, rest) = text.split_at(start);
        let inner = rest.trim_end_matches(|one| !is_rtl(one));
        let after = rest.strip_prefix(inner).unwrap_or_default();
        for (part, rtl) in [(before, false), (inner, true), (after, false)] {
            if !part.is_empty() {
                self.push_part(part, rtl);
            }
        }
    }

    /// Adds words to the last run where they look the same.
    fn push_part(&mut self, text: &str, rtl: bool) {
        if let Some(last) = self.runs.last_mut()
            && !self.style.breaks
            && last.rtl == rtl
            && last.strong == self.style.strong
            && last.emphasis == self.style.emphasis
            && last.code == self.style.code
            && last.link == self.style.link
        {
            last.text.push_str(text);
            return;
        }
        self.runs.push(Run {
            text: text.to_owned(),
            rtl,
            ..self.style.clone()
        });
        self.style.breaks = false;
    }
}

/// True for a letter of a script that runs from right to left.
fn is_rtl(letter: char) -> bool {
    matches!(letter, '\u{200f}' | '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
