//! Entries as they are put into a text.

use crate::answers::yaml::Style;

/// Columns by which a map is indented below its key.
pub(super) const STEP: usize = 2;

/// An entry, as lines and on one line.
pub(super) struct Pair {
    /// The question whose comment it may stand below; empty for anything else.
    pub(super) name: String,
    /// Each with its indentation below the first.
    pub(super) lines: Vec<String>,
    /// Empty where it takes several lines.
    pub(super) flow: String,
}

impl Pair {
    /// An entry that takes one line.
    pub(super) fn line(name: &str, flow: String) -> Self {
        Self {
            name: name.to_owned(),
            lines: vec![flow.clone()],
            flow,
        }
    }
}

/// Entries below keys that are one under the other.
pub(super) fn nested(style: Style, above: &[&str], entries: Vec<Pair>) -> Vec<Pair> {
    above.iter().rev().fold(entries, |inner, key| {
        let head = [format!("{}:", style.key(key))].into_iter();
        let lines = inner.iter().flat_map(|pair| &pair.lines);
        let lines = lines.map(|line| format!("{}{line}", " ".repeat(STEP)));
        let flow = if inner.iter().any(|pair| pair.flow.is_empty()) {
            String::new()
        } else {
            style.pair(key, &format!("{{ {} }}", joined(&inner)))
        };
        let name = inner
            .first()
            .map_or_else(String::new, |one| one.name.clone());
        let lines = head.chain(lines).collect();
        vec![Pair { name, lines, flow }]
    })
}

/// Entries between brackets.
pub(super) fn joined(pairs: &[Pair]) -> String {
    let flow: Vec<_> = pairs.iter().map(|pair| pair.flow.as_str()).collect();
    flow.join(", ")
}
