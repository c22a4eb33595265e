//! The parts of one score: a small radar, the same as sorted dots, and how far apart they are.

use super::dots::{Dots, Strip};
use crate::number::{round, rounded};
use crate::report::chart::{RadarPoint, label, radar};
use crate::report::view::Text;
use crate::report::view::material::{Material, in_words};
use crate::rulebook::ItemKind;
use crate::rulebook::words::list;
use serde::Serialize;

/// A radar with its twin. Path data are in a view box of -40 0 420 250.
#[derive(Debug, Clone, Serialize)]
pub struct Star<'a> {
    /// The rings at 25, 50, 75 and 100.
    pub rings: String,
    /// From the centre to each point.
    pub spokes: String,
    /// Through the known points; gaps where one is not assessed; may be empty.
    pub shape: String,
    /// In the pack's order, the first at twelve o'clock, clockwise.
    pub points: Vec<StarPoint<'a>>,
    /// The same, sorted.
    pub dots: Dots<'a>,
    /// "Strategy stands two steps ahead of Rewards (spread 2 of 4)."
    pub alignment: String,
    /// The drawing in one sentence.
    pub says: String,
}

/// A point and its label.
#[derive(Debug, Clone, Serialize)]
pub struct StarPoint<'a> {
    /// Where the mark stands.
    pub x: f64,
    /// Where the mark stands.
    pub y: f64,
    /// Whether it is assessed.
    pub known: bool,
    /// Where the label stands.
    pub tx: f64,
    /// The label in lines; the value stands at the end of the last.
    pub lines: Vec<StarLine>,
    /// How the label is set.
    pub align: Align,
    /// Name.
    pub label: Text<'a>,
    /// Index, or "?".
    pub value: String,
}

/// A line of a label.
#[derive(Debug, Clone, Serialize)]
pub struct StarLine {
    /// Where it stands.
    pub y: f64,
    /// What it says.
    pub text: String,
    /// The value, on the last line.
    pub value: Option<String>,
}

/// The anchor of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// It begins at its place.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

impl<'a> Material<'a> {
    pub(in crate::report::view) fn star(&self, node: usize) -> Option<(Star<'a>, String)> {
        let ItemKind::Score { children, .. } = &self.rulebook.item(node)?.kind else {
            return None;
        };
        let strips = self.strips(children);
        let values: Vec<Option<f64>> = strips.iter().map(|strip| strip.x).collect();
        let drawn = radar(&values);
        let points = strips
            .iter()
            .zip(&drawn.points)
            .map(|(strip, point)| StarPoint {
                x: point.at.0,
                y: point.at.1,
                known: strip.x.is_some(),
                tx: point.label.0,
                lines: lines(strip, point),
                align: point.align,
                label: strip.label.clone(),
                value: strip.value.clone().unwrap_or_else(|| "?".to_owned()),
            });
        let points: Vec<StarPoint<'a>> = points.collect();
        let spoken: Vec<String> = points
            .iter()
            .map(|point| format!("{} {}", point.label, point.value))
            .collect();
        let dots = Dots::over(strips, self.left_out(children));
        let alignment = alignment(&dots.rows);
        let star = Star {
            rings: drawn.rings,
            spokes: drawn.spokes,
            shape: drawn.shape,
            says: format!(
                "Radar of {} points: {}.",
                in_words(points.len()),
                spoken.join(", ")
            ),
            points,
            dots,
            alignment,
        };
        let caption = self.star_caption(node);
        Some((star, caption))
    }

    fn star_caption(&self, node: usize) -> String {
        let score = self.strip(node);
        score.map_or_else(String::new, |score| score.says)
    }
}

fn lines(strip: &Strip<'_>, point: &RadarPoint) -> Vec<StarLine> {
    let value = strip.value.as_deref().unwrap_or("?");
    let lines = label::lines(&strip.label, value, point).into_iter();
    let mut lines: Vec<StarLine> = lines
        .map(|line| StarLine {
            y: line.y,
            text: line.text,
            value: None,
        })
        .collect();
    if let Some(last) = lines.last_mut() {
        last.value = Some(value.to_owned());
    }
    lines
}

/// How far the points lie apart, in steps of a quarter of the scale.
fn alignment(sorted: &[Strip<'_>]) -> String {
    let known: Vec<(&str, f64)> = sorted
        .iter()
        .filter_map(|row| Some((&*row.label, row.x?)))
        .collect();
    let ([(_, most), .., (_, least)], true) = (known.as_slice(), known.len() > 1) else {
        return "Too few points are assessed to compare them.".to_owned();
    };
    let at = |index: f64| -> Vec<&str> {
        known
            .iter()
            .filter(|(_, one)| one.total_cmp(&index).is_eq())
            .map(|(label, _)| *label)
            .collect()
    };
    let spread = (most - least) / 25.0;
    if spread <= 0.0 {
        return "All points stand level.".to_owned();
    }
    let figure = rounded(spread, 1);
    let figure = figure.trim_end_matches(".0");
    let whole = round(spread, 0);
    let steps = match (1..=4).find(|step| f64::from(*step).total_cmp(&whole).is_eq()) {
        _ if figure.contains('.') => format!("{figure} steps"),
        Some(1) => "one step".to_owned(),
        Some(2) => "two steps".to_owned(),
        Some(3) => "three steps".to_owned(),
        _ => "four steps".to_owned(),
    };
    let (ahead, behind) = (at(*most), at(*least));
    let stands = if ahead.len() == 1 { "stands" } else { "stand" };
    format!(
        "{} {stands} {steps} ahead of {} (spread {figure} of 4).",
        list(&ahead),
        list(&behind)
    )
}
