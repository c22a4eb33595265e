//! The scores of an assessment over its revisions.
//!
//! [`look_back`] takes one [`Point`] per revision, in the order of the commits, and gives a
//! [`History`]: the outcome of each revision, and each score over all of them. A series breaks where
//! two points cannot be compared, and a change is called only where the rules of this project allow
//! it: on one basis and one model, by a quarter of an anchor or more, and by more than open answers
//! still allow.
//!
//! Only scores over everybody are shown, never those of a role. Where many people answer, a point
//! that differs from another by the answers of a few is hidden: their answers would follow from the
//! difference.

mod point;
mod result;

pub use point::{Anonymity, Point, ResponseChange, ResponseContent, Snapshot};
pub use result::{
    Continuity, DateSource, Departure, Direction, Fault, History, IndexChange, LadderSeries, Mark,
    MarkKind, PackVersion, PointResult, PointState, RungPoint, Series, SeriesPoint, Standard,
};

use super::{UnknownId, local, major};
use crate::message;
use crate::rules::vocabulary::Basis;
use crate::text::diagnostic::nearest;
use result::{lately, moves};
use std::collections::BTreeSet;

/// Of more ladders than this only the first is shown with the scores under it.
const MOST_IN_FULL: usize = 4;

/// Makes the history of points, given in the order of their commits: what `begun` says of the
/// assessment, with its points and its scores. `scores` are those asked for, with or without their
/// pack; those of the ladders where there are none.
///
/// # Errors
/// Returns an error if a score is asked for that no point has, though some points have scores.
pub fn look_back(
    points: Vec<Point>,
    begun: History,
    scores: &[String],
) -> Result<History, UnknownId> {
    let shown = point::shown(&points);
    let selection = Selection::new(&points, scores)?;
    let marks = marks(&points);
    let points: Vec<(Point, bool)> = points.into_iter().zip(shown).collect();
    let scores = selection.scores.iter();
    let ladders = selection.ladders.into_iter();
    let mut snapshots = points.iter().rev();
    let newest = snapshots.find_map(|(point, _)| point.outcome.as_ref().ok());
    Ok(History {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        client: newest.map(|snapshot| snapshot.client.clone()),
        series: scores.map(|id| score_series(&points, id)).collect(),
        ladders: ladders
            .map(|ladder| ladder_series(&points, ladder))
            .collect(),
        points: points
            .into_iter()
            .zip(marks)
            .map(|((point, shown), marks)| point_result(point, shown, marks))
            .collect(),
        ..begun
    })
}

fn point_result(point: Point, shown: bool, marks: Vec<Mark>) -> PointResult {
    let (date, dated_by) = point.date();
    let snapshot = point.outcome.as_ref().ok();
    let open = snapshot.filter(|_| shown);
    PointResult {
        date,
        dated_by,
        state: match (snapshot, shown) {
            (Some(_), true) => PointState::Scored,
            (Some(_), false) => PointState::HeldBack,
            (None, _) => PointState::Failed,
        },
        basis: snapshot.map(|one| one.basis),
        status: snapshot.map(|one| one.status),
        coverage: open.map(|one| one.coverage),
        people: open.and_then(|one| one.people),
        packs: snapshot.map(|one| one.packs.clone()).unwrap_or_default(),
        commit: point.commit,
        path: point.path,
        problem: point.outcome.err(),
        marks,
    }
}

/// The marks of every point. Model and basis are compared with those of the last point before it
/// that could be scored.
fn marks(points: &[Point]) -> Vec<Vec<Mark>> {
    let mut before: Option<&Point> = None;
    let mut scored: Option<&Snapshot> = None;
    let mut all = Vec::with_capacity(points.len());
    for point in points {
        let mut marks = Vec::new();
        if let Some(from) = &point.renamed_from {
            let text = message!("it-lay-at-before", from);
            marks.push(mark(MarkKind::Renamed, text));
        }
        if let Some(before) = before.filter(|before| point.date().0 < before.date().0) {
            let (date, _) = before.date();
            let text = message!("its-day-is-before-that-of-the-revision-before", date);
            marks.push(mark(MarkKind::Earlier, text));
        }
        if let Ok(snapshot) = &point.outcome {
            if let Some(scored) = scored {
                if scored.basis != snapshot.basis {
                    let text = match snapshot.basis {
                        Basis::Evidenced => message!("from-here-on-ratings-count"),
                        Basis::Perception => message!("from-here-on-ratings-count-2"),
                    };
                    marks.push(mark(MarkKind::Basis, text.to_owned()));
                }
                marks.extend(model(scored, snapshot));
            }
            scored = Some(snapshot);
        }
        before = Some(point);
        all.push(marks);
    }
    all
}

fn mark(kind: MarkKind, text: String) -> Mark {
    Mark { kind, text }
}

/// One mark for each pack that came, went or is another one.
fn model(before: &Snapshot, after: &Snapshot) -> Vec<Mark> {
    let kept = |pack: &PackVersion| after.packs.iter().find(|one| one.id == pack.id);
    let mut texts = Vec::new();
    for old in &before.packs {
        let (id, version) = (&old.id, &old.version);
        match kept(old) {
            None => texts.push(message!("the-pack-is-no-longer-asked", id)),
            Some(new) if new.version != *version => {
                let version2 = &new.version;
                texts.push(message!("the-pack-went-from-to", id, version, version2));
            }
            Some(new) if new.digest != old.digest => {
                texts.push(message!("the-pack-was-changed-under-the-same", id, version));
            }
            Some(_) => {}
        }
    }
    let came = |pack: &&PackVersion| !before.packs.iter().any(|one| one.id == pack.id);
    for PackVersion { id, version, .. } in after.packs.iter().filter(came) {
        texts.push(message!("the-pack-was-added", id, version));
    }
    let marks = texts.into_iter().map(|text| mark(MarkKind::Model, text));
    marks.collect()
}

/// Scores and ladders to be shown; the ladders have no points yet.
#[derive(Debug, Default)]
struct Selection {
    scores: Vec<String>,
    ladders: Vec<LadderSeries>,
}

impl Selection {
    /// The scores asked for; where there are none, those of the ladders of the newest point that
    /// has any.
    fn new(points: &[Point], asked: &[String]) -> Result<Self, UnknownId> {
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
            let named = |full: &&str| *full == id || local(full) == id;
            let Some(full) = ids.clone().find(named) else {
                let known = ids.clone().chain(ids.map(local));
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
        profile: profile.to_vec(),
        points: Vec::new(),
        ..ladder.clone()
    }
}

/// Every snapshot that is shown, with the place of its point.
fn snapshots(points: &[(Point, bool)]) -> impl Iterator<Item = (usize, &Snapshot)> {
    let places = points.iter().enumerate().filter(|(_, (_, shown))| *shown);
    places.filter_map(|(place, (point, _))| Some((place, point.outcome.as_ref().ok()?)))
}

/// A score over all points that are shown.
fn score_series(points: &[(Point, bool)], id: &str) -> Series {
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
fn ladder_series(points: &[(Point, bool)], mut series: LadderSeries) -> LadderSeries {
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
