//! Many clients: results in; spreads, counts and rows out.
//!
//! A [`Row`] is what is kept of one client, and a [`Portfolio`] counts rows. Two portfolios add up
//! to the one over all their clients, so parts can be counted on all cores; added in the order of
//! their clients, they give the same [`Overview`] however they were divided. Nothing is kept per
//! client but a bounded list of those that stand out, so memory does not grow with their number.
//!
//! Everything here comes from result documents, so what these hide stays hidden.

mod benchmark;
mod book;
#[cfg(feature = "parquet")]
mod columns;
mod ends;
mod group;
mod ordered;
mod overview;
mod row;
mod spread;
mod table;
mod words;

pub use benchmark::{
    BAND, Benchmark, BenchmarkFile, Beside, FEWEST, FEWEST_FOR_HALF, GroupFile, HalfFile, Mismatch,
    RulesFile, ScoreFile,
};
pub use book::Book;
#[cfg(feature = "parquet")]
pub use columns::{Chunk, Chunks, ParquetFile};
pub(crate) use overview::ListedRow;
pub use overview::{
    ClientEnd, ConfidenceCount, FindingCount, GateCount, GroupOverview, LadderCount, LevelCount,
    Overview, Period, Problem, ScoreSpread, VersionCount,
};
pub use row::{FindingRow, GateRow, LevelRow, PackRow, Profile, Row, ScoreRow};
pub use spread::{Quartiles, Spread};
pub use table::{Column, Kind, Table};

use crate::assess::assessment::Assessment;
use crate::rules::vocabulary::ConfidenceGrade;
use group::{Group, Rules, Who};
use ordered::Ordered;
use std::cmp::Reverse;

/// So many clients are listed on a page; the tables hold all.
pub const LISTED: usize = 500;
/// So many problems are listed.
const PROBLEMS: usize = 100;

/// Clients counted.
#[derive(Debug, Clone, Default)]
pub struct Portfolio {
    clients: usize,
    drafts: usize,
    period: Option<Period>,
    undated: usize,
    coverage: Spread,
    /// Low, medium and high.
    confidence: [usize; 3],
    groups: Ordered<Group>,
    listed: Vec<Listed>,
    problems: Vec<Problem>,
    broken: usize,
}

/// A client as a page lists it.
#[derive(Debug, Clone, PartialEq)]
struct Listed {
    rank: Rank,
    row: Row<'static>,
}

/// Which clients come first where not all can be listed: those with the most to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Gates that are not met or not proven.
    gates_open: Reverse<usize>,
    /// Findings of high severity or above that hold it back.
    weighty: Reverse<usize>,
    /// Its place among all clients, by path.
    order: u64,
}

impl Portfolio {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a client. `order` is its place among all clients of the portfolio: what is equal
    /// otherwise is listed by it.
    pub fn add(&mut self, order: u64, row: &Row<'_>, result: &Assessment) {
        self.clients += 1;
        self.drafts += usize::from(row.status == crate::answers::Status::Draft);
        self.coverage.add(row.coverage * 100.0);
        match row.confidence {
            ConfidenceGrade::Low => self.confidence[0] += 1,
            ConfidenceGrade::Medium => self.confidence[1] += 1,
            ConfidenceGrade::High => self.confidence[2] += 1,
        }
        match &row.assessed_on {
            Some(day) => Period::widen(&mut self.period, &Period::of(day)),
            None => self.undated += 1,
        }
        for pack in &row.packs {
            let major = major(&pack.version);
            let key = format!("{} {major} {:?}", pack.id, row.basis);
            let make = || Group::new(&pack.id, &pack.title, major, row.basis);
            if let Some(group) = self.groups.entry(&key, make) {
                let rules = Rules {
                    version: pack.version.to_string(),
                    digest: pack.digest.to_string(),
                    changed: pack.changed,
                };
                *group.versions.entry(rules).or_default() += 1;
                group.add(Who { order, row, result });
            }
        }
        let rank = Rank {
            gates_open: Reverse(row.gates_open()),
            weighty: Reverse(row.weighty()),
            order,
        };
        self.list(rank, || row.brief());
    }

    /// Counts a client that could not be read or is not valid.
    pub fn add_problem(&mut self, problem: Problem) {
        self.broken += 1;
        if self.problems.len() < PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Counts the clients of another portfolio, which come after the own.
    pub fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
        self.drafts += other.drafts;
        self.undated += other.undated;
        if let Some(period) = &other.period {
            Period::widen(&mut self.period, period);
        }
        self.coverage.absorb(other.coverage);
        for (own, more) in self.confidence.iter_mut().zip(other.confidence) {
            *own += more;
        }
        self.groups.absorb(other.groups, Group::absorb);
        for one in other.listed {
            self.list(one.rank, || one.row);
        }
        self.problems.extend(other.problems);
        self.problems.truncate(PROBLEMS);
        self.broken += other.broken;
    }

    /// How many clients were counted, those with problems apart.
    #[must_use]
    pub fn clients(&self) -> usize {
        self.clients
    }

    /// How many could not be read or are not valid.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.broken
    }

    /// Keeps a client for the list, if it is among the first that belong there.
    fn list(&mut self, rank: Rank, row: impl FnOnce() -> Row<'static>) {
        let place = self.listed.partition_point(|one| one.rank < rank);
        if place < LISTED {
            self.listed.insert(place, Listed { rank, row: row() });
            self.listed.truncate(LISTED);
        }
    }
}

/// The first number of a version; 0 where it has none.
fn major(version: &str) -> u64 {
    let first = version.split('.').next().unwrap_or_default();
    first.parse().unwrap_or_default()
}
