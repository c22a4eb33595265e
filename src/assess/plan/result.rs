//! Types of the document of a plan.

use crate::assess::assessment::result::{
    AdviceResult, Client, ItemId, Named, Need, NeedKind, RaiseReason,
};
use crate::rules::pack::file::Size;
use crate::rules::vocabulary::{Basis, Grade, State};
use serde::Serialize;

/// The steps that lead to a level.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity plan")
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the plan"
)]
pub struct Plan {
    /// The version of this document: 1.
    pub format: u32,
    /// Name and version of the engine.
    pub engine: String,
    /// The client.
    pub client: Client,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// Basis of the ratings.
    pub basis: Basis,
    /// The ladder.
    pub ladder: Named,
    /// The level reached today; where too little is answered to give one, the lowest it can be.
    pub from: Named,
    /// True if that is the lowest level there is.
    pub bottom: bool,
    /// True if a level is given today.
    pub given: bool,
    /// The lowest level that the open answers of today still leave.
    pub lowest: Named,
    /// The level asked for.
    pub to: Named,
    /// True if that level is the one the market calls for.
    pub required: bool,
    /// The level the steps reach whatever the answers that are open still turn out to be; below the
    /// one asked for where a budget does not carry further.
    pub reaches: Named,
    /// True if the answers that are open may still lift it above that.
    pub or_higher: bool,
    /// True if a level is given after the steps, on the answers there are then.
    pub given_after: bool,
    /// Share of the ladder's score that is answered after the steps, where that is too little for a
    /// level.
    pub covered_after: Option<f64>,
    /// True if the level asked for is reached.
    pub complete: bool,
    /// Proof that no smaller set of steps does.
    pub shortness: Shortness,
    /// Number of steps; a question raised twice counts twice.
    pub count: usize,
    /// Effort of all steps and preparations: low counts 1, medium 2, high 3.
    pub effort: u32,
    /// The most effort allowed.
    pub budget: Option<u32>,
    /// Needs of the level and those below it that are not met today, or not for certain.
    pub needs: Vec<Need>,
    /// Those of them that are still not met after the steps.
    pub left: Vec<Need>,
    /// Index of the ladder's score today; null where the ladder reads none.
    pub index: Option<f64>,
    /// The least that index can be today, whatever the open answers turn out to be.
    pub index_least_now: Option<f64>,
    /// Index of the ladder's score after the steps, from what is answered then.
    pub index_after: Option<f64>,
    /// The least that index can be, whatever the answers that are open still turn out to be.
    pub index_least: Option<f64>,
    /// Number of questions the ladder rests on, answered or not, without those that do not apply.
    pub asked: usize,
    /// Number of them without an answer.
    pub unanswered: usize,
    /// Questions without an answer that the ladder rests on and no step answers.
    pub open: Vec<Named>,
    /// The steps, in the order in which they should be taken.
    pub steps: Vec<PlanStep>,
}

/// A question to be moved, by one step or several.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanStep {
    /// `pack.item`.
    pub id: ItemId,
    /// Short name.
    pub label: String,
    /// State of the question.
    pub state: State,
    /// Worth today; null without an answer, and where the answer has no worth.
    pub from: Option<f64>,
    /// The anchor of its worth today, in words; null without an answer, and between two anchors.
    pub from_says: Option<String>,
    /// Number of steps it is moved by.
    pub raises: usize,
    /// Target of the steps.
    pub to: StepTarget,
    /// The grade of evidence it takes for this to count; null where what is there carries it.
    pub proof: Option<Grade>,
    /// True if all of it is claimed already, and only its proof is missing.
    pub claimed: bool,
    /// Advice of the pack on its evidence.
    pub evidence: Option<String>,
    /// The advice that covers its steps, in their order; may be empty.
    pub advice: Vec<StepAdvice>,
    /// Anchors of the steps that no advice covers, in words: they have to become true.
    pub must: Vec<String>,
    /// Number of its steps that no advice covers; each is counted as one of medium effort.
    pub uncovered: usize,
    /// Its purposes: the needs of the level that are not met without it, and those that one of
    /// several steps is enough for.
    pub serves: Vec<Purpose>,
    /// True if the level is reached without it on today's answers, so that it only makes that
    /// certain.
    pub secures: bool,
    /// Effort of its steps without preparations: low counts 1, medium 2, high 3.
    pub effort: u32,
    /// The role that is to take it, where the answers name it for a target that reaches so far.
    pub owner: Option<String>,
    /// The role that all of its advice suggests, where the answers name nobody for any of it.
    pub suggested_owner: Option<String>,
    /// Due date, where the answers give one for a target that reaches so far.
    pub due: Option<String>,
    /// One step of low effort, with an owner, and nothing that has to be done before.
    pub quick_win: bool,
    /// Points it adds to the index of the ladder's score, after the steps before it; null
    /// where the ladder reads none.
    pub adds: Option<f64>,
    /// Points it adds to the least that index can be, likewise.
    pub adds_least: Option<f64>,
}

/// A need of the level that a step is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Purpose {
    /// Kind of need.
    pub kind: NeedKind,
    /// The item, or the gate.
    pub id: String,
    /// Its title.
    pub label: String,
    /// The numbers of the steps any one of which is enough for it with all others, this one among
    /// them; empty where it is not met without this one.
    pub any_of: Vec<usize>,
}

/// Target of the steps of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StepTarget {
    /// An anchor of a rating, or a choice that counts for something.
    Anchor {
        /// Worth of the anchor.
        worth: f64,
        /// The anchor in words.
        says: String,
    },
    /// Yes or no.
    Fact {
        /// True for yes.
        holds: bool,
    },
    /// A number on one side of a limit.
    Number {
        /// Side of the limit.
        side: Side,
        /// The limit.
        limit: f64,
        /// Its unit, `%` for percentages.
        unit: Option<String>,
    },
    /// More of several choices than are true now.
    More {
        /// Number of further choices.
        count: usize,
        /// The choices, any of which will do.
        of: Vec<String>,
    },
    /// Any of these choices, once somebody finds out.
    OneOf {
        /// The choices.
        of: Vec<String>,
    },
}

/// A side of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The limit or more.
    AtLeast,
    /// More than the limit.
    Above,
    /// The limit or less.
    AtMost,
    /// Less than the limit.
    Below,
}

/// Advice that covers steps of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepAdvice {
    /// Preparations that neither an earlier step nor advice above does.
    pub before: Vec<Preparation>,
    /// Number of steps it covers.
    pub steps: usize,
    /// The gate or finding it comes with.
    pub of: ItemId,
    /// Kind of reason.
    pub reason: RaiseReason,
    /// The anchor beyond the step that all of it leads to; null where the step is all of it.
    pub beyond: Option<StepTarget>,
    /// The role that is to do it, where the answers name one for its target.
    pub owner: Option<String>,
    /// Due date, where the answers give one for its target.
    pub due: Option<String>,
    /// The advice.
    #[serde(flatten)]
    pub advice: AdviceResult,
}

/// Advice to be followed before a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Preparation {
    /// Its id.
    pub id: String,
    /// The advice.
    #[serde(rename = "do")]
    pub what: String,
    /// Effort.
    pub effort: Size,
    /// The role that is to do it, where the answers say so.
    pub owner: Option<String>,
    /// The role that its advice suggests.
    pub suggested_owner: Option<String>,
}

/// Proof that no smaller set of steps reaches the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Shortness {
    /// No set has fewer steps, and of those with as many none takes less effort.
    Shortest,
    /// No set has fewer steps; one with as many may take less effort.
    Fewest,
    /// One action does it alone, for no more effort than the shortest set known of several.
    OneAction,
    /// A shorter one may exist: not every set could be tried.
    NotProven,
}
