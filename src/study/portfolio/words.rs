//! The closed lists of a row as words, the same as in its JSON.

use crate::answers::Status;
use crate::assess::assessment::{NeedState, ScoreState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::Basis;

pub(super) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Perception => "perception",
        Basis::Evidenced => "evidenced",
    }
}

pub(super) const fn standing(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Final => "final",
    }
}

pub(super) const fn verdict(state: ScoreState) -> &'static str {
    match state {
        ScoreState::Rated => "rated",
        ScoreState::Thin => "thin",
        ScoreState::NotAssessed => "not-assessed",
        ScoreState::NotApplicable => "not-applicable",
        ScoreState::NotAsked => "not-asked",
    }
}

pub(super) const fn need(state: NeedState) -> &'static str {
    match state {
        NeedState::Met => "met",
        NeedState::Unmet => "unmet",
        NeedState::Unproven => "unproven",
        NeedState::NotApplicable => "not-applicable",
    }
}

pub(super) const fn kind(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Strength => "strength",
        FindingKind::Gap => "gap",
        FindingKind::Risk => "risk",
        FindingKind::Contradiction => "contradiction",
        FindingKind::Fit => "fit",
        FindingKind::Unknown => "unknown",
    }
}

pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}
