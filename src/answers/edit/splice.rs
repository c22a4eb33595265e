//! The cuts into a text that change one answer.

mod insert;

use super::lines::{Cuts, after_line, comments, line_start, trimmed};
use super::value::under;
use super::{ANSWERS, Edit};
use crate::answers::write::{Style, entries};
use crate::text::yaml::{Entry, Node, Shape, Value};
use insert::Pair;
use std::ops::Range;

/// The reason why a text cannot be changed in place.
pub(super) enum Obstacle {
    /// An anchor, an alias or a tag at these bytes.
    Marked(Range<usize>),
    /// A layout that cannot be edited in place.
    Layout,
}

type Planned = Result<(), Obstacle>;

/// The cuts that change one answer.
pub(super) struct Splice<'t> {
    text: &'t str,
    style: Style,
    cuts: Cuts<'t>,
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

    /// The text with its cuts made.
    pub(super) fn apply(self) -> String {
        self.cuts.apply()
    }

    /// Plans the cuts for an answer.
    pub(super) fn put(&mut self, root: &Node, file: &Value, edit: &Edit, wish: &Value) -> Planned {
        let path = [ANSWERS, edit.pack.as_str(), edit.question.as_str()];
        let mut found = Some(file);
        let mut spot = Spot {
            map: root,
            under: None,
            past: self.text.len(),
        };
        for (depth, name) in path.iter().enumerate() {
            unmarked(spot.map)?;
            found = found.and_then(|value| under(value, name));
            let rest = path.get(depth..).unwrap_or_default();
            let Some(entry) = spot.map.entry(name) else {
                let pairs = [self.nested(rest, wish)];
                return self.insert(spot, &pairs, Some(&edit.question));
            };
            unmarked(&entry.key)?;
            if rest.len() == 1 {
                let block = !spot.map.is_flow();
                return self.amend(entry, found.unwrap_or(&Value::Null), wish, block);
            }
            spot = Spot {
                map: &entry.value,
                under: Some((entry, !spot.map.is_flow())),
                past: next(spot.map, entry).unwrap_or(spot.past),
            };
        }
        Err(Obstacle::Layout)
    }

    /// Keys one under the other, the last with its value: as lines, and on one line.
    fn nested(&self, path: &[&str], wish: &Value) -> Pair {
        let mut flow = self.style.value(wish);
        let mut lines = Vec::new();
        for (depth, key) in path.iter().enumerate().rev() {
            if depth + 1 == path.len() {
                flow = self.style.pair(key, &flow);
                lines.push(flow.clone());
            } else {
                flow = self.style.pair(key, &format!("{{ {flow} }}"));
                lines.push(format!("{}:", self.style.key(key)));
            }
        }
        lines.reverse();
        Pair { lines, flow }
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
            .map(|(name, value)| self.nested(&[&name.value], &value.value))
            .collect();
        let spot = Spot {
            map: node,
            under: Some((entry, block)),
            past: self.text.len(),
        };
        self.insert(spot, &pairs, None)
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
        if block || found.is_empty() {
            let below = after_line(self.text, range.end);
            let lines: Vec<_> = found
                .iter()
                .map(|found| format!("{margin}{found}"))
                .collect();
            self.cuts.lines(below, &lines);
            self.cuts.cut(range, format!("{gap}{text}"));
        } else {
            let lines = found
                .iter()
                .map(|found| format!(" {found}{}{margin}", self.cuts.end));
            self.cuts
                .cut(range, format!("{gap}{text}{}", lines.collect::<String>()));
        }
        Ok(())
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
