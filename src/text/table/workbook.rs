//! Workbooks: the visible sheets of an XLSX file as rows of text.
//!
//! A workbook is an archive of XML, and one of a few kilobytes can unfold to gigabytes. Only the
//! parts that are needed are unfolded, all of them together within one budget, and nothing is
//! reserved because a file says how much it holds. A cell that shows a formula gives the value it
//! had when the file was saved; where none was saved, it gives the formula as text.
//!
//! This reader stays ours only as long as calamine, made for the job, trusts the counts and cell
//! names it finds in a file: a few bytes can take all memory.

use super::cells;
use super::{Batch, Origin};
use crate::text::diagnostic::Diagnostic;
use crate::text::{is_unprintable, printable_lines};
use crate::{message, problem};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

use BookError::{Broken, Large};

/// Sheets.
const MOST_SHEETS: usize = 250;

/// The visible sheets of a workbook that hold anything, in their order.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Batch>, Box<Diagnostic>> {
    sheets(bytes).map_err(|fault| {
        Box::new(match fault {
            Broken(what) => problem!(InvalidWorkbook, "not-a-workbook", name, what),
            Large(what) => problem!(FileTooLarge, "workbook-too-large", name, what),
        })
    })
}

fn sheets(bytes: &[u8]) -> Result<Vec<Batch>, BookError> {
    let mut package = Package::open(bytes)?;
    let main = package
        .relations("")?
        .into_iter()
        .find(|one| one.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |one| one.target);
    let text = package
        .part(&main)?
        .ok_or(Broken(message!("it-has-no-list-of-sheets")))?;
    let (sheets, since_1904) = list(&text)?;
    let relations = package.relations(&main)?;
    let mut part = |kind: &str| match relations.iter().find(|one| one.kind == kind) {
        Some(one) => package.part(&one.target),
        None => Ok(None),
    };
    let strings = part("sharedStrings")?;
    let strings = strings.map_or(Ok(Vec::new()), |text| cells::strings(&text))?;
    let styles = part("styles")?;
    let styles = styles.map_or(Ok(Vec::new()), |text| cells::styles(&text))?;
    let mut reader = cells::SheetReader::new(strings, styles, since_1904);
    let mut batches = Vec::new();
    for (name, id) in sheets {
        let Some(target) = worksheet(&relations, &id)? else {
            continue;
        };
        let text = package.part(target)?;
        let text = text.ok_or(Broken(message!("a-sheet-is-listed-and-not-there")))?;
        let rows = reader.rows(&text)?;
        if !rows.is_empty() {
            let origin = Origin::Sheet(name);
            batches.push(Batch { origin, rows });
        }
    }
    Ok(batches)
}

/// The part of a sheet; `None` where it holds a chart.
fn worksheet<'a>(relations: &'a [Relation], id: &str) -> Result<Option<&'a str>, BookError> {
    let found = relations.iter().find(|one| one.id == id);
    let one = found.ok_or(Broken(message!("a-sheet-is-listed-and-not-there")))?;
    Ok((one.kind == "worksheet").then_some(one.target.as_str()))
}

/// The names of visible sheets, each with the id of its part, and whether days count from 1904.
fn list(text: &str) -> Result<(Vec<(String, String)>, bool), BookError> {
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    each(text, |element| {
        let get = |name| attribute(element, name);
        match element.local_name().as_ref() {
            "workbookPr" => {
                since_1904 = get("date1904").is_some_and(|it| it == "1" || it == "true");
            }
            "sheet" if sheets.len() == MOST_SHEETS => {
                return Err(Large(message!("more-than-sheets")));
            }
            "sheet" if get("state").is_none_or(|it| it == "visible") => {
                let (name, id) = (get("name"), get("id"));
                sheets.push((name.unwrap_or_default(), id.unwrap_or_default()));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((sheets, since_1904))
}

/// The longest name of a sheet.
const MOST_NAME: usize = 31;

/// A workbook that holds no time but a fixed one.
pub(crate) fn book(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(printable_lines(title))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}

/// A name a sheet may have and no other has.
pub(crate) fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let clean = |letter: char| {
        if "[]:*?/\\'".contains(letter) || is_unprintable(letter) {
            ' '
        } else {
            letter
        }
    };
    let words: String = title.chars().map(clean).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |most: usize| -> String {
        let mut name = String::new();
        for letter in words.chars() {
            if name.encode_utf16().count() + letter.len_utf16() > most {
                break;
            }
            name.push(letter);
        }
        name.trim_end().to_owned()
    };
    let numbered = |number: usize| format!("{} {number}", cut(MOST_NAME - 4));
    let first = cut(MOST_NAME);
    let mut names = [first]
        .into_iter()
        .filter(|name| !name.is_empty())
        .chain((2..).map(numbered));
    let free = names.find(|name| !taken.contains(&name.to_lowercase()));
    let name = free.unwrap_or_default();
    taken.push(name.to_lowercase());
    name
}

/// Bytes of all parts that are read, unfolded; of small files fewer.
const MOST_BYTES: usize = 32 << 20;
/// Bytes that any file may unfold to, and what else it may for each of its own. Sheets full of one
/// value unfold to fifteen times their size.
const UNFOLDED: (usize, usize) = (1 << 20, 50);
/// Entries of the archive.
const MOST_PARTS: usize = 10_000;

/// A problem that keeps a workbook from being read.
#[derive(Debug)]
pub(crate) enum BookError {
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
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, BookError> {
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
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, BookError> {
        let Some(bytes) = self.bytes(name)? else {
            return Ok(None);
        };
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| Broken(message!("a-part-is-not-utf")))?;
        let bare = text.strip_prefix('\u{FEFF}').map(str::to_owned);
        Ok(Some(bare.unwrap_or(text)))
    }

    /// The bytes of a part; `None` where there is none of this name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, BookError> {
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
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, BookError> {
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
    pub(crate) fn next(&mut self) -> Result<Option<Piece<'a>>, BookError> {
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
    mut with: impl FnMut(&BytesStart<'_>) -> Result<(), BookError>,
) -> Result<(), BookError> {
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
