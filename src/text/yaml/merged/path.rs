//! Paths through a merged tree, and the changes made at their end.

use super::super::build::{Kind, NodeId, Slot};
use super::super::located::Located;
use super::{Branch, Merged};
use crate::text::diagnostic::Place;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The keys by which elements of lists are named, the first that is there.
const NAMES: [&str; 2] = ["id", "value"];

/// The longest text that [`Merged::text`] gives, in characters.
const LONGEST: usize = 600;

/// Where a path ends.
pub(crate) enum End {
    /// At a value that is there.
    There(Spot),
    /// Below a value that has nothing of the name that is left, from this byte of the path on.
    Short(Branch, usize),
}

/// The value of an entry or element that is there, with what it is in.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    slot: Slot,
    pub(crate) value: Branch,
}

/// Shape of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueShape {
    Scalar,
    /// A list whose elements are named.
    List,
    /// A list with elements that have no name.
    Unnamed,
    Map,
}

impl Merged<'_> {
    /// Follows a path: keys joined by dots, elements of lists by their name. A name may hold dots; of
    /// two that fit, the longer one counts.
    pub(crate) fn follow(&self, path: &str) -> End {
        let (mut node, mut at) = (self.0.root, 0);
        loop {
            let rest = path.get(at..).unwrap_or_default();
            let children = self.names(Branch(node)).enumerate();
            let fitting = children.filter(|(_, name)| {
                let more = rest.strip_prefix(name);
                !name.is_empty()
                    && more.is_some_and(|more| more.is_empty() || more.starts_with('.'))
            });
            let Some((nth, name)) = fitting.max_by_key(|(_, name)| name.len()) else {
                return End::Short(Branch(node), at);
            };
            let slot = (node, nth);
            let Some(child) = self.0.child(slot) else {
                return End::Short(Branch(node), at);
            };
            if name.len() == rest.len() {
                let value = Branch(child);
                return End::There(Spot { slot, value });
            }
            at += name.len() + 1;
            node = child;
        }
    }

    /// The names of the entries or elements of a value, in order; empty where one has none.
    pub(crate) fn names(&self, Branch(node): Branch) -> impl Iterator<Item = &str> {
        let (keys, elements) = match self.0.kind(node) {
            Kind::Map(entries) => (entries.as_slice(), &[][..]),
            Kind::List(elements) => (&[][..], elements.as_slice()),
            Kind::Scalar { .. } | Kind::Anything => (&[][..], &[][..]),
        };
        let keys = keys
            .iter()
            .map(|(key, _)| self.0.text(*key).unwrap_or_default());
        keys.chain(elements.iter().map(|one| self.name(Branch(*one))))
    }

    /// The name of an element: its id or value, or its text; empty where it has none.
    pub(crate) fn name(&self, Branch(node): Branch) -> &str {
        let own = NAMES.iter().find_map(|name| {
            let (_, value) = self.entries(node).get(self.entry(node, name)?)?;
            self.0.text(*value)
        });
        own.or_else(|| self.0.text(node)).unwrap_or_default()
    }

    /// The entries or elements of a value with their names, in order.
    pub(crate) fn children(&self, Branch(node): Branch) -> impl Iterator<Item = (&str, Branch)> {
        let names = self.names(Branch(node)).enumerate();
        names.filter_map(move |(nth, name)| Some((name, Branch(self.0.child((node, nth))?))))
    }

    /// The names that are given below a key, at every depth: the keys of maps under one of `maps`.
    pub(crate) fn given_names(&self, key: &str, value: Branch, maps: &[&str]) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for (name, child) in self.children(value) {
            if maps.contains(&key) {
                all.insert(name.to_owned());
            }
            all.append(&mut self.given_names(name, child, maps));
        }
        all
    }

    /// The path to the smallest value that holds each of some places; empty where none does.
    pub(crate) fn paths_to(&self, places: &[Place]) -> Vec<String> {
        let mut found = vec![(u32::MAX, String::new()); places.len()];
        let mut open = vec![(String::new(), Branch(self.0.root))];
        while let Some((path, value)) = open.pop() {
            let own = self.place(value);
            for (place, best) in places.iter().zip(&mut found) {
                let holds = own.source == place.source && own.start <= place.start;
                let size = own.end.saturating_sub(own.start);
                if holds && place.start <= own.end && size < best.0 {
                    *best = (size, path.clone());
                }
            }
            let dot = if path.is_empty() { "" } else { "." };
            let children = self.children(value);
            open.extend(children.map(|(name, child)| (format!("{path}{dot}{name}"), child)));
        }
        found.into_iter().map(|(_, path)| path).collect()
    }

    /// True where two values say the same, in the same order.
    pub(crate) fn is_same(&self, Branch(one): Branch, other: &Self, Branch(two): Branch) -> bool {
        match (self.0.kind(one), other.0.kind(two)) {
            (Kind::Scalar { text, .. }, Kind::Scalar { text: second, .. }) => text == second,
            (Kind::List(first), Kind::List(second)) => {
                let mut pairs = first.iter().zip(second);
                let same = |(a, b): (&NodeId, &NodeId)| self.is_same(Branch(*a), other, Branch(*b));
                first.len() == second.len() && pairs.all(same)
            }
            (Kind::Map(first), Kind::Map(second)) => {
                let mut pairs = first.iter().zip(second);
                first.len() == second.len()
                    && pairs.all(|((key, a), (key2, b))| {
                        let keys = self.0.text(*key) == other.0.text(*key2);
                        keys && self.is_same(Branch(*a), other, Branch(*b))
                    })
            }
            (Kind::Anything, Kind::Anything) => true,
            _ => false,
        }
    }

    /// The shape of a value.
    pub(crate) fn shape(&self, Branch(node): Branch) -> ValueShape {
        match self.0.kind(node) {
            Kind::Scalar { .. } | Kind::Anything => ValueShape::Scalar,
            Kind::Map(_) => ValueShape::Map,
            Kind::List(elements) => {
                let named = |one: &NodeId| !self.name(Branch(*one)).is_empty();
                if elements.iter().all(named) {
                    ValueShape::List
                } else {
                    ValueShape::Unnamed
                }
            }
        }
    }

    /// The place of a value.
    pub(crate) fn place(&self, Branch(node): Branch) -> Place {
        self.0.place(node)
    }

    /// The text of an entry of the root.
    pub(crate) fn header(&self, key: &str) -> Option<&str> {
        let nth = self.entry(self.0.root, key)?;
        self.0.text(self.0.child((self.0.root, nth))?)
    }

    /// Puts a value in the place of another.
    pub(crate) fn replace(&mut self, spot: Spot, Branch(value): Branch) {
        self.replace_child(spot.slot, value);
    }

    /// Takes an entry or element out.
    pub(crate) fn remove(
        &mut self,
        Spot {
            slot: (parent, nth),
            ..
        }: Spot,
    ) {
        match self.0.nodes.get_mut(parent) {
            Some((_, Kind::Map(entries))) if nth < entries.len() => drop(entries.remove(nth)),
            Some((_, Kind::List(elements))) if nth < elements.len() => {
                elements.remove(nth);
            }
            _ => {}
        }
    }

    /// Adds an entry under a key, or an element, before the child of this number or at the end.
    pub(crate) fn insert(
        &mut self,
        Branch(parent): Branch,
        before: Option<usize>,
        key: Located<String>,
        Branch(value): Branch,
    ) {
        let nth = before.unwrap_or(usize::MAX);
        if let Some((_, Kind::List(elements))) = self.0.nodes.get_mut(parent) {
            elements.insert(nth.min(elements.len()), value);
            return;
        }
        let text = Cow::Owned(key.value);
        let key = self.add(key.place, Kind::Scalar { text, plain: true });
        self.push_entry(parent, nth, (key, value));
    }

    /// Adds an empty map or list under a key, to be filled.
    pub(crate) fn insert_empty(
        &mut self,
        parent: Branch,
        key: Located<String>,
        is_list: bool,
    ) -> Branch {
        let kind = if is_list {
            Kind::List(Vec::new())
        } else {
            Kind::Map(Vec::new())
        };
        let empty = Branch(self.add(key.place, kind));
        self.insert(parent, None, key, empty);
        empty
    }

    /// A value on one line, as flow YAML; long ones are cut.
    pub(crate) fn text(&self, Branch(node): Branch) -> String {
        let mut text = String::new();
        self.write(node, &mut text);
        if text.len() > LONGEST {
            text = text.chars().take(LONGEST).collect::<String>() + "...";
        }
        text
    }

    fn write(&self, node: NodeId, out: &mut String) {
        if out.len() > LONGEST {
            return;
        }
        match self.0.kind(node) {
            Kind::Scalar { text, plain } if *plain => out.push_str(text),
            Kind::Scalar { text, .. } => {
                let _ = write!(out, "{text:?}");
            }
            Kind::Anything => {}
            Kind::List(elements) => {
                out.push('[');
                for (nth, one) in elements.iter().enumerate() {
                    out.push_str(if nth > 0 { ", " } else { "" });
                    self.write(*one, out);
                }
                out.push(']');
            }
            Kind::Map(entries) => {
                out.push('{');
                for (nth, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if nth > 0 { ", " } else { " " });
                    self.write(*key, out);
                    out.push_str(": ");
                    self.write(*value, out);
                }
                out.push_str(" }");
            }
        }
    }
}
