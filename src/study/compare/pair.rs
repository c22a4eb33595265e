//! Two result documents whose items are paired by id.

use super::packs::compares;
use super::result::PackChange;
use crate::assess::assessment::Assessment;

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
        let compared = ids.filter(|id| compares(self.packs, id));
        let changes = compared.filter_map(|id| {
            let carried = carried.as_ref().map(|items| find(items, id));
            change(find(&before, id), find(&after, id), carried)
        });
        changes.collect()
    }
}

/// Items with their ids.
pub(super) fn by_id<T>(items: &[T], id: fn(&T) -> &str) -> Vec<(&str, &T)> {
    items.iter().map(|one| (id(one), one)).collect()
}
