//! Reasons for a figure, outcome, level or finding, and the answers that would change it.
//!
//! The reasons are those of the [`Assessment`]; what would change them is found by asking the same
//! evaluator again with one answer replaced.

mod items;
mod question;

use crate::answers::{Answer, Answers};
use crate::assess::assessment::{Assessment, MatchedResult};
use crate::assess::evaluate::{Evaluation, evaluate};
use crate::rules::rulebook::{ItemKind, Program, Question, Rulebook};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::nearest;
use serde::Serialize;
use std::collections::BTreeSet;

/// Most changes that are shown.
const MOST: usize = 6;

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

/// One answer that would change something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The question, `pack.item`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The answer it would take, in words.
    pub answer: String,
    /// Result of that answer.
    pub then: String,
    /// Steps from the present answer; 0 where there is none.
    #[serde(skip)]
    distance: usize,
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
        several: several.iter().map(ToString::to_string).collect(),
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
    let items = rulebook.items().iter().map(|item| item.id.as_str());
    let gates = rulebook.gates().iter().map(|gate| gate.id.as_str());
    let findings = rulebook.findings().iter();
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
        if let Some(place) = self.rulebook.gates().iter().position(|gate| gate.id == id) {
            return self.gate(place);
        }
        let mut findings = self.rulebook.findings().iter();
        self.finding(findings.position(|finding| finding.id == id)?)
    }

    /// An explanation of something that rests on `from` and reads `see`, with the single answers
    /// after which `then` has something to say.
    fn explained(
        &self,
        (id, title): (&str, &str),
        says: String,
        reasons: Vec<String>,
        from: &[usize],
        see: &[usize],
        then: impl Fn(&Evaluation) -> Option<String>,
    ) -> Explanation {
        let program = self.rulebook.program();
        let rests = |question: &usize| {
            let mut from = from.iter();
            from.any(|node| program.reach().rests(*node, *question))
        };
        let below = (0..program.questions.len()).filter(rests);
        let changes = below.filter_map(|node| self.nearest_change(node, &then));
        let mut changes: Vec<Change> = changes.collect();
        changes.sort_by_key(|change| change.distance);
        changes.truncate(MOST);
        Explanation {
            id: id.to_owned(),
            title: title.to_owned(),
            says,
            reasons,
            changes,
            see: self.ids(see),
        }
    }

    /// Of all other answers to a question, the nearest after which `then` has something to say.
    fn nearest_change(
        &self,
        node: usize,
        then: &impl Fn(&Evaluation) -> Option<String>,
    ) -> Option<Change> {
        let item = self.rulebook.item(node)?;
        let question = item.kind.question()?;
        let given = self.answers.answers().get(node)?;
        let present = (given.state == State::Rated).then(|| present(question, given));
        let mut options: Vec<(usize, usize)> = (0..question.choices.len())
            .filter(|place| Some(*place) != present)
            .map(|place| (present.map_or(0, |now| now.abs_diff(place)), place))
            .collect();
        options.sort_unstable();
        options.into_iter().find_map(|(distance, place)| {
            let choice = question.choices.get(place)?;
            let answers = self.answers.with(node, chosen(question, place)?);
            let then = then(&evaluate(self.rulebook, &answers))?;
            let answer = if choice.label == choice.value {
                choice.label.clone()
            } else {
                format!("{} ({})", choice.label, choice.value)
            };
            Some(Change {
                id: item.id.clone(),
                label: item.label.clone(),
                answer,
                then,
                distance,
            })
        })
    }

    /// The ids of items, each once.
    fn ids(&self, nodes: &[usize]) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let nodes = nodes.iter().filter(|node| seen.insert(**node));
        let items = nodes.filter_map(|node| self.rulebook.item(*node));
        items.map(|item| item.id.clone()).collect()
    }

    /// The items and findings that read an item.
    fn used_by(&self, node: usize) -> Vec<String> {
        let program = self.rulebook.program();
        let items = (0..program.len()).filter(|item| reads(program, *item).contains(&node));
        let mut list = self.ids(&items.collect::<Vec<_>>());
        let findings = self.rulebook.findings().iter().zip(&program.findings);
        let reading = findings.filter(|(_, when)| program.read_in(when).contains(&node));
        list.extend(reading.map(|(finding, _)| finding.id.clone()));
        list
    }
}

/// The place of the present answer; of a mean of several, the nearest step.
fn present(question: &Question, given: &Answer) -> usize {
    let places = 0..question.choices.len();
    let far = |place: &usize| {
        let worth = chosen(question, *place).map_or(f64::NAN, |one| one.claimed);
        (worth - given.claimed).abs()
    };
    match usize::try_from(given.chosen.trailing_zeros()) {
        Ok(place) if given.chosen != 0 => place,
        _ => places.min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0),
    }
}

/// One choice taken, with evidence to match.
fn chosen(question: &Question, place: usize) -> Option<Answer> {
    let counted = if question.reverse {
        question.choices.len().checked_sub(place + 1)?
    } else {
        place
    };
    let choice = question.choices.get(counted);
    let worth = choice.and_then(|choice| choice.score);
    Some(Answer::rated(worth.unwrap_or(f64::NAN), 1 << place))
}

/// Items that an item reads.
fn reads(program: &Program, node: usize) -> Vec<usize> {
    let steps = program.steps.iter();
    let own = steps.filter(|step| step.writes().contains(&node));
    own.flat_map(|step| step.reads(program)).collect()
}
