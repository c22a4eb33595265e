//! Gaps between the figures of two roles.

use super::evaluated::Evaluated;
use super::group::over;
use super::{GapKind, GapResult, ItemId, RoleFigure};
use crate::answers::statistics::{GAP, is_strong};
use crate::assess::evaluate::evaluate;
use crate::rules::reading::Reading;
use crate::rules::rulebook::Step;
use crate::rules::vocabulary::Role;
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

/// Steps of the scale of 0 to 4 in the whole of a range.
const STEPS: f64 = 4.0;

impl Evaluated<'_> {
    /// Every gap of a step or more between two shown roles, scores first; of leadership and the
    /// front line, that on every score.
    pub(super) fn gaps(&self) -> Vec<GapResult> {
        let mut list = Vec::new();
        for (place, (one, _)) in self.roles.iter().enumerate() {
            for (other, _) in self.roles.iter().skip(place + 1) {
                list.extend(self.between(*one, *other));
            }
        }
        list.sort_by_key(|(node, _)| (*node < self.rulebook.question_count(), *node));
        self.choose(&mut list);
        list.into_iter().map(|(_, gap)| gap).collect()
    }

    /// Marks what a list names: the widest first, by the figure that is printed, then each that
    /// shares no question with one that is named already; of equals scores first. Where only one
    /// question of a score was answered by both roles, the question is named.
    fn choose(&self, list: &mut [(usize, GapResult)]) {
        let mut named: BTreeSet<usize> = BTreeSet::new();
        let mut order: Vec<&mut (usize, GapResult)> = list.iter_mut().collect();
        order.sort_by(|(_, a), (_, b)| b.printed().total_cmp(&a.printed()));
        for (node, gap) in order {
            let question = *node < self.rulebook.question_count();
            let below = self.questions_of(*node);
            gap.listed = gap.kind != GapKind::Alike
                && (question || gap.one.questions > 1)
                && below.iter().all(|one| !named.contains(one));
            if gap.listed {
                named.extend(below);
            }
        }
    }

    /// The gaps between two roles, each with its item.
    fn between(&self, one: Role, other: Role) -> Vec<(usize, GapResult)> {
        let alone = |role, other| {
            let answers = self.answers.as_seen_by(role, Some(other))?;
            Some(evaluate(self.rulebook, &answers).readings)
        };
        let (Some(ones), Some(others)) = (alone(one, other), alone(other, one)) else {
            return Vec::new();
        };
        let usual = (one, other) == (Role::Leadership, Role::Frontline);
        let steps = &self.rulebook.program.steps;
        let scores = steps.iter().filter_map(|step| match step {
            Step::Score { node, score } => (!score.aggregate.is_apart()).then_some(*node),
            Step::Relevance { .. }
            | Step::Decide { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        });
        let pairs = (0..self.rulebook.question_count()).chain(scores);
        let gap = |node: usize| {
            let gap = self.gap(node, (one, ones.get(node)?), (other, others.get(node)?))?;
            let is_score = node >= self.rulebook.question_count();
            (gap.kind != GapKind::Alike || (usual && is_score)).then_some((node, gap))
        };
        pairs.filter_map(gap).collect()
    }

    fn gap(
        &self,
        node: usize,
        one: (Role, &Reading),
        other: (Role, &Reading),
    ) -> Option<GapResult> {
        let (item, panel) = (self.rulebook.item(node)?, self.answers.disclosure()?);
        let questions = self.questions_of(node);
        let of = |(role, reading): (Role, &Reading), other: Role| -> RoleFigure {
            over(panel, &questions, role, Some(other), Some(reading))
        };
        let (one, other) = (of(one, other.0), of(other, one.0));
        let gap = (one.index? - other.index?) / 100.0 * STEPS;
        Some(GapResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            one,
            other,
            gap,
            kind: match (gap.abs() >= GAP - TOLERANCE, gap > 0.0) {
                (false, _) => GapKind::Alike,
                (true, true) => GapKind::BlindSpot,
                (true, false) => GapKind::HiddenStrength,
            },
            strong: is_strong(gap),
            listed: false,
        })
    }
}
