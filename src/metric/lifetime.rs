//! Customer lifetime value: what a customer brings over the relationship, in money of today.
//!
//! With a margin m, a retention r and a discount rate i that all belong to the same period, and all
//! periods to come: A, first margin after the first renewal, m · r / (1 + i − r); B, first margin
//! now and certain, m · (1 + i) / (1 + i − r); C, first margin certain at the end of period one,
//! m / (1 + i − r). Over T periods under A: Σ m · rᵗ / (1 + i)ᵗ, t from 1 to T. After S. Gupta and
//! D. Lehmann, "Customers as Assets", Journal of Interactive Marketing 17 (2003).

use super::{Refusal, Result};
use crate::condition::TOLERANCE;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When the first margin comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// A: after the first renewal.
    #[default]
    AfterRenewal,
    /// B: now, and certain.
    Now,
    /// C: at the end of the first period, and certain.
    EndOfPeriod,
}

impl Timing {
    /// The convention in words.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::AfterRenewal => "the first margin comes after the first renewal",
            Self::Now => "the first margin comes now and is certain",
            Self::EndOfPeriod => {
                "the first margin comes at the end of the first period and is certain"
            }
        }
    }
}

/// What a customer brings and how long: all three for the same period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stream {
    /// Margin per period, in money.
    pub margin: f64,
    /// Share of customers kept per period, `0..=1`.
    pub retention: f64,
    /// Discount rate per period, as a share, above -1.
    pub discount: f64,
}

impl Stream {
    /// A stream that can be discounted.
    ///
    /// # Errors
    /// When retention is no share, or the discount rate is -100 % or below.
    pub fn new(margin: f64, retention: f64, discount: f64) -> Result<Self> {
        if !(0.0..=1.0).contains(&retention) {
            return Err(Refusal::NotAShare("retention"));
        }
        if discount <= -1.0 {
            return Err(Refusal::DiscountTooLow);
        }
        Ok(Self {
            margin,
            retention,
            discount,
        })
    }

    /// The value over all periods to come, in money.
    ///
    /// # Errors
    /// When the sum has no end.
    pub fn value(&self, timing: Timing) -> Result<f64> {
        let Self {
            margin,
            retention,
            discount,
        } = *self;
        let ends = 1.0 + discount - retention;
        if ends <= TOLERANCE {
            return Err(Refusal::Endless);
        }
        let first = match timing {
            Timing::AfterRenewal => retention,
            Timing::Now => 1.0 + discount,
            Timing::EndOfPeriod => 1.0,
        };
        Ok(margin * first / ends)
    }

    /// The value over so many periods, first margin after the first renewal, in money.
    #[must_use]
    pub fn within(&self, periods: u32) -> f64 {
        self.sum(f64::from(periods))
    }

    /// The same for a number of periods that a formula gives.
    pub(super) fn sum(&self, terms: f64) -> f64 {
        let factor = self.factor();
        if (factor - 1.0).abs() <= TOLERANCE {
            return self.margin * terms;
        }
        self.margin * factor * (1.0 - factor.powf(terms)) / (1.0 - factor)
    }

    /// What one point of retention more adds to the value, in money.
    ///
    /// # Errors
    /// When either sum has no end, or retention is 100 % already.
    pub fn point(&self, timing: Timing) -> Result<f64> {
        let more = Self::new(self.margin, self.retention + 0.01, self.discount)?;
        Ok(more.value(timing)? - self.value(timing)?)
    }

    /// What one margin is worth a period later.
    pub(super) fn factor(&self) -> f64 {
        self.retention / (1.0 + self.discount)
    }
}
