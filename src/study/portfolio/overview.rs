//! The portfolio document, every figure unrounded, and how spreads are computed.

use super::ListedClient;
use crate::answers::Finite;
use crate::assess::assessment::Range;
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::{Basis, FormLength};
use crate::text::number::float;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// One for each pack, major version, overlays, form and basis.
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

/// Clients on one pack, major version, overlays, form and basis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupOverview {
    /// The pack's id.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// The major version.
    pub major: u64,
    /// Ids of the overlays laid over the pack, in their order.
    #[serde(default)]
    pub overlays: Vec<String>,
    /// Length of the questionnaire.
    #[serde(default)]
    pub form: FormLength,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// Values counted one by one.
///
/// It takes memory by the number of different values, not by how many there are: scores made of
/// ratings take few.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Distribution(BTreeMap<Finite, usize>);

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
            *self.0.entry(Finite::new(value)).or_default() += 1;
        }
    }

    /// Number of values.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }

    /// Every value with its count, lowest first.
    pub fn values(&self) -> impl Iterator<Item = (f64, usize)> {
        self.0.iter().map(|(value, count)| (value.get(), *count))
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
        let last = self.count().checked_sub(1)?;
        let place = share.clamp(0.0, 1.0) * float(last);
        let (low, high) = (self.nth(place.floor())?, self.nth(place.ceil())?);
        Some(low + (high - low) * (place - place.floor()))
    }

    /// The value at a whole place, from 0.
    pub(super) fn nth(&self, place: f64) -> Option<f64> {
        let mut seen = 0.0;
        let mut values = self.values();
        let found = values.find(|(_, count)| {
            seen += float(*count);
            seen > place
        });
        found.map(|(value, _)| value)
    }
}
