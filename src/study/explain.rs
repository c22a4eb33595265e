//! Reasons for a figure, outcome, level or finding, and the answers that would change it.
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

/// Explanation of a figure, outcome, level or finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Subject, `pack.item`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its state in one sentence.
    pub says: String,
    /// Reasons, one sentence a line.
    pub reasons: Vec<String>,
    /// Single answers that would change it, the smallest step first.
    pub changes: Vec<Change>,
    /// Related ids that can be explained in turn.
    pub see: Vec<String>,
}

/// An id that names nothing in this assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownId {
    /// The id as asked for.
    pub id: String,
    /// The nearest that is there.
    pub near: Option<String>,
    /// The ids it could refer to, where there are several.
    pub several: Vec<String>,
}

/// Explains one item, gate or finding, by its id with or without its pack.
///
/// # Errors
/// Returns an error if the id names nothing, or something in more than one pack.
pub fn explain(result: &MatchedResult<'_>, id: &str) -> Result<Explanation, UnknownId> {
    let rulebook = result.rulebook();
    let ids = explainable(rulebook);
    let local = |full: &str| full.split_once('.').map(|(_, local)| local.to_owned());
    let unknown = |near: Option<&str>, several: &[&str]| UnknownId {
        id: id.to_owned(),
        near: near.map(str::to_owned),
        several: several.iter().map(|full| (*full).to_owned()).collect(),
    };
    let named = |full: &&str| *full == id || local(full).as_deref() == Some(id);
    let matching: Vec<&str> = ids.iter().copied().filter(named).collect();
    let [full] = matching.as_slice() else {
        let locals: Vec<String> = ids.iter().filter_map(|full| local(full)).collect();
        let all = ids.iter().copied().chain(locals.iter().map(String::as_str));
        return Err(unknown(nearest(id, all), &matching));
    };
    let explainer = Explainer {
        rulebook,
        answers: result.answers(),
        assessment: result.assessment(),
        result,
    };
    explainer.explain(full).ok_or_else(|| unknown(None, &[]))
}

/// Every id that can be explained: items, gates, findings.
#[must_use]
pub fn explainable(rulebook: &Rulebook) -> Vec<&str> {
    let items = rulebook.items.iter().map(|item| item.id.as_str());
    let gates = rulebook.gates.iter().map(|gate| gate.id.as_str());
    let findings = rulebook.findings.iter();
    let findings = findings.map(|finding| finding.id.as_str());
    items.chain(gates).chain(findings).collect()
}

struct Explainer<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    assessment: &'a Assessment,
    result: &'a MatchedResult<'a>,
}

impl Explainer<'_> {
    /// A finding may bear the id of an item; the item is meant then, and the finding is named.
    fn explain(&self, id: &str) -> Option<Explanation> {
        if let Some(node) = self.rulebook.find(id) {
            return match &self.rulebook.item(node)?.kind {
                ItemKind::Question(question) => self.question(node, question),
                ItemKind::Score { .. } => self.score(node),
                ItemKind::Decision { .. } => self.decision(node),
                ItemKind::Figure { metric, .. } => self.metric(node, *metric),
                ItemKind::Ladder { .. } => self.ladder(node),
            };
        }
        if let Some(place) = self.rulebook.gates.iter().position(|gate| gate.id == id) {
            return self.gate(place);
        }
        let mut findings = self.rulebook.findings.iter();
        self.finding(findings.position(|finding| finding.id == id)?)
    }
}
