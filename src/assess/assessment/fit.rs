//! What speaks for each pack, whether what is built fits, and what may be a gap.

use super::build::{Build, names, taken};
use super::{
    Answered, FitResult, FitState, Form, HeadlineKind, HeadlineResult, ItemId, PackResult,
};
use crate::rules::condition::Truth;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Domain, Fit, ItemKind, Pack};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

/// Why no higher level is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enough {
    /// More is built than is called for.
    OverBuilt,
    /// No form but the lowest is called for, and what is built fits.
    LowestForm,
    /// A ladder says what is built, and that fits.
    Fits,
}

impl Enough {
    /// What is said of a higher level.
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::OverBuilt => {
                "The form is the thing to settle first: more is built than your offer calls for."
            }
            Self::LowestForm => {
                "No higher level is aimed at here: your offer calls for no more than the lowest form. What other parts count of it can still be raised."
            }
            Self::Fits => "A higher level is not worth aiming at: what is built fits your offer.",
        }
    }
}

impl Build<'_> {
    /// The packs, with what speaks for each.
    pub(super) fn packs(&self) -> Vec<PackResult> {
        let all = |(place, pack): (usize, &Pack)| PackResult {
            overall: pack.overall,
            headline: self.headline(pack),
            answered: self.answered(|own| pack.overall || own == place),
            id: pack.id.clone(),
            version: pack.version.to_string(),
            digest: pack.digest.clone(),
            changed: pack.changed,
            title: pack.title.clone(),
        };
        self.rulebook.packs.iter().enumerate().map(all).collect()
    }

    /// What speaks for a pack.
    pub(super) fn headline(&self, pack: &Pack) -> Option<HeadlineResult> {
        let node = pack.headline?;
        let kind = if self.rulebook.program.ladder(node).is_some() {
            HeadlineKind::Ladder
        } else {
            HeadlineKind::Score
        };
        Some(HeadlineResult {
            id: ItemId::from(&self.rulebook.item(node)?.id),
            kind,
        })
    }

    /// How many questions apply and are answered, of those a test picks.
    pub(super) fn answered(&self, wanted: impl Fn(usize) -> bool) -> Answered {
        let mut answered = Answered::default();
        let questions = self.rulebook.items.iter().zip(&self.evaluation.readings);
        for (item, reading) in questions.take(self.rulebook.question_count()) {
            if wanted(item.pack) && item.domain != Domain::Text && !reading.is_absent() {
                answered.applicable += 1;
                answered.rated += usize::from(reading.state == State::Rated);
            }
        }
        answered
    }

    /// Whether a question may be a gap: it is measured, more of it may be called for, and it is below
    /// its top or without an answer.
    pub(super) fn is_gap(&self, node: usize, reading: &Reading) -> bool {
        let below = !reading.is_rated() || reading.value < reading.most - TOLERANCE;
        self.rulebook.is_measured(node)
            && self.more_is_called_for(node)
            && !reading.is_absent()
            && below
    }

    /// Whether more of a question may be called for: not where it is certainly not called for, nor
    /// where its pack is over-built.
    pub(super) fn more_is_called_for(&self, node: usize) -> bool {
        let item = self.rulebook.item(node);
        let enough = item.and_then(|item| self.enough(item.pack));
        enough != Some(Enough::OverBuilt) && self.called_for(node) != Truth::False
    }

    /// Whether a question is called for.
    pub(super) fn called_for(&self, node: usize) -> Truth {
        let truth = self.evaluation.called_for.get(node);
        truth.copied().unwrap_or(Truth::True)
    }

    /// Whether any question that a score rests on is called for.
    pub(super) fn score_called_for(&self, node: usize) -> Truth {
        let reach = self.rulebook.program.reach();
        let questions = 0..self.rulebook.question_count();
        let below = questions.filter(|question| reach.rests(node, *question));
        let called: Vec<Truth> = below.map(|question| self.called_for(question)).collect();
        match called.as_slice() {
            [] => Truth::True,
            any if any.contains(&Truth::True) => Truth::True,
            any if any.contains(&Truth::Unknown) => Truth::Unknown,
            _ => Truth::False,
        }
    }

    /// Why no higher level of a pack is called for: more is built than is called for, or what is
    /// built fits and no form but the lowest is called for.
    fn enough(&self, pack: usize) -> Option<Enough> {
        let fit = self.rulebook.packs.get(pack)?.fit?;
        match self.fit_state(fit)? {
            FitState::OverBuilt => Some(Enough::OverBuilt),
            FitState::Fit => {
                let called_for = self.evaluation.readings.get(fit.called_for)?;
                (called_for.held == 1).then_some(Enough::LowestForm)
            }
            FitState::UnderBuilt | FitState::Open | FitState::NotApplicable => None,
        }
    }

    /// Why a higher level of a ladder is not called for: none of its pack is, or the ladder says what
    /// is built and that fits.
    pub(super) fn enough_on(&self, ladder: usize, pack: usize) -> Option<Enough> {
        let fit = self.rulebook.packs.get(pack)?.fit?;
        let fits = || {
            let fits = fit.built == ladder && self.fit_state(fit) == Some(FitState::Fit);
            fits.then_some(Enough::Fits)
        };
        self.enough(pack).or_else(fits)
    }

    /// What the pack's decision says.
    fn fit_state(&self, fit: Fit) -> Option<FitState> {
        let reading = self.evaluation.readings.get(fit.decision)?;
        let ItemKind::Decision { outcomes, .. } = &self.rulebook.item(fit.decision)?.kind else {
            return None;
        };
        let mut outcomes = outcomes.iter().enumerate();
        let outcome = outcomes.find(|(place, _)| reading.held >> place & 1 == 1);
        Some(match outcome.map(|(_, one)| one.id.as_str()) {
            Some("under-built") => FitState::UnderBuilt,
            Some("over-built") => FitState::OverBuilt,
            Some(_) => FitState::Fit,
            None if reading.is_absent() => FitState::NotApplicable,
            None => FitState::Open,
        })
    }

    /// Whether what is built fits, pack by pack.
    pub(super) fn fits(&self) -> Vec<FitResult> {
        let packs = self.rulebook.packs.iter();
        packs.filter_map(|pack| self.fit(pack, pack.fit?)).collect()
    }

    fn fit(&self, pack: &Pack, fit: Fit) -> Option<FitResult> {
        let item = self.rulebook.item(fit.decision)?;
        let reading = self.evaluation.readings.get(fit.decision)?;
        let ItemKind::Decision { rules, .. } = &item.kind else {
            return None;
        };
        let names = names(&item.kind);
        let outcome = taken(&names, reading.held).pop();
        let rule = reading.by.and_then(|place| rules.get(usize::from(place)));
        Some(FitResult {
            pack: pack.id.clone(),
            id: ItemId::from(&item.id),
            state: self.fit_state(fit)?,
            outcome,
            possible: taken(&names, reading.possible),
            called_for: self.form(fit.called_for)?,
            built: self.form(fit.built)?,
            certain: reading.is_certain(),
            rule: rule.map(|rule| rule.id.clone()),
            because: self.rule_reason(fit.decision, rules),
        })
    }

    fn form(&self, node: usize) -> Option<Form> {
        let item = self.rulebook.item(node)?;
        let reading = self.evaluation.readings.get(node)?;
        let names = names(&item.kind);
        Some(Form {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            form: taken(&names, reading.held).pop(),
            possible: taken(&names, reading.possible),
            certain: reading.is_certain(),
        })
    }
}
