//! Scores, decisions, gates and ladders as written.

use super::finding::AdviceFile;
use crate::rules::vocabulary::{Aggregate, Basis, ConfidenceGrade, HitPolicy};
use crate::text::yaml::{Entries, Located, One, OneOrMany, Scalar, Value};
use serde::{Deserialize, Serialize};

/// A score.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreFile {
    /// Name for tables and charts; the id in words where it is not given.
    pub title: Option<String>,
    /// Its meaning, in one sentence.
    pub about: Option<String>,
    /// Rule by which children become one value.
    pub aggregate: Located<Aggregate>,
    /// The children.
    pub of: OfFile,
    /// Weights that replace the children's own.
    #[serde(default)]
    pub weights: Entries<Located<f64>>,
    /// Children are put on 0..100 first.
    #[serde(default)]
    pub normalise: bool,
    /// `count` and `share`: the test that a child must pass to count.
    pub test: Option<Located<Scalar>>,
    /// Caps that may hold the score down.
    pub cap: Option<OneOrMany<CapFile>>,
    /// Condition under which what it counts is wanted; otherwise it is no gap, and where it is
    /// there it can be simplified.
    pub called_for: Option<Located<Value>>,
    /// The optional packs that have questions for it: reports name those that are not part of the
    /// assessment.
    #[serde(default)]
    pub asked_in: Vec<Located<String>>,
}

/// A section's own score: a score over its questions.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionScoreFile {
    /// Its meaning, in one sentence.
    pub about: Option<String>,
    /// Rule by which the questions become one value.
    pub aggregate: Located<Aggregate>,
    /// The questions that count; all of the section where it is not given.
    pub of: Option<OfFile>,
    /// Weights that replace the questions' own.
    #[serde(default)]
    pub weights: Entries<Located<f64>>,
    /// Questions are put on 0..100 first.
    #[serde(default)]
    pub normalise: bool,
    /// `count` and `share`: the test that a question must pass to count.
    pub test: Option<Located<Scalar>>,
    /// Caps that may hold the score down.
    pub cap: Option<OneOrMany<CapFile>>,
}

/// The children of a score: one id, one set, or a list of either.
pub type OfFile = OneOrMany<OneFile>;

impl OfFile {
    /// The ids it names.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &Located<String>> {
        self.iter().filter_map(|one| match one {
            OneFile::Id(id) => Some(id),
            OneFile::Set(_) => None,
        })
    }

    /// The sets it names.
    pub fn sets(&self) -> impl Iterator<Item = &SetFile> {
        self.iter().filter_map(|one| match one {
            OneFile::Id(_) => None,
            OneFile::Set(set) => Some(set),
        })
    }
}

/// One member of a list of children.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "OneFile", untagged))]
#[serde(rename = "$shape")]
pub enum OneFile {
    /// An id.
    #[serde(rename = "scalar")]
    Id(Located<String>),
    /// A set.
    #[serde(rename = "map")]
    Set(SetFile),
}

impl One for OneFile {
    const SHAPES: &'static [&'static str] = &["scalar", "map", "list"];
}

/// A set of questions: those of a section, or those with a tag.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SetFile {
    /// The questions of this section.
    pub section: Option<Located<String>>,
    /// The questions with this tag.
    pub tag: Option<Located<String>>,
    /// Packs whose tagged questions count: this pack where it is not given.
    #[serde(default)]
    pub packs: PackScope,
}

/// Packs whose questions a set takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PackScope {
    /// This pack's.
    #[default]
    Own,
    /// Those of every pack in the assessment.
    All,
}

/// A cap.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CapFile {
    /// It bites while this condition holds.
    pub when: Located<Value>,
    /// The most the score can be then.
    pub at: Located<f64>,
    /// Reason for the cap, in a few words.
    pub because: String,
}

impl One for CapFile {
    const SHAPES: &'static [&'static str] = &["map", "list"];
}

/// Items that say how much is called for, how much is built, and if that fits.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FitFile {
    /// The decision whose outcomes are the forms, in order, and that says which is called for.
    pub called_for: Located<String>,
    /// The ladder of the same forms that says which is built.
    pub built: Located<String>,
    /// The decision that compares them; its outcomes are `under-built`, `fit` and `over-built`.
    pub decision: Located<String>,
}

/// A decision table.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionFile {
    /// Name for tables and charts; the id in words where it is not given.
    pub title: Option<String>,
    /// Its meaning, in one sentence.
    pub about: Option<String>,
    /// The outcomes in order: names, or names with labels.
    pub outcomes: Located<OutcomesFile>,
    /// `false` where their order does not count.
    pub ordered: Option<bool>,
    /// The items the columns read.
    pub inputs: Vec<Located<String>>,
    /// Rule by which matching rows count.
    pub hit_policy: HitPolicy,
    /// The rows.
    pub rules: Vec<RuleFile>,
}

/// Outcomes of a decision.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "OutcomesFile", untagged))]
#[serde(rename = "$shape")]
pub enum OutcomesFile {
    /// Names alone.
    #[serde(rename = "list")]
    Names(Vec<Located<String>>),
    /// Names with labels.
    #[serde(rename = "map")]
    Labelled(Entries<String>),
}

/// A row of a decision table.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleFile {
    /// Its id.
    pub id: Located<String>,
    /// One cell per input.
    #[serde(rename = "if")]
    pub cells: Located<Vec<Located<Scalar>>>,
    /// Its outcome.
    pub then: Located<String>,
    /// Reason for its outcome.
    pub because: String,
}

/// A gate.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateFile {
    /// Its demand, as a statement that is true when met.
    pub title: String,
    /// It is met while this condition holds.
    pub when: Located<Value>,
    /// Reason for its demand.
    pub because: String,
    /// The state of things while it is not met, as a sentence; made of the title where it is not
    /// given.
    pub unmet: Option<String>,
    /// Actions to take while it is not met.
    #[serde(default)]
    pub advice: Vec<AdviceFile>,
}

/// A ladder.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LadderFile {
    /// Name for tables and charts; the id in words where it is not given.
    pub title: Option<String>,
    /// Its meaning, in one sentence.
    pub about: Option<String>,
    /// The score the `from` thresholds read.
    pub of: Option<Located<String>>,
    /// Measure in which thresholds and floors are read.
    pub measure: Option<LadderMeasure>,
    /// Lowest first; the lowest asks for nothing.
    pub levels: Located<Vec<LevelFile>>,
}

/// Measure of a ladder's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LadderMeasure {
    /// The score's own value.
    Value,
    /// Its index, 0..100.
    Index,
}

/// A level of a ladder.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelFile {
    /// Its id.
    pub id: Located<String>,
    /// Its name.
    pub title: Option<String>,
    /// Its meaning.
    pub text: Option<String>,
    /// The ladder's score reaches this.
    pub from: Option<Located<f64>>,
    /// Each of a set reaches a floor.
    pub every: Option<EveryFile>,
    /// These gates are met.
    #[serde(default)]
    pub gates: Vec<Located<String>>,
    /// The assessment is on evidence.
    pub basis: Option<Located<Basis>>,
    /// The ladder's score can be trusted so far, at least.
    pub confidence: Option<Located<ConfidenceGrade>>,
}

/// A floor for each of a set.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EveryFile {
    /// The set.
    pub of: OfFile,
    /// The floor.
    pub at_least: Located<f64>,
}
