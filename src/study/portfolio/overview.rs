//! What a portfolio comes to: one document with every figure unrounded.

mod tell;

use super::spread::Quartiles;
use super::{Listed, Row};
use crate::assess::assessment::Range;
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::Basis;
use serde::{Deserialize, Serialize};

/// What a portfolio comes to. Indices and shares are unrounded; groups stand in the order in which
/// they were first met, by path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity portfolio")
)]
pub struct Overview {
    /// The version of this document: 1.
    pub format: u32,
    /// What made it.
    pub engine: String,
    /// How many clients were scored.
    pub clients: usize,
    /// How many of them are drafts.
    pub drafts: usize,
    /// How many could not be read or are not valid; they are in no other figure.
    pub broken: usize,
    /// The first hundred of those.
    pub problems: Vec<Problem>,
    /// The days the answers speak of; null where none is given.
    pub period: Option<Period>,
    /// How many clients give no day.
    pub undated: usize,
    /// How the answered share is spread, in percent; null without clients.
    pub coverage: Option<Quartiles>,
    /// How far results can be trusted.
    pub confidence: ConfidenceCount,
    /// One for each pack, major version and basis.
    pub groups: Vec<GroupOverview>,
    /// The clients a page lists.
    #[serde(skip)]
    pub(super) listed: Vec<Listed>,
}

/// A client that is in no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem {
    /// The client's folder, as in its row.
    pub path: String,
    /// The first thing that is wrong, with its place.
    pub message: String,
    /// How many things are.
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

/// How many clients have each grade of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What ratings count as.
    pub basis: Basis,
    /// How many clients.
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
    /// Whether a built-in pack has this id and version, and other rules.
    pub changed: bool,
    /// How many clients were scored with it.
    pub clients: usize,
}

/// How a score is spread over its clients, by index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreSpread {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// Whether it is part of the pack's profile.
    pub profile: bool,
    /// How many clients have enough answers for a verdict; the figures below are theirs.
    pub n: usize,
    /// How many have too few.
    pub thin: usize,
    /// How many have none.
    pub not_assessed: usize,
    /// For how many it does not apply.
    pub not_applicable: usize,
    /// Quartiles, interpolated linearly (type 7); null without clients.
    pub quartiles: Option<Quartiles>,
    /// Beyond these lies an outlier; null where none is called one.
    pub fences: Option<Range>,
    /// How many clients lie beyond.
    pub outliers: usize,
    /// Those below, lowest first, at most twenty.
    pub low_outliers: Vec<ClientEnd>,
    /// Those above, highest first, at most twenty.
    pub high_outliers: Vec<ClientEnd>,
    /// The three lowest.
    pub lowest: Vec<ClientEnd>,
    /// The index of every client, lowest first, where they are at most twenty; else empty.
    pub points: Vec<f64>,
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
    /// For how many clients no level can be said.
    pub none: usize,
    /// For how many the open answers may still change it.
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
    /// How many clients stand on it.
    pub clients: usize,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateCount {
    /// `pack.gate`.
    pub id: String,
    /// What it asks.
    pub title: String,
    /// How many meet it.
    pub met: usize,
    /// How many do not.
    pub unmet: usize,
    /// How many cannot say, which counts as not.
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
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// For how many clients it holds.
    pub clients: usize,
}

/// A client of the list, with what it is sorted by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ListedRow<'a> {
    /// Who it is and how it stands, without single scores.
    pub(crate) row: &'a Row<'static>,
    /// Gates that are not met or not proven.
    pub(crate) gates_open: usize,
    /// Findings of high severity or above that hold it back.
    pub(crate) weighty: usize,
}

impl Overview {
    /// The clients a page lists: all of them by path, or the first of those with most to look at.
    pub(crate) fn listed(&self) -> impl ExactSizeIterator<Item = ListedRow<'_>> {
        self.listed.iter().map(|one| ListedRow {
            row: &one.row,
            gates_open: one.rank.gates_open.0,
            weighty: one.rank.weighty.0,
        })
    }
}

impl Period {
    /// One day.
    pub(super) fn of(day: &str) -> Self {
        Self {
            from: day.to_owned(),
            to: day.to_owned(),
        }
    }

    /// The period that holds both.
    pub(super) fn widen(own: &mut Option<Self>, other: &Self) {
        match own {
            None => *own = Some(other.clone()),
            Some(own) => {
                if other.from < own.from {
                    own.from.clone_from(&other.from);
                }
                if other.to > own.to {
                    own.to.clone_from(&other.to);
                }
            }
        }
    }
}
