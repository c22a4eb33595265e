//! The context: everything a template of the report is given.
//!
//! It holds the result document as it is, texts of the packs that the result does not repeat, and
//! figures as text, rounded so that no rounding contradicts a verdict. Nothing is concluded
//! here: a template finds each conclusion in the result.
//!
//! Templates also have functions, which find by id: `item` a question, score, decision, ladder,
//! gate or metric of the result, `action` an action by its work, and `raise` the next step of a
//! question. Each gives none where there is no such thing.
//!
//! Its schema stands in `schemas/report.schema.json`; `report --format context` prints it.

mod pack;

pub use pack::{ExhibitTexts, PackTexts, QuestionTexts, SectionTexts};

use super::brand::Brand;
use super::deliver::Report;
use super::templates::Templates;
use crate::assess::assessment::{
    Assessment, LadderResult, MatchedResult, Need, NeedKind, QuestionResult, ScoreResult,
};
use crate::assess::plan::{Plan, PlanRequest, plan};
use crate::rules::rulebook::rule::{share, thresholds};
use crate::rules::rulebook::{Domain, Item, ReportTexts, Rulebook};
use crate::study::portfolio::{Bands, PeerScore};
use crate::text::Result;
use crate::text::number::format_near_all;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything a template of the report is given.
///
/// Templates also have two functions, which find by id: `item` a question, score, decision, ladder,
/// gate or metric of the result, and `action` an action by its work. Each gives null where there is
/// no such thing.
#[derive(Debug, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity report context")
)]
pub struct ReportContext<'a> {
    /// Version of the context: 1.
    pub format: u32,
    /// Title of the document: the client.
    pub title: &'a str,
    /// The program that scored the answers, with its version.
    pub engine: &'a str,
    /// Language tag of the first pack.
    pub language: &'a str,
    /// File of the appendix without its ending; empty where it is part of the document.
    pub appendix: String,
    /// Title of the report, the question it answers and titles of its sections, as packs give them.
    pub report: ReportTexts,
    /// The one who hands the report over.
    pub brand: &'a Brand,
    /// The result document.
    pub result: &'a Assessment,
    /// Figures of scores and rated questions, by id.
    pub figures: BTreeMap<&'a str, Figures<'a>>,
    /// Texts of the packs.
    pub packs: Vec<PackTexts<'a>>,
    /// Texts of the questions, by id.
    pub questions: BTreeMap<&'a str, QuestionTexts<'a>>,
    /// Meanings of items, CommonMark, by id.
    pub about: BTreeMap<&'a str, &'a str>,
    /// The years in which other clients were assessed, where it is compared with them.
    pub period: Option<&'a str>,
    /// The way to the next level of the ladder that speaks for the client; null where none is
    /// planned.
    pub plan: Option<Plan>,
}

/// Scores of other clients.
#[derive(Debug, Clone, Copy, Default)]
pub struct Others<'a> {
    /// The years in which they were assessed.
    pub period: Option<&'a str>,
    /// The spread of each score.
    pub scores: &'a [PeerScore],
}

impl<'a> ReportContext<'a> {
    /// The context of a result.
    #[must_use]
    pub fn new(result: &MatchedResult<'a>, brand: &'a Brand) -> Self {
        let rulebook = result.rulebook();
        let assessment = result.assessment();
        Self {
            format: 1,
            title: &assessment.client.name,
            engine: &assessment.engine,
            language: rulebook.packs.first().map_or("en", |pack| &pack.language),
            appendix: String::new(),
            report: rulebook.report_texts().cloned().unwrap_or_default(),
            brand,
            result: assessment,
            figures: figures(result),
            packs: pack::packs(result),
            questions: pack::questions(rulebook),
            about: pack::about(rulebook),
            period: None,
            plan: None,
        }
    }

    /// The way to the next level of the ladder that speaks for the client, which takes longer to find
    /// than all else; `None` where none is planned, and where one action leads there.
    #[must_use]
    pub fn way(&self, result: &MatchedResult<'_>) -> Option<Plan> {
        let standing = self.result.standing.as_ref()?;
        if standing.one_action.is_some() {
            return None;
        }
        let request = PlanRequest {
            ladder: Some(&*standing.ladder),
            ..PlanRequest::default()
        };
        plan(result, &request).ok()
    }

    /// The same with the scores of other clients.
    #[must_use]
    pub fn compared_with(mut self, others: Others<'a>) -> Self {
        self.period = others.period;
        for peer in others.scores {
            let score = self.result.scores.iter().find(|score| score.id == *peer.id);
            if let Some(figures) = score.and_then(|score| self.figures.get_mut(score.id.as_str())) {
                figures.others = Some(&peer.bands);
            }
        }
        self
    }

    /// The report of this name in `templates/report`: `executive`.
    ///
    /// # Errors
    /// Returns an error if the context cannot be read, which would be a fault of this library.
    pub fn report(&self, templates: &Templates, name: &'static str) -> Result<Report> {
        Report::over(templates, name, &self.to_value())
    }

    /// The context as templates read it, with the functions that find by id.
    fn to_value(&self) -> Value {
        let context = Value::from(Serde(self));
        let result = context.get_attr("result").unwrap_or_default();
        let lists = [
            "questions",
            "scores",
            "decisions",
            "levels",
            "gates",
            "metrics",
        ];
        minijinja::context! {
            item => finder(&result, &lists, "id"),
            action => finder(&result, &["actions"], "work"),
            raise => finder(&result, &["plan"], "id"),
            ..context
        }
    }
}

/// A function that finds an entry of some lists by a key.
pub(super) fn finder(result: &Value, lists: &[&str], key: &str) -> Value {
    let entries = lists.iter().filter_map(|list| result.get_attr(list).ok());
    let entries = entries.flat_map(|list| list.try_iter().into_iter().flatten());
    let by_key = entries.filter_map(|entry| {
        let id = entry.get_attr(key).ok()?;
        Some((id.as_str()?.to_owned(), entry))
    });
    let by_key: Arc<BTreeMap<String, Value>> = Arc::new(by_key.collect());
    Value::from_function(move |id: &str| by_key.get(id).cloned().unwrap_or(Value::from(())))
}

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
fn figures<'a>(result: &MatchedResult<'a>) -> BTreeMap<&'a str, Figures<'a>> {
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
