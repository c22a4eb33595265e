//! The error that travels up through serde and gathers on its way where it happened; and the passes
//! over the tree: problems found so far, and how the next pass gets round them.

use super::budget::Budget;
use super::build::{Kind, NodeId, Slot, Tree};
use crate::text::diagnostic::{Code, Diagnostic, nearest, quoted, suggestion};
use crate::{message, problem};
use serde::de::{self, Expected, Unexpected};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Display};

/// One problem on its way up.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) cause: Cause,
    /// The node that was being read.
    pub(super) node: Option<NodeId>,
    /// The list element or map value to leave out in the next pass.
    pub(super) slot: Option<Slot>,
    /// The key whose value that node is.
    pub(super) key: Option<NodeId>,
}

#[derive(Debug)]
pub(super) enum Cause {
    Problem(Box<Diagnostic>),
    /// A key of a struct is not there.
    Missing(&'static str),
    /// It only follows from a problem that is known.
    Follows,
}

impl From<Cause> for Fault {
    fn from(cause: Cause) -> Self {
        Self {
            cause,
            node: None,
            slot: None,
            key: None,
        }
    }
}

impl From<Diagnostic> for Fault {
    fn from(problem: Diagnostic) -> Self {
        Cause::Problem(Box::new(problem)).into()
    }
}

impl Fault {
    /// The same fault, with the node and its key, unless known from further in.
    pub(super) fn at(mut self, node: NodeId, key: Option<NodeId>) -> Self {
        if self.node.is_none() {
            self.node = Some(node);
            self.key = key;
        }
        self
    }

    /// The same fault, with what to leave out in the next pass, unless known from further in.
    pub(super) fn within(mut self, slot: Slot) -> Self {
        self.slot.get_or_insert(slot);
        self
    }
}

impl std::error::Error for Fault {}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Cause::Problem(problem) => f.write_str(&problem.message),
            Cause::Missing(key) => f.write_str(&message!("missing-key", key)),
            Cause::Follows => f.write_str(message!("it-follows-from-another-problem")),
        }
    }
}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Diagnostic::error(Code::InvalidValue, message.to_string()).into()
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        unlike(Code::WrongType, expected, &found)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        unlike(Code::InvalidValue, expected, &found)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        problem!(InvalidValue, "expected-found-a-list-of", expected, length).into()
    }

    fn unknown_variant(found: &str, listed: &'static [&'static str]) -> Self {
        let id = shorten(found);
        let problem = problem!(
            UnknownValue,
            "is-not-one-of-the-values-known-here",
            shorten = id
        );
        problem.help(name_or_list(found, listed)).into()
    }

    fn missing_field(field: &'static str) -> Self {
        Cause::Missing(field).into()
    }

    fn duplicate_field(field: &'static str) -> Self {
        problem!(DuplicateKey, "key-twice", field).into()
    }
}

fn unlike(code: Code, expected: &dyn Expected, found: &Unexpected<'_>) -> Fault {
    let (expected, name) = (expected.to_string(), name(found));
    Diagnostic::error(code, message!("expected-found", expected, name)).into()
}

/// The value that was found, in the words of the format rather than of Rust.
fn name(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Bool(it) => format!("`{it}`"),
        Unexpected::Unsigned(it) => format!("`{it}`"),
        Unexpected::Signed(it) => format!("`{it}`"),
        Unexpected::Float(it) => format!("`{it}`"),
        Unexpected::Char(it) => format!("`{it}`"),
        Unexpected::Str(it) => format!("`{}`", shorten(it)),
        Unexpected::Seq => message!("a-list").to_owned(),
        Unexpected::Map => message!("a-map").to_owned(),
        Unexpected::Bytes(_) | Unexpected::NewtypeStruct | Unexpected::Other(_) => {
            found.to_string()
        }
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => message!("a-choice").to_owned(),
    }
}

/// At most the first forty characters of what a person wrote, on one line.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or("");
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short + "..."
    } else {
        short
    }
}

/// The help for an unknown name: the nearest of those listed, or all of them.
pub(super) fn name_or_list(found: &str, listed: &[&str]) -> String {
    let all = message!("known-here", quoted = quoted(listed.iter().copied()));
    suggestion(nearest(found, listed.iter().copied()), &all)
}

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
        problems: &mut Vec<Diagnostic>,
    ) {
        for UnknownKey { map, key, fields } in keys {
            if problems.len() > Budget::PROBLEMS {
                return;
            }
            if !self.unknown.insert(key) {
                continue;
            }
            let text = tree.text(key).unwrap_or_default();
            let near = nearest(text, fields.iter().copied());
            self.meant.extend(near.map(|near| (map, near)));
            let message = message!("unknown-key-here", shorten = shorten(text));
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
        let node = fault.node.unwrap_or(tree.root);
        match fault.cause {
            Cause::Missing(field) => {
                if self.fill(node, field) {
                    if !self.explains_absence(tree, node, field) {
                        problems.push(missing(tree, node, fault.key, field));
                    }
                    return true;
                }
            }
            Cause::Problem(problem) if !self.is_inside(tree, node) => {
                problems.push(problem.at(tree.place(node)));
            }
            Cause::Problem(_) | Cause::Follows => {}
        }
        fault.slot.is_some_and(|slot| self.pruned.insert(slot))
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
            let within = whole.start <= place.start && place.end <= whole.end;
            it == node || (within && whole.source == place.source)
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
        Kind::List(_) | Kind::Scalar { .. } | Kind::Anything => None,
    };
    Diagnostic::error(Code::MissingKey, message!("missing-key-in", field, name))
        .at(tree.place(key.or(first).unwrap_or(map)))
        .help(format!("add `{field}: ...`"))
}
