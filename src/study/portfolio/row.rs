//! One client in one line: what a portfolio keeps of a result.

use crate::answers::Status;
use crate::assess::assessment::{Assessment, NeedState, ScoreState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::rulebook::{Rulebook, profiles};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::ConfidenceGrade;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A text of a row, borrowed from the result it was made from.
type Text<'a> = Cow<'a, str>;

/// The scores of a rulebook that make up the profiles of its packs.
#[derive(Debug, Clone)]
pub struct Profile(BTreeSet<String>);

impl Profile {
    /// Looks through a rulebook.
    #[must_use]
    pub fn of(rulebook: &Rulebook) -> Self {
        let items = profiles(rulebook).filter_map(|node| rulebook.item(node));
        Self(items.map(|item| item.id.clone()).collect())
    }

    fn holds(&self, id: &str) -> bool {
        self.0.contains(id)
    }
}

/// A client: who, when, and every score, level, gate and finding. Figures are unrounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity portfolio row")
)]
pub struct Row<'a> {
    /// The version of this document: 1.
    pub format: u32,
    /// The client's folder, from the portfolio's on, with `/` between folders; `.` is that itself.
    pub path: Text<'a>,
    /// The organisation.
    pub client: Text<'a>,
    /// The part of it that was looked at.
    pub unit: Option<Text<'a>>,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<Text<'a>>,
    /// What ratings count as.
    pub basis: Basis,
    /// Draft or final.
    pub status: Status,
    /// How many people answered; null for one assessor and where it is hidden.
    pub respondents: Option<u32>,
    /// Rated share of the applicable questions, `0..=1`.
    pub coverage: f64,
    /// How far the result can be trusted.
    pub confidence: ConfidenceGrade,
    /// The packs it rests on.
    pub packs: Vec<PackRow<'a>>,
    /// Every score.
    pub scores: Vec<ScoreRow<'a>>,
    /// Every ladder.
    pub levels: Vec<LevelRow<'a>>,
    /// Every gate.
    pub gates: Vec<GateRow<'a>>,
    /// The findings that hold.
    pub findings: Vec<FindingRow<'a>>,
}

impl<'a> Row<'a> {
    /// A row as a line of NDJSON tells it.
    ///
    /// # Errors
    /// When the line is no such row.
    pub fn from_line(line: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(line)
    }
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackRow<'a> {
    /// Id.
    pub id: Text<'a>,
    /// Version.
    pub version: Text<'a>,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: Text<'a>,
    /// Whether a built-in pack has this id and version, and other rules.
    pub changed: bool,
    /// Title.
    pub title: Text<'a>,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreRow<'a> {
    /// `pack.item`.
    pub id: Text<'a>,
    /// Name.
    pub title: Text<'a>,
    /// Whether it is part of its pack's profile.
    pub profile: bool,
    /// Value in its own unit; null where nothing is rated.
    pub value: Option<f64>,
    /// Its place on `0..=100` of what was possible.
    pub index: Option<f64>,
    /// The lowest index the open answers allow; null where nothing it counts applies.
    pub low: Option<f64>,
    /// The highest.
    pub high: Option<f64>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// What it says of itself; only `rated` enters a spread.
    pub state: ScoreState,
    /// How far it can be trusted.
    pub confidence: ConfidenceGrade,
}

/// A level on a ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelRow<'a> {
    /// The ladder, `pack.item`.
    pub id: Text<'a>,
    /// The ladder's name.
    pub title: Text<'a>,
    /// The level's id; null where none can be said.
    pub level: Option<Text<'a>>,
    /// The level's name.
    pub label: Option<Text<'a>>,
    /// Its place on the ladder, the lowest 1.
    pub rank: Option<u32>,
    /// Whether the open answers cannot change it.
    pub certain: bool,
    /// Rated share of what its score counts, `0..=1`; null where it reads none.
    pub coverage: Option<f64>,
    /// Whether it speaks for all packs.
    pub overall: bool,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateRow<'a> {
    /// `pack.gate`.
    pub id: Text<'a>,
    /// What it asks.
    pub title: Text<'a>,
    /// Whether it is met.
    pub state: NeedState,
}

/// A finding that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingRow<'a> {
    /// `pack.finding`.
    pub id: Text<'a>,
    /// Title.
    pub title: Text<'a>,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Whether the open answers cannot undo it.
    pub certain: bool,
}

impl<'a> Row<'a> {
    /// The row of a result; it says nothing the result does not say.
    #[must_use]
    pub fn new(path: &'a str, result: &'a Assessment, profile: &Profile) -> Self {
        Self {
            format: 1,
            path: path.into(),
            client: text(&result.client.name),
            unit: result.client.unit.as_deref().map(Cow::Borrowed),
            assessed_on: result.assessed_on.as_deref().map(Cow::Borrowed),
            basis: result.basis,
            status: result.status,
            respondents: result.respondents.count,
            coverage: result.coverage,
            confidence: result.confidence.grade,
            packs: packs(result),
            scores: scores(result, profile),
            levels: levels(result),
            gates: gates(result),
            findings: findings(result),
        }
    }

    /// The row as one line of JSON with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        // A struct of texts and finite numbers always has a JSON form.
        serde_json::to_string(self).map_or_else(|_| String::new(), |line| line + "\n")
    }

    /// Name and unit.
    #[must_use]
    pub fn named(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}, {unit}", self.client),
            None => self.client.clone().into_owned(),
        }
    }

    /// What a page lists: who and how it stands, without the single scores.
    pub(super) fn brief(&self) -> Row<'static> {
        let own = |text: &Text<'_>| Cow::Owned(text.clone().into_owned());
        let level = |level: &LevelRow<'_>| LevelRow {
            id: own(&level.id),
            title: own(&level.title),
            level: level.level.as_ref().map(own),
            label: level.label.as_ref().map(own),
            rank: level.rank,
            certain: level.certain,
            coverage: level.coverage,
            overall: level.overall,
        };
        Row {
            format: self.format,
            path: own(&self.path),
            client: own(&self.client),
            unit: self.unit.as_ref().map(own),
            assessed_on: self.assessed_on.as_ref().map(own),
            basis: self.basis,
            status: self.status,
            respondents: self.respondents,
            coverage: self.coverage,
            confidence: self.confidence,
            packs: Vec::new(),
            scores: Vec::new(),
            levels: self.levels.iter().map(level).collect(),
            gates: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// How many gates are not met or not proven.
    #[must_use]
    pub fn gates_open(&self) -> usize {
        let open = self.gates.iter().filter(|one| one.state.holds_back());
        open.count()
    }

    /// How many findings of high severity or above hold it back.
    #[must_use]
    pub fn weighty(&self) -> usize {
        let weighty = self.findings.iter().filter(|one| {
            let holds_back = match one.kind {
                FindingKind::Gap | FindingKind::Risk | FindingKind::Contradiction => true,
                FindingKind::Strength | FindingKind::Fit | FindingKind::Unknown => false,
            };
            holds_back && one.severity >= Severity::High
        });
        weighty.count()
    }
}

fn text(text: &str) -> Text<'_> {
    Cow::Borrowed(text)
}

fn packs(result: &Assessment) -> Vec<PackRow<'_>> {
    let packs = result.packs.iter().map(|pack| PackRow {
        id: text(&pack.id),
        version: text(&pack.version),
        digest: text(&pack.digest),
        changed: pack.changed,
        title: text(&pack.title),
    });
    packs.collect()
}

fn scores<'a>(result: &'a Assessment, profile: &Profile) -> Vec<ScoreRow<'a>> {
    let scores = result.scores.iter().map(|score| ScoreRow {
        id: text(&score.id),
        title: text(&score.title),
        profile: profile.holds(&score.id),
        value: score.value,
        index: score.index,
        low: score.index_range.map(|range| range.low),
        high: score.index_range.map(|range| range.high),
        coverage: score.coverage,
        state: score.state,
        confidence: score.confidence.grade,
    });
    scores.collect()
}

fn levels(result: &Assessment) -> Vec<LevelRow<'_>> {
    let levels = result.levels.iter().map(|ladder| {
        let named = ladder.level.as_ref();
        let place = named.and_then(|level| ladder.levels.iter().position(|one| one.id == level.id));
        LevelRow {
            id: text(&ladder.id),
            title: text(&ladder.title),
            level: named.map(|level| text(&level.id)),
            label: named.map(|level| text(&level.label)),
            rank: place.and_then(|place| u32::try_from(place + 1).ok()),
            certain: ladder.certain,
            coverage: ladder.coverage,
            overall: result.speaks_for_all(&ladder.id),
        }
    });
    levels.collect()
}

fn gates(result: &Assessment) -> Vec<GateRow<'_>> {
    let gates = result.gates.iter().map(|gate| GateRow {
        id: text(&gate.id),
        title: text(&gate.title),
        state: gate.state,
    });
    gates.collect()
}

fn findings(result: &Assessment) -> Vec<FindingRow<'_>> {
    let findings = result.findings.iter().map(|finding| FindingRow {
        id: text(&finding.id),
        title: text(&finding.title),
        kind: finding.kind,
        severity: finding.severity,
        certain: finding.certain,
    });
    findings.collect()
}
