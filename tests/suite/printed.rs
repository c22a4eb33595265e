//! A printed report read back, without the code that wrote it: Markdown and HTML give the same list
//! of blocks, Word the same words in the same order.

mod html;
mod markdown;
mod word;

/// A piece of a page, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading with its depth.
    Heading(usize, String),
    /// An entry of a list; a term with its description is `term: description`.
    Item(String),
    /// A row of a table.
    Row(Vec<String>),
    /// Any other paragraph.
    Text(String),
}

impl Block {
    /// Its words; the cells of a row side by side.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Heading(_, text) | Self::Item(text) | Self::Text(text) => text.clone(),
            Self::Row(cells) => cells.join(" | "),
        }
    }

    pub(crate) fn item(&self) -> Option<&str> {
        match self {
            Self::Item(text) => Some(text),
            Self::Heading(..) | Self::Row(_) | Self::Text(_) => None,
        }
    }

    pub(crate) fn row(&self) -> Option<&[String]> {
        match self {
            Self::Row(cells) => Some(cells),
            Self::Heading(..) | Self::Item(_) | Self::Text(_) => None,
        }
    }
}

/// A page as its reader sees it.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
    /// Destinations of its links.
    pub(crate) links: Vec<String>,
    /// Places a link may lead to.
    pub(crate) places: Vec<String>,
}

impl Page {
    pub(crate) fn markdown(text: &str) -> Self {
        markdown::page(text)
    }

    /// A page of HTML without its charts.
    pub(crate) fn html(text: &str) -> Self {
        html::page(text)
    }

    /// Its charts.
    pub(crate) fn charts(text: &str) -> Vec<Self> {
        html::charts(text)
    }

    /// A Word document as paragraphs, those of cells too.
    pub(crate) fn word(bytes: &[u8]) -> Self {
        word::page(bytes)
    }

    /// Its words in reading order, cell by cell; nothing of what is empty.
    pub(crate) fn pieces(&self) -> Vec<&str> {
        let mut pieces = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading(_, text) | Block::Item(text) | Block::Text(text) => {
                    pieces.push(&**text);
                }
                Block::Row(cells) => pieces.extend(cells.iter().map(String::as_str)),
            }
        }
        pieces.retain(|text| !text.is_empty());
        pieces
    }

    /// Everything below each heading that is called so, down to the next heading of its depth or
    /// above.
    pub(crate) fn under(&self, title: &str) -> Vec<&[Block]> {
        let mut found = Vec::new();
        for (place, block) in self.blocks.iter().enumerate() {
            let Block::Heading(depth, text) = block else {
                continue;
            };
            if text != title {
                continue;
            }
            let rest = &self.blocks[place + 1..];
            let ends = |one: &Block| matches!(one, Block::Heading(next, _) if next <= depth);
            let end = rest.iter().position(ends).unwrap_or(rest.len());
            found.push(&rest[..end]);
        }
        found
    }

    /// What stands under a heading that is there once, or nothing.
    pub(crate) fn section(&self, title: &str) -> &[Block] {
        self.under(title).first().copied().unwrap_or_default()
    }

    pub(crate) fn headings(&self) -> impl Iterator<Item = (usize, &str)> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(depth, text) => Some((*depth, text.as_str())),
            Block::Item(_) | Block::Row(_) | Block::Text(_) => None,
        })
    }
}

/// The items of a list.
pub(crate) fn items(blocks: &[Block]) -> Vec<&str> {
    blocks.iter().filter_map(Block::item).collect()
}

/// The rows of tables without their heads, which stand first.
pub(crate) fn rows(blocks: &[Block]) -> Vec<&[String]> {
    blocks.iter().filter_map(Block::row).skip(1).collect()
}

/// Words with single blanks between them.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn both_formats_are_read_into_the_same_blocks() {
    let markdown = "# T\n\n## One\n\nA *b* &lt; c\n\n- x\n- k: **v** (n)\n\n| H | I |\n|---|--:|\n| a | `b` |\n";
    let html = "<style>p > b { }</style><h1>T</h1><section><h2 id=\"h\">One</h2>\n<p>A <em>b</em> &lt; c<br></p><ul><li>x</li><li>k: <b>v</b> (n)</li></ul><table><thead><tr><th>H</th><th>I</th></tr></thead><tbody><tr><td>a</td><td><code>b</code></td></tr></tbody></table></section>";
    let (markdown, html) = (Page::markdown(markdown), Page::html(html));
    assert_eq!(markdown.blocks, html.blocks);
    assert_eq!(html.places, ["h"]);
    let one = markdown.section("One");
    assert_eq!(items(one), ["x", "k: v (n)"]);
    assert_eq!(rows(one), [["a", "b"]]);
    let list = Page::html(
        "<dl><div><dt>k</dt><dd><b>v</b> n</dd></div></dl><p>a<i aria-hidden=\"true\">b</i><svg><title>t</title></svg></p>",
    );
    assert_eq!(
        list.blocks,
        [Block::Item("k: v n".into()), Block::Text("a".into())]
    );
}
