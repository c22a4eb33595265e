//! Packs linked: every id an index, every score in its place, every table proven.
//!
//! [`Rulebook::link`] is the only door from packs as written to packs as valid; it gathers every
//! problem it finds. A rulebook has two sides: the texts people read ([`Item`], [`Section`],
//! [`Finding`] ...) and the [`Program`] that an evaluation walks.

mod content;
mod item;
pub(crate) mod profile;
mod program;
mod rule;
pub(crate) mod scale;
pub(crate) mod text;
pub(crate) mod words;

pub use content::{
    Advice, ContextFigure, Exhibit, ExhibitKind, Finding, Fit, Gate, Pack, Raise, Section,
};
pub use item::{
    Choice, Domain, Item, ItemKind, LadderLevel, Metric, MetricInput, Outcome, Question, Row,
};
pub use program::{Program, Step};
pub use rule::{Cap, Check, LadderRule, Level, MetricRule, Rule, ScoreRule, Table, Term};

use std::collections::HashMap;
use std::sync::Arc;

/// One or more packs, checked and linked.
#[derive(Debug, Clone)]
pub struct Rulebook {
    pub(crate) packs: Vec<Pack>,
    pub(crate) sections: Vec<Section>,
    pub(crate) items: Arc<[Item]>,
    pub(crate) metrics: Vec<Metric>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) program: Program,
    pub(crate) index: Arc<HashMap<String, usize>>,
    pub(crate) texts: minijinja::Environment<'static>,
}

impl Rulebook {
    /// The packs, in the order they were asked for.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The sections of all packs, in reading order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Questions first, then scores, decisions, figures and ladders, pack by pack.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The metrics of all packs.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// The gates of all packs.
    #[must_use]
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// The findings of all packs, in the order they are written.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The program an evaluation runs.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The place of the item `pack.item`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// True where a headline, a ladder or a gate reads a question for its value.
    #[must_use]
    pub fn is_measured(&self, question: usize) -> bool {
        self.program.measured.get(question) == Some(&true)
    }

    /// The place of the pack that speaks for all, where one does.
    #[must_use]
    pub fn overall(&self) -> Option<usize> {
        self.packs.iter().position(|pack| pack.overall)
    }

    /// Number of items that are questions.
    #[must_use]
    pub fn question_count(&self) -> usize {
        self.program.questions.len()
    }

    /// The item at a place.
    #[must_use]
    pub fn item(&self, node: usize) -> Option<&Item> {
        self.items.get(node)
    }
}
