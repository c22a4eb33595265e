//! Parts of a document of the house put together with ours.
//!
//! Styles are known to Word by their names and to a document by ids, which differ with the language
//! of Word that made it. So a style of the house that has the name of one of ours takes our id, and
//! those of ours that the house does not have come after its own.

use crate::message;
use crate::text::grid::book::BookError::{self, Broken};
use crate::text::grid::book::{attribute, each};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::collections::BTreeMap;

/// Elements nested deeper than this are no text of a house.
const DEEPEST: usize = 200;
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

/// The ids that styles of the house take beside ours.
pub(super) fn ids(house: &str, ours: &str) -> Result<Ids, BookError> {
    let ours: BTreeMap<String, String> = styles(ours)?
        .into_iter()
        .map(|(id, name)| (name, id))
        .collect();
    let mut ids = Ids::new();
    for (id, name) in styles(house)? {
        match ours.get(&name) {
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

/// The id and the name in lower case of each style.
fn styles(xml: &str) -> Result<Vec<(String, String)>, BookError> {
    let mut list: Vec<(String, String)> = Vec::new();
    each(xml, |element| {
        let get = |name| attribute(element, name).unwrap_or_default();
        match element.local_name().as_ref() {
            "style" => list.push((get("styleId"), String::new())),
            "name" => {
                if let Some((_, name)) = list.last_mut() {
                    *name = get("val").to_lowercase();
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
pub(super) fn rewritten(xml: &str, ids: &Ids, language: Option<&str>) -> Result<String, BookError> {
    let broken = || Broken(message!("a-part-of-it-is-not-xml"));
    let (mut reader, mut writer) = (Reader::from_str(xml), Writer::new(Vec::new()));
    let (mut depth, mut roots) = (0_usize, 0);
    loop {
        let mut event = reader.read_event().map_err(|_| broken())?;
        roots += usize::from(depth == 0 && matches!(event, Event::Start(_) | Event::Empty(_)));
        match &mut event {
            Event::Start(element) => {
                depth += 1;
                renamed(element, ids, language);
            }
            Event::Empty(element) => renamed(element, ids, language),
            Event::End(_) => depth -= 1,
            Event::GeneralRef(name) if !is_known(name) => return Err(broken()),
            Event::DocType(_) => return Err(Broken(message!("a-part-of-it-declares-entities"))),
            Event::Eof if depth == 0 && roots == 1 => break,
            Event::Eof => return Err(broken()),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
        if depth > DEEPEST {
            return Err(broken());
        }
        writer.write_event(event).map_err(|_| broken())?;
    }
    String::from_utf8(writer.into_inner()).map_err(|_| broken())
}

fn is_known(name: &quick_xml::events::BytesRef<'_>) -> bool {
    let known = quick_xml::escape::resolve_predefined_entity(name).is_some();
    known || name.resolve_char_ref().is_ok_and(|letter| letter.is_some())
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

/// Styles of the house, then those of ours that it does not have.
pub(super) fn merged_styles(house: &str, ours: &str) -> Result<String, BookError> {
    let there: Vec<String> = styles(house)?.into_iter().map(|(id, _)| id).collect();
    let mut root = Root::of(house)?;
    if root.is_empty() {
        return Ok(ours.to_owned());
    }
    for (name, text) in Root::of(ours)?.children {
        let ids = styles(text)?;
        if name == "style" && ids.iter().all(|(id, _)| !there.contains(id)) {
            root.children.push((name, text));
        }
    }
    Ok(root.text())
}

/// Lists of the house and ours, whose ids never meet.
pub(super) fn merged_lists(house: &str, ours: &str) -> Result<String, BookError> {
    let mut root = Root::of(house)?;
    if root.is_empty() {
        return Ok(ours.to_owned());
    }
    root.children.extend(Root::of(ours)?.children);
    let rank = |name: &String| {
        LISTS
            .iter()
            .position(|one| one == name)
            .unwrap_or(LISTS.len())
    };
    root.children.sort_by_key(|(name, _)| rank(name));
    Ok(root.text())
}

/// A part as its root and the elements right below it.
struct Root<'x> {
    start: &'x str,
    /// Each with its name.
    children: Vec<(String, &'x str)>,
    end: &'x str,
}

impl<'x> Root<'x> {
    fn of(xml: &'x str) -> Result<Self, BookError> {
        let broken = || Broken(message!("a-part-of-it-is-not-xml"));
        let mut reader = Reader::from_str(xml);
        let mut root = Self {
            start: "",
            children: Vec::new(),
            end: "",
        };
        let (mut depth, mut begin, mut name) = (0, 0, String::new());
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
                        2 => {
                            begin = before;
                            name = name_of(&element);
                        }
                        _ => {}
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    match depth {
                        0 => root.end = slice(before, xml.len())?,
                        1 => root.children.push((name.clone(), slice(begin, after)?)),
                        _ => {}
                    }
                }
                Event::Empty(element) if depth == 1 => {
                    let name = name_of(&element);
                    root.children.push((name, slice(before, after)?));
                }
                Event::Eof => return Ok(root),
                Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_) => {}
            }
        }
    }

    /// True for one without a place for children.
    fn is_empty(&self) -> bool {
        self.start.is_empty()
    }

    fn text(&self) -> String {
        let children = self.children.iter().map(|(_, text)| *text);
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
