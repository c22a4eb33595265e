//! The cuts into a text that change one value.

use super::pair::{Pair, STEP, joined, nested};
use super::under;
use crate::answers::yaml::{
    Cuts, Style, after_line, below, comments, entries, line_start, margin, prepared, trimmed,
};
use crate::text::yaml::{Entry, Node, Shape, Value};
use std::collections::HashMap;
use std::ops::Range;

/// The reason why a text cannot be changed in place.
pub(super) enum Obstacle {
    /// An anchor, an alias or a tag at these bytes.
    Marked(Range<usize>),
    /// A layout that cannot be edited in place.
    Layout,
}

type Planned = Result<(), Obstacle>;

/// The cuts that change one value.
pub(super) struct Splice<'t> {
    text: &'t str,
    style: Style,
    pub(super) cuts: Cuts<'t>,
}

/// A map that is in the text, with its surroundings.
#[derive(Clone, Copy)]
struct Spot<'o> {
    map: &'o Node,
    /// The entry it is the value of; true if that entry is in a block.
    under: Option<(&'o Entry, bool)>,
    /// The byte at which what belongs to it is over.
    past: usize,
}

impl<'t> Splice<'t> {
    pub(super) fn new(text: &'t str, style: Style) -> Self {
        Self {
            text,
            style,
            cuts: Cuts::new(text),
        }
    }

    /// Plans the cuts for a value at a path of keys, the last of which may be shown in a comment.
    pub(super) fn put(
        &mut self,
        root: &Node,
        file: &Value,
        path: &[&str],
        wish: &Value,
    ) -> Planned {
        let (spot, rest) = self.walk(root, path)?;
        let Some(entry) = rest.first().and_then(|name| spot.map.entry(name)) else {
            let name = path.last().copied().unwrap_or_default();
            let last = Pair::line(name, self.style.pair(name, &self.style.value(wish)));
            let above = rest.split_last().map_or(&[][..], |(_, above)| above);
            return self.insert(spot, &nested(self.style, above, vec![last]));
        };
        let found = path.iter().try_fold(file, |value, name| under(value, name));
        let block = !spot.map.is_flow();
        self.amend(entry, found.unwrap_or(&Value::Null), wish, block)
    }

    /// Plans the cuts for entries as they are written elsewhere, into the map at a path, which has none of
    /// their names.
    pub(super) fn place(&mut self, root: &Node, path: &[&str], entries: Vec<Pair>) -> Planned {
        // A key after the path, so that the walk goes into its last map.
        let below: Vec<_> = path.iter().copied().chain([""]).collect();
        let (spot, rest) = self.walk(root, &below)?;
        let (_, above) = rest.split_last().ok_or(Obstacle::Layout)?;
        let is_there = |one: &Pair| spot.map.entry(&one.name).is_some();
        if above.is_empty() && entries.iter().any(is_there) {
            return Err(Obstacle::Layout);
        }
        self.insert(spot, &nested(self.style, above, entries))
    }

    /// The last map on a path that is there, with the keys to come: all that it lacks, or else the
    /// last one, which it has.
    fn walk<'o, 'p>(
        &self,
        root: &'o Node,
        path: &'p [&'p str],
    ) -> Result<(Spot<'o>, &'p [&'p str]), Obstacle> {
        let mut spot = Spot {
            map: root,
            under: None,
            past: self.text.len(),
        };
        let mut rest = path;
        while let Some((name, more)) = rest.split_first() {
            unmarked(spot.map)?;
            let Some(entry) = spot.map.entry(name) else {
                break;
            };
            unmarked(&entry.key)?;
            if more.is_empty() {
                break;
            }
            spot = Spot {
                map: &entry.value,
                under: Some((entry, !spot.map.is_flow())),
                past: next(spot.map, entry).unwrap_or(spot.past),
            };
            rest = more;
        }
        Ok((spot, rest))
    }

    /// Changes the value of a key, as little as possible.
    fn amend(&mut self, entry: &Entry, old: &Value, new: &Value, block: bool) -> Planned {
        let node = &entry.value;
        let (Shape::Map { entries: inner, .. }, Value::Map(_), Value::Map(_)) =
            (&node.shape, old, new)
        else {
            return self.replace(entry, &self.style.value(new), block);
        };
        unmarked(node)?;
        let (old, new) = (entries(old), entries(new));
        for ((inner, (was, value)), (name, wish)) in inner.iter().zip(old).zip(new) {
            if was.value != name.value {
                unmarked(&inner.key)?;
                let key = self.style.key(&name.value);
                self.cuts.cut(inner.key.range.clone(), key);
            }
            if value.value != wish.value {
                self.amend(inner, &value.value, &wish.value, !node.is_flow())?;
            }
        }
        let added = new.get(old.len()..).unwrap_or_default().iter();
        let pairs: Vec<_> = added
            .map(|(name, value)| {
                let value = self.style.value(&value.value);
                Pair::line("", self.style.pair(&name.value, &value))
            })
            .collect();
        let spot = Spot {
            map: node,
            under: Some((entry, block)),
            past: self.text.len(),
        };
        self.insert(spot, &pairs)
    }

    /// Puts a text on one line in the place of a value.
    fn replace(&mut self, entry: &Entry, text: &str, block: bool) -> Planned {
        let node = &entry.value;
        if node.any_marked() {
            return Err(Obstacle::Marked(node.range.clone()));
        }
        let (range, gap) = match (&node.shape, entry.after_colon) {
            (Shape::Nothing, Some(colon)) if node.range.is_empty() => (colon..colon, " "),
            (Shape::TextBlock, Some(colon)) => (colon..trimmed(self.text, node.range.end), " "),
            (_, Some(colon)) if node.is_block() => (colon..node.range.end, " "),
            (Shape::Scalar | Shape::Nothing, _) => (node.range.clone(), ""),
            _ if node.is_flow() => (node.range.clone(), ""),
            _ => return Err(Obstacle::Layout),
        };
        let found = comments(self.text, &range, node);
        let column = entry.key.range.start - line_start(self.text, entry.key.range.start);
        let margin = " ".repeat(column);
        let found = found.iter();
        if block {
            let below = after_line(self.text, range.end);
            let lines = found.map(|found| format!("{margin}{found}"));
            self.cuts.lines(below, &lines.collect::<Vec<_>>());
            self.cuts.cut(range, format!("{gap}{text}"));
        } else {
            let lines = found.map(|found| format!(" {found}{}{margin}", self.cuts.end));
            let lines: String = lines.collect();
            self.cuts.cut(range, format!("{gap}{text}{lines}"));
        }
        Ok(())
    }

    /// Adds entries to a map that has none of them.
    fn insert(&mut self, spot: Spot<'_>, pairs: &[Pair]) -> Planned {
        if pairs.is_empty() {
            return Ok(());
        }
        let in_lines = pairs.iter().any(|pair| pair.flow.is_empty());
        match (&spot.map.shape, spot.under) {
            (Shape::Map { flow: true, .. }, _) | (Shape::Nothing, Some((_, false)))
                if in_lines && !self.opens(spot) =>
            {
                Err(Obstacle::Layout)
            }
            (Shape::Map { flow: true, .. }, Some((entry, true))) if self.is_blank(spot.map) => {
                self.open(spot, entry, pairs)
            }
            (Shape::Map { flow: true, .. }, _) => self.between_brackets(spot.map, pairs),
            (Shape::Map { flow: false, .. }, _) if spot.map.ends_open() => Err(Obstacle::Layout),
            (Shape::Map { entries, .. }, _) => {
                let first = entries.first().ok_or(Obstacle::Layout)?;
                let margin = margin(self.text, first.key.range.start).ok_or(Obstacle::Layout)?;
                let shown = self.shown(spot, pairs);
                let end = below(self.text, spot.map.range.end);
                // The comments that show other answers to the last question stay with it.
                let last = entries.last().map(|last| last.key.range.clone());
                let last = last.and_then(|last| shown.get(self.text.get(last)?));
                let end = last.map_or(end, |(at, _)| end.max(*at));
                for pair in pairs {
                    let at = shown.get(pair.name.as_str()).map_or(end, |(at, _)| *at);
                    self.indented(at, margin.len(), pair);
                }
                Ok(())
            }
            (Shape::Nothing, Some((entry, true))) => self.open(spot, entry, pairs),
            (Shape::Nothing, Some((entry, false))) => {
                let flow = format!("{{ {} }}", joined(pairs));
                self.replace(entry, &flow, false)
            }
            _ => Err(Obstacle::Layout),
        }
    }

    /// Returns true for empty brackets that can become lines.
    fn opens(&self, spot: Spot<'_>) -> bool {
        matches!(spot.under, Some((_, true))) && self.is_blank(spot.map)
    }

    /// Begins a map under a key of a block that has nothing under it but comments.
    fn open(&mut self, spot: Spot<'_>, entry: &Entry, pairs: &[Pair]) -> Planned {
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
        let shown = self.shown(spot, pairs);
        let inner = |pair: &Pair| {
            let shown = shown.get(pair.name.as_str()).copied();
            shown.filter(|(_, column)| *column > margin.len())
        };
        let column = pairs.iter().find_map(inner).map(|(_, column)| column);
        let column = column.unwrap_or(margin.len() + STEP);
        for pair in pairs {
            let at = inner(pair).map_or_else(|| after_line(self.text, end), |(at, _)| at);
            self.indented(at, column, pair);
        }
        Ok(())
    }

    /// Adds entries to a map between brackets: on lines of their own where the others are.
    fn between_brackets(&mut self, map: &Node, pairs: &[Pair]) -> Planned {
        let close = map.range.end.saturating_sub(1);
        let Some(last) = map.entries().last() else {
            let open = map.range.start + 1;
            let until = if self.is_blank(map) { close } else { open };
            self.cuts.cut(open..until, format!(" {} ", joined(pairs)));
            return Ok(());
        };
        // The mark of a value that is not there ends the entry, and has no place.
        if matches!(last.value.shape, Shape::Nothing) {
            unmarked(&last.value)?;
        }
        // Readers of YAML 1.1 want a blank between the colon of an entry without a value and a comma.
        let open = self.text.get(..last.end());
        let gap = if open.is_some_and(|text| text.ends_with(':')) {
            " "
        } else {
            ""
        };
        let line = after_line(self.text, last.end());
        match margin(self.text, last.key.range.start) {
            Some(margin) if line <= close => {
                let tail = self.text.get(last.end()..line).unwrap_or_default();
                let comma = tail.trim_start().starts_with(',');
                if !comma {
                    self.cuts.cut(last.end()..last.end(), format!("{gap},"));
                }
                let between = format!(",{}{margin}", self.cuts.end);
                let flow: Vec<_> = pairs.iter().map(|pair| pair.flow.as_str()).collect();
                let comma = if comma { "," } else { "" };
                self.cuts
                    .lines(line, &[format!("{margin}{}{comma}", flow.join(&between))]);
            }
            _ => {
                let text = format!("{gap}, {}", joined(pairs));
                self.cuts.cut(last.end()..last.end(), text);
            }
        }
        Ok(())
    }

    /// The comments that show an answer to a question, in the part of the text that is its pack's.
    fn shown(&self, spot: Spot<'_>, pairs: &[Pair]) -> HashMap<&'t str, (usize, usize)> {
        let Some((entry, _)) = spot.under else {
            return HashMap::new();
        };
        if pairs.iter().all(|pair| pair.name.is_empty()) {
            return HashMap::new();
        }
        let from = after_line(self.text, entry.key.range.end);
        let taken = spot.map.entries().iter();
        let taken = taken.map(|entry| entry.key.range.start..entry.end());
        let taken: Vec<_> = taken.collect();
        prepared(self.text, from..spot.past.max(from), &taken)
    }

    fn indented(&mut self, at: usize, column: usize, pair: &Pair) {
        let margin = " ".repeat(column);
        let lines = pair.lines.iter();
        let lines = lines.map(|line| format!("{margin}{line}"));
        self.cuts.lines(at, &lines.collect::<Vec<_>>());
    }

    /// Returns true if the brackets are empty.
    fn is_blank(&self, map: &Node) -> bool {
        let inner = map.range.start + 1..map.range.end.saturating_sub(1);
        let inner = self.text.get(inner);
        inner.is_some_and(|inner| inner.trim().is_empty())
    }
}

fn unmarked(node: &Node) -> Planned {
    if node.marked {
        Err(Obstacle::Marked(node.range.clone()))
    } else {
        Ok(())
    }
}

/// The byte at which the entry after this one begins.
fn next(map: &Node, entry: &Entry) -> Option<usize> {
    let starts = map.entries().iter().map(|one| one.key.range.start);
    starts.filter(|start| *start > entry.key.range.start).min()
}
