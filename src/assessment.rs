//! The result: one plain document, the same for JSON, reports and everything that compares.
//!
//! [`assess`] evaluates answers and puts words to the numbers. Figures are unrounded here; rounding
//! happens once, where people read them.

mod build;
mod confidence;
mod finding;
mod ladder;
mod question;
mod say;
mod score;

pub(crate) use say::{answer_words, reading_words, test_words};

use crate::answers::{Answers, Basis, Grade, Standing};
use crate::evaluate::State;
use crate::pack::file::{FindingKind, Horizon, Role, Severity, Size};
use crate::rulebook::{Aggregate, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

/// Evaluates the answers and says what came out.
#[must_use]
pub fn assess(rulebook: &Rulebook, answers: &Answers) -> Assessment {
    let evaluation = crate::evaluate::evaluate_with_trace(rulebook, answers);
    build::Build::new(rulebook, answers, &evaluation).assessment()
}

/// Everything an assessment found. Lists are in the rulebook's order.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "centricity result")]
pub struct Assessment {
    /// The version of this document: 1.
    pub format: u32,
    /// What made it.
    pub engine: String,
    /// The packs it rests on.
    pub packs: Vec<PackResult>,
    /// Whose answers they are.
    pub client: ClientResult,
    /// The day they speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// What ratings count as.
    pub basis: Basis,
    /// Draft or final.
    pub status: Standing,
    /// Who answered.
    pub respondents: Respondents,
    /// Rated share of all applicable questions that any score reads, `0..=1`.
    pub coverage: f64,
    /// How far the result can be trusted, with the reason.
    pub confidence: Confidence,
    /// Every question with its answer.
    pub questions: Vec<QuestionResult>,
    /// Every score.
    pub scores: Vec<ScoreResult>,
    /// Every decision.
    pub decisions: Vec<DecisionResult>,
    /// Every ladder.
    pub levels: Vec<LadderResult>,
    /// Every gate.
    pub gates: Vec<GateResult>,
    /// The findings that hold.
    pub findings: Vec<FindingResult>,
    /// Ids of findings that do not hold as things stand and may once open questions are answered.
    pub open_findings: Vec<String>,
}

/// A pack as the result names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PackResult {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: String,
    /// Title.
    pub title: String,
}

/// Whose answers they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClientResult {
    /// The organisation.
    pub name: String,
    /// The part of it that was looked at.
    pub unit: Option<String>,
}

/// Who answered; roles, never persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Respondents {
    /// How many.
    pub count: u32,
    /// The role of a single assessor, where it was given.
    pub role: Option<Role>,
}

/// How far a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConfidenceGrade {
    /// Little is covered or proven.
    Low,
    /// Most is covered and some of it proven.
    Medium,
    /// Nearly all is covered, most of it proven, by several people who agree.
    High,
}

/// A grade of confidence with what it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Confidence {
    /// The lowest of the grades below.
    pub grade: ConfidenceGrade,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// Share of rated weight that a document or better supports, `0..=1`.
    pub evidence: f64,
}

/// A question with its answer. Notes, reasons and evidence are data, never markup.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QuestionResult {
    /// `pack.item`.
    pub id: String,
    /// The section's id.
    pub section: String,
    /// Short name.
    pub label: String,
    /// What was asked.
    pub ask: String,
    /// Where it stands.
    pub state: State,
    /// The answer as written: an anchor's number, choices, a number or a text.
    pub answer: Vec<String>,
    /// The answer in words, for every state.
    pub says: String,
    /// What it counts for in scores.
    pub value: Option<f64>,
    /// What was claimed, where evidence holds the value below it.
    pub claimed: Option<f64>,
    /// How well it is proven.
    pub grade: Grade,
    /// What it rests on.
    pub evidence: Option<String>,
    /// Where that is.
    pub link: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Why it does not apply.
    pub reason: Option<String>,
    /// The rating aimed at.
    pub target: Option<f64>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

/// What a score says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Enough is rated for a verdict.
    Rated,
    /// It has a value and too little coverage for a verdict.
    Thin,
    /// Nothing is rated.
    NotAssessed,
    /// Nothing applies.
    NotApplicable,
}

/// A lowest and a highest value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Range {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ScoreResult {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// How its children become one value.
    pub aggregate: Aggregate,
    /// Value in its own unit; null where nothing is rated.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// What the open answers still allow, in its own unit.
    pub range: Range,
    /// The same on 0..100.
    pub index_range: Range,
    /// What was possible.
    pub possible: Range,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// What it says of itself.
    pub state: Verdict,
    /// Value as claimed, where it differs; null on perception.
    pub claimed: Option<f64>,
    /// Index as claimed, where it differs.
    pub claimed_index: Option<f64>,
    /// Value with every target reached, where it differs.
    pub target: Option<f64>,
    /// Index with every target reached, where it differs.
    pub target_index: Option<f64>,
    /// Target less value, never below 0.
    pub gap: Option<f64>,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Why a cap holds it down.
    pub capped: Option<Capped>,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

/// A cap that holds a score down.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Capped {
    /// The most the score can be.
    pub at: f64,
    /// Why.
    pub because: String,
    /// What made it bite.
    pub parts: Vec<Because>,
}

/// A child of a score.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Part {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub label: String,
    /// Its weight.
    pub weight: f64,
    /// Its value; null where it has none and is left out.
    pub value: Option<f64>,
    /// Whether it does not apply.
    pub absent: bool,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

/// An outcome, level or other named thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// As people read it.
    pub label: String,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DecisionResult {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// What came out; several for a collecting table, none where it cannot be said.
    pub outcome: Vec<Named>,
    /// Everything the open answers still allow.
    pub possible: Vec<Named>,
    /// Whether the open answers cannot change it.
    pub certain: bool,
    /// Whether its inputs do not apply.
    pub not_applicable: bool,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Why it decides so.
    pub because: Option<String>,
    /// What it read.
    pub inputs: Vec<Because>,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

/// One thing that led to a conclusion.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Because {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub label: String,
    /// Its answer, value or outcome in words.
    pub says: String,
    /// What it was held to, in words; empty where it was only read.
    pub test: String,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

/// A ladder.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LadderResult {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// The level reached; null where it cannot be said.
    pub level: Option<Named>,
    /// The level the score alone would reach, where the ladder reads one.
    pub by_score: Option<Named>,
    /// Every level the open answers still allow.
    pub possible: Vec<Named>,
    /// Whether the open answers cannot change it.
    pub certain: bool,
    /// The id of the score it reads.
    pub of: Option<String>,
    /// The level and what holds the next one, as one or two sentences.
    pub sentence: String,
    /// Every level, lowest first, with what it asks for.
    pub levels: Vec<LevelResult>,
    /// Its item in the rulebook.
    #[serde(skip)]
    pub node: usize,
}

impl LadderResult {
    /// What holds the next level: its unmet and unproven needs, with those of levels below that
    /// fail too.
    #[must_use]
    pub fn held_by(&self) -> Vec<&Need> {
        let reached = self
            .level
            .as_ref()
            .and_then(|level| self.levels.iter().position(|one| one.id == level.id));
        let next = self.levels.get(reached.map_or(1, |place| place + 1));
        next.map_or_else(Vec::new, |next| {
            next.needs
                .iter()
                .filter(|need| need.state != NeedState::Met)
                .collect()
        })
    }
}

/// A level of a ladder.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LevelResult {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Whether it is reached.
    pub reached: bool,
    /// Whether the open answers still allow it.
    pub possible: bool,
    /// What it asks for beyond the levels below.
    pub needs: Vec<Need>,
}

/// One thing a level asks for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Need {
    /// The item, or the gate; `basis` for an assessment on evidence.
    pub id: String,
    /// What is asked for, in words.
    pub text: String,
    /// What is there, in words.
    pub actual: String,
    /// Whether it is there.
    pub state: NeedState,
    /// What sort of need it is.
    pub kind: NeedKind,
}

/// Whether a need is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NeedState {
    /// It is.
    Met,
    /// It is not.
    Unmet,
    /// Nobody can say; which counts as not.
    Unproven,
}

/// What sort of need it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NeedKind {
    /// The ladder's score.
    Score,
    /// A floor.
    Floor,
    /// A gate.
    Gate,
    /// Evidence.
    Basis,
}

/// A gate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GateResult {
    /// `pack.gate`.
    pub id: String,
    /// What it asks.
    pub title: String,
    /// Why.
    pub because: String,
    /// Whether it is met.
    pub state: NeedState,
    /// What it read.
    pub parts: Vec<Because>,
    /// What to do while it is not met.
    pub advice: Vec<AdviceResult>,
}

/// A finding that holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FindingResult {
    /// `pack.finding`.
    pub id: String,
    /// The section it belongs to.
    pub section: Option<String>,
    /// The item it belongs to.
    pub about: Option<String>,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// Title.
    pub title: String,
    /// What was seen and what it means, CommonMark.
    pub text: String,
    /// Whether the open answers cannot undo it.
    pub certain: bool,
    /// What led to it.
    pub because: Vec<Because>,
    /// What to do.
    pub advice: Vec<AdviceResult>,
    /// Its place in the rulebook's findings.
    #[serde(skip)]
    pub place: usize,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AdviceResult {
    /// Its id.
    pub id: String,
    /// What to do.
    #[serde(rename = "do")]
    pub what: String,
    /// How.
    pub how: Option<String>,
    /// What it costs.
    pub effort: Size,
    /// What it brings.
    pub impact: Size,
    /// By when it can be done.
    pub within: Horizon,
    /// The role that should own it.
    pub owner: Option<String>,
    /// Ids of advice that should come first.
    pub after: Vec<String>,
}
