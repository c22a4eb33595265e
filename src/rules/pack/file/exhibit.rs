//! Exhibits as written.

use super::rule::OfFile;
use crate::text::yaml::Located;
use serde::{Deserialize, Serialize};

/// Kind of an exhibit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ExhibitType {
    /// Scores as a sorted dot plot with ranges.
    Dots,
    /// A decision drawn over two inputs.
    Grid,
    /// Answers to like questions, as steps.
    Bars,
    /// The children of one score.
    Star,
    /// Required compared with built.
    Steps,
    /// Decisions as verdicts in words.
    Verdicts,
    /// Gates as a checklist.
    Checklist,
}

/// Part of the report in which an exhibit is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The first page.
    Summary,
    /// The state of the organisation.
    Profile,
    /// The needs of its market.
    Fit,
    /// One way of looking at it.
    Lens,
}

/// An exhibit; which keys it takes depends on its kind.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExhibitFile {
    /// Its id.
    pub id: Located<String>,
    /// Its kind.
    pub kind: Located<ExhibitType>,
    /// Title.
    pub title: String,
    /// Explanation, CommonMark.
    pub text: Option<String>,
    /// Part of the report; `fit` for grids and steps, `profile` for the rest where it is not given.
    pub part: Option<Part>,
    /// `dots`, `bars`: the items; `star`: the score; `verdicts`: the decisions.
    pub of: Option<OfFile>,
    /// `grid`, `steps`: the decision.
    pub decision: Option<Located<String>>,
    /// `grid`: the input drawn across.
    pub x: Option<Located<String>>,
    /// `grid`: the input drawn upwards.
    pub y: Option<Located<String>>,
    /// `steps`: the ladder.
    pub ladder: Option<Located<String>>,
    /// `checklist`: the gates.
    #[serde(default)]
    pub gates: Vec<Located<String>>,
}
