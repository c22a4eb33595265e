//! Images of a brand: known by their bytes, refused where they could harm a reader.

use crate::problem;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::yaml::Located;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagesize::ImageType;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A larger image does not belong into a report.
const MOST_BYTES: usize = 1 << 20;
/// More pixels in a row or a column take a reader's memory.
const MOST_PIXELS: usize = 8_000;

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
    if let Some(text) = svg(bytes) {
        let problem = || problem!(InvalidValue, "is-no-plain-drawing", path);
        return is_harmless(text)
            .then_some("image/svg+xml")
            .ok_or_else(problem);
    }
    let media = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => "image/png",
        Ok(ImageType::Jpeg) => "image/jpeg",
        Ok(ImageType::Gif) => "image/gif",
        Ok(ImageType::Webp) => "image/webp",
        _ => {
            return Err(problem!(
                InvalidValue,
                "is-not-an-image-of-a-known-type",
                path
            ));
        }
    };
    match imagesize::blob_size(bytes) {
        Ok(size) if size.width.max(size.height) <= MOST_PIXELS => Ok(media),
        Ok(_) => Err(problem!(
            InvalidValue,
            "has-too-many-pixels",
            path,
            most = MOST_PIXELS
        )),
        Err(_) => Err(problem!(InvalidValue, "is-a-broken-image", path)),
    }
}

/// A text that begins as SVG does.
fn svg(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begins = text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg"));
    begins.then_some(text)
}

/// True if a drawing is whole, and holds no script, no document of another kind, no text to expand
/// and nothing to fetch.
fn is_harmless(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    loop {
        let tag = match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(Event::DocType(kind)) if kind.contains('[') => return false,
            Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
            Ok(_) => continue,
            Err(_) => return false,
        };
        let is_foreign = matches!(tag.local_name().as_ref(), "script" | "foreignObject");
        let mut attributes = tag.attributes();
        let harms = attributes.any(|attribute| {
            attribute.is_ok_and(|one| {
                let (key, value) = (one.key.local_name(), one.value.as_ref());
                let stays = value.starts_with('#') || value.starts_with("data:image/");
                key.as_ref().starts_with("on") || (key.as_ref() == "href" && !stays)
            })
        });
        if is_foreign || harms {
            return false;
        }
    }
}
