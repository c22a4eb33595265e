//! Entries that were not there.

use super::{Obstacle, Planned, Splice, Spot};
use crate::answers::edit::lines::{after_line, below, margin, prepared};
use crate::text::yaml::{Entry, Node, Shape};

/// Columns by which a map is indented below its key.
const STEP: usize = 2;

/// An entry, as lines and on one line.
pub(super) struct Pair {
    pub(super) lines: Vec<String>,
    pub(super) flow: String,
}

fn joined(pairs: &[Pair]) -> String {
    let flow: Vec<_> = pairs.iter().map(|pair| pair.flow.as_str()).collect();
    flow.join(", ")
}

impl Splice<'_> {
    /// Adds entries to a map that has none of them.
    pub(super) fn insert(
        &mut self,
        spot: Spot<'_>,
        pairs: &[Pair],
        question: Option<&str>,
    ) -> Planned {
        if pairs.is_empty() {
            return Ok(());
        }
        match (&spot.map.shape, spot.under) {
            (Shape::Map { flow: true, .. }, Some((entry, true))) if self.is_blank(spot.map) => {
                self.open(spot, entry, pairs, question)
            }
            (Shape::Map { flow: true, .. }, _) => {
                self.between_brackets(spot.map, pairs);
                Ok(())
            }
            (Shape::Map { entries, .. }, _) => {
                let first = entries.first().ok_or(Obstacle::Layout)?;
                let margin = margin(self.text, first.key.range.start).ok_or(Obstacle::Layout)?;
                let shown = self.shown(spot, question);
                let at = shown.map_or_else(|| below(self.text, spot.map.range.end), |(at, _)| at);
                self.indented(at, margin.len(), pairs);
                Ok(())
            }
            (Shape::Nothing, Some((entry, true))) => self.open(spot, entry, pairs, question),
            (Shape::Nothing, Some((entry, false))) => {
                let flow = format!("{{ {} }}", joined(pairs));
                self.replace(entry, &flow, false)
            }
            _ => Err(Obstacle::Layout),
        }
    }

    /// Begins a map under a key of a block that has nothing under it but comments.
    fn open(
        &mut self,
        spot: Spot<'_>,
        entry: &Entry,
        pairs: &[Pair],
        question: Option<&str>,
    ) -> Planned {
        let colon = entry.after_colon.ok_or(Obstacle::Layout)?;
        let margin = margin(self.text, entry.key.range.start).ok_or(Obstacle::Layout)?;
        let range = &spot.map.range;
        let end = if range.is_empty() { colon } else { range.end };
        if end > colon {
            let gap = self.text.get(colon..range.start).unwrap_or_default();
            let blank = gap.trim().is_empty();
            let from = if blank { colon } else { range.start };
            self.cuts.cut(from..end, String::new());
        }
        let below = (after_line(self.text, end), margin.len() + STEP);
        let shown = self
            .shown(spot, question)
            .filter(|(_, column)| *column > margin.len());
        let (at, column) = shown.unwrap_or(below);
        self.indented(at, column, pairs);
        Ok(())
    }

    /// Adds entries to a map between brackets: on lines of their own where the others are.
    fn between_brackets(&mut self, map: &Node, pairs: &[Pair]) {
        let close = map.range.end.saturating_sub(1);
        let Some(last) = map.entries().last() else {
            let open = map.range.start + 1;
            let until = if self.is_blank(map) { close } else { open };
            self.cuts.cut(open..until, format!(" {} ", joined(pairs)));
            return;
        };
        let line = after_line(self.text, last.end());
        match margin(self.text, last.key.range.start) {
            Some(margin) if line <= close => {
                let tail = self.text.get(last.end()..line).unwrap_or_default();
                let comma = tail.trim_start().starts_with(',');
                if !comma {
                    self.cuts.cut(last.end()..last.end(), ",".to_owned());
                }
                let between = format!(",{}{margin}", self.cuts.end);
                let flow: Vec<_> = pairs.iter().map(|pair| pair.flow.as_str()).collect();
                let comma = if comma { "," } else { "" };
                self.cuts
                    .lines(line, &[format!("{margin}{}{comma}", flow.join(&between))]);
            }
            _ => {
                let text = format!(", {}", joined(pairs));
                self.cuts.cut(last.end()..last.end(), text);
            }
        }
    }

    /// The comment that shows an answer to the question, in the part of the text that is its pack's.
    fn shown(&self, spot: Spot<'_>, question: Option<&str>) -> Option<(usize, usize)> {
        let (question, (entry, _)) = (question?, spot.under?);
        let from = after_line(self.text, entry.key.range.end);
        let taken = spot.map.entries().iter();
        let taken: Vec<_> = taken
            .map(|entry| entry.key.range.start..entry.end())
            .collect();
        prepared(self.text, from..spot.past.max(from), question, &taken)
    }

    fn indented(&mut self, at: usize, column: usize, pairs: &[Pair]) {
        let line = |(depth, line): (usize, &String)| {
            format!("{}{line}", " ".repeat(column + STEP * depth))
        };
        let lines = pairs
            .iter()
            .flat_map(|pair| pair.lines.iter().enumerate().map(line));
        let lines: Vec<_> = lines.collect();
        self.cuts.lines(at, &lines);
    }

    /// Returns true if the brackets are empty.
    fn is_blank(&self, map: &Node) -> bool {
        let inner = map.range.start + 1..map.range.end.saturating_sub(1);
        self.text
            .get(inner)
            .is_some_and(|inner| inner.trim().is_empty())
    }
}
