//! The packs a pack reads items of.

use crate::text::yaml::Located;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// What a pack asks of a pack it uses: a version requirement, or more.
#[derive(Debug, Clone, Deserialize)]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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

impl JsonSchema for UseFile {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "UseFile".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let full = generator.subschema_for::<UseDetail>();
        json_schema!({ "anyOf": [{ "type": "string" }, full] })
    }
}
