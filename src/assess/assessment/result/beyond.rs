//! Why the value over everybody lies outside what the shown roles say.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A value over everybody that lies above, or below, that of every role that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Beyond {
    /// Above all of them; else below all of them.
    pub above: bool,
    /// Why.
    pub reasons: Vec<BeyondReason>,
}

/// Why a value lies outside those of the shown roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BeyondReason {
    /// People agreed on another answer.
    Agreed,
    /// Evidence lets an answer count for less.
    Evidence,
    /// Of several choices those count that more than half took, and no mean.
    Choices,
    /// Roles that are not shown count in it.
    Hidden,
    /// The assessor answered a part of it.
    Assessor,
    /// The roles answered different questions of it.
    Asked,
    /// Answers are merged first and put together afterwards.
    Parts,
}

impl Beyond {
    pub(crate) fn new(above: bool, reasons: BTreeSet<BeyondReason>) -> Self {
        let mut reasons: Vec<BeyondReason> = reasons.into_iter().collect();
        if reasons.is_empty() {
            reasons.push(BeyondReason::Parts);
        }
        Self { above, reasons }
    }

    /// "above every role shown: roles that are not shown count in it too".
    #[must_use]
    pub fn says(&self) -> String {
        let side = if self.above { "above" } else { "below" };
        let reasons: Vec<&str> = self.reasons.iter().map(|one| one.says()).collect();
        format!("{side} every role shown: {}", reasons.join("; "))
    }
}

impl BeyondReason {
    fn says(self) -> &'static str {
        match self {
            Self::Agreed => "a workshop agreed on another answer",
            Self::Evidence => "evidence holds an answer down",
            Self::Choices => "of several choices those count that more than half took",
            Self::Hidden => "roles that are not shown count in it too",
            Self::Assessor => "the assessor answered a part of it",
            Self::Asked => "the roles answered different questions of it",
            Self::Parts => "answers are merged before they are put together",
        }
    }
}
