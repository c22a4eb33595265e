//! The result: one plain document, the same for JSON, reports and everything that compares.
//!
//! [`assess`] evaluates answers and puts words to the numbers. Figures are unrounded here; rounding
//! happens once, where people read them.

mod action;
mod amount;
mod beyond;
mod build;
mod cause;
mod confidence;
mod effect;
mod finding;
mod fit;
mod gap;
mod group;
mod ladder;
mod matched;
mod metric;
mod next;
mod question;
mod ranking;
mod reservation;
mod restore;
pub(crate) mod result;
mod say;
mod score;
mod target;
mod work;

pub(crate) use amount::money;
pub(crate) use ladder::now;
pub use matched::{MatchedResult, Mismatch};
pub(crate) use metric::convention;
pub use result::{
    ActionResult, Added, AdviceResult, AgreedResult, Answered, Assessment, Base, BaselineResult,
    Because, Beyond, BeyondReason, Capped, CauseKind, CauseResult, ChoiceCount, ClientResult,
    CommentResult, Confidence, CurveResult, CustomerResult, DecisionResult, Effect, EstimateResult,
    FactorResult, FigureResult, FindingResult, FitResult, FitState, Form, GapKind, GapResult,
    GateResult, GroupOutcome, GroupResult, HeadlineKind, HeadlineResult, InputResult, ItemId,
    KeptAnswer, LadderResult, LevelChange, LevelResult, MergeResult, MetNeed, MetricResult,
    MustBeTrue, Named, Need, NeedKind, NeedState, OpenCap, OpenQuestion, PackResult, Part,
    PhaseResult, Projection, QuestionResult, RaiseAdvice, RaiseReason, RaiseResult, RaisedAnswer,
    Range, RankingResult, Reservation, ReservationKind, Respondents, RoleCount, RoleFigure,
    ScaleResult, ScoreResult, SimplifyResult, SpreadResult, Verdict, WayResult,
};
pub(crate) use say::{SETTLED, answer_words, contested_words, either, reading_words, test_words};

use crate::answers::Answers;
use crate::rules::rulebook::Rulebook;

/// Evaluates the answers and says what came out.
#[must_use]
pub fn assess(rulebook: &Rulebook, answers: &Answers) -> Assessment {
    let evaluation = crate::assess::evaluate::evaluate_with_trace(rulebook, answers);
    build::Build::new(rulebook, answers, &evaluation).assessment()
}
