//! How the scores of an assessment moved over its revisions.
//!
//! [`look_back`] takes one [`Point`] per revision, in the order of the commits, and gives a
//! [`History`]: what each revision came to, and for each score its way through them. A score's way
//! breaks where two points cannot stand side by side, and a change is told only where the rules of
//! this project allow it: on one basis and one model, by a quarter of an anchor or more, and by more
//! than what open answers still allow.
//!
//! Only scores over everybody are told, never those of a role. Where many people answer, a point is
//! held back that differs from another by the answers of a few: theirs would follow from the
//! difference.

mod hide;
mod mark;
mod point;
mod result;
mod series;

pub use point::{Fault, Point, ResponseChange, Revision, Sheet, Snapshot};
pub use result::{
    Dating, Direction, Going, History, LadderSeries, Mark, MarkKind, Move, PackVersion,
    PointResult, PointState, Problem, RungPoint, Series, SeriesPoint, Standard, Still,
};

use crate::text::diagnostic::nearest;

/// What a history is of, and how it was made.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The path of the assessment, as the repository knows it.
    pub path: String,
    /// Which packs scored it.
    pub standard: Standard,
    /// Whether older revisions were left out of this clone.
    pub shallow: bool,
    /// Where the assessment went, if it is no longer there.
    pub gone: Option<Going>,
    /// The scores asked for, with or without their pack; those of the ladders where there are none.
    pub scores: Vec<String>,
}

/// A score asked for that no point has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownScore {
    /// As it was asked for.
    pub id: String,
    /// The nearest there is.
    pub near: Option<String>,
}

/// Puts points, given in the order of their commits, beside one another.
///
/// # Errors
/// When a score is asked for that none of the points has, though there are points with scores.
pub fn look_back(points: Vec<Point>, about: About) -> Result<History, UnknownScore> {
    let shown = hide::shown(&points);
    let wanted = series::wanted(&points, &about.scores)?;
    let marks = mark::marks(&points);
    let points_shown: Vec<(Point, bool)> = points.into_iter().zip(shown).collect();
    let series = series::series(&points_shown, &wanted.scores);
    let ladders = series::ladders(&points_shown, &wanted.ladders);
    let client = points_shown
        .iter()
        .rev()
        .find_map(|(point, _)| point.outcome.as_ref().ok())
        .map(|snapshot| snapshot.client.clone());
    let results = points_shown.into_iter().zip(marks);
    Ok(History {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        path: about.path,
        standard: about.standard,
        client,
        shallow: about.shallow,
        gone: about.gone,
        points: results
            .map(|((point, shown), marks)| result::told(point, shown, marks))
            .collect(),
        series,
        ladders,
    })
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
