//! The packs a pack reads items of.

use crate::text::yaml::Located;
use serde::Deserialize;

/// What a pack asks of a pack it uses: a version requirement, or more.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(rename = "UseFile", untagged)
)]
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

    /// Whether the pack can do without the one it uses.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        match self {
            Self::Version(_) => false,
            Self::Full(full) => full.optional,
        }
    }
}
