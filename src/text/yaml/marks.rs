//! What the passes before have found: told problems, and how the next pass gets round them.

use std::collections::{HashMap, HashSet};

use super::choice::list;
use super::fault::{Details, Fault, What, shorten};
use super::read::Stray;
use super::tree::{Kind, NodeId, Slot, Tree};
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest};

#[derive(Default)]
pub(super) struct Marks {
    /// List elements and map values to leave out.
    pruned: HashSet<Slot>,
    /// Keys to stand in for, by map.
    filled: HashMap<NodeId, Vec<&'static str>>,
    /// Unknown keys that were told.
    strays: HashSet<NodeId>,
    /// Keys that an unknown key was probably meant to be.
    meant: HashSet<(NodeId, &'static str)>,
}

impl Marks {
    pub(super) fn is_pruned(&self, slot: Slot) -> bool {
        self.pruned.contains(&slot)
    }

    pub(super) fn filled(&self, map: NodeId) -> &[&'static str] {
        self.filled.get(&map).map_or(&[], Vec::as_slice)
    }

    /// Tells of unknown keys, one past the limit at most.
    pub(super) fn stray(
        &mut self,
        tree: &Tree<'_>,
        strays: Vec<Stray>,
        limit: usize,
        told: &mut Vec<Diagnostic>,
    ) {
        for Stray { map, key, fields } in strays {
            if told.len() > limit {
                return;
            }
            if !self.strays.insert(key) {
                continue;
            }
            let text = tree.text(key).unwrap_or_default();
            let near = nearest(text, fields.iter().copied());
            let meant = fields.iter().find(|it| Some(**it) == near);
            self.meant.extend(meant.map(|it| (map, *it)));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", list(fields)),
            };
            let message = format!("unknown key `{}`", shorten(text));
            let problem = Diagnostic::error(Code::UnknownKey, message);
            told.push(problem.at(tree.place(key)).help(help));
        }
    }

    /// Tells of a problem, unless it only follows from one told before; whether another pass can
    /// get further than this one.
    pub(super) fn absorb(
        &mut self,
        tree: &Tree<'_>,
        fault: Fault,
        told: &mut Vec<Diagnostic>,
    ) -> bool {
        let Details {
            what,
            node,
            slot,
            key,
        } = *fault.0;
        let node = node.unwrap_or(tree.root);
        if let What::Missing(field) = what {
            if self.fill(node, field) {
                if !self.explains_absence(tree, node, field) {
                    told.push(missing(tree, node, key, field));
                }
                return true;
            }
        } else if !self.is_inside(tree, node) {
            told.extend(describe(what).map(|it| it.at(tree.place(node))));
        }
        slot.is_some_and(|slot| self.pruned.insert(slot))
    }

    /// Stands in for a key from now on; false if that was tried before.
    fn fill(&mut self, map: NodeId, field: &'static str) -> bool {
        let filled = self.filled.entry(map).or_default();
        let new = !filled.contains(&field);
        filled.extend(new.then_some(field));
        new
    }

    /// Whether the key was there, and its value was told to be wrong, or was there misspelt.
    fn explains_absence(&self, tree: &Tree<'_>, map: NodeId, field: &'static str) -> bool {
        if self.meant.contains(&(map, field)) {
            return true;
        }
        let Kind::Map(entries) = tree.kind(map) else {
            return false;
        };
        (entries.first..entries.past).step_by(2).any(|slot| {
            let key = tree.child(slot).and_then(|key| tree.text(key));
            self.is_pruned(slot + 1) && key == Some(field)
        })
    }

    /// Whether something inside a list or map was left out or stood in for: what the type then
    /// says of the whole may follow from that.
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
    let message = match name {
        Some(name) => format!("missing key `{field}` in `{}`", shorten(name)),
        None => format!("missing key `{field}`"),
    };
    Diagnostic::error(Code::MissingKey, message)
        .at(key.map_or_else(|| beginning(tree, map), |key| tree.place(key)))
        .help(format!("add `{field}: ...`"))
}

/// The first key of a map, or the map if it is empty.
fn beginning(tree: &Tree<'_>, map: NodeId) -> Place {
    let first = match tree.kind(map) {
        Kind::Map(entries) if entries.first < entries.past => tree.child(entries.first),
        Kind::Map(_) | Kind::List(_) | Kind::Scalar { .. } => None,
    };
    tree.place(first.unwrap_or(map))
}

fn describe(what: What) -> Option<Diagnostic> {
    match what {
        What::Problem {
            code,
            message,
            help,
        } => Some(Diagnostic {
            help,
            ..Diagnostic::error(code, message)
        }),
        What::Unknown { found, listed } => {
            let message = format!("`{}` is not one of the values known here", shorten(&found));
            let help = match nearest(&found, listed.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", list(listed)),
            };
            Some(Diagnostic::error(Code::UnknownValue, message).help(help))
        }
        What::Missing(_) | What::Follows => None,
    }
}
