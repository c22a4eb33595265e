//! The context of the overview of many clients: the portfolio document, and the clients it lists.

use super::brand::Brand;
use crate::message;
use crate::rules::VERDICT_COVERAGE;
use crate::study::portfolio::{ListedClient, Overview};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything the template `report/portfolio.md` is given.
#[derive(Debug, Serialize)]
pub struct PortfolioContext<'a> {
    /// Title of the document.
    pub title: &'a str,
    /// The program that scored the clients, with its version.
    pub engine: &'a str,
    /// Language tag.
    pub language: &'a str,
    /// Who hands the overview over.
    pub brand: &'a Brand,
    /// The portfolio document.
    pub portfolio: &'a Overview,
    /// The clients it lists: all of them by path, or those with most to look at first.
    clients: &'a [ListedClient],
    /// Addresses of the clients' reports by path, where there are any.
    pub links: BTreeMap<&'a str, String>,
    /// Share of its weight that must be answered for a score to have a verdict, `0..=1`.
    pub verdict_coverage: f64,
}

impl<'a> PortfolioContext<'a> {
    /// The context of a portfolio. `link` gives the address of a client's report by its path, where
    /// there is one.
    #[must_use]
    pub fn new(
        portfolio: &'a Overview,
        brand: &'a Brand,
        link: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let listed = portfolio.listed.iter().map(|one| one.row.path.as_str());
        let scores = portfolio.groups.iter().flat_map(|group| &group.scores);
        let far = scores.flat_map(|score| score.low_outliers.iter().chain(&score.high_outliers));
        let paths = listed.chain(far.map(|end| end.path.as_str()));
        Self {
            title: message!("portfolio-title"),
            engine: &portfolio.engine,
            language: "en",
            brand,
            portfolio,
            clients: &portfolio.listed,
            links: paths.filter_map(|path| Some((path, link(path)?))).collect(),
            verdict_coverage: VERDICT_COVERAGE,
        }
    }
}
