//! The context: everything a template of the report is given.
//!
//! It holds the result document as it is, texts of the packs that the result does not repeat, and
//! figures as text, rounded so that no rounding contradicts a verdict. Nothing is concluded
//! here: a template finds each conclusion in the result.
//!
//! Templates also have two functions, which find by id: `item` a question, score, decision, ladder,
//! gate or metric of the result, and `action` an action by its work. Each gives none where there is
//! no such thing.

use super::brand::Brand;
use super::deliver::Report;
use super::templates::Templates;
use crate::assess::assessment::{Assessment, MatchedResult, Standing};
use crate::rules::rulebook::rule::thresholds;
use crate::rules::rulebook::{Item, ItemKind};
use crate::text::Result;
use crate::text::number::format_near_all;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything a template of the report is given.
#[derive(Debug, Serialize)]
pub struct ReportContext<'a> {
    /// Version of the context: 1.
    pub format: u32,
    /// Title of the document: the client.
    pub title: &'a str,
    /// The program that scored the answers, with its version.
    pub engine: &'a str,
    /// Language tag of the first pack.
    pub language: &'a str,
    /// Who hands the report over.
    pub brand: &'a Brand,
    /// The result document.
    pub result: &'a Assessment,
    /// Meanings of the levels of each ladder, by the ladder's id, lowest level first.
    pub ladders: BTreeMap<&'a str, Vec<Option<&'a str>>>,
    /// Figures of the scores as text, by id.
    pub figures: BTreeMap<&'a str, FigureText>,
    /// Where the client stands; null where no pack puts a ladder first.
    pub standing: Option<Standing<'a>>,
}

/// Figures of a score as text.
#[derive(Debug, Serialize)]
pub struct FigureText {
    /// Index, `0..=100`.
    pub index: Option<String>,
    /// Lowest index the open answers allow.
    pub low: Option<String>,
    /// Highest index they allow.
    pub high: Option<String>,
    /// Index aimed at.
    pub target: Option<String>,
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
            brand,
            result: assessment,
            ladders: rulebook.items.iter().filter_map(meanings).collect(),
            figures: figures(result),
            standing: assessment.standing(),
        }
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

/// The meanings of the levels of a ladder.
fn meanings(item: &Item) -> Option<(&str, Vec<Option<&str>>)> {
    let ItemKind::Ladder { levels, .. } = &item.kind else {
        return None;
    };
    let meanings = levels.iter().map(|level| level.text.as_deref());
    Some((item.id.as_str(), meanings.collect()))
}

/// Figures of all scores, with as many digits as it takes to stand on the right side of every
/// threshold that something hangs on.
fn figures<'a>(result: &MatchedResult<'a>) -> BTreeMap<&'a str, FigureText> {
    let limits = thresholds(result.rulebook());
    let scores = result.assessment().scores.iter();
    let texts = scores.map(|score| {
        let limits = result.node_of(&score.id).and_then(|node| limits.get(node));
        let limits = limits.map_or(&[][..], Vec::as_slice);
        let text = |index: Option<f64>| index.map(|index| format_near_all(index, limits, 0));
        let range = score.index_range.as_ref();
        let texts = FigureText {
            index: text(score.index),
            low: text(range.map(|range| range.low)),
            high: text(range.map(|range| range.high)),
            target: text(score.target_index),
        };
        (score.id.as_str(), texts)
    });
    texts.collect()
}
