//! Metrics as written.

use crate::rules::metric::kind::{MetricKind, TableName};
use crate::rules::metric::lifetime::Timing;
use crate::text::yaml::{Entries, Located};
use serde::Deserialize;

/// A metric.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricFile {
    /// Name for tables; the id in words where it is not given.
    pub title: Option<String>,
    /// Its meaning, in one sentence.
    pub about: Option<String>,
    /// Its kind.
    pub metric: Located<MetricKind>,
    /// The questions it is made from, by the name of the input: numbers, or for `agreement` ratings
    /// or a section of them.
    #[serde(default)]
    pub inputs: Entries<InputFile>,
    /// The table it is made from, given with the answers.
    pub from: Option<Located<TableName>>,
    /// `lifetime_value`, `break_even`: when the first margin comes; after the first renewal where it is not given.
    pub timing: Option<Located<Timing>>,
    /// `lifetime_value`: the value within so many periods is given as well.
    pub periods: Option<Located<u32>>,
}

/// Questions behind an input: one, or several; amounts are added up.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(rename = "InputFile", untagged)
)]
#[serde(rename = "$shape")]
pub enum InputFile {
    /// One question.
    #[serde(rename = "scalar")]
    One(Located<String>),
    /// Several.
    #[serde(rename = "list")]
    Several(Vec<Located<String>>),
}

impl InputFile {
    /// The questions named.
    #[must_use]
    pub fn ids(&self) -> &[Located<String>] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }
}
