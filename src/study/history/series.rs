//! Scores and ladders over the points, and what may be called a change.

use super::point::{Point, Snapshot};
use super::result::{
    Continuity, Direction, IndexChange, LadderSeries, RungPoint, Series, SeriesPoint,
};
use crate::assess::assessment::ScoreState;
use crate::study::{QUARTER_ANCHOR, UnknownId};
use crate::text::diagnostic::nearest;
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

/// Of more ladders than this only the first is shown with the scores under it.
const MOST_IN_FULL: usize = 4;

/// Scores and ladders to be shown; the ladders have no points yet.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) scores: Vec<String>,
    pub(super) ladders: Vec<LadderSeries>,
}

impl Selection {
    /// The scores asked for; where there are none, those of the ladders of the newest point that
    /// has any.
    pub(super) fn new<'p>(points: &'p [Point], asked: &[String]) -> Result<Self, UnknownId> {
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
            let ids = newest.clone().flat_map(|one| &one.scores);
            let ids = ids.map(|(one, _)| one.id.as_str());
            let local = |full: &'p str| Some(full.split_once('.')?.1);
            let named = |full: &&'p str| *full == id || local(full) == Some(id);
            let Some(full) = ids.clone().find(named) else {
                let known = ids.clone().chain(ids.filter_map(local));
                return Err(UnknownId {
                    id: id.clone(),
                    near: nearest(id, known).map(str::to_owned),
                    several: Vec::new(),
                });
            };
            selection.add_score(full);
        }
        let ladders = snapshot.ladders.iter();
        let read = ladders.filter(|(ladder, _)| selection.scores.contains(&ladder.of));
        selection.ladders = read
            .map(|(ladder, _)| without_points(ladder, &[]))
            .collect();
        Ok(selection)
    }

    /// Every ladder that reads a score, the one that speaks for all first.
    fn by_ladder(snapshot: &Snapshot) -> Self {
        let ladders = snapshot.ladders.iter();
        let mut ladders: Vec<_> = ladders
            .filter(|(ladder, _)| !ladder.of.is_empty())
            .collect();
        ladders.sort_by_key(|(_, overall)| std::cmp::Reverse(*overall));
        let many = ladders.len() > MOST_IN_FULL;
        let mut selection = Self::default();
        for (place, (ladder, _)) in ladders.into_iter().enumerate() {
            let in_full = place == 0 || !many;
            let profile = if in_full { &ladder.profile[..] } else { &[] };
            selection.add_score(&ladder.of);
            for id in profile {
                selection.add_score(id);
            }
            selection.ladders.push(without_points(ladder, profile));
        }
        if selection.scores.is_empty() {
            let scores = snapshot.scores.iter();
            selection.scores = scores.map(|(one, _)| one.id.clone()).collect();
        }
        selection
    }

    fn add_score(&mut self, id: &str) {
        if !self.scores.iter().any(|one| one == id) {
            self.scores.push(id.to_owned());
        }
    }
}

fn without_points(ladder: &LadderSeries, profile: &[String]) -> LadderSeries {
    LadderSeries {
        id: ladder.id.clone(),
        title: ladder.title.clone(),
        of: ladder.of.clone(),
        profile: profile.to_vec(),
        points: Vec::new(),
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
    let mut before: Option<(&Snapshot, &BTreeSet<String>)> = None;
    for (point, snapshot) in snapshots(points) {
        let mut scores = snapshot.scores.iter();
        let Some((score, packs)) = scores.find(|(one, _)| one.id == id) else {
            continue;
        };
        title.clone_from(&score.title);
        let after = (snapshot, packs);
        let still = before.map_or(Continuity::First, |before| continuity(before, after));
        figures.extend(score.points.iter().map(|one| SeriesPoint {
            point,
            still,
            ..one.clone()
        }));
        before = Some(after);
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
        let mut ladders = snapshot.ladders.iter();
        if let Some((ladder, _)) = ladders.find(|(one, _)| one.id == series.id) {
            series.title.clone_from(&ladder.title);
            let rungs = ladder.points.iter().cloned();
            series
                .points
                .extend(rungs.map(|rung| RungPoint { point, ..rung }));
        }
    }
    series
}

/// Comparability of a score with the same at the point before: by the basis, the packs that both
/// have, and the packs it is made of.
fn continuity(
    before: (&Snapshot, &BTreeSet<String>),
    after: (&Snapshot, &BTreeSet<String>),
) -> Continuity {
    if before.0.basis != after.0.basis {
        return Continuity::Apart;
    }
    let mut both = before.0.packs.iter().filter_map(|old| {
        let new = after.0.packs.iter().find(|one| one.id == old.id)?;
        Some((old, new))
    });
    let mut majors = both.clone();
    if majors.any(|(old, new)| major(&old.version) != major(&new.version)) {
        return Continuity::Apart;
    }
    if both.any(|(old, new)| old != new) || before.1 != after.1 {
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
