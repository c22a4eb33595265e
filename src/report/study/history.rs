//! The report on a history: its texts, and where its curves are drawn.

use super::{PointText, head, name};
use crate::assess::assessment::ScoreState;
use crate::report::brand::Brand;
use crate::report::chart::tenth;
use crate::report::chart::{Join, Stand, Timeline, place, places, timeline};
use crate::report::context::finder;
use crate::report::deliver::Report;
use crate::report::templates::Templates;
use crate::study::QUARTER_ANCHOR;
use crate::study::history::{
    Continuity, History, IndexChange, LadderSeries, MarkKind, Series, SeriesPoint,
};
use crate::text::Result;
use crate::text::number::{Move, format_near_all};
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// Indices at which a level may hang, beside which no figure is rounded across.
const THRESHOLDS: [f64; 4] = [25.0, 50.0, 75.0, 90.0];
/// So many of the newest marks are drawn.
const MOST_MARKS: usize = 100;
/// Marks nearer to one another than this, in percent, have no room for a number each; a stretch on a
/// level that is narrower has none for its own.
const NARROW: f64 = 4.0;

/// A score at a revision, as text.
#[derive(Debug, Serialize)]
pub struct FigureText {
    /// Its index, and the range that open answers allow.
    #[serde(flatten)]
    pub figure: PointText,
    /// Its place among the points of its series, from 0.
    pub at: usize,
}

/// Change of a score since packs and basis are what they are now, as text.
#[derive(Debug, Serialize)]
pub struct ChangeText {
    /// Index at the beginning.
    pub from: String,
    /// Index at the end.
    pub to: String,
    /// Difference of the two without a sign.
    pub by: String,
}

/// A vertical line of the curves: packs or basis changed at this revision.
#[derive(Debug, Serialize)]
pub struct TimeMark {
    /// Its number, from 1.
    pub number: usize,
    /// Place of the revision, from 0.
    pub point: usize,
    /// Percent across.
    pub x: f64,
    /// True where ratings count on another basis from here on, or another form is asked.
    pub basis: bool,
    /// True if its number has room.
    pub labelled: bool,
}

/// A stretch on one level.
#[derive(Debug, Serialize)]
pub struct Rung {
    /// Left end, percent across.
    pub x: f64,
    /// Width, percent.
    pub width: f64,
    /// Place of the level among the levels, from 1; null where it could not be said.
    pub rank: Option<usize>,
    /// One of five shades, from 0; null where it could not be said.
    pub shade: Option<usize>,
    /// True if its number has room.
    pub labelled: bool,
}

/// The report on a history: `history.md` over `history`, the function `series`, which finds by id,
/// `figures` and `levels` by id and place of the revision, `changes` by id, and for drawing
/// `curves` and `rungs` by the id of the score, `marks`, `ticks`, `places`, `first` and `last`.
///
/// # Errors
/// Returns an error if the document cannot be read, which would be a fault of this library.
pub fn history(templates: &Templates, history: &History, brand: &Brand) -> Result<Report> {
    let days: Vec<i32> = history
        .points
        .iter()
        .map(|point| day(&point.date))
        .collect();
    let places = places(&days);
    let count = history.points.len();
    let series = || history.series.iter().map(|one| (one.id.as_str(), one));
    let figures: BTreeMap<_, _> = series()
        .map(|(id, one)| (id, figures(one, count)))
        .collect();
    let changes: BTreeMap<_, _> = series()
        .filter_map(|(id, one)| Some((id, change(one, one.lately.as_ref()?)?)))
        .collect();
    let curves: BTreeMap<_, _> = series()
        .map(|(id, one)| (id, timeline(&stands(one, &places))))
        .collect::<BTreeMap<&str, Timeline>>();
    let ladders = history.ladders.iter();
    let levels: BTreeMap<_, _> = ladders
        .clone()
        .map(|one| (one.id.as_str(), levels(one, count)))
        .collect();
    let rungs: BTreeMap<_, _> = ladders
        .map(|one| (one.of.as_str(), rungs(one, &places)))
        .collect();
    let dates = || history.points.iter().map(|point| point.date.as_str());
    let client = history.client.as_ref();
    let document = Value::from(Serde(history));
    let context = context! {
        title => client.map_or_else(|| history.path.clone(), name),
        series => finder(&document, &["series"], "id"),
        history => document,
        figures => Value::from(Serde(&figures)),
        levels => Value::from(Serde(&levels)),
        changes => Value::from(Serde(&changes)),
        curves => Value::from(Serde(&curves)),
        rungs => Value::from(Serde(&rungs)),
        marks => Value::from(Serde(&marks(history, &places))),
        ticks => Value::from(Serde(&ticks(&days))),
        first => dates().min(),
        last => dates().max(),
        places,
        ..head(&history.engine, brand)
    };
    Report::over(templates, "history", &context)
}

/// The figures of a score at every revision; `None` where it is not shown.
fn figures(series: &Series, count: usize) -> Vec<Option<FigureText>> {
    let text = |value| format_near_all(value, &THRESHOLDS, 0);
    let figure = |(at, one): (usize, &SeriesPoint)| FigureText {
        figure: PointText::of(one.index, one.index_range, text),
        at,
    };
    let points = series.points.iter().enumerate();
    spread(points.map(|one| (one.1.point, figure(one))), count)
}

/// The levels of a ladder at every revision; `None` where none could be said.
fn levels(ladder: &LadderSeries, count: usize) -> Vec<Option<&str>> {
    let points = ladder.points.iter();
    let labels = points.filter_map(|one| Some((one.point, one.level.as_ref()?.label.as_str())));
    spread(labels, count)
}

/// Entries at their places.
fn spread<T>(entries: impl Iterator<Item = (usize, T)>, count: usize) -> Vec<Option<T>> {
    let mut all: Vec<Option<T>> = std::iter::repeat_with(|| None).take(count).collect();
    for (place, entry) in entries {
        if let Some(slot) = all.get_mut(place) {
            *slot = Some(entry);
        }
    }
    all
}

fn change(series: &Series, change: &IndexChange) -> Option<ChangeText> {
    let at = |place: usize| series.points.iter().find(|one| one.point == place)?.index;
    let moved = Move::new(at(change.from)?, at(change.to)?, &[QUARTER_ANCHOR], 1);
    Some(ChangeText {
        from: moved.from,
        to: moved.to,
        by: moved.by.trim_start_matches(['+', '−', '±']).to_owned(),
    })
}

fn stands(series: &Series, places: &[f64]) -> Vec<Stand> {
    let stand = |point: &SeriesPoint| Stand {
        x: places.get(point.point).copied().unwrap_or_default(),
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

/// Stretches on one level, each up to where the next begins, the last one to the end.
fn rungs(ladder: &LadderSeries, places: &[f64]) -> Vec<Rung> {
    let at = |point: usize| places.get(point).copied().unwrap_or_default();
    let stretches: Vec<_> = ladder
        .points
        .chunk_by(|one, other| one.level == other.level)
        .filter_map(|stretch| stretch.first())
        .collect();
    let ends = stretches.iter().skip(1).map(|one| at(one.point));
    let ends = ends.chain([100.0]);
    let rungs = stretches.iter().zip(ends).map(|(one, end)| {
        let width = tenth(end - at(one.point));
        let shade = |rank: usize| rank.saturating_sub(1) * 4 / one.levels.saturating_sub(1).max(1);
        Rung {
            x: at(one.point),
            width,
            rank: one.rank,
            shade: one.rank.map(shade),
            labelled: width >= NARROW,
        }
    });
    rungs.filter(|rung| rung.width > 0.0).collect()
}

/// The vertical lines: another model, basis or form, numbered in order.
fn marks(history: &History, places: &[f64]) -> Vec<TimeMark> {
    let mut marks: Vec<TimeMark> = Vec::new();
    for (point, (result, x)) in history.points.iter().zip(places).enumerate() {
        let has = |kind| result.marks.iter().any(|mark| mark.kind == kind);
        let apart = has(MarkKind::Basis) || has(MarkKind::Form);
        if has(MarkKind::Model) || apart {
            marks.push(TimeMark {
                number: marks.len() + 1,
                point,
                x: *x,
                basis: apart,
                labelled: marks.last().is_none_or(|last| x - last.x >= NARROW),
            });
        }
    }
    marks.split_off(marks.len().saturating_sub(MOST_MARKS))
}

/// A day as a number.
fn day(text: &str) -> i32 {
    text.parse().map_or(0, number)
}

fn number(date: Date) -> i32 {
    let since = Date::constant(1970, 1, 1).until((jiff::Unit::Day, date));
    since.map_or(0, |span| span.get_days())
}

/// Beginnings of months along the axis with their place in percent, at most five, none where the
/// ends are.
fn ticks(days: &[i32]) -> Vec<(f64, String)> {
    const STEPS: [i32; 8] = [1, 2, 3, 6, 12, 24, 60, 120];
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Vec::new();
    };
    let begins = |step: i32| {
        let epoch = Date::constant(1970, 1, 1);
        let month = move |count: i32| {
            let span = jiff::Span::new().try_months(count).ok()?;
            epoch.checked_add(span).ok()
        };
        let from = first / 31 / step * step;
        let months = (0..).map(move |nth| month(from + nth * step));
        let dates = months.map_while(|date| date.filter(|date| number(*date) < *last));
        dates
            .filter(|date| number(*date) > *first)
            .collect::<Vec<_>>()
    };
    let mut found = STEPS.iter().map(|step| begins(*step));
    let dates = found.find(|dates| dates.len() <= 5).unwrap_or_default();
    let ticks = dates.into_iter().map(|date| {
        let x = place(number(date), *first, *last);
        (x, date.strftime("%b %Y").to_string())
    });
    ticks.filter(|(x, _)| (14.0..82.0).contains(x)).collect()
}
