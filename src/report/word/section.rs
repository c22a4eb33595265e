//! The page of a document of the house, with its headers and footers.

use crate::text::package::PackageError;
use crate::text::package::{Piece, Pieces, attribute};
use quick_xml::events::BytesStart;
use serde::Serialize;

/// The longest side of a page of Word, in twentieths of a point.
const LONGEST_SIDE: i32 = 31_680;
/// The narrowest and lowest room for text.
const LEAST_ROOM: i32 = 4_000;

/// A header or footer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Header {
    /// `header` or `footer`.
    pub(super) kind: String,
    /// `default`, `first` or `even`.
    pages: String,
    /// The id of its part in the document.
    pub(super) id: String,
}

/// Size and margins of a page, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Page {
    width: i32,
    height: i32,
    top: i32,
    right: i32,
    bottom: i32,
    left: i32,
    header: i32,
    footer: i32,
    /// Width of the text.
    room: i32,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            width: 11_906,
            height: 16_838,
            top: 940,
            right: 1_020,
            bottom: 860,
            left: 1_020,
            header: 440,
            footer: 400,
            room: 9_866,
        }
    }
}

/// The last section of a document, with the headers it takes from those before it.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) page: Page,
    pub(super) headers: Vec<Header>,
    /// True if the first page has others.
    pub(super) title_page: bool,
}

impl Section {
    /// Reads the text of a document; what a section was before a tracked change does not count.
    pub(super) fn read(text: &str) -> Result<Self, PackageError> {
        let (mut section, mut inside, mut former) = (Self::default(), false, false);
        let mut pieces = Pieces::new(text);
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Start(element) => match element.local_name().as_ref() {
                    "sectPrChange" => former = true,
                    "sectPr" if !former => {
                        inside = true;
                        section.page = Page::default();
                        section.title_page = false;
                    }
                    _ if inside && !former => section.take(&element),
                    _ => {}
                },
                Piece::End(element) => match element.local_name().as_ref() {
                    "sectPrChange" => former = false,
                    "sectPr" if !former => inside = false,
                    _ => {}
                },
                Piece::Text(_) => {}
            }
        }
        section.page = section.page.checked();
        section.headers.sort();
        Ok(section)
    }

    fn take(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "headerReference" => self.take_header("header", element),
            "footerReference" => self.take_header("footer", element),
            "pgSz" => self.page.take_size(element),
            "pgMar" => self.page.take_margins(element),
            "titlePg" => self.title_page = is_on(element),
            _ => {}
        }
    }

    fn take_header(&mut self, kind: &str, element: &BytesStart<'_>) {
        let get = |name| attribute(element, name).unwrap_or_default();
        let header = Header {
            kind: kind.to_owned(),
            pages: get("type"),
            id: get("id"),
        };
        let same = |one: &Header| one.kind == header.kind && one.pages == header.pages;
        self.headers.retain(|one| !same(one));
        if ["default", "first", "even"].contains(&header.pages.as_str()) {
            self.headers.push(header);
        }
    }
}

/// True for a switch that is on.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val").is_some_and(|it| matches!(it.as_str(), "0" | "false" | "off"))
}

fn figure(element: &BytesStart<'_>, name: &str) -> Option<i32> {
    attribute(element, name)?.parse().ok()
}

impl Page {
    fn take_size(&mut self, element: &BytesStart<'_>) {
        self.width = figure(element, "w").unwrap_or(self.width);
        self.height = figure(element, "h").unwrap_or(self.height);
    }

    fn take_margins(&mut self, element: &BytesStart<'_>) {
        for (name, margin) in [
            ("top", &mut self.top),
            ("right", &mut self.right),
            ("bottom", &mut self.bottom),
            ("left", &mut self.left),
            ("header", &mut self.header),
            ("footer", &mut self.footer),
        ] {
            *margin = figure(element, name).unwrap_or(*margin);
        }
        let gutter = figure(element, "gutter").unwrap_or(0);
        self.left = self.left.saturating_add(gutter);
    }

    /// The page with room for text, or ours where it has none.
    fn checked(mut self) -> Self {
        let sides = [self.width, self.height];
        let margins = [
            self.top,
            self.right,
            self.bottom,
            self.left,
            self.header,
            self.footer,
        ];
        let room = |side: &i32| (LEAST_ROOM..=LONGEST_SIDE).contains(side);
        let margin = |one: &i32| (-LONGEST_SIDE..=LONGEST_SIDE).contains(one);
        if !sides.iter().all(room) || !margins.iter().all(margin) {
            return Self::default();
        }
        self.room = self.width - self.left - self.right;
        let height = self.height - self.top.abs() - self.bottom.abs();
        if self.room.min(height) < LEAST_ROOM || self.room > LONGEST_SIDE {
            return Self::default();
        }
        self
    }
}
