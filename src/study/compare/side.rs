//! The inputs of a comparison.

use crate::answers::Answers;
use crate::assess::assessment::Assessment;
use crate::rules::rulebook::Rulebook;

/// One of the two: a result document, with the answers behind it where they are at hand.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The document.
    pub result: &'a Assessment,
    /// What it was made from.
    pub source: Option<(&'a Rulebook, &'a Answers)>,
}

impl<'a> Side<'a> {
    /// A document that was kept; its answers cannot be scored again.
    #[must_use]
    pub fn stored(result: &'a Assessment) -> Self {
        Self {
            result,
            source: None,
        }
    }

    /// A document with the answers it was made from.
    #[must_use]
    pub fn scored(result: &'a Assessment, rulebook: &'a Rulebook, answers: &'a Answers) -> Self {
        Self {
            result,
            source: Some((rulebook, answers)),
        }
    }
}

/// The earlier answers under the later packs, where packs changed.
#[derive(Debug, Clone, Copy)]
pub enum Carried<'a> {
    /// The earlier answers, scored by the rulebook of the later ones.
    Done(Side<'a>),
    /// Why that cannot be: a sentence in lower case without a period.
    Not(&'a str),
}
