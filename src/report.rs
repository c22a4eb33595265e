//! Reports: one view, many formats; no format computes.
//!
//! Comes in: result documents, and what was made of them. Goes out: HTML, Markdown, Word, PDF,
//! XLSX, text for a terminal, JSON Schemas. Imports every other room.
//!
//! A [`Layout`] holds what all reports over one rulebook share. A [`view::View`] over it is one
//! assessment sorted, rounded and worded, and a [`Page`] is that view as templates read it.
//! [`Templates`] turn a page into text: [`html`] into one
//! self-contained page, [`markdown`] into the same report for a pull request. [`brand`] checks a
//! user's branding. [`study`] gives the reports on comparisons, verdicts, plans and histories.

pub mod brand;
mod chart;
pub mod context;
mod deliver;
pub mod document;
mod filters;
pub mod form;
pub mod grid;
mod guide;
mod layout;
mod markdown;
mod pdf;
mod portfolio;
pub mod schema;
mod sheet;
pub mod study;
mod templates;
pub mod terminal;
pub mod view;
mod word;
mod workbook;

pub use deliver::Report;
pub use guide::GuideContext;
pub use layout::Layout;
pub use portfolio::PortfolioContext;
pub use sheet::SheetContext;
pub use templates::{BuiltinTemplate, Templates};
pub use view::View;
pub use word::ReferenceDocument;

use crate::text::Result;
use minijinja::value::{Serde, Value};

/// A view as templates read it, converted once for all formats.
#[derive(Debug, Clone)]
pub struct Page(Value);

impl Page {
    /// The page of a view.
    #[must_use]
    pub fn new(view: &View<'_>) -> Self {
        Self(Value::from(Serde(view)))
    }
}

/// The report as one HTML page that needs nothing beside it.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn html(templates: &Templates, page: &Page) -> Result<String> {
    templates.render("report.html", page.0.clone())
}

/// The report as Markdown: the same figures in the same order.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn markdown(templates: &Templates, page: &Page) -> Result<String> {
    templates.render("report.md", page.0.clone())
}

}
