//! Inputs, figures and convention of each metric, as a table that linking, evaluation and reports read.

use super::MetricKind;
use serde::{Deserialize, Serialize};

use Unit::{Coefficient, Count, Money, Number, Percent, Periods, Points, Times};

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

/// Name in packs, or for readers.
type Name = &'static str;

const fn needs(id: Name, kind: InputKind) -> Input {
    Input {
        id,
        kind,
        optional: false,
    }
}

const fn takes(id: Name, kind: InputKind) -> Input {
    Input {
        id,
        kind,
        optional: true,
    }
}

/// A figure with the range of its unit.
const fn figure(unit: Unit, id: Name, title: Name) -> Figure {
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

impl MetricKind {
    /// Inputs and figures of the metric.
    #[must_use]
    pub fn spec(self) -> &'static MetricSpec {
        match self {
            Self::Nps => &NPS,
            Self::LifetimeValue => &LIFETIME_VALUE,
            Self::BreakEven => &BREAK_EVEN,
            Self::ShareOfCustomer => &SHARE_OF_CUSTOMER,
            Self::TopBox => &TOP_BOX,
            Self::ValueDifference => &VALUE_DIFFERENCE,
            Self::Ratio => &RATIO,
            Self::CustomerValue => &CUSTOMER_VALUE,
            Self::Agreement => &AGREEMENT,
            Self::ValueCurve => &VALUE_CURVE,
        }
    }
}

static NPS: MetricSpec = MetricSpec {
    name: "Net Promoter Score",
    inputs: &[
        needs("promoters", InputKind::Count),
        needs("passives", InputKind::Count),
        needs("detractors", InputKind::Count),
    ],
    table: Some(TableName::Customers),
    figures: &[
        figure(Points, "score", "Score"),
        figure(
            Number,
            "margin",
            "Margin of error at 95 %, as if drawn at random",
        ),
        figure(Count, "n", "Answers"),
        figure(Percent, "promoters", "Promoters (9 or 10)"),
        figure(Percent, "detractors", "Detractors (0 to 6)"),
    ],
    convention: "Share of promoters (9 or 10) less share of detractors (0 to 6) of all who answered, passives (7 or 8) counted; margin of error 1.96 times the standard error.",
};

static LIFETIME_VALUE: MetricSpec = MetricSpec {
    name: "customer lifetime value",
    inputs: &[
        needs("margin", InputKind::Amount),
        needs("retention", InputKind::Rate),
        needs("discount", InputKind::Rate),
    ],
    table: None,
    figures: &[
        figure(Money, "value", "Value over all periods to come"),
        figure(Money, "point", "Worth of one more point of retention"),
        figure(Money, "within", "Value within the horizon"),
    ],
    convention: "Margin, retention and discount rate of one period, constant over time, over all periods to come.",
};

static BREAK_EVEN: MetricSpec = MetricSpec {
    name: "break-even on winning a customer",
    inputs: &[
        needs("cost", InputKind::Once),
        needs("margin", InputKind::Amount),
        needs("retention", InputKind::Rate),
        needs("discount", InputKind::Rate),
    ],
    table: None,
    figures: &[
        figure(
            Periods,
            "retained",
            "With customers who leave, in money of today",
        ),
        figure(Periods, "simple", "Simple: as if nobody left"),
        figure(
            Times,
            "cover",
            "All margins to come, as a multiple of the cost",
        ),
    ],
    convention: "Margin, never revenue. Simple is cost over margin; the other adds up discounted margins of customers still there until they reach the cost.",
};

static SHARE_OF_CUSTOMER: MetricSpec = MetricSpec {
    name: "share of customer",
    inputs: &[
        takes("spend", InputKind::Amount),
        takes("wallet", InputKind::Amount),
    ],
    table: Some(TableName::Customers),
    figures: &[
        figure(Percent, "overall", "Of all spending"),
        figure(Percent, "mean", "Mean of the customers' shares"),
        figure(Percent, "median", "Median of the customers' shares"),
        figure(Count, "n", "Customers"),
    ],
    convention: "Spending here over spending in the category; overall is the ratio of the sums, so large customers weigh more in it than in the mean and the median.",
};

static TOP_BOX: MetricSpec = MetricSpec {
    name: "top-box shares",
    inputs: &[
        needs("top", InputKind::Count),
        needs("second", InputKind::Count),
        needs("others", InputKind::Count),
    ],
    table: None,
    figures: &[
        figure(Percent, "top", "Best box"),
        figure(Percent, "top-two", "Best two boxes"),
        figure(Count, "n", "Answers"),
    ],
    convention: "Of all who answered, those in the best box, and those in the best or second best.",
};

static VALUE_DIFFERENCE: MetricSpec = MetricSpec {
    name: "value as customers see it",
    inputs: &[
        needs("benefits", InputKind::Amount),
        needs("costs", InputKind::Amount),
        takes("rival-benefits", InputKind::Amount),
        takes("rival-costs", InputKind::Amount),
    ],
    table: None,
    figures: &[
        figure(Money, "value", "Benefits less costs here"),
        figure(Money, "rival", "Benefits less costs at the next best"),
        figure(Money, "lead", "Lead over the next best"),
    ],
    convention: "What customers believe they get less what they believe it costs them, all on one scale.",
};

static RATIO: MetricSpec = MetricSpec {
    name: "ratio",
    inputs: &[
        needs("part", InputKind::Number),
        needs("whole", InputKind::Number),
    ],
    table: None,
    figures: &[figure(Times, "ratio", "Ratio")],
    convention: "The first amount over the second.",
};

static CUSTOMER_VALUE: MetricSpec = MetricSpec {
    name: "value by customer",
    inputs: &[takes("discount", InputKind::Rate)],
    table: Some(TableName::Customers),
    figures: &[
        figure(
            Percent,
            "top-fifth",
            "Value brought by the most valuable fifth",
        ),
        figure(Percent, "losing", "Customers at a loss"),
        figure(Percent, "keep", "Customers to keep and protect"),
        figure(Percent, "grow", "Customers to grow"),
        figure(Percent, "hold", "Customers to hold at least cost"),
        figure(Percent, "shed", "Customers to let go or reprice"),
        figure(Count, "n", "Customers"),
    ],
    convention: "Value today is margin less cost to serve; with retention and a discount rate, over all periods to come. Value in reach is the same with the whole wallet spent here. High is from the mean on, taken over the customers whose value in reach is known. What the most valuable fifth brings is told of the value of all customers who bring any.",
};

static AGREEMENT: MetricSpec = MetricSpec {
    name: "agreement among people",
    inputs: &[needs("ratings", InputKind::Ratings)],
    table: None,
    figures: &[
        figure(Coefficient, "mean", "Mean agreement on a rating"),
        figure(Coefficient, "lowest", "Agreement where it is lowest"),
        Figure {
            least: f64::NEG_INFINITY,
            ..figure(Coefficient, "alpha", "Cronbach's alpha")
        },
        figure(Count, "n", "Ratings it is made of"),
    ],
    convention: "For each rating, over the people of all groups that may be shown: 1 less the variance of their answers (divided by n - 1) over that of answers spread evenly over all steps, at least 0 (rwg); then the mean over the ratings. Alpha is given where the ratings are all those of one section, three or more, over the people who answered all of them. No test of significance.",
};

static VALUE_CURVE: MetricSpec = MetricSpec {
    name: "value curves",
    inputs: &[],
    table: Some(TableName::Curves),
    figures: &[
        figure(Percent, "given", "Given of what is wanted"),
        figure(Number, "lead", "Lead over the strongest rival"),
        figure(Count, "missing", "Factors much wanted and little given"),
        figure(Count, "spare", "Factors little wanted and much given"),
        figure(Count, "n", "Factors"),
    ],
    convention: "Each type of customer marks each factor from 0 to 10: how much it wants, how much it gets here, how much from the strongest rival. Given of what is wanted: what is given, as far as it is wanted, over all that is wanted. Lead: what is given here less what the rival gives, weighted by how much it is wanted. Much is from 7 on, little up to 3; these bands are our own.",
};
