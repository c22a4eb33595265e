//! The closed set of metrics: results of a business, computed by a named convention from numbers
//! that answers give, and never part of a maturity score.
//!
//! Each metric guards its domain. Where a figure cannot be made there is a [`Refusal`] that says
//! why; there is never a 0 or an infinity in its place.
//!
//! # Customer lifetime value
//!
//! Worth of a customer over the relationship, in money of today.
//!
//! A margin m, a retention r and a discount rate i all belong to the same period. Each margin is
//! worth q = r / (1 + i) of the one before it: the customer has to be kept one more time, and the
//! money comes one period later. The timings differ in what the first margin is worth today, f:
//!
//! - A, after the first renewal: f = m · r / (1 + i) = m · q;
//! - B, now and certain: f = m;
//! - C, certain at the end of period one: f = m / (1 + i).
//!
//! Period 1 brings the first margin, so T periods bring T margins, f · (1 + q + … + qᵀ⁻¹), which is
//! f · (1 − qᵀ) / (1 − q), or f · T where q = 1. All periods to come bring f / (1 − q), which is
//! f · (1 + i) / (1 + i − r): under A m · r / (1 + i − r), under B m · (1 + i) / (1 + i − r), under C
//! m / (1 + i − r). After S. Gupta and D. Lehmann, "Customers as Assets", Journal of Interactive
//! Marketing 17 (2003).
//!
//! Break-even on acquisition is the number of periods of margin, never revenue, that pay a new
//! customer's cost. Simple: cost / margin per period. With retention: the smallest T whose T margins,
//! in money of today, reach the cost; or never. The difference between the two is what customers who
//! leave take with them.

mod customers;
mod share;
mod spec;

pub use customers::{Customer, CustomerBase, Treatment, Valued, shares_of};
pub use share::{
    Boxes, Curve, CurveFit, Factor, LITTLE, MUCH, Misfit, Recommendation, Shares, boxes,
    difference, median, ratio, share, shares,
};
pub use spec::{Figure, Input, InputKind, MetricSpec, TableName, Unit};

use crate::message;
use crate::text::number::{TOLERANCE, list};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The closed set of metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// Net Promoter Score.
    Nps,
    /// Value of a customer over the relationship.
    LifetimeValue,
    /// Periods until margins have paid for winning a customer.
    BreakEven,
    /// Spending here of all spending in the category.
    ShareOfCustomer,
    /// Shares of the most satisfied.
    TopBox,
    /// Benefits less costs as customers see them.
    ValueDifference,
    /// One amount over another.
    Ratio,
    /// Value of each customer today and in reach, and the treatment it calls for.
    CustomerValue,
    /// Agreement among the people who answer.
    Agreement,
    /// Wants of types of customers compared with what they get.
    ValueCurve,
}

impl MetricKind {
    /// True for metrics that add up margins, for which the time of the first one counts.
    pub(crate) fn is_timed(self) -> bool {
        matches!(self, Self::LifetimeValue | Self::BreakEven)
    }
}

/// A figure, or the reason why there is none.
pub type Result<T> = std::result::Result<T, Refusal>;

/// Reason why a metric gives no figure, as a clause that can follow "no result, because".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody answered.
    NoAnswers,
    /// An answer lies outside 0..10 or is not whole.
    NotOnScale,
    /// A share is below 0 or above 1.
    NotAShare(&'static str),
    /// The discount rate is at or below -100 %.
    DiscountTooLow,
    /// The sum over all future periods has no end.
    Endless,
    /// Nothing comes in that could pay the cost back.
    NoMargin,
    /// An amount is below 0.
    Negative(&'static str),
    /// The whole is 0, so that there is no share of it.
    NothingToShare(&'static str),
    /// A part is larger than the whole.
    PartAboveWhole,
    /// All that ever comes in, in the unit of the cost, stays below it.
    Never,
    /// Fewer people answered than a figure needs.
    TooFew(usize),
    /// One assessor answered, and agrees with nobody.
    OnePerson,
    /// Too few people of any group answered to be shown.
    Hidden,
    /// A section of so few ratings is no scale.
    NoScale(usize),
    /// Too few people of any group answered all ratings of a scale, or all answered alike.
    NoSpread,
    /// Inputs are still open.
    Open(Vec<String>),
    /// Inputs do not apply here.
    Absent(Vec<String>),
    /// The pack makes the metric without it.
    LeftOut,
    /// The customer table is not there, or lacks a column.
    NoColumn(&'static str),
    /// No value curve is given.
    NoCurves,
    /// Of no factor it is known what the strongest rival gives.
    NoRival,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: Cow<'_, str> = match self {
            Self::NoAnswers => message!("nobody-answered").into(),
            Self::NotOnScale => message!("answers-are-whole-numbers-from-to").into(),
            Self::NotAShare(what) => message!("lies-between-and", what).into(),
            Self::DiscountTooLow => message!("the-discount-rate-must-be-above").into(),
            Self::Endless => message!("with-this-retention-and-discount-rate").into(),
            Self::NoMargin => message!("a-customer-brings-no-margin-that-could").into(),
            Self::Negative(what) => message!("cannot-be-below", what).into(),
            Self::NothingToShare(what) => format!("{what} is 0").into(),
            Self::PartAboveWhole => message!("the-part-is-larger-than-the-whole").into(),
            Self::Never => message!("the-margins-never-add-up-to-the-cost").into(),
            Self::TooFew(least) => message!("it-takes-answers-of-at-least-people", least).into(),
            Self::OnePerson => message!("one-person-answered").into(),
            Self::Hidden => message!("the-groups-that-answered-are-too-small-to-be-shown").into(),
            Self::NoScale(least) => message!("a-scale-has-at-least-ratings", least).into(),
            Self::NoSpread => message!("too-few-people-answered-all").into(),
            Self::Open(labels) => message!("not-known-yet", names = list(labels)).into(),
            Self::Absent(labels) => message!("inputs-do-not-apply", names = list(labels)).into(),
            Self::LeftOut => message!("this-metric-is-made-without-it").into(),
            Self::NoCurves => message!("no-value-curves-are-given").into(),
            Self::NoRival => message!("no-factor-says-what-the-strongest").into(),
            Self::NoColumn("") => message!("there-is-no-customer-table").into(),
            Self::NoColumn(column) => message!("no-column-to-make-it-from", column).into(),
        };
        f.write_str(&text)
    }
}

/// Convention for the time of the first margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
            Self::AfterRenewal => message!("the-first-margin-comes-after-the-first"),
            Self::Now => message!("the-first-margin-comes-now-and-is-certain"),
            Self::EndOfPeriod => {
                message!("the-first-margin-comes-at-the-end")
            }
        }
    }
}

/// Margin of a customer, retention and discount rate, all three for the same period.
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
    /// Returns an error if retention is no share, or the discount rate is -100 % or below.
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
    /// Returns an error if the sum has no end.
    pub fn value(&self, timing: Timing) -> Result<f64> {
        let later = 1.0 + self.discount;
        let ends = later - self.retention;
        if ends <= TOLERANCE {
            return Err(Refusal::Endless);
        }
        Ok(self.first(timing) * later / ends)
    }

    /// The value over so many periods, one margin each, in money.
    #[must_use]
    pub fn within(&self, periods: u32, timing: Timing) -> f64 {
        self.sum(f64::from(periods), timing)
    }

    /// The same for a number of periods that a formula gives.
    fn sum(&self, terms: f64, timing: Timing) -> f64 {
        let (first, factor) = (self.first(timing), self.factor());
        if (factor - 1.0).abs() <= TOLERANCE {
            return first * terms;
        }
        first * (1.0 - factor.powf(terms)) / (1.0 - factor)
    }

    /// Present value of the first margin, in money.
    fn first(&self, timing: Timing) -> f64 {
        match timing {
            Timing::AfterRenewal => self.margin * self.factor(),
            Timing::Now => self.margin,
            Timing::EndOfPeriod => self.margin / (1.0 + self.discount),
        }
    }

    /// Increase in value from one more point of retention, in money.
    ///
    /// # Errors
    /// Returns an error if either sum has no end, or retention is 100 % already.
    pub fn point(&self, timing: Timing) -> Result<f64> {
        let more = Self::new(self.margin, self.retention + 0.01, self.discount)?;
        Ok(more.value(timing)? - self.value(timing)?)
    }

    /// Worth of a margin as a share of the margin a period before.
    fn factor(&self) -> f64 {
        self.retention / (1.0 + self.discount)
    }
}

/// Periods until margins add up to the cost, as if nobody left and money kept its worth.
///
/// # Errors
/// Returns an error if the cost is below 0, or no margin comes in.
pub fn simple_break_even(cost: f64, margin: f64) -> Result<f64> {
    if cost < 0.0 {
        return Err(Refusal::Negative(message!("the-cost")));
    }
    if margin <= 0.0 {
        return Err(Refusal::NoMargin);
    }
    Ok(cost / margin)
}

/// Whole periods until the margins that still come in, in money of today, add up to the cost.
///
/// # Errors
/// Returns an error if the cost is below 0, no margin comes in, or the margins never add up to the
/// cost.
pub fn break_even(cost: f64, stream: &Stream, timing: Timing) -> Result<f64> {
    simple_break_even(cost, stream.margin)?;
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
