//! The history document, and what may be called a change in it.

use crate::answers::Status;
use crate::assess::assessment::{Client, Named, Range, ScoreState};
use crate::rules::vocabulary::{Basis, FormLength};
use crate::study::QUARTER_ANCHOR;
use crate::text::number::TOLERANCE;
use serde::{Deserialize, Serialize};

/// The scores of an assessment over its revisions. Points are in the order of the commits,
/// the oldest first; series name them by their place, counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity history"))]
pub struct History {
    /// The version of this document: 1.
    pub format: u32,
    /// Program that made it.
    pub engine: String,
    /// Path of the assessment, from the root of its repository.
    pub path: String,
    /// Packs that scored it.
    pub standard: Standard,
    /// Client whose answers they are, at the newest point that could be scored; null where none
    /// could.
    pub client: Option<Client>,
    /// True where older revisions are not in this clone.
    pub shallow: bool,
    /// Revision that moved or deleted the assessment; null where it is still there.
    pub gone: Option<Departure>,
    /// One for each revision.
    pub points: Vec<PointResult>,
    /// The scores: of every ladder its own, then those under it; or those asked for.
    pub series: Vec<Series>,
    /// The ladders of these scores.
    pub ladders: Vec<LadderSeries>,
}

/// Packs that scored the revisions.
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

/// The move or deletion of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Departure {
    /// The revision that took it away.
    pub commit: String,
    /// The day of that, `2026-10-31`.
    pub on: String,
    /// Its new path; null where it was deleted.
    pub to: Option<String>,
}

/// A revision and its outcome.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PointResult {
    /// Its full hash.
    pub commit: String,
    /// The day its answers speak of, or it was committed, `2026-10-31`.
    pub date: String,
    /// Source of that day.
    pub dated_by: DateSource,
    /// Path of the assessment.
    pub path: String,
    /// Outcome.
    pub state: PointState,
    /// Length of the questionnaire; null where it is not scored.
    #[serde(default)]
    pub form: Option<FormLength>,
    /// Basis on which ratings counted; null where it is not scored.
    pub basis: Option<Basis>,
    /// Draft or final; null where it is not scored.
    pub status: Option<Status>,
    /// The packs that scored it.
    pub packs: Vec<PackVersion>,
    /// Rated share of all applicable questions, `0..=1`; null where it is not shown.
    pub coverage: Option<f64>,
    /// Number of people who answered; null where it is not shown.
    pub people: Option<u32>,
    /// Error; null where it is scored.
    pub problem: Option<Fault>,
    /// Differences from the point before.
    pub marks: Vec<Mark>,
}

/// Source of a point's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// Given by the assessment.
    Assessment,
    /// The day of the commit, in UTC.
    Commit,
}

/// Outcome of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PointState {
    /// It has scores.
    Scored,
    /// It has scores that are not shown: the answers of a few people would follow from them.
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

/// Error of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fault {
    /// Place, `1a2b3c4d:clients/acme/assessment.yaml:6`.
    pub place: Option<String>,
    /// One sentence in lower case, without a final period.
    pub message: String,
    /// Remedy.
    pub help: Option<String>,
    /// Number of further errors.
    pub more: usize,
}

/// Difference of a point from the one before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mark {
    /// Kind of difference.
    pub kind: MarkKind,
    /// In words.
    pub text: String,
}

/// Kind of difference between two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// A pack was added or taken away, or is another one.
    Model,
    /// Ratings count on another basis.
    Basis,
    /// Another form is asked: the short one, or the full one.
    Form,
    /// The assessment had another path.
    Renamed,
    /// Its day is before that of the point before.
    Earlier,
}

/// A score over the points.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Series {
    /// `pack.item`.
    pub id: String,
    /// Name, as of the newest point that has it.
    pub title: String,
    /// Its figures at every point that is shown and has it.
    pub points: Vec<SeriesPoint>,
    /// The changes that may be called so, oldest first.
    pub moves: Vec<IndexChange>,
    /// Change from where the model and the basis are what they are now to the newest point.
    pub lately: Option<IndexChange>,
}

/// A score at a point.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SeriesPoint {
    /// The place of the point, from 0.
    pub point: usize,
    /// Value in its own unit; null where nothing was rated.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// Range that open answers still allowed, on 0..100; null where nothing it counts applied.
    pub index_range: Option<Range>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// True where a cap on it could not be judged yet.
    #[serde(default)]
    pub open_cap: bool,
    /// State of its verdict.
    pub state: ScoreState,
    /// Comparability with the point of this series before it.
    pub still: Continuity,
}

/// Comparability of a point of a series with the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Continuity {
    /// There is none before it.
    First,
    /// The two are made alike, and may be compared.
    Alike,
    /// The model changed within its major version: the series goes on, and no change is called.
    Model,
    /// They are never joined: another basis, or another major version of a pack.
    Apart,
}

/// Change from one point to another.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexChange {
    /// The place of the earlier point, from 0.
    pub from: usize,
    /// The place of the later one.
    pub to: usize,
    /// Later index less earlier one.
    pub by: f64,
    /// Direction that may be called.
    pub direction: Direction,
}

/// Direction that may be called of a difference.
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

/// A ladder over the points.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LadderSeries {
    /// `pack.item`.
    pub id: String,
    /// Name, as of the newest point that has it.
    pub title: String,
    /// The id of the score it reads.
    pub of: String,
    /// The scores under it that are shown.
    pub profile: Vec<String>,
    /// Its level at every point that is shown and has it.
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
    /// Number of levels.
    pub levels: usize,
    /// Every level the open answers still allowed.
    pub possible: Vec<Named>,
    /// True where open answers could not change it.
    pub certain: bool,
}

/// Changes, each measured from the point of the one before it, so that small steps add up.
pub(super) fn moves(points: &[SeriesPoint]) -> Vec<IndexChange> {
    let mut moves = Vec::new();
    let mut from: Option<&SeriesPoint> = None;
    for point in points {
        if !matches!(point.still, Continuity::Alike) {
            from = None;
        }
        if point.state != ScoreState::Rated {
            continue;
        }
        match from.map(|from| between(from, point)) {
            None => from = Some(point),
            Some(Some(step)) if step.direction != Direction::NoChange => {
                moves.push(step);
                from = Some(point);
            }
            Some(_) => {}
        }
    }
    moves
}

/// From the first point since model and basis are what they are now to the newest.
pub(super) fn lately(points: &[SeriesPoint]) -> Option<IndexChange> {
    let begin = points
        .iter()
        .rposition(|point| point.still != Continuity::Alike)?;
    let mut rated = points.get(begin..)?.iter();
    let first = rated.find(|point| point.state == ScoreState::Rated)?;
    let last = rated.rfind(|point| point.state == ScoreState::Rated)?;
    between(first, last)
}

/// Change between two points: none below a quarter of an anchor, nor below the larger of
/// the ranges that open answers leave.
fn between(from: &SeriesPoint, to: &SeriesPoint) -> Option<IndexChange> {
    let by = to.index? - from.index?;
    let width = |point: &SeriesPoint| point.index_range.map_or(0.0, |one| one.high - one.low);
    let needed = QUARTER_ANCHOR.max(width(from)).max(width(to));
    let direction = if by.abs() < needed - TOLERANCE {
        Direction::NoChange
    } else if by > 0.0 {
        Direction::Up
    } else {
        Direction::Down
    };
    Some(IndexChange {
        from: from.point,
        to: to.point,
        by,
        direction,
    })
}
