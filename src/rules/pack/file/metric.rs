//! Metrics as written.

use crate::rules::metric::lifetime::Timing;
use crate::text::yaml::{Entries, Located};
use serde::{Deserialize, Serialize};

/// A metric.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricFile {
    /// Name for tables; the id in words where it is not given.
    pub title: Option<String>,
    /// What it means, one sentence.
    pub about: Option<String>,
    /// Which one of the closed set.
    pub metric: Located<MetricKind>,
    /// The questions it is made from, by the name of the input: numbers, or for `agreement` ratings
    /// or a section of them.
    #[serde(default)]
    pub inputs: Entries<InputFile>,
    /// It is made from a table beside the answers.
    pub from: Option<Located<TableName>>,
    /// `lifetime_value`, `break_even`: when the first margin comes; after the first renewal where it is not given.
    pub timing: Option<Located<Timing>>,
    /// `lifetime_value`: the value within so many periods is given as well.
    pub periods: Option<Located<u32>>,
}

/// The closed set of metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// Net Promoter Score.
    Nps,
    /// What a customer brings over the relationship.
    LifetimeValue,
    /// When margins have paid for winning a customer.
    BreakEven,
    /// Spending here of all spending in the category.
    ShareOfCustomer,
    /// Shares of the most satisfied.
    TopBox,
    /// Benefits less costs as customers see them.
    ValueDifference,
    /// One amount over another.
    Ratio,
    /// What each customer brings and could bring, and what that calls for.
    CustomerValue,
    /// How far people who answer agree.
    Agreement,
    /// What types of customers want beside what they get.
    ValueCurve,
}

impl MetricKind {
    /// Whether it adds up margins, the first of which comes at some time.
    #[must_use]
    pub fn is_timed(self) -> bool {
        matches!(self, Self::LifetimeValue | Self::BreakEven)
    }
}

/// The tables that stand beside answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TableName {
    /// One line a customer.
    Customers,
    /// What each type of customer wants and gets, factor by factor.
    Curves,
}

impl TableName {
    /// As packs write it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Curves => "curves",
        }
    }
}

/// What an input is made from: one question, or several; amounts are added up.
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
