//! The document's shape.

use super::point::{Point, Snapshot};
use crate::answers::Status;
use crate::assess::assessment::{ClientResult, Named, Range, ScoreState};
use crate::rules::vocabulary::Basis;
use serde::{Deserialize, Serialize};

/// How the scores of an assessment moved over its revisions. Points are in the order of the commits,
/// the oldest first; series name them by their place, counted from 0.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity history")
)]
pub struct History {
    /// The version of this document: 1.
    pub format: u32,
    /// What made it.
    pub engine: String,
    /// Where the assessment lies, from the root of its repository.
    pub path: String,
    /// Which packs scored it.
    pub standard: Standard,
    /// Whose answers they are, at the newest point that could be scored; null where none could.
    pub client: Option<ClientResult>,
    /// Whether older revisions are not in this clone.
    pub shallow: bool,
    /// Where the assessment went; null where it is still there.
    pub gone: Option<Going>,
    /// One for each revision.
    pub points: Vec<PointResult>,
    /// The scores: of every ladder its own, then those under it; or those asked for.
    pub series: Vec<Series>,
    /// The ladders whose scores are told.
    pub ladders: Vec<LadderSeries>,
}

/// Which packs scored the revisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// Each the packs it named.
    #[default]
    Named,
    /// All of them the packs there are now.
    Now,
}

/// Where an assessment went.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Going {
    /// The revision that took it away.
    pub commit: String,
    /// The day of that, `2026-10-31`.
    pub on: String,
    /// Its new path; null where it was deleted.
    pub to: Option<String>,
}

/// A revision and what came of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PointResult {
    /// Its full hash.
    pub commit: String,
    /// The day its answers speak of, or it was committed, `2026-10-31`.
    pub date: String,
    /// Which of the two.
    pub dated_by: Dating,
    /// Where the assessment lay.
    pub path: String,
    /// What came of it.
    pub state: PointState,
    /// What ratings counted as; null where it is not scored.
    pub basis: Option<Basis>,
    /// Draft or final; null where it is not scored.
    pub status: Option<Status>,
    /// The packs that scored it.
    pub packs: Vec<PackVersion>,
    /// Rated share of all applicable questions, `0..=1`; null where it is not told.
    pub coverage: Option<f64>,
    /// How many people answered; null where it is not told.
    pub people: Option<u32>,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// What set it apart from the point before.
    pub marks: Vec<Mark>,
}

/// Where a point's day comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Dating {
    /// The assessment says it.
    Assessment,
    /// It is the day of the commit, in UTC.
    Commit,
}

/// What came of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PointState {
    /// It has scores.
    Scored,
    /// It has, and they are not told: the answers of a few people would follow from them.
    HeldBack,
    /// It could not be scored.
    Failed,
}

/// A pack as a point names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackVersion {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: String,
}

/// What is wrong with a revision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem {
    /// Where, `1a2b3c4d:clients/acme/assessment.yaml:6`.
    pub place: Option<String>,
    /// What it is.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How many further errors there are.
    pub more: usize,
}

/// What sets a point apart from the one before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mark {
    /// What sort of thing.
    pub kind: MarkKind,
    /// In words.
    pub text: String,
}

/// What sort of thing sets a point apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// A pack was added or taken away, or is another one.
    Model,
    /// Ratings count as something else.
    Basis,
    /// The assessment lay elsewhere before.
    Renamed,
    /// Its day is before that of the point before.
    Earlier,
}

/// A score's way through the points.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Series {
    /// `pack.item`.
    pub id: String,
    /// Name, as of the newest point that has it.
    pub title: String,
    /// Where it stands, at every point that is shown and has it.
    pub points: Vec<SeriesPoint>,
    /// The changes that may be told, oldest first.
    pub moves: Vec<Move>,
    /// From where the model and the basis are what they are now to the newest point.
    pub lately: Option<Move>,
}

/// Where a score stood.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SeriesPoint {
    /// The place of the point, from 0.
    pub point: usize,
    /// Value in its own unit; null where nothing was rated.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// What the open answers still allowed, on 0..100; null where nothing it counts applied.
    pub index_range: Option<Range>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// Whether a cap on it could not be judged yet.
    #[serde(default)]
    pub open_cap: bool,
    /// What it said of itself.
    pub state: ScoreState,
    /// How it stands to the point of this series before it.
    pub still: Still,
}

/// How a point of a series stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Still {
    /// There is none before it.
    First,
    /// The two are made alike, and may be compared.
    Alike,
    /// The model changed within its major version: one way, and no change is told.
    Model,
    /// They are never joined: another basis, or another major version of a pack.
    Apart,
}

/// From one point to another.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Move {
    /// The place of the earlier point, from 0.
    pub from: usize,
    /// The place of the later one.
    pub to: usize,
    /// Later index less earlier one.
    pub by: f64,
    /// What may be called of it.
    pub direction: Direction,
}

/// What may be called of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// A rise.
    Up,
    /// A fall.
    Down,
    /// No change: less than a quarter of an anchor (6.25), or less than open answers allow.
    NoChange,
}

/// A ladder's way through the points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LadderSeries {
    /// `pack.item`.
    pub id: String,
    /// Name, as of the newest point that has it.
    pub title: String,
    /// The id of the score it reads.
    pub of: String,
    /// The scores under it that are told.
    pub profile: Vec<String>,
    /// Where it stood.
    pub points: Vec<RungPoint>,
}

/// The level at a point.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RungPoint {
    /// The place of the point, from 0.
    pub point: usize,
    /// The level reached; null where it could not be said.
    pub level: Option<Named>,
    /// Its place among the levels, from 1.
    pub rank: Option<usize>,
    /// How many levels there were.
    pub levels: usize,
    /// Every level the open answers still allowed.
    pub possible: Vec<Named>,
    /// Whether the open answers could not change it.
    pub certain: bool,
}

/// A point as the document tells it.
pub(super) fn told(point: Point, shown: bool, marks: Vec<Mark>) -> PointResult {
    let (date, dated_by) = point.dated();
    let revision = point.revision;
    let (snapshot, problem) = match point.outcome {
        Ok(snapshot) => (Some(snapshot), None),
        Err(fault) => (
            None,
            Some(Problem {
                place: fault.place,
                message: fault.message,
                help: fault.help,
                more: fault.more,
            }),
        ),
    };
    let open = snapshot.as_ref().filter(|_| shown);
    PointResult {
        commit: revision.commit,
        date,
        dated_by,
        path: revision.path,
        state: match (&snapshot, shown) {
            (Some(_), true) => PointState::Scored,
            (Some(_), false) => PointState::HeldBack,
            (None, _) => PointState::Failed,
        },
        basis: snapshot.as_ref().map(|one| one.basis),
        status: snapshot.as_ref().map(|one| one.status),
        packs: snapshot.as_ref().map(versions).unwrap_or_default(),
        coverage: open.map(|one| one.coverage),
        people: open.and_then(|one| one.people),
        problem,
        marks,
    }
}

fn versions(snapshot: &Snapshot) -> Vec<PackVersion> {
    let packs = snapshot.packs.iter().map(|pack| PackVersion {
        id: pack.id.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
    });
    packs.collect()
}

impl Point {
    /// The day a point stands at, and where that comes from.
    pub(super) fn dated(&self) -> (String, Dating) {
        let said = self.outcome.as_ref().ok();
        match said.and_then(|snapshot| snapshot.assessed_on.clone()) {
            Some(date) => (date, Dating::Assessment),
            None => (self.revision.committed_on.to_string(), Dating::Commit),
        }
    }
}
