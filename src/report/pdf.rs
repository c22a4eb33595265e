//! The report as PDF: what a browser printed, set right.
//!
//! A browser prints the HTML of a report; starting one is left to the caller. Browsers know on which
//! page a heading lies only once they have printed, so a report with contents is printed twice: the
//! page numbers of the first print stand in the contents of the second. What a browser gets wrong is
//! mended in a copy: the time of day, and what those who hear a document instead of seeing it need.

mod copy;
mod names;

use super::deliver::Report;
use super::document::Document;
use crate::message;
use crate::text::{Error, Result};
use copy::Copy;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, ObjRef};
use std::collections::BTreeMap;

/// Prints of one report at most. Page numbers do not move what they number, so the second is final.
const MOST_PRINTS: usize = 3;
/// The day of a report that has none.
const NO_DAY: &str = "2000-01-01";

/// The program that makes it.
const PROGRAM: &str = concat!("centricity ", env!("CARGO_PKG_VERSION"));

/// The page of each place that links lead to, from 1.
pub(super) type Pages = BTreeMap<String, usize>;

impl Report {
    /// The report as PDF. `print` prints an HTML page by a browser; `day` is the day the document
    /// bears, `2026-10-31`.
    ///
    /// The same bytes from the browser give the same bytes, whatever the time.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered, if the browser fails, or if
    /// what it printed is no PDF.
    pub fn pdf<E: From<Error>>(
        &self,
        day: Option<&str>,
        mut print: impl FnMut(&str) -> std::result::Result<Vec<u8>, E>,
    ) -> std::result::Result<Vec<u8>, E> {
        let document = self.document("pdf")?;
        let mut page = self.page(&document, Some(&Pages::new()))?;
        let mut prints = 1;
        loop {
            let printed = Printed::read(print(&page)?)?;
            let next = self.page(&document, Some(&printed.pages()))?;
            if next == page || prints == MOST_PRINTS {
                return Ok(printed.finished(&document, day.unwrap_or(NO_DAY))?);
            }
            page = next;
            prints += 1;
        }
    }
}

/// A document that a browser printed.
struct Printed(Pdf);

impl Printed {
    fn read(bytes: Vec<u8>) -> Result<Self> {
        let pdf = Pdf::new(bytes).map_err(|_| not_a_pdf())?;
        Ok(Self(pdf))
    }

    fn root(&self) -> Option<Dict<'_>> {
        let xref = self.0.xref();
        xref.get(xref.root_id())
    }

    /// The pages of the places that links lead to.
    fn pages(&self) -> Pages {
        let pages = self.0.pages().iter().zip(1..);
        let numbers: Vec<_> = pages
            .filter_map(|(page, number)| Some((ObjRef::from(page.raw().obj_id()?), number)))
            .collect();
        let places = self.root().and_then(|root| root.get::<Dict<'_>>("Dests"));
        let places = places.unwrap_or_default();
        let page = |name: &Name<'_>| {
            let place: Array<'_> = places.get(name.as_ref())?;
            let page = place.raw_iter().next()?.as_obj_ref()?;
            let found = numbers.iter().find(|(one, _)| *one == page)?;
            Some((name.as_str().to_owned(), found.1))
        };
        places.keys().filter_map(|name| page(&name)).collect()
    }

    /// A copy that bears a fixed day, with every link described and furniture set apart.
    fn finished(&self, document: &Document, day: &str) -> Result<Vec<u8>> {
        let headings = document.headings.iter();
        let mut links: BTreeMap<String, String> = self
            .pages()
            .into_iter()
            .map(|(place, page)| (place, message!("page-number", page)))
            .collect();
        links.extend(headings.map(|one| (one.id.clone(), one.text.clone())));
        let metadata = self.0.metadata();
        let title = metadata.title.as_deref().unwrap_or_default();
        let producer = metadata.producer.as_deref().unwrap_or_default();
        let made = format!("D:{}000000Z", day.replace('-', ""));
        let facts = [
            ("Title", title),
            ("Creator", PROGRAM.as_bytes()),
            ("Producer", producer),
            ("CreationDate", made.as_bytes()),
            ("ModDate", made.as_bytes()),
        ];
        Copy::new(self.0.xref(), links)
            .written(&facts)
            .ok_or_else(not_a_pdf)
    }
}

fn not_a_pdf() -> Error {
    Error::document(message!("what-the-browser-printed-is-no-pdf"))
}
