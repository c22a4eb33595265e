//! Inputs, figures and convention of each metric, as a table that linking, evaluation and reports read.

use super::MetricKind;
use serde::{Deserialize, Serialize};

use TableName::{Curves, Customers};

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

/// A figure with the range of its unit.
const fn figure(unit: Unit, id: &'static str, title: &'static str) -> Figure {
    let (least, most) = match unit {
        Unit::Money | Unit::Number => (f64::NEG_INFINITY, f64::INFINITY),
        Unit::Count | Unit::Periods | Unit::Times => (0.0, f64::INFINITY),
        Unit::Percent => (0.0, 100.0),
        Unit::Points => (-100.0, 100.0),
        Unit::Coefficient => (0.0, 1.0),
    };
    Figure {
        id,
        title,
        unit,
        least,
        most,
    }
}

/// Makes the table of metrics: the inputs each needs and can take, the table it can be made from, the
/// figures it gives, and its convention.
macro_rules! metrics {
    ($($kind:ident $name:literal {
        $(needs { $($needed:ident $needed_id:literal),* })?
        $(takes { $($taken:ident $taken_id:literal),* })?
        from { $table:expr }
        $(gives $unit:ident $id:literal $title:literal $(from $least:ident)?)*
        by $convention:literal
    })*) => {
        impl MetricKind {
            /// Inputs and figures of the metric.
            #[must_use]
            pub fn spec(self) -> &'static MetricSpec {
                match self {
                    $(Self::$kind => const { &MetricSpec {
                        name: $name,
                        inputs: &[
                            $($(Input { id: $needed_id, kind: InputKind::$needed, optional: false },)*)?
                            $($(Input { id: $taken_id, kind: InputKind::$taken, optional: true },)*)?
                        ],
                        table: $table,
                        figures: &[
                            $(Figure { $(least: f64::$least,)? ..figure(Unit::$unit, $id, $title) },)*
                        ],
                        convention: $convention,
                    } },)*
                }
            }
        }
    };
}

metrics! {
    Nps "Net Promoter Score" {
        needs { Count "promoters", Count "passives", Count "detractors" }
        from { Some(Customers) }
        gives Points "score" "Score"
        gives Number "margin" "Margin of error at 95 %, as if drawn at random"
        gives Count "n" "Answers"
        gives Percent "promoters" "Promoters (9 or 10)"
        gives Percent "detractors" "Detractors (0 to 6)"
        by "Share of promoters (9 or 10) less share of detractors (0 to 6) of all who answered, passives (7 or 8) counted; margin of error 1.96 times the standard error."
    }
    LifetimeValue "customer lifetime value" {
        needs { Amount "margin", Rate "retention", Rate "discount" }
        from { None }
        gives Money "value" "Value over all periods to come"
        gives Money "point" "Worth of one more point of retention"
        gives Money "within" "Value within the horizon"
        by "Margin, retention and discount rate of one period, constant over time, over all periods to come."
    }
    BreakEven "break-even on winning a customer" {
        needs { Once "cost", Amount "margin", Rate "retention", Rate "discount" }
        from { None }
        gives Periods "retained" "With customers who leave, in money of today"
        gives Periods "simple" "Simple: as if nobody left"
        gives Times "cover" "All margins to come, as a multiple of the cost"
        by "Margin, never revenue. Simple is cost over margin; the other adds up discounted margins of customers still there until they reach the cost."
    }
    ShareOfCustomer "share of customer" {
        takes { Amount "spend", Amount "wallet" }
        from { Some(Customers) }
        gives Percent "overall" "Of all spending"
        gives Percent "mean" "Mean of the customers' shares"
        gives Percent "median" "Median of the customers' shares"
        gives Count "n" "Customers"
        by "Spending here over spending in the category; overall is the ratio of the sums, so large customers weigh more in it than in the mean and the median."
    }
    TopBox "top-box shares" {
        needs { Count "top", Count "second", Count "others" }
        from { None }
        gives Percent "top" "Best box"
        gives Percent "top-two" "Best two boxes"
        gives Count "n" "Answers"
        by "Of all who answered, those in the best box, and those in the best or second best."
    }
    ValueDifference "value as customers see it" {
        needs { Amount "benefits", Amount "costs" }
        takes { Amount "rival-benefits", Amount "rival-costs" }
        from { None }
        gives Money "value" "Benefits less costs here"
        gives Money "rival" "Benefits less costs at the next best"
        gives Money "lead" "Lead over the next best"
        by "What customers believe they get less what they believe it costs them, all on one scale."
    }
    Ratio "ratio" {
        needs { Number "part", Number "whole" }
        from { None }
        gives Times "ratio" "Ratio"
        by "The first amount over the second."
    }
    CustomerValue "value by customer" {
        takes { Rate "discount" }
        from { Some(Customers) }
        gives Percent "top-fifth" "Value brought by the most valuable fifth"
        gives Percent "losing" "Customers at a loss"
        gives Percent "keep" "Customers to keep and protect"
        gives Percent "grow" "Customers to grow"
        gives Percent "hold" "Customers to hold at least cost"
        gives Percent "shed" "Customers to let go or reprice"
        gives Count "n" "Customers"
        by "Value today is margin less cost to serve; with retention and a discount rate, over all periods to come. Value in reach is the same with the whole wallet spent here. High is from the mean on, taken over the customers whose value in reach is known. What the most valuable fifth brings is told of the value of all customers who bring any."
    }
    Agreement "agreement among people" {
        needs { Ratings "ratings" }
        from { None }
        gives Coefficient "mean" "Mean agreement on a rating"
        gives Coefficient "lowest" "Agreement where it is lowest"
        gives Coefficient "alpha" "Cronbach's alpha" from NEG_INFINITY
        gives Count "n" "Ratings it is made of"
        by "For each rating, over the people of all groups that may be shown: 1 less the variance of their answers (divided by n - 1) over that of answers spread evenly over all steps, at least 0 (rwg); then the mean over the ratings. Alpha is given where the ratings are all those of one section, three or more, over the people who answered all of them. No test of significance."
    }
    ValueCurve "value curves" {
        from { Some(Curves) }
        gives Percent "given" "Given of what is wanted"
        gives Number "lead" "Lead over the strongest rival"
        gives Count "missing" "Factors much wanted and little given"
        gives Count "spare" "Factors little wanted and much given"
        gives Count "n" "Factors"
        by "Each type of customer marks each factor from 0 to 10: how much it wants, how much it gets here, how much from the strongest rival. Given of what is wanted: what is given, as far as it is wanted, over all that is wanted. Lead: what is given here less what the rival gives, weighted by how much it is wanted. Much is from 7 on, little up to 3; these bands are our own."
    }
}
