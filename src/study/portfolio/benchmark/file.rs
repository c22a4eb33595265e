//! A benchmark as it is written.

use crate::rules::vocabulary::Basis;
use crate::text::yaml::{Entries, Located};
use serde::Deserialize;

/// Spreads of scores over many clients; `portfolio --benchmark` writes it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, schemars(title = "centricity benchmark"))]
pub struct BenchmarkFile {
    /// The version of this document: 1.
    pub format: Located<u32>,
    /// The first year the answers speak of.
    #[serde(default)]
    pub from: Option<Located<u16>>,
    /// The last.
    #[serde(default)]
    pub to: Option<Located<u16>>,
    /// One for each pack, major version and basis.
    pub groups: Vec<GroupFile>,
}

crate::text::yaml::document!(BenchmarkFile);

/// Clients on one pack, major version and basis.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupFile {
    /// The pack's id.
    pub pack: Located<String>,
    /// Its major version.
    pub major: Located<u64>,
    /// Basis on which ratings count.
    pub basis: Basis,
    /// Number of clients, at least 5.
    pub clients: Located<u32>,
    /// The texts of the pack they were scored by.
    pub rules: Vec<RulesFile>,
    /// Scores by their id in the pack.
    pub scores: Entries<Located<ScoreFile>>,
}

/// A text of a pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RulesFile {
    /// Its version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: Located<String>,
}

/// A score.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreFile {
    /// Number of clients with enough answers for a verdict, at least 5.
    pub clients: Located<u32>,
    /// The middle of the band of ten points the median lies in: 5, 15 ... 95.
    pub median: Located<f64>,
    /// The middle half, from 20 clients on.
    #[serde(default)]
    pub half: Option<HalfFile>,
}

/// The ends of the middle half, each the middle of its band.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HalfFile {
    /// The lower end.
    pub from: Located<f64>,
    /// The upper end.
    pub to: Located<f64>,
}
