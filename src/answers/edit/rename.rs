//! Words in a file that are replaced where they stand: the ids of items, and values of their scales.

use super::migrate::{ANSWERED, Rewrite};
use crate::answers::yaml::Cuts;
use crate::rules::rulebook::Rulebook;
use crate::text::diagnostic::{SourceId, Sources};
use crate::text::yaml::{Node, Shape};
use std::ops::Range;

/// The keys under which mappings and policies name items by their ids.
const NAMED: [&str; 3] = ["questions", "values", "rules"];

/// The text of a mapping or a policy in which items have the names of today.
pub(super) fn names(
    rulebook: &Rulebook,
    sources: &Sources,
    outline: &Node,
    id: SourceId,
) -> (String, Vec<Rewrite>) {
    let text = sources.text(id);
    let mut cuts = Cuts::new(text);
    let mut done = Vec::new();
    if ANSWERED.iter().any(|key| outline.entry(key).is_some()) {
        return (text.to_owned(), done);
    }
    let sections = NAMED.iter().filter_map(|name| outline.entry(name));
    for range in sections.flat_map(|section| section.value.texts()) {
        let written = text.get(range.clone()).unwrap_or_default();
        let inner = written.trim_matches(['"', '\'']);
        let end = inner.find(['/', ':']).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(end);
        let Some(moved) = rulebook.moved(name) else {
            continue;
        };
        let new = format!("{}{rest}", moved.to);
        let new = written.replace(inner, &new);
        cuts.cut(range.clone(), new);
        done.push(Rewrite {
            from: name.to_owned(),
            to: moved.to.clone(),
            place: sources.byte_place(id, range),
            dropped: false,
        });
    }
    (cuts.apply(), done)
}

/// The bytes and texts of the values on the scale of a question: the answer, its target, its phases
/// and its baseline.
pub(super) fn scale_values(text: &str, node: &Node) -> Vec<(Range<usize>, String)> {
    match &node.shape {
        Shape::Scalar => {
            let written = text.get(node.range.clone()).unwrap_or_default();
            let plain = written.trim_matches(['"', '\'']).to_owned();
            vec![(node.range.clone(), plain)]
        }
        Shape::List { items, .. } => {
            let all = items.iter();
            all.flat_map(|item| scale_values(text, item)).collect()
        }
        Shape::Map { entries, .. } => {
            let keys = ["value", "target", "phases", "baseline"];
            let own = entries
                .iter()
                .filter(|one| keys.contains(&one.name.as_str()));
            own.flat_map(|one| scale_values(text, &one.value)).collect()
        }
        Shape::Nothing | Shape::TextBlock | Shape::Alias => Vec::new(),
    }
}
