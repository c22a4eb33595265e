//! Images of a brand: known by their bytes, refused where they could harm a reader.

use crate::problem;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::grid::book::attribute;
use crate::text::yaml::Located;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagesize::ImageType;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A larger image does not belong into a report.
const MOST_BYTES: usize = 1 << 20;
/// More pixels in a row or a column take a reader's memory.
const MOST_PIXELS: f64 = 8_000.0;

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
    let (media, sides) = if let Some(text) = svg(bytes) {
        let sides = sides(text);
        let problem = || problem!(InvalidValue, "is-no-plain-drawing", path);
        ("image/svg+xml", sides.ok_or_else(problem)?)
    } else {
        let (media, end): (_, &[u8]) = match imagesize::image_type(bytes) {
            Ok(ImageType::Png) => ("image/png", b"IEND"),
            Ok(ImageType::Jpeg) => ("image/jpeg", b"\xff\xd9"),
            Ok(ImageType::Gif) => ("image/gif", b";"),
            Ok(ImageType::Webp) => ("image/webp", b"VP8"),
            _ => {
                let problem = problem!(InvalidValue, "is-not-an-image-of-a-known-type", path);
                return Err(problem);
            }
        };
        let size = imagesize::blob_size(bytes).map_err(|_| broken())?;
        if !bytes.windows(end.len()).any(|one| one == end) {
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
    // A side that is no number has no area either.
    let is_seen = sides.iter().all(|side| *side > 0.0);
    is_seen.then_some(media).ok_or_else(broken)
}

/// A text that begins as SVG does.
fn svg(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begins = text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg"));
    begins.then_some(text)
}

/// The sides that a drawing gives itself, in pixels or units of its own. `None` unless it is whole,
/// and holds no script, no animation, no document of another kind, no text to expand and nothing to
/// fetch.
fn sides(text: &str) -> Option<Vec<f64>> {
    let mut reader = Reader::from_str(text);
    let (mut sides, mut open, mut is_style) = (None, 0_usize, false);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return sides.filter(|_| open == 0),
            Event::Start(tag) => {
                sides = Some(sides.unwrap_or_else(|| sides_of(&tag)));
                is_style = tag.local_name().as_ref() == "style";
                open += 1;
                is_harmless(&tag).then_some(())?;
            }
            Event::Empty(tag) => {
                sides = Some(sides.unwrap_or_else(|| sides_of(&tag)));
                is_harmless(&tag).then_some(())?;
            }
            Event::End(_) => {
                open -= 1;
                is_style = false;
            }
            Event::Text(css) if is_style => stays(&css.xml10_content()).then_some(())?,
            Event::CData(css) if is_style => stays(&css.xml10_content()).then_some(())?,
            Event::GeneralRef(_) if is_style => return None,
            Event::DocType(kind) if kind.contains('[') => return None,
            Event::PI(_) => return None,
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::DocType(_)
            | Event::Comment(_)
            | Event::Decl(_) => {}
        }
    }
}

/// Width and height as far as they are figures, and those of the part that is shown.
fn sides_of(svg: &BytesStart<'_>) -> Vec<f64> {
    let figures = |name: &str| {
        let text = attribute(svg, name).unwrap_or_default();
        let parts = text.split(|one: char| one.is_whitespace() || one == ',');
        let parts = parts.map(|part| part.trim_end_matches(|one: char| one.is_alphabetic()));
        let figures: Vec<f64> = parts.filter_map(|part| part.parse().ok()).collect();
        figures
    };
    let shown = figures("viewBox").into_iter().skip(2);
    let given = figures("width").into_iter().chain(figures("height"));
    given.chain(shown).collect()
}

/// True for an element that does nothing, and fetches nothing.
fn is_harmless(tag: &BytesStart<'_>) -> bool {
    let name = tag.local_name();
    let acts = matches!(name.as_ref(), "script" | "foreignObject" | "set")
        || name.as_ref().starts_with("animate");
    let mut attributes = tag.attributes();
    !acts
        && attributes.all(|one| {
            let Ok(one) = one else { return false };
            let Ok(value) = one.normalized_value(XmlVersion::Implicit1_0) else {
                return false;
            };
            let key = one.key.local_name();
            match key.as_ref() {
                "href" | "src" => is_inside(&value),
                key if key.starts_with("on") => false,
                // Attributes of a drawing program may hold anything; no reader follows them.
                _ => one.key.prefix().is_some() || stays(&value),
            }
        })
}

/// True for a style sheet, or a value in one, that fetches nothing.
fn stays(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let fetches = ["\\", "@import", "image-set("];
    let ends = |one: char| one.is_whitespace() || matches!(one, '"' | '\'');
    let mut links = css.split("url(").skip(1);
    !fetches.iter().any(|one| css.contains(one))
        && links.all(|link| is_inside(link.trim_start_matches(ends)))
}

/// True for a link to a part of the drawing, or to an image in it.
fn is_inside(link: &str) -> bool {
    link.starts_with('#') || link.starts_with("data:image/")
}
