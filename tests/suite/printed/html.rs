//! HTML as we write it: every element that matters is closed, attributes are quoted.

use super::{Block, Page, squeezed};

/// Elements that begin a line of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "ul",
    "ol",
    "li",
    "dl",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "details",
    "summary",
    "nav",
    "main",
    "body",
];
/// Elements without words of the text, up to their end: contents and charts are read apart.
const SILENT: [&str; 6] = ["style", "script", "svg", "title", "nav", "figure"];
const VOID: [&str; 6] = ["meta", "br", "img", "input", "link", "hr"];

pub(super) fn page(text: &str) -> Page {
    let mut reader = Reader::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        reader.words(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag that ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            reader.close(name.trim());
            continue;
        }
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        let hidden = tag.contains("aria-hidden=\"true\"") && !tag.ends_with('/');
        if (SILENT.contains(&name) || hidden) && !VOID.contains(&name) {
            rest = after(rest, name);
            continue;
        }
        reader.open(name, tag);
    }
    reader.flush();
    reader.page
}

/// The text after the end of an element that has begun.
fn after<'t>(text: &'t str, name: &str) -> &'t str {
    let (opened, closed) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut rest) = (1_usize, text);
    while depth > 0 {
        let end = rest.find(&closed).expect("an element that ends");
        let inner = rest[..end].match_indices(&opened).filter(|(at, _)| {
            let next = rest[at + opened.len()..].chars().next();
            let alone = next.is_some_and(|one| one == ' ' || one == '>');
            let tag = rest[*at..].split('>').next().unwrap_or_default();
            alone && !tag.ends_with('/')
        });
        depth = depth + inner.count() - 1;
        rest = &rest[end + closed.len()..];
    }
    rest
}

/// The rows of each chart.
pub(super) fn charts(text: &str) -> Vec<Page> {
    let charts = text.split("<figure").skip(1);
    let inner = charts.filter_map(|one| one.split_once('>')?.1.split("</figure>").next());
    inner.map(page).collect()
}

struct Reader {
    page: Page,
    text: String,
    row: Option<Vec<String>>,
    items: usize,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            page: Page {
                blocks: Vec::new(),
                links: Vec::new(),
                places: Vec::new(),
            },
            text: String::new(),
            row: None,
            items: 0,
        }
    }
}

impl Reader {
    fn words(&mut self, text: &str) {
        self.text.push_str(&plain(text));
    }

    fn open(&mut self, name: &str, tag: &str) {
        self.page.places.extend(attribute(tag, "id"));
        match name {
            "tr" => self.row = Some(Vec::new()),
            "td" | "th" => self.text.clear(),
            "li" => {
                self.flush();
                self.items += 1;
            }
            "a" => self.page.links.extend(attribute(tag, "href")),
            "br" | "dd" => self.text.push(' '),
            _ if self.row.is_some() && BLOCKS.contains(&name) => self.text.push(' '),
            _ if self.row.is_some() => {}
            _ if heading(name).is_some() || BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(depth) = heading(name) {
            let text = squeezed(&std::mem::take(&mut self.text));
            self.page.blocks.push(Block::Heading(depth, text));
            return;
        }
        match (name, &mut self.row) {
            ("td" | "th", Some(row)) => row.push(squeezed(&std::mem::take(&mut self.text))),
            ("tr", Some(_)) => {
                let row = self.row.take().unwrap_or_default();
                self.page.blocks.push(Block::Row(row));
            }
            ("dt", _) => self.text.push_str(": "),
            ("dd", _) => {
                self.items += 1;
                self.flush();
                self.items -= 1;
            }
            ("li", _) => {
                self.flush();
                self.items -= 1;
            }
            (_, Some(_)) if BLOCKS.contains(&name) => self.text.push(' '),
            (_, Some(_)) => {}
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = squeezed(&std::mem::take(&mut self.text));
        if !text.is_empty() {
            self.page.blocks.push(match self.items {
                0 => Block::Text(text),
                _ => Block::Item(text),
            });
        }
    }
}

fn heading(name: &str) -> Option<usize> {
    let depth = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&depth).then_some(depth)
}

pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(value.split('"').next()?))
}

/// Words with their entities as what they stand for.
pub(super) fn plain(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        said.push_str(before);
        let (name, after) = entity.split_once(';').expect("an entity that ends");
        let code = name
            .strip_prefix('#')
            .map(|code| match code.strip_prefix('x') {
                Some(code) => u32::from_str_radix(code, 16),
                None => code.parse(),
            });
        said.push(match (name, code) {
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("amp", _) => '&',
            ("quot", _) => '"',
            ("apos", _) => '\'',
            ("nbsp", _) => '\u{a0}',
            (_, Some(Ok(code))) => char::from_u32(code).expect("a character"),
            _ => panic!("an entity we do not write: {name}"),
        });
        rest = after;
    }
    said.push_str(rest);
    said
}
