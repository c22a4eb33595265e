//! The door between a result and the packs it is read with.
//!
//! A result names items by their ids. [`MatchedResult::new`] looks every one of them up in a
//! rulebook, once, and restores the answers; whatever plans, explains or prints a result takes it
//! from here, whether it was made a moment ago or read from a file. One that was read is held to
//! its own answers first, by [`Assessment::differences`].

mod again;
mod mismatch;

pub use mismatch::Mismatch;

use super::{
    Assessment, DecisionResult, FigureResult, FindingResult, GateResult, ItemId, LadderResult,
    MetricResult, QuestionResult, ScoreResult,
};
use crate::answers::Answers;
use crate::rules::rulebook::{ItemKind, Rulebook};
use std::collections::HashMap;

/// A result with the rulebook it was made by, and the answers it was made from.
#[derive(Debug)]
pub struct MatchedResult<'a> {
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) assessment: &'a Assessment,
    answers: Answers,
    entries: Vec<Entry<'a>>,
    /// The place of each finding of the rulebook.
    findings: HashMap<&'a str, usize>,
}

/// What the result says of an item.
#[derive(Debug, Clone, Copy)]
enum Entry<'a> {
    Question(&'a QuestionResult),
    Score(&'a ScoreResult),
    Decision(&'a DecisionResult),
    /// A figure of a metric; `None` where the metric leaves it out.
    Figure(Option<&'a FigureResult>),
    Ladder(&'a LadderResult),
}

impl<'a> MatchedResult<'a> {
    /// Looks up everything that the result names, and restores its answers.
    ///
    /// # Errors
    /// When the result has an item that is not in the rulebook, or lacks one that is.
    pub fn new(rulebook: &'a Rulebook, assessment: &'a Assessment) -> Result<Self, Mismatch> {
        let findings = rulebook.findings.iter().enumerate();
        Ok(Self {
            rulebook,
            assessment,
            entries: entries(rulebook, assessment)?,
            findings: findings
                .map(|(place, finding)| (finding.id.as_str(), place))
                .collect(),
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

    /// What the result says of a question.
    #[must_use]
    pub fn question(&self, node: usize) -> Option<&'a QuestionResult> {
        match self.entries.get(node)? {
            Entry::Question(question) => Some(*question),
            Entry::Score(_) | Entry::Decision(_) | Entry::Figure(_) | Entry::Ladder(_) => None,
        }
    }

    /// What the result says of a score.
    #[must_use]
    pub fn score(&self, node: usize) -> Option<&'a ScoreResult> {
        match self.entries.get(node)? {
            Entry::Score(score) => Some(*score),
            Entry::Question(_) | Entry::Decision(_) | Entry::Figure(_) | Entry::Ladder(_) => None,
        }
    }

    /// What the result says of a decision.
    #[must_use]
    pub fn decision(&self, node: usize) -> Option<&'a DecisionResult> {
        match self.entries.get(node)? {
            Entry::Decision(decision) => Some(*decision),
            Entry::Question(_) | Entry::Score(_) | Entry::Figure(_) | Entry::Ladder(_) => None,
        }
    }

    /// What the result says of a figure of a metric; `None` where the metric leaves it out.
    #[must_use]
    pub fn figure(&self, node: usize) -> Option<&'a FigureResult> {
        match self.entries.get(node)? {
            Entry::Figure(figure) => *figure,
            Entry::Question(_) | Entry::Score(_) | Entry::Decision(_) | Entry::Ladder(_) => None,
        }
    }

    /// What the result says of a ladder.
    #[must_use]
    pub fn ladder(&self, node: usize) -> Option<&'a LadderResult> {
        match self.entries.get(node)? {
            Entry::Ladder(ladder) => Some(*ladder),
            Entry::Question(_) | Entry::Score(_) | Entry::Decision(_) | Entry::Figure(_) => None,
        }
    }

    /// What the result says of a gate, by the gate's place in the rulebook.
    #[must_use]
    pub fn gate(&self, place: usize) -> Option<&'a GateResult> {
        self.assessment.gates.get(place)
    }

    /// What the result says of a metric, by the metric's place in the rulebook.
    #[must_use]
    pub fn metric(&self, place: usize) -> Option<&'a MetricResult> {
        self.assessment.metrics.get(place)
    }

    /// The place in the rulebook of a finding that the result names.
    #[must_use]
    pub fn finding_of(&self, id: &ItemId) -> Option<usize> {
        self.findings.get(id.as_str()).copied()
    }

    /// The findings that hold, each with its place in the rulebook.
    pub fn findings(&self) -> impl Iterator<Item = (usize, &'a FindingResult)> {
        let findings = self.assessment.findings.iter();
        findings.filter_map(|one| Some((self.finding_of(&one.id)?, one)))
    }
}

/// What the result says of each item of the rulebook.
fn entries<'a>(rulebook: &'a Rulebook, result: &'a Assessment) -> Result<Vec<Entry<'a>>, Mismatch> {
    let mut questions = result.questions.iter();
    let mut scores = result.scores.iter();
    let mut decisions = result.decisions.iter();
    let mut levels = result.levels.iter();
    let figures = result.metrics.iter().flat_map(|one| &one.figures);
    let mut figures: HashMap<&str, &FigureResult> =
        figures.map(|one| (one.id.as_str(), one)).collect();
    let mut entries = Vec::with_capacity(rulebook.items.len());
    for item in rulebook.items.iter() {
        let id = item.id.as_str();
        entries.push(match &item.kind {
            ItemKind::Question(_) => Entry::Question(next(id, &mut questions, |one| &one.id)?),
            ItemKind::Score { .. } => Entry::Score(next(id, &mut scores, |one| &one.id)?),
            ItemKind::Decision { .. } => Entry::Decision(next(id, &mut decisions, |one| &one.id)?),
            ItemKind::Figure { .. } => Entry::Figure(figures.remove(id)),
            ItemKind::Ladder { .. } => Entry::Ladder(next(id, &mut levels, |one| &one.id)?),
        });
    }
    let more = questions.next().map(|one| &one.id);
    let more = more.or_else(|| scores.next().map(|one| &one.id));
    let more = more.or_else(|| decisions.next().map(|one| &one.id));
    let more = more.or_else(|| levels.next().map(|one| &one.id));
    let more = more.map(ItemId::as_str);
    match more.or_else(|| figures.into_keys().min()) {
        Some(id) => Err(Mismatch::not_in_packs(id)),
        None => Ok(entries),
    }
}

/// The next result of a list, which has to be the one of this id.
fn next<'a, T>(
    id: &str,
    list: &mut impl Iterator<Item = &'a T>,
    name: fn(&T) -> &ItemId,
) -> Result<&'a T, Mismatch> {
    let one = list.next().filter(|one| name(one) == id);
    one.ok_or_else(|| Mismatch::not_in_result(id))
}
