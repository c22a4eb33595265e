//! Ratios, boxes and differences: small metrics that need their guards all the same.

use super::{Refusal, Result};

/// One amount over another.
///
/// # Errors
/// When the other is 0.
pub fn ratio(part: f64, whole: f64) -> Result<f64> {
    if whole == 0.0 {
        return Err(Refusal::NothingToShare("what it is measured against"));
    }
    Ok(part / whole)
}

/// Shares of the most satisfied, `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boxes {
    /// In the best box.
    pub top: f64,
    /// In the best two boxes.
    pub top_two: f64,
}

/// The shares of the best box and the best two, from how many chose each.
///
/// # Errors
/// When a count is below 0, or nobody answered.
pub fn boxes(top: f64, second: f64, others: f64) -> Result<Boxes> {
    if top.min(second).min(others) < 0.0 {
        return Err(Refusal::Negative("a count"));
    }
    let n = top + second + others;
    if n == 0.0 {
        return Err(Refusal::NoAnswers);
    }
    Ok(Boxes {
        top: top / n,
        top_two: (top + second) / n,
    })
}

/// What customers get less what it costs them, both on one scale.
///
/// Customer perceived value after V. Zeithaml, "Consumer Perceptions of Price, Quality, and Value",
/// Journal of Marketing 52 (1988), as a difference.
#[must_use]
pub fn difference(benefits: &[f64], costs: &[f64]) -> f64 {
    benefits.iter().sum::<f64>() - costs.iter().sum::<f64>()
}
