//! Why a number, outcome, level or finding is what it is, and what would change it.
//!
//! The reasons are those of the [`Assessment`]; what would change them is found by asking the same
//! evaluator again with one answer replaced.

mod items;
mod question;
mod what_if;

pub use what_if::Change;

use crate::answers::Answers;
use crate::assess::assessment::{Assessment, MatchedResult};
use crate::rules::rulebook::{ItemKind, Rulebook};
use crate::text::diagnostic::nearest;
use serde::Serialize;

/// Why something is as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// What is explained, `pack.item`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it says, in one sentence.
    pub says: String,
    /// What that rests on, one sentence a line.
    pub reasons: Vec<String>,
    /// Single answers that would change it, the smallest step first.
    pub changes: Vec<Change>,
    /// What else to look at: ids that can be explained in turn.
    pub see: Vec<String>,
}

/// An id that names nothing in this assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownId {
    /// The id as asked for.
    pub id: String,
    /// The nearest that is there.
    pub near: Option<String>,
    /// The ids it could stand for, where that is more than one.
    pub several: Vec<String>,
}

/// Explains one item, gate or finding, by its id with or without its pack.
///
/// # Errors
/// When the id names nothing, or something in more than one pack.
pub fn explain(result: &MatchedResult<'_>, id: &str) -> Result<Explanation, UnknownId> {
    let rulebook = result.rulebook();
    let ids = explainable(rulebook);
    let local = |full: &&&str| full.split_once('.').is_some_and(|(_, local)| local == id);
    let matching: Vec<&&str> = ids
        .iter()
        .filter(|full| **full == id || local(full))
        .collect();
    let [full] = matching.as_slice() else {
        let locals = ids
            .iter()
            .filter_map(|full| full.split_once('.'))
            .map(|(_, local)| local);
        let near = nearest(id, ids.iter().copied().chain(locals)).map(str::to_owned);
        return Err(UnknownId {
            id: id.to_owned(),
            near,
            several: matching.iter().map(|full| (**full).to_owned()).collect(),
        });
    };
    let teller = Teller {
        rulebook,
        answers: result.answers(),
        assessment: result.assessment(),
        result,
    };
    teller.tell(full).ok_or_else(|| UnknownId {
        id: id.to_owned(),
        near: None,
        several: Vec::new(),
    })
}

/// Every id that can be explained: items, gates, findings.
#[must_use]
pub fn explainable(rulebook: &Rulebook) -> Vec<&str> {
    let items = rulebook.items().iter().map(|item| item.id.as_str());
    let gates = rulebook.gates().iter().map(|gate| gate.id.as_str());
    items
        .chain(gates)
        .chain(
            rulebook
                .findings()
                .iter()
                .map(|finding| finding.id.as_str()),
        )
        .collect()
}

struct Teller<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    assessment: &'a Assessment,
    result: &'a MatchedResult<'a>,
}

impl Teller<'_> {
    /// A finding may bear the id of an item; the item is meant then, and the finding is named.
    fn tell(&self, id: &str) -> Option<Explanation> {
        if let Some(node) = self.rulebook.find(id) {
            return match &self.rulebook.item(node)?.kind {
                ItemKind::Question(question) => self.question(node, question),
                ItemKind::Score { .. } => self.score(node),
                ItemKind::Decision { .. } => self.decision(node),
                ItemKind::Figure { metric, .. } => self.metric(node, *metric),
                ItemKind::Ladder { .. } => self.ladder(node),
            };
        }
        if let Some(place) = self.rulebook.gates().iter().position(|gate| gate.id == id) {
            return self.gate(place);
        }
        let place = self
            .rulebook
            .findings()
            .iter()
            .position(|finding| finding.id == id)?;
        self.finding(place)
    }
}
