//! Reports: one view, many formats; no format computes.
//!
//! Comes in: result documents, and what was made of them. Goes out: HTML, Markdown, text for a
//! terminal, JSON Schemas. Imports every other room.
//!
//! A [`Layout`] holds what all reports over one rulebook share. A [`view::View`] over it is one
//! assessment sorted, rounded and worded, and a [`Page`] is that view as templates read it.
//! [`Templates`] turn a page into text: [`html`] into one
//! self-contained page, [`markdown`] into the same report for a pull request. [`brand`] checks a
//! user's branding.

pub mod brand;
mod chart;
pub mod context;
mod deliver;
pub mod document;
mod filters;
pub mod form;
mod guide;
mod layout;
mod markdown;
mod portfolio;
pub mod schema;
mod sheet;
mod templates;
pub mod terminal;
pub mod view;
mod word;

pub use deliver::Report;
pub use guide::GuideContext;
pub use layout::Layout;
pub use portfolio::PortfolioContext;
pub use sheet::SheetContext;
pub use templates::Templates;
pub use view::View;

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

/// A history as one HTML page that needs nothing beside it.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn history_html(templates: &Templates, trend: &view::Trend<'_>) -> Result<String> {
    templates.render("history.html", Value::from(Serde(trend)))
}

/// A history as Markdown.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn history_markdown(templates: &Templates, trend: &view::Trend<'_>) -> Result<String> {
    templates.render("history.md", Value::from(Serde(trend)))
}

/// The way to a level as Markdown.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn plan_markdown(templates: &Templates, route: &view::Route) -> Result<String> {
    templates.render("plan.md", Value::from(Serde(route)))
}

/// A comparison as one HTML page that needs nothing beside it.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn compared_html(templates: &Templates, compared: &view::Compared<'_>) -> Result<String> {
    templates.render("compare.html", Value::from(Serde(compared)))
}

/// A comparison as Markdown, for a pull request.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn compared_markdown(templates: &Templates, compared: &view::Compared<'_>) -> Result<String> {
    templates.render("compare.md", Value::from(Serde(compared)))
}

/// A verdict as Markdown, for a comment on a pull request.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn verdict_markdown(templates: &Templates, judged: &view::Judged<'_>) -> Result<String> {
    templates.render("gate.md", Value::from(Serde(judged)))
}

/// A verdict as a badge, SVG.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn badge(templates: &Templates, badge: &view::Badge) -> Result<String> {
    templates.render("badge.svg", Value::from(Serde(badge)))
}
