//! Gates, findings and advice of the result.

use super::{Because, ItemId, NeedState};
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
    /// What it asks.
    pub title: String,
    /// Why.
    pub because: String,
    /// Whether it is met.
    pub state: NeedState,
    /// Whether the open answers cannot change that.
    pub certain: bool,
    /// What it read.
    pub parts: Vec<Because>,
    /// While it is unproven: the packs that ask about it and are not part of the assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unasked: Vec<String>,
    /// Where some packs are not part: the state by what was asked alone; null where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_asked: Option<NeedState>,
    /// What to do while it is not met.
    pub advice: Vec<AdviceResult>,
}

impl GateResult {
    /// The state in words, with whether open answers may still change it.
    #[must_use]
    pub fn says(&self) -> String {
        let word = self.state.word();
        if self.state == NeedState::Unproven {
            return self.unproven();
        }
        if self.certain {
            return word.to_owned();
        }
        format!("{word} as things stand; open answers could still change it")
    }

    /// Why nothing shows whether it is met.
    fn unproven(&self) -> String {
        let word = self.state.word();
        if self.unasked.is_empty() {
            return word.to_owned();
        }
        let packs: Vec<&str> = self.unasked.iter().map(String::as_str).collect();
        let packs = either(&packs);
        match self.as_asked {
            Some(NeedState::Unmet) => format!(
                "{word}; not met by what was asked, and what else could meet it is asked in {packs}, not part of this assessment"
            ),
            Some(NeedState::Met) => format!(
                "{word}; met as far as it was asked, and the rest is asked in {packs}, not part of this assessment"
            ),
            Some(NeedState::Unproven) => format!(
                "{word}; what was asked does not show it, and the rest is asked in {packs}, not part of this assessment"
            ),
            Some(NeedState::NotApplicable) | None => {
                format!("{word}; asked in {packs}, not part of this assessment")
            }
        }
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
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// How much it matters: medium at most where anything speaks against more.
    pub severity: Severity,
    /// How much it matters by its rule, where that is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity_by_rule: Option<Severity>,
    /// What it rests on that carries no finding of high severity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reservations: Vec<Reservation>,
    /// Title.
    pub title: String,
    /// What was seen and what it means, CommonMark.
    pub text: String,
    /// Whether the open answers cannot undo it.
    pub certain: bool,
    /// Whether anything it rests on may be called for; what is not is no gap.
    pub called_for: bool,
    /// What led to it.
    pub because: Vec<Because>,
    /// What its rule reads only to say where it is found; no reason for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Because>,
    /// What to do.
    pub advice: Vec<AdviceResult>,
}

/// Something a finding rests on that carries no high severity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reservation {
    /// What sort of thing.
    pub kind: ReservationKind,
    /// The question or figure.
    pub id: ItemId,
    /// In words.
    pub says: String,
}

/// What can speak against a high severity.
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
    /// Whether its advice is something to do: not where nothing it rests on is called for, and not
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

    /// Whether it tells its work itself, as advice of a pack.
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
