//! Evaluation of answers: scores, the result document, and plans to reach a level.
//!
//! Comes in: a rulebook and answers. Goes out: an assessment, which holds every conclusion. Imports
//! `text`, `rules` and `answers`.

pub mod assessment;
pub mod evaluate;
pub mod plan;
