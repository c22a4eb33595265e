//! Scores as spreads on one axis, and who lies far from the others.

use super::{Tick, index};
use crate::report::chart::{spread_plot, tenth};
use crate::report::view::short;
use crate::study::portfolio::{ClientEnd, GroupOverview, Quartiles, ScoreSpread};
use serde::Serialize;

/// A box is drawn from so many clients on; fewer are dots alone.
const FEWEST_FOR_BOX: usize = 5;

/// The scores of a profile.
#[derive(Debug, Clone, Serialize)]
pub struct Spread<'a> {
    /// 0, 25, 50, 75 and 100 with their labels.
    pub ticks: Vec<Tick>,
    /// One per score, in the pack's order.
    pub rows: Vec<Strip<'a>>,
    /// Some row has clients that are left out of it.
    pub partial: bool,
}

/// A score.
#[derive(Debug, Clone, Serialize)]
pub struct Strip<'a> {
    /// Name.
    pub label: &'a str,
    /// Number of clients.
    pub n: usize,
    /// Lowest, lower quarter, median, upper quarter and highest index; null where nobody has one.
    pub figures: Option<[String; 5]>,
    /// Places of the five figures on the axis.
    pub marks: Option<Marks>,
    /// True if there are enough clients for a box.
    pub boxed: bool,
    /// Places of single clients, percent of the axis: all of few, else those far from the rest.
    pub dots: Vec<f64>,
    /// "3 with too few answers, 1 not assessed"; null where all are in.
    pub left_out: Option<String>,
    /// "Acme (12), Birch (15)": the three lowest.
    pub lowest: String,
    /// The row as a sentence, read out instead of the drawing.
    pub says: String,
    /// Text plot of 41 characters, one per 2.5 index points.
    pub plot: String,
}

/// Places in percent of the axis.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Marks {
    /// The lowest client.
    pub min: f64,
    /// The lower quarter.
    pub q1: f64,
    /// The median.
    pub median: f64,
    /// The upper quarter.
    pub q3: f64,
    /// From one quarter to the other.
    pub width: f64,
    /// The highest client.
    pub max: f64,
}

/// Clients far from the others.
#[derive(Debug, Clone, Serialize)]
pub struct Outliers<'a> {
    /// By score.
    pub rows: Vec<Outlier<'a>>,
    /// True if any score has enough clients to call one of them an outlier.
    pub asked: bool,
}

/// A client far from the others on a score.
#[derive(Debug, Clone, Serialize)]
pub struct Outlier<'a> {
    /// The score.
    pub score: &'a str,
    /// Name and unit; null where the row counts those that are not named.
    pub client: Option<&'a str>,
    /// The client's folder.
    pub path: &'a str,
    /// The client's report; null where there is none.
    pub link: Option<String>,
    /// The index, or "and 5 more".
    pub index: String,
    /// "below 21" or "above 88": the line it lies beyond; empty where the row counts.
    pub beyond: String,
    /// Number of clients that have the score.
    pub n: usize,
}

impl<'a> Spread<'a> {
    pub(super) fn of(group: &'a GroupOverview) -> Option<Self> {
        let rows: Vec<_> = group
            .scores
            .iter()
            .filter(|one| one.profile)
            .map(strip)
            .collect();
        (!rows.is_empty()).then(|| Self {
            ticks: Tick::of_index(),
            partial: rows.iter().any(|row| row.left_out.is_some()),
            rows,
        })
    }
}

fn strip(score: &ScoreSpread) -> Strip<'_> {
    let figures = score.quartiles.map(|found| {
        let Quartiles {
            min,
            q1,
            median,
            q3,
            max,
        } = found;
        [min, q1, median, q3, max].map(index)
    });
    let far = score.low_outliers.iter().chain(&score.high_outliers);
    let dots = if score.points.is_empty() {
        far.map(|end| tenth(end.index)).collect()
    } else {
        score.points.iter().map(|point| tenth(*point)).collect()
    };
    let named = |end: &ClientEnd| format!("{} ({})", end.client, index(end.index));
    let lowest: Vec<String> = score.lowest.iter().map(named).collect();
    Strip {
        label: short(&score.title),
        n: score.n,
        says: says(score, figures.as_ref()),
        marks: score.quartiles.map(marks),
        boxed: score.n >= FEWEST_FOR_BOX,
        dots,
        left_out: left_out(score),
        lowest: lowest.join(", "),
        plot: score.quartiles.map_or(String::new(), |one| {
            spread_plot([one.min, one.q1, one.median, one.q3, one.max])
        }),
        figures,
    }
}

fn marks(quartiles: Quartiles) -> Marks {
    Marks {
        min: tenth(quartiles.min),
        q1: tenth(quartiles.q1),
        median: tenth(quartiles.median),
        q3: tenth(quartiles.q3),
        width: tenth(quartiles.q3 - quartiles.q1),
        max: tenth(quartiles.max),
    }
}

fn left_out(score: &ScoreSpread) -> Option<String> {
    let counts = [
        (score.thin, "without a verdict"),
        (score.not_assessed, "not assessed"),
        (score.not_applicable, "not asked"),
    ];
    let told = counts.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, why)| format!("{count} {why}")).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn says(score: &ScoreSpread, figures: Option<&[String; 5]>) -> String {
    let name = short(&score.title);
    match figures {
        None => format!("{name}: no client has a verdict."),
        Some([min, q1, median, q3, max]) => format!(
            "{name}, {} clients: from {min} to {max}, the middle half {q1} to {q3}, the median {median}.",
            score.n
        ),
    }
}

impl<'a> Outliers<'a> {
    pub(super) fn of(group: &'a GroupOverview, link: &dyn Fn(&str) -> Option<String>) -> Self {
        let shown = || group.scores.iter().filter(|one| one.profile);
        let rows = shown().flat_map(|score| outliers(score, link));
        Self {
            rows: rows.collect(),
            asked: shown().any(|one| one.fences.is_some()),
        }
    }
}

fn outliers<'a>(score: &'a ScoreSpread, link: &dyn Fn(&str) -> Option<String>) -> Vec<Outlier<'a>> {
    let Some(fences) = score.fences else {
        return Vec::new();
    };
    let row = |end: &'a ClientEnd, beyond: String| Outlier {
        score: short(&score.title),
        client: Some(&end.client),
        path: &end.path,
        link: link(&end.path),
        index: index(end.index),
        beyond,
        n: score.n,
    };
    let low = score.low_outliers.iter();
    let low = low.map(|end| row(end, format!("below {}", index(fences.low))));
    let high = score.high_outliers.iter();
    let high = high.map(|end| row(end, format!("above {}", index(fences.high))));
    let mut rows: Vec<_> = low.chain(high).collect();
    let more = score.outliers.saturating_sub(rows.len());
    if more > 0 {
        rows.push(Outlier {
            score: short(&score.title),
            client: None,
            path: "",
            link: None,
            index: format!("and {more} more"),
            beyond: String::new(),
            n: score.n,
        });
    }
    rows
}
