//! The words of a block, run by run.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "what has no look of its own is printed as its words"
)]

use super::{Cell, Run};
use crate::report::markdown::is_safe;
use pulldown_cmark::{Event, Tag, TagEnd};
use textwrap::core::{Word, display_width};

/// A word of a cell that is wider, in letters, may be broken after so many.
const LONGEST_WORD: usize = 30;
const PART: usize = 20;
/// A letter that shows nothing, at which a line may end.
pub(crate) const BREAKABLE: &str = "\u{200b}";

/// The words of a block, and the place it marks.
#[derive(Default)]
pub(super) struct Words {
    pub(super) id: Option<String>,
    pub(super) runs: Vec<Run>,
    pub(super) style: Run,
}

impl Words {
    pub(super) fn take(&mut self, event: Event<'_>) {
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
    pub(super) fn into_cell(mut self) -> Cell {
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
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
