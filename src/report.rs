//! Reports: one result, many formats; no format concludes or computes.
//!
//! Comes in: result documents, and what was made of them. Goes out: HTML, Markdown, Word, PDF,
//! XLSX, text for a terminal, JSON Schemas. Imports every other room.
//!
//! A [`ReportContext`] holds what templates are given: the result, and texts and figures in words. A
//! template of `templates/report` writes the words of a [`Report`] as Markdown, which is read as a
//! [`document`] and laid out by the templates of each format. [`Brand`] checks a user's branding.
//! [`study`] gives the reports on comparisons, verdicts, plans and histories.

pub(crate) mod brand;
mod chart;
mod colour;
pub(crate) mod context;
pub(crate) mod decision_map;
mod deliver;
pub mod document;
mod filters;
mod guide;
mod handout;
mod markdown;
mod pdf;
mod project;
pub mod schema;
pub mod study;
mod templates;
pub mod terminal;
mod word;
mod workbook;
pub use brand::*;
pub use context::*;
pub use decision_map::*;
pub use project::*;

pub use deliver::Report;
pub use guide::GuideContext;
pub use handout::{SheetContext, form_page};
pub use templates::{BuiltinTemplate, Templates};
pub use word::ReferenceDocument;
