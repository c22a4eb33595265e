//! Collection of answers from people and other tools.
//!
//! Comes in: answers given one by one, on a page, or in the export of a survey. Goes out: files of
//! answers. Imports `text`, `rules` and `answers`.

pub mod export;
pub mod form;
pub mod import;
pub mod interview;
