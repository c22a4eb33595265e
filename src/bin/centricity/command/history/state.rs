//! What lay at paths of the repository, and how that changed.

use crate::git::Change;
use std::collections::BTreeMap;

/// Files by path, each with the name of what it held.
pub(super) type State = BTreeMap<String, String>;

/// Goes on by some changes.
pub(super) fn apply(state: &mut State, changes: &[Change]) {
    for change in changes {
        set(state, &change.path, change.after.as_ref());
    }
}

/// Goes back by some changes.
pub(super) fn undo(state: &mut State, changes: &[Change]) {
    for change in changes {
        set(state, &change.path, change.before.as_ref());
    }
}

fn set(state: &mut State, path: &str, blob: Option<&String>) {
    match blob {
        Some(blob) => state.insert(path.to_owned(), blob.clone()),
        None => state.remove(path),
    };
}

/// The changes that make one state another; files are taken away first.
pub(super) fn between(before: &State, after: &State) -> Vec<Change> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let there = after.keys();
    let change = |path: &String| Change {
        path: path.clone(),
        before: before.get(path).cloned(),
        after: after.get(path).cloned(),
    };
    let all = gone.chain(there).map(change);
    all.filter(|change| change.before != change.after).collect()
}
