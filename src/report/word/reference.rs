//! A document of the house: its styles, page, headers and footers, for our own documents.
//!
//! Such a file may come from anywhere. No more of it is unfolded than a budget allows, its XML is
//! checked before it is taken over, and parts get names of our own. What a header may bring along is
//! a short list: pictures, fonts and links.

use super::merge::{Ids, ids, merged_lists, merged_styles, rewritten};
use super::section::{Header, Page, Section, is_on};
use super::{Archive, print};
use crate::report::markdown::is_safe;
use crate::report::templates::Templates;
use crate::text::diagnostic::Diagnostic;
use crate::text::package::PackageError::{self, Broken, Large};
use crate::text::package::{Package, Relation, each};
use crate::text::yaml::Budget;
use crate::text::{Error, Result};
use crate::{message, problem};
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// Namespace and prefix of every part that Word writes.
const PREFIX: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
/// The same of a theme.
const DRAWING: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"";
/// Pictures that Word shows.
const PICTURES: [&str; 9] = [
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf",
];

/// Kinds of XML that are taken over whole, each with the name of its root and its
/// namespace.
const ROOTS: [(&str, &str, &str); 4] = [
    ("header", "w:hdr", PREFIX),
    ("footer", "w:ftr", PREFIX),
    ("theme", "a:theme", DRAWING),
    ("fontTable", "w:fonts", PREFIX),
];

/// Something read of a document, or the reason for its refusal.
type Read<T> = std::result::Result<T, PackageError>;

/// A reason for a refusal, with the kind of the part it lies in, or `document` for the whole.
struct Fault {
    part: String,
    error: PackageError,
}

impl Fault {
    fn in_part(part: &Relation, error: PackageError) -> Self {
        let part = part.kind.clone();
        Self { part, error }
    }
}

impl From<PackageError> for Fault {
    fn from(error: PackageError) -> Self {
        let part = "document".to_owned();
        Self { part, error }
    }
}

/// A document whose styles, page, headers and footers are taken.
#[derive(Debug, Clone)]
pub struct ReferenceDocument {
    styles: String,
    /// Lists, with what they name.
    numbering: Option<(String, Vec<Link>)>,
    parts: Vec<Part>,
    pub(super) look: Look,
}

/// A part that is taken over.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    bytes: Vec<u8>,
    /// True for XML in which styles are named.
    names_styles: bool,
    relations: Vec<Link>,
}

/// Parts of the house that templates print.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Look {
    pub(super) page: Page,
    /// Names, kinds and endings of parts, for the list of their types.
    parts: Vec<Listed>,
    /// Parts that the document itself names.
    relations: Vec<Link>,
    /// Headers and footers, in the order Word asks for.
    headers: Vec<Header>,
    /// True if the first page has others.
    title_page: bool,
    /// True if even pages have others.
    even_pages: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Listed {
    name: String,
    kind: String,
}

/// A part or an address named by another part.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    id: String,
    kind: String,
    target: String,
    external: bool,
}

impl ReferenceDocument {
    /// Reads a document of Word, of which styles, page, headers and footers are taken.
    ///
    /// # Errors
    /// Returns a problem if it is none, is locked, holds more than 8 MiB or 32 MiB once unfolded, or
    /// if its headers hold something that cannot be taken over.
    pub fn read(name: &str, bytes: &[u8]) -> std::result::Result<Self, Box<Diagnostic>> {
        Self::of(bytes).map_err(|Fault { part, error }| {
            Box::new(match error {
                Broken(what) => problem!(InvalidDocument, "not-a-word-document", name, part, what),
                Large(what) => problem!(FileTooLarge, "word-document-too-large", name, part, what),
            })
        })
    }

    fn of(bytes: &[u8]) -> std::result::Result<Self, Fault> {
        if bytes.len() > Budget::FILE {
            return Err(Large(message!("more-than-8-mib")).into());
        }
        let mut package = Package::open(bytes)?;
        let main = package
            .relations("")?
            .into_iter()
            .find(|one| one.kind == "officeDocument");
        let main = main
            .ok_or(Broken(message!("it-is-no-document-of-word")))?
            .target;
        let text = package.part(&main)?.unwrap_or_default();
        if !text.contains(PREFIX) {
            return Err(Broken(message!("it-is-no-document-of-word")).into());
        }
        let relations = package.relations(&main)?;
        let section = Section::read(&text)?;
        let mut house = Self {
            styles: String::new(),
            numbering: None,
            parts: Vec::new(),
            look: Look {
                page: section.page,
                title_page: section.title_page,
                ..Look::default()
            },
        };
        for one in &relations {
            let taken = house.take(&mut package, one);
            taken.map_err(|error| Fault::in_part(one, error))?;
        }
        if house.styles.is_empty() {
            return Err(Broken(message!("it-has-no-styles")).into());
        }
        for mut header in section.headers {
            let mut named = relations.iter();
            let named = named.find(|one| one.id == header.id && one.kind == header.kind);
            let named = named.ok_or(Broken(message!("a-part-of-it-is-not-there")))?;
            let link = house.copy(&mut package, named);
            let link = link.map_err(|error| Fault::in_part(named, error))?;
            header.id.clone_from(&link.id);
            house.look.relations.push(link);
            house.look.headers.push(header);
        }
        Ok(house)
    }

    /// Takes what every page shares: styles, lists, theme, fonts.
    fn take(&mut self, package: &mut Package<'_>, one: &Relation) -> Read<()> {
        match one.kind.as_str() {
            "styles" => {
                let styles = package.part(&one.target)?.unwrap_or_default();
                self.styles = checked(&styles, "styles")?;
            }
            "numbering" => {
                let lists = package.part(&one.target)?;
                let lists = lists.map(|text| checked(&text, "numbering")).transpose()?;
                let links = self.links(package, &one.target)?;
                self.numbering = lists.map(|lists| (lists, links));
            }
            "settings" => {
                let settings = package.part(&one.target)?.unwrap_or_default();
                self.look.even_pages = has_even_pages(&settings)?;
            }
            "theme" | "fontTable" => {
                let link = self.copy(package, one)?;
                self.look.relations.push(link);
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a part over, with what it names.
    fn copy(&mut self, package: &mut Package<'_>, from: &Relation) -> Read<Link> {
        let end = from
            .target
            .rsplit_once('.')
            .map_or("", |(_, end)| end)
            .to_ascii_lowercase();
        let bytes = package.bytes(&from.target)?;
        let bytes = bytes.ok_or(Broken(message!("a-part-of-it-is-not-there")))?;
        let root = ROOTS.iter().find(|(kind, ..)| *kind == from.kind);
        let (bytes, relations, end) = if let Some((_, root, namespace)) = root {
            let text =
                String::from_utf8(bytes).map_err(|_| Broken(message!("a-part-is-not-utf")))?;
            if !begins(&text, root)? || !text.contains(namespace) {
                return Err(Broken(message!("a-part-of-it-is-something-else")));
            }
            let text = rewritten(text.trim_start_matches('\u{feff}'), &Ids::new(), None)?;
            (text.into_bytes(), self.links(package, &from.target)?, "xml")
        } else {
            let known = from.kind == "font" && end == "odttf";
            let picture = from.kind == "image" && PICTURES.contains(&end.as_str());
            if !known && !picture {
                return Err(Broken(message!("a-header-holds-more")));
            }
            (bytes, Vec::new(), end.as_str())
        };
        let number = self.parts.len() + 1;
        let name = format!("word/house/{number}.{end}");
        self.look.parts.push(Listed {
            name: name.clone(),
            kind: root.map_or(end, |_| &from.kind).to_owned(),
        });
        self.parts.push(Part {
            name: name.clone(),
            bytes,
            names_styles: matches!(from.kind.as_str(), "header" | "footer"),
            relations,
        });
        Ok(Link {
            id: format!("house{number}"),
            kind: from.kind.clone(),
            target: format!("/{name}"),
            external: false,
        })
    }

    /// The links of a part, taken over under the ids it knows.
    fn links(&mut self, package: &mut Package<'_>, part: &str) -> Read<Vec<Link>> {
        let mut links = Vec::new();
        for one in package.relations(part)? {
            let link = match &one.external {
                Some(address) if one.kind == "hyperlink" && is_safe(address) => Link {
                    id: String::new(),
                    kind: one.kind.clone(),
                    target: address.clone(),
                    external: true,
                },
                None if matches!(one.kind.as_str(), "image" | "font") => {
                    self.copy(package, &one)?
                }
                Some(_) | None => return Err(Broken(message!("a-header-holds-more"))),
            };
            if links.iter().any(|link: &Link| link.id == one.id) {
                return Err(Broken(message!("two-parts-of-it-have-one-id")));
            }
            links.push(Link { id: one.id, ..link });
        }
        Ok(links)
    }

    /// Adds the parts of the house; returns its styles and lists with ours among them.
    pub(super) fn add(
        &self,
        templates: &Templates,
        styles: &str,
        numbering: &str,
        archive: &mut Archive,
    ) -> Result<(String, String)> {
        let broken = |fault: PackageError| {
            let (Broken(what) | Large(what)) = fault;
            Error::document(what)
        };
        let ids = ids(&self.styles, styles).map_err(broken)?;
        for part in &self.parts {
            if part.names_styles {
                let text = String::from_utf8_lossy(&part.bytes);
                let text = rewritten(&text, &ids, None).map_err(broken)?;
                archive.add(&part.name, text);
            } else {
                archive.add(&part.name, part.bytes.clone());
            }
            let file = part.name.rsplit('/').next().unwrap_or_default();
            let rels = format!("word/house/_rels/{file}.rels");
            relate(templates, archive, &rels, &part.relations)?;
        }
        let language = templates.render("word/language.xml", &context! {})?;
        let house = rewritten(&self.styles, &ids, Some(language.trim())).map_err(broken)?;
        let styles = merged_styles(&house, styles).map_err(broken)?;
        let Some((lists, links)) = &self.numbering else {
            return Ok((styles, numbering.to_owned()));
        };
        relate(templates, archive, "word/_rels/numbering.xml.rels", links)?;
        let lists = rewritten(lists, &ids, None).map_err(broken)?;
        Ok((styles, merged_lists(&lists, numbering).map_err(broken)?))
    }
}

/// Adds what a part names, where it names anything.
fn relate(templates: &Templates, archive: &mut Archive, name: &str, links: &[Link]) -> Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let links = Value::from(Serde(links));
    let rels = print(templates, "house-rels", &context! { links })?;
    archive.add(name, rels);
    Ok(())
}

/// A part of styles or lists that ours can be put into, whose root has a name.
fn checked(text: &str, name: &str) -> Read<String> {
    if !begins(text, &format!("w:{name}"))? || !text.contains(PREFIX) {
        return Err(Broken(message!("it-is-no-document-of-word")));
    }
    rewritten(text, &Ids::new(), None)
}

/// True for a part whose root has this name.
fn begins(text: &str, name: &str) -> Read<bool> {
    let mut root = None;
    each(text, |element| {
        root.get_or_insert_with(|| element.name().as_ref() == name);
        Ok(())
    })?;
    Ok(root == Some(true))
}

/// True if even pages have headers of their own.
fn has_even_pages(settings: &str) -> Read<bool> {
    let mut even = false;
    each(settings, |element| {
        even |= element.local_name().as_ref() == "evenAndOddHeaders" && is_on(element);
        Ok(())
    })?;
    Ok(even)
}
