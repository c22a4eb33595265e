//! Gates, findings, advice, and the gain of one step up of an open question.

use super::{Because, ItemId, NeedState};
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::Condition;
use crate::rules::pack::file::{FindingKind, Horizon, Severity, Size};
use crate::rules::rulebook::{Advice, Raise, Rulebook, Variant};
use crate::rules::vocabulary::{Grade, State};
use crate::text::number::either;
use serde::{Deserialize, Serialize};

/// A gate.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GateResult {
    /// `pack.gate`.
    pub id: ItemId,
    /// Its question.
    pub title: String,
    /// Reason for asking.
    pub because: String,
    /// The state of things as a sentence.
    #[serde(default)]
    pub sentence: String,
    /// Met, unmet, unproven or not applicable.
    pub state: NeedState,
    /// True if the open answers cannot change that.
    pub certain: bool,
    /// The items it read.
    pub parts: Vec<Because>,
    /// While it is unproven: the packs that ask about it and are not part of the assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unasked: Vec<String>,
    /// True if the short form asks nothing of it.
    #[serde(default)]
    pub not_core: bool,
    /// State by what was asked alone, where some packs are not part; null where nothing was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_asked: Option<NeedState>,
    /// Advice while it is not met.
    pub advice: Vec<AdviceResult>,
}

impl GateResult {
    /// True if nothing but packs that are not part of the assessment could show it: then it is not
    /// asked.
    pub(crate) fn is_not_asked(&self) -> bool {
        let against = matches!(self.as_asked, Some(NeedState::Unmet | NeedState::Unproven));
        !self.unasked.is_empty() && !against
    }

    /// The state in words, with whether open answers may still change it.
    #[must_use]
    pub fn says(&self) -> String {
        let word = self.state.word();
        if self.state == NeedState::Unproven && !self.unasked.is_empty() {
            let packs: Vec<&str> = self.unasked.iter().map(String::as_str).collect();
            let asked = match self.as_asked {
                Some(NeedState::Unmet) => {
                    message!("not-met-by-what-was")
                }
                Some(NeedState::Met) => message!("met-as-far-as-it-was"),
                Some(NeedState::Unproven) => {
                    message!("what-was-asked-does-not")
                }
                Some(NeedState::NotApplicable) | None => message!("asked-in"),
            };
            let packs = either(&packs);
            return message!("not-part-of-this-assessment", word, asked, packs);
        }
        if self.certain || self.state == NeedState::Unproven {
            return word.to_owned();
        }
        message!("as-things-stand-open-answers", word)
    }
}

/// A finding that holds.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingResult {
    /// `pack.finding`.
    pub id: ItemId,
    /// The section it belongs to.
    pub section: Option<String>,
    /// The item it belongs to.
    pub about: Option<ItemId>,
    /// Its kind.
    pub kind: FindingKind,
    /// Its severity: medium at most where anything speaks against more.
    pub severity: Severity,
    /// Its severity by its rule, where that is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity_by_rule: Option<Severity>,
    /// Estimates and small samples it rests on, which carry no high severity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reservations: Vec<Reservation>,
    /// Title.
    pub title: String,
    /// Observation and meaning, CommonMark.
    pub text: String,
    /// True if the open answers cannot undo it.
    pub certain: bool,
    /// True if anything it rests on may be called for; what is not is no gap.
    pub called_for: bool,
    /// The answers and values that led to it.
    pub because: Vec<Because>,
    /// Items that its rule reads only to place it; no reason for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Because>,
    /// The thing to do.
    pub advice: Vec<AdviceResult>,
}

/// Something a finding rests on that carries no high severity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reservation {
    /// Its kind.
    pub kind: ReservationKind,
    /// The question or figure.
    pub id: ItemId,
    /// In words.
    pub says: String,
}

/// Kind of reservation against a high severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReservationKind {
    /// Without a number that people estimated the finding would not hold.
    Estimate,
    /// Had one or two of those counted been otherwise, the finding would not hold.
    SmallSample,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdviceResult {
    /// Its id.
    pub id: String,
    /// The thing to do.
    #[serde(rename = "do")]
    pub what: String,
    /// Way to do it.
    pub how: Option<String>,
    /// The question that somebody has to decide for it to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide: Option<String>,
    /// Effort it takes.
    pub effort: Size,
    /// Impact it has.
    pub impact: Size,
    /// Horizon in which it can be done.
    pub within: Horizon,
    /// The role that the pack suggests.
    pub suggested_owner: Option<String>,
    /// Other work that should come first.
    pub after: Vec<String>,
    /// The work it is, `pack.advice`: its own id, or that of another pack's advice where that is
    /// the same.
    pub work: String,
    /// The questions it moves, each with the answer it leads to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raises: Vec<RaisedAnswer>,
}

impl FindingResult {
    /// True if its advice is something to do: not where nothing it rests on is called for, and not
    /// of a strength.
    pub(crate) fn advises(&self) -> bool {
        self.called_for && self.kind != FindingKind::Strength
    }
}

impl AdviceResult {
    /// Advice as its pack words it for the client of these readings.
    pub(crate) fn of(rulebook: &Rulebook, readings: &[Reading], advice: &Advice) -> Self {
        let is_client = |when: &Condition| when.holds(&rulebook.program.atoms, readings).holds();
        let mut variants = advice.variants.iter();
        let variant = variants.find(|one| is_client(&one.when));
        let own =
            |words: fn(&Variant) -> &Option<String>| variant.and_then(|one| words(one).clone());
        let owner = own(|one| &one.owner).or_else(|| advice.owner.clone());
        let mut names = rulebook.owners.iter();
        let name = names.find(|one| Some(&one.role) == owner.as_ref() && is_client(&one.when));
        let raised = |raise: &Raise| {
            Some(RaisedAnswer {
                id: ItemId::from(&rulebook.item(raise.question)?.id),
                to: raise.answer.clone(),
            })
        };
        Self {
            id: advice.id.clone(),
            what: own(|one| &one.what).unwrap_or_else(|| advice.what.clone()),
            how: own(|one| &one.how).or_else(|| advice.how.clone()),
            decide: own(|one| &one.decide).or_else(|| advice.decide.clone()),
            effort: advice.effort,
            impact: advice.impact,
            within: advice.within,
            suggested_owner: name.map(|one| one.owner.clone()).or(owner),
            after: advice.after.clone(),
            work: advice.work.clone(),
            raises: advice.raises.iter().filter_map(raised).collect(),
        }
    }

    /// True if it words its work itself, as advice of a pack.
    pub(crate) fn is_of(&self, pack: &str) -> bool {
        let own = self.work.strip_prefix(pack);
        own.and_then(|rest| rest.strip_prefix('.')) == Some(&*self.id)
    }
}

/// A question that advice moves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RaisedAnswer {
    /// The question, `pack.item`.
    pub id: ItemId,
    /// The answer the advice leads to, as answers are written.
    pub to: String,
}

/// A rating that applies and is below its top, or has no answer yet, with its next step.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RaiseResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Short name.
    pub label: String,
    /// State of the answer.
    pub state: State,
    /// Value now; null without an answer.
    pub from: Option<f64>,
    /// The anchor of the value now, in words; null without an answer, and between two anchors.
    pub from_says: Option<String>,
    /// Value one step up; without an answer, one step above the lowest anchor.
    pub to: f64,
    /// The next anchor, in words.
    pub to_says: String,
    /// The grade of evidence that has to be brought for the step to count; null where none has.
    pub proof: Option<Grade>,
    /// True if the step is claimed already, and only its proof is missing.
    pub claimed: bool,
    /// Evidence to look at, from the pack.
    pub evidence: Option<String>,
    /// Effort of the step: that of its advice, medium where it has none.
    pub effort: Size,
    /// The role that is to take it: as the answers name it, else as the advice does.
    pub owner: Option<String>,
    /// Day it is due, where the answers have one.
    pub due: Option<String>,
    /// Advice; null where none belongs to the question.
    pub advice: Option<RaiseAdvice>,
    /// Steps of a scale of 0 to 4 up to its target, or to its top where it has none; 2 without an
    /// answer.
    pub gap: f64,
    /// `1..=3`: twice its weight in the pack.
    pub importance: f64,
    /// `1..=2`: 1, and a quarter more for each other pack and each lens that uses it.
    pub reach: f64,
    /// Gap times importance times reach, over effort counted as 1, 2 or 3.
    pub priority: f64,
    /// A gap of one step or more, low effort, an owner, and nothing that has to be done before.
    pub quick_win: bool,
    /// Gain of each score that the step changes, in points of the index.
    pub adds: Vec<Added>,
}

/// The advice that belongs to an open question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RaiseAdvice {
    /// The gate or finding it comes with.
    pub of: ItemId,
    /// Kind of reason.
    pub reason: RaiseReason,
    /// The advice.
    #[serde(flatten)]
    pub advice: AdviceResult,
    /// Advice that should come first and is not done, first things first.
    pub before: Vec<String>,
}

/// Reason why a question has advice. Gates come before contradictions, these before everything
/// else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RaiseReason {
    /// A gate is not met.
    Gate,
    /// It contradicts another answer.
    Contradiction,
    /// A gap, a risk or something unknown.
    Finding,
}

/// Gain of a score from a step.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Added {
    /// The score, `pack.item`.
    pub id: ItemId,
    /// Points of the index, `0..=100`; below 0 where the step lowers it.
    pub index: f64,
}
