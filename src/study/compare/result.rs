//! The document's shape.

mod pack;
mod score;
mod verdict;

pub use pack::{
    Banner, BannerKind, Effect, EffectKind, PackChange, PackPoint, PackRelation, SideResult,
};
pub use score::{CommonChange, Scope, ScoreChange, ScorePoint, Share};
pub use verdict::{
    AnswerChange, AnswerMove, AnswerPoint, DecisionChange, FindingChange, GateChange, LevelChange,
    MetricChange,
};

use serde::Serialize;

/// What moved from one assessment to another. Lists are in the later one's order, with what only
/// the earlier one has behind it; figures are unrounded.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity comparison")
)]
pub struct Comparison {
    /// The version of this document: 1.
    pub format: u32,
    /// What made it.
    pub engine: String,
    /// The assessment compared from.
    pub before: SideResult,
    /// The assessment compared to.
    pub after: SideResult,
    /// What to know before any figure is read.
    pub banners: Vec<Banner>,
    /// Every pack of either, and whether it can be compared.
    pub packs: Vec<PackChange>,
    /// Whether what changed packs did can be told apart from what answers did.
    pub effect: Effect,
    /// Every score.
    pub scores: Vec<ScoreChange>,
    /// Every ladder.
    pub levels: Vec<LevelChange>,
    /// Every decision.
    pub decisions: Vec<DecisionChange>,
    /// Every gate.
    pub gates: Vec<GateChange>,
    /// Every figure of every metric; results beside maturity.
    pub metrics: Vec<MetricChange>,
    /// The answers that changed.
    pub answers: Vec<AnswerChange>,
    /// The findings that opened or closed.
    pub findings: Vec<FindingChange>,
}

impl Comparison {
    /// Whether the two can be compared at all: they share a pack of one major version.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.packs.iter().any(|pack| pack.relation.is_compared())
    }

    /// Whether nothing moved: no figure, verdict, answer, finding or pack.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let still = |movement: &Movement| *movement == Movement::Same;
        self.scores.iter().all(|one| still(&one.movement))
            && self.levels.iter().all(|one| still(&one.movement))
            && self.decisions.iter().all(|one| still(&one.movement))
            && self.gates.iter().all(|one| still(&one.movement))
            && self.metrics.iter().all(|one| still(&one.movement))
            && self.answers.is_empty()
            && self.findings.is_empty()
            && self
                .packs
                .iter()
                .all(|one| one.relation == PackRelation::Same)
    }
}

/// How something moved.
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

/// Why a difference is not called a change.
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
    /// Whether it is called a change.
    #[must_use]
    pub fn is_change(self) -> bool {
        !matches!(self, Self::Same | Self::Slight)
    }

    /// The same seen from the other side.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Rose => Self::Fell,
            Self::Fell => Self::Rose,
            Self::Came => Self::Went,
            Self::Went => Self::Came,
            Self::Same | Self::Slight | Self::Differs => self,
        }
    }
}
