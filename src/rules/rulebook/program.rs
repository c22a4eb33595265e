//! What an evaluation walks: flat arrays of small steps over indices, without a word of text.

use super::reach::Reach;
use crate::rules::condition::{Atom, Condition, Interval};
use crate::rules::vocabulary::Aggregate;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The compiled side of a rulebook.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// One shape per question; questions are the first items.
    pub shapes: Vec<Shape>,
    /// How many items there are.
    pub items: usize,
    /// Every atom of every condition and table cell.
    pub atoms: Vec<Atom>,
    /// What to do, in an order in which everything read was written before.
    pub steps: Vec<Step>,
    /// For each item, the place of the step that computes it.
    pub(crate) places: Vec<Option<usize>>,
    /// What rests on what; worked out when it is first asked for.
    pub(super) reach: OnceLock<Reach>,
    /// The condition of each gate.
    pub gates: Vec<Condition>,
    /// The condition of each finding.
    pub findings: Vec<Condition>,
    /// For each question, the condition under which it is called for; none where it always is.
    pub called_for: Vec<Option<Condition>>,
    /// For each question, whether a headline, a ladder or a gate reads it for its value.
    pub measured: Vec<bool>,
}

impl Program {
    /// The questions a score rests on, through other scores and through the tables it reads.
    pub(crate) fn questions_of(&self, score: usize) -> Vec<usize> {
        let (mut open, mut found) = (vec![score], BTreeSet::new());
        while let Some(node) = open.pop() {
            if node < self.shapes.len() {
                found.insert(node);
            } else if let Some(rule) = self.score(node) {
                open.extend(rule.terms.iter().map(|term| term.node));
            } else if let Some(table) = self.table(node) {
                open.extend(&table.inputs);
            }
        }
        found.into_iter().collect()
    }

    /// How many readings an evaluation fills.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items
    }

    /// The step that computes an item; questions have none.
    fn computes(&self, item: usize) -> Option<&Step> {
        self.steps.get((*self.places.get(item)?)?)
    }

    /// Begins a program over so many items.
    pub(crate) fn begin(&mut self, items: usize) {
        self.items = items;
        self.places = vec![None; items];
    }

    /// Adds a step, and takes note of what it computes.
    pub(crate) fn push(&mut self, step: Step) {
        let place = self.steps.len();
        let computed = match &step {
            Step::Relevance { .. } => 0..0,
            Step::Score { .. }
            | Step::Decide { .. }
            | Step::Climb { .. }
            | Step::Measure { .. } => step.writes(),
        };
        let places = self.places.iter_mut();
        for slot in places.take(computed.end).skip(computed.start) {
            *slot = Some(place);
        }
        self.steps.push(step);
    }

    /// The rule of a score.
    #[must_use]
    pub fn score(&self, item: usize) -> Option<&ScoreRule> {
        match self.computes(item)? {
            Step::Score { score, .. } => Some(score),
            Step::Relevance { .. }
            | Step::Decide { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        }
    }

    /// The table of a decision.
    #[must_use]
    pub fn table(&self, item: usize) -> Option<&Table> {
        match self.computes(item)? {
            Step::Decide { table, .. } => Some(table),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        }
    }

    /// The levels of a ladder.
    #[must_use]
    pub fn ladder(&self, item: usize) -> Option<&Rungs> {
        match self.computes(item)? {
            Step::Climb { ladder, .. } => Some(ladder),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Measure { .. }
            | Step::Decide { .. } => None,
        }
    }

    /// The rule of the metric a figure belongs to.
    #[must_use]
    pub fn metric(&self, item: usize) -> Option<&MetricRule> {
        match self.computes(item)? {
            Step::Measure { metric, .. } => Some(metric),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Decide { .. }
            | Step::Climb { .. } => None,
        }
    }

    /// Whether there is nothing to evaluate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items == 0
    }
}

/// All an unanswered question could be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Least worth.
    pub least: f64,
    /// Most worth.
    pub most: f64,
    /// The set of all choices.
    pub all: u64,
    /// Whether it may be answered "not applicable".
    pub may_not_apply: bool,
}

/// One step of an evaluation; `node` is the item whose reading it writes.
#[derive(Debug, Clone)]
pub enum Step {
    /// A question that other answers may make irrelevant.
    Relevance {
        /// The question.
        node: usize,
        /// It is relevant while this holds.
        when: Condition,
    },
    /// A score.
    Score {
        /// The score.
        node: usize,
        /// How it is made.
        score: ScoreRule,
    },
    /// A decision.
    Decide {
        /// The decision.
        node: usize,
        /// Its table.
        table: Table,
    },
    /// A metric; its figures stand one after the other.
    Measure {
        /// Its first figure.
        first: usize,
        /// How it is made.
        metric: MetricRule,
    },
    /// A ladder.
    Climb {
        /// The ladder.
        node: usize,
        /// Its levels.
        ladder: Rungs,
    },
}

/// How a score is made.
#[derive(Debug, Clone)]
pub struct ScoreRule {
    /// How children become one value.
    pub aggregate: Aggregate,
    /// The children with their weights.
    pub terms: Vec<Term>,
    /// Whether children are put on `0..=100` first.
    pub normalise: bool,
    /// What a child is held to in `count` and `share`.
    pub test: Interval,
    /// Least possible value.
    pub least: f64,
    /// Most possible value.
    pub most: f64,
    /// What may hold the value down.
    pub caps: Vec<Cap>,
}

/// One child of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// The child.
    pub node: usize,
    /// Its weight, above 0.
    pub weight: f64,
    /// Whether it was gathered from all packs of the assessment, and so is left out while it is not
    /// called for.
    pub gathered: bool,
}

/// A condition that holds a score down.
#[derive(Debug, Clone)]
pub struct Cap {
    /// It bites while this holds.
    pub when: Condition,
    /// The most the score can be then.
    pub at: f64,
}

/// Which rules of a table count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HitPolicy {
    /// Exactly one rule matches any point.
    Unique,
    /// The first rule that matches.
    First,
    /// Every rule that matches.
    Collect,
}

/// A decision table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Which rules count.
    pub hit_policy: HitPolicy,
    /// The items its columns read.
    pub inputs: Vec<usize>,
    /// Its rows.
    pub rules: Vec<Rule>,
    /// How many outcomes there are.
    pub outcomes: u32,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Rule {
    /// One atom per input, by index.
    pub cells: Vec<usize>,
    /// The place of the outcome.
    pub outcome: u32,
}

/// How a metric is made.
#[derive(Debug, Clone)]
pub struct MetricRule {
    /// Which one of the closed set.
    pub kind: crate::rules::pack::file::MetricKind,
    /// The questions behind each of its inputs, added up; none for an input left out.
    pub inputs: Vec<Vec<usize>>,
    /// The table it reads, where it reads one.
    pub table: Option<crate::rules::pack::file::TableName>,
    /// When the first margin comes.
    pub timing: crate::rules::metric::lifetime::Timing,
    /// The horizon, in periods.
    pub periods: Option<u32>,
    /// The section whose ratings are its inputs, all of them and no others.
    pub scale: Option<usize>,
}

/// The levels of a ladder, lowest first.
#[derive(Debug, Clone)]
pub struct Rungs {
    /// The score the thresholds read.
    pub of: Option<usize>,
    /// Lowest first; the lowest has no checks.
    pub levels: Vec<Level>,
}

/// What a level asks for, beyond the levels below.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// All must hold.
    pub checks: Vec<Check>,
}

/// One thing a level asks for; numbers index atoms or gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The ladder's score reaches a threshold.
    From(usize),
    /// One of a set reaches the floor.
    Floor(usize),
    /// A gate holds.
    Gate(usize),
    /// The assessment is on evidence, not on perception.
    Basis,
    /// A score, by its item, can be trusted so far.
    Confidence(usize, crate::rules::vocabulary::ConfidenceGrade),
}
