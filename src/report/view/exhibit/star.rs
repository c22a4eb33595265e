//! The parts of one score: a small radar, the same as sorted dots, and how far apart they are.

use super::dots::{Dots, Strip, rows_of};
use crate::assess::assessment::RankingResult;
use crate::report::chart::radar;
use crate::report::view::context::{ReportContext, capital, in_words, names as list};
use crate::rules::rulebook::ItemKind;
use crate::text::number::{TOLERANCE, rounded};
use serde::Serialize;

/// A radar with its twin. Path data are in a view box of -40 0 420 250.
#[derive(Debug, Clone, Serialize)]
pub struct Star<'a> {
    /// The rings at 25, 50, 75 and 100, and a spoke from the centre to each point.
    pub grid: String,
    /// Through the known points; gaps where one is not assessed; may be empty.
    pub shape: String,
    /// A mark for each point that is assessed, and all labels with their values, in the pack's
    /// order, the first at twelve o'clock, clockwise; SVG.
    pub points_svg: String,
    /// The same, sorted.
    pub dots: Dots<'a>,
    /// "Strategy stands two steps ahead of Rewards."
    pub alignment: String,
    /// The drawing in one sentence.
    pub says: String,
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

impl Align {
    /// The value of `text-anchor`.
    pub(in crate::report) fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl<'a> ReportContext<'a> {
    pub(in crate::report::view) fn star(
        &self,
        node: usize,
        ranking: Option<&RankingResult>,
    ) -> Option<(Star<'a>, String)> {
        let ItemKind::Score { children, .. } = &self.rulebook.item(node)?.kind else {
            return None;
        };
        let strips = self.strips(children);
        let values: Vec<Option<f64>> = strips.iter().map(|strip| strip.x).collect();
        let drawn = radar(&values);
        let mut points_svg = String::with_capacity(values.len() * 160);
        let mut spoken = Vec::new();
        for (strip, point) in strips.iter().zip(&drawn.points) {
            let value = strip.value.as_deref().unwrap_or("?");
            let value = match strip.note.as_deref().filter(|_| strip.agreed) {
                Some(agreed) => format!("{value}, {agreed}"),
                None => value.to_owned(),
            };
            spoken.push(format!("{} {value}", strip.label));
            let shown = strip.value.as_ref().map(|value| {
                let mark = if strip.agreed { " (agreed)" } else { "" };
                format!("{value}{mark}")
            });
            point.draw(&mut points_svg, &strip.label, shown.as_deref());
        }
        let dots = Dots::over(strips, self.left_out(children));
        let alignment = ranking.map_or_else(String::new, |one| {
            alignment(&dots.rows, one, self.rests_on_open(children))
        });
        let star = Star {
            grid: drawn.grid,
            shape: drawn.shape,
            says: format!(
                "Radar of {} points: {}.",
                in_words(spoken.len()),
                spoken.join(", ")
            ),
            points_svg,
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

/// Sentence about how far apart the ranked points lie, in steps of a quarter of the scale.
fn alignment(sorted: &[Strip<'_>], ranking: &RankingResult, open: bool) -> String {
    let rows: Vec<&Strip<'_>> = sorted.iter().collect();
    let of = |ids| rows_of(&rows, ids);
    let (highest, lowest) = (of(&ranking.highest), of(&ranking.lowest));
    let ends = highest.first().zip(lowest.first());
    let ends = ends.and_then(|(most, least)| most.x.zip(least.x));
    let Some((most, least)) = ends else {
        return "Too few of them rest on enough answers to be compared.".to_owned();
    };
    let so_far = if ranking.firm || !open {
        ""
    } else {
        "As answered so far: "
    };
    let all = ranking.unranked.is_empty()
        && ranking.few.is_empty()
        && sorted.iter().all(|row| row.value.is_some());
    let points = if all { "all" } else { "all that are ranked" };
    if ranking.level {
        return capital(&format!("{so_far}{points} stand level."));
    }
    if most - least < 25.0 - TOLERANCE {
        return capital(&format!(
            "{so_far}{points} stand close together, less than one step apart."
        ));
    }
    let figure = rounded((most - least) / 25.0, 1);
    let figure = figure.trim_end_matches(".0");
    let steps = match figure {
        "1" => "one step".to_owned(),
        "2" => "two steps".to_owned(),
        "3" => "three steps".to_owned(),
        "4" => "four steps".to_owned(),
        part => format!("{part} steps"),
    };
    let names = |rows: &[&Strip<'_>]| -> String {
        list(
            &rows
                .iter()
                .map(|one| one.label.as_ref())
                .collect::<Vec<_>>(),
        )
    };
    let stands = match highest.as_slice() {
        [_] => "stands",
        _ => "stand",
    };
    let of = if all {
        ""
    } else {
        "of those that are ranked, "
    };
    let (ahead, behind) = (names(&highest), names(&lowest));
    capital(&format!(
        "{so_far}{of}{ahead} {stands} {steps} ahead of {behind}."
    ))
}
