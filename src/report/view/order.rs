//! Order of the packs: the one that draws the others together first, and what speaks for several.

use super::context::ReportContext;
use crate::rules::pack::file::Part;
use crate::rules::rulebook::{Exhibit, ItemKind};

/// More packs than these do not stand in full on one page.
const MOST_IN_FULL: usize = 4;

/// The place of the pack that speaks for all, as the result says.
pub(super) fn overall(material: &ReportContext<'_>) -> Option<usize> {
    let overall = material.assessment.packs.iter().find(|pack| pack.overall)?;
    let mut packs = material.rulebook.packs.iter();
    packs.position(|pack| pack.id == overall.id)
}

impl ReportContext<'_> {
    /// Packs as they are read: the overall one first, then in the order of the assessment.
    pub(super) fn reading_order(&self) -> impl Iterator<Item = usize> + use<> {
        let overall = self.overall;
        let others = (0..self.rulebook.packs.len()).filter(move |place| Some(*place) != overall);
        overall.into_iter().chain(others)
    }

    /// True if the summary lists packs in a table, because one speaks for all or there are many.
    pub(super) fn in_a_table(&self) -> bool {
        let told = self
            .reading_order()
            .filter(|place| !self.only_facts(*place));
        self.overall.is_some() || told.count() > MOST_IN_FULL
    }

    /// True if a pack among several has no scores, levels, results or exhibits of its own, only
    /// facts that others read.
    pub(super) fn only_facts(&self, place: usize) -> bool {
        let scored = |kind: &ItemKind| match kind {
            ItemKind::Score { .. } | ItemKind::Ladder { .. } => true,
            ItemKind::Question(_) | ItemKind::Decision { .. } | ItemKind::Figure { .. } => false,
        };
        let mut items = self.rulebook.items.iter();
        let mut metrics = self.rulebook.metrics.iter();
        let pack = self.rulebook.packs.get(place);
        self.rulebook.packs.len() > 1
            && !items.any(|item| item.pack == place && scored(&item.kind))
            && !metrics.any(|metric| metric.pack == place)
            && !pack.is_some_and(|pack| pack.exhibits.iter().any(|one| self.shows(&one.kind)))
    }

    /// The part an exhibit stands in: beside a table of packs, only the overall pack's stay on
    /// the first page, and the others' open their profiles.
    pub(super) fn part(&self, place: usize, exhibit: &Exhibit) -> Part {
        let moves = exhibit.part == Part::Summary && self.overall != Some(place);
        if moves && self.in_a_table() {
            Part::Profile
        } else {
            exhibit.part
        }
    }
}

/// Sorts by rank, and within a rank takes the first of each pack before the second of any.
pub(super) fn spread<T: Copy, R: Ord, P: Eq>(list: &mut [T], key: impl Fn(T) -> (R, P)) {
    let keys: Vec<(R, P)> = list.iter().map(|one| key(*one)).collect();
    let before = |place: usize, (rank, pack): &(R, P)| {
        let earlier = keys.iter().take(place);
        earlier
            .filter(|(other, own)| other == rank && own == pack)
            .count()
    };
    let turns: Vec<usize> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| before(place, key))
        .collect();
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|place| {
        (
            keys.get(*place).map(|(rank, _)| rank),
            turns.get(*place).copied(),
        )
    });
    let sorted: Vec<T> = order
        .iter()
        .filter_map(|place| list.get(*place).copied())
        .collect();
    list.copy_from_slice(&sorted);
}
