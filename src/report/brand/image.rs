//! Images of a brand: known by their bytes, refused where they could harm a reader.

use crate::problem;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::is_crowded;
use crate::text::yaml::Located;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagesize::ImageType;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

/// A larger image does not belong into a report.
const MOST_BYTES: usize = 1 << 20;
/// More pixels in a row or a column take a reader's memory.
const MOST_PIXELS: f64 = 8_000.0;
const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The image as a `data:` URI.
pub(super) fn data_uri(
    path: &Located<String>,
    bytes: &[u8],
    problems: &mut Diagnostics,
) -> Option<String> {
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
