//! What the script of a form has to know, as JSON that can stand in a page.

use super::logic::{Logic, Num, TestTold};
use super::view::{Setting, control};
use crate::rules::condition::Test;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Domain, Item, Question, Rulebook};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Data<'a> {
    engine: &'static str,
    /// What the browser keeps the answers under.
    key: String,
    role: &'static str,
    packs: Vec<PackData<'a>>,
    questions: Vec<QuestionData<'a>>,
    logic: Logic,
}

#[derive(Serialize)]
struct PackData<'a> {
    id: &'a str,
    version: String,
}

#[derive(Serialize)]
struct QuestionData<'a> {
    id: &'a str,
    node: usize,
    control: &'static str,
    /// As answers write the choices.
    values: Vec<&'a str>,
    /// What each choice is worth as it is said; null where it has no worth.
    said: Vec<Option<Num>>,
    /// What each choice is worth in scores.
    worth: Vec<Option<Num>>,
    /// Places of choices that cannot stand beside others.
    alone: Vec<usize>,
    cap: Option<f64>,
    least: Num,
    most: Num,
    whole: bool,
    reverse: bool,
    check: Option<TestTold>,
    message: Option<&'a str>,
}

/// The data of a form. No `<` is in it, so nothing in it can end the element it stands in.
pub(super) fn json<'a>(
    rulebook: &'a Rulebook,
    setting: &Setting<'_>,
    asked: impl Iterator<Item = (usize, &'a Item, &'a Question)> + Clone,
) -> String {
    let packs = rulebook.packs.iter().map(|pack| PackData {
        id: &pack.id,
        version: pack.version.to_string(),
    });
    let data = Data {
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")),
        key: key(rulebook, setting),
        role: setting.role.name(),
        packs: packs.collect(),
        questions: asked
            .clone()
            .map(|(node, item, question)| QuestionData::new(node, item, question))
            .collect(),
        logic: Logic::new(rulebook.program(), asked.map(|(node, _, _)| node)),
    };
    let text = serde_json::to_string(&data).unwrap_or_default();
    text.replace('<', "\\u003c")
}

/// Answers to other rules, of another role or about another client are kept apart.
fn key(rulebook: &Rulebook, setting: &Setting<'_>) -> String {
    let mut key = format!("centricity {}", setting.role.name());
    for pack in &rulebook.packs {
        let digest = pack.digest.get(..12).unwrap_or(&pack.digest);
        let _ = write!(key, " {}@{}#{digest}", pack.id, pack.version);
    }
    if let Some(client) = setting.client {
        let unit = client.unit.as_deref().unwrap_or_default();
        let _ = write!(key, " / {} / {unit}", client.name);
    }
    key
}

impl<'a> QuestionData<'a> {
    fn new(node: usize, item: &'a Item, question: &'a Question) -> Self {
        let (least, most) = match item.domain {
            Domain::Number { least, most, .. } => (least, most),
            Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => {
                (f64::NEG_INFINITY, f64::INFINITY)
            }
        };
        let rating = question.kind == QuestionType::Rating;
        let worth = |choice: &Choice| {
            let turned = |score| {
                if rating {
                    question.turned(score)
                } else {
                    score
                }
            };
            choice.score.map(|score| Num::from(turned(score)))
        };
        let choices = || question.choices.iter();
        let alone = choices().enumerate().filter(|(_, choice)| choice.exclusive);
        let check = question.constraint.as_ref();
        Self {
            id: &item.id,
            node,
            control: control(question.kind),
            values: choices().map(|choice| choice.value.as_str()).collect(),
            said: choices().map(|one| one.score.map(Num::from)).collect(),
            worth: choices().map(worth).collect(),
            alone: alone.map(|(place, _)| place).collect(),
            cap: question.cap,
            least: least.into(),
            most: most.into(),
            whole: question.kind == QuestionType::Integer,
            reverse: question.reverse,
            check: check.map(|(test, _): &(Test, String)| test.into()),
            message: check.map(|(_, message)| message.as_str()),
        }
    }
}
