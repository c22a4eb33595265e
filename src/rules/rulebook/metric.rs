//! Metrics as people read them.

use crate::rules::metric::MetricKind;
use crate::rules::pack::file::Period;

/// A metric, as people read it.
#[derive(Debug, Clone)]
pub struct Metric {
    /// `pack.metric`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Its name.
    pub title: String,
    /// Its meaning, CommonMark.
    pub about: Option<String>,
    /// Its kind.
    pub kind: MetricKind,
    /// The unit of its amounts.
    pub unit: Option<String>,
    /// The period of its rates and amounts.
    pub period: Option<Period>,
    /// Its inputs, in the order of the metric's own; no questions for those left out.
    pub inputs: Vec<MetricInput>,
    /// Its figures, by item.
    pub figures: Vec<usize>,
}

/// An input of a metric.
#[derive(Debug, Clone)]
pub struct MetricInput {
    /// Its name.
    pub id: &'static str,
    /// The questions that are added up, by item.
    pub nodes: Vec<usize>,
}
