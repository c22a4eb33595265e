//! Packages of office programs: archives of XML parts, as workbooks and documents of Word are.
//!
//! One of a few kilobytes can unfold to gigabytes. Only the parts that are asked for are unfolded, all
//! of them together within one budget.

use crate::message;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

use PackageError::{Broken, Large};

/// Bytes of all parts that are read, unfolded; of small files fewer.
const MOST_BYTES: usize = 32 << 20;
/// Bytes that any file may unfold to, and what else it may for each of its own. Sheets full of one
/// value unfold to fifteen times their size.
const UNFOLDED: (usize, usize) = (1 << 20, 50);
/// Entries of the archive.
const MOST_PARTS: usize = 10_000;

/// A problem that keeps a package from being read.
#[derive(Debug)]
pub(crate) enum PackageError {
    /// It is none, or a part of it is not what it must be.
    Broken(&'static str),
    /// It holds more than is read.
    Large(&'static str),
}

/// An archive, with what may still be unfolded of it.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Places of the parts, by their names in lower case.
    places: HashMap<String, usize>,
    left: u64,
}

/// One part named by another.
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type.
    pub(crate) kind: String,
    /// The name of the part in the archive.
    pub(crate) target: String,
    /// The address, where it is none of the archive.
    pub(crate) external: Option<String>,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, PackageError> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Broken(message!(
                "it-is-locked-by-a-password-or-of-the-old-xls"
            )));
        }
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|_| Broken(message!("it-is-no-archive")))?;
        if archive.len() > MOST_PARTS {
            return Err(Large(message!("more-than-parts")));
        }
        let names = archive.file_names().zip(0..);
        let known = names.filter_map(|(name, place)| Some((plain(&name.ok()?), place)));
        let places = known.collect();
        let (base, times) = UNFOLDED;
        let most = (base + times * bytes.len()).min(MOST_BYTES);
        Ok(Self {
            archive,
            places,
            left: u64::try_from(most).unwrap_or(u64::MAX),
        })
    }

    /// The text of a part; `None` where there is none of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, PackageError> {
        let Some(bytes) = self.bytes(name)? else {
            return Ok(None);
        };
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| Broken(message!("a-part-is-not-utf")))?;
        let bare = text.strip_prefix('\u{FEFF}').map(str::to_owned);
        Ok(Some(bare.unwrap_or(text)))
    }

    /// The bytes of a part; `None` where there is none of this name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, PackageError> {
        let Some(place) = self.places.get(&plain(name)) else {
            return Ok(None);
        };
        let broken = || Broken(message!("a-part-of-it-cannot-be-unfolded"));
        let file = self.archive.by_index(*place).map_err(|_| broken())?;
        let mut bytes = Vec::new();
        // The archive's word for a part's size is not taken.
        let read = file.take(self.left + 1).read_to_end(&mut bytes);
        let length = u64::try_from(read.map_err(|_| broken())?).unwrap_or(u64::MAX);
        let left = self.left.checked_sub(length);
        self.left = left.ok_or(Large(message!("more-than-mib-once-unfolded")))?;
        Ok(Some(bytes))
    }

    /// The parts that a part names; the archive itself where the part is "".
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, PackageError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let Some(text) = self.part(&message!("rels-rels", folder, file))? else {
            return Ok(Vec::new());
        };
        let mut list = Vec::new();
        each(&text, |element| {
            if element.local_name().as_ref() == "Relationship" && list.len() < MOST_PARTS {
                let get = |name| attribute(element, name).unwrap_or_default();
                let (kind, target) = (get("Type"), get("Target"));
                list.push(Relation {
                    id: get("Id"),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolved(folder, &target),
                    external: (get("TargetMode") == "External").then_some(target),
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

/// A piece of the text of a part; elements with nothing in them have a start and an end.
pub(crate) enum Piece<'a> {
    Start(BytesStart<'a>),
    End(BytesEnd<'a>),
    /// Text, or one letter written as a reference.
    Text(String),
}

/// Reads a part piece by piece.
pub(crate) struct Pieces<'a>(Reader<&'a [u8]>);

impl<'a> Pieces<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().expand_empty_elements = true;
        Self(reader)
    }

    /// The next piece; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Piece<'a>>, PackageError> {
        loop {
            let event = self.0.read_event();
            let event = event.map_err(|_| Broken(message!("a-part-of-it-is-not-xml")))?;
            return Ok(Some(match event {
                Event::Start(element) => Piece::Start(element),
                Event::End(element) => Piece::End(element),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let letter = reference.resolve_char_ref().ok().flatten();
                    let known = resolve_predefined_entity(&reference).unwrap_or_default();
                    Piece::Text(letter.map_or_else(|| known.to_owned(), String::from))
                }
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => continue,
                Event::Eof => return Ok(None),
            }));
        }
    }
}

/// Calls a function with each element of a part, at any depth.
pub(crate) fn each(
    text: &str,
    mut with: impl FnMut(&BytesStart<'_>) -> Result<(), PackageError>,
) -> Result<(), PackageError> {
    let mut pieces = Pieces::new(text);
    while let Some(piece) = pieces.next()? {
        if let Piece::Start(element) = piece {
            with(&element)?;
        }
    }
    Ok(())
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|one| one.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    value.ok().map(std::borrow::Cow::into_owned)
}
