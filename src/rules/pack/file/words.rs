//! Findings, advice, context figures and exhibits as written.

use super::OfFile;
use crate::text::yaml::{Entries, Located, Scalar, Value};
use serde::{Deserialize, Serialize};

/// What sort of finding it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// Something to build on.
    Strength,
    /// Something missing.
    Gap,
    /// Something that may do harm.
    Risk,
    /// Two answers that do not go together.
    Contradiction,
    /// What is built against what is called for.
    Fit,
    /// Something nobody knew.
    Unknown,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
    /// It comes before everything else.
    Critical,
}

/// Effort or impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Small.
    Low,
    /// Middling.
    Medium,
    /// Large.
    High,
}

/// By when advice can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Horizon {
    /// Within thirty days.
    #[serde(rename = "30d")]
    Now,
    /// Within ninety days.
    #[serde(rename = "90d")]
    Next,
    /// Within twelve months.
    #[serde(rename = "12m")]
    Later,
}

/// A finding.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingFile {
    /// The section or score it belongs to; taken from the condition where it is not given.
    pub about: Option<Located<String>>,
    /// It is found while this condition holds.
    pub when: Located<Value>,
    /// Items of the condition that only say where it is found, and are no reason for it; mostly
    /// because another finding speaks where they stand otherwise.
    #[serde(default)]
    pub guards: Vec<Located<String>>,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Title.
    pub title: String,
    /// What was seen and what it means; a strict template.
    pub text: Located<String>,
    /// What to do.
    #[serde(default)]
    pub advice: Vec<AdviceFile>,
}

/// Something to do.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdviceFile {
    /// Its id.
    pub id: Located<String>,
    /// What to do, one sentence.
    #[serde(rename = "do")]
    pub what: String,
    /// How, where one sentence is not enough.
    pub how: Option<String>,
    /// What it costs.
    pub effort: Size,
    /// What it brings.
    pub impact: Size,
    /// By when it can be done.
    pub within: Horizon,
    /// Who should own it: a role, never a person.
    pub owner: Option<String>,
    /// Advice that should come first.
    #[serde(default)]
    pub after: Vec<Located<String>>,
    /// The advice that is the same work: `pack.advice` of a used pack, or `advice` of this one; where
    /// both are given, reports tell it once.
    pub same_as: Option<Located<String>>,
    /// The questions it moves, each with the answer it leads to: the number of an anchor, a choice,
    /// `true` or `false`, a number, how many choices of several, or which of them as a list; `{}`
    /// where it moves none.
    pub raises: Option<Entries<LedTo>>,
}

/// The answer that advice leads to.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(rename = "LedTo", untagged)
)]
#[serde(rename = "$shape")]
pub enum LedTo {
    /// One answer, or how many choices.
    #[serde(rename = "scalar")]
    One(Located<Scalar>),
    /// These choices of several.
    #[serde(rename = "list")]
    Choices(Vec<Located<String>>),
}

/// A published figure.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContextFile {
    /// The item it stands beside.
    pub about: Option<Located<String>>,
    /// The figure.
    pub figure: Located<f64>,
    /// Its unit.
    pub unit: String,
    /// What it says.
    pub says: String,
    /// Of whom or what it is a figure; never left out.
    pub base: Located<String>,
    /// How far it may be off, where that can be said.
    pub margin: Option<String>,
    /// Where it was published.
    pub source: String,
    /// What to mind.
    pub caveat: Option<String>,
}

/// What an exhibit draws.
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
    /// Required beside built.
    Steps,
    /// Decisions as verdicts in words.
    Verdicts,
    /// Gates as a checklist.
    Checklist,
}

/// Which part of the report an exhibit stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The first page.
    Summary,
    /// Where the organisation stands.
    Profile,
    /// What its market calls for.
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
    /// What it draws.
    pub kind: Located<ExhibitType>,
    /// Title.
    pub title: String,
    /// What it shows, CommonMark.
    pub text: Option<String>,
    /// Where it stands; `fit` for grids and steps, `profile` for the rest where it is not given.
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
