//! A history as it is read: what moved since when, the curves, and every revision in a table.
//!
//! [`Trend`] is the whole root context of `history.html` and `history.md`, and what the terminal
//! prints. Figures of roles are in none of it.

mod curve;
mod group;
mod row;
mod say;

pub use curve::{Curve, CurveDot, CurveLine, Drawn, Slope};
pub use group::{Rung, TrendGroup};
pub use row::{TrendProblem, TrendRow};

use super::context::date as day_in_words;
use super::{Brand, Subject, Text, Tick};
use crate::report::chart::timeline;
use crate::study::history::{History, MarkKind, PointResult, PointState, Standard};
use crate::text::number::format_near_all;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// Indices at which a level may hang, beside which no figure is rounded across.
const THRESHOLDS: [f64; 4] = [25.0, 50.0, 75.0, 90.0];

/// Tables and text plots hold so many of the newest revisions, and curves so many of the newest marks:
/// a page of more can be neither read nor printed.
const MOST_ROWS: usize = 1000;
const MOST_MARKS: usize = 100;

/// The whole page.
#[derive(Debug, Clone, Serialize)]
pub struct Trend<'a> {
    /// Always `en`.
    pub language: &'static str,
    /// `centricity 0.1.0`.
    pub engine: &'a str,
    /// Who hands it out.
    pub brand: &'a Brand,
    /// Whose answers they are; the path where no revision could be scored.
    pub subject: Subject<'a>,
    /// Number of revisions, the first and last day, and the packs that scored them.
    pub lead: String,
    /// One for each ladder; or one for all scores.
    pub groups: Vec<TrendGroup<'a>>,
    /// Changes other than to the answers, with their numbers in the curves.
    pub marks: Vec<TimeMark>,
    /// True if any of them is a change of the packs.
    pub new_model: bool,
    /// True if any of them is a change of the basis.
    pub new_basis: bool,
    /// Every revision, the newest first.
    pub rows: Vec<TrendRow>,
    /// Notes on the history, such as revisions that are left out.
    pub notes: Vec<String>,
}

/// Change other than to the answers: a vertical line in the curves.
#[derive(Debug, Clone, Serialize)]
pub struct TimeMark {
    /// "1".
    pub number: String,
    /// Place of the revision, from 0.
    #[serde(skip)]
    point: usize,
    /// Percent across.
    pub x: f64,
    /// Ratings count as something else from here on; else the model changed.
    pub basis: bool,
    /// True if its number has room in a drawing.
    pub labelled: bool,
    /// "31 January 2026".
    pub date: String,
    /// The first eight letters of the hash.
    pub commit: String,
    /// Change in words.
    pub text: String,
}

/// Data that all parts of the page share.
struct Ground<'a> {
    history: &'a History,
    /// Place of each point, in percent.
    places: Vec<f64>,
    marks: Vec<TimeMark>,
    ticks: Vec<Tick>,
}

impl<'a> Trend<'a> {
    /// Sorts, rounds and words a history.
    #[must_use]
    pub fn new(history: &'a History, brand: &'a Brand) -> Self {
        let ground = Ground::new(history);
        Self {
            language: "en",
            engine: &history.engine,
            brand,
            subject: subject(history),
            lead: say::lead(history),
            groups: ground.groups(),
            rows: ground.rows(),
            notes: say::notes(history, ground.marks.len()),
            new_model: ground.marks.iter().any(|mark| !mark.basis),
            new_basis: ground.marks.iter().any(|mark| mark.basis),
            marks: ground.marks,
        }
    }
}

impl<'a> Ground<'a> {
    fn new(history: &'a History) -> Self {
        let days: Vec<i32> = history.points.iter().map(day).collect();
        let places = timeline::places(&days);
        let marks = marks(history, &places);
        Self {
            history,
            marks,
            ticks: ticks(&days),
            places,
        }
    }

    fn place(&self, point: usize) -> f64 {
        self.places.get(point).copied().unwrap_or_default()
    }
}

fn subject(history: &History) -> Subject<'_> {
    let client = history.client.as_ref();
    Subject {
        client: client.map_or(Cow::Borrowed(history.path.as_str()), |client| {
            Cow::Borrowed(client.name.as_str())
        }),
        unit: client.and_then(|client| client.unit.as_deref().map(Cow::Borrowed)),
        facts: Vec::new(),
        date: None,
        date_iso: None,
        agreed_later: None,
    }
}

/// The day of a point as a number.
fn day(point: &PointResult) -> i32 {
    date(&point.date).map_or(0, number)
}

fn number(date: Date) -> i32 {
    let since = Date::constant(1970, 1, 1).until((jiff::Unit::Day, date));
    since.map_or(0, |span| span.get_days())
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// A day of the document in words.
fn worded(text: &str) -> String {
    date(text).map_or_else(|| text.to_owned(), day_in_words)
}

/// The first eight letters of a hash.
fn short(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

/// An index without digits, or with as many as it takes to stand on the right side of a threshold.
fn index(value: f64) -> String {
    format_near_all(value, &THRESHOLDS, 0)
}

/// The vertical lines: another model or another basis, numbered in order.
fn marks(history: &History, places: &[f64]) -> Vec<TimeMark> {
    let mut marks: Vec<TimeMark> = Vec::new();
    for (place, (point, x)) in history.points.iter().zip(places).enumerate() {
        let drawn = point
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Model | MarkKind::Basis));
        let texts: Vec<&str> = drawn.clone().map(|mark| mark.text.as_str()).collect();
        if texts.is_empty() {
            continue;
        }
        marks.push(TimeMark {
            number: (marks.len() + 1).to_string(),
            point: place,
            x: *x,
            basis: drawn.clone().any(|mark| mark.kind == MarkKind::Basis),
            labelled: marks.last().is_none_or(|last| x - last.x >= 4.0),
            date: worded(&point.date),
            commit: short(&point.commit).to_owned(),
            text: super::context::capital(&texts.join("; ")),
        });
    }
    marks.split_off(marks.len().saturating_sub(MOST_MARKS))
}

/// Months and years along the axis, at most five, none where the ends are.
fn ticks(days: &[i32]) -> Vec<Tick> {
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
    let found = STEPS.iter().map(|step| begins(*step));
    let dates = found.clone().find(|dates| dates.len() <= 5);
    let tick = |date: Date| Tick {
        x: timeline::place(number(date), *first, *last),
        label: say::month(date),
    };
    let ticks = dates.unwrap_or_default().into_iter().map(tick);
    ticks
        .filter(|tick| (14.0..82.0).contains(&tick.x))
        .collect()
}

/// Number of points in a state.
fn counted(history: &History, state: PointState) -> usize {
    let points = history.points.iter();
    points.filter(|point| point.state == state).count()
}

/// True if each revision was scored by the packs it named.
fn is_named(history: &History) -> bool {
    history.standard == Standard::Named
}

/// A text that a client typed, as the view carries it.
fn typed(text: &str) -> Text<'_> {
    Cow::Borrowed(text)
}
