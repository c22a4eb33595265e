//! Passes over the tree: problems found so far, and how the next pass gets round them.

use crate::message;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::fault::{Cause, Details, Fault, name_or_list, shorten};
use super::tree::{Kind, NodeId, Slot, Tree};
use crate::text::diagnostic::{Code, Diagnostic, nearest};

/// One reading of a tree.
pub(super) struct Pass<'p, 't> {
    pub(super) tree: &'p Tree<'t>,
    pub(super) repairs: &'p Repairs,
    pub(super) unknown: RefCell<Vec<UnknownKey>>,
}

/// A key that a struct does not know.
pub(super) struct UnknownKey {
    pub(super) map: NodeId,
    pub(super) key: NodeId,
    pub(super) fields: &'static [&'static str],
}

/// Changes to the tree that let a pass get beyond the problems of those before.
#[derive(Default)]
pub(super) struct Repairs {
    /// List elements and map values to leave out.
    pruned: HashSet<Slot>,
    /// Missing keys that get a placeholder, by map.
    filled: HashMap<NodeId, Vec<&'static str>>,
    /// Unknown keys that are problems already.
    unknown: HashSet<NodeId>,
    /// Keys that an unknown key was probably meant to be.
    meant: HashSet<(NodeId, &'static str)>,
}

impl Repairs {
    pub(super) fn is_pruned(&self, slot: Slot) -> bool {
        self.pruned.contains(&slot)
    }

    pub(super) fn filled(&self, map: NodeId) -> &[&'static str] {
        self.filled.get(&map).map_or(&[], Vec::as_slice)
    }

    /// Adds the problems of unknown keys, one past the limit at most.
    pub(super) fn add_unknown(
        &mut self,
        tree: &Tree<'_>,
        keys: Vec<UnknownKey>,
        limit: usize,
        problems: &mut Vec<Diagnostic>,
    ) {
        for UnknownKey { map, key, fields } in keys {
            if problems.len() > limit {
                return;
            }
            if !self.unknown.insert(key) {
                continue;
            }
            let text = tree.text(key).unwrap_or_default();
            let near = nearest(text, fields.iter().copied());
            self.meant.extend(near.map(|near| (map, near)));
            let message = message!("unknown-key-2", shorten = shorten(text));
            let problem = Diagnostic::error(Code::UnknownKey, message).at(tree.place(key));
            problems.push(problem.help(name_or_list(text, fields)));
        }
    }

    /// Adds a problem, unless it only follows from a known one; true if another pass can get
    /// further than this one.
    pub(super) fn absorb(
        &mut self,
        tree: &Tree<'_>,
        fault: Fault,
        problems: &mut Vec<Diagnostic>,
    ) -> bool {
        let Details {
            cause,
            node,
            slot,
            key,
        } = *fault.0;
        let node = node.unwrap_or(tree.root);
        match cause {
            Cause::Missing(field) => {
                if self.fill(node, field) {
                    if !self.explains_absence(tree, node, field) {
                        problems.push(missing(tree, node, key, field));
                    }
                    return true;
                }
            }
            Cause::Problem(problem) if !self.is_inside(tree, node) => {
                problems.push(problem.at(tree.place(node)));
            }
            Cause::Problem(_) | Cause::Follows => {}
        }
        slot.is_some_and(|slot| self.pruned.insert(slot))
    }

    /// Gives a key a placeholder from now on; false if that was tried before.
    fn fill(&mut self, map: NodeId, field: &'static str) -> bool {
        let filled = self.filled.entry(map).or_default();
        let new = !filled.contains(&field);
        filled.extend(new.then_some(field));
        new
    }

    /// True if the key was there with a wrong value, or was there misspelt.
    fn explains_absence(&self, tree: &Tree<'_>, map: NodeId, field: &'static str) -> bool {
        let Kind::Map(entries) = tree.kind(map) else {
            return false;
        };
        let mut entries = entries.iter().enumerate();
        self.meant.contains(&(map, field))
            || entries
                .any(|(nth, (key, _))| self.is_pruned((map, nth)) && tree.text(*key) == Some(field))
    }

    /// True if something inside a list or map was left out or got a placeholder: a problem
    /// of the whole may follow from that.
    fn is_inside(&self, tree: &Tree<'_>, node: NodeId) -> bool {
        let whole = tree.place(node);
        let holds = |it: NodeId| {
            let place = tree.place(it);
            it == node || (whole.start <= place.start && place.end <= whole.end)
        };
        let pruned = self.pruned.iter().filter_map(|slot| tree.child(*slot));
        matches!(tree.kind(node), Kind::List(_) | Kind::Map(_))
            && pruned.chain(self.filled.keys().copied()).any(holds)
    }
}

fn missing(tree: &Tree<'_>, map: NodeId, key: Option<NodeId>, field: &str) -> Diagnostic {
    let name = key.and_then(|key| tree.text(key));
    let name = name.map_or(String::new(), |name| format!(" in `{}`", shorten(name)));
    let first = match tree.kind(map) {
        Kind::Map(entries) => entries.first().map(|(key, _)| *key),
        Kind::List(_) | Kind::Scalar { .. } => None,
    };
    Diagnostic::error(Code::MissingKey, message!("missing-key-2", field, name))
        .at(tree.place(key.or(first).unwrap_or(map)))
        .help(format!("add `{field}: ...`"))
}
