//! Decisions and ladders of the result.

use super::ItemId;
use crate::message;
use serde::{Deserialize, Serialize};

/// An outcome, level or other named thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Named {
    /// Its id.
    pub id: String,
    /// As people read it.
    pub label: String,
}

impl Named {
    pub(crate) fn new(id: &str, label: &str) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
        }
    }
}

/// An item with words on it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ItemText {
    /// `pack.item`; of an input of a metric, the table's name for the customer table.
    pub id: ItemId,
    /// Name.
    pub label: String,
    /// The answer in words, with its unit and period; of a question to be raised, the next anchor.
    pub says: String,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub title: String,
    /// Outcomes; several for a collecting table, none where it cannot be said.
    pub outcome: Vec<Named>,
    /// Everything the open answers still allow.
    pub possible: Vec<Named>,
    /// True if the open answers cannot change it.
    pub certain: bool,
    /// True if its inputs do not apply.
    pub not_applicable: bool,
    /// True if it hangs on what is not asked, such as beyond a short form.
    #[serde(default)]
    pub not_asked: bool,
    /// The rule that decided; none where several hold, or where it is open which of several does.
    pub rule: Option<String>,
    /// Reason for the outcome; given wherever there is one.
    pub because: Option<String>,
    /// The items it read.
    pub inputs: Vec<Because>,
}

/// One thing that led to a conclusion.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Because {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub label: String,
    /// Its answer, value or outcome in words.
    pub says: String,
    /// The test it was put to, in words; empty where it was only read.
    pub test: String,
}

impl Because {
    /// "Right to commit: By favour (1), tested for at most 1".
    pub(crate) fn sentence(&self) -> String {
        let Self {
            label, says, test, ..
        } = self;
        if test.is_empty() {
            format!("{label}: {says}")
        } else {
            message!("tested-for", label, says, test)
        }
    }
}

/// A ladder.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LadderResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub title: String,
    /// The level reached; null where it cannot be said.
    pub level: Option<Named>,
    /// Its place, lowest first, from 1.
    #[serde(default)]
    pub rank: Option<usize>,
    /// The level the score alone would reach, where the ladder reads one.
    pub by_score: Option<Named>,
    /// The level were every rating taken as claimed; null where evidence holds none down.
    #[serde(default)]
    pub claimed: Option<Named>,
    /// Every level the open answers still allow.
    pub possible: Vec<Named>,
    /// True if the open answers cannot change it.
    pub certain: bool,
    /// The id of the score it reads.
    pub of: Option<ItemId>,
    /// Rated share of what that score counts, `0..=1`; null where it reads none. Below 0.70 there
    /// is no level, unless the open answers cannot change it.
    pub coverage: Option<f64>,
    /// The packs whose questions its score counts, where they are not its own alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<String>,
    /// True if a higher level may be called for: not where none of its pack is, nor where the
    /// ladder says what is built and that fits.
    pub higher_is_called_for: bool,
    /// Sentence on a higher level that is not called for.
    pub enough: Option<String>,
    /// The level and what keeps it from the next one, as a few sentences.
    pub sentence: String,
    /// Every level, lowest first, with what it asks for.
    pub levels: Vec<LevelResult>,
}

impl LadderResult {
    /// The place of one of its levels, lowest first, from 1.
    #[must_use]
    pub fn rank(&self, level: &Named) -> Option<usize> {
        let place = self.levels.iter().position(|one| one.id == level.id)?;
        Some(place + 1)
    }

    /// True if a gate blocks the next level.
    pub(crate) fn is_blocked_by(&self, gate: &ItemId) -> bool {
        let mut needs = self.blocked_by().into_iter();
        self.level.is_some() && needs.any(|need| need.kind == NeedKind::Gate && need.id == **gate)
    }

    /// Needs that block the next level, where that is called for.
    #[must_use]
    pub fn blocked_by(&self) -> Vec<&Need> {
        let needs = self.levels.iter().flat_map(|level| &level.needs);
        needs.filter(|need| need.blocks).collect()
    }
}

/// A level of a ladder.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LevelResult {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its meaning, as its pack puts it.
    #[serde(default)]
    pub text: Option<String>,
    /// True if it is reached.
    pub reached: bool,
    /// True if the open answers still allow it.
    pub possible: bool,
    /// Needs beyond those of the levels below.
    pub needs: Vec<Need>,
}

/// One thing a level asks for.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Need {
    /// The item, or the gate; `basis` for an assessment on evidence.
    pub id: String,
    /// The thing asked for, in words.
    pub text: String,
    /// The state of things, in words.
    pub actual: String,
    /// The state of things as a sentence, with what the level asks for.
    #[serde(default)]
    pub says: String,
    /// Packs that ask about it and are not part of the assessment, where nothing that was asked
    /// speaks against it: it is not asked rather than missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked_in: Vec<String>,
    /// Met, unmet, unproven or not applicable.
    pub state: NeedState,
    /// Index from which a score or part meets it, `0..=100`; null for needs of other kinds.
    #[serde(default)]
    pub from: Option<f64>,
    /// Points of 100 that a rated score or part lacks of that; null where it lacks none.
    #[serde(default)]
    pub lacks: Option<f64>,
    /// True if a rated score or part lies less than two points of 100 from that, on either side: so
    /// small a difference says little.
    #[serde(default)]
    pub near: bool,
    /// True if it blocks the next level: it is not met or not known, and that level is called for.
    #[serde(default)]
    pub blocks: bool,
    /// True if the open answers cannot change that.
    pub certain: bool,
    /// Its kind.
    pub kind: NeedKind,
}

impl Need {
    /// The need with what is there, in words.
    pub(crate) fn in_words(&self) -> String {
        match self.kind {
            NeedKind::Gate => format!("“{}” ({})", self.text, self.actual),
            NeedKind::Score | NeedKind::Floor | NeedKind::Basis | NeedKind::Confidence => {
                format!("{} (now {})", self.text, self.actual)
            }
        }
    }
}

/// The state of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NeedState {
    /// It is.
    Met,
    /// It is not.
    Unmet,
    /// Nobody can say; which counts as not.
    Unproven,
    /// Nothing it asks about applies, so it blocks no level.
    NotApplicable,
}

impl NeedState {
    /// True if it blocks a level.
    #[must_use]
    pub fn blocks(self) -> bool {
        match self {
            Self::Unmet | Self::Unproven => true,
            Self::Met | Self::NotApplicable => false,
        }
    }

    /// The state in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => message!("not-met"),
            Self::Unproven => "unproven",
            Self::NotApplicable => message!("does-not-apply"),
        }
    }
}

/// The kind of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NeedKind {
    /// The ladder's score.
    Score,
    /// A floor.
    Floor,
    /// A gate.
    Gate,
    /// Evidence.
    Basis,
    /// Confidence in the ladder's score.
    Confidence,
}
