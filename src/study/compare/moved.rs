//! A result that names items by ids which packs have given up since.

use super::Side;
use crate::assess::assessment::{Assessment, ItemId};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Side<'a> {
    /// The same side with another result in the place of its own.
    pub(super) fn with<'b>(&self, result: Option<&'b Assessment>) -> Side<'b>
    where
        'a: 'b,
    {
        Side {
            result: result.unwrap_or(self.result),
            source: self.source,
        }
    }
}

/// The results of two sides with the ids of today, as far as the packs of either know of them.
pub(super) fn results(sides: [&Side<'_>; 2]) -> [Option<Assessment>; 2] {
    let packs = sides.iter().flat_map(|side| &side.result.packs);
    let moved: BTreeMap<&str, &str> = packs
        .flat_map(|pack| &pack.moved)
        .map(|(old, new)| (old.as_str(), new.as_str()))
        .collect();
    sides.map(|side| under(side.result, &moved))
}

/// The same result with the ids of today; `None` where it has no other.
fn under(result: &Assessment, moved: &BTreeMap<&str, &str>) -> Option<Assessment> {
    if moved.is_empty() {
        return None;
    }
    let mut result = result.clone();
    let mut any = false;
    // A question that was there under both ids is one now: the one that had the id of today.
    let there = result.questions.iter().map(|one| one.id.clone());
    let there: BTreeSet<ItemId> = there.collect();
    result.questions.retain(|one| {
        let moved = moved.get(one.id.as_str());
        moved.is_none_or(|to| !there.contains(*to))
    });
    for id in ids(&mut result) {
        if let Some(to) = moved.get(id.as_str()) {
            *id = ItemId::from((*to).to_owned());
            any = true;
        }
    }
    any.then_some(result)
}

/// Every id that a comparison reads.
fn ids(result: &mut Assessment) -> Vec<&mut ItemId> {
    let mut all: Vec<&mut ItemId> = Vec::new();
    all.extend(result.questions.iter_mut().map(|one| &mut one.id));
    for score in &mut result.scores {
        all.push(&mut score.id);
        all.extend(score.parts.iter_mut().map(|one| &mut one.id));
        let caps = score.capped.iter_mut().flat_map(|cap| &mut cap.parts);
        all.extend(caps.map(|one| &mut one.id));
    }
    all.extend(result.levels.iter_mut().map(|one| &mut one.id));
    for decision in &mut result.decisions {
        all.push(&mut decision.id);
        all.extend(decision.inputs.iter_mut().map(|one| &mut one.id));
    }
    all.extend(result.gates.iter_mut().map(|one| &mut one.id));
    let metrics = result.metrics.iter_mut();
    let figures = metrics.flat_map(|metric| &mut metric.figures);
    all.extend(figures.map(|one| &mut one.id));
    all
}
