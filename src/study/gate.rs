//! A gate: an assessment judged by a policy, for people and for CI.
//!
//! A [`PolicyFile`] is what is written, a [`Policy`] what is valid, and [`Policy::check`] the only
//! door between them. [`gate`] judges a result by it and gives a [`Verdict`]. What is not known
//! counts as not met, and is shown as unproven.

mod check;
mod file;
mod judge;
mod junit;
mod policy;
mod verdict;

pub use file::{ForbidFile, Names, Overdue, PolicyFile, RegressionFile, RuleFile, Weight};
pub use judge::{Against, gate};
pub use junit::junit;
pub use policy::Policy;
pub use verdict::{CheckKind, CheckResult, Verdict};
