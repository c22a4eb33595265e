//! The two sides, their packs, and what to know before reading on.

use crate::answers::Status;
use crate::assess::assessment::ClientResult;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::ConfidenceGrade;
use serde::Serialize;

/// One of the two assessments.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SideResult {
    /// Whose answers they are.
    pub client: ClientResult,
    /// The day they speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// What ratings count as.
    pub basis: Basis,
    /// Draft or final.
    pub status: Status,
    /// Rated share of all applicable questions, `0..=1`.
    pub coverage: f64,
    /// How far the result can be trusted.
    pub confidence: ConfidenceGrade,
    /// How many people answered; null where one assessor did, or where that is hidden.
    pub people: Option<u32>,
    /// Whether its answers were at hand, or the stored result alone.
    pub stored: bool,
}

/// Something to know before any figure is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Banner {
    /// What sort of thing.
    pub kind: BannerKind,
    /// One or two sentences.
    pub text: String,
}

/// What sort of thing a banner tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BannerKind {
    /// One side is a perception, the other is on evidence.
    Basis,
    /// They speak of different clients or units.
    Client,
    /// One assessor answered on one side, many people on the other.
    People,
    /// Many answered on both sides, and their numbers differ by fewer than a group needs to be shown.
    Few,
    /// The one compared from is later than the one compared to.
    Order,
    /// Of one side only the stored result is known.
    Stored,
}

/// A pack of either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackChange {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// As it was; null where it was not there.
    pub from: Option<PackPoint>,
    /// As it is; null where it is not there.
    pub to: Option<PackPoint>,
    /// What that means for comparing.
    pub relation: PackRelation,
}

/// A pack at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackPoint {
    /// Version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: String,
    /// Whether a built-in pack has this id and version, and other rules.
    pub changed: bool,
}

/// How a pack of one side relates to that of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PackRelation {
    /// The very same rules.
    Same,
    /// Other rules within one major version: compared, and told.
    Changed,
    /// Another major version: not compared.
    OtherMajor,
    /// Only on the side compared from: not compared.
    OnlyBefore,
    /// Only on the side compared to: not compared.
    OnlyAfter,
}

impl PackRelation {
    /// Whether figures of the pack are compared.
    #[must_use]
    pub fn is_compared(self) -> bool {
        matches!(self, Self::Same | Self::Changed)
    }
}

/// Whether what packs did is told apart from what answers did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Effect {
    /// Whether it is.
    pub kind: EffectKind,
    /// Why not, where it is not though packs changed.
    pub why: Option<String>,
}

/// Whether what packs did is told apart from what answers did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EffectKind {
    /// All packs are the same.
    None,
    /// It is: the earlier answers were scored by the later packs too.
    Told,
    /// It cannot be.
    Untold,
}
