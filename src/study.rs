//! Studies of results: reasons, changes, policies, and comparison of many clients.
//!
//! Comes in: assessments. Goes out: explanations, comparisons, histories, verdicts and portfolios.
//! Imports every room above.

pub mod case;
pub(crate) mod compare;
pub(crate) mod explain;
pub(crate) mod gate;
pub(crate) mod history;
mod lint;
pub mod portfolio;
pub use compare::*;
pub use explain::*;
pub use gate::*;
pub use history::*;

pub use lint::lint;

/// A quarter of the distance between two anchors of a scale of 0 to 4, in points of 0..100. A
/// smaller difference of indices is never called a change.
pub const QUARTER_ANCHOR: f64 = 6.25;

/// An id that names nothing, or several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownId {
    /// The id as asked for.
    pub id: String,
    /// The nearest that is there.
    pub near: Option<String>,
    /// The ids it could refer to, where there are several.
    pub several: Vec<String>,
}

/// The first number of a version; 0 where it has none.
fn major(version: &str) -> u64 {
    let first = version.split('.').next().unwrap_or_default();
    first.parse().unwrap_or_default()
}

/// An id without its pack.
fn local(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, local)| local)
}
