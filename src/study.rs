//! What can be asked of results: reasons, changes, standards, and how many clients compare.
//!
//! Comes in: assessments. Goes out: explanations, comparisons, histories, verdicts and portfolios.
//! Imports every room above.

pub mod case;
pub mod compare;
pub mod explain;
pub mod gate;
pub mod history;
pub mod lint;
pub mod portfolio;
