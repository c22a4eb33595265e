//! Reasons why a metric gives no figure.

use crate::message;
use crate::rules::rulebook::words::list;
use std::fmt;

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
