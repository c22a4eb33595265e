//! Customers by what their value calls for.

use super::adding::Adding;
use crate::assess::assessment::{CustomerResult, money};
use crate::report::chart::whole;
use crate::report::view::Text;
use crate::report::view::context::{capital, in_words};
use crate::rules::metric::Treatment;
use crate::text::number::rounded;
use serde::Serialize;
use std::borrow::Cow;

/// Customers told by name for each treatment; the result document tells all.
const MOST_NAMES: usize = 20;
/// Customers of a table with their values.
#[derive(Debug, Clone, Serialize)]
pub struct Customers<'a> {
    /// Value as it adds up; null for a single customer.
    pub adding: Option<Adding>,
    /// Keep, grow, hold, shed; then those of whom that cannot be said, if there are any.
    pub treated: Vec<Treated<'a>>,
}

/// The customers to be treated alike.
#[derive(Debug, Clone, Serialize)]
pub struct Treated<'a> {
    /// "keep", "grow", "hold", "shed"; null where it cannot be said.
    pub id: Option<&'static str>,
    /// "Keep and protect".
    pub title: String,
    /// Reason why a customer is here, and the order of the rows.
    pub why: String,
    /// Number of customers.
    pub count: String,
    /// Of those of whom it can be said; null where it cannot be.
    pub share: Option<String>,
    /// Value that they bring together.
    pub value: String,
    /// At most twenty.
    pub rows: Vec<Customer<'a>>,
    /// "And 12 more."
    pub more: Option<String>,
}

/// A customer; the name is data.
#[derive(Debug, Clone, Serialize)]
pub struct Customer<'a> {
    /// The name or number in the table.
    pub name: Text<'a>,
    /// Value today.
    pub today: String,
    /// Value in reach; null where it is not known.
    pub reach: Option<String>,
}

impl<'a> Customers<'a> {
    /// Of a table's customers, most valuable first; `None` where there is none.
    pub(super) fn of(customers: &'a [CustomerResult]) -> Option<Self> {
        if customers.is_empty() {
            return None;
        }
        let known = customers.iter().filter(|one| one.treatment.is_some());
        let known = known.count();
        let mut treated: Vec<Treated<'a>> = Vec::new();
        if known > 0 {
            treated.extend(Treatment::ALL.map(|one| Treated::of(customers, Some(one), known)));
        }
        if known < customers.len() {
            treated.push(Treated::of(customers, None, known));
        }
        Some(Self {
            adding: Adding::of(customers),
            treated,
        })
    }
}

impl<'a> Treated<'a> {
    fn of(customers: &'a [CustomerResult], treatment: Option<Treatment>, known: usize) -> Self {
        let own = customers.iter().filter(|one| one.treatment == treatment);
        let mut own: Vec<&CustomerResult> = own.collect();
        let room = |one: &CustomerResult| one.reach.map_or(0.0, |reach| reach - one.today);
        match treatment {
            Some(Treatment::Grow) => own.sort_by(|a, b| room(b).total_cmp(&room(a))),
            Some(Treatment::Shed) => own.sort_by(|a, b| a.today.total_cmp(&b.today)),
            Some(Treatment::Keep | Treatment::Hold) | None => {}
        }
        let more = own.len().saturating_sub(MOST_NAMES);
        let (title, why) = words(treatment, &means(customers));
        Self {
            id: treatment.map(Treatment::id),
            title,
            why,
            count: own.len().to_string(),
            share: treatment.map(|_| percent(whole(own.len()), whole(known))),
            value: money(own.iter().map(|one| one.today).sum()),
            rows: own.iter().take(MOST_NAMES).map(|one| row(one)).collect(),
            more: (more > 0).then(|| format!("And {} more.", in_words(more))),
        }
    }
}

fn words(treatment: Option<Treatment>, means: &str) -> (String, String) {
    let why = match treatment {
        Some(Treatment::Keep) => "High today and in reach. Most valuable first.",
        Some(Treatment::Grow) => "Low today, high in reach. Most room first.",
        Some(Treatment::Hold) => "High today, little more in reach. Most valuable first.",
        Some(Treatment::Shed) => {
            "Below both means, though it may earn money, or a loss even with the whole wallet. Least valuable first."
        }
        None => "Spending or wallet is unknown, so what is in reach is too. Most valuable first.",
    };
    let title = treatment.map_or("cannot be said", Treatment::says);
    let why = match treatment {
        Some(Treatment::Shed) => format!("{why} {means}"),
        Some(Treatment::Keep | Treatment::Grow | Treatment::Hold) | None => why.to_owned(),
    };
    (capital(title), why)
}

/// The means from which on a value is high.
fn means(customers: &[CustomerResult]) -> String {
    let known = customers.iter().filter(|one| one.treatment.is_some());
    let (today, reach): (Vec<f64>, Vec<f64>) = known
        .filter_map(|one| Some((one.today, one.reach?)))
        .unzip();
    let mean = |values: &[f64]| money(values.iter().sum::<f64>() / whole(values.len()));
    format!(
        "The means, of the customers whose value in reach is known: {} today, {} in reach.",
        mean(&today),
        mean(&reach)
    )
}

fn row(one: &CustomerResult) -> Customer<'_> {
    Customer {
        name: Cow::Borrowed(&one.customer),
        today: money(one.today),
        reach: one.reach.map(money),
    }
}

pub(super) fn percent(part: f64, all: f64) -> String {
    format!("{} %", rounded(part / all * 100.0, 1))
}
