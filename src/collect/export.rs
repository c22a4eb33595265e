//! Questionnaires and answers as tables that others can open.
//!
//! A questionnaire goes out as a [`workbook`] for people, as a [`template`] in CSV, or as an
//! [`xlsform`] for form servers; what comes back from any of them goes through
//! [`import`](crate::collect::import). [`responses`] writes answers one row a respondent. The same input
//! gives the same bytes.
//!
//! No text is taken for a formula: workbooks hold it as text, and in CSV one that begins like a
//! formula has an apostrophe before it, which import takes away again.

mod csv;
mod questions;
mod workbook;
mod xlsform;
mod xpath;

pub use csv::{responses, template};
pub use workbook::workbook;
pub use xlsform::xlsform;
