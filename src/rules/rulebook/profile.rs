//! Scores that make up the profile of a firm, and the indices on which levels depend.

use super::item::{Domain, Item, ItemKind};
use super::program::{Program, Step};
use super::rule::Check;
use super::{ExhibitKind, Pack, Rulebook};
use crate::rules::condition::{Atom, Test};
use crate::rules::pack::file::Part;
use std::collections::{BTreeSet, HashSet};

/// The items that describe the market: everything the bars of the fit part show, and everything a
/// grid reads, down to its questions.
pub(crate) fn market(rulebook: &Rulebook, pack: &Pack) -> HashSet<usize> {
    let mut open: Vec<usize> = Vec::new();
    for exhibit in &pack.exhibits {
        match &exhibit.kind {
            ExhibitKind::Bars(nodes) if exhibit.part == Part::Fit => {
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
        if all.insert(node)
            && let Some(ItemKind::Score { children, .. }) = rulebook.item(node).map(|one| &one.kind)
        {
            open.extend(children);
        }
    }
    all
}

/// The scores that make up the profiles of all packs, by item.
pub(crate) fn profiles(rulebook: &Rulebook) -> impl Iterator<Item = usize> {
    let packs = rulebook.packs.iter().enumerate();
    packs.flat_map(|(place, pack)| profile(rulebook, place, &market(rulebook, pack)))
}

/// The scores that say how far the firm is: what ladders read, and every further average that
/// does not rest on the market.
pub(crate) fn profile(rulebook: &Rulebook, pack: usize, market: &HashSet<usize>) -> Vec<usize> {
    let read: HashSet<usize> = level_atoms(&rulebook.program)
        .map(|atom| atom.node)
        .collect();
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
            let properties = aggregate.properties();
            let average = properties.averages;
            let own = item.section.is_some() && !properties.distance;
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

/// The tests of values that levels ask for.
fn level_atoms(program: &Program) -> impl Iterator<Item = &Atom> {
    program.checks().filter_map(|check| match check {
        Check::From(atom) | Check::Floor(atom) => program.atoms.get(*atom),
        Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
    })
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
    for atom in level_atoms(&rulebook.program) {
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

/// The scores of a pack that no other score of it reads. A distance between parts, a spread or a
/// difference, is not among them, and what only it reads still is.
pub(crate) fn topmost(items: &[Item], program: &Program, pack: usize) -> Vec<usize> {
    let own = |node: usize| items.get(node).is_some_and(|item| item.pack == pack);
    let scores = program.steps.iter().filter_map(|step| {
        let Step::Score { node, score } = step else {
            return None;
        };
        (own(*node) && !score.aggregate.properties().distance).then_some((*node, score))
    });
    let (mut found, mut read) = (BTreeSet::new(), BTreeSet::new());
    for (node, score) in scores {
        found.insert(node);
        read.extend(score.terms.iter().map(|term| term.node));
    }
    found.difference(&read).copied().collect()
}
