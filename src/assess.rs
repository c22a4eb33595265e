//! Evaluation of answers: scores, the result document, and plans to reach a level.
//!
//! Comes in: a rulebook and answers. Goes out: an assessment, which holds every conclusion. Imports
//! `text`, `rules` and `answers`.

pub(crate) mod assessment;
pub(crate) mod evaluate;
pub(crate) mod plan;
pub use assessment::*;
pub use evaluate::*;
pub use plan::*;
