//! Branding: who hands the report over, its image, its colours. A small file of the user's, checked.

use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::yaml::Located;
use serde::{Deserialize, Serialize};

/// An image larger than this does not belong into a report.
const MOST_LOGO_BYTES: usize = 1 << 20;
/// The papers colours are read on, light and dark, and the contrast that reading takes.
const PAPERS: [u32; 2] = [0x00ff_ffff, 0x0014_181b];
const READABLE: f64 = 4.5;

/// Branding as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity branding")
)]
pub struct BrandFile {
    /// Who hands the report over.
    pub name: Option<String>,
    /// The path of an image beside this file: PNG, JPEG, GIF, WebP or SVG.
    pub logo: Option<Located<String>>,
    /// The colour of marks and links on white paper, `#7a1f3d`.
    pub colour: Option<Located<String>>,
    /// The same in dark mode; taken from `colour` where it is not given.
    pub colour_dark: Option<Located<String>>,
    /// A line on the cover and at the end: for whom the report is.
    pub confidentiality: Option<String>,
}

crate::text::yaml::document!(BrandFile);

/// Branding as reports use it; plain by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// Who hands the report over; null: no line.
    pub name: Option<String>,
    /// The image as a `data:` URI; null: no image.
    pub logo: Option<String>,
    /// Empty, or a style rule that sets the colours; holds nothing but checked colours.
    pub css: String,
    /// For whom the report is; null: no line.
    pub confidentiality: Option<String>,
}

impl Brand {
    /// Checks branding as written; `logo` holds the bytes of the image it names.
    ///
    /// Every problem goes to `problems`: a colour that is none, an image of no known type or too
    /// large. A colour that is hard to read is a warning. `None` where there is an error.
    #[must_use]
    pub fn check(
        file: &BrandFile,
        logo: Option<&[u8]>,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let before = problems.errors();
        let logo = file
            .logo
            .as_ref()
            .zip(logo)
            .and_then(|(path, bytes)| image(path, bytes, problems));
        let css = style(file, problems);
        let text = |text: &Option<String>| text.clone().filter(|one| !one.trim().is_empty());
        let brand = Self {
            name: text(&file.name),
            logo,
            css,
            confidentiality: text(&file.confidentiality),
        };
        (problems.errors() == before).then_some(brand)
    }
}

fn style(file: &BrandFile, problems: &mut Diagnostics) -> String {
    let mut css = String::new();
    let dark = file.colour_dark.as_ref().or(file.colour.as_ref());
    let wanted = [(&file.colour.as_ref(), "--brand"), (&dark, "--brand-dark")];
    for ((colour, name), paper) in wanted.into_iter().zip(PAPERS) {
        let Some(written) = colour else { continue };
        let said = std::ptr::eq(*written, file.colour.as_ref().unwrap_or(written))
            && name == "--brand-dark";
        let Some(rgb) = rgb(&written.value) else {
            if !said {
                let message = format!("`{}` is not a colour", written.value);
                let problem = Diagnostic::error(Code::InvalidValue, message).at(written.place);
                problems.push(problem.help("write `#rrggbb` or `#rgb`, as in `#7a1f3d`"));
            }
            continue;
        };
        if contrast(rgb, paper) < READABLE {
            let message = format!("`{}` is hard to read as `{}`", written.value, &name[2..]);
            let problem = Diagnostic::warning(Code::InvalidValue, message).at(written.place);
            problems.push(
                problem.help(
                    "`colour` is read on white and `colour_dark` on near black: 4.5:1 or more",
                ),
            );
        }
        css.push_str(if css.is_empty() { ":root{" } else { ";" });
        css.push_str(name);
        css.push(':');
        css.push_str(&written.value);
    }
    if !css.is_empty() {
        css.push('}');
    }
    css
}

/// `#rgb` or `#rrggbb` as a number.
fn rgb(text: &str) -> Option<u32> {
    let digits = text
        .strip_prefix('#')
        .filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        6 => Some(value),
        3 => Some((value >> 8 & 15) * 0x11_0000 + (value >> 4 & 15) * 0x1100 + (value & 15) * 0x11),
        _ => None,
    }
}

/// The contrast ratio of two colours, 1..=21, as WCAG 2 defines it.
fn contrast(one: u32, other: u32) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(rgb: u32) -> f64 {
    let linear = |shift: u32| {
        let share = f64::from(rgb >> shift & 255) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
}

fn image(path: &Located<String>, bytes: &[u8], problems: &mut Diagnostics) -> Option<String> {
    let refuse = |message: String, help: &str| {
        Diagnostic::error(Code::InvalidValue, message)
            .at(path.place)
            .help(help)
    };
    if bytes.len() > MOST_LOGO_BYTES {
        problems.push(refuse(
            format!("`{}` is larger than 1 MB", path.value),
            "use a smaller image",
        ));
        return None;
    }
    let Some(media) = media_type(bytes) else {
        let message = format!("`{}` is not an image of a known type", path.value);
        problems.push(refuse(message, "use PNG, JPEG, GIF, WebP or SVG"));
        return None;
    };
    Some(format!("data:{media};base64,{}", base64(bytes)))
}

/// The type the bytes themselves tell; the file's name is not asked.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => {
            let text = std::str::from_utf8(bytes)
                .ok()?
                .trim_start_matches('\u{feff}')
                .trim_start();
            let svg =
                text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg"));
            svg.then_some("image/svg+xml")
        }
    }
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63)
                .ok()
                .and_then(|it| DIGITS.get(it));
            let used = place <= chunk.len();
            text.push(
                digit
                    .filter(|_| used)
                    .map_or('=', |digit| char::from(*digit)),
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_fills_the_last_group() {
        assert_eq!(
            ["", "M", "Ma", "Man"].map(|it| base64(it.as_bytes())),
            ["", "TQ==", "TWE=", "TWFu"]
        );
    }

    #[test]
    fn colours_are_checked() {
        assert_eq!(rgb("#7a1f3d"), Some(0x7a_1f3d));
        assert_eq!(rgb("#fa0"), Some(0xff_aa00));
        for bad in ["red", "#12", "#12345g", "#1234567", "#fff;}", "#+12"] {
            assert_eq!(rgb(bad), None, "{bad}");
        }
    }

    #[test]
    fn black_on_white_has_all_the_contrast_there_is() {
        assert!((contrast(0, 0x00ff_ffff) - 21.0).abs() < 1e-9);
    }
}
