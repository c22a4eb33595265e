//! Markdown by another's parser.

use super::{Block, Page, squeezed};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

pub(super) fn page(text: &str) -> Page {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.read(event);
    }
    reader.flush();
    Page {
        blocks: reader.blocks,
        links: reader.links,
        places: reader.places,
    }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    links: Vec<String>,
    places: Vec<String>,
    text: String,
    row: Vec<String>,
    /// How deep in lists.
    items: usize,
}

impl Reader {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what a report does not write needs no reading"
    )]
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Item) => {
                self.flush();
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.flush();
                self.items -= 1;
            }
            Event::End(TagEnd::Heading(level)) => {
                let text = squeezed(&std::mem::take(&mut self.text));
                self.blocks.push(Block::Heading(level as usize, text));
            }
            Event::End(TagEnd::TableCell) => {
                self.row.push(squeezed(&std::mem::take(&mut self.text)));
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.blocks.push(Block::Row(std::mem::take(&mut self.row)));
            }
            Event::Start(Tag::List(_) | Tag::Heading { .. }) | Event::End(TagEnd::Paragraph) => {
                self.flush();
            }
            Event::Start(Tag::Link { dest_url, .. }) => self.links.push(dest_url.into_string()),
            Event::InlineHtml(html) if html.starts_with("<a id=\"") => {
                let place = html.split('"').nth(1).unwrap_or_default();
                self.places.push(place.to_owned());
            }
            Event::InlineHtml(html) if *html == *"</a>" => {}
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = squeezed(&std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.blocks.push(match self.items {
                0 => Block::Text(text),
                _ => Block::Item(text),
            });
        }
    }
}
