//! What the answers come to: numbers, the result document, and ways to a level.
//!
//! Comes in: a rulebook and answers. Goes out: an assessment, which holds every conclusion. Imports
//! `text`, `rules` and `answers`.

pub mod assessment;
pub mod evaluate;
pub mod plan;
