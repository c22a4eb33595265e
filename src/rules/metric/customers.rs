//! A customer table: what each customer brings today, what each could bring, and what that calls
//! for.
//!
//! Value today is margin less cost to serve for one period; with retention and a discount rate it
//! is the lifetime value of that, first margin after the first renewal. Value in reach is the same
//! if the customer bought everything here: the margin grows in the ratio of wallet to spend. A
//! value is high from the mean on, of those whose value in reach is known. After D. Peppers and
//! M. Rogers: high today and in reach, keep; low today and high in reach, grow; high today and low
//! in reach, hold at least cost; low in both, or a loss even with the whole wallet, shed or reprice.

use super::share::{Shares, shares};
use super::{Refusal, Result, Stream, Timing};
use crate::message;
use crate::text::number::{TOLERANCE, float};
use serde::{Deserialize, Serialize};

/// One customer, all amounts for the same period; `None` is "unknown".
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Customer {
    /// The name or number.
    pub name: String,
    /// Margin before cost to serve, in money, 0 or more.
    pub margin: Option<f64>,
    /// Spending here, in money, 0 or more.
    pub spend: Option<f64>,
    /// Spending in the category, in money, at least the spending here.
    pub wallet: Option<f64>,
    /// Chance of being a customer next period, `0..=1`.
    pub retention: Option<f64>,
    /// Cost to serve, in money, 0 or more.
    pub cost: Option<f64>,
    /// Willingness to recommend, whole, `0..=10`.
    pub recommend: Option<f64>,
}

/// Treatment that a customer's value calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// High today and in reach: keep and protect.
    Keep,
    /// Low today, high in reach: grow.
    Grow,
    /// High today, low in reach: hold at least cost.
    Hold,
    /// Low in both, or a loss even with the whole wallet: shed or reprice.
    Shed,
}

impl Treatment {
    /// All of them, in reading order.
    pub const ALL: [Self; 4] = [Self::Keep, Self::Grow, Self::Hold, Self::Shed];

    /// In one word, as it is written.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Grow => "grow",
            Self::Hold => "hold",
            Self::Shed => "shed",
        }
    }

    /// Its meaning, in words.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::Keep => message!("keep-and-protect"),
            Self::Grow => "grow",
            Self::Hold => message!("hold-at-least-cost"),
            Self::Shed => message!("let-go-or-reprice"),
        }
    }
}

/// Value and treatment of one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Valued {
    /// Its place in the table.
    pub place: usize,
    /// Value today, in money.
    pub today: f64,
    /// Set where one period costs more than it brings.
    pub loss: bool,
    /// Value in reach, in money; `None` where spend or wallet is unknown.
    pub reach: Option<f64>,
    /// The treatment called for; `None` where the value in reach is unknown.
    pub treatment: Option<Treatment>,
}

/// Results of a customer table.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerBase {
    /// Customers whose value today is known, most valuable first.
    pub customers: Vec<Valued>,
    /// Share of all value above 0 that the most valuable fifth brings, `0..=1`; `None` where none
    /// brings any.
    pub top_fifth: Option<f64>,
    /// Share of customers at a loss today, `0..=1`.
    pub losing: f64,
    /// Set where values are discounted over the lifetime, rather than those of one period.
    pub lifetime: bool,
}

impl CustomerBase {
    /// Values every customer whose margin is known, and whose cost is where any cost is.
    ///
    /// `discount` is the rate per period as a share; without it, or where a customer's retention is
    /// unknown, values are those of one period for all.
    ///
    /// # Errors
    /// Returns an error if no customer has a value, or a value cannot be discounted.
    pub fn of(table: &[Customer], discount: Option<f64>) -> Result<Self> {
        let lifetime = discount.is_some() && table.iter().all(|one| one.retention.is_some());
        let rate = discount.filter(|_| lifetime);
        let costed = table.iter().any(|one| one.cost.is_some());
        let known = |one: &Customer| one.margin.is_some() && (one.cost.is_some() || !costed);
        let mut customers = Vec::new();
        for (place, one) in table.iter().enumerate().filter(|(_, one)| known(one)) {
            if let Some(today) = value(one, 1.0, rate)? {
                let reach = growth(one).map(|growth| value(one, growth, rate));
                customers.push(Valued {
                    place,
                    today: today + 0.0,
                    loss: profit(one, 1.0).is_some_and(|profit| profit < 0.0),
                    reach: reach.transpose()?.flatten(),
                    treatment: None,
                });
            }
        }
        Self::of_values(customers, lifetime)
    }

    /// The same of customers whose values are known; what they call for is found here.
    ///
    /// # Errors
    /// Returns an error if there is no customer.
    pub(crate) fn of_values(mut customers: Vec<Valued>, lifetime: bool) -> Result<Self> {
        if customers.is_empty() {
            return Err(Refusal::NoColumn("margin"));
        }
        treat(&mut customers);
        customers.sort_by(|a, b| b.today.total_cmp(&a.today).then(a.place.cmp(&b.place)));
        let losing = customers.iter().filter(|one| one.loss).count();
        Ok(Self {
            top_fifth: top_fifth(&customers),
            losing: float(losing) / float(customers.len()),
            lifetime,
            customers,
        })
    }

    /// Share of the customers with a known treatment that are to be treated so, `0..=1`.
    ///
    /// # Errors
    /// Returns an error if no treatment is known.
    pub fn share(&self, treatment: Treatment) -> Result<f64> {
        let known = self.customers.iter().filter_map(|one| one.treatment);
        let n = known.clone().count();
        if n == 0 {
            return Err(Refusal::NoColumn("wallet"));
        }
        Ok(float(known.filter(|one| *one == treatment).count()) / float(n))
    }
}

/// The shares of customer over those whose spend and wallet are known.
///
/// # Errors
/// Returns an error if no customer with a known spend has a wallet above 0.
pub fn shares_of(table: &[Customer]) -> Result<Shares> {
    let known = table
        .iter()
        .filter_map(|one| Some((one.spend?, one.wallet?)));
    // A customer who buys nothing of this sort anywhere has no share to speak of.
    let known: Vec<(f64, f64)> = known.filter(|(_, wallet)| *wallet > 0.0).collect();
    if known.is_empty() {
        return Err(Refusal::NoColumn("wallet"));
    }
    shares(&known)
}

/// By how much the margin grows when the whole wallet is spent here.
fn growth(one: &Customer) -> Option<f64> {
    let (spend, wallet) = (one.spend?, one.wallet?);
    (spend > 0.0).then(|| wallet / spend)
}

/// Margin less cost to serve of one period, with the margin grown so many times.
fn profit(one: &Customer, growth: f64) -> Option<f64> {
    one.margin
        .map(|margin| margin * growth - one.cost.unwrap_or(0.0))
}

fn value(one: &Customer, growth: f64, discount: Option<f64>) -> Result<Option<f64>> {
    let Some(profit) = profit(one, growth) else {
        return Ok(None);
    };
    match (discount, one.retention) {
        (Some(discount), Some(retention)) => {
            let stream = Stream::new(profit, retention, discount)?;
            stream.value(Timing::AfterRenewal).map(Some)
        }
        _ => Ok(Some(profit)),
    }
}

fn treat(customers: &mut [Valued]) {
    let (mut today, mut reach, mut known) = (0.0, 0.0, 0_usize);
    for one in customers.iter() {
        if let Some(room) = one.reach {
            today += one.today;
            reach += room;
            known += 1;
        }
    }
    let (today, reach) = (today / float(known), reach / float(known));
    for one in customers.iter_mut() {
        let high = |value: f64, mean: f64| value >= mean - TOLERANCE;
        one.treatment = one
            .reach
            .map(|room| match (high(one.today, today), high(room, reach)) {
                _ if room < 0.0 => Treatment::Shed,
                (true, true) => Treatment::Keep,
                (false, true) => Treatment::Grow,
                (true, false) => Treatment::Hold,
                (false, false) => Treatment::Shed,
            });
    }
}

/// The share of value above 0 in the first fifth of customers, who are given most valuable first.
fn top_fifth(customers: &[Valued]) -> Option<f64> {
    let gains = || customers.iter().map(|one| one.today.max(0.0));
    let all: f64 = gains().sum();
    let fifth = customers.len().div_ceil(5);
    (all > 0.0).then(|| gains().take(fifth).sum::<f64>() / all)
}
