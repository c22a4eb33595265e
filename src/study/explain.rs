//! Reasons for a figure, outcome, level or finding, and the answers that would change it.
//!
//! The reasons are those of the [`Assessment`]; what would change them is found by asking the same
//! evaluator again with one answer replaced.

mod items;

use super::UnknownId;
use crate::answers::Answer;
use crate::assess::assessment::{
    Assessment, GroupOutcome, MatchedResult, QuestionResult, RaiseResult, RoleFigure,
    contested_words,
};
use crate::assess::evaluate::{Evaluation, evaluate};
use crate::message;
use crate::rules::rulebook::{Asked, ItemKind, Program, Question, Rulebook, local_id};
use crate::rules::vocabulary::{Grade, State};
use crate::text::diagnostic::nearest;
use crate::text::number::short as number;
use crate::text::number::signed;
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
    pub changes: Vec<Alternative>,
    /// Related ids that can be explained in turn.
    pub see: Vec<String>,
}

/// One answer that would change something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
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

/// Explains one item, gate or finding, by its id with or without its pack.
///
/// # Errors
/// Returns an error if the id names nothing, or something in more than one pack.
pub fn explain(result: &MatchedResult<'_>, id: &str) -> Result<Explanation, UnknownId> {
    let rulebook = result.rulebook();
    let ids = explainable(rulebook);
    let unknown = |near: Option<&str>, several: &[&str]| UnknownId {
        id: id.to_owned(),
        near: near.map(str::to_owned),
        several: several.iter().map(ToString::to_string).collect(),
    };
    let named = |full: &&str| *full == id || local_id(full) == id;
    let matching: Vec<&str> = ids.iter().copied().filter(named).collect();
    let [full] = matching.as_slice() else {
        let all = ids
            .iter()
            .copied()
            .chain(ids.iter().map(|full| local_id(full)));
        return Err(unknown(nearest(id, all), &matching));
    };
    let explained = Explainer(result).explain(full);
    explained.ok_or_else(|| unknown(None, &[]))
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

struct Explainer<'a>(&'a MatchedResult<'a>);

impl Explainer<'_> {
    /// A finding may bear the id of an item; the item is meant then, and the finding is named.
    fn explain(&self, id: &str) -> Option<Explanation> {
        if let Some(node) = self.0.rulebook.find(id) {
            return match &self.0.rulebook.item(node)?.kind {
                ItemKind::Question(question) => self.question(node, question),
                ItemKind::Score { .. } => self.score(node),
                ItemKind::Decision { .. } => self.decision(node),
                ItemKind::Figure { metric, .. } => self.metric(node, *metric),
                ItemKind::Ladder { .. } => self.ladder(node),
            };
        }
        if let Some(place) = self.0.rulebook.gates.iter().position(|gate| gate.id == id) {
            return self.gate(place);
        }
        let mut findings = self.0.rulebook.findings.iter();
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
        let program = &self.0.rulebook.program;
        let rests = |question: &usize| {
            let mut from = from.iter();
            from.any(|node| program.reach().rests(*node, *question))
        };
        let below = (0..program.questions.len()).filter(rests);
        let changes = below.filter_map(|node| self.nearest_change(node, &then));
        let mut changes: Vec<Alternative> = changes.collect();
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
    ) -> Option<Alternative> {
        let Asked { item, question, .. } = self.0.rulebook.asked(node)?;
        let given = self.0.answers().answers().get(node)?;
        let present = (given.state == State::Rated).then(|| present(question, given));
        let mut options: Vec<(usize, usize)> = (0..question.choices.len())
            .filter(|place| Some(*place) != present)
            .map(|place| (present.map_or(0, |now| now.abs_diff(place)), place))
            .collect();
        options.sort_unstable();
        options.into_iter().find_map(|(distance, place)| {
            let choice = question.choices.get(place)?;
            let answers = self.0.answers().with(node, chosen(question, place)?);
            let then = then(&evaluate(self.0.rulebook, &answers))?;
            let answer = if choice.label == choice.value {
                choice.label.clone()
            } else {
                format!("{} ({})", choice.label, choice.value)
            };
            Some(Alternative {
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
        let items = nodes.filter_map(|node| self.0.rulebook.item(*node));
        items.map(|item| item.id.clone()).collect()
    }

    /// The items and findings that read an item.
    fn used_by(&self, node: usize) -> Vec<String> {
        let program = &self.0.rulebook.program;
        let items = (0..program.items).filter(|item| reads(program, *item).contains(&node));
        let mut list = self.ids(&items.collect::<Vec<_>>());
        let findings = self.0.rulebook.findings.iter().zip(&program.findings);
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

impl Explainer<'_> {
    fn question(&self, node: usize, question: &Question) -> Option<Explanation> {
        let item = self.0.rulebook.item(node)?;
        let result = self.0.question(node)?;
        let mut reasons = vec![question.ask.clone()];
        reasons.extend(question.why.clone());
        if let (Some(claimed), Some(value)) = (result.claimed, result.value) {
            reasons.push(message!(
                "claimed-counted-its-evidence-carries",
                number = number(claimed),
                number2 = number(value)
            ));
        }
        let evidence = result.evidence.as_ref();
        reasons.extend(evidence.map(|evidence| format!("evidence: {evidence}")));
        reasons.extend(result.note.as_ref().map(|note| format!("note: {note}")));
        reasons.extend(people(self.0.assessment, result));
        let step = self.0.assessment.plan.iter().find(|one| one.id == item.id);
        Some(Explanation {
            id: item.id.clone(),
            title: item.label.clone(),
            says: result.says.clone(),
            reasons,
            changes: step.map(|step| self.step(step)).into_iter().collect(),
            see: self.used_by(node),
        })
    }

    /// One step up, and what it adds to each score above it.
    fn step(&self, step: &RaiseResult) -> Alternative {
        let title = |id: &str| {
            let score = self.0.assessment.scores.iter().find(|one| one.id == *id);
            score.map_or_else(|| id.to_owned(), |score| score.title.clone())
        };
        let adds = step.adds.iter();
        let adds = adds.map(|added| format!("{} {}", title(&added.id), signed(added.index)));
        let adds: Vec<String> = adds.collect();
        let proof = step.proof.and_then(Grade::asked);
        let proof = proof.map_or_else(String::new, |what| format!("; bring {what}"));
        Alternative {
            id: step.id.to_string(),
            label: step.label.clone(),
            answer: format!("{} ({})", step.to_says, number(step.to)),
            then: if adds.is_empty() {
                message!("no-score-changes", proof)
            } else {
                message!("in-points-of-the-index", adds = adds.join(", "), proof)
            },
            distance: 1,
        }
    }
}

/// Sentences about the people behind an answer; none where one assessor gave it.
fn people(assessment: &Assessment, result: &QuestionResult) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(agreed) = &result.agreed {
        let before = agreed.raw.map_or_else(String::new, |raw| {
            message!("before-that", number = number(raw))
        });
        lines.push(format!("agreed: {}{before}", agreed.reason));
    }
    let Some(group) = &result.group else {
        return lines;
    };
    let merged = assessment.respondents.merged.as_ref();
    let least = merged.map_or(0, |one| one.minimum_group);
    let count = group.people;
    lines.extend(count.map(|people| message!("people-answered", people)));
    lines.extend(match group.outcome {
        GroupOutcome::Closed => Some(message!("fewer-than-people-of-a-group-answered", least)),
        GroupOutcome::Split => Some(message!("people-differ-too-much-to-choose").to_owned()),
        GroupOutcome::Merged => None,
    });
    if group.outcome != GroupOutcome::Closed {
        lines.extend(group.roles.iter().map(|one| role(one, least)));
        lines.extend(contested_words(group).map(|why| format!("contested: {why}")));
    }
    lines
}

fn role(figure: &RoleFigure, least: u32) -> String {
    let name = figure.role.name();
    match (figure.value, figure.people) {
        (Some(value), Some(people)) => format!("{name}: {} (n {people})", number(value)),
        _ if figure.hidden => message!("not-shown-n", name, least),
        _ => message!("nobody-rated-it", name),
    }
}
