//! Rule packs as written, and the rulebook as valid.
//!
//! Comes in: the files of packs. Goes out: a rulebook whose items are known by index, with its
//! conditions, tables and metrics proven. Imports `text`.

pub mod condition;
mod link;
pub mod metric;
pub mod pack;
mod reading;
pub mod rulebook;
pub mod vocabulary;

pub use reading::{Reading, VERDICT_COVERAGE};
