//! Colours of a brand: the ones written, and the ones derived so that all can be read.

use crate::problem;
use crate::text::diagnostic::{Diagnostics, Severity};
use crate::text::yaml::Located;
use serde::{Deserialize, Serialize};

/// Contrast that reading takes: level AA of WCAG 2.
const READABLE: f64 = 4.5;
const WHITE: Colour = Colour(0xff_ffff);
const BLACK: Colour = Colour(0);
/// The lighter of the two surfaces of dark pages; on the other everything reads better.
const DARK_PAPER: Colour = Colour(0x1c_2226);
/// Share of white in a tint.
const TINT: f64 = 0.94;

/// Colours as written: one from which the others follow, or each.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ColourFile", untagged))]
#[serde(rename = "$shape")]
pub enum ColourFile {
    /// The colour of marks and links on white paper, `#7a1f3d`.
    #[serde(rename = "scalar")]
    One(Located<String>),
    /// The colours one by one.
    #[serde(rename = "map")]
    Each(ColoursFile),
}

/// Colours one by one; each that is not given follows from `light`.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ColoursFile {
    /// Marks and links on white.
    pub light: Located<String>,
    /// The same in dark mode.
    pub dark: Option<Located<String>>,
    /// The same on paper and in Word.
    pub print: Option<Located<String>>,
    /// The ground of boxes on white.
    pub tint: Option<Located<String>>,
}

/// Colours of a report, `#rrggbb`. Each reads well where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Colours {
    /// Marks and links on white.
    pub light: String,
    /// The same in dark mode.
    pub dark: String,
    /// The same on paper and in Word.
    pub print: String,
    /// The ground of boxes on white.
    pub tint: String,
}

impl Default for Colours {
    fn default() -> Self {
        Self::of(["#1d5c63", "#7cc5cc", "#1d5c63", "#f1f5f5"].map(str::to_owned))
    }
}

impl Colours {
    fn of([light, dark, print, tint]: [String; 4]) -> Self {
        Self {
            light,
            dark,
            print,
            tint,
        }
    }

    /// The colours of a brand; one that cannot be read where it stands is replaced by the nearest
    /// shade that can, with a warning.
    pub(super) fn check(file: &ColourFile, problems: &mut Diagnostics) -> Self {
        let written = match file {
            ColourFile::One(light) => [Some(light), None, None, None],
            ColourFile::Each(each) => {
                let rest = [&each.dark, &each.print, &each.tint].map(Option::as_ref);
                let [dark, print, tint] = rest;
                [Some(&each.light), dark, print, tint]
            }
        };
        let [light, dark, print, tint] = written.map(|one| {
            let written = one?;
            Some((written, Colour::parse(written, problems)?))
        });
        let mut shade = |own: Option<(&Located<String>, Colour)>, derived, paper, toward| {
            let wanted = own.map_or(derived, |(_, colour)| colour);
            let shade: Colour = wanted.readable(paper, toward);
            if let Some((written, _)) = own.filter(|_| shade != wanted) {
                let (colour, used) = (&written.value, shade.to_string());
                let mut problem = problem!(InvalidValue, "is-hard-to-read", colour, used);
                problem.severity = Severity::Warning;
                problems.push(problem.at(written.place));
            }
            shade
        };
        let base = light.map_or(BLACK, |(_, colour)| colour);
        let light = shade(light, base, WHITE, BLACK);
        let colours = [
            light,
            shade(dark, base, DARK_PAPER, WHITE),
            shade(print, light, WHITE, BLACK),
            shade(tint, light.mixed(WHITE, TINT), light, WHITE),
        ];
        Self::of(colours.map(|one| one.to_string()))
    }
}

/// A colour: red, green and blue in eight bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour(u32);

impl Colour {
    /// The colour of `#rgb` or `#rrggbb`.
    fn parse(written: &Located<String>, problems: &mut Diagnostics) -> Option<Self> {
        let digits = written.value.strip_prefix('#');
        let digits = digits.filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let value = digits.and_then(|digits| {
            let value = u32::from_str_radix(digits, 16).ok()?;
            match digits.len() {
                6 => Some(value),
                3 => Some(((value & 0xf00) << 8 | (value & 0xf0) << 4 | (value & 0xf)) * 0x11),
                _ => None,
            }
        });
        if value.is_none() {
            let problem = problem!(InvalidValue, "is-not-a-colour", colour = written.value);
            problems.push(problem.at(written.place));
        }
        value.map(Self)
    }

    /// The three parts, `0..=255`.
    fn parts(self) -> [u32; 3] {
        [16, 8, 0].map(|shift| self.0 >> shift & 255)
    }

    /// This colour with a share, `0..=1`, of another.
    fn mixed(self, other: Self, share: f64) -> Self {
        let pairs = self.parts().into_iter().zip(other.parts());
        let value = pairs.fold(0, |value, (one, other)| {
            let part = f64::from(one) * (1.0 - share) + f64::from(other) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a mean of parts lies within 0..=255"
            )]
            let part = part.round() as u32;
            value << 8 | part
        });
        Self(value)
    }

    /// The nearest shade towards another colour that reads on a paper.
    fn readable(self, paper: Self, toward: Self) -> Self {
        let shades = (0..=32).map(|step| self.mixed(toward, f64::from(step) / 32.0));
        let mut readable = shades.filter(|shade| shade.contrast(paper) >= READABLE);
        readable.next().unwrap_or(toward)
    }

    /// The contrast ratio of two colours, `1..=21`, as WCAG 2 defines it.
    fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u32| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.parts().map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{BLACK, Colour, WHITE};
    use crate::text::diagnostic::{Diagnostics, Place};
    use crate::text::yaml::Located;

    fn parse(text: &str) -> Option<Colour> {
        let written = Located::new(text.to_owned(), Place::NOWHERE);
        Colour::parse(&written, &mut Diagnostics::new())
    }

    #[test]
    fn colours_are_checked() {
        assert_eq!(parse("#7a1f3d"), Some(Colour(0x7a_1f3d)));
        assert_eq!(parse("#fa0"), Some(Colour(0xff_aa00)));
        for bad in ["red", "#12", "#12345g", "#1234567", "#fff;}", "#+12", "#"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 1e-9);
        // Worked by hand: grey 0x76 on white is the lightest that reads, 4.54.
        assert!((Colour(0x76_7676).contrast(WHITE) - 4.54).abs() < 0.01);
        assert_eq!(Colour(0x76_7676).readable(WHITE, BLACK), Colour(0x76_7676));
        assert_ne!(Colour(0x77_7777).readable(WHITE, BLACK), Colour(0x77_7777));
    }
}
