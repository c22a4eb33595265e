//! Outcomes, levels, gates, findings and exhibits as people read them.

use crate::rules::pack::file::{FindingKind, Horizon, Part, Severity, Size};
use crate::text::diagnostic::Place;

/// An outcome of a decision.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its name in rules and answers.
    pub id: String,
    /// As people read it.
    pub label: String,
}

/// A rule of a decision, as people read it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Why it decides so.
    pub because: String,
    /// Its cells as written.
    pub cells: Vec<String>,
    /// The place of its outcome.
    pub outcome: usize,
}

/// A level of a ladder, as people read it.
#[derive(Debug, Clone)]
pub struct LadderLevel {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it means.
    pub text: Option<String>,
}

/// A metric, as people read it.
#[derive(Debug, Clone)]
pub struct Metric {
    /// `pack.metric`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Its name.
    pub title: String,
    /// What it means, CommonMark.
    pub about: Option<String>,
    /// Which one of the closed set.
    pub kind: crate::rules::pack::file::MetricKind,
    /// The unit of its amounts.
    pub unit: Option<String>,
    /// The period of its rates and amounts.
    pub period: Option<crate::rules::pack::file::Period>,
    /// What it is made from, in the order of the metric's own inputs; none for those left out.
    pub inputs: Vec<MetricInput>,
    /// Its figures, by item.
    pub figures: Vec<usize>,
}

/// An input of a metric.
#[derive(Debug, Clone)]
pub struct MetricInput {
    /// Its name.
    pub id: &'static str,
    /// The questions that are added up, by item.
    pub nodes: Vec<usize>,
}

/// A named condition that a level may ask for.
#[derive(Debug, Clone)]
pub struct Gate {
    /// `pack.gate`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// What it asks, as a statement that is true when met.
    pub title: String,
    /// Why it is asked.
    pub because: String,
    /// Packs it could read and the assessment does without.
    pub without: Vec<String>,
    /// What to do while it is not met.
    pub advice: Vec<Advice>,
}

/// Something the answers show.
#[derive(Debug, Clone)]
pub struct Finding {
    /// `pack.finding`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Place of the section it belongs to.
    pub section: Option<usize>,
    /// The score it belongs to, by item.
    pub about: Option<usize>,
    /// What only says where it is found, and is no reason for it, by item.
    pub guards: Vec<usize>,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Title.
    pub title: String,
    /// Name of its text's template.
    pub text: String,
    /// What to do.
    pub advice: Vec<Advice>,
    /// Where it is written.
    pub place: Place,
}

impl Finding {
    /// The id without its pack.
    #[must_use]
    pub fn local_id(&self) -> &str {
        self.id
            .split_once('.')
            .map_or(self.id.as_str(), |(_, local)| local)
    }
}

/// Something to do.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Advice {
    /// Its id.
    pub id: String,
    /// What to do, one sentence.
    pub what: String,
    /// How, where one sentence is not enough.
    pub how: Option<String>,
    /// What it costs.
    pub effort: Size,
    /// What it brings.
    pub impact: Size,
    /// By when it can be done.
    pub within: Horizon,
    /// Who should own it: a role.
    pub owner: Option<String>,
    /// Other work that should come first.
    pub after: Vec<String>,
    /// The advice of another pack that is the same work, by its id in full.
    pub same_as: Option<String>,
    /// The work it is, by the id in full of the advice that stands for it: its own, or that of
    /// another pack.
    pub work: String,
    /// What it leads to.
    pub raises: Vec<Raise>,
    /// Whether the pack says what it leads to, be it nothing.
    pub says_raises: bool,
}

/// A question that advice moves.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Raise {
    /// The question, by item.
    pub question: usize,
    /// The answer it leads to, as written.
    pub answer: String,
    /// What that answer is worth in scores; NaN where it is worth nothing.
    pub worth: f64,
    /// The choices of several it makes true, as bits; 0 where it names none of them.
    pub choices: u64,
}

/// A published figure with its base.
#[derive(Debug, Clone)]
pub struct ContextFigure {
    /// Its id.
    pub id: String,
    /// The item it stands beside.
    pub about: Option<usize>,
    /// The figure.
    pub figure: f64,
    /// Its unit.
    pub unit: String,
    /// What it says.
    pub says: String,
    /// Of whom or what.
    pub base: String,
    /// How far it may be off.
    pub margin: Option<String>,
    /// Where it was published.
    pub source: String,
    /// What to mind.
    pub caveat: Option<String>,
}

/// Something the report draws.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// Its id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it shows, CommonMark.
    pub text: Option<String>,
    /// What is drawn.
    pub kind: ExhibitKind,
    /// Which part of the report it stands in.
    pub part: Part,
}

/// What an exhibit draws; numbers are items.
#[derive(Debug, Clone)]
pub enum ExhibitKind {
    /// Scores as a sorted dot plot with ranges.
    Dots(Vec<usize>),
    /// Answers to like questions, as steps.
    Bars(Vec<usize>),
    /// The children of a score: radar, sorted dots, spread.
    Star(usize),
    /// A decision drawn over two of its inputs.
    Grid {
        /// The decision.
        decision: usize,
        /// Across, from left to right.
        x: usize,
        /// Up, from bottom to top.
        y: usize,
    },
    /// Decisions as verdicts in words.
    Verdicts(Vec<usize>),
    /// Gates as a checklist, by their places among the gates.
    Checklist(Vec<usize>),
    /// What is required beside what is built, on one ladder.
    Steps {
        /// The decision that says what is required.
        decision: usize,
        /// The ladder that says what is built.
        ladder: usize,
    },
}
