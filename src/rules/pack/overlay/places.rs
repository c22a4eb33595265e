//! Places of changes: where two change one thing, and which change a problem of the base comes from.

use super::{Change, ChangeKind, Overlay, OverlayFile};
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic, Place};
use std::collections::BTreeMap;

/// The notes that two overlays, each with the id of its pack, change one thing; the later one wins.
#[must_use]
pub fn overlaps(overlays: &[(&str, &Overlay)]) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (nth, (base, later)) in overlays.iter().enumerate() {
        for change in &later.changes {
            let earlier = overlays.iter().take(nth).filter(|(other, _)| other == base);
            let mut earlier =
                earlier.flat_map(|(_, one)| one.changes.iter().map(move |old| (one, old)));
            let Some((first, old)) = earlier.find(|(_, old)| touches(&old.path, &change.path))
            else {
                continue;
            };
            let (path, first, later) = (&change.path, &first.id, &later.id);
            let message = message!("two-overlays-change", path, first, later);
            let note = Diagnostic::warning(Code::OverlappingChanges, message).at(change.place);
            notes.push(note.relate(old.place, message!("it-stands-here-first")));
        }
    }
    notes
}

/// The notes that an overlay changes one thing twice: at a path, and at it or on the way to it. What
/// is removed and added again at the very path is replaced, and no such thing.
pub(super) fn clashes(file: &OverlayFile) -> Vec<Diagnostic> {
    let removed = file
        .remove
        .iter()
        .map(|(path, _)| (path, ChangeKind::Remove));
    let set = file.set.iter().map(|(path, _)| (path, ChangeKind::Set));
    let added = file.add.iter().map(|(path, _)| (path, ChangeKind::Add));
    let mut made: BTreeMap<&str, Vec<(ChangeKind, Place)>> = BTreeMap::new();
    for (path, kind) in removed.chain(set).chain(added) {
        let same = made.entry(path.value.as_str()).or_default();
        same.push((kind, path.place));
    }
    let mut notes = Vec::new();
    for (path, changes) in &made {
        let kinds: Vec<_> = changes.iter().map(|(kind, _)| *kind).collect();
        let replaced = kinds == [ChangeKind::Remove, ChangeKind::Add];
        if let ([(_, first), .., (_, place)], false) = (changes.as_slice(), replaced) {
            let message = message!("one-thing-is-changed-twice", path = *path);
            notes.push(twice(message, *place, *first));
        }
        let mut ends = path.match_indices('.').map(|(at, _)| at);
        let above = ends.find_map(|end| Some((path.get(..end)?, made.get(path.get(..end)?)?)));
        if let (Some((above, wide)), Some((_, place))) = (above, changes.first())
            && let Some((_, first)) = wide.first()
        {
            let message = message!("part-of-a-change-is-changed", path = *path, above);
            notes.push(twice(message, *place, *first));
        }
    }
    notes
}

fn twice(message: String, place: Place, first: Place) -> Diagnostic {
    let note = Diagnostic::warning(Code::OverlappingChanges, message).at(place);
    note.relate(first, message!("the-other-change"))
}

/// True where two paths are one, or one leads through the other.
fn touches(one: &str, other: &str) -> bool {
    let leads = |to: &str, through: &str| {
        let rest = to.strip_prefix(through);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    leads(one, other) || leads(other, one)
}

impl Overlay {
    /// True for a place in one of its own files, as far as they make changes.
    pub(crate) fn holds(&self, place: Place) -> bool {
        let mut changes = self.changes.iter();
        changes.any(|one| one.place.source == place.source)
    }

    /// Adds to a problem the place at which a change brings it about.
    pub(crate) fn blame(&self, problem: &mut Diagnostic, change: &Change) {
        let (overlay, path) = (&self.id, &change.path);
        let text = match change.kind {
            ChangeKind::Set => message!("an-overlay-sets-it", overlay, path),
            ChangeKind::Add => message!("an-overlay-adds-it", overlay, path),
            ChangeKind::Remove => message!("an-overlay-removes-it", overlay, path),
        };
        problem.related.push((change.place, text));
    }
}

/// Adds to a problem at a path of the pack the change that touches it: the deepest, or the one whose
/// key the problem names.
pub(in super::super) fn blame_path(problem: &mut Diagnostic, path: &str, overlays: &[Overlay]) {
    let all = overlays.iter();
    let all = all.flat_map(|one| one.changes.iter().map(move |change| (one, change)));
    let touching = all.filter(|(_, change)| touches(&change.path, path));
    let rank = |change: &Change| {
        let key = change.path.rsplit('.').next().unwrap_or_default();
        (
            problem.message.contains(&format!("`{key}`")),
            change.path.len(),
        )
    };
    let found = touching.max_by_key(|(_, change)| rank(change));
    if let Some((overlay, change)) = found {
        overlay.blame(problem, change);
    }
}
