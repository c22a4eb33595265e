//! Why a metric gives no figure.

use crate::rules::rulebook::words::list;
use std::fmt;

/// A figure, or the reason why there is none.
pub type Result<T> = std::result::Result<T, Refusal>;

/// Why a metric gives no figure, as a clause that can follow "no result, because".
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
            Self::NoAnswers => f.write_str("nobody answered"),
            Self::NotOnScale => f.write_str("answers are whole numbers from 0 to 10"),
            Self::NotAShare(what) => write!(f, "{what} lies between 0 and 100 %"),
            Self::DiscountTooLow => f.write_str("the discount rate must be above -100 %"),
            Self::Endless => f.write_str(
                "with this retention and discount rate the sum over all future periods has no end",
            ),
            Self::NoMargin => f.write_str("a customer brings no margin that could pay it back"),
            Self::Negative(what) => write!(f, "{what} cannot be below 0"),
            Self::NothingToShare(what) => write!(f, "{what} is 0"),
            Self::PartAboveWhole => f.write_str("the part is larger than the whole"),
            Self::Never => f.write_str("the margins never add up to the cost"),
            Self::TooFew(least) => write!(f, "it takes answers of at least {least} people"),
            Self::OnePerson => f.write_str("one person answered"),
            Self::Hidden => f.write_str("the groups that answered are too small to be shown"),
            Self::NoScale(least) => write!(f, "a scale has at least {least} ratings"),
            Self::NoSpread => f.write_str(
                "too few people answered all of the ratings, some of them are hidden, or their answers do not differ",
            ),
            Self::Open(labels) => write!(f, "not known yet: {}", names(labels)),
            Self::Absent(labels) => write!(f, "it does not apply here: {}", names(labels)),
            Self::LeftOut => f.write_str("this metric is made without it"),
            Self::NoCurves => f.write_str("no value curves are given"),
            Self::NoRival => f.write_str("no factor says what the strongest rival gives"),
            Self::NoColumn("") => f.write_str("there is no customer table"),
            Self::NoColumn(column) => {
                write!(
                    f,
                    "the customer table has no column “{column}” to make it from"
                )
            }
        }
    }
}

fn names(labels: &[String]) -> String {
    list(&labels.iter().map(String::as_str).collect::<Vec<_>>())
}
