//! Targets as they are written with an answer or in a file of targets.

use super::AnswerDetail;
use crate::text::yaml::{Entries, Located, Scalar};
use serde::Deserialize;

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
    /// The value.
    #[must_use]
    pub fn value(&self) -> &Located<Scalar> {
        match self {
            Self::Value(value) => value,
            Self::Dated(dated) => &dated.value,
        }
    }

    /// Its day.
    #[must_use]
    pub fn on(&self) -> Option<&Located<String>> {
        match self {
            Self::Value(_) => None,
            Self::Dated(dated) => dated.on.as_ref(),
        }
    }
}
