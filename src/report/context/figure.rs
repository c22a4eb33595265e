//! Figures of scores and rated questions, as text for readers and as numbers for drawings.

use crate::assess::assessment::{
    Assessment, LadderResult, MatchedResult, Need, NeedKind, QuestionResult, ScoreResult,
};
use crate::rules::rulebook::rule::{share, thresholds};
use crate::rules::rulebook::{Domain, Item, Rulebook};
use crate::study::portfolio::Bands;
use crate::text::number::format_near_all;
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of a score or a rated question, each a place on `0..=100`.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Figures<'a> {
    /// Name.
    pub title: &'a str,
    /// Index; null where there is none.
    pub index: Option<Figure>,
    /// Lowest index the open answers allow.
    pub low: Option<Figure>,
    /// Highest index they allow.
    pub high: Option<Figure>,
    /// Index aimed at.
    pub target: Option<Figure>,
    /// Index as claimed, where evidence keeps it lower.
    pub claimed: Option<Figure>,
    /// Index at which the next level begins, where the score is short of it.
    pub next: Option<Figure>,
    /// Spread of the index over other clients, where it is compared with them.
    pub others: Option<&'a Bands>,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Figure {
    /// As readers see it, with as many digits as it takes to stand on the right side of every
    /// threshold.
    pub text: String,
    /// Its place on `0..=100`, for drawings.
    pub at: f64,
}

impl Figure {
    fn new(at: f64, limits: &[f64]) -> Self {
        Self {
            text: format_near_all(at, limits, 0),
            at,
        }
    }
}

/// Figures of all scores and rated questions, by id.
pub(super) fn figures<'a>(result: &MatchedResult<'a>) -> BTreeMap<&'a str, Figures<'a>> {
    let limits = thresholds(result.rulebook());
    let assessment = result.assessment();
    let scores = assessment.scores.iter().map(|score| {
        let limits = result.node_of(&score.id).and_then(|node| limits.get(node));
        (
            score.id.as_str(),
            of_score(assessment, score, limits.map_or(&[], Vec::as_slice)),
        )
    });
    let questions = assessment.questions.iter().enumerate();
    let questions = questions.filter_map(|(node, question)| {
        Some((
            question.id.as_str(),
            of_question(result.rulebook(), node, question)?,
        ))
    });
    scores.chain(questions).collect()
}

fn of_score<'a>(assessment: &Assessment, score: &'a ScoreResult, limits: &[f64]) -> Figures<'a> {
    let figure = |index: Option<f64>| index.map(|at| Figure::new(at, limits));
    let range = score.index_range.as_ref();
    let ladders = assessment.levels.iter();
    let mut needs = ladders.flat_map(LadderResult::blocked_by);
    let own = |need: &&Need| need.kind == NeedKind::Score && score.id == *need.id;
    let next = needs.find(own).and_then(|need| need.from);
    Figures {
        title: &score.title,
        index: figure(score.index),
        low: figure(range.map(|range| range.low)),
        high: figure(range.map(|range| range.high)),
        target: figure(score.target_index),
        claimed: figure(score.claimed_index),
        next: figure(next),
        others: None,
    }
}

/// Figures of a question whose answer is worth something on a scale with two ends.
fn of_question<'a>(
    rulebook: &Rulebook,
    node: usize,
    question: &'a QuestionResult,
) -> Option<Figures<'a>> {
    let item = rulebook.item(node)?;
    let (least, most) = match &item.domain {
        Domain::Choices {
            worth: Some(worth),
            several: false,
            ..
        } => *worth,
        Domain::Number { least, most, .. } if is_rated(item) => (*least, *most),
        Domain::Number { .. } | Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => {
            return None;
        }
    };
    let figure = |value: f64| Figure::new(share(value, least, most), &[]);
    let open = question.value.is_none() && question.state.is_open();
    Some(Figures {
        title: &question.label,
        index: question.value.map(figure),
        low: question.value.or(open.then_some(least)).map(figure),
        high: question.value.or(open.then_some(most)).map(figure),
        target: question.target.map(figure),
        claimed: question.claimed.map(figure),
        next: None,
        others: None,
    })
}

/// True for a question whose number is that of an anchor.
fn is_rated(item: &Item) -> bool {
    let question = item.kind.question();
    question.is_some_and(|question| !question.choices.is_empty())
}
