//! Scores and ladders over the points, and what may be called a change.

use super::point::{LadderSnapshot, Point, ScoreSnapshot, Snapshot};
use super::result::{
    Continuity, Direction, IndexChange, LadderSeries, RungPoint, Series, SeriesPoint,
};
use crate::assess::assessment::ScoreState;
use crate::study::QUARTER_ANCHOR;
use crate::text::diagnostic::nearest;
use crate::text::number::TOLERANCE;

/// Of more ladders than this only the first is shown with the scores under it.
const MOST_IN_FULL: usize = 4;

/// A score asked for that no point has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownScore {
    /// As it was asked for.
    pub id: String,
    /// The nearest there is.
    pub near: Option<String>,
}

impl UnknownScore {
    fn among<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.collect();
        let local = known.iter().filter_map(|one| one.split_once('.'));
        let local = local.map(|(_, local)| local);
        let near = nearest(id, known.iter().copied().chain(local)).map(str::to_owned);
        Self {
            id: id.to_owned(),
            near,
        }
    }
}

/// Scores and ladders to be shown; the ladders have no points yet.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) scores: Vec<String>,
    pub(super) ladders: Vec<LadderSeries>,
}

impl Selection {
    /// The scores asked for; where there are none, those of the ladders of the newest point that
    /// has any.
    pub(super) fn new(points: &[Point], asked: &[String]) -> Result<Self, UnknownScore> {
        let newest = points.iter().rev();
        let newest = newest.filter_map(|point| point.outcome.as_ref().ok());
        let Some(snapshot) = newest.clone().next() else {
            return Ok(Self::default());
        };
        if asked.is_empty() {
            return Ok(Self::by_ladder(snapshot));
        }
        let mut selection = Self::default();
        for id in asked {
            let mut ids = newest
                .clone()
                .flat_map(|one| &one.scores)
                .map(|one| &one.id);
            let named = |full: &&String| {
                *full == id || full.split_once('.').is_some_and(|(_, local)| local == id)
            };
            match ids.clone().find(named) {
                Some(full) => selection.add_score(full),
                None => return Err(UnknownScore::among(id, ids.by_ref().map(String::as_str))),
            }
        }
        let ladders = snapshot.ladders.iter();
        let read = ladders.filter_map(|ladder| {
            let of = ladder.of.as_ref()?;
            selection
                .scores
                .contains(of)
                .then(|| ladder.series(of, &[]))
        });
        selection.ladders = read.collect();
        Ok(selection)
    }

    /// Every ladder that reads a score, the one that speaks for all first.
    fn by_ladder(snapshot: &Snapshot) -> Self {
        let ladders = snapshot.ladders.iter();
        let mut ladders: Vec<(&LadderSnapshot, &String)> = ladders
            .filter_map(|ladder| Some((ladder, ladder.of.as_ref()?)))
            .collect();
        ladders.sort_by_key(|(ladder, _)| std::cmp::Reverse(ladder.overall));
        let many = ladders.len() > MOST_IN_FULL;
        let mut selection = Self::default();
        for (place, (ladder, of)) in ladders.into_iter().enumerate() {
            let in_full = place == 0 || !many;
            let profile = if in_full { &ladder.profile[..] } else { &[] };
            std::iter::once(of)
                .chain(profile)
                .for_each(|id| selection.add_score(id));
            selection.ladders.push(ladder.series(of, profile));
        }
        if selection.scores.is_empty() {
            selection.scores = snapshot.scores.iter().map(|one| one.id.clone()).collect();
        }
        selection
    }

    fn add_score(&mut self, id: &String) {
        if !self.scores.contains(id) {
            self.scores.push(id.clone());
        }
    }
}

impl LadderSnapshot {
    fn series(&self, of: &str, profile: &[String]) -> LadderSeries {
        LadderSeries {
            id: self.id.clone(),
            title: self.title.clone(),
            of: of.to_owned(),
            profile: profile.to_vec(),
            points: Vec::new(),
        }
    }
}

/// Every snapshot that is shown, with the place of its point.
fn snapshots(points: &[(Point, bool)]) -> impl Iterator<Item = (usize, &Snapshot)> {
    let places = points.iter().enumerate().filter(|(_, (_, shown))| *shown);
    places.filter_map(|(place, (point, _))| Some((place, point.outcome.as_ref().ok()?)))
}

/// A score over all points that are shown.
pub(super) fn score_series(points: &[(Point, bool)], id: &str) -> Series {
    let mut figures: Vec<SeriesPoint> = Vec::new();
    let mut title = String::new();
    let mut before: Option<(&Snapshot, &ScoreSnapshot)> = None;
    for (point, snapshot) in snapshots(points) {
        let Some(score) = snapshot.scores.iter().find(|one| one.id == id) else {
            continue;
        };
        title.clone_from(&score.title);
        let first = Continuity::First;
        figures.push(SeriesPoint {
            point,
            still: before.map_or(first, |before| continuity(before, (snapshot, score))),
            ..score.figures.clone()
        });
        before = Some((snapshot, score));
    }
    Series {
        id: id.to_owned(),
        title,
        moves: moves(&figures),
        lately: lately(&figures),
        points: figures,
    }
}

/// A ladder over all points that are shown.
pub(super) fn ladder_series(points: &[(Point, bool)], mut series: LadderSeries) -> LadderSeries {
    for (point, snapshot) in snapshots(points) {
        if let Some(ladder) = snapshot.ladders.iter().find(|one| one.id == series.id) {
            series.title.clone_from(&ladder.title);
            let rung = ladder.rung.clone();
            series.points.push(RungPoint { point, ..rung });
        }
    }
    series
}

/// Comparability of a score with the same at the point before: by the basis, the packs that both
/// have, and the packs it is made of.
fn continuity(
    before: (&Snapshot, &ScoreSnapshot),
    after: (&Snapshot, &ScoreSnapshot),
) -> Continuity {
    if before.0.basis != after.0.basis {
        return Continuity::Apart;
    }
    let both = before.0.packs.iter().filter_map(|old| {
        let new = after.0.packs.iter().find(|one| one.id == old.id)?;
        Some((old, new))
    });
    if both
        .clone()
        .any(|(old, new)| major(&old.version) != major(&new.version))
    {
        return Continuity::Apart;
    }
    let changed = both.clone().any(|(old, new)| old != new);
    if changed || before.1.packs != after.1.packs {
        Continuity::Model
    } else {
        Continuity::Alike
    }
}

fn major(version: &str) -> Option<u64> {
    let version: semver::Version = version.parse().ok()?;
    Some(version.major)
}

/// Changes, each measured from the point of the one before it, so that small steps add up.
fn moves(points: &[SeriesPoint]) -> Vec<IndexChange> {
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
fn lately(points: &[SeriesPoint]) -> Option<IndexChange> {
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
