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

mod hide;
mod mark;
mod point;
mod result;
mod series;

pub use point::{Point, ResponseChange, ResponseContent, Revision, Snapshot};
pub use result::{
    Continuity, DateSource, Departure, Direction, Fault, History, IndexChange, LadderSeries, Mark,
    MarkKind, PackVersion, PointResult, PointState, RungPoint, Series, SeriesPoint, Standard,
};
pub use series::UnknownScore;

use series::Selection;

/// Subject of a history, and how it was made.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The path of the assessment, as the repository knows it.
    pub path: String,
    /// Packs that scored it.
    pub standard: Standard,
    /// True where older revisions were left out of this clone.
    pub shallow: bool,
    /// Revision that moved or deleted the assessment, if it is no longer there.
    pub gone: Option<Departure>,
    /// The scores asked for, with or without their pack; those of the ladders where there are none.
    pub scores: Vec<String>,
}

/// Makes the history of points, given in the order of their commits.
///
/// # Errors
/// Returns an error if a score is asked for that no point has, though some points have scores.
pub fn look_back(points: Vec<Point>, about: About) -> Result<History, UnknownScore> {
    let shown = hide::shown(&points);
    let selection = Selection::new(&points, &about.scores)?;
    let marks = mark::marks(&points);
    let points: Vec<(Point, bool)> = points.into_iter().zip(shown).collect();
    let scores = selection.scores.iter();
    let ladders = selection.ladders.into_iter();
    let mut snapshots = points.iter().rev();
    let newest = snapshots.find_map(|(point, _)| point.outcome.as_ref().ok());
    Ok(History {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        path: about.path,
        standard: about.standard,
        client: newest.map(|snapshot| snapshot.client.clone()),
        shallow: about.shallow,
        gone: about.gone,
        series: scores.map(|id| series::score_series(&points, id)).collect(),
        ladders: ladders
            .map(|ladder| series::ladder_series(&points, ladder))
            .collect(),
        points: points
            .into_iter()
            .zip(marks)
            .map(|((point, shown), marks)| point_result(point, shown, marks))
            .collect(),
    })
}

fn point_result(point: Point, shown: bool, marks: Vec<Mark>) -> PointResult {
    let (date, dated_by) = point.date();
    let revision = point.revision;
    let (snapshot, problem) = match point.outcome {
        Ok(snapshot) => (Some(snapshot), None),
        Err(fault) => (None, Some(fault)),
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
        coverage: open.map(|one| one.coverage),
        people: open.and_then(|one| one.people),
        packs: snapshot.map(|one| one.packs).unwrap_or_default(),
        problem,
        marks,
    }
}
