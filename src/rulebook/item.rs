//! The texts and meanings of a rulebook: what people read, with indices where code looks.

use crate::diagnostic::Place;

/// A pack as the report names it.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: semver::Version,
    /// SHA-256 over its files, in hexadecimal.
    pub digest: String,
    /// Language tag of its texts.
    pub language: String,
    /// Title.
    pub title: String,
    /// What it is about, CommonMark.
    pub about: Option<String>,
    /// Whom its ideas are after.
    pub credit: Option<String>,
    /// What the report draws.
    pub exhibits: Vec<Exhibit>,
    /// Published figures with their base.
    pub context: Vec<ContextFigure>,
    /// Terms and what they mean.
    pub glossary: Vec<(String, String)>,
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

/// A question, score, decision or ladder.
#[derive(Debug, Clone)]
pub struct Item {
    /// `pack.item`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Place of its section, for questions and section scores.
    pub section: Option<usize>,
    /// Short name for tables and charts.
    pub label: String,
    /// What it means, CommonMark.
    pub about: Option<String>,
    /// What values it can take.
    pub domain: Domain,
    /// What it is.
    pub kind: ItemKind,
    /// Where it is written.
    pub place: Place,
}

impl Item {
    /// The id without its pack.
    #[must_use]
    pub fn local_id(&self) -> &str {
        self.id
            .split_once('.')
            .map_or(self.id.as_str(), |(_, local)| local)
    }
}

/// What values an item can take.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// A number between two limits (possibly infinite), whole or not.
    Number {
        /// Least possible value.
        least: f64,
        /// Most possible value.
        most: f64,
        /// Only whole numbers.
        whole: bool,
    },
    /// One of, or some of, named choices, each with a worth where they are scored.
    Choices {
        /// The names, as answers write them.
        names: Vec<String>,
        /// The worth of each.
        scores: Option<Vec<f64>>,
        /// Several may be chosen.
        several: bool,
        /// Least and most worth.
        worth: Option<(f64, f64)>,
    },
    /// One outcome or level of a list.
    Outcomes {
        /// The names.
        names: Vec<String>,
        /// Their order counts.
        ordered: bool,
        /// Several may come out.
        several: bool,
    },
    /// Free text.
    Text,
}

/// What an item is.
#[derive(Debug, Clone)]
pub enum ItemKind {
    /// A question.
    Question(Box<Question>),
    /// A score.
    Score {
        /// How children become one value.
        aggregate: super::Aggregate,
        /// Its children.
        children: Vec<usize>,
        /// Why each of its caps bites.
        caps: Vec<String>,
    },
    /// A decision.
    Decision {
        /// Outcomes in order.
        outcomes: Vec<Outcome>,
        /// Rules in order.
        rules: Vec<Row>,
    },
    /// A ladder.
    Ladder {
        /// Levels, lowest first.
        levels: Vec<LadderLevel>,
        /// Whether thresholds read the index rather than the value.
        by_index: bool,
    },
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its type.
    pub kind: crate::pack::file::QuestionType,
    /// The common stem, where the question is a row of a matrix.
    pub stem: Option<String>,
    /// What is asked.
    pub ask: String,
    /// One more line for whoever answers.
    pub help: Option<String>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to look at.
    pub evidence: Option<String>,
    /// Who can answer; empty means everybody.
    pub roles: Vec<crate::pack::file::Role>,
    /// Tags.
    pub tags: Vec<String>,
    /// Anchors or choices, in order.
    pub choices: Vec<Choice>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// What an answer must meet beyond its type, and what to say when it does not.
    pub constraint: Option<(crate::condition::Test, String)>,
    /// Whether 0 becomes the most when scored.
    pub reverse: bool,
    /// Whether check asks for an answer.
    pub required: bool,
    /// Whether it may be not applicable.
    pub may_not_apply: bool,
    /// Weight in the scores it enters.
    pub weight: f64,
    /// Most a `select_multiple` is worth.
    pub cap: Option<f64>,
    /// Whether it may become irrelevant.
    pub conditional: bool,
}

/// An anchor or a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// As answers write it.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// Its worth.
    pub score: Option<f64>,
    /// Cannot stand beside others.
    pub exclusive: bool,
}

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
    /// What sort of finding it is.
    pub kind: crate::pack::file::FindingKind,
    /// How much it matters.
    pub severity: crate::pack::file::Severity,
    /// Title.
    pub title: String,
    /// Name of its text's template.
    pub text: String,
    /// What to do.
    pub advice: Vec<Advice>,
}

/// Something to do.
#[derive(Debug, Clone)]
pub struct Advice {
    /// Its id.
    pub id: String,
    /// What to do, one sentence.
    pub what: String,
    /// How, where one sentence is not enough.
    pub how: Option<String>,
    /// What it costs.
    pub effort: crate::pack::file::Size,
    /// What it brings.
    pub impact: crate::pack::file::Size,
    /// By when it can be done.
    pub within: crate::pack::file::Horizon,
    /// Who should own it: a role.
    pub owner: Option<String>,
    /// Ids of advice that should come first.
    pub after: Vec<String>,
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
    pub part: crate::pack::file::Part,
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
        /// Cells a side.
        steps: usize,
    },
    /// What is required beside what is built, on one ladder.
    Steps {
        /// The decision that says what is required.
        decision: usize,
        /// The ladder that says what is built.
        ladder: usize,
    },
}
