//! Rules of scores, decisions, metrics and ladders, over indices.

use crate::rules::condition::{Condition, Interval};
use crate::rules::metric::Timing;
use crate::rules::metric::{MetricKind, TableName};
use crate::rules::vocabulary::{Aggregate, ConfidenceGrade, HitPolicy};

/// Rule of a score.
#[derive(Debug, Clone)]
pub struct ScoreRule {
    /// Rule by which children become one value.
    pub aggregate: Aggregate,
    /// The children with their weights.
    pub terms: Vec<Term>,
    /// Set where children are put on `0..=100` first.
    pub normalise: bool,
    /// Test of each child in `count` and `share`.
    pub test: Interval,
    /// Least possible value.
    pub least: f64,
    /// Most possible value.
    pub most: f64,
    /// Conditions that may hold the value down.
    pub caps: Vec<Cap>,
}

/// One child of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// The child.
    pub node: usize,
    /// Its weight, above 0.
    pub weight: f64,
    /// Set where it was gathered from all packs of the assessment, and so is left out while it is not
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

/// A decision table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Rule by which matching rows count.
    pub hit_policy: HitPolicy,
    /// The items its columns read.
    pub inputs: Vec<usize>,
    /// Its rows.
    pub rules: Vec<Rule>,
    /// Number of outcomes.
    pub outcomes: u32,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Reason for its outcome.
    pub because: String,
    /// Its cells as written.
    pub written: Vec<String>,
    /// One atom per input, by index.
    pub cells: Vec<usize>,
    /// The place of the outcome.
    pub outcome: u32,
}

/// Rule of a metric.
#[derive(Debug, Clone)]
pub struct MetricRule {
    /// Its kind.
    pub kind: MetricKind,
    /// The questions behind each of its inputs, added up; none for an input left out.
    pub inputs: Vec<Vec<usize>>,
    /// The table it reads, where it reads one.
    pub table: Option<TableName>,
    /// Time of the first margin.
    pub timing: Timing,
    /// The horizon, in periods.
    pub periods: Option<u32>,
    /// The section whose ratings are its inputs, all of them and no others.
    pub scale: Option<usize>,
}

/// The levels of a ladder, lowest first.
#[derive(Debug, Clone)]
pub struct LadderRule {
    /// The score the thresholds read.
    pub of: Option<usize>,
    /// Lowest first; the lowest has no checks.
    pub levels: Vec<Level>,
}

/// Demands of a level, beyond those of the levels below.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// All must hold.
    pub checks: Vec<Check>,
}

/// One demand of a level; numbers index atoms or gates.
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
    Confidence(usize, ConfidenceGrade),
}
