//! Gates, findings and advice of the result.

use super::{Because, ItemId, NeedState};
use crate::message;
use crate::rules::pack::file::{FindingKind, Horizon, Severity, Size};
use crate::rules::rulebook::words::either;
use crate::rules::rulebook::{Advice, Raise, Rulebook};
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
    /// Met, unmet, unproven or not applicable.
    pub state: NeedState,
    /// True if the open answers cannot change that.
    pub certain: bool,
    /// The items it read.
    pub parts: Vec<Because>,
    /// While it is unproven: the packs that ask about it and are not part of the assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unasked: Vec<String>,
    /// State by what was asked alone, where some packs are not part; null where nothing was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_asked: Option<NeedState>,
    /// Advice while it is not met.
    pub advice: Vec<AdviceResult>,
}

impl GateResult {
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
    /// Advice as its pack words it.
    pub(crate) fn of(rulebook: &Rulebook, advice: &Advice) -> Self {
        let raised = |raise: &Raise| {
            Some(RaisedAnswer {
                id: ItemId::from(&rulebook.item(raise.question)?.id),
                to: raise.answer.clone(),
            })
        };
        Self {
            id: advice.id.clone(),
            what: advice.what.clone(),
            how: advice.how.clone(),
            effort: advice.effort,
            impact: advice.impact,
            within: advice.within,
            suggested_owner: advice.owner.clone(),
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
