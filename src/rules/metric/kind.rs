//! The metrics there are, and the form in which their inputs and figures are described.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
