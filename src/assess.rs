//! Evaluation of answers: scores, the result document, and plans to reach a level.
//!
//! Comes in: a rulebook and answers. Goes out: an assessment, which holds every conclusion. Imports
//! `text`, `rules` and `answers`.
//!
//! In the order they run: `evaluate` makes numbers of answers, and tries others in their place;
//! `assessment` puts words to the numbers and draws conclusions, whose types are in its `result`;
//! `plan` searches for the shortest way to a level.

pub(crate) mod assessment;
pub(crate) mod evaluate;
pub(crate) mod plan;
pub use assessment::*;
pub use evaluate::*;
pub use plan::*;
