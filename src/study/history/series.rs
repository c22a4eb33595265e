//! Scores and ladders through the points, and what may be called a change.

use super::UnknownScore;
use super::point::{Climbed, Point, Scored, Snapshot};
use super::result::{Direction, LadderSeries, Move, RungPoint, Series, SeriesPoint, Still};
use crate::assess::assessment::ScoreState;
use crate::text::number::TOLERANCE;

/// A quarter of an anchor of a scale of 0 to 4, as an index: below this nothing is called a change.
const QUARTER: f64 = 6.25;
/// More ladders than this tell their scores alone, but for the one that rests on the most packs.
const MOST_IN_FULL: usize = 4;

/// What is told.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Scores, by id.
    pub(super) scores: Vec<String>,
    /// Ladders: id, score and the scores under it.
    pub(super) ladders: Vec<(String, String, Vec<String>)>,
}

/// The scores asked for; where there are none, those of the ladders of the newest point that has
/// any.
pub(super) fn wanted(points: &[Point], asked: &[String]) -> Result<Wanted, UnknownScore> {
    let newest = points
        .iter()
        .rev()
        .filter_map(|point| point.outcome.as_ref().ok());
    let Some(snapshot) = newest.clone().next() else {
        return Ok(Wanted::default());
    };
    if asked.is_empty() {
        return Ok(by_ladder(snapshot));
    }
    let mut scores: Vec<String> = Vec::new();
    for id in asked {
        let mut found = newest.clone().flat_map(|one| &one.scores);
        let names = |score: &&Scored| {
            let local = score.id.split_once('.').map(|(_, local)| local);
            score.id == *id || local == Some(id)
        };
        let Some(score) = found.find(names) else {
            let known = newest
                .flat_map(|one| &one.scores)
                .map(|one| one.id.as_str());
            return Err(UnknownScore::among(id, known));
        };
        if !scores.contains(&score.id) {
            scores.push(score.id.clone());
        }
    }
    let of_score = |ladder: &&Climbed| ladder.of.as_ref().is_some_and(|of| scores.contains(of));
    let ladders = snapshot.ladders.iter().filter(of_score);
    let ladders = ladders.filter_map(|one| Some((one.id.clone(), one.of.clone()?, Vec::new())));
    Ok(Wanted {
        ladders: ladders.collect(),
        scores,
    })
}

/// Every ladder that reads a score, the one that speaks for all first.
fn by_ladder(snapshot: &Snapshot) -> Wanted {
    let mut ladders: Vec<&Climbed> = snapshot.ladders.iter().collect();
    ladders.retain(|ladder| ladder.of.is_some());
    ladders.sort_by_key(|ladder| std::cmp::Reverse(ladder.overall));
    let in_full = if ladders.len() > MOST_IN_FULL {
        1
    } else {
        ladders.len()
    };
    let mut wanted = Wanted::default();
    for (place, ladder) in ladders.into_iter().enumerate() {
        let Some(of) = ladder.of.clone() else {
            continue;
        };
        let profile = if place < in_full {
            ladder.profile.clone()
        } else {
            Vec::new()
        };
        for id in std::iter::once(&of).chain(&profile) {
            if !wanted.scores.contains(id) {
                wanted.scores.push(id.clone());
            }
        }
        wanted.ladders.push((ladder.id.clone(), of, profile));
    }
    if wanted.scores.is_empty() {
        wanted.scores = snapshot.scores.iter().map(|one| one.id.clone()).collect();
    }
    wanted
}

/// Every snapshot that is shown, with the place of its point.
fn snapshots(points: &[(Point, bool)]) -> impl DoubleEndedIterator<Item = (usize, &Snapshot)> {
    let places = points.iter().enumerate().filter(|(_, (_, shown))| *shown);
    places.filter_map(|(place, (point, _))| Some((place, point.outcome.as_ref().ok()?)))
}

pub(super) fn series(points: &[(Point, bool)], wanted: &[String]) -> Vec<Series> {
    wanted.iter().map(|id| one(points, id)).collect()
}

fn one(points: &[(Point, bool)], id: &str) -> Series {
    let mut told: Vec<SeriesPoint> = Vec::new();
    let mut title = String::new();
    let mut before: Option<(&Snapshot, &Scored)> = None;
    let scored = snapshots(points).filter_map(|(place, one)| Some((place, one, one.score(id)?)));
    for (place, snapshot, score) in scored {
        title.clone_from(&score.title);
        let still = before.map_or(Still::First, |before| still(before, (snapshot, score)));
        told.push(SeriesPoint {
            point: place,
            value: score.value,
            index: score.index,
            index_range: score.range,
            coverage: score.coverage,
            open_cap: score.open_cap,
            state: score.state,
            still,
        });
        before = Some((snapshot, score));
    }
    Series {
        id: id.to_owned(),
        title,
        moves: moves(&told),
        lately: lately(&told),
        points: told,
    }
}

/// How a score at one point stands to the same at the point before: by the basis, the packs that
/// both have, and whether it is made of the same packs.
fn still(before: (&Snapshot, &Scored), after: (&Snapshot, &Scored)) -> Still {
    if before.0.basis != after.0.basis {
        return Still::Apart;
    }
    let mut still = Still::Alike;
    for old in &before.0.packs {
        let Some(new) = after.0.packs.iter().find(|one| one.id == old.id) else {
            continue;
        };
        if major(&old.version) != major(&new.version) {
            return Still::Apart;
        }
        if old.version != new.version || old.digest != new.digest {
            still = Still::Model;
        }
    }
    if made_of(before) != made_of(after) {
        still = Still::Model;
    }
    still
}

fn major(version: &str) -> Option<u64> {
    let version: semver::Version = version.parse().ok()?;
    Some(version.major)
}

fn made_of<'a>((snapshot, score): (&'a Snapshot, &'a Scored)) -> Vec<&'a str> {
    let packs = score
        .packs
        .iter()
        .filter_map(|place| snapshot.packs.get(*place));
    let mut ids: Vec<&str> = packs.map(|pack| pack.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

/// Changes told, each held against the point of the one before it, so that small steps add up.
fn moves(points: &[SeriesPoint]) -> Vec<Move> {
    let mut moves = Vec::new();
    let mut from: Option<&SeriesPoint> = None;
    for point in points {
        if !matches!(point.still, Still::Alike) {
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
fn lately(points: &[SeriesPoint]) -> Option<Move> {
    let begin = points
        .iter()
        .rposition(|point| point.still != Still::Alike)?;
    let mut rated = points.get(begin..)?.iter();
    let first = rated.find(|point| point.state == ScoreState::Rated)?;
    let last = rated.rfind(|point| point.state == ScoreState::Rated)?;
    between(first, last)
}

/// What may be called of two points: no change below a quarter of an anchor, nor below the larger of
/// the ranges that open answers leave.
fn between(from: &SeriesPoint, to: &SeriesPoint) -> Option<Move> {
    let by = to.index? - from.index?;
    let range = |point: &SeriesPoint| point.index_range.map_or(0.0, |one| one.high - one.low);
    let needed = QUARTER.max(range(from)).max(range(to));
    let direction = if by.abs() < needed - TOLERANCE {
        Direction::NoChange
    } else if by > 0.0 {
        Direction::Up
    } else {
        Direction::Down
    };
    Some(Move {
        from: from.point,
        to: to.point,
        by,
        direction,
    })
}

pub(super) fn ladders(
    points: &[(Point, bool)],
    wanted: &[(String, String, Vec<String>)],
) -> Vec<LadderSeries> {
    let series = |(id, of, profile): &(String, String, Vec<String>)| {
        let climbed =
            || snapshots(points).filter_map(|(place, one)| Some((place, one.ladder(id)?)));
        let rung = |(point, ladder): (usize, &Climbed)| RungPoint {
            point,
            level: ladder.level.clone(),
            rank: ladder.rank,
            levels: ladder.levels,
            possible: ladder.possible.clone(),
            certain: ladder.certain,
        };
        LadderSeries {
            id: id.clone(),
            title: climbed()
                .next_back()
                .map_or_else(String::new, |(_, ladder)| ladder.title.clone()),
            of: of.clone(),
            profile: profile.clone(),
            points: climbed().map(rung).collect(),
        }
    };
    wanted.iter().map(series).collect()
}
