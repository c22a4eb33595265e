//! Items that can be drawn: what does not apply or is not asked is left out of every picture.

use crate::assess::assessment::ScoreState;
use crate::report::layout::PackLayout;
use crate::report::view::context::{ReportContext, names as list};
use crate::rules::rulebook::{ExhibitKind, ItemKind};
use crate::rules::vocabulary::State;

/// Reasons why an item is not drawn.
const NOT_ASKED: &str = "Not asked in this assessment";
const NOT_APPLICABLE: &str = "Does not apply here";

impl ReportContext<'_> {
    /// True if an item is asked and applies, or has no result of its own.
    pub(in crate::report::view) fn applies(&self, node: usize) -> bool {
        self.away(node).is_none()
    }

    /// Why an item stands in no picture.
    fn away(&self, node: usize) -> Option<&'static str> {
        if let Some(question) = self.question(node) {
            return match question.state {
                State::NotAsked => Some(NOT_ASKED),
                State::Irrelevant | State::NotApplicable => Some(NOT_APPLICABLE),
                State::Rated | State::Missing | State::Unknown => None,
            };
        }
        if let Some(score) = self.score(node) {
            return match score.state {
                ScoreState::NotAsked => Some(NOT_ASKED),
                ScoreState::NotApplicable => Some(NOT_APPLICABLE),
                ScoreState::Rated | ScoreState::Thin | ScoreState::NotAssessed => None,
            };
        }
        if let Some(rungs) = self.rulebook.program.ladder(node) {
            return self.away(rungs.of?);
        }
        let decision = self.decision(node)?;
        decision.not_applicable.then_some(NOT_APPLICABLE)
    }

    /// True if an exhibit has anything to show.
    pub(in crate::report::view) fn shows(&self, kind: &ExhibitKind) -> bool {
        let some = |nodes: &[usize]| nodes.iter().any(|node| self.applies(*node));
        match kind {
            ExhibitKind::Dots(nodes) | ExhibitKind::Bars(nodes) | ExhibitKind::Verdicts(nodes) => {
                some(nodes)
            }
            ExhibitKind::Star(node) => match self.rulebook.item(*node).map(|item| &item.kind) {
                Some(ItemKind::Score { children, .. }) => some(children),
                _ => false,
            },
            ExhibitKind::Grid { decision, .. } => self.applies(*decision),
            ExhibitKind::Steps { decision, ladder } => {
                self.applies(*decision) && self.applies(*ladder)
            }
            ExhibitKind::Checklist(gates) => gates.iter().any(|gate| self.gate_applies(*gate)),
        }
    }

    /// True if the gate reads nothing, or anything it reads is asked and applies.
    pub(super) fn gate_applies(&self, place: usize) -> bool {
        let gate = self.assessment.gates.get(place);
        gate.is_some_and(|gate| {
            gate.parts.is_empty()
                || gate
                    .parts
                    .iter()
                    .filter_map(|part| self.node(&part.id))
                    .any(|node| self.applies(node))
        })
    }

    /// True if the profile of a pack has anything to show that the engine adds.
    pub(in crate::report::view) fn has_profile(&self, layout: &PackLayout<'_>) -> bool {
        let mut ladders = layout.ladders.iter().filter(|one| !one.drawn);
        layout.profile.iter().any(|node| self.applies(*node))
            || ladders.any(|one| self.applies(one.node))
    }

    /// Names of the items left out of a picture, with the reasons; `None` where all are drawn.
    pub(super) fn left_out(&self, nodes: &[usize]) -> Option<String> {
        let names = |why: &str| -> Option<String> {
            let away = nodes.iter().filter(|node| self.away(**node) == Some(why));
            let items = away.filter_map(|node| self.rulebook.item(*node));
            let labels: Vec<&str> = items.map(|item| item.label.as_str()).collect();
            let named = list(&labels);
            let end = if named.ends_with('?') { "" } else { "." };
            (!labels.is_empty()).then(|| format!("{why}: {named}{end}"))
        };
        let told: Vec<String> = [NOT_ASKED, NOT_APPLICABLE]
            .iter()
            .filter_map(|why| names(why))
            .collect();
        (!told.is_empty()).then(|| told.join(" "))
    }
}
