//! A result that names items by ids which packs have given up since.

use super::Side;
use crate::assess::assessment::{Assessment, ItemId};
use crate::rules::rulebook::Rulebook;
use std::collections::BTreeSet;

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

/// The results of two sides with the ids of today, as far as the rulebook of either knows of them.
pub(super) fn results(sides: [&Side<'_>; 2]) -> [Option<Assessment>; 2] {
    sides.map(|side| {
        let sources = sides.iter().filter_map(|side| side.source);
        let mut rulebooks = sources.map(|(rulebook, _)| rulebook);
        rulebooks.find_map(|rulebook| under(side.result, rulebook))
    })
}

/// The same result with the ids of today; `None` where it has no other.
fn under(result: &Assessment, rulebook: &Rulebook) -> Option<Assessment> {
    if rulebook.moved.is_empty() {
        return None;
    }
    let mut result = result.clone();
    let mut any = false;
    // A question that was there under both ids is one now: the one that had the id of today.
    let there = result.questions.iter().map(|one| one.id.clone());
    let there: BTreeSet<ItemId> = there.collect();
    result.questions.retain(|one| {
        let moved = rulebook.moved(&one.id);
        moved.is_none_or(|moved| !there.contains(moved.to.as_str()))
    });
    for id in ids(&mut result) {
        if let Some(moved) = rulebook.moved(id) {
            *id = ItemId::from(moved.to.clone());
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
