//! Branding: who hands the report over, with its images, colours and fonts. A small file of the
//! user's, checked: nothing in it can break a page or a document. Images are known by their bytes,
//! and refused where they could harm a reader.

pub use super::colour::{ColourFile, Colours, ColoursFile};

use super::word::functions::is_shown;
use crate::problem;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::yaml::{Located, OneOrMany};
use crate::text::{is_blank, is_crowded, is_unprintable};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagesize::ImageType;
use roxmltree::{Document, Node, ParsingOptions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest name of a font, a longer one is none.
const LONGEST_FONT: usize = 60;
/// The longest line, in characters: it has to fit beside the number of a page.
const LONGEST_LINE: usize = 100;
/// The most lines of contact.
const MOST_LINES: usize = 6;
/// A larger image does not belong into a report.
const MOST_BYTES: usize = 1 << 20;
/// More pixels in a row or a column take a reader's memory.
const MOST_PIXELS: f64 = 8_000.0;
const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Branding as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity branding")
)]
pub struct BrandFile {
    /// The one who hands the report over; stands beside the logo.
    pub name: Option<Located<String>>,
    /// The path of an image beside this file: PNG, JPEG, GIF, WebP or SVG.
    pub logo: Option<Located<String>>,
    /// The path of an image for the cover, of the same kinds.
    pub cover: Option<Located<String>>,
    /// The colour of marks and links, from which the others follow; or each of them.
    pub colour: Option<ColourFile>,
    /// Fonts by name; they are not part of the report, so readers need them.
    pub fonts: Option<FontsFile>,
    /// Lines that say how to reach who hands the report over.
    pub contact: Option<OneOrMany<Located<String>>>,
    /// For whom the report is: a line on every page.
    pub confidentiality: Option<Located<String>>,
}

crate::text::yaml::document!(BrandFile);

/// Fonts as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FontsFile {
    /// The font of the text.
    pub body: Option<Located<String>>,
    /// The font of headings; that of the text where it is not given.
    pub heading: Option<Located<String>>,
}

/// The images that a brand names, as bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrandImages<'a> {
    /// The logo.
    pub logo: Option<&'a [u8]>,
    /// The image on the cover.
    pub cover: Option<&'a [u8]>,
}

/// Branding as reports use it; plain by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Brand {
    /// The one who hands the report over; null: no line.
    pub name: Option<String>,
    /// The logo as a `data:` URI; null: no image.
    pub logo: Option<String>,
    /// The image on the cover as a `data:` URI; null: no image.
    pub cover: Option<String>,
    /// The colours.
    pub colours: Colours,
    /// The fonts.
    pub fonts: Fonts,
    /// Lines that say how to reach who hands the report over.
    pub contact: Vec<String>,
    /// For whom the report is; null: no line.
    pub confidentiality: Option<String>,
}

/// Fonts by name: letters, figures, spaces and `-_.+` only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fonts {
    /// The font of the text; null: the template's own.
    pub body: Option<String>,
    /// The font of headings; null: that of the text.
    pub heading: Option<String>,
}

impl Brand {
    /// True if Word shows all its images.
    #[must_use]
    pub fn is_shown_by_word(&self) -> bool {
        let mut images = [&self.logo, &self.cover].into_iter().flatten();
        images.all(|uri| is_shown(uri))
    }

    /// Checks branding as written, with the images that it names.
    ///
    /// Every problem goes to `problems`: a colour or font that is none, a text that does not fit on
    /// its line, an image of no known type, too large or with something in it that a drawing does
    /// not need. `None` where there is an error. A colour that is hard to read is a warning, and the
    /// nearest shade that can be read is taken.
    #[must_use]
    pub fn check(
        file: &BrandFile,
        images: BrandImages<'_>,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let before = problems.errors();
        let mut image = |path: &Option<Located<String>>, bytes: Option<&[u8]>| {
            data_uri(path.as_ref()?, bytes?, problems)
        };
        let (logo, cover) = (
            image(&file.logo, images.logo),
            image(&file.cover, images.cover),
        );
        let colours = file.colour.as_ref();
        let colours = colours.map(|file| Colours::check(file, problems));
        let fonts = file.fonts.clone().unwrap_or_default();
        let contact = file.contact.as_deref().unwrap_or_default();
        if let Some(line) = contact.get(MOST_LINES) {
            let problem = problem!(InvalidValue, "too-many-lines-of-contact", most = MOST_LINES);
            problems.push(problem.at(line.place));
        }
        let contact = contact.iter().filter_map(|one| line(Some(one), problems));
        let contact = contact.collect();
        let brand = Self {
            name: line(file.name.as_ref(), problems),
            logo,
            cover,
            colours: colours.unwrap_or_default(),
            fonts: Fonts {
                body: font(fonts.body.as_ref(), problems),
                heading: font(fonts.heading.as_ref(), problems),
            },
            contact,
            confidentiality: line(file.confidentiality.as_ref(), problems),
        };
        (problems.errors() == before).then_some(brand)
    }
}

/// A text of one line.
fn line(text: Option<&Located<String>>, problems: &mut Diagnostics) -> Option<String> {
    let Located { value, place } = text?;
    if is_blank(value) {
        problems.push(problem!(InvalidValue, "is-blank").at(*place));
    } else if value.chars().count() > LONGEST_LINE || value.chars().any(is_unprintable) {
        let problem = problem!(InvalidValue, "is-more-than-a-line", most = LONGEST_LINE);
        problems.push(problem.at(*place));
    }
    Some(value.trim().to_owned())
}

/// A name that means nothing but itself in CSS and in XML.
fn font(name: Option<&Located<String>>, problems: &mut Diagnostics) -> Option<String> {
    let Located { value, place } = name?;
    let is_of_names = |one: char| one.is_alphanumeric() || " -_.+".contains(one);
    let fits = (1..=LONGEST_FONT).contains(&value.trim().chars().count());
    if !fits || !value.chars().all(is_of_names) {
        let problem = problem!(InvalidValue, "is-no-name-of-a-font", most = LONGEST_FONT);
        problems.push(problem.at(*place));
    }
    Some(value.trim().to_owned())
}

/// The image as a `data:` URI.
fn data_uri(path: &Located<String>, bytes: &[u8], problems: &mut Diagnostics) -> Option<String> {
    match media_type(&path.value, bytes) {
        Ok(media) => Some(format!("data:{media};base64,{}", STANDARD.encode(bytes))),
        Err(problem) => {
            problems.push(problem.at(path.place));
            None
        }
    }
}

/// The type that the bytes say; the name of the file is not asked.
fn media_type(path: &str, bytes: &[u8]) -> Result<&'static str, Diagnostic> {
    if bytes.len() > MOST_BYTES {
        return Err(problem!(InvalidValue, "is-larger-than-1-mb", path));
    }
    let broken = || problem!(InvalidValue, "is-a-broken-image", path);
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (media, sides) = if text.starts_with('<') {
        let problem = || problem!(InvalidValue, "is-no-plain-drawing", path);
        ("image/svg+xml", sides(text).ok_or_else(problem)?)
    } else {
        let kind = imagesize::image_type(bytes).ok().and_then(media);
        let unknown = || problem!(InvalidValue, "is-not-an-image-of-a-known-type", path);
        let (media, end) = kind.ok_or_else(unknown)?;
        let size = imagesize::blob_size(bytes).map_err(|_| broken())?;
        let padding = bytes.iter().rev().take_while(|byte| **byte == 0).count();
        let last = bytes.len() - padding;
        let is_whole = bytes.get(..last).is_some_and(|all| all.ends_with(end));
        if !is_whole || (media == "image/webp" && !is_whole_riff(bytes)) {
            return Err(broken());
        }
        let sides = [size.width, size.height].map(u32::try_from);
        let sides = sides.map(|side| side.map_or(f64::INFINITY, f64::from));
        (media, sides.to_vec())
    };
    if sides.iter().any(|side| *side > MOST_PIXELS) {
        let problem = problem!(
            InvalidValue,
            "has-too-many-pixels",
            path,
            most = MOST_PIXELS
        );
        return Err(problem);
    }
    let is_seen = sides.iter().all(|side| *side > 0.0);
    is_seen.then_some(media).ok_or_else(broken)
}

/// The name of a type, and the bytes with which its images end.
fn media(kind: ImageType) -> Option<(&'static str, &'static [u8])> {
    match kind {
        ImageType::Png => Some(("image/png", b"IEND\xaeB`\x82")),
        ImageType::Jpeg => Some(("image/jpeg", b"\xff\xd9")),
        ImageType::Gif => Some(("image/gif", b";")),
        ImageType::Webp => Some(("image/webp", b"")),
        _ => None,
    }
}

/// True for a WebP as long as it says.
fn is_whole_riff(bytes: &[u8]) -> bool {
    let said = bytes.get(4..8).and_then(|said| said.try_into().ok());
    let said = said.and_then(|said| usize::try_from(u32::from_le_bytes(said)).ok());
    said.is_some_and(|said| said + 8 <= bytes.len())
}

/// The sides that a drawing gives itself, in pixels or units of its own, and those of the part that
/// is shown. `None` unless it is whole, and holds nothing that acts, moves, is fetched, or is drawn
/// again and again.
fn sides(text: &str) -> Option<Vec<f64>> {
    // A document type without definitions is how older programs begin.
    let defines = text.contains("<!ENTITY") || text.contains("<!ATTLIST");
    if defines || is_crowded(text) {
        return None;
    }
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let drawing = Document::parse_with_options(text, options).ok()?;
    let root = drawing.root_element();
    let plain = root.has_tag_name((SVG, "svg"))
        && drawing.descendants().all(|node| is_harmless(&node))
        && !copies_copies(&drawing);
    let figures = |name: &str| {
        let text = root.attribute(name).unwrap_or_default();
        let parts = text.split(|one: char| one.is_whitespace() || one == ',');
        let parts = parts.map(|part| part.trim_end_matches(|one: char| one.is_alphabetic()));
        let figures: Vec<f64> = parts.filter_map(|part| part.parse().ok()).collect();
        figures
    };
    let shown = figures("viewBox").into_iter().skip(2);
    let given = figures("width").into_iter().chain(figures("height"));
    plain.then(|| given.chain(shown).collect())
}

/// True for a part of a drawing that does nothing, and fetches nothing.
fn is_harmless(node: &Node<'_, '_>) -> bool {
    if node.is_pi() {
        return false;
    }
    let name = node.tag_name().name().to_ascii_lowercase();
    let acts = ["script", "foreignobject", "set", "discard", "handler"].contains(&name.as_str())
        || name.starts_with("animate")
        || node.tag_name().namespace() == Some(XHTML);
    let css: String = match name.as_str() {
        "style" => {
            let own = node.children().filter(Node::is_text);
            let all = node.descendants().filter(Node::is_text);
            own.chain(all).filter_map(|one| one.text()).collect()
        }
        _ => String::new(),
    };
    let mut attributes = node.attributes();
    !acts
        && stays(&css)
        && attributes.all(|one| match one.name().to_ascii_lowercase().as_str() {
            "href" | "src" => is_inside(one.value()),
            key if key.starts_with("on") => false,
            // Attributes of a drawing program may hold anything; no reader follows them.
            _ => one.namespace().is_some() || stays(one.value()),
        })
}

/// True for a drawing in which a copied part holds copies: a few lines can ask for millions.
fn copies_copies(drawing: &Document<'_>) -> bool {
    let copies = |node: &Node<'_, '_>| node.tag_name().name() == "use";
    let targets = drawing.descendants().filter(copies).filter_map(|node| {
        let mut attributes = node.attributes();
        let link = attributes.find(|one| one.name() == "href")?;
        link.value().strip_prefix('#')
    });
    let targets: BTreeSet<&str> = targets.collect();
    let mut targeted = drawing.descendants().filter(|node| {
        let id = node.attribute("id");
        id.is_some_and(|id| targets.contains(id))
    });
    targeted.any(|node| node.descendants().any(|one| copies(&one)))
}

/// True for a style sheet, or a value in one, that fetches nothing and does not move.
fn stays(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let fetches = ["\\", "@import", "@keyframes", "image-set("];
    let ends = |one: char| one.is_whitespace() || matches!(one, '"' | '\'');
    let mut links = css.split("url(").skip(1);
    !fetches.iter().any(|one| css.contains(one))
        && links.all(|link| is_inside(link.trim_start_matches(ends)))
}

/// True for a link to a part of the drawing, or to an image of points in it.
fn is_inside(link: &str) -> bool {
    let link = link.trim_start().to_ascii_lowercase();
    let points = ["png", "jpeg", "jpg", "gif", "webp"];
    let image = link.strip_prefix("data:image/");
    link.starts_with('#')
        || image.is_some_and(|kind| points.iter().any(|one| kind.starts_with(one)))
}
