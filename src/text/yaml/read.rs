//! Passes over the tree until no problem is left to find.
//!
//! Serde stops at the first problem. So a problem is told, what it is in is left out (or, for a
//! missing key, stood in for), and the tree is read again. A file without problems is read once
//! and pays nothing for this; what a bad file may cost is bounded by [`Budget::work`].

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use super::budget::{self, Budget};
use super::build;
use super::marks::Marks;
use super::node::Reader;
use super::tree::{NodeId, Tree};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources};

/// One reading of a tree.
pub(super) struct Pass<'p, 't> {
    pub(super) tree: &'p Tree<'t>,
    pub(super) marks: &'p Marks,
    strays: RefCell<Vec<Stray>>,
}

/// A key that a struct does not know.
pub(super) struct Stray {
    pub(super) map: NodeId,
    pub(super) key: NodeId,
    pub(super) fields: &'static [&'static str],
}

impl Pass<'_, '_> {
    pub(super) fn note(&self, stray: Stray) {
        self.strays.borrow_mut().push(stray);
    }
}

/// A kind of file that this crate knows: reading it is compiled here once, and not again in every
/// crate that reads one.
pub trait Document: Sized {
    /// As [`read`].
    fn read(sources: &Sources, id: SourceId, problems: &mut Diagnostics) -> Option<Self>;

    /// As [`read_sound`].
    fn read_sound(sources: &Sources, id: SourceId, problems: &mut Diagnostics) -> Option<Self>;
}

/// Makes a type a [`Document`].
macro_rules! document {
    ($kind:ty) => {
        impl $crate::text::yaml::Document for $kind {
            fn read(
                sources: &$crate::text::diagnostic::Sources,
                id: $crate::text::diagnostic::SourceId,
                problems: &mut $crate::text::diagnostic::Diagnostics,
            ) -> Option<Self> {
                $crate::text::yaml::read(sources, id, problems)
            }

            fn read_sound(
                sources: &$crate::text::diagnostic::Sources,
                id: $crate::text::diagnostic::SourceId,
                problems: &mut $crate::text::diagnostic::Diagnostics,
            ) -> Option<Self> {
                $crate::text::yaml::read_sound(sources, id, problems)
            }
        }
    };
}
pub(crate) use document;

document!(super::Value);

/// Reads one of the sources, within the default budget.
///
/// All problems of the text are pushed, each with its place; `None` if there is any.
pub fn read<T: DeserializeOwned>(
    sources: &Sources,
    id: SourceId,
    problems: &mut Diagnostics,
) -> Option<T> {
    read_with(&Budget::DEFAULT, sources, id, problems)
}

/// Reads one of the sources, within the default budget, and gives what is sound of it.
///
/// All problems of the text are pushed, each with its place; what has one is left out of the
/// value, so that the rest can be checked for its meaning in the same run. `None` where a key is
/// missing or the text cannot be read at all.
pub fn read_sound<T: DeserializeOwned>(
    sources: &Sources,
    id: SourceId,
    problems: &mut Diagnostics,
) -> Option<T> {
    let mut told = Vec::new();
    let value = attempt(&Budget::DEFAULT, sources.text(id), id, &mut told);
    let whole = told.iter().all(|problem| problem.code != Code::MissingKey);
    problems.extend(told);
    value.filter(|_| whole)
}

/// Reads one of the sources, within a budget.
///
/// All problems of the text are pushed, each with its place; `None` if there is any.
pub fn read_with<T: DeserializeOwned>(
    budget: &Budget,
    sources: &Sources,
    id: SourceId,
    problems: &mut Diagnostics,
) -> Option<T> {
    let mut told = Vec::new();
    let value = attempt(budget, sources.text(id), id, &mut told);
    let good = told.is_empty();
    problems.extend(told);
    value.filter(|_| good)
}

fn attempt<T: DeserializeOwned>(
    budget: &Budget,
    text: &str,
    id: SourceId,
    told: &mut Vec<Diagnostic>,
) -> Option<T> {
    let tree = budget::admit(text, id, budget);
    match tree.and_then(|()| build::parse(id, text, budget, told)) {
        Ok(tree) => gather(budget, &tree, told),
        Err(problem) => {
            *told = vec![problem];
            None
        }
    }
}

fn gather<T: DeserializeOwned>(
    budget: &Budget,
    tree: &Tree<'_>,
    told: &mut Vec<Diagnostic>,
) -> Option<T> {
    let mut marks = Marks::default();
    let mut work = tree.size;
    loop {
        let pass = Pass {
            tree,
            marks: &marks,
            strays: RefCell::default(),
        };
        let read = T::deserialize(Reader::new(&pass, tree.root));
        let strays = pass.strays.into_inner();
        marks.stray(tree, strays, budget.problems, told);
        let go_on = match read {
            Ok(value) if told.len() <= budget.problems => return Some(value),
            Ok(_) => false,
            Err(fault) => marks.absorb(tree, fault.at(tree.root, None), told),
        };
        work = work.saturating_add(tree.size);
        if told.len() > budget.problems || (go_on && work > budget.work) {
            told.truncate(budget.problems);
            told.push(more(tree));
            return None;
        }
        if !go_on {
            return None;
        }
    }
}

fn more(tree: &Tree<'_>) -> Diagnostic {
    let message = "there may be more problems in this file";
    let whole = tree.place(tree.root);
    let end = Place {
        start: whole.end,
        ..whole
    };
    Diagnostic::error(Code::TooManyProblems, message)
        .at(end)
        .help("mend those told, then check again")
}
