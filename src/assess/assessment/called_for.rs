//! Calls for more of something: only then is it a gap, and only then is a higher level
//! worth aiming at.

use super::evaluated::Evaluated;
use super::{Because, FitState};
use crate::rules::condition::Truth;
use crate::rules::pack::file::FindingKind;
use crate::text::number::TOLERANCE;

/// More is built than is called for.
const OVER_BUILT: &str =
    "The form is the thing to settle first: more is built than your offer calls for.";
/// No form but the lowest is called for, and what is built fits.
const LOWEST_FORM: &str = "No higher level is aimed at here: your offer calls for no more than the lowest form. What other parts count of it can still be raised.";
/// A ladder shows what is built, and that fits.
const FITS: &str = "A higher level is not worth aiming at: what is built fits your offer.";

impl Evaluated<'_> {
    /// True if a question may be a gap: it is measured, more of it may be called for, and it is
    /// below its top or without an answer.
    pub(super) fn is_gap(&self, node: usize) -> bool {
        self.rulebook.is_measured(node)
            && self.more_is_called_for(node)
            && self.reading(node).is_some_and(|reading| {
                let below = !reading.is_rated() || reading.value < reading.most - TOLERANCE;
                below && !reading.is_absent()
            })
    }

    /// True if more of a question may be called for: not where it is certainly not called for, nor
    /// where its pack is over-built.
    pub(super) fn more_is_called_for(&self, node: usize) -> bool {
        let item = self.rulebook.item(node);
        let enough = item.and_then(|item| self.enough(item.pack));
        enough != Some(OVER_BUILT) && self.called_for(node) != Truth::False
    }

    /// Truth of a question being called for.
    pub(super) fn called_for(&self, node: usize) -> Truth {
        let truth = self.evaluation.called_for.get(node);
        truth.copied().unwrap_or(Truth::True)
    }

    /// Truth of any question that a score rests on being called for.
    pub(super) fn score_called_for(&self, node: usize) -> Truth {
        self.any_below(node, |question| self.called_for(question))
            .unwrap_or(Truth::True)
    }

    /// Truth of anything that a finding rests on being called for; for a gap, of more of it.
    pub(super) fn finding_called_for(&self, kind: FindingKind, because: &[Because]) -> Truth {
        let wanted = |node: usize| match kind {
            FindingKind::Fit => Truth::True,
            FindingKind::Gap if !self.more_is_called_for(node) => Truth::False,
            FindingKind::Gap
            | FindingKind::Contradiction
            | FindingKind::Risk
            | FindingKind::Unknown
            | FindingKind::Strength => self.called_for(node),
        };
        let count = self.rulebook.question_count();
        let nodes = self.nodes(because).into_iter();
        let each = nodes.filter_map(|node| {
            if node < count {
                Some(wanted(node))
            } else {
                self.rulebook.program.score(node)?;
                self.any_below(node, wanted)
            }
        });
        each.reduce(Truth::max).unwrap_or(Truth::True)
    }

    /// Highest truth over the questions below an item; `None` where there is none.
    fn any_below(&self, node: usize, wanted: impl Fn(usize) -> Truth) -> Option<Truth> {
        let reach = self.rulebook.program.reach();
        let questions = 0..self.rulebook.question_count();
        let below = questions.filter(|question| reach.rests(node, *question));
        below.map(wanted).reduce(Truth::max)
    }

    /// The sentence on why no higher level of a pack is called for: more is built than is called
    /// for, or what is built fits and no form but the lowest is called for.
    fn enough(&self, pack: usize) -> Option<&'static str> {
        let fit = self.rulebook.packs.get(pack)?.fit?;
        match self.fit_state(fit)? {
            FitState::OverBuilt => Some(OVER_BUILT),
            FitState::Fit => {
                let called_for = self.reading(fit.called_for)?;
                (called_for.held == 1).then_some(LOWEST_FORM)
            }
            FitState::UnderBuilt | FitState::Open | FitState::NotApplicable => None,
        }
    }

    /// The sentence on why a higher level of a ladder is not called for: none of its pack is, or the
    /// ladder shows what is built and that fits.
    pub(super) fn enough_on(&self, ladder: usize, pack: usize) -> Option<&'static str> {
        let fit = self.rulebook.packs.get(pack)?.fit?;
        let fits = || {
            let fits = fit.built == ladder && self.fit_state(fit) == Some(FitState::Fit);
            fits.then_some(FITS)
        };
        self.enough(pack).or_else(fits)
    }
}
