//! Metrics in the document: results of the business, beside maturity.

use super::{ItemId, ItemText};
use crate::rules::metric::curve::Misfit;
use crate::rules::metric::customers::Treatment;
use crate::rules::pack::file::MetricKind;
use serde::{Deserialize, Serialize};

/// A metric.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricResult {
    /// `pack.metric`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// Which one of the closed set.
    pub metric: MetricKind,
    /// How it is made, in words.
    pub convention: String,
    /// What it gives; the first figure is the metric itself.
    pub figures: Vec<FigureResult>,
    /// What it is made from.
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
    /// Why there is none.
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
    /// What that calls for; `null` where the value in reach is unknown.
    pub treatment: Option<Treatment>,
}

/// What a type of customer wants and gets.
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
    /// What it is called.
    pub factor: String,
    /// How much of it is wanted.
    pub importance: f64,
    /// How much of it is given here.
    pub us: f64,
    /// How much of it the strongest rival gives; `null` where that is not known.
    pub rival: Option<f64>,
    /// What is given less what is wanted.
    pub gap: f64,
    /// Where the two do not fit; `null` where they do well enough.
    pub misfit: Option<Misfit>,
}
