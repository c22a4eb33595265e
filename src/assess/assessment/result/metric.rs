//! Metrics in the document: results of the business, besides maturity.

use super::{ItemId, ItemText};
use crate::rules::metric::{MetricKind, Misfit, Treatment};
use serde::{Deserialize, Serialize};

/// A metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricResult {
    /// `pack.metric`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// Kind of metric.
    pub metric: MetricKind,
    /// Convention by which it is made, in words.
    pub convention: String,
    /// Its figures; the first is the metric itself.
    pub figures: Vec<FigureResult>,
    /// The answers and tables it is made from.
    pub inputs: Vec<ItemText>,
    /// The customers of the table with what their value calls for, most valuable first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<CustomerResult>,
    /// The value curves, in the order they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curves: Vec<CurveResult>,
}

/// A figure of a metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureResult {
    /// `pack.metric` or `pack.metric/figure`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// The figure; `null` where there is none.
    pub value: Option<f64>,
    /// In what it is given.
    pub unit: Option<String>,
    /// The figure in words, rounded, with its unit; "never", or "no result".
    pub says: String,
    /// Reason why there is none.
    pub because: Option<String>,
}

impl FigureResult {
    /// The figure in words, or why there is none.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.because {
            Some(why) => format!("{}, because {why}", self.says),
            None => self.says.clone(),
        }
    }
}

/// A customer of the table.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CustomerResult {
    /// The name or number in the table.
    pub customer: String,
    /// Value today.
    pub today: f64,
    /// Value in reach; `null` where spend or wallet is unknown.
    pub reach: Option<f64>,
    /// Treatment that this calls for; `null` where the value in reach is unknown.
    pub treatment: Option<Treatment>,
}

/// Wants of a type of customer, and what it gets.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CurveResult {
    /// The type of customer.
    pub customers: String,
    /// Its factors.
    pub factors: Vec<FactorResult>,
}

/// A factor of a value curve, on a scale of `0..=10`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactorResult {
    /// Name.
    pub factor: String,
    /// Amount that is wanted.
    pub importance: f64,
    /// Amount that is given here.
    pub us: f64,
    /// Amount that the strongest rival gives; `null` where that is not known.
    pub rival: Option<f64>,
    /// Amount given less amount wanted.
    pub gap: f64,
    /// Misfit of the two; `null` where they fit well enough.
    pub misfit: Option<Misfit>,
}
