//! The figures of one row: on one line all have the same digits, and a gap is the difference of
//! what is printed.

use super::{Dots, Strip, Tick};
use crate::assess::assessment::RankingResult;
use crate::report::chart::tenth;
use crate::report::view::context::{ReportContext, names as list};
use crate::rules::rulebook::Domain;
use crate::rules::rulebook::words::number;
use crate::text::number::{round, rounded};

/// Format of the figures of a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Figures {
    /// As an index, with so many digits.
    Index(u8),
    /// A difference, from the least to the most it can be: an index would print 0 as 50.
    Difference(f64, f64),
}

impl Figures {
    /// A place on 0 to 100 as it is printed.
    pub(super) fn say(self, index: f64) -> String {
        match self {
            Self::Index(digits) => rounded(index, digits),
            Self::Difference(..) => number(self.figure(index)),
        }
    }

    /// Distance from one place to a higher one, as both are printed.
    pub(super) fn gap(self, from: f64, to: f64) -> String {
        let gap = (self.figure(to) - self.figure(from)).max(0.0);
        match self {
            Self::Index(digits) => rounded(gap, digits),
            Self::Difference(..) => number(gap),
        }
    }

    fn figure(self, index: f64) -> f64 {
        match self {
            Self::Index(digits) => round(index, digits),
            Self::Difference(least, most) => round(least + index / 100.0 * (most - least), 1),
        }
    }
}

impl ReportContext<'_> {
    /// The least and the most a difference can be; `None` for what is counted from 0.
    pub(super) fn ends_of_difference(&self, node: usize) -> Option<(f64, f64)> {
        match self.rulebook.item(node)?.domain {
            Domain::Number { least, most, .. } if least < 0.0 && most.is_finite() => {
                Some((least, most))
            }
            Domain::Number { .. }
            | Domain::Choices { .. }
            | Domain::Outcomes { .. }
            | Domain::Text => None,
        }
    }

    /// The values something hangs on, on the scale of the item.
    pub(super) fn limits(&self, node: usize, (least, most): (f64, f64)) -> Vec<f64> {
        let limits = self.layout.thresholds.get(node);
        let limits = limits.into_iter().flatten();
        limits
            .map(|index| least + index / 100.0 * (most - least))
            .collect()
    }

    /// Format for figures of one item that share a line: with the digits that the one takes
    /// which lies closest to a threshold.
    pub(super) fn figures(&self, node: usize, line: &[Option<f64>]) -> Figures {
        if let Some((least, most)) = self.ends_of_difference(node) {
            return Figures::Difference(least, most);
        }
        let digits = line.iter().flatten().map(|index| {
            let text = self.index(node, *index);
            text.split_once('.').map_or(0, |(_, digits)| digits.len())
        });
        Figures::Index(
            digits
                .max()
                .and_then(|most| u8::try_from(most).ok())
                .unwrap_or(0),
        )
    }

    /// The sentence under differences, of which neither the highest nor the lowest is the best;
    /// `None` where anything else is drawn.
    pub(super) fn differences(
        &self,
        nodes: &[usize],
        ranking: Option<&RankingResult>,
    ) -> Option<String> {
        let signed = |node: &usize| self.ends_of_difference(*node).is_some();
        let ranking = ranking.filter(|_| nodes.iter().all(signed))?;
        let scores = ranking.highest.iter().filter_map(|id| {
            let score = self.score(self.node(id)?)?;
            Some((score.title.as_str(), number(round(score.value?, 1))))
        });
        let scores: Vec<(&str, String)> = scores.collect();
        let so_far = if ranking.firm || !self.rests_on_open(nodes) {
            ""
        } else {
            " as answered so far"
        };
        let alike = scores.windows(2).all(|pair| match pair {
            [(_, one), (_, other)] => one == other,
            _ => true,
        });
        Some(match scores.as_slice() {
            [] if ranking.unranked.is_empty() => "Nothing here is assessed yet.".to_owned(),
            [] => "Nothing here carries a verdict yet.".to_owned(),
            [(_, value), _, ..] if ranking.level && alike => {
                format!("All that carry a verdict stand at {value}{so_far}.")
            }
            [(_, value), ..] if alike => {
                let names: Vec<&str> = scores.iter().map(|(name, _)| *name).collect();
                format!("Farthest from 0{so_far}: {} ({value}).", list(&names))
            }
            several => {
                let told = several
                    .iter()
                    .map(|(name, value)| format!("{name} ({value})"));
                let told: Vec<String> = told.collect();
                let told: Vec<&str> = told.iter().map(String::as_str).collect();
                format!("Farthest from 0{so_far}: {}.", list(&told))
            }
        })
    }
}

impl Tick {
    /// The quarters of an index.
    pub(in crate::report) fn of_index() -> Vec<Self> {
        [0.0, 25.0, 50.0, 75.0, 100.0].map(Self::at).into()
    }

    pub(in crate::report) fn at(index: f64) -> Self {
        Self {
            x: tenth(index),
            label: number(index),
        }
    }
}

impl Dots<'_> {
    /// Puts the axis in steps of a difference.
    pub(super) fn measure(&mut self, (least, most): (f64, f64)) {
        self.head = "Difference";
        self.axis = format!("{} to {}", number(least), number(most));
        self.unit = format!("difference, {}", self.axis);
        for tick in &mut self.ticks {
            tick.label = number(least + tick.x / 100.0 * (most - least));
        }
    }
}

impl<'a> Dots<'a> {
    /// Rows in the order they are read in.
    pub(in crate::report::view::exhibit) fn over(
        mut rows: Vec<Strip<'a>>,
        left_out: Option<String>,
    ) -> Self {
        let rank = |row: &Strip<'_>| row.x.unwrap_or(-1.0);
        rows.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        let claimed = rows.iter().any(|row| row.claimed.is_some());
        let target = rows.iter().any(|row| row.target.is_some());
        let ranged = rows
            .iter()
            .any(|row| row.value.is_none() || row.range != row.value);
        let mut legend = "● value".to_owned();
        if ranged {
            legend.push_str(", ─ range");
        }
        if claimed {
            legend.push_str(", ○ claimed");
        }
        if target {
            legend.push_str(", ◇ target");
        }
        for row in &mut rows {
            row.cells.extend(ranged.then(|| row.range.clone()));
            row.cells.push(row.raw.clone());
            row.cells.extend(claimed.then(|| row.claimed.clone()));
            if target {
                row.cells.extend([row.target.clone(), row.gap.clone()]);
            }
            row.cells.push(Some(row.coverage.clone()));
        }
        Self {
            unit: "index, 0 to 100".to_owned(),
            head: "Index",
            axis: "0 to 100".to_owned(),
            ticks: Tick::of_index(),
            weak: rows.iter().any(|row| row.weak && row.value.is_some()),
            rows,
            claimed,
            target,
            ranged,
            legend,
            left_out,
        }
    }
}
