//! The door between a result and the packs it is read with.
//!
//! A result names items by their ids. [`MatchedResult::new`] looks every one of them up in a
//! rulebook, once, and restores the answers; whatever plans, explains or prints a result takes it
//! from here, whether it was made a moment ago or read from a file. One that was read is compared
//! with its own answers first, by [`Assessment::differences`].

use super::{
    Assessment, DecisionResult, FigureResult, GateResult, ItemId, LadderResult, MetricResult,
    QuestionResult, ScoreResult,
};
use crate::answers::Answers;
use crate::message;
use crate::rules::rulebook::{ItemKind, Rulebook};
use std::collections::BTreeSet;
use std::fmt;

/// A result with the rulebook it was made by, and the answers it was made from.
#[derive(Debug)]
pub struct MatchedResult<'a> {
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) assessment: &'a Assessment,
    answers: Answers,
}

impl<'a> MatchedResult<'a> {
    /// Looks up everything that the result names, and restores its answers.
    ///
    /// # Errors
    /// Returns an error if the result has an item that is not in the rulebook, or lacks one that
    /// is.
    pub fn new(rulebook: &'a Rulebook, assessment: &'a Assessment) -> Result<Self, Mismatch> {
        check_items(rulebook, assessment)?;
        Ok(Self {
            rulebook,
            assessment,
            answers: Answers::of_result(rulebook, assessment)?,
        })
    }

    /// The rulebook.
    #[must_use]
    pub fn rulebook(&self) -> &'a Rulebook {
        self.rulebook
    }

    /// The result.
    #[must_use]
    pub fn assessment(&self) -> &'a Assessment {
        self.assessment
    }

    /// The answers the result was made from.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The place of an item that the result names.
    #[must_use]
    pub fn node_of(&self, id: &ItemId) -> Option<usize> {
        self.rulebook.find(id)
    }

    /// The result of a question.
    #[must_use]
    pub fn question(&self, node: usize) -> Option<&'a QuestionResult> {
        self.assessment.questions.get(node)
    }

    /// The result of a score.
    #[must_use]
    pub fn score(&self, node: usize) -> Option<&'a ScoreResult> {
        self.assessment.score(&self.rulebook.item(node)?.id)
    }

    /// The result of a decision.
    #[must_use]
    pub fn decision(&self, node: usize) -> Option<&'a DecisionResult> {
        let (item, mut decisions) = (self.rulebook.item(node)?, self.assessment.decisions.iter());
        decisions.find(|one| one.id == item.id)
    }

    /// The result of a figure of a metric; `None` where the metric leaves it out.
    #[must_use]
    pub fn figure(&self, node: usize) -> Option<&'a FigureResult> {
        let (item, metrics) = (self.rulebook.item(node)?, self.assessment.metrics.iter());
        let mut figures = metrics.flat_map(|one| &one.figures);
        figures.find(|one| one.id == item.id)
    }

    /// The result of a ladder.
    #[must_use]
    pub fn ladder(&self, node: usize) -> Option<&'a LadderResult> {
        self.assessment.ladder(&self.rulebook.item(node)?.id)
    }

    /// The result of a gate, by the gate's place in the rulebook.
    #[must_use]
    pub fn gate(&self, place: usize) -> Option<&'a GateResult> {
        self.assessment.gates.get(place)
    }

    /// The result of a metric, by the metric's place in the rulebook.
    #[must_use]
    pub fn metric(&self, place: usize) -> Option<&'a MetricResult> {
        self.assessment.metrics.get(place)
    }
}

/// Checks that a result has the items of the rulebook, in their order, and no others; a metric may
/// leave figures out.
fn check_items(rulebook: &Rulebook, result: &Assessment) -> Result<(), Mismatch> {
    let mut questions = result.questions.iter().map(|one| one.id.as_str());
    let mut scores = result.scores.iter().map(|one| one.id.as_str());
    let mut decisions = result.decisions.iter().map(|one| one.id.as_str());
    let mut ladders = result.levels.iter().map(|one| one.id.as_str());
    let figures = result.metrics.iter().flat_map(|one| &one.figures);
    let mut figures: BTreeSet<&str> = figures.map(|one| one.id.as_str()).collect();
    for item in rulebook.items.iter() {
        let next = match &item.kind {
            ItemKind::Question(_) => questions.next(),
            ItemKind::Score { .. } => scores.next(),
            ItemKind::Decision { .. } => decisions.next(),
            ItemKind::Ladder { .. } => ladders.next(),
            ItemKind::Figure { .. } => {
                figures.remove(&*item.id);
                continue;
            }
        };
        if next != Some(&item.id) {
            return Err(Mismatch::not_in_result(&item.id));
        }
    }
    let more = questions.chain(scores).chain(decisions).chain(ladders);
    match more.chain(figures).next() {
        Some(id) => Err(Mismatch::not_in_packs(id)),
        None => Ok(()),
    }
}

/// A difference by which a result and a rulebook do not belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The packs do not have what the result names.
    NotInPacks {
        /// Its id.
        id: String,
    },
    /// The result does not have what is in the packs, or not in its place.
    NotInResult {
        /// Its id.
        id: String,
    },
    /// The result gives a value that the packs do not allow.
    Value {
        /// The id of what it is given for.
        id: String,
        /// The value.
        value: String,
    },
}

impl Mismatch {
    pub(crate) fn not_in_packs(id: &str) -> Self {
        Self::NotInPacks { id: id.to_owned() }
    }

    pub(crate) fn not_in_result(id: &str) -> Self {
        Self::NotInResult { id: id.to_owned() }
    }

    pub(crate) fn value(id: &str, value: &str) -> Self {
        Self::Value {
            id: id.to_owned(),
            value: value.to_owned(),
        }
    }

    /// Advice on what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        message!("read-it-with-the-very-packs-it-was")
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInPacks { id } => match id.split_once('.') {
                Some((pack, local)) => f.write_str(&message!(
                    "the-result-names-which-is-not-in-the-pack",
                    local,
                    pack
                )),
                None => f.write_str(&message!("the-result-names-which-is-in-none-of-its", id)),
            },
            Self::NotInResult { id } => {
                f.write_str(&message!("the-result-lacks-or-does-not-have", id))
            }
            Self::Value { id, value } => {
                f.write_str(&message!("the-result-gives-for-which-cannot", value, id))
            }
        }
    }
}

impl std::error::Error for Mismatch {}
