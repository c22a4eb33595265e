//! The inputs of a comparison, and two documents whose items are paired by id.

use super::result::PackChange;
use crate::answers::Answers;
use crate::assess::assessment::Assessment;
use crate::rules::rulebook::Rulebook;

/// A side of a comparison: a result document, with the answers behind it where they are at hand.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The document.
    pub result: &'a Assessment,
    /// Rulebook and answers it was made from.
    pub source: Option<(&'a Rulebook, &'a Answers)>,
}

impl<'a> Side<'a> {
    /// A document that was kept; its answers cannot be scored again.
    #[must_use]
    pub fn stored(result: &'a Assessment) -> Self {
        Self {
            result,
            source: None,
        }
    }

    /// A document with the answers it was made from.
    #[must_use]
    pub fn scored(result: &'a Assessment, rulebook: &'a Rulebook, answers: &'a Answers) -> Self {
        Self {
            result,
            source: Some((rulebook, answers)),
        }
    }
}

/// The earlier answers under the later packs, where packs changed.
#[derive(Debug, Clone, Copy)]
pub enum Carried<'a> {
    /// The earlier answers, scored by the rulebook of the later ones.
    Done(Side<'a>),
    /// Reason why that cannot be: a sentence in lower case without a period.
    Not(&'a str),
}

/// Two result documents, and the earlier answers under the later packs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) before: &'a Assessment,
    pub(super) after: &'a Assessment,
    /// The earlier answers scored by the later packs, where that is possible and packs changed.
    pub(super) carried: Option<&'a Assessment>,
    pub(super) packs: &'a [PackChange],
}

impl<'a> Pair<'a> {
    /// Changes of the items of packs that are compared: in the order of the later document, with
    /// what only the earlier one has behind it. `change` takes the earlier item, the later one, and
    /// the one of the earlier answers under the later packs, where these were scored.
    pub(super) fn changes<T, C>(
        &self,
        list: fn(&'a Assessment) -> Vec<(&'a str, &'a T)>,
        change: impl Fn(Option<&'a T>, Option<&'a T>, Option<Option<&'a T>>) -> Option<C>,
    ) -> Vec<C> {
        let (before, after) = (list(self.before), list(self.after));
        let carried = self.carried.map(list);
        let find = |items: &[(&str, &'a T)], id: &str| {
            let mut items = items.iter();
            items.find(|(one, _)| *one == id).map(|(_, item)| *item)
        };
        let gone = before.iter().filter(|(id, _)| find(&after, id).is_none());
        let ids = after.iter().chain(gone).map(|(id, _)| *id);
        let compared = ids.filter(|id| self.compares(id));
        let changes = compared.filter_map(|id| {
            let carried = carried.as_ref().map(|items| find(items, id));
            change(find(&before, id), find(&after, id), carried)
        });
        changes.collect()
    }

    /// Returns true where an item's pack is compared.
    fn compares(&self, id: &str) -> bool {
        let pack = id.split('.').next().unwrap_or_default();
        let found = self.packs.iter().find(|one| one.id == pack);
        found.is_some_and(|one| one.relation.is_compared())
    }
}

/// Items with their ids.
pub(super) fn by_id<T>(items: &[T], id: fn(&T) -> &str) -> Vec<(&str, &T)> {
    items.iter().map(|one| (id(one), one)).collect()
}
