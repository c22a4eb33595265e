//! Differences of a point from the one before.

use super::point::{Point, Snapshot};
use super::result::{Mark, MarkKind, PackVersion};
use crate::message;
use crate::rules::vocabulary::Basis;

/// The marks of every point. Model and basis are compared with those of the last point before it
/// that could be scored.
pub(super) fn marks(points: &[Point]) -> Vec<Vec<Mark>> {
    let mut before: Option<&Point> = None;
    let mut scored: Option<&Snapshot> = None;
    let mut all = Vec::with_capacity(points.len());
    for point in points {
        let mut marks = Vec::new();
        if let Some(from) = &point.revision.renamed_from {
            let text = message!("it-lay-at-before", from);
            marks.push(mark(MarkKind::Renamed, text));
        }
        if let Some(before) = before.filter(|before| point.date().0 < before.date().0) {
            let text = message!(
                "its-day-is-before-that-of-the-revision-before",
                date = before.date().0
            );
            marks.push(mark(MarkKind::Earlier, text));
        }
        if let Ok(snapshot) = &point.outcome {
            if let Some(scored) = scored {
                marks.extend(basis(scored, snapshot));
                marks.extend(model(scored, snapshot));
            }
            scored = Some(snapshot);
        }
        before = Some(point);
        all.push(marks);
    }
    all
}

fn mark(kind: MarkKind, text: String) -> Mark {
    Mark { kind, text }
}

fn basis(before: &Snapshot, after: &Snapshot) -> Option<Mark> {
    let text = match (before.basis, after.basis) {
        (Basis::Perception, Basis::Evidenced) => {
            message!("from-here-on-ratings-count")
        }
        (Basis::Evidenced, Basis::Perception) => {
            message!("from-here-on-ratings-count-2")
        }
        (Basis::Perception, Basis::Perception) | (Basis::Evidenced, Basis::Evidenced) => {
            return None;
        }
    };
    Some(mark(MarkKind::Basis, text.to_owned()))
}

/// One mark for each pack that came, went or is another one.
fn model(before: &Snapshot, after: &Snapshot) -> Vec<Mark> {
    let kept = |pack: &PackVersion| after.packs.iter().find(|one| one.id == pack.id);
    let mut texts = Vec::new();
    for old in &before.packs {
        match kept(old) {
            None => texts.push(message!("the-pack-is-no-longer-asked", id = old.id)),
            Some(new) if new.version != old.version => texts.push(message!(
                "the-pack-went-from-to",
                id = old.id,
                version = old.version,
                version2 = new.version
            )),
            Some(new) if new.digest != old.digest => texts.push(message!(
                "the-pack-was-changed-under-the-same",
                id = old.id,
                version = old.version
            )),
            Some(_) => {}
        }
    }
    let came = |pack: &&PackVersion| !before.packs.iter().any(|one| one.id == pack.id);
    let added = after.packs.iter().filter(came);
    texts.extend(
        added.map(|pack| message!("the-pack-was-added", id = pack.id, version = pack.version)),
    );
    let marks = texts.into_iter().map(|text| mark(MarkKind::Model, text));
    marks.collect()
}
