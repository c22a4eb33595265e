//! Packs, sections, gates, findings and exhibits as people read them.

use crate::rules::pack::file::{FindingKind, Horizon, Part, Severity, Size};
use crate::text::diagnostic::Place;

/// A pack as the report names it.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: semver::Version,
    /// SHA-256 over its files, in hexadecimal.
    pub digest: String,
    /// Whether a built-in pack has its id and version, and other rules.
    pub changed: bool,
    /// Language tag of its texts.
    pub language: String,
    /// Title.
    pub title: String,
    /// What it is about, CommonMark.
    pub about: Option<String>,
    /// Whom its ideas are after.
    pub credit: Option<String>,
    /// The score or ladder that speaks for it, by item.
    pub headline: Option<usize>,
    /// Whether it speaks for all packs of the assessment.
    pub overall: bool,
    /// What says whether what is built fits what is called for.
    pub fit: Option<Fit>,
    /// What the report draws.
    pub exhibits: Vec<Exhibit>,
    /// Published figures with their base.
    pub context: Vec<ContextFigure>,
    /// Terms and what they mean.
    pub glossary: Vec<(String, String)>,
    /// Packs it reads where they are there, and which the assessment does without.
    pub without: Vec<String>,
}

/// What says whether what is built fits what is called for, by item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The decision that says which form is called for.
    pub called_for: usize,
    /// The ladder that says which form is built.
    pub built: usize,
    /// The decision that compares them.
    pub decision: usize,
}

/// A section of a questionnaire.
#[derive(Debug, Clone)]
pub struct Section {
    /// Place of its pack.
    pub pack: usize,
    /// Id within the pack.
    pub id: String,
    /// Title.
    pub title: String,
    /// What to know before answering, CommonMark.
    pub intro: Option<String>,
    /// Its questions, by item.
    pub questions: Vec<usize>,
    /// The score with the section's id, by item.
    pub score: Option<usize>,
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
