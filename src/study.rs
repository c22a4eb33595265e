//! Studies of results: reasons, changes, policies, and comparison of many clients.
//!
//! Comes in: assessments. Goes out: explanations, comparisons, histories, verdicts and portfolios.
//! Imports every room above.

/// A quarter of the distance between two anchors of a scale of 0 to 4, in points of 0..100. A
/// smaller difference of indices is never called a change.
pub const QUARTER_ANCHOR: f64 = 6.25;

pub mod case;
pub mod compare;
pub mod explain;
pub mod gate;
pub mod history;
pub mod lint;
pub mod portfolio;

use crate::message;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::yaml::Located;

/// The error of a file whose format is not 1.
fn unknown_format(format: &Located<u32>) -> Option<Diagnostic> {
    let message = message!("format-is-not-known", format = format.value);
    let problem = Diagnostic::error(Code::UnknownFormat, message).at(format.place);
    (format.value != 1).then(|| problem.help("write `format: 1`"))
}
