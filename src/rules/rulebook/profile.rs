//! Which scores say how far the firm is, and the indices that levels hang on.

use super::{Aggregate, Check, Domain, ExhibitKind, Item, ItemKind, Pack, Rulebook, Rungs};
use crate::rules::condition::{Atom, Test};
use std::collections::HashSet;

/// What describes the market: everything the bars of the fit part show, and everything a grid
/// reads, down to its questions.
pub(crate) fn market(rulebook: &Rulebook, pack: &Pack) -> HashSet<usize> {
    let mut open: Vec<usize> = Vec::new();
    for exhibit in &pack.exhibits {
        match &exhibit.kind {
            ExhibitKind::Bars(nodes) if exhibit.part == crate::rules::pack::file::Part::Fit => {
                open.extend(nodes);
            }
            ExhibitKind::Grid { x, y, .. } => open.extend([x, y]),
            ExhibitKind::Bars(_)
            | ExhibitKind::Dots(_)
            | ExhibitKind::Star(_)
            | ExhibitKind::Verdicts(_)
            | ExhibitKind::Checklist(_)
            | ExhibitKind::Steps { .. } => {}
        }
    }
    let mut all = HashSet::new();
    while let Some(node) = open.pop() {
        if all.insert(node) {
            open.extend(children(rulebook.item(node)));
        }
    }
    all
}

fn children(item: Option<&Item>) -> &[usize] {
    match item.map(|item| &item.kind) {
        Some(ItemKind::Score { children, .. }) => children,
        _ => &[],
    }
}

/// The scores that make up the profiles of all packs, by item.
pub(crate) fn profiles(rulebook: &Rulebook) -> impl Iterator<Item = usize> {
    let packs = rulebook.packs.iter().enumerate();
    packs.flat_map(|(place, pack)| profile(rulebook, place, &market(rulebook, pack)))
}

/// The scores that say how far the firm is: what ladders read, and every further average that
/// does not rest on the market.
pub(crate) fn profile(rulebook: &Rulebook, pack: usize, market: &HashSet<usize>) -> Vec<usize> {
    let read = ladder_nodes(rulebook);
    let scores = rulebook
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.pack == pack);
    let kept = scores.filter(|(node, item)| match &item.kind {
        ItemKind::Score {
            aggregate,
            children,
            ..
        } => {
            let average = matches!(
                aggregate,
                Aggregate::Mean | Aggregate::Geometric | Aggregate::Sum
            );
            let own = item.section.is_some()
                && !matches!(aggregate, Aggregate::Spread | Aggregate::Difference);
            let outside = children.iter().any(|child| market.contains(child));
            read.contains(node) || ((average || own) && !outside)
        }
        ItemKind::Question(_)
        | ItemKind::Decision { .. }
        | ItemKind::Figure { .. }
        | ItemKind::Ladder { .. } => false,
    });
    kept.map(|(node, _)| node).collect()
}

fn rungs(rulebook: &Rulebook) -> impl Iterator<Item = &Rungs> {
    let nodes = 0..rulebook.items.len();
    nodes.filter_map(|node| rulebook.program.ladder(node))
}

fn checks(rulebook: &Rulebook) -> impl Iterator<Item = &Check> {
    rungs(rulebook).flat_map(|rungs| rungs.levels.iter().flat_map(|level| &level.checks))
}

fn ladder_nodes(rulebook: &Rulebook) -> HashSet<usize> {
    let atoms = checks(rulebook).filter_map(|check| match check {
        Check::From(atom) | Check::Floor(atom) => rulebook.program.atoms.get(*atom),
        Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
    });
    atoms.map(|atom| atom.node).collect()
}

/// The lower limit an atom names, as it is written.
pub(crate) fn limit(atom: &Atom) -> Option<f64> {
    match &atom.test {
        Test::Number(interval) | Test::Index(interval) => interval.from.limit(),
        Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => None,
    }
}

/// The lower limit an atom names, as an index of its item.
pub(crate) fn index_limit(rulebook: &Rulebook, atom: &Atom) -> Option<f64> {
    let limit = limit(atom)?;
    match (&atom.test, &rulebook.item(atom.node)?.domain) {
        (Test::Index(_), _) => Some(limit),
        (_, Domain::Number { least, most, .. }) => Some(share(limit, *least, *most)),
        _ => None,
    }
}

/// Indices at which a level depends on an item, by item.
pub(crate) fn thresholds(rulebook: &Rulebook) -> Vec<Vec<f64>> {
    let mut list = vec![Vec::new(); rulebook.items.len()];
    for check in checks(rulebook) {
        let (Check::From(atom) | Check::Floor(atom)) = check else {
            continue;
        };
        let Some(atom) = rulebook.program.atoms.get(*atom) else {
            continue;
        };
        if let (Some(limit), Some(slot)) = (index_limit(rulebook, atom), list.get_mut(atom.node)) {
            slot.push(limit);
        }
    }
    list
}

/// The place of a value between two ends, 0 to 100.
pub(crate) fn share(value: f64, low: f64, high: f64) -> f64 {
    if high > low {
        (value - low) / (high - low) * 100.0
    } else {
        0.0
    }
}
