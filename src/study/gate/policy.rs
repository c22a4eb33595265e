//! A policy found valid: every id is there, every threshold can be reached.

use super::Weight;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::ConfidenceGrade;
use crate::text::diagnostic::Place;
use crate::text::yaml::Located;

/// A policy found valid for the packs it was checked against.
#[derive(Debug, Clone)]
pub struct Policy {
    /// What regressions are measured from.
    pub against: Option<Located<String>>,
    pub(super) rules: Vec<Rule>,
}

impl Policy {
    /// Where the first rule that asks for no regression stands.
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
    /// Whether what is met only as things stand counts as unproven.
    pub(super) surely: bool,
    pub(super) ask: Ask,
}

/// What a rule asks for; ids are in full.
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
        /// Whether all scores are meant, as far as they can be compared.
        all: bool,
        tolerance: f64,
    },
    Overdue,
}
