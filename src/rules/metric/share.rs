//! Shares, ratios and differences.
//!
//! Share of customer is what customers spend here, of all they spend in the category. The ratio of sums, the mean of ratios and the median differ where large customers behave unlike
//! small ones; all three are given. After D. Peppers and M. Rogers.

use super::refusal::{Refusal, Result};
use crate::message;

/// Shares over several customers, each `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// All spending here over all spending in the category.
    pub overall: f64,
    /// The mean of the customers' own shares.
    pub mean: f64,
    /// The share that half of the customers stay below.
    pub median: f64,
    /// Number of customers.
    pub n: usize,
}

/// The share of one customer, `0..=1`.
///
/// # Errors
/// Returns an error if an amount is below 0, the wallet is 0, or spending here is larger than the
/// wallet.
pub fn share(spend: f64, wallet: f64) -> Result<f64> {
    if spend < 0.0 {
        return Err(Refusal::Negative("spending"));
    }
    if wallet < 0.0 {
        return Err(Refusal::Negative(message!("the-wallet")));
    }
    if wallet == 0.0 {
        return Err(Refusal::NothingToShare(message!("the-wallet")));
    }
    if spend > wallet {
        return Err(Refusal::PartAboveWhole);
    }
    Ok(spend / wallet)
}

/// The shares of several customers, given as spend and wallet.
///
/// # Errors
/// Returns an error if there is no customer, or one of them has no share.
pub fn shares(customers: &[(f64, f64)]) -> Result<Shares> {
    let own: Result<Vec<f64>> = customers.iter().map(|(a, b)| share(*a, *b)).collect();
    let mut own = own?;
    let n = own.len();
    let median = median(&mut own).ok_or(Refusal::NoAnswers)?;
    let sum = |pick: fn(&(f64, f64)) -> f64| customers.iter().map(pick).sum::<f64>();
    Ok(Shares {
        overall: sum(|one| one.0) / sum(|one| one.1),
        mean: own.iter().sum::<f64>() / count(n),
        median,
        n,
    })
}

/// The middle of the values, or the mean of the two in the middle; `None` of none.
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(middle.checked_sub(1)?)?;
    Some(f64::midpoint(lower, upper))
}

/// One amount over another.
///
/// # Errors
/// Returns an error if the other is 0.
pub fn ratio(part: f64, whole: f64) -> Result<f64> {
    if whole == 0.0 {
        return Err(Refusal::NothingToShare(message!(
            "what-it-is-measured-against"
        )));
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
/// Returns an error if a count is below 0, or nobody answered.
pub fn boxes(top: f64, second: f64, others: f64) -> Result<Boxes> {
    if top.min(second).min(others) < 0.0 {
        return Err(Refusal::Negative(message!("a-count")));
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

/// Benefits of customers less their costs, both on one scale.
///
/// Customer perceived value after V. Zeithaml, "Consumer Perceptions of Price, Quality, and Value",
/// Journal of Marketing 52 (1988), as a difference.
#[must_use]
pub fn difference(benefits: &[f64], costs: &[f64]) -> f64 {
    benefits.iter().sum::<f64>() - costs.iter().sum::<f64>()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no table or survey comes near the 53 bits a float keeps"
)]
pub(crate) fn count(n: usize) -> f64 {
    n as f64
}
