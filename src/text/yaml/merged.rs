//! One tree made of several files, which may be changed before any type is read from it. Each node
//! keeps its place, so that a later problem points into the file that wrote it.

mod path;

pub(crate) use self::path::{End, Spot, ValueShape};

use super::budget::{self, Budget};
use super::build::{self, Kind, NodeId, Slot, Tree};
use super::gather;
use super::reader::BRANCH;
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, SourceId, Sources};
use crate::{message, problem};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, Visitor};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// A value of a tree that is read as it stands, to be put into another tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch(pub(super) NodeId);

impl<'de> Deserialize<'de> for Branch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BranchVisitor;

        impl Visitor<'_> for BranchVisitor {
            type Value = Branch;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(message!("a-value"))
            }

            fn visit_u64<E: Error>(self, node: u64) -> Result<Branch, E> {
                usize::try_from(node).map(Branch).map_err(E::custom)
            }
        }

        deserializer.deserialize_newtype_struct(BRANCH, BranchVisitor)
    }
}

/// One tree made of several files.
pub(crate) struct Merged<'t>(Tree<'t>);

impl<'t> Merged<'t> {
    /// Reads one of the sources into a tree whose root is a map; `None` where it cannot be read.
    pub(crate) fn parse<T: DeserializeOwned>(
        sources: &'t Sources,
        id: SourceId,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let (text, mut found) = (sources.text(id), Vec::new());
        let parsed = budget::admit(text, id).and_then(|()| build::parse(id, text, &mut found));
        let tree = match parsed {
            Ok(tree) if matches!(tree.kind(tree.root), Kind::Map(_)) => Some(tree),
            Ok(tree) => {
                // Reading it says what it should be.
                let _ = gather::<T>(&tree, &mut found);
                None
            }
            Err(problem) => {
                found.push(problem);
                None
            }
        };
        problems.extend(found);
        tree.map(Self)
    }

    /// A tree without entries, in the name of a source.
    pub(crate) fn empty(source: SourceId) -> Self {
        let root = (Place::beginning(source), Kind::Map(Vec::new()));
        Self(Tree {
            source,
            root: 0,
            size: 1,
            nodes: vec![root],
        })
    }

    /// Reads a type; `None` where there is a problem.
    pub(crate) fn read<T: DeserializeOwned>(&self, problems: &mut Diagnostics) -> Option<T> {
        let mut found = Vec::new();
        let value = gather(&self.0, &mut found);
        let value = value.filter(|_| found.is_empty());
        problems.extend(found);
        value
    }

    /// Adds the entries of a further file: maps and lists under the keys that are `joined` to those
    /// that are there. Keys of the `header`, and entries that are there already, are problems.
    pub(crate) fn join(
        &mut self,
        other: Self,
        (joined, header): (&[&str], &[&str]),
        problems: &mut Diagnostics,
    ) {
        let root = self.adopt(other.0);
        self.check_size(root, problems);
        for (key, value) in self.entries(root).to_vec() {
            let name = self.0.text(key).unwrap_or_default().to_owned();
            if header.contains(&name.as_str()) {
                let problem = problem!(MisplacedHeader, "belongs-into-pack-yaml", key = name);
                problems.push(problem.at(self.0.place(value)));
            } else if joined.contains(&name.as_str())
                && let Some(nth) = self.entry(self.0.root, &name)
            {
                self.join_under(&name, nth, value, problems);
            } else {
                self.push_entry(self.0.root, usize::MAX, (key, value));
            }
        }
    }

    fn join_under(&mut self, name: &str, nth: usize, more: NodeId, problems: &mut Diagnostics) {
        let slot = (self.0.root, nth);
        let Some(there) = self
            .0
            .child(slot)
            .filter(|_| !self.0.kind(more).is_nothing())
        else {
            return;
        };
        match (self.0.kind(there), self.0.kind(more)) {
            (Kind::Map(_), Kind::Map(_)) => self.join_entries(name, there, more, problems),
            (Kind::List(_), Kind::List(more)) => {
                let more = more.clone();
                if let Some((_, Kind::List(elements))) = self.0.nodes.get_mut(there) {
                    elements.extend(more);
                }
            }
            // What has another shape than it should is named when it is read.
            _ => self.replace_child(slot, more),
        }
    }

    fn join_entries(&mut self, map: &str, there: NodeId, more: NodeId, problems: &mut Diagnostics) {
        let keys = self.entries(there).iter();
        let keys = keys.map(|(key, _)| (self.0.text(*key), *key));
        let first: HashMap<_, _> = keys.collect();
        let mut new = Vec::new();
        for (key, value) in self.entries(more) {
            let name = self.0.text(*key);
            let Some(first) = first.get(&name) else {
                new.push((*key, *value));
                continue;
            };
            let (place, first) = (self.0.place(*key), self.0.place(*first));
            let key = name.unwrap_or_default();
            let problem = problem!(DuplicateId, "is-already-among-the", key, map).at(place);
            problems.push(problem.relate(first, message!("it-stands-here-first")));
        }
        if let Some((_, Kind::Map(entries))) = self.0.nodes.get_mut(there) {
            entries.extend(new);
        }
    }

    fn check_size(&self, root: NodeId, problems: &mut Diagnostics) {
        if self.0.size > Budget::NODES {
            let problem = problem!(TooManyNodes, "too-many-values", nodes = Budget::NODES);
            problems.push(problem.at(self.0.place(root)));
        }
    }

    /// Takes over the nodes of another tree; returns its root among those of this one.
    fn adopt(&mut self, other: Tree<'t>) -> NodeId {
        let offset = self.0.nodes.len();
        self.0.size = self.0.size.saturating_add(other.size);
        self.0
            .nodes
            .extend(other.nodes.into_iter().map(|(place, kind)| {
                let kind = match kind {
                    Kind::List(elements) => {
                        Kind::List(elements.into_iter().map(|one| one + offset).collect())
                    }
                    Kind::Map(entries) => {
                        let moved = |(key, value)| (key + offset, value + offset);
                        Kind::Map(entries.into_iter().map(moved).collect())
                    }
                    Kind::Scalar { .. } | Kind::Anything => kind,
                };
                (place, kind)
            }));
        other.root + offset
    }

    /// The same tree with texts of its own, which outlives the sources.
    pub(crate) fn owned(self) -> Merged<'static> {
        let nodes = self.0.nodes.into_iter().map(|(place, kind)| {
            let kind = match kind {
                Kind::Scalar { text, plain } => Kind::Scalar {
                    text: Cow::Owned(text.into_owned()),
                    plain,
                },
                Kind::List(elements) => Kind::List(elements),
                Kind::Map(entries) => Kind::Map(entries),
                Kind::Anything => Kind::Anything,
            };
            (place, kind)
        });
        Merged(Tree {
            source: self.0.source,
            root: self.0.root,
            size: self.0.size,
            nodes: nodes.collect(),
        })
    }

    /// The same tree with every alias written out, so that a change reaches one place.
    pub(crate) fn unshared(self) -> Self {
        let mut own = Self(Tree {
            nodes: Vec::with_capacity(self.0.nodes.len()),
            ..Self::empty(self.0.source).0
        });
        own.0.root = own.copy(&self, self.0.root);
        own.0.size = self.0.size;
        own
    }

    /// Copies a value of another tree into this one.
    fn copy(&mut self, from: &Self, node: NodeId) -> NodeId {
        let kind = match from.0.kind(node) {
            Kind::Scalar { text, plain } => Kind::Scalar {
                text: text.clone(),
                plain: *plain,
            },
            Kind::List(elements) => {
                Kind::List(elements.iter().map(|one| self.copy(from, *one)).collect())
            }
            Kind::Map(entries) => {
                let entries = entries.iter();
                let copied =
                    entries.map(|(key, value)| (self.copy(from, *key), self.copy(from, *value)));
                Kind::Map(copied.collect())
            }
            Kind::Anything => Kind::Anything,
        };
        self.add(from.0.place(node), kind)
    }

    fn add(&mut self, place: Place, kind: Kind<'t>) -> NodeId {
        self.0.nodes.push((place, kind));
        self.0.nodes.len() - 1
    }

    /// Copies a value of another tree, to stand at the end of a path.
    ///
    /// # Errors
    /// The problem with what is nested too deep there, or too much.
    pub(crate) fn graft(
        &mut self,
        from: &Self,
        Branch(node): Branch,
        path: &str,
    ) -> Result<Branch, Diagnostic> {
        let depth = path.split('.').count().saturating_add(from.height(node));
        if depth > Budget::DEPTH {
            return Err(budget::too_deep(from.0.place(node)));
        }
        let node = self.copy(from, node);
        self.0.size = self.0.size.max(self.0.nodes.len());
        if self.0.nodes.len() > Budget::NODES {
            let problem = problem!(TooManyNodes, "too-many-values", nodes = Budget::NODES);
            return Err(problem.at(self.0.place(node)));
        }
        Ok(Branch(node))
    }

    /// Levels of lists and maps from a value down.
    fn height(&self, node: NodeId) -> usize {
        let below = match self.0.kind(node) {
            Kind::Scalar { .. } | Kind::Anything => return 0,
            Kind::List(elements) => elements.iter().map(|one| self.height(*one)).max(),
            Kind::Map(entries) => entries.iter().map(|(_, one)| self.height(*one)).max(),
        };
        below.unwrap_or(0) + 1
    }

    fn entries(&self, map: NodeId) -> &[(NodeId, NodeId)] {
        match self.0.kind(map) {
            Kind::Map(entries) => entries,
            Kind::Scalar { .. } | Kind::List(_) | Kind::Anything => &[],
        }
    }

    fn entry(&self, map: NodeId, name: &str) -> Option<usize> {
        let mut keys = self.entries(map).iter();
        keys.position(|(key, _)| self.0.text(*key) == Some(name))
    }

    fn push_entry(&mut self, map: NodeId, nth: usize, entry: (NodeId, NodeId)) {
        if let Some((_, Kind::Map(entries))) = self.0.nodes.get_mut(map) {
            entries.insert(nth.min(entries.len()), entry);
        }
    }

    fn replace_child(&mut self, (parent, nth): Slot, value: NodeId) {
        match self.0.nodes.get_mut(parent) {
            Some((_, Kind::Map(entries))) => {
                entries
                    .get_mut(nth)
                    .into_iter()
                    .for_each(|one| one.1 = value);
            }
            Some((_, Kind::List(elements))) => {
                elements
                    .get_mut(nth)
                    .into_iter()
                    .for_each(|one| *one = value);
            }
            _ => {}
        }
    }
}
