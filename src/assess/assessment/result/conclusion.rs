//! Conclusions from the figures: what speaks for a pack, causes, actions, and on what verdicts hang.

use super::{AdviceResult, Because, ItemId, ItemText, Named, NeedKind};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::State;
use crate::text::number::float;
use serde::{Deserialize, Serialize};

/// The score or ladder that speaks for a pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HeadlineResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Score or ladder.
    pub kind: HeadlineKind,
}

/// Kind of item that speaks for a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HeadlineKind {
    /// A score.
    Score,
    /// A ladder.
    Ladder,
}

/// Number of questions that apply, and of those that are answered; free text apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answered {
    /// Questions that apply.
    pub applicable: usize,
    /// Those of them that are answered.
    pub rated: usize,
    /// Those of them that nobody answered; to the others nobody knew the answer.
    #[serde(default)]
    pub missing: usize,
}

impl Answered {
    /// The share of them that are answered, `0..=1`; 0 where none applies.
    pub(crate) fn coverage(self) -> f64 {
        if self.applicable == 0 {
            0.0
        } else {
            float(self.rated) / float(self.applicable)
        }
    }
}

/// The kind of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CauseKind {
    /// A gate that is not met.
    Gate,
    /// A part below the floor of the next level.
    Floor,
    /// A score below what the next level asks for.
    Score,
    /// The assessment is not on evidence.
    Basis,
    /// The score cannot be trusted far enough.
    Confidence,
    /// A finding.
    Finding,
    /// A finding on fit.
    Fit,
}

impl From<NeedKind> for CauseKind {
    fn from(kind: NeedKind) -> Self {
        match kind {
            NeedKind::Gate => Self::Gate,
            NeedKind::Floor => Self::Floor,
            NeedKind::Score => Self::Score,
            NeedKind::Basis => Self::Basis,
            NeedKind::Confidence => Self::Confidence,
        }
    }
}

/// Something that keeps the client back, with what answers it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CauseResult {
    /// The gate, score or finding, `pack.item`; `basis` or `confidence` for what a level asks for
    /// besides.
    pub id: ItemId,
    /// Its kind.
    pub kind: CauseKind,
    /// The ladder whose next level it blocks; null for findings.
    #[serde(rename = "holds")]
    pub blocks: Option<ItemId>,
    /// Title.
    pub title: String,
    /// Its meaning, CommonMark.
    pub text: String,
    /// The kind of finding; null where it blocks a level.
    pub finding: Option<FindingKind>,
    /// Its severity; null where it blocks a level.
    pub severity: Option<Severity>,
    /// True if the open answers cannot undo it.
    pub certain: bool,
    /// The answers and values it rests on.
    pub rests_on: Vec<Because>,
    /// The action that answers it, by its work; null where no advice does.
    pub action: Option<String>,
    /// The next anchors that must be true, where no advice answers it.
    pub must_be_true: Vec<ItemText>,
}

/// Advice the client is given, each work once: `raises` holds all that any of its advice raises above
/// today, `after` the actions that should come first, and `within` the horizon that has room for it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActionResult {
    /// The gate or finding whose advice it is, `pack.item`; where none gives it, the gate or score
    /// that blocks a level, or the question with a target, that it leads to.
    pub of: ItemId,
    /// The thing to do.
    #[serde(flatten)]
    pub advice: AdviceResult,
    /// Owner, where the answers name one role for what it leads to.
    pub owner: Option<String>,
    /// Day it is due, where the answers have one for what it leads to.
    pub due: Option<String>,
    /// A quick win: low effort, within 30 days, nothing to be done before, somebody to do it, and an
    /// answered question with a gap of one step or more to which it is the next step.
    pub quick: bool,
    /// True if it stops something that is not called for.
    pub stops: bool,
    /// The open questions that it finds an answer to.
    #[serde(default)]
    pub answers: Vec<ItemId>,
    /// The works that wait for it.
    #[serde(default)]
    pub before: Vec<String>,
    /// Its effect, scored again; null where it moves no answer.
    pub effect: Option<Effect>,
    /// The most that this effect comes to.
    #[serde(default)]
    pub gain: Gain,
}

/// A decision that somebody has to take now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionNow {
    /// The question to be decided.
    pub asks: String,
    /// The cause that calls for it.
    pub cause: ItemId,
    /// The action that it opens the way for, by its work.
    pub action: String,
}

/// An open question whose answer alone can change a verdict, while all others stay open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecidingQuestion {
    /// The question, `pack.item`.
    pub id: ItemId,
    /// Its state: missing or unknown.
    pub state: State,
    /// The ladder or decision whose verdict it changes, `pack.item`.
    pub of: ItemId,
    /// Levels or outcomes other than today's that one of its answers would give.
    pub could_be: Vec<Named>,
}

/// A contradiction on which verdicts hang.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContradictedFinding {
    /// The finding, `pack.item`.
    pub id: ItemId,
    /// Ladders that the nearest answer to one of its questions which alone settles it would give a
    /// higher level, and decisions on fit that it would give another outcome.
    pub verdicts: Vec<ContradictedVerdict>,
}

/// A verdict that another answer to a question would change, all others as they are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContradictedVerdict {
    /// The ladder or decision, `pack.item`.
    pub of: ItemId,
    /// The first question of the contradiction that changes it, `pack.item`.
    pub question: ItemId,
    /// The nearest answer to it that does, in words.
    pub answer: String,
    /// The level or outcome that it gives.
    pub would_be: Named,
}

/// Verdicts where answers contradict each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Disputed {
    /// Ladders and decisions on fit that hang on which answer holds, `pack.item`.
    pub hang: Vec<ItemId>,
    /// Ladders that stand lowest and do not hang on it.
    pub stay: Vec<ItemId>,
    /// Contradictions that only ask which answer holds, and on which no verdict hangs.
    pub harmless: Vec<ItemId>,
}

/// The most that the effect of an action comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Gain {
    /// A level changes.
    Level,
    /// A condition of a level is met.
    Condition,
    /// A score rises.
    Score,
    /// Neither: it prepares, stops or finds out.
    #[default]
    None,
}

impl Gain {
    pub(crate) fn of(effect: Option<&Effect>) -> Self {
        let Some(effect) = effect else {
            return Self::None;
        };
        let mut levels = effect.levels.iter();
        if levels.any(|one| one.before != one.after) {
            Self::Level
        } else if !effect.opens.is_empty() || !effect.meets.is_empty() {
            Self::Condition
        } else if effect.points.is_empty() {
            Self::None
        } else {
            Self::Score
        }
    }
}

/// The effect of an action, scored again.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Effect {
    /// Levels before and after: of the ladder that speaks for all, and of every other ladder on
    /// which the level changes.
    pub levels: Vec<LevelEffect>,
    /// The gates it opens.
    pub opens: Vec<ItemId>,
    /// Gates and scores that block the next level of a ladder, and then do not.
    pub meets: Vec<MetNeed>,
    /// Points of the index on each score that speaks for a pack or for all, or that a level asks
    /// for, where they change.
    pub points: Vec<PointsEffect>,
}

/// Points by which a score moves.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PointsEffect {
    /// The score, `pack.item`.
    pub id: ItemId,
    /// Points of the index, `0..=100`; below 0 where it falls.
    pub index: f64,
    /// Points that it lacks today of what the next level of a ladder asks of it; null where none
    /// does.
    #[serde(default)]
    pub lacks: Option<f64>,
}

/// A gate or a score that is as the next level of a ladder asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetNeed {
    /// The ladder, `pack.item`.
    pub ladder: ItemId,
    /// The gate or the score, `pack.item`.
    pub id: ItemId,
}

/// A level before and after.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelEffect {
    /// The ladder, `pack.item`.
    pub id: ItemId,
    /// The level before; null where none can be given.
    pub before: Option<Named>,
    /// The level after; null where none can be given.
    pub after: Option<Named>,
}

/// A subject that stands lowest, once all works of the next 90 days are done.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SoonLevel {
    /// The ladder, `pack.item`.
    pub id: ItemId,
    /// Its turn from today.
    pub turn: Turn,
    /// The place of its level then, lowest first, from 1; null where none can be given.
    pub rank: Option<usize>,
    /// Where it rises: the number of works each of which brings it there alone.
    pub alone: usize,
    /// Where it stays: the index that its score comes to, `0..=100`, while that is short of the next
    /// level.
    pub index: Option<f64>,
    /// Where it stays: the number of needs of the next level that are still open.
    pub open: usize,
}

/// The turn of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It rises.
    Rises,
    /// It falls.
    Falls,
    /// It stays, though a higher one is called for.
    Stays,
    /// It can no longer be given until more is answered.
    Lost,
}
