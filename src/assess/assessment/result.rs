//! The types of the result document.

mod conclusion;
mod finding;
mod pack;
mod question;
mod score;
mod standing;
mod verdict;

pub use conclusion::*;
pub use finding::*;
pub use pack::{ChangeResult, OverlayResult, PackResult};
pub use question::*;
pub use score::*;
pub(crate) use standing::lowest;
pub use standing::{FitResult, FitState, FormResult, SimplifyResult, Standing};
pub use verdict::*;

use crate::answers::Status;
use crate::answers::disclosure::Grades;
pub use crate::answers::{
    AgreedResult, Beyond, BeyondReason, ChoiceCount, Client, Comment, Estimate, GroupOutcome,
    GroupResult, MergeResult, Respondents, RoleCount, RoleFigure, ScaleResult, Spread,
};
use crate::rules::vocabulary::{Basis, ConfidenceGrade, FormLength};
use crate::text::number::TOLERANCE;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

/// Everything an assessment found. Lists are in the rulebook's order.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity result")
)]
pub struct Assessment {
    /// The version of this document: 1.
    pub format: u32,
    /// Name and version of the program that made it.
    pub engine: String,
    /// The packs it rests on.
    pub packs: Vec<PackResult>,
    /// The organisation that answered.
    pub client: Client,
    /// The day they speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// Length of the questionnaire: of a short form, every figure speaks of what it asks.
    #[serde(default)]
    pub form: FormLength,
    /// Number of questions that the form asks, of all that the packs have.
    #[serde(default)]
    pub question_count: QuestionCount,
    /// Evidenced ratings, or perception.
    pub basis: Basis,
    /// Draft or final.
    pub status: Status,
    /// The people who answered.
    pub respondents: Respondents,
    /// Rated share of all applicable questions that any score reads, `0..=1`.
    pub coverage: f64,
    /// Count of the answers behind that share.
    #[serde(default)]
    pub answered: Answered,
    /// Confidence in the result, with the grades it is made from.
    pub confidence: Confidence,
    /// Every question with its answer.
    pub questions: Vec<QuestionResult>,
    /// Every score.
    pub scores: Vec<ScoreResult>,
    /// The highest and lowest parts, for the profile of each pack and each exhibit that sets parts
    /// side by side.
    pub rankings: Vec<RankingResult>,
    /// Differences between roles: every gap of a step or more between two shown roles, and on
    /// scores whatever leadership and the front line come to. The widest first.
    pub gaps: Vec<GapResult>,
    /// The questions on which people differ enough for a workshop, and have not agreed yet: first
    /// those on which no choice could be made, then by agreement, the lowest first, then by the gap
    /// between roles, the widest first.
    #[serde(default)]
    pub to_settle: Vec<ItemId>,
    /// Every decision.
    pub decisions: Vec<DecisionResult>,
    /// Every ladder.
    pub levels: Vec<LadderResult>,
    /// The standing of the client; null where no pack puts a ladder first.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// Every gate.
    pub gates: Vec<GateResult>,
    /// Every metric.
    pub metrics: Vec<MetricResult>,
    /// The findings that hold, weightiest first: those that keep the client back by severity, of
    /// equals contradictions, risks, fit, gaps and what is unknown; then strengths; last those about
    /// what is not called for.
    pub findings: Vec<FindingResult>,
    /// The grave risks that are called for, the gravest first.
    #[serde(default)]
    pub grave_risks: Vec<ItemId>,
    /// The questions with the best answer there is, on a scale of four steps or more: measured ones
    /// of what is called for.
    #[serde(default)]
    pub best_answers: Vec<ItemId>,
    /// Ids of findings that do not hold now and may once open questions are answered.
    pub open_findings: Vec<ItemId>,
    /// Fit of what is built with what is called for, for each pack that compares them.
    pub fits: Vec<FitResult>,
    /// Everything that keeps the client back: first, where too much is built; then what blocks the
    /// next level of the pack that speaks for all, or of each pack where none does; then
    /// contradictions and risks by severity. Each with the action that answers it.
    pub causes: Vec<CauseResult>,
    /// All advice the client is given, each work once, in the order in which it should be taken.
    pub actions: Vec<ActionResult>,
    /// The works of the actions to begin with: those that answer the first three causes, each behind
    /// what should come before it.
    pub next: Vec<String>,
    /// The works that can be done within 90 days, six at most: first those of `next`, then others in
    /// the order of `actions`.
    #[serde(default)]
    pub soon: Vec<String>,
    /// Effect of all works of `soon` together; null where they raise nothing.
    #[serde(default)]
    pub soon_effect: Option<Effect>,
    /// The subjects that stand lowest, once all works of `soon` are done.
    #[serde(default)]
    pub soon_levels: Vec<SoonLevel>,
    /// Decisions to take now, five at most: those that the first three causes and what does not fit
    /// call for, for what can begin within 90 days; where these are fewer than three, those of the causes after them too.
    #[serde(default)]
    pub decisions_now: Vec<DecisionNow>,
    /// The open question whose answer alone would move the level of the ladder that speaks furthest;
    /// where none moves it, the fit. Null where no answer alone changes either.
    #[serde(default)]
    pub decides: Option<DecidingQuestion>,
    /// The contradictions on which the level of the ladders that stand lowest hangs, or a fit, and whose
    /// advice only settles which answer holds.
    #[serde(default)]
    pub contradicted: Vec<ContradictedFinding>,
    /// Verdicts that hang on contradictions, and what does not.
    #[serde(default)]
    pub disputed: Disputed,
    /// Everything that is built and certainly not called for.
    pub simplify: Vec<SimplifyResult>,
    /// Gain of one step up of each rating that is a gap, in the order in which steps should be
    /// taken: gates that are not met first, then contradictions, then by priority. Questions of
    /// other kinds are moved by the plan to a level alone, which `plan` makes.
    pub plan: Vec<RaiseResult>,
}

crate::text::yaml::document!(Assessment);

impl Assessment {
    /// Returns the score of this id, such as `organisation.light`.
    #[must_use]
    pub fn score(&self, id: &str) -> Option<&ScoreResult> {
        self.scores.iter().find(|score| score.id == id)
    }

    /// The number of causes to be answered first.
    pub(crate) const FIRST_CAUSES: usize = 3;

    /// The action of a work.
    #[must_use]
    pub fn action(&self, work: &str) -> Option<&ActionResult> {
        self.actions.iter().find(|one| one.advice.work == work)
    }

    /// True if an item speaks for all packs.
    #[must_use]
    pub fn speaks_for_all(&self, id: &str) -> bool {
        let headline = self.packs.iter().find(|pack| pack.overall);
        let headline = headline.and_then(|pack| pack.headline.as_ref());
        headline.is_some_and(|headline| headline.id == *id)
    }
}

/// Number of questions of a form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionCount {
    /// Number that the form asks, relevant or not.
    pub asked: usize,
    /// Number that the packs have.
    pub of: usize,
}

/// A grade of confidence with what it was made from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Confidence {
    /// The lowest of the grades below.
    pub grade: ConfidenceGrade,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// Share of rated weight that a document or better supports, `0..=1`.
    pub evidence: f64,
    /// Grade for the number of people and roles behind it; null where one assessor answered.
    pub respondents: Option<ConfidenceGrade>,
    /// Grade for their agreement; null where one assessor answered.
    pub agreement: Option<ConfidenceGrade>,
    /// Everything that keeps the grade from being higher; empty where it is high.
    #[serde(default)]
    pub limits: Vec<ConfidenceLimit>,
}

/// Something that keeps confidence from being higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ConfidenceLimit {
    /// Too few questions are answered.
    Coverage,
    /// Too few answers rest on a document or better.
    Evidence,
    /// One assessor answered alone.
    Assessor,
    /// Too few people or roles answered.
    Respondents,
    /// They agree too little.
    Agreement,
}

impl Confidence {
    /// The lowest of several grades: coverage, evidence, and the people who answered, by their number
    /// and by how far they agree. An assessor alone is worth a medium where the evidence is strong and
    /// a low where it is not.
    ///
    /// Cut lines are those of this project's scoring rules.
    pub(crate) fn new(coverage: f64, evidence: f64, people: Option<Grades>) -> Self {
        let covered = grade(coverage, 0.90, 0.75);
        let proven = grade(evidence, 0.60, 0.30);
        let mut parts = vec![
            (ConfidenceLimit::Coverage, covered),
            (ConfidenceLimit::Evidence, proven),
        ];
        match people {
            Some(people) => parts.extend([
                (ConfidenceLimit::Respondents, people.respondents),
                (ConfidenceLimit::Agreement, people.agreement),
            ]),
            None if proven == ConfidenceGrade::High => {
                parts.push((ConfidenceLimit::Assessor, ConfidenceGrade::Medium));
            }
            None => parts.push((ConfidenceLimit::Assessor, ConfidenceGrade::Low)),
        }
        let grades = parts.iter().map(|(_, grade)| *grade);
        let grade = grades.fold(ConfidenceGrade::High, ConfidenceGrade::min);
        let limits = parts.iter();
        let limits = limits.filter(|(_, one)| *one == grade && grade < ConfidenceGrade::High);
        Self {
            grade,
            limits: limits.map(|(limit, _)| *limit).collect(),
            coverage,
            evidence,
            respondents: people.map(|one| one.respondents),
            agreement: people.map(|one| one.agreement),
        }
    }
}

fn grade(share: f64, high: f64, medium: f64) -> ConfidenceGrade {
    match share + TOLERANCE {
        share if share >= high => ConfidenceGrade::High,
        share if share >= medium => ConfidenceGrade::Medium,
        _ => ConfidenceGrade::Low,
    }
}

/// The id of an item, finding or gate with its pack: `pack.item`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
#[cfg_attr(test, schemars(inline))]
pub struct ItemId(String);

impl ItemId {
    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of its pack.
    #[must_use]
    pub fn pack(&self) -> &str {
        self.0.split_once('.').map_or("", |(pack, _)| pack)
    }

    /// The id within its pack.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split_once('.').map_or(&*self.0, |(_, local)| local)
    }
}

impl Deref for ItemId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ItemId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<T: AsRef<str>> From<T> for ItemId {
    fn from(id: T) -> Self {
        Self(id.as_ref().to_owned())
    }
}

impl<T: AsRef<str> + ?Sized> PartialEq<T> for ItemId {
    fn eq(&self, other: &T) -> bool {
        self.0 == other.as_ref()
    }
}

impl PartialEq<ItemId> for String {
    fn eq(&self, other: &ItemId) -> bool {
        *self == other.0
    }
}
