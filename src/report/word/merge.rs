//! Parts of a document of the house put together with ours.
//!
//! Styles are known to Word by their names and to a document by ids, which differ with the language
//! of Word that made it. So a style of the house that has the name of one of ours takes our id, and
//! those of ours that the house does not have come after its own.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of the many events of XML only elements are looked at"
)]

use crate::message;
use crate::text::is_crowded;
use crate::text::package::PackageError::{self, Broken, Large};
use crate::text::package::{attribute, each};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::collections::{BTreeMap, BTreeSet};

/// Elements nested deeper than this are no text of a house.
const DEEPEST: usize = 200;
/// Bytes of one part.
const LONGEST: usize = 4 << 20;
/// Elements whose value names a style.
const NAMING: [&str; 8] = [
    "pStyle",
    "rStyle",
    "tblStyle",
    "basedOn",
    "next",
    "link",
    "styleLink",
    "numStyleLink",
];
/// Children of a list of lists, in the order Word asks for.
const LISTS: [&str; 3] = ["numPicBullet", "abstractNum", "num"];

/// New ids of styles by their old ones.
pub(super) type Ids = BTreeMap<String, String>;

/// The ids that styles of the house take beside ours: the first of a kind and name takes ours.
pub(super) fn ids(house: &str, ours: &str) -> Result<Ids, PackageError> {
    let ours: BTreeMap<_, _> = styles(ours)?
        .into_iter()
        .map(|one| ((one.kind, one.name), one.id))
        .collect();
    let mut ids = Ids::new();
    for Style { kind, id, name } in styles(house)? {
        let own = ours.get(&(kind, name));
        match own.filter(|own| ids.values().all(|taken| taken != *own)) {
            Some(own) => drop(ids.insert(id, own.clone())),
            None if ours.values().any(|own| *own == id) => {
                let free = format!("House{id}");
                ids.insert(id, free);
            }
            None => {}
        }
    }
    Ok(ids)
}

/// The mark of a style.
#[derive(Default)]
struct Style {
    /// `paragraph`, `character`, `table` or `numbering`.
    kind: String,
    id: String,
    /// In lower case.
    name: String,
}

fn styles(xml: &str) -> Result<Vec<Style>, PackageError> {
    let mut list: Vec<Style> = Vec::new();
    each(xml, |element| {
        let get = |name| attribute(element, name).unwrap_or_default();
        match element.local_name().as_ref() {
            "style" => list.push(Style {
                kind: get("type"),
                id: get("styleId"),
                name: String::new(),
            }),
            "name" => {
                if let Some(style) = list.last_mut() {
                    style.name = get("val").to_lowercase();
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(list)
}

/// A part with new ids of styles, in a language where one is given. It is checked on the way: it is
/// well-formed, declares no entities, and is not nested without end.
pub(super) fn rewritten(
    xml: &str,
    ids: &Ids,
    language: Option<&str>,
) -> Result<String, PackageError> {
    let broken = || Broken(message!("a-part-of-it-is-not-xml"));
    if xml.len() > LONGEST || is_crowded(xml) {
        return Err(Large(message!("a-part-of-it-is-too-long")));
    }
    match roxmltree::Document::parse(xml) {
        Err(roxmltree::Error::DtdDetected) => {
            return Err(Broken(message!("a-part-of-it-declares-entities")));
        }
        Err(_) => return Err(broken()),
        Ok(_) => {}
    }
    let (mut reader, mut writer) = (Reader::from_str(xml), Writer::new(Vec::new()));
    let mut depth = 0_usize;
    loop {
        let mut event = reader.read_event().map_err(|_| broken())?;
        match &mut event {
            Event::Start(element) => {
                depth += 1;
                renamed(element, ids, language);
            }
            Event::Empty(element) => renamed(element, ids, language),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(broken());
        }
        writer.write_event(event).map_err(|_| broken())?;
    }
    String::from_utf8(writer.into_inner()).map_err(|_| broken())
}

fn renamed(element: &mut BytesStart<'_>, ids: &Ids, language: Option<&str>) {
    let local = name_of(element);
    let wanted = match local.as_str() {
        "style" => "styleId",
        "lang" => "val",
        name if NAMING.contains(&name) => "val",
        _ => return,
    };
    let new = match (local.as_str(), language) {
        ("lang", Some(language)) => Some(language),
        ("lang", None) => None,
        _ => attribute(element, wanted)
            .and_then(|old| ids.get(&old))
            .map(String::as_str),
    };
    let Some(new) = new else { return };
    let old = element.clone();
    element.clear_attributes();
    for one in old.attributes().with_checks(false).flatten() {
        if one.key.local_name().as_ref() == wanted {
            let key: &str = one.key.as_ref();
            element.push_attribute((key, new));
        } else {
            element.push_attribute(one);
        }
    }
}

/// Styles of the house, then those of ours that it does not have; each id once.
pub(super) fn merged_styles(house: &str, ours: &str) -> Result<String, PackageError> {
    let mut root = Root::of(house)?;
    if root.is_empty() {
        return Ok(ours.to_owned());
    }
    let own = Root::of(ours)?.children.into_iter();
    root.children.extend(own.filter(|one| one.name == "style"));
    root.keep_first();
    Ok(root.text())
}

/// Lists of ours and of the house; where an id is in both, as in a report that is taken for a
/// document of the house, ours stays.
pub(super) fn merged_lists(house: &str, ours: &str) -> Result<String, PackageError> {
    let mut root = Root::of(house)?;
    if root.is_empty() {
        return Ok(ours.to_owned());
    }
    let own = Root::of(ours)?.children;
    root.children.splice(0..0, own);
    root.keep_first();
    let rank = |name: &String| {
        let known = LISTS.iter().position(|one| one == name);
        known.unwrap_or(LISTS.len())
    };
    root.children.sort_by_key(|one| rank(&one.name));
    Ok(root.text())
}

/// A part as its root and the elements right below it.
struct Root<'x> {
    start: &'x str,
    children: Vec<Child<'x>>,
    end: &'x str,
}

/// An element right below the root.
struct Child<'x> {
    name: String,
    /// The id of a style or list; empty for other elements.
    id: String,
    text: &'x str,
}

impl<'x> Child<'x> {
    fn new(element: &BytesStart<'_>, text: &'x str) -> Self {
        let ids = ["styleId", "abstractNumId", "numId", "numPicBulletId"];
        let id = ids.into_iter().find_map(|id| attribute(element, id));
        Self {
            name: name_of(element),
            id: id.unwrap_or_default(),
            text,
        }
    }
}

impl<'x> Root<'x> {
    fn of(xml: &'x str) -> Result<Self, PackageError> {
        let broken = || Broken(message!("a-part-of-it-is-not-xml"));
        let mut reader = Reader::from_str(xml);
        let mut root = Self {
            start: "",
            children: Vec::new(),
            end: "",
        };
        let (mut depth, mut child) = (0, None);
        loop {
            let before = place(&reader);
            let event = reader.read_event().map_err(|_| broken())?;
            let after = place(&reader);
            let slice = |from: usize, to: usize| xml.get(from..to).ok_or_else(broken);
            match event {
                Event::Start(element) => {
                    depth += 1;
                    match depth {
                        1 => root.start = slice(0, after)?,
                        2 => child = Some((before, element)),
                        _ => {}
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    match depth {
                        0 => root.end = slice(before, xml.len())?,
                        1 => {
                            let (begin, element) = child.take().ok_or_else(broken)?;
                            root.children
                                .push(Child::new(&element, slice(begin, after)?));
                        }
                        _ => {}
                    }
                }
                Event::Empty(element) if depth == 1 => {
                    root.children
                        .push(Child::new(&element, slice(before, after)?));
                }
                Event::Eof => return Ok(root),
                _ => {}
            }
        }
    }

    /// Leaves each id of a style or list once, the first.
    fn keep_first(&mut self) {
        let mut seen = BTreeSet::new();
        let is_first =
            |one: &Child<'_>| one.id.is_empty() || seen.insert((one.name.clone(), one.id.clone()));
        self.children.retain(is_first);
    }

    /// True for one without a place for children.
    fn is_empty(&self) -> bool {
        self.start.is_empty()
    }

    fn text(&self) -> String {
        let children = self.children.iter().map(|one| one.text);
        let all = std::iter::once(self.start).chain(children);
        all.chain([self.end]).collect()
    }
}

fn name_of(element: &BytesStart<'_>) -> String {
    let name = element.local_name();
    let text: &str = name.as_ref();
    text.to_owned()
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}
