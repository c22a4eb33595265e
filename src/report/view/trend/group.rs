//! A ladder with its score and the scores under it.

use super::{Curve, Ground, Slope, say, typed};
use crate::report::chart::tenth;
use crate::report::view::Text;
use crate::report::view::context::short as brief;
use crate::study::history::{LadderSeries, Series};
use serde::Serialize;

/// A rung narrower than this, in percent, has no room for its number.
const NARROW: f64 = 4.0;
/// More columns than this fit no page.
const MOST_COLUMNS: usize = 12;

/// A ladder with its scores.
#[derive(Debug, Clone, Serialize)]
pub struct TrendGroup<'a> {
    /// For links: `t-1`.
    pub anchor: String,
    /// Name of the ladder, or of the one score, or "Scores".
    pub title: Text<'a>,
    /// The ladder's score; null where several scores were asked for that no ladder reads.
    pub head: Option<Curve<'a>>,
    /// Levels over time, drawn; empty without a ladder.
    pub rungs: Vec<Rung>,
    /// The levels that occur, "1 Inside-out".
    pub levels: Vec<String>,
    /// The same as a sentence; empty without a ladder.
    pub climbed: String,
    /// The scores under it.
    pub slopes: Vec<Slope<'a>>,
    /// The scores of the table.
    pub columns: Vec<Text<'a>>,
    /// The table, the newest revision first: day, hash, then one cell for each column.
    pub table: Vec<Vec<String>>,
}

/// A stretch on one level.
#[derive(Debug, Clone, Serialize)]
pub struct Rung {
    /// Left end, percent.
    pub x: f64,
    /// Width, percent.
    pub width: f64,
    /// Place of its number, percent.
    pub mid: f64,
    /// Its number, "2"; "?" where it could not be said; empty where there is no room.
    pub label: String,
    /// Its shade, `l0` to `l4`; `open` where it could not be said.
    pub shade: String,
    /// Its name.
    pub level: String,
}

impl<'a> Ground<'a> {
    /// One for each ladder; the scores that no ladder has are one more.
    pub(super) fn groups(&self) -> Vec<TrendGroup<'a>> {
        let history = self.history;
        let find = |id: &String| history.series.iter().find(|one| one.id == *id);
        let mut groups: Vec<TrendGroup<'a>> = Vec::new();
        let mut told: Vec<&str> = Vec::new();
        for ladder in &history.ladders {
            let head = find(&ladder.of);
            let under: Vec<&Series> = ladder.profile.iter().filter_map(find).collect();
            told.extend(head.iter().chain(&under).map(|one| one.id.as_str()));
            groups.push(self.group(typed(&ladder.title), Some(ladder), head, &under));
        }
        let rest = history.series.iter();
        let rest: Vec<&Series> = rest
            .filter(|one| !told.contains(&one.id.as_str()))
            .collect();
        if let [only] = rest.as_slice() {
            groups.push(self.group(typed(brief(&only.title)), None, Some(only), &[]));
        } else if !rest.is_empty() {
            groups.push(self.group(typed("Scores"), None, None, &rest));
        }
        for (group, number) in groups.iter_mut().zip(1..) {
            group.anchor = format!("t-{number}");
        }
        groups
    }

    fn group(
        &self,
        title: Text<'a>,
        ladder: Option<&'a LadderSeries>,
        head: Option<&'a Series>,
        under: &[&'a Series],
    ) -> TrendGroup<'a> {
        let all = head.into_iter().chain(under.iter().copied());
        let columns: Vec<&'a Series> = all.take(MOST_COLUMNS).collect();
        let names = columns.iter().map(|series| typed(brief(&series.title)));
        TrendGroup {
            anchor: String::new(),
            title,
            head: head.map(|series| self.curve(series, ladder)),
            rungs: ladder.map_or_else(Vec::new, |ladder| self.rungs(ladder)),
            levels: ladder.map_or_else(Vec::new, levels),
            climbed: ladder.map_or_else(String::new, |one| say::climbed(self.history, one)),
            slopes: under.iter().map(|series| self.slope(series)).collect(),
            table: self.table(&columns),
            columns: names.collect(),
        }
    }

    /// Stretches on one level, each up to where the next begins, the last one to the end.
    fn rungs(&self, ladder: &LadderSeries) -> Vec<Rung> {
        let mut rungs: Vec<Rung> = Vec::new();
        for point in &ladder.points {
            let level = point.level.as_ref();
            let name = level.map_or("no level", |level| level.label.as_str());
            if rungs.last().is_none_or(|last| last.level != name) {
                let shade = point.rank.map(|rank| shade(rank, point.levels));
                rungs.push(Rung {
                    x: self.place(point.point),
                    width: 0.0,
                    mid: 0.0,
                    label: point
                        .rank
                        .map_or_else(|| "?".to_owned(), |rank| rank.to_string()),
                    shade: shade.map_or_else(|| "open".to_owned(), |shade| format!("l{shade}")),
                    level: name.to_owned(),
                });
            }
        }
        let ends = rungs.iter().skip(1).map(|rung| rung.x).chain([100.0]);
        for (end, rung) in ends.collect::<Vec<_>>().into_iter().zip(&mut rungs) {
            rung.width = tenth(end - rung.x);
            rung.mid = tenth(rung.x + rung.width / 2.0);
            if rung.width < NARROW {
                rung.label.clear();
            }
        }
        rungs.retain(|rung| rung.width > 0.0);
        rungs
    }
}

/// One of five shades for a level of so many.
fn shade(rank: usize, levels: usize) -> usize {
    rank.saturating_sub(1) * 4 / levels.saturating_sub(1).max(1)
}

/// The levels that occur, lowest first.
fn levels(ladder: &LadderSeries) -> Vec<String> {
    let points = ladder.points.iter();
    let mut ranked: Vec<(usize, &str)> = points
        .filter_map(|point| Some((point.rank?, point.level.as_ref()?.label.as_str())))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    let worded = ranked.iter().map(|(rank, label)| format!("{rank} {label}"));
    worded.collect()
}
