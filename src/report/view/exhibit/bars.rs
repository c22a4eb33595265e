//! Answers to like questions, each as a step on its scale.

use crate::assessment::QuestionResult;
use crate::evaluate::State;
use crate::report::chart::{BOX_WIDTH, tenth, whole};
use crate::report::view::Text;
use crate::report::view::material::{Material, opening};
use crate::rulebook::words::{list, number};
use crate::rulebook::{Item, ItemKind, Question};
use serde::Serialize;
use std::borrow::Cow;

/// Answers to like questions.
#[derive(Debug, Clone, Serialize)]
pub struct Bars<'a> {
    /// The questions, in the pack's order.
    pub rows: Vec<Bar<'a>>,
    /// The low end of the scale, for the header.
    pub low: String,
    /// The high end.
    pub high: String,
}

/// One question.
#[derive(Debug, Clone, Serialize)]
pub struct Bar<'a> {
    /// Name.
    pub label: Text<'a>,
    /// The anchor's or choice's words, or why there is none.
    pub answer: Text<'a>,
    /// The number of the step taken.
    pub value: Option<String>,
    /// What it counts for, where its evidence holds it below the step taken.
    pub counted: Option<String>,
    /// `answered`, `unknown`, `open` or `not-applicable`.
    pub state: &'static str,
    /// Width of the drawing, 24 per step.
    pub width: f64,
    /// One per step.
    pub boxes: Vec<BarBox>,
    /// Text plot: "□□■□□", "?????"; empty where there are no steps.
    pub plot: String,
    /// Of the question in the appendix.
    pub anchor: &'a str,
}

/// One step.
#[derive(Debug, Clone, Serialize)]
pub struct BarBox {
    /// Where it stands.
    pub x: f64,
    /// Whether it is the answer.
    pub on: bool,
    /// Its number when on, "?" in the middle when unknown, else empty.
    pub mark: String,
}

impl<'a> Material<'a> {
    pub(super) fn bars(&self, nodes: &[usize]) -> (Bars<'a>, String) {
        let rows: Vec<Bar<'a>> = nodes.iter().filter_map(|node| self.bar(*node)).collect();
        let scale = nodes
            .iter()
            .find_map(|node| asked(self.rulebook.item(*node)?));
        let end =
            |choice: Option<&crate::rulebook::Choice>| choice.map(step_name).unwrap_or_default();
        let low = scale
            .map(|question| end(question.choices.first()))
            .unwrap_or_default();
        let high = scale
            .map(|question| end(question.choices.last()))
            .unwrap_or_default();
        let caption = self.bars_caption(nodes, &rows);
        (Bars { rows, low, high }, caption)
    }

    fn bar(&self, node: usize) -> Option<Bar<'a>> {
        let (item, result) = (self.rulebook.item(node)?, self.question(node)?);
        let question = asked(item)?;
        let chosen = self
            .answers
            .given()
            .get(node)
            .map_or(0, |given| given.chosen);
        let (state, steps) = (state(result), question.choices.len());
        let on = |place: usize| state == "answered" && chosen & (1 << place) != 0;
        let boxes = question
            .choices
            .iter()
            .enumerate()
            .map(|(place, choice)| BarBox {
                x: tenth(BOX_WIDTH * whole(place)),
                on: on(place),
                mark: match state {
                    "answered" if on(place) => step_name(choice),
                    "unknown" if place == steps / 2 => "?".to_owned(),
                    _ => String::new(),
                },
            });
        let boxes: Vec<BarBox> = boxes.collect();
        Some(Bar {
            label: Cow::Borrowed(&result.label),
            answer: without_number(question, result, chosen),
            value: taken(result).map(number),
            counted: result.claimed.and(result.value).map(number),
            state,
            width: tenth(BOX_WIDTH * whole(steps)),
            plot: match state {
                "answered" => boxes
                    .iter()
                    .map(|one| if one.on { '■' } else { '□' })
                    .collect(),
                "not-applicable" => "·".repeat(steps),
                _ => "?".repeat(steps),
            },
            boxes,
            anchor: self.layout.anchor(node).unwrap_or_default(),
        })
    }

    /// The strongest and the open ones, by name.
    fn bars_caption(&self, nodes: &[usize], rows: &[Bar<'a>]) -> String {
        let values = || {
            nodes
                .iter()
                .filter_map(|node| self.question(*node))
                .filter_map(|one| Some((taken(one)?, one.label.as_str())))
        };
        let open = rows
            .iter()
            .filter(|row| matches!(row.state, "unknown" | "open"))
            .count();
        let Some(most) = values().map(|(value, _)| value).reduce(f64::max) else {
            return "None of these questions is answered.".to_owned();
        };
        let least = values()
            .map(|(value, _)| value)
            .reduce(f64::min)
            .unwrap_or(most);
        let at = |wanted: f64| -> Vec<&str> {
            values()
                .filter(|(value, _)| value.total_cmp(&wanted).is_eq())
                .map(|(_, label)| label)
                .collect()
        };
        let mut text = if values().count() == 1 {
            format!("The only answer stands at {}.", number(most))
        } else if most.total_cmp(&least).is_eq() {
            format!("All answers stand at {}.", number(most))
        } else {
            format!(
                "Highest: {} ({}). Lowest: {} ({}).",
                list(&at(most)),
                number(most),
                list(&at(least)),
                number(least)
            )
        };
        if open > 0 {
            text.push(' ');
            text.push_str(&opening(open, "question is open.", "questions are open."));
        }
        text
    }
}

/// The worth of the step taken, whatever its evidence lets it count.
fn taken(result: &QuestionResult) -> Option<f64> {
    result.claimed.or(result.value)
}

fn asked(item: &Item) -> Option<&Question> {
    match &item.kind {
        ItemKind::Question(question) => Some(question),
        ItemKind::Score { .. }
        | ItemKind::Decision { .. }
        | ItemKind::Figure { .. }
        | ItemKind::Ladder { .. } => None,
    }
}

/// The number of a step: its worth, or what answers write where it is short.
fn step_name(choice: &crate::rulebook::Choice) -> String {
    choice.score.map_or_else(
        || {
            if choice.value.len() < 3 {
                choice.value.clone()
            } else {
                String::new()
            }
        },
        number,
    )
}

pub(in crate::report::view) fn state(result: &QuestionResult) -> &'static str {
    match result.state {
        State::Rated => "answered",
        State::Unknown => "unknown",
        State::Missing => "open",
        State::NotApplicable | State::Irrelevant | State::NotAsked => "not-applicable",
    }
}

/// The answer in words; its number stands in a column of its own.
fn without_number<'a>(question: &'a Question, result: &'a QuestionResult, chosen: u64) -> Text<'a> {
    let mut taken = question
        .choices
        .iter()
        .enumerate()
        .filter(|(place, _)| chosen & (1 << place) != 0);
    match (result.state, taken.next(), taken.next()) {
        (State::Rated, Some((_, one)), None) => Cow::Borrowed(&one.label),
        _ => Cow::Borrowed(&result.says),
    }
}
