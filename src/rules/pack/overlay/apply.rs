//! The changes of an overlay, made in the tree of its base.

use super::{AddChangeFile, Change, ChangeKind, Layer, Overlay};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Branch, End, Located, Merged, Spot, ValueShape};
use crate::{message, problem};
use std::collections::BTreeSet;

/// The identity of a pack, which no overlay changes.
const FIXED: [&str; 3] = ["format", "id", "version"];

/// The longest path, in bytes.
const LONGEST_PATH: usize = 300;

/// The maps whose keys are names that their author chose; those of every other are part of the
/// format, and an optional one may be set without being there.
const NAMED: [&str; 22] = [
    "sections",
    "questions",
    "rows",
    "anchors",
    "scores",
    "weights",
    "decisions",
    "outcomes",
    "metrics",
    "inputs",
    "gates",
    "ladders",
    "findings",
    "raises",
    "context",
    "glossary",
    "uses",
    "when",
    "relevant",
    "called_for",
    "any",
    "all",
];

/// The maps whose keys are the ids by which the rest of a pack reads what they hold.
const GIVING: [&str; 8] = [
    "sections",
    "questions",
    "rows",
    "scores",
    "decisions",
    "metrics",
    "gates",
    "ladders",
];

/// The lists of named things that may not be written yet.
const LISTS: [&str; 2] = ["advice", "exhibits"];

impl Layer {
    /// Makes the changes in a tree, what goes first and what is new last; every problem goes to
    /// `problems`. `version` is that of what it changes.
    pub(in super::super) fn lay(
        self,
        tree: &mut Merged<'_>,
        version: Option<&str>,
        problems: &mut Diagnostics,
    ) -> Overlay {
        problems.extend(self.mismatch(version));
        let mut work = Work {
            pack: self.base().value.as_str(),
            own: &self.tree,
            tree,
            changes: Vec::new(),
        };
        let mut keep = |made: Result<(), Diagnostic>| problems.extend(made.err());
        for (path, change) in &self.file.remove {
            keep(work.remove(path, &change.reason.value));
        }
        for (path, change) in &self.file.set {
            keep(work.set(path, change.to, &change.reason.value));
        }
        for (path, change) in &self.file.add {
            keep(work.add(path, change));
        }
        let changes = work.changes;
        self.laid(changes)
    }
}

/// A tree in which changes are made.
struct Work<'w, 't> {
    pack: &'w str,
    /// The overlay's own tree, which holds the new values.
    own: &'w Merged<'t>,
    tree: &'w mut Merged<'t>,
    changes: Vec<Change>,
}

impl Work<'_, '_> {
    fn remove(&mut self, path: &Located<String>, reason: &str) -> Result<(), Diagnostic> {
        let spot = self.there(path)?;
        let (before, gone) = (self.tree.text(spot.value), self.given(path, spot));
        self.tree.remove(spot);
        self.note(path, ChangeKind::Remove, reason, [Some(before), None]);
        self.lost(gone);
        Ok(())
    }

    fn set(&mut self, path: &Located<String>, to: Branch, reason: &str) -> Result<(), Diagnostic> {
        let found = self.follow(path)?;
        if let End::Short(parent, at) = found
            && !self.may_have(parent, path, at)
        {
            return Err(self.absent(path, parent, at));
        }
        let value = self.graft(to, path)?;
        let after = Some(self.tree.text(value));
        let (before, gone) = match found {
            End::There(spot) => {
                let gone = self.given(path, spot);
                let before = self.tree.text(spot.value);
                self.tree.replace(spot, value);
                (Some(before), gone)
            }
            End::Short(parent, at) => {
                self.tree.insert(parent, None, last(path, at), value);
                (None, BTreeSet::new())
            }
        };
        self.note(path, ChangeKind::Set, reason, [before, after]);
        self.lost(gone);
        Ok(())
    }

    fn add(&mut self, path: &Located<String>, change: &AddChangeFile) -> Result<(), Diagnostic> {
        let (parent, at) = match self.follow(path)? {
            End::There(spot) => {
                let problem = problem!(DuplicateId, "added-and-there", path = path.value);
                let first = message!("it-stands-here-first");
                let place = self.tree.place(spot.value);
                return Err(problem.at(path.place).relate(place, first));
            }
            End::Short(parent, at) => self.with_parent(path, parent, at),
        };
        let name = last(path, at);
        let shape = self.tree.shape(parent);
        let is_name = !name.value.is_empty() && !name.value.contains('.');
        if !is_name || matches!(shape, ValueShape::Scalar | ValueShape::Unnamed) {
            return Err(self.absent(path, parent, at));
        }
        let value = self.graft(change.value, path)?;
        if shape == ValueShape::List && self.tree.name(value) != name.value {
            let (name, own) = (name.value, self.tree.name(value));
            let problem = problem!(InvalidOverlay, "added-under-another-name", name, own);
            return Err(problem.at(path.place));
        }
        let before = change.before.as_ref();
        let before = before.map(|next| self.position(parent, next)).transpose()?;
        let after = self.tree.text(value);
        self.tree.insert(parent, before, name, value);
        let reason = &change.reason.value;
        self.note(path, ChangeKind::Add, reason, [None, Some(after)]);
        Ok(())
    }

    /// The parent of something new; a map or list of named things is made where none is written.
    fn with_parent(
        &mut self,
        path: &Located<String>,
        parent: Branch,
        at: usize,
    ) -> (Branch, usize) {
        let rest = path.value.get(at..).unwrap_or_default();
        let (Some((first, _)), ValueShape::Map) = (rest.split_once('.'), self.tree.shape(parent))
        else {
            return (parent, at);
        };
        let is_list = LISTS.contains(&first);
        let optional = is_list || NAMED.contains(&first);
        if !optional || is_named(&path.value, at) {
            return (parent, at);
        }
        let key = Located::new(first.to_owned(), path.place);
        (
            self.tree.insert_empty(parent, key, is_list),
            at + first.len() + 1,
        )
    }

    /// The place in order of the entry or element that something new stands before.
    fn position(&self, parent: Branch, next: &Located<String>) -> Result<usize, Diagnostic> {
        let Located { value, place } = next;
        let mut names = self.tree.names(parent);
        names.position(|name| name == value).ok_or_else(|| {
            let problem = problem!(UnknownId, "nothing-to-stand-before", name = value);
            problem.at(*place).nearest(value, self.tree.names(parent))
        })
    }

    fn graft(&mut self, value: Branch, path: &Located<String>) -> Result<Branch, Diagnostic> {
        self.tree.graft(self.own, value, &path.value)
    }

    fn there(&self, path: &Located<String>) -> Result<Spot, Diagnostic> {
        match self.follow(path)? {
            End::There(spot) => Ok(spot),
            End::Short(parent, at) => Err(self.absent(path, parent, at)),
        }
    }

    fn follow(&self, path: &Located<String>) -> Result<End, Diagnostic> {
        let Located { value, place } = path;
        if value.len() > LONGEST_PATH {
            let problem = problem!(InvalidOverlay, "path-too-long", most = LONGEST_PATH);
            return Err(problem.at(*place));
        }
        if FIXED.contains(&value.as_str()) {
            let problem = problem!(InvalidOverlay, "path-is-fixed", path = value);
            return Err(problem.at(*place));
        }
        Ok(self.tree.follow(value))
    }

    /// True where a map may have a key that it has not: one of the format, and no name.
    fn may_have(&self, parent: Branch, path: &Located<String>, at: usize) -> bool {
        let rest = path.value.get(at..).unwrap_or_default();
        let is_map = self.tree.shape(parent) == ValueShape::Map;
        is_map && !rest.is_empty() && !rest.contains('.') && !is_named(&path.value, at)
    }

    /// The problem that a path leads to nothing.
    fn absent(&self, path: &Located<String>, parent: Branch, at: usize) -> Diagnostic {
        let rest = path.value.get(at..).unwrap_or_default();
        let name = rest.split('.').next().unwrap_or_default();
        let parent_path = path.value.get(..at.saturating_sub(1)).unwrap_or_default();
        let problem = match (self.tree.shape(parent), parent_path) {
            (ValueShape::Unnamed, path) => problem!(UnknownId, "list-without-names", path),
            (ValueShape::Scalar, path) => problem!(UnknownId, "path-through-a-value", path),
            (_, "") => problem!(UnknownId, "path-not-in-pack", name, pack = self.pack),
            (_, path) => problem!(UnknownId, "path-not-there", name, path),
        };
        problem
            .at(path.place)
            .nearest(name, self.tree.names(parent))
    }

    fn note(
        &mut self,
        path: &Located<String>,
        kind: ChangeKind,
        reason: &str,
        [before, after]: [Option<String>; 2],
    ) {
        self.changes.push(Change {
            path: path.value.clone(),
            kind,
            reason: reason.trim().to_owned(),
            before,
            after,
            place: path.place,
            gone: BTreeSet::new(),
        });
    }

    /// The ids that are given at a path or below it.
    fn given(&self, path: &Located<String>, spot: Spot) -> BTreeSet<String> {
        let key = path.value.rsplit('.').next().unwrap_or_default();
        self.tree.given_names(key, spot.value, &GIVING)
    }

    /// Keeps with the last change the names of what was there before.
    fn lost(&mut self, gone: BTreeSet<String>) {
        if let Some(change) = self.changes.last_mut() {
            change.gone = gone;
        }
    }
}

/// True where the map that a path leads to, up to a byte, has names for keys.
fn is_named(path: &str, at: usize) -> bool {
    let parent = path.get(..at.saturating_sub(1)).unwrap_or_default();
    let own = parent.rsplit('.').next().unwrap_or_default();
    // Titles of the sections of a report are keys of the format.
    NAMED.contains(&own) && parent != "report.sections"
}

/// The name at the end of a path, from a byte on, with its place where the path is written plainly.
fn last(path: &Located<String>, at: usize) -> Located<String> {
    let name = path.value.get(at..).unwrap_or_default().to_owned();
    let Place { start, end, .. } = path.place;
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let is_plain = end.saturating_sub(start) == length(&path.value);
    let start = if is_plain {
        end.saturating_sub(length(&name))
    } else {
        start
    };
    Located::new(
        name,
        Place {
            start,
            ..path.place
        },
    )
}
