//! One client in one line: the part of a result that a portfolio keeps.

use crate::answers::Status;
use crate::assess::assessment::{Assessment, LadderResult, NeedState, ScoreResult, ScoreState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::rulebook::Rulebook;
use crate::rules::rulebook::rule::profiles;
use crate::rules::vocabulary::{Basis, ConfidenceGrade, FormLength};
use crate::study::{is_weakness, major};
use crate::text::escaped_json;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Pack, major version, overlays, form and basis, which clients share that are counted together.
pub(super) type GroupKey<'a> = (&'a str, u64, &'a [String], FormLength, Basis);

/// A client: who, when, and every score, level, gate and finding. Figures are unrounded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity portfolio row"))]
pub struct Row {
    /// The version of this document: 1.
    pub format: u32,
    /// The client's folder, from the portfolio's on, with `/` between folders; `.` is that itself.
    pub path: String,
    /// The organisation.
    pub client: String,
    /// The part of it that was looked at.
    pub unit: Option<String>,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// Length of the questionnaire.
    #[serde(default)]
    pub form: FormLength,
    /// Basis on which ratings count.
    pub basis: Basis,
    /// Draft or final.
    pub status: Status,
    /// Number of people of the groups that count; 1 for one assessor.
    pub respondents: Option<u32>,
    /// Rated share of the applicable questions, `0..=1`.
    pub coverage: f64,
    /// Confidence in the result.
    pub confidence: ConfidenceGrade,
    /// The packs it rests on.
    pub packs: Vec<PackRow>,
    /// Every score.
    pub scores: Vec<ScoreRow>,
    /// Every ladder.
    pub levels: Vec<LevelRow>,
    /// Every gate.
    pub gates: Vec<GateRow>,
    /// The findings that hold.
    pub findings: Vec<FindingRow>,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackRow {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over its rules and its overlays, hexadecimal.
    pub digest: String,
    /// True where a built-in pack has this id and version, and other rules.
    pub changed: bool,
    /// Title.
    pub title: String,
    /// Ids of the overlays laid over it, in their order.
    #[serde(default)]
    pub overlays: Vec<String>,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreRow {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// True for a score of its pack's profile.
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
    /// State of its verdict; only `rated` enters a spread.
    pub state: ScoreState,
    /// Confidence in it.
    pub confidence: ConfidenceGrade,
}

/// A level on a ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelRow {
    /// The ladder, `pack.item`.
    pub id: String,
    /// The ladder's name.
    pub title: String,
    /// The level's id; null where none can be said.
    pub level: Option<String>,
    /// The level's name.
    pub label: Option<String>,
    /// Its place on the ladder, the lowest 1.
    pub rank: Option<u32>,
    /// True where open answers cannot change it.
    pub certain: bool,
    /// Rated share of what its score counts, `0..=1`; null where it reads none.
    pub coverage: Option<f64>,
    /// True where it speaks for all packs.
    pub overall: bool,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateRow {
    /// `pack.gate`.
    pub id: String,
    /// Requirement in words.
    pub title: String,
    /// State of the requirement.
    pub state: NeedState,
}

/// A finding that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingRow {
    /// `pack.finding`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Kind of finding.
    pub kind: FindingKind,
    /// Severity.
    pub severity: Severity,
    /// True where open answers cannot undo it.
    pub certain: bool,
}

impl Row {
    /// Row of a result by a rulebook; it holds nothing the result does not hold.
    #[must_use]
    pub fn new(path: &str, result: &Assessment, rulebook: &Rulebook) -> Self {
        let profile = profiles(rulebook).filter_map(|node| rulebook.item(node));
        let profile: BTreeSet<&str> = profile.map(|item| item.id.as_str()).collect();
        let packs = result.packs.iter().map(|pack| PackRow {
            id: pack.id.clone(),
            version: pack.version.clone(),
            digest: pack.digest.clone(),
            changed: pack.changed,
            title: pack.title.clone(),
            overlays: pack.overlays.iter().map(|one| one.id.clone()).collect(),
        });
        let (scores, levels) = (result.scores.iter(), result.levels.iter());
        let gates = result.gates.iter().map(|gate| GateRow {
            id: gate.id.to_string(),
            title: gate.title.clone(),
            state: gate.state,
        });
        let findings = result.findings.iter().map(|finding| FindingRow {
            id: finding.id.to_string(),
            title: finding.title.clone(),
            kind: finding.kind,
            severity: finding.severity,
            certain: finding.certain,
        });
        Self {
            format: 1,
            path: path.to_owned(),
            client: result.client.name.clone(),
            unit: result.client.unit.clone(),
            assessed_on: result.assessed_on.clone(),
            form: result.form,
            basis: result.basis,
            status: result.status,
            respondents: result.respondents.count,
            coverage: result.coverage,
            confidence: result.confidence.grade,
            packs: packs.collect(),
            scores: scores
                .map(|score| ScoreRow::new(score, profile.contains(&*score.id)))
                .collect(),
            levels: levels
                .map(|ladder| LevelRow::new(ladder, result.speaks_for_all(&ladder.id)))
                .collect(),
            gates: gates.collect(),
            findings: findings.collect(),
        }
    }

    /// The row as one line of JSON with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        // A struct of texts and finite numbers always has a JSON form.
        serde_json::to_string(self)
            .map_or_else(|_| String::new(), |line| escaped_json(&line) + "\n")
    }

    /// The cells of the client's own row, by the names of their columns.
    pub(super) fn client_cells(&self) -> Value {
        let packs: Vec<String> = self.packs.iter().map(PackRow::word).collect();
        json!({
            "path": self.path,
            "client": self.client,
            "unit": self.unit,
            "assessed_on": self.assessed_on,
            "form": self.form,
            "basis": self.basis,
            "status": self.status,
            "respondents": self.respondents,
            "coverage": self.coverage,
            "confidence": self.confidence,
            "packs": packs.join(" "),
            "gates_open": self.gates_open(),
            "weighty_findings": self.weighty(),
        })
    }

    /// Name and unit.
    #[must_use]
    pub fn named(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}, {unit}", self.client),
            None => self.client.clone(),
        }
    }

    /// Number of gates that are not met or not proven.
    #[must_use]
    pub fn gates_open(&self) -> usize {
        let open = self.gates.iter().filter(|one| one.state.blocks());
        open.count()
    }

    /// Number of weaknesses of high severity or above.
    #[must_use]
    pub fn weighty(&self) -> usize {
        let weak = self.findings.iter().filter(|one| is_weakness(one.kind));
        weak.filter(|one| one.severity >= Severity::High).count()
    }
}

impl PackRow {
    /// Clients are counted together that share this; `row` is the client's.
    pub(super) fn key(&self, row: &Row) -> GroupKey<'_> {
        let (id, version) = (self.id.as_str(), major(&self.version));
        (id, version, &self.overlays, row.form, row.basis)
    }

    /// Its id and those of its overlays as one word: "organisation+house".
    fn word(&self) -> String {
        let overlays = self.overlays.iter().map(|one| format!("+{one}"));
        overlays.fold(self.id.clone(), |word, one| word + &one)
    }
}

impl ScoreRow {
    fn new(score: &ScoreResult, profile: bool) -> Self {
        Self {
            id: score.id.to_string(),
            title: score.title.clone(),
            profile,
            value: score.value,
            index: score.index,
            low: score.index_range.map(|range| range.low),
            high: score.index_range.map(|range| range.high),
            coverage: score.coverage,
            state: score.state,
            confidence: score.confidence.grade,
        }
    }
}

impl LevelRow {
    fn new(ladder: &LadderResult, overall: bool) -> Self {
        let level = ladder.level.as_ref();
        let rank = level.and_then(|level| ladder.rank(level));
        Self {
            id: ladder.id.to_string(),
            title: ladder.title.clone(),
            level: level.map(|level| level.id.clone()),
            label: level.map(|level| level.label.clone()),
            rank: rank.and_then(|rank| u32::try_from(rank).ok()),
            certain: ladder.certain,
            coverage: ladder.coverage,
            overall,
        }
    }
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
    /// Ids of the overlays of its packs.
    pub(crate) overlays: BTreeSet<String>,
    /// Its place among all clients, by path.
    #[serde(skip)]
    pub(super) order: u64,
}

impl ListedClient {
    pub(super) fn new(order: u64, row: &Row) -> Self {
        let overlays = row.packs.iter().flat_map(|pack| &pack.overlays);
        Self {
            overlays: overlays.cloned().collect::<BTreeSet<_>>(),
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

/// The word of a closed list, as in JSON.
pub(super) fn word(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
