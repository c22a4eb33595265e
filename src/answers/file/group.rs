//! The other files in the folder of an assessment: responses and consensus.

use super::{AnswerFile, ValueFile};
use crate::rules::vocabulary::Role;
use crate::text::yaml::{Entries, Located};
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
