//! The questions on which people differ enough for a workshop.

use super::{Assessment, GroupOutcome, GroupResult, ItemId};

impl Assessment {
    /// The contested questions that people have not agreed on yet, in the order of `to_settle`.
    pub(in crate::assess::assessment) fn unsettled(&self) -> Vec<ItemId> {
        let questions = self.questions.iter().filter(|one| one.agreed.is_none());
        let groups = questions.filter_map(|one| Some((&one.id, one.group.as_ref()?)));
        let mut list: Vec<_> = groups.filter(|(_, group)| group.contested).collect();
        list.sort_by(|(_, one), (_, other)| {
            let ((one, gap), (other, other_gap)) = (rank(one), rank(other));
            one.total_cmp(&other).then(gap.total_cmp(&other_gap))
        });
        list.into_iter().map(|(id, _)| id.clone()).collect()
    }
}

/// Key of the order: the agreement, then the gap, the widest first.
fn rank(group: &GroupResult) -> (f64, f64) {
    let agreement = group.spread.as_ref().and_then(|one| one.agreement);
    let is_split = group.outcome == GroupOutcome::Split;
    let agreement = agreement.unwrap_or(if is_split { -1.0 } else { 2.0 });
    (agreement, -group.gap.unwrap_or_default())
}
