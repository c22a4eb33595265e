//! What may be a key of a map: a scalar, once, and no merge key.

use std::collections::HashMap;

use super::tree::{Children, Kind, NodeId, Tree};
use crate::text::diagnostic::{Code, Diagnostic};

/// The problems told so far; no more are kept than one past the limit.
pub(super) struct Told<'p> {
    pub(super) problems: &'p mut Vec<Diagnostic>,
    pub(super) limit: usize,
}

impl Told<'_> {
    pub(super) fn push(&mut self, problem: Diagnostic) {
        if self.problems.len() <= self.limit {
            self.problems.push(problem);
        }
    }
}

/// Up to this many entries, keys are compared one by one.
const FEW: usize = 16;

/// Adds the entries of a map to the tree; those that cannot stand are told and left out.
pub(super) fn keep(tree: &mut Tree<'_>, pairs: &[NodeId], problems: &mut Told<'_>) -> Children {
    let first = tree.children.len();
    let mut repeats = repeats(tree, pairs).into_iter().peekable();
    for (nth, pair) in pairs.chunks_exact(2).enumerate() {
        let &[key, value] = pair else { continue };
        let repeated = repeats.next_if(|(again, _)| *again == nth);
        match refuse(tree, key).or_else(|| Some(twice(tree, key, repeated?.1))) {
            Some(problem) => problems.push(problem),
            None => tree.children.extend([key, value]),
        }
    }
    Children {
        first: u32::try_from(first).unwrap_or(u32::MAX),
        past: u32::try_from(tree.children.len()).unwrap_or(u32::MAX),
    }
}

/// The entries whose key stood before, by number, each with that earlier key.
fn repeats(tree: &Tree<'_>, pairs: &[NodeId]) -> Vec<(usize, NodeId)> {
    let keys = pairs.iter().step_by(2).copied();
    if pairs.len() > 2 * FEW {
        let mut seen = HashMap::with_capacity(pairs.len() / 2);
        let first = |(nth, key)| {
            let before = *seen.entry(tree.text(key)?).or_insert(key);
            (before != key).then_some((nth, before))
        };
        return keys.enumerate().filter_map(first).collect();
    }
    let before = |nth, key| {
        let text = tree.text(key)?;
        let mut earlier = pairs.iter().step_by(2).take(nth);
        earlier.find(|it| tree.text(**it) == Some(text)).copied()
    };
    keys.enumerate()
        .filter_map(|(nth, key)| Some((nth, before(nth, key)?)))
        .collect()
}

fn refuse(tree: &Tree<'_>, key: NodeId) -> Option<Diagnostic> {
    match tree.kind(key) {
        Kind::Scalar { text, plain } if *plain && text == "<<" => Some(
            Diagnostic::error(Code::MergeKey, "merge keys (`<<`) are not supported")
                .at(tree.place(key))
                .help("write the entries out, or use an anchor and an alias for a whole value"),
        ),
        Kind::Scalar { .. } => None,
        Kind::List(_) | Kind::Map(_) => Some(
            Diagnostic::error(
                Code::KeyNotScalar,
                "a key must be text, not a list or a map",
            )
            .at(tree.place(key))
            .help("put quotes around the key if it is meant as text"),
        ),
    }
}

fn twice(tree: &Tree<'_>, key: NodeId, first: NodeId) -> Diagnostic {
    let text = tree.text(key).unwrap_or_default();
    let message = format!("the key `{text}` stands twice in this map");
    Diagnostic::error(Code::DuplicateKey, message)
        .at(tree.place(key))
        .relate(tree.place(first), "it stands here first")
        .help("keep one of the two, or rename one")
}
