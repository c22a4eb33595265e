//! Break-even on acquisition: how many periods of margin, never revenue, pay a new customer's cost.
//!
//! Simple: cost / margin per period. With retention: the smallest T whose T margins, in money of
//! today, reach the cost; or never. When the first of them comes is the timing of a lifetime value,
//! and T margins add up to f · (1 − qᵀ) / (1 − q) as they do there. The difference between the two
//! is what customers who leave take with them.

use super::lifetime::{Stream, Timing};
use super::{Refusal, Result};
use crate::text::number::TOLERANCE;

/// Periods until margins add up to the cost, as if nobody left and money kept its worth.
///
/// # Errors
/// When the cost is below 0, or no margin comes in.
pub fn simple(cost: f64, margin: f64) -> Result<f64> {
    if cost < 0.0 {
        return Err(Refusal::Negative("the cost"));
    }
    if margin <= 0.0 {
        return Err(Refusal::NoMargin);
    }
    Ok(cost / margin)
}

/// Whole periods until the margins that still come in, in money of today, add up to the cost.
///
/// # Errors
/// When the cost is below 0, no margin comes in, or the margins never add up to the cost.
pub fn retained(cost: f64, stream: &Stream, timing: Timing) -> Result<f64> {
    simple(cost, stream.margin)?;
    let reached = |periods: f64| stream.sum(periods, timing) >= cost - TOLERANCE;
    // A first margin that is certain pays even where nobody is kept.
    if let Some(early) = [0.0, 1.0].into_iter().find(|periods| reached(*periods)) {
        return Ok(early);
    }
    // Sums come ever nearer to their limit and do not reach it.
    let limited = cover(cost, stream, timing).is_some_and(|cover| cover <= 1.0 + TOLERANCE);
    if limited || stream.factor() <= 0.0 {
        return Err(Refusal::Never);
    }
    let mut periods = closed_form(cost, stream, timing).ceil().max(1.0);
    while periods > 1.0 && reached(periods - 1.0) {
        periods -= 1.0;
    }
    if reached(periods) {
        return Ok(periods);
    }
    Some(periods + 1.0)
        .filter(|next| reached(*next))
        .ok_or(Refusal::Never)
}

/// The most all margins to come can ever add up to, as a multiple of the cost; `None` where they
/// have no limit, or the cost is 0.
#[must_use]
pub fn cover(cost: f64, stream: &Stream, timing: Timing) -> Option<f64> {
    let factor = stream.factor();
    (factor < 1.0 - TOLERANCE && cost > 0.0).then(|| stream.first(timing) / (1.0 - factor) / cost)
}

/// The number of periods, not yet whole, at which the sum equals the cost.
fn closed_form(cost: f64, stream: &Stream, timing: Timing) -> f64 {
    let (first, factor) = (stream.first(timing), stream.factor());
    if (factor - 1.0).abs() <= TOLERANCE {
        return cost / first;
    }
    let rest = 1.0 - cost * (1.0 - factor) / first;
    rest.max(f64::MIN_POSITIVE).ln() / factor.ln()
}
