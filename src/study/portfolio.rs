//! Many clients: results in; spreads, counts and rows out.
//!
//! A [`Row`] is the part of a result that is kept of one client, and a [`Portfolio`] counts rows.
//! One client is a portfolio of its own, and two portfolios add up to the one over all their
//! clients, so parts can be counted on all cores; added in the order of their clients, they give
//! the same [`Overview`] however they were divided. Nothing is kept per client but a bounded list of
//! the most extreme, so memory does not grow with their number.
//!
//! Everything here comes from result documents, so what these hide stays hidden.

mod benchmark;
mod book;
#[cfg(feature = "parquet")]
mod columns;
mod overview;
mod row;
mod spread;
mod table;
mod tally;

pub use benchmark::{
    BAND, Benchmark, BenchmarkFile, FEWEST, FEWEST_FOR_HALF, GroupFile, HalfFile, Mismatch,
    PeerScore, RulesFile, ScoreFile,
};
pub use book::Book;
#[cfg(feature = "parquet")]
pub use columns::{Chunk, Chunks, ParquetFile};
pub(crate) use overview::ListedClient;
pub use overview::{
    ClientEnd, ConfidenceCount, FindingCount, GateCount, GroupOverview, LadderCount, LevelCount,
    Overview, Period, Problem, ScoreSpread, VersionCount,
};
pub use row::{FindingRow, GateRow, LevelRow, PackRow, Profile, Row, ScoreRow};
pub use spread::{Quartiles, Spread};
pub use table::{Column, Kind, Table};

use crate::answers::Status;
use crate::assess::assessment::Assessment;
use crate::rules::vocabulary::ConfidenceGrade;
use tally::add_up;

/// Most clients that are listed on a page; the tables hold all.
pub const LISTED: usize = 500;
/// Most problems that are listed.
const PROBLEMS: usize = 100;

/// Clients counted.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// Counts and lists; figures over all clients are made in [`overview`](Self::overview).
    counted: Overview,
    coverage: Spread,
}

impl Default for Portfolio {
    fn default() -> Self {
        Self::new()
    }
}

impl Portfolio {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            counted: Overview {
                format: 1,
                engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
                clients: 0,
                drafts: 0,
                broken: 0,
                problems: Vec::new(),
                period: None,
                undated: 0,
                coverage: None,
                confidence: ConfidenceCount::default(),
                groups: Vec::new(),
                listed: Vec::new(),
            },
            coverage: Spread::default(),
        }
    }

    /// Counts a client. `order` is its place among all clients of the portfolio: what is equal
    /// otherwise is listed by it.
    pub fn add(&mut self, order: u64, row: &Row, result: &Assessment) {
        let mut one = Self::new();
        one.coverage.add(row.coverage * 100.0);
        let counted = &mut one.counted;
        counted.clients = 1;
        counted.drafts = (row.status == Status::Draft).into();
        counted.undated = row.assessed_on.is_none().into();
        counted.period = row.assessed_on.as_ref().map(|day| Period {
            from: day.clone(),
            to: day.clone(),
        });
        let graded = |grade| (row.confidence == grade).into();
        counted.confidence = ConfidenceCount {
            low: graded(ConfidenceGrade::Low),
            medium: graded(ConfidenceGrade::Medium),
            high: graded(ConfidenceGrade::High),
        };
        let packs = row.packs.iter();
        counted.groups = packs
            .map(|pack| GroupOverview::new(pack, order, row, result))
            .collect();
        counted.listed = vec![ListedClient::new(order, row)];
        self.absorb(one);
    }

    /// Counts a client that could not be read or is not valid.
    pub fn add_problem(&mut self, problem: Problem) {
        self.counted.broken += 1;
        self.counted.problems.push(problem);
        self.counted.problems.truncate(PROBLEMS);
    }

    /// Counts the clients of another portfolio, which come after the own.
    pub fn absorb(&mut self, other: Self) {
        self.coverage.absorb(other.coverage);
        let (own, other) = (&mut self.counted, other.counted);
        own.clients += other.clients;
        own.drafts += other.drafts;
        own.broken += other.broken;
        own.problems.extend(other.problems);
        own.problems.truncate(PROBLEMS);
        Period::widen(&mut own.period, other.period);
        own.undated += other.undated;
        own.confidence.low += other.confidence.low;
        own.confidence.medium += other.confidence.medium;
        own.confidence.high += other.confidence.high;
        add_up(
            &mut own.groups,
            other.groups,
            |one, other| {
                (&one.pack, one.major, one.basis) == (&other.pack, other.major, other.basis)
            },
            GroupOverview::absorb,
        );
        own.listed.extend(other.listed);
        own.listed.sort_by_key(ListedClient::rank);
        own.listed.truncate(LISTED);
    }

    /// The document over the clients counted so far.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let mut overview = self.counted.clone();
        overview.coverage = self.coverage.quartiles();
        overview.groups.iter_mut().for_each(GroupOverview::finish);
        if overview.listed.len() == overview.clients {
            overview.listed.sort_by_key(|one| one.order);
        }
        overview
    }

    /// Number of clients counted, those with problems apart.
    #[must_use]
    pub fn clients(&self) -> usize {
        self.counted.clients
    }

    /// Number of clients that could not be read or are not valid.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.counted.broken
    }
}
