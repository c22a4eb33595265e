//! The closed set of metrics: results of a business, computed by a named convention from numbers
//! that answers give, and never part of a maturity score.
//!
//! Each metric guards its domain. Where a figure cannot be made there is a [`Refusal`] that says
//! why; there is never a 0 or an infinity in its place.

mod customers;
mod lifetime;
mod share;
mod spec;

pub use customers::{Customer, Portfolio, Treatment, Valued, shares_of};
pub use lifetime::{Stream, Timing, break_even, cover, simple_break_even};
pub(crate) use share::count;
pub use share::{
    Boxes, Curve, CurveFit, Factor, LITTLE, MUCH, Misfit, Recommendation, Shares, boxes,
    difference, median, ratio, share, shares,
};

use crate::message;
use crate::rules::rulebook::words::list;
use serde::{Deserialize, Serialize};
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
    #[must_use]
    pub fn is_timed(self) -> bool {
        matches!(self, Self::LifetimeValue | Self::BreakEven)
    }
}

/// Tables that can be given along with answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TableName {
    /// One line a customer.
    Customers,
    /// Wants of each type of customer and what it gets, factor by factor.
    Curves,
}

impl TableName {
    /// Name in packs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Curves => "curves",
        }
    }
}

/// Kind of question an input must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// An amount; amounts of one metric share their unit and period.
    Amount,
    /// An amount with the metric's unit and no period: paid once.
    Once,
    /// A share per period, asked as a percent.
    Rate,
    /// A number of people.
    Count,
    /// Any number.
    Number,
    /// Ratings or scored choices, as each person gave them.
    Ratings,
}

/// An input of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input {
    /// Its name in packs.
    pub id: &'static str,
    /// Kind of question it must be.
    pub kind: InputKind,
    /// Set where the metric can do without it.
    pub optional: bool,
}

/// Unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// In the unit of the metric's amounts.
    Money,
    /// `0..=100`.
    Percent,
    /// -100..100.
    Points,
    /// In the period of the metric's rates.
    Periods,
    /// A whole number.
    Count,
    /// So many times.
    Times,
    /// A plain number.
    Number,
    /// A coefficient, 1 at most.
    Coefficient,
}

/// A figure a metric gives. The first is the metric itself; the others are `metric/figure`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Its name in packs.
    pub id: &'static str,
    /// Its name for readers.
    pub title: &'static str,
    /// Unit it is given in.
    pub unit: Unit,
    /// The least it can be.
    pub least: f64,
    /// The most it can be.
    pub most: f64,
}

/// Inputs and figures of a metric.
#[derive(Debug, Clone, Copy)]
pub struct MetricSpec {
    /// Its name for readers.
    pub name: &'static str,
    /// Inputs from questions.
    pub inputs: &'static [Input],
    /// The table it can be made from.
    pub table: Option<TableName>,
    /// Figures.
    pub figures: &'static [Figure],
    /// The convention, for readers.
    pub convention: &'static str,
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
    /// The groups of people who answered are too small to be shown.
    Hidden,
    /// A section of so few ratings is no scale.
    NoScale(usize),
    /// Too few people answered all ratings of a scale, some are hidden, or all answered alike.
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
        match self {
            Self::NoAnswers => f.write_str(message!("nobody-answered")),
            Self::NotOnScale => f.write_str(message!("answers-are-whole-numbers-from-to")),
            Self::NotAShare(what) => f.write_str(&message!("lies-between-and", what)),
            Self::DiscountTooLow => f.write_str(message!("the-discount-rate-must-be-above")),
            Self::Endless => f.write_str(message!("with-this-retention-and-discount-rate")),
            Self::NoMargin => f.write_str(message!("a-customer-brings-no-margin-that-could")),
            Self::Negative(what) => f.write_str(&message!("cannot-be-below", what)),
            Self::NothingToShare(what) => write!(f, "{what} is 0"),
            Self::PartAboveWhole => f.write_str(message!("the-part-is-larger-than-the-whole")),
            Self::Never => f.write_str(message!("the-margins-never-add-up-to-the-cost")),
            Self::TooFew(least) => {
                f.write_str(&message!("it-takes-answers-of-at-least-people", least))
            }
            Self::OnePerson => f.write_str(message!("one-person-answered")),
            Self::Hidden => f.write_str(message!(
                "the-groups-that-answered-are-too-small-to-be-shown"
            )),
            Self::NoScale(least) => f.write_str(&message!("a-scale-has-at-least-ratings", least)),
            Self::NoSpread => f.write_str(message!("too-few-people-answered-all")),
            Self::Open(labels) => f.write_str(&message!("not-known-yet", names = names(labels))),
            Self::Absent(labels) => {
                f.write_str(&message!("it-does-not-apply-here-2", names = names(labels)))
            }
            Self::LeftOut => f.write_str(message!("this-metric-is-made-without-it")),
            Self::NoCurves => f.write_str(message!("no-value-curves-are-given")),
            Self::NoRival => f.write_str(message!("no-factor-says-what-the-strongest")),
            Self::NoColumn("") => f.write_str(message!("there-is-no-customer-table")),
            Self::NoColumn(column) => {
                f.write_str(&message!("the-customer-table-has-no-column-2", column))
            }
        }
    }
}

fn names(labels: &[String]) -> String {
    list(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}
