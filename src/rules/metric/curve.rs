//! Value curves: factor by factor, how much a type of customer wants and how much it gets, here and
//! from the strongest rival, all on one scale of `0..=10`.
//!
//! The picture is the value curve of W. C. Kim and R. Mauborgne ("Value Innovation: The Strategic
//! Logic of High Growth", Harvard Business Review, 1997). The bands that call a factor a misfit are
//! our own: much is from 7 on, little is up to 3.

use super::{Refusal, Result};
use crate::message;
use crate::text::number::TOLERANCE;
use serde::{Deserialize, Serialize};

/// From here on, customers want much of a factor, or get much of it.
pub const MUCH: f64 = 7.0;
/// Up to here, they want or get little of it.
pub const LITTLE: f64 = 3.0;

/// Wants of one type of customer, and what it gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The type of customer.
    pub customers: String,
    /// Its factors, in the order they are drawn.
    pub factors: Vec<Factor>,
}

/// One thing customers may value.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Its name.
    pub name: String,
    /// Its importance to customers, `0..=10`.
    pub importance: f64,
    /// The amount of it they get here, `0..=10`.
    pub us: f64,
    /// The amount of it the strongest rival gives, `0..=10`; `None` where that is not known.
    pub rival: Option<f64>,
}

/// Mismatch between what is wanted and what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Misfit {
    /// Much wanted, little or nothing given.
    Missing,
    /// Little wanted, much given.
    Spare,
}

impl Factor {
    /// The amount given less the amount wanted.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.us - self.importance
    }

    /// The mismatch; `None` where it fits well enough.
    #[must_use]
    pub fn misfit(&self) -> Option<Misfit> {
        let much = |value: f64| value >= MUCH - TOLERANCE;
        let little = |value: f64| value <= LITTLE + TOLERANCE;
        match (self.importance, self.us) {
            (wanted, given) if much(wanted) && little(given) => Some(Misfit::Missing),
            (wanted, given) if little(wanted) && much(given) => Some(Misfit::Spare),
            _ => None,
        }
    }
}

/// Fit over all curves.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveFit {
    /// Of all that is wanted, how much is given, `0..=1`: what is given beyond what is wanted does
    /// not make up for what is missing elsewhere.
    pub given: f64,
    /// Lead over the strongest rival, on the scale of the factors and weighted by importance,
    /// `-10..=10`; refused where no rival is known.
    pub lead: Result<f64>,
    /// Factors much wanted and little given.
    pub missing: usize,
    /// Factors little wanted and much given.
    pub spare: usize,
    /// All factors of all curves.
    pub factors: usize,
}

impl CurveFit {
    /// Fit over all factors of all curves.
    ///
    /// # Errors
    /// Returns an error if there is no curve, or nothing is wanted at all.
    pub fn of(curves: &[Curve]) -> Result<Self> {
        let factors = || curves.iter().flat_map(|curve| &curve.factors);
        if factors().next().is_none() {
            return Err(Refusal::NoCurves);
        }
        let wanted: f64 = factors().map(|one| one.importance).sum();
        if wanted <= 0.0 {
            return Err(Refusal::NothingToShare(message!("all-that-is-wanted")));
        }
        let given: f64 = factors().map(|one| one.us.min(one.importance)).sum();
        let count = |misfit| factors().filter(|one| one.misfit() == Some(misfit)).count();
        Ok(Self {
            given: given / wanted,
            lead: lead(factors()),
            missing: count(Misfit::Missing),
            spare: count(Misfit::Spare),
            factors: factors().count(),
        })
    }
}

fn lead<'a>(factors: impl Iterator<Item = &'a Factor>) -> Result<f64> {
    let (mut ahead, mut weight) = (0.0, 0.0);
    for one in factors {
        if let Some(rival) = one.rival {
            ahead += one.importance * (one.us - rival);
            weight += one.importance;
        }
    }
    if weight > 0.0 {
        Ok(ahead / weight)
    } else {
        Err(Refusal::NoRival)
    }
}
