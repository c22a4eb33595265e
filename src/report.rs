//! Reports: one view, many formats; no format computes.
//!
//! A [`Layout`] holds what all reports over one rulebook share. A [`view::View`] over it is one
//! assessment sorted, rounded and worded. [`Templates`] turn a view into text: [`html`] into one
//! self-contained page, [`markdown`] into the same report for a pull request. [`brand`] checks a
//! user's branding.

pub mod brand;
mod chart;
mod filters;
mod layout;
mod markdown;
mod templates;
pub mod view;

pub use layout::Layout;
pub use templates::Templates;
pub use view::View;

use crate::error::Result;
use minijinja::value::{Serde, Value};

/// The report as one HTML page that needs nothing beside it.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn html(templates: &Templates, view: &View<'_>) -> Result<String> {
    templates.render("report.html", Value::from(Serde(view)))
}

/// The report as Markdown: the same figures in the same order.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn markdown(templates: &Templates, view: &View<'_>) -> Result<String> {
    templates.render("report.md", Value::from(Serde(view)))
}
