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
mod table;
mod tally;

pub use benchmark::{
    BAND, Bands, Benchmark, BenchmarkFile, FEWEST, FEWEST_FOR_HALF, GroupFile, HalfFile, Mismatch,
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
pub use table::{Column, Kind, Table};

use crate::answers::{Finite, Status};
use crate::assess::assessment::Assessment;
use crate::rules::vocabulary::ConfidenceGrade;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tally::add_up;

/// Most clients that are listed on a page; the tables hold all.
pub const LISTED: usize = 500;
/// Most problems that are listed.
const PROBLEMS: usize = 100;

/// Clients counted.
#[derive(Debug, Clone, Default)]
pub struct Portfolio {
    /// Counts and lists; figures over all clients are made in [`overview`](Self::overview).
    counted: Overview,
    coverage: Distribution,
}

impl Portfolio {
    /// Counts a client. `order` is its place among all clients of the portfolio: what is equal
    /// otherwise is listed by it.
    pub fn add(&mut self, order: u64, row: &Row, result: &Assessment) {
        let mut one = Self::default();
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
        add_up(&mut own.groups, other.groups);
        own.listed.extend(other.listed);
        own.listed.sort_by_key(ListedClient::rank);
        own.listed.truncate(LISTED);
    }

    /// The document over the clients counted so far.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let mut overview = Overview {
            format: 1,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
            coverage: self.coverage.quartiles(),
            ..self.counted.clone()
        };
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

/// Values counted one by one; two of them add up to what one over all values would hold.
///
/// It takes memory by the number of different values, not by how many there are: scores made of
/// ratings take few.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distribution {
    count: usize,
    values: BTreeMap<Finite, usize>,
}

/// The five figures of a spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quartiles {
    /// The lowest value.
    pub min: f64,
    /// A quarter of the values lie at or below it.
    pub q1: f64,
    /// Half of them do.
    pub median: f64,
    /// Three quarters do.
    pub q3: f64,
    /// The highest value.
    pub max: f64,
}

impl Distribution {
    /// Counts a value; what is not finite is no value.
    pub fn add(&mut self, value: f64) {
        if value.is_finite() {
            *self.values.entry(Finite::new(value)).or_default() += 1;
            self.count += 1;
        }
    }

    /// Counts what another one counted.
    pub fn absorb(&mut self, other: Self) {
        self.count += other.count;
        for (value, count) in other.values {
            *self.values.entry(value).or_default() += count;
        }
    }

    /// Number of values.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Every value with its count, lowest first.
    pub fn values(&self) -> impl Iterator<Item = (f64, usize)> {
        self.values
            .iter()
            .map(|(value, count)| (value.get(), *count))
    }

    /// Number of values a test holds for.
    #[must_use]
    pub fn counted(&self, test: impl Fn(f64) -> bool) -> usize {
        let held = self.values().filter(|(value, _)| test(*value));
        held.map(|(_, count)| count).sum()
    }

    /// The quartiles by linear interpolation between neighbours, Hyndman and Fan's type 7, which
    /// spreadsheets and most statistics packages use; `None` where there is no value.
    ///
    /// With the values in order from place 0, the quartile of a share `p` is at place
    /// `p * (n - 1)`.
    #[must_use]
    pub fn quartiles(&self) -> Option<Quartiles> {
        Some(Quartiles {
            min: self.quantile(0.0)?,
            q1: self.quantile(0.25)?,
            median: self.quantile(0.5)?,
            q3: self.quantile(0.75)?,
            max: self.quantile(1.0)?,
        })
    }

    /// The value below which a share `0..=1` of the values lies, by the same convention.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        let place = share.clamp(0.0, 1.0) * float(last);
        let (low, high) = (self.nth(place.floor())?, self.nth(place.ceil())?);
        Some(low + (high - low) * (place - place.floor()))
    }

    /// The value at a whole place, from 0.
    fn nth(&self, place: f64) -> Option<f64> {
        let mut seen = 0.0;
        let mut values = self.values();
        let found = values.find(|(_, count)| {
            seen += float(*count);
            seen > place
        });
        found.map(|(value, _)| value)
    }
}

impl FromIterator<f64> for Distribution {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut spread = Self::default();
        values.into_iter().for_each(|value| spread.add(value));
        spread
    }
}

/// A count as a number.
fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
