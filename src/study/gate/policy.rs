//! A policy found valid: every id is there, every threshold can be reached.

use super::file::Weight;
use super::verdict::CheckKind;
use crate::rules::vocabulary::{Basis, ConfidenceGrade};
use crate::text::diagnostic::Place;
use crate::text::yaml::Located;

/// A policy found valid for the packs it was checked against.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The base that regressions are measured from.
    pub against: Option<Located<String>>,
    pub(super) rules: Vec<Rule>,
}

impl Policy {
    /// Place of the first rule that asks for no regression.
    #[must_use]
    pub fn regression(&self) -> Option<Place> {
        let asks = |rule: &&Rule| matches!(rule.ask, Ask::Regression { .. });
        self.rules.iter().find(asks).map(|rule| rule.place)
    }
}

/// A rule found valid.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) name: Option<String>,
    pub(super) severity: Weight,
    pub(super) because: Option<String>,
    pub(super) place: Place,
    /// True where what is met only with the answers so far counts as unproven.
    pub(super) surely: bool,
    pub(super) ask: Ask,
}

/// Demand of a rule; ids are in full.
#[derive(Debug, Clone)]
pub(super) enum Ask {
    Score {
        ids: Vec<String>,
        least: f64,
        by_index: bool,
    },
    /// Of the whole assessment where no ids are given.
    Coverage {
        ids: Vec<String>,
        least: f64,
    },
    /// Of the whole assessment where no ids are given.
    Confidence {
        ids: Vec<String>,
        least: ConfidenceGrade,
    },
    Basis(Basis),
    Level {
        id: String,
        level: String,
        label: String,
    },
    /// Gates of packs.
    Gates(Vec<String>),
    /// Findings with their titles.
    Forbid(Vec<(String, String)>),
    Regression {
        ids: Vec<String>,
        /// True where all scores are meant, as far as they can be compared.
        all: bool,
        tolerance: f64,
    },
    Overdue,
}

impl Ask {
    pub(super) fn kind(&self) -> CheckKind {
        match self {
            Self::Score { .. } => CheckKind::Score,
            Self::Coverage { .. } => CheckKind::Coverage,
            Self::Confidence { .. } => CheckKind::Confidence,
            Self::Basis(_) => CheckKind::Basis,
            Self::Level { .. } => CheckKind::Level,
            Self::Gates(_) => CheckKind::Gate,
            Self::Forbid(_) => CheckKind::Finding,
            Self::Regression { .. } => CheckKind::Regression,
            Self::Overdue => CheckKind::Overdue,
        }
    }
}
