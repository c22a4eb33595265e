//! The keys of a header that look beyond the pack as it is: the packs it uses, and the ids it once had.

use super::QuestionType;
use crate::text::yaml::{Entries, Located, Scalar};
use serde::Deserialize;

/// Requirement on a pack whose items another reads: versions, or more.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "UseFile", untagged))]
#[serde(rename = "$shape")]
pub enum UseFile {
    /// The versions it accepts; the other pack is always there.
    #[serde(rename = "scalar")]
    Version(Located<String>),
    /// The versions it accepts, and whether it can do without.
    #[serde(rename = "map")]
    Full(UseDetail),
}

/// A pack used, in full.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UseDetail {
    /// The versions accepted, as in `^1`.
    pub version: Located<String>,
    /// Without it, what reads its items goes on as if they were not asked.
    #[serde(default)]
    pub optional: bool,
}

impl UseFile {
    /// The versions accepted, as written.
    #[must_use]
    pub fn version(&self) -> &Located<String> {
        match self {
            Self::Version(version) => version,
            Self::Full(full) => &full.version,
        }
    }

    /// True where the pack can do without the one it uses.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Version(_) => false,
            Self::Full(full) => full.optional,
        }
    }
}

/// The place of an item whose id is no longer that of an item: its new id, or more.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MoveFile", untagged))]
#[serde(rename = "$shape")]
pub enum MoveFile {
    /// The id of an item of this pack, or `pack.id` of an item of a pack it uses.
    #[serde(rename = "scalar")]
    To(Located<String>),
    /// The id, and what the question was.
    #[serde(rename = "map")]
    Full(MoveDetail),
}

/// A question that moved, in full.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MoveDetail {
    /// The id of a question of this pack, or `pack.id` of a question of a pack it uses.
    pub to: Located<String>,
    /// The type that the question had; the same as that of the new one, unless `values` are given.
    #[serde(rename = "type")]
    pub kind: Option<Located<QuestionType>>,
    /// The value each earlier value stands for now, where the scale or the choices are others.
    #[serde(default)]
    pub values: Entries<Located<Scalar>>,
}

impl MoveFile {
    /// The new id, as written.
    pub(crate) fn to(&self) -> &Located<String> {
        match self {
            Self::To(to) => to,
            Self::Full(full) => &full.to,
        }
    }

    /// The question that it was, where that is written.
    pub(crate) fn detail(&self) -> Option<&MoveDetail> {
        match self {
            Self::To(_) => None,
            Self::Full(full) => Some(full),
        }
    }
}
