//! The result: one plain document, the same for JSON, reports and everything that compares.
//!
//! [`assess`] evaluates answers and puts words to the numbers. Figures are unrounded here; rounding
//! happens once, where people read them.

mod action;
mod build;
mod called_for;
mod cause;
mod decision;
mod differences;
mod effect;
mod evaluated;
mod finding;
mod gap;
mod group;
mod ladder;
mod matched;
mod metric;
mod mismatch;
mod question;
mod ranking;
mod reservation;
mod restore;
pub(crate) mod result;
mod score;
mod target;
mod words;
mod work;

pub use build::assess;
pub use matched::MatchedResult;
pub(crate) use metric::convention;
pub use mismatch::Mismatch;
pub use result::*;
pub(crate) use words::{SETTLED, answer_words, contested_words, money, reading_words, test_words};
