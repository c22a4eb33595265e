//! A Word document by its tags: paragraphs, links and bookmarks.

use super::html::{attribute, plain};
use super::{Block, Page, squeezed};
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(super) fn page(bytes: &[u8]) -> Page {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    let mut part = archive.by_name("word/document.xml").expect("a document");
    part.read_to_string(&mut xml).expect("text");
    let mut page = Page {
        blocks: Vec::new(),
        links: Vec::new(),
        places: Vec::new(),
    };
    let mut words = String::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag that ends");
        match tag.split([' ', '/']).next().unwrap_or_default() {
            "w:t" => words.push_str(&plain(text)),
            "w:br" | "w:tab" => words.push(' '),
            "w:bookmarkStart" => page.places.extend(attribute(tag, "w:name")),
            "w:hyperlink" => page.links.extend(attribute(tag, "w:anchor")),
            "" if tag == "/w:p" => {
                let text = squeezed(&std::mem::take(&mut words));
                if !text.is_empty() {
                    page.blocks.push(Block::Text(text));
                }
            }
            _ => {}
        }
    }
    page
}
