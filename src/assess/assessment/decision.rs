//! Decisions in the result, and whether what is built fits what is called for.

use super::evaluated::{Evaluated, named};
use super::{DecisionResult, FitResult, FitState, FormResult, ItemId};
use crate::message;
use crate::rules::Reading;
use crate::rules::rulebook::words::either;
use crate::rules::rulebook::{Fit, Item, ItemKind, Pack, Rule};
use crate::rules::vocabulary::HitPolicy;

impl Evaluated<'_> {
    pub(super) fn decision(
        &self,
        node: usize,
        item: &Item,
        reading: &Reading,
    ) -> Option<DecisionResult> {
        let table = self.rulebook.program.table(node);
        let rules = table.map(|table| table.rules.as_slice())?;
        let inputs = table.map_or(&[][..], |table| table.inputs.as_slice());
        Some(DecisionResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            outcome: named(&item.kind, reading.held),
            possible: named(&item.kind, reading.possible),
            certain: reading.is_certain(),
            not_applicable: reading.is_absent(),
            rule: deciding(rules, reading).map(|rule| rule.id.clone()),
            because: self.rule_reason(node, rules),
            inputs: self.becauses(inputs),
        })
    }

    /// The reason for an outcome: that of the rule that decides; where several rules hold, or open
    /// answers choose between rules of one outcome, the reasons of all of them.
    fn rule_reason(&self, node: usize, rules: &[Rule]) -> Option<String> {
        let reading = self.reading(node)?;
        if reading.by.is_some() {
            return Some(deciding(rules, reading)?.because.clone());
        }
        let table = self.rulebook.program.table(node)?;
        let all = table.hit_policy == HitPolicy::Collect;
        let mut reasons: Vec<&str> = Vec::new();
        let tried = self.evaluation.trace.rules.iter();
        for (_, place, truth) in tried.filter(|one| one.0 == node) {
            let leads = table
                .rules
                .get(*place)
                .is_some_and(|rule| reading.held & (1 << rule.outcome) != 0);
            let counts = truth.holds() || !all && truth.may_hold();
            let Some(rule) = rules.get(*place).filter(|_| counts && leads) else {
                continue;
            };
            let because = rule.because.trim_end_matches('.');
            if !reasons.contains(&because) {
                reasons.push(because);
            }
        }
        match reasons.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            several if all => Some(several.join("; ")),
            several => {
                let quoted: Vec<String> = several.iter().map(|one| format!("“{one}”")).collect();
                let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
                Some(message!(
                    "which-of-them-is-open-and-they-come",
                    either = either(&quoted)
                ))
            }
        }
    }

    /// The fit of what is built, pack by pack.
    pub(super) fn fits(&self) -> Vec<FitResult> {
        let packs = self.rulebook.packs.iter();
        packs.filter_map(|pack| self.fit(pack, pack.fit?)).collect()
    }

    fn fit(&self, pack: &Pack, fit: Fit) -> Option<FitResult> {
        let (item, reading) = self.item(fit.decision)?;
        let mut decision = self.decision(fit.decision, item, reading)?;
        Some(FitResult {
            pack: pack.id.clone(),
            id: decision.id,
            state: self.fit_state(fit)?,
            outcome: decision.outcome.pop(),
            possible: decision.possible,
            called_for: self.form(fit.called_for)?,
            built: self.form(fit.built)?,
            certain: decision.certain,
            rule: decision.rule,
            because: decision.because,
        })
    }

    fn form(&self, node: usize) -> Option<FormResult> {
        let (item, reading) = self.item(node)?;
        Some(FormResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            form: named(&item.kind, reading.held).pop(),
            possible: named(&item.kind, reading.possible),
            certain: reading.is_certain(),
        })
    }

    /// The outcome of the decision that compares what is built with what is called for.
    pub(super) fn fit_state(&self, fit: Fit) -> Option<FitState> {
        let (item, reading) = self.item(fit.decision)?;
        let ItemKind::Decision { .. } = item.kind else {
            return None;
        };
        let outcomes = item.kind.members(reading.held);
        Some(match outcomes.first().map(|(id, _)| *id) {
            Some("under-built") => FitState::UnderBuilt,
            Some("over-built") => FitState::OverBuilt,
            Some(_) => FitState::Fit,
            None if reading.is_absent() => FitState::NotApplicable,
            None => FitState::Open,
        })
    }
}

/// The rule that decided; `None` where several hold, or where it is open which of several does.
fn deciding<'r>(rules: &'r [Rule], reading: &Reading) -> Option<&'r Rule> {
    rules.get(usize::from(reading.by?))
}
