//! The other files in the folder of an assessment: responses, consensus and targets.

use super::{AnswerDetail, AnswerFile, ValueFile};
use crate::rules::vocabulary::Role;
use crate::text::yaml::{Entries, Located, Scalar};
use serde::Deserialize;

/// `responses/*.yaml`: the answers of one person. Names never leave the file.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity response")
)]
pub struct ResponseFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// The respondent: any word that is given once, such as `r07`; never printed.
    pub respondent: Located<String>,
    /// The role of the one who answered.
    pub role: Located<Role>,
    /// The part of the organisation; never printed.
    pub unit: Option<String>,
    /// The day of the answers, `2026-10-12`.
    pub answered_on: Option<Located<String>>,
    /// The packs that were asked, as `organisation@1.0.0`; another major version is refused.
    #[serde(default)]
    pub packs: Vec<Located<String>>,
    /// The answers, pack by pack.
    #[serde(default)]
    pub answers: Entries<Entries<Located<AnswerFile>>>,
}

crate::text::yaml::document!(ResponseFile);

/// `consensus.yaml`: answers agreed in a workshop, item by item.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity consensus")
)]
pub struct ConsensusFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Agreed answers, pack by pack.
    #[serde(default)]
    pub consensus: Entries<Entries<AgreedFile>>,
}

crate::text::yaml::document!(ConsensusFile);

/// An agreed answer. It replaces the merged answer, which the report still shows.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgreedFile {
    /// The answer.
    pub value: Located<ValueFile>,
    /// Reason for this answer.
    pub reason: Located<String>,
    /// The day it was agreed, `2026-11-20`.
    pub date: Option<Located<String>>,
}

/// Rules by which the answers of several people become one.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RespondentsFile {
    /// Weight of the mean of each role, above 0; 1 where it is not given.
    pub weights: Entries<Located<f64>>,
    /// Everybody weighs the same, whatever the role; the weights of roles then mean nothing.
    pub pooled: bool,
    /// The fewest people a role needs before anything is shown of it: 3 or more; 5 where it is not
    /// given.
    pub minimum_group: Option<Located<u32>>,
    /// Roles that agreed to be shown however few they are.
    pub waived: Vec<Located<Role>>,
}

/// `targets.yaml`: targets, item by item; the same as `target`, `owner` and `due` of an answer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity targets")
)]
pub struct TargetsFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Targets, pack by pack.
    #[serde(default)]
    pub targets: Entries<Entries<Located<TargetFile>>>,
}

crate::text::yaml::document!(TargetsFile);

/// A target: one `target`, or several `phases` on the way to the last of them.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetFile {
    /// The rating aimed at, or the choice of a scored `select_one`.
    pub target: Option<Located<Scalar>>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// Due date, `2027-03-31`.
    pub due: Option<Located<String>>,
    /// Several targets, one after the other, instead of `target` and `due`.
    #[serde(default)]
    pub phases: Vec<Located<PhaseFile>>,
    /// Value at the start; progress is measured from there.
    pub baseline: Option<Located<BaselineFile>>,
}

/// One of several targets.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PhaseFile {
    /// Name of the phase.
    pub name: Option<String>,
    /// The rating or choice aimed at; never worth less than that of the phase before.
    pub target: Located<Scalar>,
    /// Due date, `2027-03-31`; later than that of the phase before.
    pub due: Located<String>,
}

/// Value of an answer at the start: `1`, or `{ value: 1, on: 2025-10-31 }`; a choice for a scored
/// `select_one`.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(rename = "BaselineFile", untagged)
)]
#[serde(rename = "$shape")]
pub enum BaselineFile {
    /// The value alone.
    #[serde(rename = "scalar")]
    Value(Located<Scalar>),
    /// The value with its day.
    #[serde(rename = "map")]
    Dated(DatedFile),
}

/// A value with its day.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DatedFile {
    /// The value, on the question's own scale.
    pub value: Located<Scalar>,
    /// The day it was so, `2025-10-31`.
    pub on: Option<Located<String>>,
}

impl AnswerDetail {
    /// The targets written with the answer, as a file of targets would give them.
    #[must_use]
    pub fn targets(&self) -> TargetFile {
        TargetFile {
            target: self.target.clone(),
            owner: self.owner.clone(),
            due: self.due.clone(),
            phases: self.phases.clone(),
            baseline: self.baseline.clone(),
        }
    }
}

impl BaselineFile {
    /// The value, and its day.
    #[must_use]
    pub fn parts(&self) -> (&Located<Scalar>, Option<&Located<String>>) {
        match self {
            Self::Value(value) => (value, None),
            Self::Dated(dated) => (&dated.value, dated.on.as_ref()),
        }
    }
}
