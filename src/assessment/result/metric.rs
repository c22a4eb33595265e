//! Metrics in the document: results of the business, beside maturity.

use crate::metric::customers::Treatment;
use crate::pack::file::MetricKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct MetricResult {
    /// `pack.metric`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Which one of the closed set.
    pub metric: MetricKind,
    /// How it is made, in words.
    pub convention: String,
    /// What it gives; the first figure is the metric itself.
    pub figures: Vec<FigureResult>,
    /// What it is made from.
    pub inputs: Vec<InputResult>,
    /// The customers of the table with what their value calls for, most valuable first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<CustomerResult>,
    /// Its place in the rulebook's metrics.
    #[serde(skip)]
    pub place: usize,
}

/// A figure of a metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct FigureResult {
    /// `pack.metric` or `pack.metric/figure`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The figure; `null` where there is none.
    pub value: Option<f64>,
    /// In what it is given.
    pub unit: Option<String>,
    /// The figure in words, rounded, with its unit; "never", or "no result".
    pub says: String,
    /// Why there is none.
    pub because: Option<String>,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

impl FigureResult {
    /// The figure in words, or why there is none.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.because {
            Some(why) => format!("{}, because {why}", self.says),
            None => self.says.clone(),
        }
    }
}

/// An input of a metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct InputResult {
    /// The question, `pack.question`; the table's name for the customer table.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The answer in words, with its unit and period.
    pub says: String,
}

/// A customer of the table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct CustomerResult {
    /// The name or number in the table.
    pub customer: String,
    /// Value today.
    pub today: f64,
    /// Value in reach; `null` where spend or wallet is unknown.
    pub reach: Option<f64>,
    /// What that calls for; `null` where the value in reach is unknown.
    pub treatment: Option<Treatment>,
}
