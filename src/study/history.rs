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
mod series;

pub use point::{Anonymity, Point, ResponseChange, ResponseContent, Snapshot};
pub use result::{
    Continuity, DateSource, Departure, Direction, Fault, History, IndexChange, LadderSeries, Mark,
    MarkKind, PackVersion, PointResult, PointState, RungPoint, Series, SeriesPoint, Standard,
};

use super::UnknownId;
use crate::message;
use crate::rules::vocabulary::Basis;
use series::Selection;

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
        series: scores.map(|id| series::score_series(&points, id)).collect(),
        ladders: ladders
            .map(|ladder| series::ladder_series(&points, ladder))
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
