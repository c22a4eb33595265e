//! CommonMark from packs as Markdown without headings, and as safe HTML for forms.
//!
//! Raw HTML becomes text, images their description, and a link keeps its destination only where
//! that is `http`, `https`, `mailto` or relative.

use super::filters::md;
use crate::text::printable_lines;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use std::fmt::Write as _;

/// CommonMark of a pack as safe HTML.
pub(super) fn html(text: &str) -> String {
    let mut out = String::new();
    let text = printable_lines(text);
    let events = Parser::new_ext(text.trim(), Options::empty()).map(tame);
    pulldown_cmark::html::push_html(&mut out, events);
    out.trim_end().to_owned()
}

/// CommonMark of a pack as Markdown that holds neither HTML nor headings.
pub(super) fn tamed(text: &str) -> String {
    let text = printable_lines(text);
    let mut writer = Writer::default();
    for event in Parser::new_ext(text.trim(), Options::empty()).map(tame) {
        writer.event(&event);
    }
    writer.out.trim().to_owned()
}

/// Takes the teeth out of an event.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what is not named here has no teeth"
)]
fn tame(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock | Tag::Heading { .. }) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock | TagEnd::Heading(_)) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let dest_url = if is_safe(&dest_url) {
                dest_url
            } else {
                CowStr::Borrowed("#")
            };
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            })
        }
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        other => other,
    }
}

/// True if a destination leads only to a page or a letter.
pub(super) fn is_safe(url: &str) -> bool {
    if url
        .chars()
        .any(|one| one.is_control() || one.is_whitespace())
    {
        return false;
    }
    let scheme = url
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'));
    scheme.is_none_or(|(scheme, _)| {
        ["http", "https", "mailto"]
            .iter()
            .any(|safe| scheme.eq_ignore_ascii_case(safe))
    })
}

/// Writes events back as Markdown, every text escaped.
#[derive(Default)]
struct Writer {
    out: String,
    /// The open lists, with the number of the next item where they are numbered.
    lists: Vec<Option<u64>>,
    links: Vec<String>,
}

impl Writer {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                let _ = write!(self.out, "`{}`", text.replace('`', "'"));
            }
            Event::SoftBreak => self.out.push(' '),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.block(),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    /// A text in the middle of a line keeps the spaces at its ends.
    fn text(&mut self, text: &str) {
        let inner = text.trim();
        if text.starts_with(char::is_whitespace) {
            self.out.push(' ');
        }
        self.out.push_str(&md(inner));
        if text.ends_with(char::is_whitespace) && !inner.is_empty() {
            self.out.push(' ');
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "blocks without a form of their own are told as plain text"
    )]
    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) if self.lists.is_empty() => {
                self.block();
            }
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => self.item(),
            Tag::Emphasis => self.out.push('*'),
            Tag::Strong => self.out.push_str("**"),
            Tag::Link { dest_url, .. } => {
                self.links.push(dest_url.replace(['<', '>', '\\'], ""));
                self.out.push('[');
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "blocks without a form of their own are told as plain text"
    )]
    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.lists.is_empty() => self.block(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.block();
                }
            }
            TagEnd::Emphasis => self.out.push('*'),
            TagEnd::Strong => self.out.push_str("**"),
            TagEnd::Link => {
                let _ = write!(self.out, "](<{}>)", self.links.pop().unwrap_or_default());
            }
            _ => {}
        }
    }

    fn block(&mut self) {
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        if kept > 0 {
            self.out.push_str("\n\n");
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len();
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        self.out.push_str(
            if depth == 1 && !self.out.is_empty() && !last_is_item(&self.out) {
                "\n\n"
            } else {
                "\n"
            },
        );
        self.out.push_str(&"   ".repeat(depth.saturating_sub(1)));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let _ = write!(self.out, "{number}. ");
                *number += 1;
            }
            _ => self.out.push_str("- "),
        }
    }
}

/// True if the last line written belongs to a list.
fn last_is_item(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default().trim_start();
    line.starts_with("- ")
        || line
            .split_once(". ")
            .is_some_and(|(number, _)| number.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_and_html_becomes_text() {
        assert_eq!(tamed(" Two words. And more "), "Two words. And more");
        assert_eq!(tamed(""), "");
        let text = "A *b* <script>x</script> [c](javascript:d) ![e](f) [g](https://h.i)\n\n- one\n- two\n\n# Head";
        let expected = "A *b* &lt;script&gt;x&lt;/script&gt; [c](<#>) *e* [g](<https://h.i>)\n\n- one\n- two\n\nHead";
        assert_eq!(tamed(text), expected);
        let expected = "<p>A <em>b</em> &lt;script&gt;x&lt;/script&gt; <a href=\"#\">c</a> <em>e</em> \
            <a href=\"https://h.i\">g</a></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>Head</p>";
        assert_eq!(html(text), expected);
    }

    #[test]
    fn only_pages_and_letters_are_led_to() {
        for safe in [
            "https://a.b",
            "HTTP://a",
            "mailto:a@b",
            "a/b:c",
            "#x",
            "?q=a:b",
            "",
        ] {
            assert!(is_safe(safe), "{safe}");
        }
        for bad in [
            "javascript:x",
            "JavaScript:x",
            "data:text/html,x",
            "java\nscript:x",
            " javascript:x",
            "vbscript:x",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
