//! The scores of an assessment over its revisions.
//!
//! [`look_back`] takes one [`Point`] per revision, in the order of the commits, and gives a
//! [`History`]: the outcome of each revision, and each score over all of them. A series breaks where
//! two points cannot be compared, and a change is called only where the rules of this project allow
//! it: on one basis and one model, by a quarter of an anchor or more, and by more than open answers
//! still allow.
//!
//! Only scores over everybody are shown, never those of a role. Where many people answer, a point
//! that differs from another by the answers of a few, or by the rules that make one of many, is held
//! back: answers would follow from the difference.

mod point;
mod result;

pub use point::Point;
pub use result::{
    Continuity, DateSource, Departure, Direction, Fault, History, IndexChange, LadderSeries, Mark,
    MarkKind, PackVersion, PointResult, PointState, RungPoint, Series, SeriesPoint, Standard,
};

use super::{UnknownId, major, owner};
use crate::assess::assessment::{Assessment, LadderResult, PackResult, ScoreResult};
use crate::rules::rulebook::local_id;
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
    let marks = point::marks(&points);
    let points: Vec<(Point, bool)> = points.into_iter().zip(shown).collect();
    let scores = selection.scores.iter();
    let ladders = selection.ladders.into_iter();
    let mut newest = points.iter().rev();
    let newest = newest.find_map(|(point, _)| point.outcome.as_ref().ok());
    Ok(History {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        client: newest.map(|result| result.client.clone()),
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
    let result = point.outcome.as_ref().ok();
    let open = result.filter(|_| shown);
    let packs = result.into_iter().flat_map(|one| &one.packs);
    let packs = packs.map(|pack| PackVersion {
        id: pack.id.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
    });
    PointResult {
        date,
        dated_by,
        state: match (result, shown) {
            (Some(_), true) => PointState::Scored,
            (Some(_), false) => PointState::HeldBack,
            (None, _) => PointState::Failed,
        },
        form: result.map(|one| one.form),
        basis: result.map(|one| one.basis),
        status: result.map(|one| one.status),
        coverage: open.map(|one| one.coverage),
        people: open.and_then(|one| one.respondents.count),
        packs: packs.collect(),
        commit: point.commit,
        path: point.path,
        problem: point.outcome.err(),
        marks,
    }
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
        let Some(result) = newest.clone().next() else {
            return Ok(Self::default());
        };
        if asked.is_empty() {
            return Ok(Self::by_ladder(result));
        }
        let mut selection = Self::default();
        for id in asked {
            let ids = newest.clone().flat_map(|one| &one.scores);
            let ids = ids.map(|one| one.id.as_str());
            let named = |full: &&str| *full == id || local_id(full) == id;
            let Some(full) = ids.clone().find(named) else {
                let known = ids.clone().chain(ids.map(local_id));
                return Err(UnknownId {
                    id: id.clone(),
                    near: nearest(id, known).map(str::to_owned),
                    several: Vec::new(),
                });
            };
            selection.add_score(full);
        }
        for ladder in &result.levels {
            if let Some(of) = &ladder.of
                && selection.scores.iter().any(|one| of == one)
            {
                selection.add_ladder(ladder, of, Vec::new());
            }
        }
        Ok(selection)
    }

    /// Every ladder that reads a score, the one that speaks for all first.
    fn by_ladder(result: &Assessment) -> Self {
        let ladders = result.levels.iter();
        let ladders = ladders.filter_map(|ladder| Some((ladder, ladder.of.as_ref()?)));
        let mut ladders: Vec<_> = ladders.collect();
        ladders.sort_by_key(|(ladder, _)| !result.speaks_for_all(&ladder.id));
        let many = ladders.len() > MOST_IN_FULL;
        let mut selection = Self::default();
        for (place, (ladder, of)) in ladders.into_iter().enumerate() {
            let in_full = place == 0 || !many;
            let profile = in_full.then(|| profile(result, ladder));
            let profile = profile.unwrap_or_default();
            selection.add_score(of);
            for id in &profile {
                selection.add_score(id);
            }
            selection.add_ladder(ladder, of, profile);
        }
        if selection.scores.is_empty() {
            let scores = result.scores.iter();
            selection.scores = scores.map(|one| one.id.to_string()).collect();
        }
        selection
    }

    fn add_score(&mut self, id: &str) {
        if !self.scores.iter().any(|one| one == id) {
            self.scores.push(id.to_owned());
        }
    }

    /// Adds a ladder that reads the score `of`.
    fn add_ladder(&mut self, ladder: &LadderResult, of: &str, profile: Vec<String>) {
        self.ladders.push(LadderSeries {
            id: ladder.id.to_string(),
            title: ladder.title.clone(),
            of: of.to_owned(),
            profile,
            points: Vec::new(),
        });
    }
}

/// The scores that the levels of a ladder put a floor under, and those that its score is made of.
fn profile(result: &Assessment, ladder: &LadderResult) -> Vec<String> {
    let of = ladder.of.as_deref();
    let parts = of.and_then(|of| result.score(of)).into_iter();
    let parts = parts.flat_map(|score| &score.parts);
    let parts = parts.map(|part| part.id.as_str());
    let needs = ladder.levels.iter().flat_map(|level| &level.needs);
    let mut profile: Vec<String> = Vec::new();
    for id in parts.chain(needs.map(|need| need.id.as_str())) {
        let is_new = of != Some(id) && !profile.iter().any(|one| one == id);
        if is_new && result.score(id).is_some() {
            profile.push(id.to_owned());
        }
    }
    profile
}

/// Every result that is shown, with the place of its point.
fn results(points: &[(Point, bool)]) -> impl Iterator<Item = (usize, &Assessment)> {
    let places = points.iter().enumerate().filter(|(_, (_, shown))| *shown);
    places.filter_map(|(place, (point, _))| Some((place, point.outcome.as_ref().ok()?)))
}

/// A score over all points that are shown.
fn score_series(points: &[(Point, bool)], id: &str) -> Series {
    let mut figures: Vec<SeriesPoint> = Vec::new();
    let mut title = String::new();
    let mut before: Option<Made<'_>> = None;
    for (point, result) in results(points) {
        let Some(score) = result.score(id) else {
            continue;
        };
        title.clone_from(&score.title);
        let after = (result, packs_of(result, score));
        figures.push(SeriesPoint {
            point,
            value: score.value,
            index: score.index,
            index_range: score.index_range,
            coverage: score.coverage,
            open_cap: !score.waits_for.is_empty(),
            state: score.state,
            still: before.map_or(Continuity::First, |before| continuity(&before, &after)),
        });
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
    for (point, result) in results(points) {
        let mut ladders = result.levels.iter();
        if let Some(ladder) = ladders.find(|one| one.id == series.id) {
            series.title.clone_from(&ladder.title);
            let level = ladder.level.as_ref();
            series.points.push(RungPoint {
                point,
                level: level.cloned(),
                rank: level.and_then(|level| ladder.rank(level)),
                levels: ladder.levels.len(),
                possible: ladder.possible.clone(),
                certain: ladder.certain,
            });
        }
    }
    series
}

/// A result with the packs that a score of it is made of.
type Made<'a> = (&'a Assessment, BTreeSet<&'a str>);

/// The packs of a score and of everything it is made of, as far as they are there.
fn packs_of<'a>(result: &'a Assessment, score: &'a ScoreResult) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open = vec![score.id.as_str()];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(score) = result.score(id) {
            let capped = score.capped.iter().flat_map(|cap| &cap.parts);
            open.extend(score.parts.iter().map(|part| part.id.as_str()));
            open.extend(capped.map(|part| part.id.as_str()));
        }
    }
    let owners: BTreeSet<&str> = seen.into_iter().map(owner).collect();
    let packs = result.packs.iter().map(|pack| pack.id.as_str());
    packs.filter(|pack| owners.contains(pack)).collect()
}

/// Comparability of a score with the same at the point before: by the basis, the form, the packs that
/// both have, and the packs it is made of.
fn continuity(before: &Made<'_>, after: &Made<'_>) -> Continuity {
    if before.0.basis != after.0.basis || before.0.form != after.0.form {
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
    let differ = |(old, new): (&PackResult, &PackResult)| {
        old.version != new.version || old.digest != new.digest
    };
    if both.any(differ) || before.1 != after.1 {
        Continuity::Model
    } else {
        Continuity::Alike
    }
}
