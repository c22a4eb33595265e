//! The questions on which people differ enough for a workshop.

use super::{Assessment, GroupOutcome, GroupResult, QuestionResult};

impl Assessment {
    /// The contested questions: first those on which no choice could be made, then by agreement, the
    /// lowest first, then by the gap between roles, the widest first; last those whose spread is
    /// hidden.
    #[must_use]
    pub fn contested(&self) -> Vec<&QuestionResult> {
        let questions = self.questions.iter();
        let groups = questions.filter_map(|one| Some((one, one.group.as_ref()?)));
        let mut list: Vec<_> = groups.filter(|(_, group)| group.contested).collect();
        list.sort_by(|(_, one), (_, other)| {
            let ((one, gap), (other, other_gap)) = (rank(one), rank(other));
            one.total_cmp(&other).then(gap.total_cmp(&other_gap))
        });
        list.into_iter().map(|(question, _)| question).collect()
    }

    /// The contested questions that people have not agreed on yet, in the same order.
    #[must_use]
    pub fn to_settle(&self) -> Vec<&QuestionResult> {
        let mut list = self.contested();
        list.retain(|question| question.agreed.is_none());
        list
    }
}

/// Key of the order: the agreement, then the gap, the widest first.
fn rank(group: &GroupResult) -> (f64, f64) {
    let agreement = group.spread.as_ref().and_then(|one| one.agreement);
    let is_split = group.outcome == GroupOutcome::Split;
    let agreement = agreement.unwrap_or(if is_split { -1.0 } else { 2.0 });
    (agreement, -group.gap.unwrap_or_default())
}
