//! The portfolio document, every figure unrounded.

use super::row::Row;
use super::{Distribution, Quartiles};
use crate::assess::assessment::Range;
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::Basis;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Figures over all clients of a portfolio. Indices and shares are unrounded; groups are in the
/// order in which they were first met, by path.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity portfolio"))]
pub struct Overview {
    /// The version of this document: 1.
    pub format: u32,
    /// Program that made it.
    pub engine: String,
    /// Number of clients that were scored.
    pub clients: usize,
    /// Number of drafts among them.
    pub drafts: usize,
    /// Number of clients that could not be read or are not valid; they are in no other figure.
    pub broken: usize,
    /// The first hundred of those.
    pub problems: Vec<Problem>,
    /// The days the answers speak of; null where none is given.
    pub period: Option<Period>,
    /// Number of clients that give no day.
    pub undated: usize,
    /// Spread of the answered share, in percent; null without clients.
    pub coverage: Option<Quartiles>,
    /// Number of clients by confidence.
    pub confidence: ConfidenceCount,
    /// One for each pack, major version and basis.
    pub groups: Vec<GroupOverview>,
    /// The clients a page lists: all of them by path, or the first of those with most to look at.
    #[serde(skip)]
    pub(crate) listed: Vec<ListedClient>,
}

/// A client that is in no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem {
    /// The client's folder, as in its row.
    pub path: String,
    /// The first thing that is wrong, with its place.
    pub message: String,
    /// Number of things that are wrong.
    pub errors: usize,
}

/// The first and the last day, `2026-10-31`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Period {
    /// The first.
    pub from: String,
    /// The last.
    pub to: String,
}

/// Number of clients with each grade of confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConfidenceCount {
    /// Low.
    pub low: usize,
    /// Medium.
    pub medium: usize,
    /// High.
    pub high: usize,
}

/// Clients on one pack, major version and basis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupOverview {
    /// The pack's id.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// The major version.
    pub major: u64,
    /// Basis on which ratings count.
    pub basis: Basis,
    /// Number of clients.
    pub clients: usize,
    /// The texts of the pack they were scored with; more than one where versions or local changes
    /// differ.
    pub versions: Vec<VersionCount>,
    /// Every score.
    pub scores: Vec<ScoreSpread>,
    /// Every ladder.
    pub ladders: Vec<LadderCount>,
    /// Every gate, the one fewest meet first.
    pub gates: Vec<GateCount>,
    /// The findings that hold anywhere, the most common first.
    pub findings: Vec<FindingCount>,
}

/// A text of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VersionCount {
    /// Version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: String,
    /// True where a built-in pack has this id and version, and other rules.
    pub changed: bool,
    /// Number of clients that were scored with it.
    pub clients: usize,
}

/// Spread of a score over its clients, by index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreSpread {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// True for a score of the pack's profile.
    pub profile: bool,
    /// Number of clients with enough answers for a verdict; the figures below are theirs.
    pub n: usize,
    /// Number of clients with too few answers.
    pub thin: usize,
    /// Number of clients with none.
    pub not_assessed: usize,
    /// Number of clients it does not apply to.
    pub not_applicable: usize,
    /// Quartiles, interpolated linearly (type 7); null without clients.
    pub quartiles: Option<Quartiles>,
    /// Beyond these lies an outlier; null where none is called one.
    pub fences: Option<Range>,
    /// Number of clients that lie beyond.
    pub outliers: usize,
    /// Those below, lowest first, at most twenty.
    pub low_outliers: Vec<ClientEnd>,
    /// Those above, highest first, at most twenty.
    pub high_outliers: Vec<ClientEnd>,
    /// The three lowest.
    pub lowest: Vec<ClientEnd>,
    /// The index of every client, lowest first, where they are at most twenty; else empty.
    pub points: Vec<f64>,
    /// Counts that the figures are made from.
    #[serde(skip)]
    pub(super) tally: ScoreTally,
}

/// Indices counted so far, from which the figures of a spread are made.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ScoreTally {
    pub(super) indices: Distribution,
    pub(super) lowest: Vec<ClientEnd>,
    pub(super) highest: Vec<ClientEnd>,
}

/// A client at an end of a spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClientEnd {
    /// The client's folder, as in its row.
    pub path: String,
    /// Name and unit.
    pub client: String,
    /// The index.
    pub index: f64,
    /// The client's place among all, by path.
    #[serde(skip)]
    pub(super) order: u64,
}

/// A ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LadderCount {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// Every level, lowest first.
    pub levels: Vec<LevelCount>,
    /// Number of clients of which no level can be said.
    pub none: usize,
    /// Number of clients whose level open answers may still change.
    pub uncertain: usize,
}

/// A level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelCount {
    /// Id.
    pub id: String,
    /// Name.
    pub label: String,
    /// Number of clients that are on it.
    pub clients: usize,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateCount {
    /// `pack.gate`.
    pub id: String,
    /// Requirement in words.
    pub title: String,
    /// Number of clients that meet it.
    pub met: usize,
    /// Number of clients that do not.
    pub unmet: usize,
    /// Number of clients that cannot say, which counts as not.
    pub unproven: usize,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingCount {
    /// `pack.finding`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Kind of finding.
    pub kind: FindingKind,
    /// Severity.
    pub severity: Severity,
    /// Number of clients it holds for.
    pub clients: usize,
}

/// A client of the list, with the counts it is sorted by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ListedClient {
    /// The client's row without packs, single scores, gates and findings.
    pub(crate) row: Row,
    /// Gates that are not met or not proven.
    pub(crate) gates_open: usize,
    /// Weaknesses of high severity or above.
    pub(crate) weighty: usize,
    /// Its place among all clients, by path.
    #[serde(skip)]
    pub(super) order: u64,
}

impl ListedClient {
    pub(super) fn new(order: u64, row: &Row) -> Self {
        Self {
            gates_open: row.gates_open(),
            weighty: row.weighty(),
            order,
            row: Row {
                packs: Vec::new(),
                scores: Vec::new(),
                gates: Vec::new(),
                findings: Vec::new(),
                ..row.clone()
            },
        }
    }

    /// Key of the order in which clients are kept where not all can be listed: those with the most
    /// to look at first.
    pub(super) fn rank(&self) -> (Reverse<usize>, Reverse<usize>, u64) {
        (Reverse(self.gates_open), Reverse(self.weighty), self.order)
    }
}

impl Period {
    /// Widens a period by another.
    pub(super) fn widen(own: &mut Option<Self>, other: Option<Self>) {
        *own = match (own.take(), other) {
            (Some(own), Some(other)) => Some(Self {
                from: own.from.min(other.from),
                to: own.to.max(other.to),
            }),
            (own, other) => own.or(other),
        };
    }
}
