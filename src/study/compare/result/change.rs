//! Scores, levels, decisions, gates, metrics, answers and findings that moved.

use crate::assess::assessment::{LadderResult, Named, NeedState, Range, ScoreState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::{Grade, State};
use serde::Serialize;

/// Movement of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Movement {
    /// It did not move at all.
    Same,
    /// It moved by too little to be called a change.
    Slight,
    /// It is higher, or met.
    Rose,
    /// It is lower, or no longer met.
    Fell,
    /// It is another one, neither higher nor lower.
    Differs,
    /// It could not be said and now can.
    Came,
    /// It could be said and now cannot.
    Went,
}

/// Reason why a difference is not called a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NoChange {
    /// It is less than a quarter anchor.
    Small,
    /// Over the questions rated on both sides it is less than a quarter anchor.
    SmallInCommon,
    /// The questions rated on both sides, if there are any, give no score.
    NothingCommon,
    /// Answers that are open on one side alone could make as much.
    OpenAnswers,
}

impl Movement {
    /// Returns true where it is called a change.
    pub(crate) fn is_change(self) -> bool {
        !matches!(self, Self::Same | Self::Slight)
    }

    /// Movement between two levels of a ladder.
    pub(crate) fn on(ladder: &LadderResult, was: Option<&Named>, is: Option<&Named>) -> Self {
        let (Some(from), Some(to)) = (was, is) else {
            return Self::of_presence(was.is_some(), is.is_some());
        };
        match (ladder.rank(from), ladder.rank(to)) {
            _ if from.id == to.id => Self::Same,
            (Some(was), Some(is)) if was < is => Self::Rose,
            (Some(was), Some(is)) if was > is => Self::Fell,
            _ => Self::Differs,
        }
    }

    /// Movement of a gate.
    pub(crate) fn of_gate(was: NeedState, is: NeedState) -> Self {
        match (was, is) {
            _ if was == is => Self::Same,
            (NeedState::Unmet | NeedState::Unproven, NeedState::Met) => Self::Rose,
            (NeedState::Met, NeedState::Unmet | NeedState::Unproven) => Self::Fell,
            (NeedState::Unproven, NeedState::Unmet) => Self::Came,
            (NeedState::Unmet, NeedState::Unproven) => Self::Went,
            _ => Self::Differs,
        }
    }

    /// Movement where one side or both have no value.
    pub(crate) fn of_presence(before: bool, after: bool) -> Self {
        match (before, after) {
            (false, true) => Self::Came,
            (true, false) => Self::Went,
            _ => Self::Same,
        }
    }
}

/// A score on both sides. Differences are "to" less "from".
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreChange {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// As it was, over all its questions.
    pub from: ScorePoint,
    /// As it is, over all its questions.
    pub to: ScorePoint,
    /// Difference of the indices, in points of 0..100; null where one is missing.
    pub difference: Option<f64>,
    /// Difference of the values, in the score's own unit.
    pub value_difference: Option<f64>,
    /// Number of questions it rests on.
    pub scope: Scope,
    /// The same over the questions that are rated on both sides; null where a stored result does
    /// not allow that to be scored.
    pub common: Option<CommonChange>,
    /// Points that the answers open on one side alone still allow. Answers that are
    /// open on both sides are the same on both, and hide nothing.
    pub open: f64,
    /// The least difference of indices that is called a change here: a quarter anchor, or what
    /// those open answers allow.
    pub least: f64,
    /// Movement. A spread or a difference is another one: neither rises nor falls as
    /// a gain.
    pub movement: Movement,
    /// Reason why a difference is not called a change; null where there is none, or it is called one.
    pub why: Option<NoChange>,
    /// The answers that moved it, those that did most first.
    pub because: Vec<Share>,
    /// Effect that these answers have only together, in points; null where each adds by itself.
    pub together: Option<f64>,
    /// Effect of the packs, in points; null where that is not known.
    pub by_pack: Option<f64>,
    /// Effect of the answers, in points; null where that is not known.
    pub by_answers: Option<f64>,
}

/// A score on one side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScorePoint {
    /// Value in its own unit.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// Range that open answers still allow, on 0..100; null where nothing it counts applies.
    pub index_range: Option<Range>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// State of its verdict; `not-asked` where the pack has no such score.
    pub state: ScoreState,
}

/// Number of questions a score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scope {
    /// Rated on the side compared from.
    pub before: usize,
    /// Rated on the side compared to.
    pub after: usize,
    /// Rated on both.
    pub common: usize,
}

/// A score over the questions that are rated on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CommonChange {
    /// Index as it was.
    pub from: Option<f64>,
    /// Index as it is.
    pub to: Option<f64>,
    /// Difference, in points of 0..100.
    pub difference: Option<f64>,
}

/// Effect of one changed answer on a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Share {
    /// The question, `pack.item`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Effect of the change of this answer alone, in points of 0..100: the mean of putting the new
    /// answer among the old ones and of taking it from among the new ones. Null where only a
    /// stored result is known, or where the score has no value without it.
    pub index: Option<f64>,
}

/// A ladder on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelChange {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// The level it was; null where it could not be said.
    pub from: Option<Named>,
    /// The level it is.
    pub to: Option<Named>,
    /// Every level the open answers allowed.
    pub possible_from: Vec<Named>,
    /// Every level the open answers allow.
    pub possible_to: Vec<Named>,
    /// Movement.
    pub movement: Movement,
    /// True where open answers cannot undo the movement.
    pub certain: bool,
    /// True where the packs alone moved it; null where that is not known.
    pub by_pack: Option<bool>,
    /// The level and what holds the next one, as it is now.
    pub sentence: String,
}

/// A decision on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionChange {
    /// `pack.item`.
    pub id: String,
    /// Name.
    pub title: String,
    /// Earlier outcome.
    pub from: Vec<Named>,
    /// Present outcome.
    pub to: Vec<Named>,
    /// Everything the open answers allowed.
    pub possible_from: Vec<Named>,
    /// Everything the open answers allow.
    pub possible_to: Vec<Named>,
    /// Movement.
    pub movement: Movement,
    /// True where open answers cannot undo the movement.
    pub certain: bool,
    /// True where the packs alone moved it; null where that is not known.
    pub by_pack: Option<bool>,
    /// Reason for the present outcome.
    pub because: Option<String>,
}

/// A gate on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateChange {
    /// `pack.gate`.
    pub id: String,
    /// Requirement in words.
    pub title: String,
    /// Earlier state.
    pub from: NeedState,
    /// Present state.
    pub to: NeedState,
    /// Movement.
    pub movement: Movement,
    /// True where the packs alone moved it; null where that is not known.
    pub by_pack: Option<bool>,
}

/// A figure of a metric on both sides. A result of the business, never a part of maturity.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricChange {
    /// `pack.metric` or `pack.metric/figure`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// As it was.
    pub from: Option<f64>,
    /// As it is.
    pub to: Option<f64>,
    /// As it was, in words.
    pub says_from: String,
    /// As it is, in words.
    pub says_to: String,
    /// Difference, in the figure's own unit.
    pub difference: Option<f64>,
    /// Movement.
    pub movement: Movement,
}

/// An answer that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnswerChange {
    /// `pack.item`.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Kind of change.
    pub kind: AnswerMove,
    /// As it was; null where the pack did not ask.
    pub from: Option<AnswerPoint>,
    /// As it is; null where the pack does not ask.
    pub to: Option<AnswerPoint>,
}

/// An answer on one side.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnswerPoint {
    /// State of the question.
    pub state: State,
    /// The answer in words.
    pub says: String,
    /// Value that counts in scores.
    pub value: Option<f64>,
    /// Grade of its evidence.
    pub grade: Grade,
}

/// Kind of change of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AnswerMove {
    /// Another answer.
    Changed,
    /// The same answer, proven otherwise or counted otherwise.
    Proven,
    /// It was open and is answered.
    Answered,
    /// It was answered and is open.
    Opened,
    /// It did not apply and is answered.
    Applies,
    /// It was answered and does not apply.
    Dropped,
    /// It is not answered on either side, for another reason.
    Standing,
    /// The pack did not ask it before.
    Added,
    /// The pack no longer asks it.
    Removed,
}

/// A finding that opened or closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingChange {
    /// `pack.finding`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Kind of finding.
    pub kind: FindingKind,
    /// Severity.
    pub severity: Severity,
    /// True where it holds now and did not, false for the other way round.
    pub opened: bool,
    /// True where open answers cannot undo that.
    pub certain: bool,
    /// True where the packs alone did it; null where that is not known.
    pub by_pack: Option<bool>,
    /// Items that led to it, where it holds: "Role: Owns the result (4), tested for at least 3".
    pub because: Vec<String>,
}
