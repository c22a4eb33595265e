//! Packs as the result names them, with the overlays laid over them.

use super::{Answered, HeadlineResult};
use crate::rules::pack::overlay::{ChangeKind, Overlay};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pack as the result names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackResult {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 over its rules and its overlays, hexadecimal.
    pub digest: String,
    /// True if a built-in pack has this id and version, and other rules; overlays apart.
    pub changed: bool,
    /// The overlays laid over it, in their order.
    pub overlays: Vec<OverlayResult>,
    /// Title.
    pub title: String,
    /// True if it speaks for all packs; where none does, nothing speaks for all.
    pub overall: bool,
    /// The score or ladder that speaks for it; null where none does.
    pub headline: Option<HeadlineResult>,
    /// Count of its answers; of the pack that speaks for all, of all packs.
    pub answered: Answered,
    /// Ids that its items had in earlier versions, in full, each with the id of today.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<String, String>,
}

/// An overlay of a pack: changes that are kept apart from it, each with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OverlayResult {
    /// Id.
    pub id: String,
    /// Its name for readers.
    pub title: String,
    /// Version; null where it has none.
    pub version: Option<String>,
    /// SHA-256 over its files, hexadecimal.
    pub digest: String,
    /// Its changes in the order in which they were made.
    pub changes: Vec<ChangeResult>,
}

/// A change of an overlay.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeResult {
    /// Path from the top of the pack.
    pub path: String,
    /// Its kind.
    pub kind: ChangeKind,
    /// Its reason.
    pub reason: String,
    /// The value before, on one line; null where there was none.
    #[serde(default)]
    pub before: Option<String>,
    /// The value after, on one line; null where it is gone.
    #[serde(default)]
    pub after: Option<String>,
}

impl OverlayResult {
    /// An overlay with what it changes.
    pub(crate) fn new(overlay: &Overlay) -> Self {
        let changes = overlay.changes.iter().map(|change| ChangeResult {
            path: change.path.clone(),
            kind: change.kind,
            reason: change.reason.clone(),
            before: change.before.clone(),
            after: change.after.clone(),
        });
        Self {
            id: overlay.id.clone(),
            title: overlay.title.clone(),
            version: overlay.version.clone(),
            digest: overlay.digest.clone(),
            changes: changes.collect(),
        }
    }
}
