//! Branding: who hands the report over, with its images, colours and fonts. A small file of the
//! user's, checked: nothing in it can break a page or a document.

mod colour;
mod image;

pub use colour::{ColourFile, Colours, ColoursFile};

use super::word::picture::is_shown;
use crate::problem;
use crate::text::diagnostic::Diagnostics;
use crate::text::yaml::{Located, OneOrMany};
use crate::text::{is_blank, is_unprintable};
use serde::{Deserialize, Serialize};

/// The longest name of a font, a longer one is none.
const LONGEST_FONT: usize = 60;
/// The longest line, in characters: it has to fit beside the number of a page.
const LONGEST_LINE: usize = 100;
/// The most lines of contact.
const MOST_LINES: usize = 6;

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
            image::data_uri(path.as_ref()?, bytes?, problems)
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
