//! Passes over the tree until no problem is left to find.
//!
//! Serde stops at the first problem. So a problem is noted, what it is in is left out (or, for a
//! missing key, replaced by a placeholder), and the tree is read again. A file without problems is
//! read once and pays nothing for this; the cost of a bad file is bounded by [`Budget::work`].

use crate::message;
use std::cell::RefCell;

use serde::de::DeserializeOwned;

use super::budget::{self, Budget};
use super::build;
use super::reader::NodeReader;
use super::repairs::{Pass, Repairs};
use super::tree::Tree;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources};

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
    let (value, found) = attempt(&Budget::DEFAULT, sources.text(id), id);
    let whole = found.iter().all(|problem| problem.code != Code::MissingKey);
    problems.extend(found);
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
    let (value, found) = attempt(budget, sources.text(id), id);
    let good = found.is_empty();
    problems.extend(found);
    value.filter(|_| good)
}

/// The value of a text as far as it can be read, and all its problems.
fn attempt<T: DeserializeOwned>(
    budget: &Budget,
    text: &str,
    id: SourceId,
) -> (Option<T>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let admitted = budget::admit(text, id, budget);
    match admitted.and_then(|()| build::parse(id, text, budget, &mut problems)) {
        Ok(tree) => (gather(budget, &tree, &mut problems), problems),
        Err(problem) => (None, vec![problem]),
    }
}

fn gather<T: DeserializeOwned>(
    budget: &Budget,
    tree: &Tree<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    let mut repairs = Repairs::default();
    let mut work = tree.size;
    loop {
        let pass = Pass {
            tree,
            repairs: &repairs,
            unknown: RefCell::default(),
        };
        let read = T::deserialize(NodeReader::new(&pass, tree.root));
        let unknown = pass.unknown.into_inner();
        repairs.add_unknown(tree, unknown, budget.problems, problems);
        let go_on = match read {
            Ok(value) if problems.len() <= budget.problems => return Some(value),
            Ok(_) => false,
            Err(fault) => repairs.absorb(tree, fault.at(tree.root, None), problems),
        };
        work = work.saturating_add(tree.size);
        if problems.len() > budget.problems || (go_on && work > budget.work) {
            problems.truncate(budget.problems);
            problems.push(more(tree));
            return None;
        }
        if !go_on {
            return None;
        }
    }
}

fn more(tree: &Tree<'_>) -> Diagnostic {
    let message = message!("there-may-be-more-problems-in-this");
    let whole = tree.place(tree.root);
    let end = Place {
        start: whole.end,
        ..whole
    };
    Diagnostic::error(Code::TooManyProblems, message)
        .at(end)
        .help(message!("mend-those-told-then-check"))
}
