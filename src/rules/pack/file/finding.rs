//! Findings, advice, context figures, exhibits and texts of a report as written.

use super::rule::OfFile;
use crate::text::yaml::{Entries, Located, Scalar, Value};
use serde::{Deserialize, Serialize};

/// Kind of a finding.
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
    /// A difference between what is built and what is called for.
    Fit,
    /// Something nobody knew.
    Unknown,
}

/// Severity of a finding.
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

/// Time within which advice can be done.
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
    /// because another finding covers their other values.
    #[serde(default)]
    pub guards: Vec<Located<String>>,
    /// Its kind.
    pub kind: FindingKind,
    /// Its severity.
    pub severity: Severity,
    /// Title.
    pub title: String,
    /// The text: what was seen and what it means, in words, calls and choices.
    pub text: Located<String>,
    /// Actions to take.
    #[serde(default)]
    pub advice: Vec<AdviceFile>,
}

/// Something to do.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdviceFile {
    /// Its id.
    pub id: Located<String>,
    /// The action, in one sentence.
    #[serde(rename = "do")]
    pub what: String,
    /// Details, where one sentence is not enough.
    pub how: Option<String>,
    /// The question that somebody has to decide for it to be done, such as who owns it.
    pub decide: Option<String>,
    /// Its cost.
    pub effort: Size,
    /// Its benefit.
    pub impact: Size,
    /// Time within which it can be done.
    pub within: Horizon,
    /// Its owner: a role, never a person.
    pub owner: Option<String>,
    /// Advice that should come first.
    #[serde(default)]
    pub after: Vec<Located<String>>,
    /// The advice that is the same work: `pack.advice` of a used pack, or `advice` of this one; where
    /// both are given, reports show it once.
    pub same_as: Option<Located<String>>,
    /// The questions it moves, each with the answer it leads to: the number of an anchor, a choice,
    /// `true` or `false`, a number, how many choices of several, or which of them as a list; `{}`
    /// where it moves none.
    pub raises: Option<Entries<LedTo>>,
    /// Other words for clients of whom a condition holds; the first that holds counts, and the words
    /// above where none is known to.
    #[serde(default, rename = "for")]
    pub variants: Vec<VariantFile>,
}

/// Words of advice for some clients; what is not given stays as it is for all.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VariantFile {
    /// The clients it is for.
    pub when: Located<Value>,
    /// The action, in one sentence.
    #[serde(rename = "do")]
    pub what: Option<String>,
    /// Details, where one sentence is not enough.
    pub how: Option<String>,
    /// The question that somebody has to decide for it to be done.
    pub decide: Option<String>,
    /// Its owner: a role, never a person.
    pub owner: Option<String>,
}

/// Words for a role that owns advice, for some clients.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OwnerFile {
    /// The clients it is for.
    pub when: Located<Value>,
    /// The role there.
    pub owner: String,
}

/// The answer that advice leads to.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "LedTo", untagged))]
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
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContextFile {
    /// The item it is shown with.
    pub about: Option<Located<String>>,
    /// The figure.
    pub figure: Located<f64>,
    /// Its unit.
    pub unit: String,
    /// Its meaning, in a sentence.
    pub says: String,
    /// The people or things it is a figure of; never left out.
    pub base: Located<String>,
    /// Margin of error, where it is known.
    pub margin: Option<String>,
    /// Place of publication.
    pub source: String,
    /// Reservation a reader should know.
    pub caveat: Option<String>,
}

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

/// Texts of a report on the subject of the pack. Several packs take those of the one that speaks for
/// all, or else of the first that has a headline.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ReportFile {
    /// Title of the report; the title of the pack where it is not given.
    pub title: Option<Located<String>>,
    /// The question that the report answers; the title of the pack where it is not given.
    pub question: Option<Located<String>>,
    /// Label of a badge; the id in words where it is not given.
    pub badge: Option<Located<String>>,
    /// Titles of sections; the template's own where one is not given.
    pub sections: SectionTitles<Located<String>>,
}

/// Titles of the sections of a report, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SectionTitles"))]
pub struct SectionTitles<T> {
    /// The form called for and the form built.
    pub fit: Option<T>,
    /// The scores of a pack.
    pub profile: Option<T>,
    /// The views of the roles.
    pub roles: Option<T>,
    /// The findings.
    pub findings: Option<T>,
    /// The results of the business.
    pub results: Option<T>,
    /// The actions, by when.
    pub roadmap: Option<T>,
    /// The open questions.
    pub unknown: Option<T>,
    /// Method by which the figures were made.
    pub method: Option<T>,
}

impl<T> SectionTitles<T> {
    /// The titles, each changed.
    pub(crate) fn map<U>(self, mut change: impl FnMut(T) -> U) -> SectionTitles<U> {
        let mut change = |title: Option<T>| title.map(&mut change);
        SectionTitles {
            fit: change(self.fit),
            profile: change(self.profile),
            roles: change(self.roles),
            findings: change(self.findings),
            results: change(self.results),
            roadmap: change(self.roadmap),
            unknown: change(self.unknown),
            method: change(self.method),
        }
    }
}
