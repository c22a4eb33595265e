//! Differences of a point from the one before.

use super::point::{Point, Snapshot};
use super::result::{Mark, MarkKind, PackVersion};
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
            let text = format!("it lay at “{from}” before");
            marks.push(mark(MarkKind::Renamed, text));
        }
        if let Some(before) = before.filter(|before| point.date().0 < before.date().0) {
            let text = format!(
                "its day is before that of the revision before it, {}; the order is that of the commits",
                before.date().0
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
            "from here on ratings count as far as their evidence carries; before they counted as given"
        }
        (Basis::Evidenced, Basis::Perception) => {
            "from here on ratings count as given; before they counted as far as their evidence carried"
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
            None => texts.push(format!("the pack “{}” is no longer asked", old.id)),
            Some(new) if new.version != old.version => texts.push(format!(
                "the pack “{}” went from {} to {}",
                old.id, old.version, new.version
            )),
            Some(new) if new.digest != old.digest => texts.push(format!(
                "the pack “{}” {} was changed under the same version",
                old.id, old.version
            )),
            Some(_) => {}
        }
    }
    let came = |pack: &&PackVersion| !before.packs.iter().any(|one| one.id == pack.id);
    let added = after.packs.iter().filter(came);
    texts.extend(added.map(|pack| format!("the pack “{}” {} was added", pack.id, pack.version)));
    let marks = texts.into_iter().map(|text| mark(MarkKind::Model, text));
    marks.collect()
}
