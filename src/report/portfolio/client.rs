//! The clients in a table.

use super::{counted, percent};
use crate::rules::VERDICT_COVERAGE;
use crate::study::portfolio::{LevelRow, ListedClient, Overview};
use serde::Serialize;

/// Ladders shown of a client whose packs are not drawn together.
const LEVELS: usize = 3;

/// The clients.
#[derive(Debug, Clone, Serialize)]
pub struct Clients<'a> {
    /// In the order of their folders; where not all are listed, those with the most to look at
    /// first.
    pub rows: Vec<Client<'a>>,
    /// Some row has a date.
    pub dated: bool,
    /// Some row has a level.
    pub levelled: bool,
    /// Which clients are listed, and where all of them are; null where all are here.
    pub left_out: Option<String>,
}

/// A client.
#[derive(Debug, Clone, Serialize)]
pub struct Client<'a> {
    /// The client's folder.
    pub path: &'a str,
    /// The organisation.
    pub client: &'a str,
    /// The part of it that was looked at.
    pub unit: Option<&'a str>,
    /// The client's report; null where there is none.
    pub link: Option<String>,
    /// `2026-10-31`.
    pub date: Option<&'a str>,
    /// "draft" or "final".
    pub status: &'static str,
    /// "perception" or "evidence".
    pub basis: &'static str,
    /// The level of the ladder that draws most packs together; else of the first three.
    pub levels: Vec<LadderLevel<'a>>,
    /// "and 4 more"; null where all are here.
    pub more_levels: Option<String>,
    /// To sort by: the place on the first ladder that is here, from 1; 0 where none can be said.
    pub rank: u32,
    /// "86 %".
    pub answered: String,
    /// To sort by: 0 to 100.
    pub answered_value: f64,
    /// "low", "medium" or "high".
    pub confidence: &'static str,
    /// To sort by: 1 to 3.
    pub confidence_rank: u8,
    /// Gates that are not met or not proven.
    pub gates_open: usize,
    /// Findings of high severity or above that hold it back.
    pub weighty: usize,
}

/// A level on a ladder.
#[derive(Debug, Clone, Serialize)]
pub struct LadderLevel<'a> {
    /// The ladder.
    pub ladder: &'a str,
    /// The level, or that none can be said.
    pub level: &'a str,
    /// "100 % of what it reads is answered", where a level stands beside much that is open; null
    /// elsewhere.
    pub answered: Option<String>,
}

impl<'a> Clients<'a> {
    pub(super) fn of(overview: &'a Overview, link: &dyn Fn(&str) -> Option<String>) -> Self {
        let rows: Vec<_> = overview
            .listed
            .iter()
            .map(|one| client(one, link))
            .collect();
        let left_out = overview.clients.saturating_sub(rows.len());
        Self {
            dated: rows.iter().any(|row| row.date.is_some()),
            levelled: rows.iter().any(|row| !row.levels.is_empty()),
            left_out: (left_out > 0).then(|| {
                format!(
                    "The {} with the most open gates, then the most weighty findings, are listed; \
                     {left_out} more are not. The CSV and XLSX tables hold all.",
                    counted(rows.len(), "client", "clients")
                )
            }),
            rows,
        }
    }
}

/// Share of the questions behind a level that is answered; `None` if enough of the whole is.
fn answered(whole: f64, level: &LevelRow) -> Option<String> {
    let read = level.coverage.filter(|_| level.label.is_some())?;
    (whole < VERDICT_COVERAGE).then(|| {
        if read < VERDICT_COVERAGE {
            "whatever the open answers are".to_owned()
        } else {
            format!("{} of what it reads is answered", percent(read))
        }
    })
}

fn client<'a>(one: &'a ListedClient, link: &dyn Fn(&str) -> Option<String>) -> Client<'a> {
    let row = &one.row;
    let level = |level: &&'a LevelRow| LadderLevel {
        ladder: &level.title,
        level: level.label.as_deref().unwrap_or("cannot be said"),
        answered: answered(row.coverage, level),
    };
    let overall = row.levels.iter().find(|one| one.overall);
    let levels: Vec<&LevelRow> = match overall {
        Some(overall) => vec![overall],
        None => row.levels.iter().take(LEVELS).collect(),
    };
    let more = row.levels.len() - levels.len();
    Client {
        path: &row.path,
        client: &row.client,
        unit: row.unit.as_deref(),
        link: link(&row.path),
        date: row.assessed_on.as_deref(),
        status: match row.status {
            crate::answers::Status::Draft => "draft",
            crate::answers::Status::Final => "final",
        },
        basis: super::group::basis(row.basis),
        rank: levels.first().and_then(|one| one.rank).unwrap_or(0),
        levels: levels.iter().map(level).collect(),
        more_levels: (more > 0).then(|| format!("and {more} more")),
        answered: percent(row.coverage),
        answered_value: crate::text::number::round(row.coverage * 100.0, 1),
        confidence: row.confidence.word(),
        confidence_rank: match row.confidence {
            crate::rules::vocabulary::ConfidenceGrade::Low => 1,
            crate::rules::vocabulary::ConfidenceGrade::Medium => 2,
            crate::rules::vocabulary::ConfidenceGrade::High => 3,
        },
        gates_open: one.gates_open,
        weighty: one.weighty,
    }
}
