//! Scores of other clients, for comparison: context with its base, never a place in a ranking.

use super::Text;
use super::context::{ReportContext, short};
use crate::rules::vocabulary::Basis;
use crate::study::portfolio::PeerScore;
use crate::text::number::rounded;
use serde::Serialize;
use std::borrow::Cow;

/// Scores of other clients on a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Others<'a> {
    /// "clients scored on perception, 2026": of whom.
    pub base: String,
    /// Scores that are told of, in the pack's order.
    pub rows: Vec<Other<'a>>,
    /// Some row tells the middle half.
    pub halves: bool,
}

/// A score.
#[derive(Debug, Clone, Serialize)]
pub struct Other<'a> {
    /// Name.
    pub label: Text<'a>,
    /// This client's index; null where it has none.
    pub here: Option<String>,
    /// "about 45".
    pub median: String,
    /// "about 35 to 65"; null where the clients are too few for it.
    pub half: Option<String>,
    /// Number of clients.
    pub clients: usize,
    /// "median about 45, middle half about 35 to 65, of 23 clients, 2026".
    pub says: String,
}

impl<'a> ReportContext<'a> {
    pub(super) fn others(&self, pack: usize) -> Option<Others<'a>> {
        let others = &self.layout.others;
        let scores = others.scores.iter().filter(|one| one.pack == pack);
        let rows: Vec<_> = scores.filter_map(|one| self.other(one)).collect();
        let basis = match self.assessment.basis {
            Basis::Perception => "perception",
            Basis::Evidenced => "evidence",
        };
        let years = others.period.as_ref();
        let years = years.map_or(String::new(), |years| format!(", {years}"));
        (!rows.is_empty()).then(|| Others {
            base: format!("clients scored on {basis}{years}"),
            halves: rows.iter().any(|row| row.half.is_some()),
            rows,
        })
    }

    fn other(&self, one: &PeerScore) -> Option<Other<'a>> {
        let score = self.score(one.node)?;
        let about = |index: f64| rounded(index, 0);
        let half = one.bands.half.map(|[low, high]| {
            let (low, high) = (about(low), about(high));
            if low == high {
                format!("all about {low}")
            } else {
                format!("about {low} to {high}")
            }
        });
        let middle = half
            .as_ref()
            .map_or(String::new(), |half| format!(", middle half {half}"));
        let years = self.layout.others.period.as_ref();
        let years = years.map_or(String::new(), |years| format!(", {years}"));
        let median = format!("about {}", about(one.bands.median));
        Some(Other {
            label: Cow::Borrowed(short(&score.title)),
            here: score.index.map(|index| self.index(one.node, index)),
            says: format!(
                "median {median}{middle}, of {} clients{years}",
                one.bands.clients
            ),
            median,
            half,
            clients: one.bands.clients,
        })
    }
}
