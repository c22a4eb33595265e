//! Scores drawn over time, and the same as text.

use super::{Ground, MOST_ROWS, index, say, short, typed};
use crate::assess::assessment::ScoreState;
use crate::report::chart::timeline::{Join, Stand, Timeline, timeline};
use crate::report::chart::{Marks, plot};
use crate::report::view::context::{percent, short as brief};
use crate::report::view::{Text, Tick};
use crate::study::history::{
    Continuity, LadderSeries, PointResult, PointState, Series, SeriesPoint,
};
use serde::Serialize;

/// Top and height of the box of a large curve, in pixels; then those of a small one.
const LARGE: (f64, f64) = (24.0, 200.0);
const SMALL: (f64, f64) = (4.0, 40.0);

/// A score over time, large.
#[derive(Debug, Clone, Serialize)]
pub struct Curve<'a> {
    /// Name of the score.
    pub title: Text<'a>,
    /// Change over time, as a sentence.
    pub moved: String,
    /// The curve as a sentence, read out instead of the drawing.
    pub says: String,
    /// Its lines.
    pub drawn: Drawn,
    /// Months along the axis; its ends are `from` and `to`.
    pub ticks: Vec<Tick>,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// True if these are the same.
    pub one_day: bool,
    /// Places of the revisions that could not be scored, in percent.
    pub failed: Vec<f64>,
    /// One line a revision, the oldest first.
    pub lines: Vec<CurveLine>,
}

/// The lines of a curve, in a box of 100 by 100.
#[derive(Debug, Clone, Serialize)]
pub struct Drawn {
    /// Through points that are alike.
    pub line: String,
    /// Between points of which the later one has another model; empty where there are none.
    pub broken: String,
    /// Range that open answers allow; empty where nothing is open.
    pub band: String,
    /// The points; the last one alone where there are too many to tell apart.
    pub dots: Vec<CurveDot>,
    /// Some point has too few answers for a verdict.
    pub weak: bool,
}

/// A point of a curve.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CurveDot {
    /// Percent across.
    pub x: f64,
    /// Pixels down.
    pub y: f64,
    /// Too few answers for a verdict.
    pub weak: bool,
}

/// A point of a curve in text.
#[derive(Debug, Clone, Serialize)]
pub struct CurveLine {
    /// "2026-01-31".
    pub date: String,
    /// The first eight letters of the hash.
    pub commit: String,
    /// The level; empty where there is none.
    pub level: String,
    /// Index; "?" where there is none.
    pub index: String,
    /// Text plot of 41 characters, one per 2.5 index points; empty where there is none.
    pub plot: String,
    /// Number of the mark that sets it apart from the revision before; empty where there is none.
    pub mark: String,
    /// Why there is no figure; or "too few answers for a verdict (62 %)".
    pub note: Option<String>,
}

/// A score over time, small.
#[derive(Debug, Clone, Serialize)]
pub struct Slope<'a> {
    /// Name of the score.
    pub title: Text<'a>,
    /// Index at the newest revision that has it, "58"; null: not assessed.
    pub value: Option<String>,
    /// Index at the revision it is held against; null where there is none.
    pub from: Option<String>,
    /// "up 16.2", "no change" or "not compared".
    pub verdict: String,
    /// The curve as a sentence.
    pub says: String,
    /// Its lines.
    pub drawn: Drawn,
}

impl<'a> Ground<'a> {
    pub(super) fn curve(&self, series: &'a Series, ladder: Option<&LadderSeries>) -> Curve<'a> {
        let moved = say::moved(self.history, series);
        let points = self.history.points.iter().zip(&self.places);
        let failed = points.filter(|(point, _)| point.problem.is_some());
        let (from, to) = say::ends(self.history).unwrap_or_default();
        Curve {
            title: typed(&series.title),
            says: format!("{} over time. {moved}", series.title),
            moved,
            drawn: drawn(timeline(&self.stands(series), LARGE.0, LARGE.1)),
            ticks: self.ticks.clone(),
            one_day: from == to,
            from,
            to,
            failed: apart(failed.map(|(_, x)| *x)),
            lines: self.lines(series, ladder),
        }
    }

    pub(super) fn slope(&self, series: &'a Series) -> Slope<'a> {
        let at = |place: usize| {
            let point = series.points.iter().find(|one| one.point == place);
            point.and_then(|one| one.index).map(index)
        };
        let newest = series.points.last();
        let lately = series.lately.as_ref();
        Slope {
            title: typed(brief(&series.title)),
            value: newest.and_then(|one| one.index).map(index),
            from: lately.and_then(|step| at(step.from)),
            verdict: say::verdict(lately),
            says: format!("{}. {}", series.title, say::moved(self.history, series)),
            drawn: drawn(timeline(&self.stands(series), SMALL.0, SMALL.1)),
        }
    }

    fn stands(&self, series: &Series) -> Vec<Stand> {
        let stand = |point: &SeriesPoint| Stand {
            x: self.place(point.point),
            index: point.index,
            low: point.index_range.map_or(0.0, |range| range.low),
            high: point.index_range.map_or(0.0, |range| range.high),
            weak: point.state != ScoreState::Rated,
            join: match point.still {
                Continuity::First | Continuity::Apart => Join::Apart,
                Continuity::Alike => Join::Line,
                Continuity::Model => Join::Broken,
            },
        };
        series.points.iter().map(stand).collect()
    }

    fn lines(&self, series: &Series, ladder: Option<&LadderSeries>) -> Vec<CurveLine> {
        let mut scores = series.points.iter().peekable();
        let mut rungs = ladder.iter().flat_map(|one| &one.points).peekable();
        let mut marks = self.marks.iter().peekable();
        let points = self.history.points.iter().enumerate();
        let line = |(place, point): (usize, &PointResult)| {
            let mine = scores.next_if(|one| one.point == place);
            let level = rungs.next_if(|one| one.point == place);
            let level = level.and_then(|one| one.level.as_ref());
            let mark = marks.next_if(|mark| mark.point == place);
            let known = mine.and_then(|one| Some((one, one.index?)));
            CurveLine {
                date: say::iso(&point.date),
                commit: short(&point.commit).to_owned(),
                level: level.map_or_else(String::new, |level| level.label.clone()),
                index: known.map_or_else(|| "?".to_owned(), |(_, value)| index(value)),
                plot: known.map_or_else(String::new, |(one, value)| plotted(one, value)),
                mark: mark.map_or_else(String::new, |mark| mark.number.clone()),
                note: note(point, mine),
            }
        };
        let lines: Vec<CurveLine> = points.map(line).collect();
        let more = lines.len().saturating_sub(MOST_ROWS);
        lines.into_iter().skip(more).collect()
    }
}

/// Places in order, each once.
fn apart(places: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut places: Vec<f64> = places.collect();
    places.dedup();
    places
}

fn plotted(point: &SeriesPoint, value: f64) -> String {
    plot(Marks {
        value: Some(value),
        low: point.index_range.map_or(0.0, |range| range.low),
        high: point.index_range.map_or(0.0, |range| range.high),
        claimed: None,
        target: None,
    })
}

fn drawn(timeline: Timeline) -> Drawn {
    let dot = |(x, y, weak): (f64, f64, bool)| CurveDot { x, y, weak };
    Drawn {
        weak: timeline.dots.iter().any(|(_, _, weak)| *weak),
        line: timeline.line,
        broken: timeline.broken,
        band: timeline.band,
        dots: timeline.dots.into_iter().map(dot).collect(),
    }
}

/// Why a point has no figure, or one without a verdict.
fn note(point: &PointResult, mine: Option<&SeriesPoint>) -> Option<String> {
    match (point.state, mine) {
        (PointState::Failed, _) => Some("could not be scored".to_owned()),
        (PointState::HeldBack, _) => Some("held back: the answers of a few people".to_owned()),
        (PointState::Scored, None) => Some("not asked".to_owned()),
        (PointState::Scored, Some(one)) => match one.state {
            ScoreState::Rated => None,
            ScoreState::Thin if one.open_cap => {
                Some("no verdict while a cap on it is open".to_owned())
            }
            ScoreState::Thin => {
                let coverage = percent(one.coverage);
                Some(format!("too few answers for a verdict ({coverage})"))
            }
            ScoreState::NotAssessed => Some("not assessed".to_owned()),
            ScoreState::NotApplicable => Some("not applicable".to_owned()),
            ScoreState::NotAsked => Some("not asked".to_owned()),
        },
    }
}
