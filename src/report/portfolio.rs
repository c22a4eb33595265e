//! The view of a portfolio: what `portfolio.html` and `portfolio.md` are given.
//!
//! The rules of [`view`](super::view) hold here too: every field is always there, numbers for people
//! are texts, numbers for drawing are percent of an axis, and every plain text may hold what a
//! client typed.

mod client;
mod group;
mod spread;

pub use client::{Client, Clients};
pub use group::{Finding, Gate, Group, Ladder, Level};
pub use spread::{Outlier, Outliers, Spread, Strip};

use super::view::{Brand, Tick, counted, date, percent};
use crate::study::portfolio::{Overview, Problem};
use crate::text::number::rounded;
use serde::Serialize;

/// Problems listed on a page.
const PROBLEMS: usize = 50;

/// A portfolio, sorted, rounded and worded.
#[derive(Debug, Clone, Serialize)]
pub struct PortfolioView<'a> {
    /// Language tag for `<html lang>`.
    pub language: &'static str,
    /// `centricity 0.1.0`.
    pub engine: &'a str,
    /// Who hands it over.
    pub brand: &'a Brand,
    /// "50 clients".
    pub heading: String,
    /// "Answers of 3 March 2026 to 31 October 2026."; null where no day is given.
    pub period: Option<String>,
    /// Figures to see at first glance.
    pub facts: Vec<Fact>,
    /// Note that some were scored on perception and some on evidence; null where all are alike.
    pub mixed: Option<String>,
    /// The clients.
    pub clients: Clients<'a>,
    /// One for each pack, major version and basis.
    pub groups: Vec<Group<'a>>,
    /// Clients that are in no figure.
    pub problems: Vec<&'a Problem>,
    /// "3 clients could not be scored. They are in no figure."; null where all could.
    pub broken: Option<String>,
    /// "12 more are in csv/problems.csv."; null where all are listed.
    pub more_problems: Option<String>,
}

/// A figure with its name.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Name of the figure.
    pub label: &'static str,
    /// The figure.
    pub value: String,
    /// Note on the figure; null where there is none.
    pub note: Option<String>,
}

impl<'a> PortfolioView<'a> {
    /// Sorts, rounds and words a portfolio. `link` gives the address of a client's report by its
    /// path, where there is one.
    #[must_use]
    pub fn new(
        overview: &'a Overview,
        brand: &'a Brand,
        link: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let listed = overview.problems.iter().take(PROBLEMS);
        let more = overview.broken.saturating_sub(listed.len());
        Self {
            language: "en",
            engine: &overview.engine,
            brand,
            heading: counted(overview.clients, "client", "clients"),
            period: period(overview),
            facts: facts(overview),
            mixed: mixed(overview),
            clients: Clients::of(overview, link),
            groups: Group::all(overview, link),
            problems: listed.collect(),
            broken: (overview.broken > 0).then(|| {
                let clients = counted(overview.broken, "client", "clients");
                let are = if overview.broken == 1 { "is" } else { "are" };
                format!("{clients} could not be scored and {are} in no figure here.")
            }),
            more_problems: (more > 0)
                .then(|| format!("{more} more are not listed here; the CSV tables list all.")),
        }
    }
}

fn period(overview: &Overview) -> Option<String> {
    let period = overview.period.as_ref()?;
    let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), date);
    let days = if period.from == period.to {
        day(&period.from)
    } else {
        format!("{} to {}", day(&period.from), day(&period.to))
    };
    let undated = match overview.undated {
        0 => String::new(),
        some => format!(" {} give no day.", counted(some, "client", "clients")),
    };
    Some(format!("Answers of {days}.{undated}"))
}

fn facts(overview: &Overview) -> Vec<Fact> {
    let n = overview.clients;
    let mut facts = vec![Fact {
        label: "scored",
        value: n.to_string(),
        note: (overview.drafts > 0).then(|| counted(overview.drafts, "draft", "drafts")),
    }];
    if overview.broken > 0 {
        facts.push(Fact {
            label: "not valid",
            value: overview.broken.to_string(),
            note: Some("in no figure".to_owned()),
        });
    }
    if let Some(coverage) = &overview.coverage {
        let at = |value: f64| percent(value / 100.0);
        facts.push(Fact {
            label: "answered, median",
            value: at(coverage.median),
            note: Some(format!("{} to {}", at(coverage.min), at(coverage.max))),
        });
    }
    let grades = &overview.confidence;
    facts.push(Fact {
        label: "confidence low",
        value: format!("{} of {n}", grades.low),
        note: Some(format!("medium {}, high {}", grades.medium, grades.high)),
    });
    facts
}

/// Scores on perception and scores on evidence say different things.
fn mixed(overview: &Overview) -> Option<String> {
    let both = |wanted| overview.groups.iter().any(|group| group.basis == wanted);
    let mixed = both(crate::rules::vocabulary::Basis::Perception)
        && both(crate::rules::vocabulary::Basis::Evidenced);
    mixed.then(|| {
        "Some clients were scored on perception, others on evidence. The two cannot be compared, \
         so each has tables of its own."
            .to_owned()
    })
}

/// An index without digits.
fn index(value: f64) -> String {
    rounded(value, 0)
}
