//! A gate: an assessment held to a policy, for people and for CI.
//!
//! A [`PolicyFile`] is what is written, a [`Policy`] what is valid, and [`Policy::check`] the only
//! door between them. [`gate`] holds a result to it and gives a [`Verdict`]. What is not known
//! counts as not met, and is told as unproven.

mod check;
mod file;
mod judge;
mod junit;
mod policy;
mod verdict;

pub use file::{ForbidFile, Names, Overdue, PolicyFile, RegressionFile, RuleFile, Weight};
pub use judge::gate;
pub use junit::junit;
pub use policy::Policy;
pub use verdict::{CheckKind, CheckResult, Verdict};

use crate::study::compare::Comparison;

/// What regressions are measured from.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// As it was asked for: `main:clients/acme`.
    pub name: &'a str,
    /// What moved since; `None` where there was no assessment yet.
    pub comparison: Option<&'a Comparison>,
}
