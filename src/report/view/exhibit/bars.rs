//! Answers to like questions, each as a step on its scale.

mod draw;

use crate::assess::assessment::QuestionResult;
use crate::report::chart::strip::draw_box;
use crate::report::chart::{BOX_WIDTH, share, whole};
use crate::report::filters;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, names as list, opening};
use crate::report::view::voices::counts_words;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::words::ScalePosition;
use crate::rules::rulebook::words::number;
use crate::rules::rulebook::{Choice, Domain, Item, ItemKind, Question};
use crate::rules::vocabulary::State;
use draw::{boxes, draw_counts, draw_mark};
use serde::Serialize;
use std::borrow::Cow;

/// Answers to like questions.
#[derive(Debug, Clone, Serialize)]
pub struct Bars<'a> {
    /// The questions, in the pack's order.
    pub rows: Vec<Bar<'a>>,
    /// The ends of the scale, "0 to 4"; "Chosen" where several choices can stand side by side.
    pub scale: String,
}

/// One question.
#[derive(Debug, Clone, Serialize)]
pub struct Bar<'a> {
    /// Name.
    pub label: Text<'a>,
    /// The anchor's or choice's words, or why there is none.
    pub answer: Text<'a>,
    /// The number of the step taken, or how many choices are: "2 of 4"; "?" where that is not known,
    /// "–" where it does not apply.
    pub value: String,
    /// Value it counts for, where its evidence carries less than the step taken.
    pub counted: Option<String>,
    /// `answered`, `unknown`, `open`, `hidden` or `not-applicable`.
    pub state: &'static str,
    /// Width of the drawing, 24 per step.
    pub width: String,
    /// The steps as boxes, those taken filled, with the number of the one taken, a mark where the mean
    /// of several people lies between two, how many took each, or "?" in the middle where nothing is
    /// known; SVG.
    pub boxes_svg: String,
    /// Text plot: "□□■□□", "□◆□□□□", "?????"; empty where there are no steps.
    pub plot: String,
    /// "0: 3, 1: 5; n 8": how many people took each step; null where that is not shown.
    pub spread: Option<String>,
    /// Of the question in the appendix.
    pub anchor: &'a str,
}

impl<'a> ReportContext<'a> {
    pub(super) fn bars(&self, nodes: &[usize]) -> (Bars<'a>, String) {
        let shown = nodes.iter().filter(|node| self.asks(**node));
        let rows: Vec<Bar<'a>> = shown.filter_map(|node| self.bar(*node)).collect();
        let questions = nodes
            .iter()
            .filter_map(|node| asked(self.rulebook.item(*node)?));
        let scale = questions.clone().find(|question| !several(question));
        let caption = if scale.is_some() {
            self.bars_caption(nodes, &rows)
        } else {
            chosen_caption(&rows)
        };
        let scale = scale.map_or_else(|| "Chosen".to_owned(), scale_words);
        (Bars { rows, scale }, caption)
    }

    /// True if a question is asked at all, even if it was found not to apply.
    fn asks(&self, node: usize) -> bool {
        self.question(node)
            .is_some_and(|one| !matches!(one.state, State::Irrelevant | State::NotAsked))
    }

    fn bar(&self, node: usize) -> Option<Bar<'a>> {
        let (item, result) = (self.rulebook.item(node)?, self.question(node)?);
        let question = asked(item)?;
        let chosen = self.result.answers().answers().get(node)?.chosen;
        let (state, steps) = (state(result), question.choices.len());
        let stand = taken(result).and_then(|worth| ScalePosition::of(question, worth));
        let on = |place: usize| state == "answered" && is_taken(question, stand, chosen, place);
        let between = stand.and_then(|stand| between(question, stand));
        let spread = result
            .group
            .as_ref()
            .and_then(|group| group.spread.as_ref());
        let (mut taken, mut open, mut plot) = (String::new(), String::new(), String::new());
        for place in 0..steps {
            if between.is_some_and(|at| (whole(place) - 1.0..whole(place)).contains(&at)) {
                plot.push('◆');
            }
            draw_box(if on(place) { &mut taken } else { &mut open }, place);
            plot.push(match state {
                "answered" if on(place) => '■',
                "answered" => '□',
                "not-applicable" => '·',
                _ => '?',
            });
        }
        let mut numbered = question.choices.iter().enumerate();
        let (at, mark) = match state {
            "answered" if !several(question) => numbered
                .find(|(place, _)| on(*place))
                .map_or_else(Default::default, |(place, choice)| {
                    (place, step_name(choice))
                }),
            "unknown" => (steps / 2, "?".to_owned()),
            _ => Default::default(),
        };
        Some(Bar {
            label: Cow::Borrowed(&result.label),
            answer: without_number(question, result, chosen),
            value: step(question, result, chosen).unwrap_or_else(|| {
                let known = if state == "not-applicable" {
                    "–"
                } else {
                    "?"
                };
                known.to_owned()
            }),
            counted: result.claimed.and(result.value).map(number),
            state,
            width: number(BOX_WIDTH * whole(steps)),
            boxes_svg: boxes(&open, &taken, at, &filters::html(&mark))
                + &spread.map_or_else(String::new, draw_counts)
                + &between.map_or_else(String::new, draw_mark),
            plot,
            spread: result.group.as_ref().and_then(counts_words),
            anchor: self.layout.anchor(node).unwrap_or_default(),
        })
    }

    /// The strongest and the open ones, by name.
    fn bars_caption(&self, nodes: &[usize], rows: &[Bar<'a>]) -> String {
        let scale = self.bars_scale(nodes);
        // What prints alike stands level.
        let value = |node: &usize| {
            let item = self.rulebook.item(*node)?;
            let (question, result) = (asked(item)?, self.question(*node)?);
            let alike = !several(question) || (scale.is_some() && ends(item) == scale);
            let worth = taken(result).filter(|_| alike)?;
            let stand = ScalePosition::of(question, worth);
            let shown = stand.map_or_else(|| number(worth), ScalePosition::figure);
            Some((worth, shown, result.label.as_str()))
        };
        let called = nodes.iter().filter(|node| self.is_called_for(**node));
        let values: Vec<(f64, String, &str)> = called.filter_map(value).collect();
        let open = rows
            .iter()
            .filter(|row| matches!(row.state, "unknown" | "open"))
            .count();
        if !nodes.iter().any(|node| self.is_called_for(*node)) {
            return "None of this is called for.".to_owned();
        }
        let by_value = |a: &&(f64, String, &str), b: &&(f64, String, &str)| a.0.total_cmp(&b.0);
        let most = values.iter().max_by(by_value);
        let far = most.zip(values.iter().min_by(by_value));
        let Some(((_, most, _), (_, least, _))) = far else {
            return "None of these questions is answered.".to_owned();
        };
        let at = |wanted: &str| -> String {
            let level = values.iter().filter(|(_, shown, _)| shown == wanted);
            list(&level.map(|(_, _, label)| *label).collect::<Vec<_>>())
        };
        let mut text = if values.len() == 1 {
            format!("The only answer stands at {most}.")
        } else if most == least {
            format!("All answers stand at {most}.")
        } else {
            format!(
                "Highest: {} ({most}). Lowest: {} ({least}).",
                at(most),
                at(least)
            )
        };
        if open > 0 {
            text.push(' ');
            text.push_str(&opening(open, "question is open.", "questions are open."));
        }
        let hidden = rows.iter().filter(|row| row.state == "hidden").count();
        if hidden > 0 {
            text.push(' ');
            text.push_str(&opening(
                hidden,
                "question is hidden: too few people answered it.",
                "questions are hidden: too few people answered them.",
            ));
        }
        text
    }
}

impl ReportContext<'_> {
    /// The ends of the scale of the questions of which one step is taken.
    fn bars_scale(&self, nodes: &[usize]) -> Option<(f64, f64)> {
        let items = nodes.iter().filter_map(|node| self.rulebook.item(*node));
        let mut single = items.filter(|item| asked(item).is_some_and(|one| !several(one)));
        single.find_map(ends)
    }
}

/// The least and the most that a question counts.
fn ends(item: &Item) -> Option<(f64, f64)> {
    match item.domain {
        Domain::Number { least, most, .. }
        | Domain::Choices {
            worth: Some((least, most)),
            ..
        } => Some((least, most)),
        Domain::Choices { worth: None, .. } | Domain::Outcomes { .. } | Domain::Text => None,
    }
}

/// True if a step is taken; a mean between two steps takes none.
fn is_taken(
    question: &Question,
    stand: Option<ScalePosition<'_>>,
    chosen: u64,
    place: usize,
) -> bool {
    match stand {
        Some(ScalePosition::On(step)) => {
            let here = question.choices.get(place);
            here.is_some_and(|here| here.value == step.value)
        }
        Some(ScalePosition::Between(..)) => false,
        None => chosen & (1 << place) != 0,
    }
}

/// Place of a mean between two steps, counted in steps from 0; `None` if it lies on one.
fn between(question: &Question, stand: ScalePosition<'_>) -> Option<f64> {
    let ScalePosition::Between(said, below, above) = stand else {
        return None;
    };
    let place = |step: &Choice| {
        let steps = question.choices.iter();
        steps
            .map(|one| &one.value)
            .position(|value| *value == step.value)
    };
    let (from, to) = (whole(place(below)?), whole(place(above)?));
    let way = share(said, below.score?, above.score?) / 100.0;
    Some(from + (to - from) * way)
}

/// Number of choices taken for each question, where several can be.
fn chosen_caption(rows: &[Bar<'_>]) -> String {
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row.state == "answered")
        .map(|row| format!("{}: {} chosen", row.label, row.value))
        .collect();
    if told.is_empty() {
        return "None of these questions is answered.".to_owned();
    }
    format!("{}.", told.join("; "))
}

fn several(question: &Question) -> bool {
    question.kind == QuestionType::SelectMultiple
}

/// The number of the step taken, or how many choices of how many are.
fn step(question: &Question, result: &QuestionResult, chosen: u64) -> Option<String> {
    if several(question) {
        let open = question.choices.iter().filter(|choice| !choice.exclusive);
        let taken = question.choices.iter().enumerate();
        let taken = taken.filter(|(at, one)| !one.exclusive && chosen & (1 << at) != 0);
        return (result.state == State::Rated)
            .then(|| format!("{} of {}", taken.count(), open.count()));
    }
    let worth = taken(result)?;
    let stand = ScalePosition::of(question, worth);
    Some(stand.map_or_else(|| number(worth), ScalePosition::figure))
}

/// "0 to 4", by the ends of a scale.
fn scale_words(question: &Question) -> String {
    let end = |choice: Option<&Choice>| choice.map(step_name).unwrap_or_default();
    let (low, high) = (end(question.choices.first()), end(question.choices.last()));
    format!("{low} to {high}")
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
fn step_name(choice: &Choice) -> String {
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
        _ if result.is_closed() => "hidden",
        State::Rated => "answered",
        State::Unknown => "unknown",
        State::Missing => "open",
        State::NotApplicable | State::Irrelevant | State::NotAsked => "not-applicable",
    }
}

/// The answer in words; its number stands in a column of its own.
fn without_number<'a>(question: &'a Question, result: &'a QuestionResult, chosen: u64) -> Text<'a> {
    let stand = taken(result).and_then(|worth| ScalePosition::of(question, worth));
    let own = question.choices.iter().enumerate();
    let mut own = own.filter(|(place, _)| is_taken(question, stand, chosen, *place));
    match (result.state, own.next(), own.next()) {
        (State::Rated, Some((_, one)), None) if result.agreed.is_none() => {
            Cow::Borrowed(&one.label)
        }
        _ => Cow::Borrowed(&result.says),
    }
}
