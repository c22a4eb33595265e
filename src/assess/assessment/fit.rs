//! Fit of what is built with what is called for, by the packs' own decisions.

use super::evaluated::{Evaluated, named};
use super::{FitResult, FitState, FormResult, ItemId, Named};
use crate::rules::rulebook::{Fit, ItemKind, Pack};

impl Evaluated<'_> {
    /// The fit of what is built, pack by pack.
    pub(super) fn fits(&self) -> Vec<FitResult> {
        let packs = self.rulebook.packs.iter();
        packs.filter_map(|pack| self.fit(pack, pack.fit?)).collect()
    }

    fn fit(&self, pack: &Pack, fit: Fit) -> Option<FitResult> {
        let (item, reading) = self.item(fit.decision)?;
        let mut decision = self.decision((fit.decision, item, reading))?;
        let (built, _) = self.item(fit.built)?;
        let aimed_at = self.evaluation.targets.as_ref();
        let aimed_at = aimed_at.and_then(|readings| readings.get(fit.built));
        Some(FitResult {
            pack: pack.id.clone(),
            id: decision.id,
            state: self.fit_state(fit)?,
            outcome: decision.outcome.pop(),
            possible: decision.possible,
            called_for: self.form(fit, fit.called_for)?,
            built: self.form(fit, fit.built)?,
            aimed_at: aimed_at.and_then(|reading| named(&built.kind, reading.held).pop()),
            certain: decision.certain,
            rule: decision.rule,
            because: decision.because,
        })
    }

    fn form(&self, fit: Fit, node: usize) -> Option<FormResult> {
        let (item, reading) = self.item(node)?;
        let form = named(&item.kind, reading.held).pop();
        let built = self.rulebook.item(fit.built)?;
        let ItemKind::Ladder { levels } = &built.kind else {
            return None;
        };
        let level = |form: &Named| levels.iter().find(|level| level.id == form.id);
        let means = form.as_ref().and_then(level);
        Some(FormResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            means: means.and_then(|level| level.text.clone()),
            form,
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
