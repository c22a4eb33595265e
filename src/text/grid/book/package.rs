//! The archive of a workbook: its parts, and how one names another.

use super::{Fault, MOST_BYTES, attribute};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Entries of the archive.
const MOST_PARTS: usize = 10_000;

/// An archive, with what may still be unfolded of it.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Places of the parts, by their names in lower case.
    places: HashMap<String, usize>,
    left: u64,
}

/// One part named by another.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type.
    pub(super) kind: String,
    /// The name of the part in the archive.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Fault::Broken(
                "it is locked by a password, or of the old .xls kind",
            ));
        }
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|_| Fault::Broken("it is no archive"))?;
        if archive.len() > MOST_PARTS {
            return Err(Fault::Large("more than 10,000 parts"));
        }
        let names = archive.file_names().zip(0..);
        let known = names.filter_map(|(name, place)| Some((plain(&name.ok()?), place)));
        let places = known.collect();
        Ok(Self {
            archive,
            places,
            left: MOST_BYTES,
        })
    }

    /// The text of a part; `None` where there is none of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(place) = self.places.get(&plain(name)) else {
            return Ok(None);
        };
        let broken = Fault::Broken("a part of it cannot be unfolded");
        let Ok(file) = self.archive.by_index(*place) else {
            return Err(broken);
        };
        let mut bytes = Vec::new();
        // The archive's word for a part's size is not taken.
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        if read.is_err() {
            return Err(broken);
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let Some(left) = self.left.checked_sub(length) else {
            return Err(Fault::Large("more than 32 MiB once unfolded"));
        };
        self.left = left;
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes).map_err(|_| Fault::Broken("a part is not UTF-8"))?;
        Ok(Some(text))
    }

    /// What a part names; the archive itself where the part is "".
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Fault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let Some(text) = self.part(&format!("{folder}/_rels/{file}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut list = Vec::new();
        each(&text, |element| {
            if element.local_name().as_ref() == "Relationship" && list.len() < MOST_PARTS {
                let get = |name| attribute(element, name).unwrap_or_default();
                list.push(Relation {
                    id: get("Id"),
                    kind: get("Type")
                        .rsplit('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                    target: resolved(folder, &get("Target")),
                });
            }
            Ok(())
        })?;
        Ok(list)
    }
}

/// The name of a part however it is written.
fn plain(name: &str) -> String {
    let name = name.replace('\\', "/").to_lowercase();
    name.trim_start_matches('/').to_owned()
}

/// A part named from within a folder.
fn resolved(folder: &str, target: &str) -> String {
    if target.starts_with(['/', '\\']) {
        return target.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split(['/', '\\']) {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// What the text of a part is made of.
pub(super) enum Piece<'a> {
    /// The beginning of an element.
    Start(BytesStart<'a>),
    /// An element with nothing in it.
    Empty(BytesStart<'a>),
    /// The end of an element.
    End(BytesEnd<'a>),
    /// Text, or one letter written as a reference.
    Text(String),
    /// What says nothing here.
    Aside,
}

/// Reads a part piece by piece.
pub(super) struct Pieces<'a>(Reader<&'a [u8]>);

impl<'a> Pieces<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        Self(reader)
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Fault> {
        let event = self.0.read_event();
        let event = event.map_err(|_| Fault::Broken("a part of it is not XML"))?;
        Ok(Some(match event {
            Event::Start(element) => Piece::Start(element),
            Event::Empty(element) => Piece::Empty(element),
            Event::End(element) => Piece::End(element),
            Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                let known = resolve_predefined_entity(&reference).unwrap_or_default();
                let text = letter.map_or_else(|| known.to_owned(), String::from);
                Piece::Text(text)
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Piece::Aside,
            Event::Eof => return Ok(None),
        }))
    }
}

/// Does something with each element of a part, whatever it stands in.
pub(super) fn each(
    text: &str,
    mut with: impl FnMut(&BytesStart<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut pieces = Pieces::of(text);
    while let Some(piece) = pieces.next()? {
        if let Piece::Start(element) | Piece::Empty(element) = piece {
            with(&element)?;
        }
    }
    Ok(())
}
