//! A decision drawn over its two inputs, with the client's cell.

use crate::assessment::DecisionResult;
use crate::report::chart::{nearest, share, whole};
use crate::report::view::Text;
use crate::report::view::material::{Material, short};
use crate::rulebook::words::number;
use crate::rulebook::{Choice, Domain, Item, ItemKind, Outcome, Table};
use serde::Serialize;
use std::borrow::Cow;

/// A table of words, so it needs no twin in text.
#[derive(Debug, Clone, Serialize)]
pub struct Grid<'a> {
    /// What runs across.
    pub x_title: Text<'a>,
    /// What runs up.
    pub y_title: Text<'a>,
    /// The steps across, "1" to "5".
    pub columns: Vec<String>,
    /// The steps up, highest first.
    pub rows: Vec<GridRow<'a>>,
    /// Where the client stands, and what the table says there.
    pub place: String,
    /// Why the rule decides so.
    pub because: Option<&'a str>,
    /// The wording of the steps across, where they are choices of a question.
    pub x_words: Vec<GridStep<'a>>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct GridRow<'a> {
    /// Its step.
    pub label: String,
    /// Its cells, from left to right.
    pub cells: Vec<GridCell<'a>>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
pub struct GridCell<'a> {
    /// The outcome.
    pub word: &'a str,
    /// `s0` to `s3`: the place of the outcome in its order.
    pub shade: &'static str,
    /// Whether the client stands here.
    pub state: GridState,
}

/// Whether the client stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GridState {
    /// As things stand.
    Here,
    /// An answer still open may lead there.
    Possible,
    /// No.
    Other,
}

/// A step in words.
#[derive(Debug, Clone, Serialize)]
pub struct GridStep<'a> {
    /// Its number.
    pub n: String,
    /// What it means.
    pub text: &'a str,
    /// Whether it is the client's.
    pub here: bool,
}

/// One input of the grid: its scale and where the client stands on it.
struct Axis<'a> {
    item: &'a Item,
    /// Its column in the table.
    column: usize,
    least: f64,
    most: f64,
    steps: usize,
    value: Option<f64>,
    low: f64,
    high: f64,
}

impl<'a> Material<'a> {
    pub(super) fn grid(
        &self,
        decision: usize,
        x: usize,
        y: usize,
        steps: usize,
    ) -> Option<(Grid<'a>, String)> {
        let (result, table) = (
            self.decision(decision)?,
            self.rulebook.program.table(decision)?,
        );
        let ItemKind::Decision { outcomes, .. } = &self.rulebook.item(decision)?.kind else {
            return None;
        };
        let (x, y) = (self.axis(table, x, steps)?, self.axis(table, y, steps)?);
        let verdict = !result.outcome.is_empty();
        let row = |up: usize| GridRow {
            label: y.label(up),
            cells: (0..steps)
                .map(|across| {
                    let outcome = self.outcome_at(table, &x, across, &y, up);
                    let here = verdict && x.cell() == Some(across) && y.cell() == Some(up);
                    let may = x.may(across) && y.may(up);
                    let state = match (here, may) {
                        (true, _) => GridState::Here,
                        (false, true) => GridState::Possible,
                        (false, false) => GridState::Other,
                    };
                    cell(outcomes, outcome, state)
                })
                .collect(),
        };
        let chart = Grid {
            x_title: Cow::Borrowed(&x.item.label),
            y_title: Cow::Borrowed(&y.item.label),
            columns: (0..steps).map(|across| x.label(across)).collect(),
            rows: (0..steps).rev().map(row).collect(),
            place: place(&x, &y, result),
            because: result
                .because
                .as_deref()
                .map(|text| text.trim_end_matches('.')),
            x_words: x.words(),
        };
        let caption = caption(result);
        Some((chart, caption))
    }

    fn axis(&self, table: &Table, node: usize, steps: usize) -> Option<Axis<'a>> {
        let item = self.rulebook.item(node)?;
        let (least, most) = match &item.domain {
            Domain::Number { least, most, .. }
            | Domain::Choices {
                worth: Some((least, most)),
                ..
            } => (*least, *most),
            Domain::Outcomes { names, .. } | Domain::Choices { names, .. } => {
                (0.0, whole(names.len().saturating_sub(1)))
            }
            Domain::Text => return None,
        };
        let (value, low, high) = match (self.score(node), self.question(node)) {
            (Some(score), _) => (score.value, score.range.low, score.range.high),
            (None, Some(question)) => {
                let value = question.value;
                (value, value.unwrap_or(least), value.unwrap_or(most))
            }
            (None, None) => (None, least, most),
        };
        let column = table.inputs.iter().position(|input| *input == node)?;
        (least.is_finite() && most.is_finite()).then_some(Axis {
            item,
            column,
            least,
            most,
            steps,
            value,
            low,
            high,
        })
    }

    /// The outcome of the first rule whose cells admit the centre of a cell.
    fn outcome_at(
        &self,
        table: &Table,
        x: &Axis<'_>,
        across: usize,
        y: &Axis<'_>,
        up: usize,
    ) -> Option<usize> {
        let admits = |rule: &crate::rulebook::Rule, axis: &Axis<'_>, step: usize| {
            let atom = rule
                .cells
                .get(axis.column)
                .and_then(|cell| self.rulebook.program.atoms.get(*cell));
            atom.is_some_and(|atom| {
                let centre = axis.centre(step);
                atom.test.admits(centre, axis.mask(centre))
            })
        };
        let rule = table
            .rules
            .iter()
            .find(|rule| admits(rule, x, across) && admits(rule, y, up));
        rule.and_then(|rule| usize::try_from(rule.outcome).ok())
    }
}

impl<'a> Axis<'a> {
    fn centre(&self, step: usize) -> f64 {
        let room = whole(self.steps.saturating_sub(1).max(1));
        self.least + (self.most - self.least) * whole(step) / room
    }

    fn label(&self, step: usize) -> String {
        number(self.centre(step))
    }

    /// The cell a value lies in, halves up.
    fn step(&self, value: f64) -> usize {
        let room = whole(self.steps.saturating_sub(1));
        nearest(
            share(value, self.least, self.most) / 100.0 * room,
            self.steps,
        )
    }

    fn cell(&self) -> Option<usize> {
        self.value.map(|value| self.step(value))
    }

    fn may(&self, step: usize) -> bool {
        (self.step(self.low)..=self.step(self.high)).contains(&step)
    }

    fn choices(&self) -> &'a [Choice] {
        match &self.item.kind {
            ItemKind::Question(question) => &question.choices,
            ItemKind::Score { .. }
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => &[],
        }
    }

    /// The set of choices or outcomes worth a number.
    fn mask(&self, centre: f64) -> u64 {
        let worth = |place: usize, choice: &Choice| choice.score.unwrap_or(whole(place));
        let choices = self.choices().iter().enumerate();
        let near = |value: f64| (value - centre).abs() < crate::condition::TOLERANCE;
        if self.choices().is_empty() {
            return (0..64)
                .filter(|place| near(whole(*place)))
                .map(|place| 1 << place)
                .sum();
        }
        choices
            .filter(|(place, choice)| near(worth(*place, choice)))
            .map(|(place, _)| 1 << place)
            .sum()
    }

    fn words(&self) -> Vec<GridStep<'a>> {
        let value = |place: usize, choice: &Choice| choice.score.unwrap_or(whole(place));
        let steps = self
            .choices()
            .iter()
            .enumerate()
            .map(|(place, choice)| GridStep {
                n: number(value(place, choice)),
                text: &choice.label,
                here: self.value.is_some_and(|mine| {
                    (mine - value(place, choice)).abs() < crate::condition::TOLERANCE
                }),
            });
        steps.collect()
    }

    /// "Integration 3 of 5", with its range where it is open.
    fn says(&self) -> String {
        let scale = number(self.most);
        let label = &self.item.label;
        match self.value {
            Some(value) if self.high - self.low > crate::condition::TOLERANCE => {
                format!(
                    "{label} {} of {scale} ({} to {} once all is answered)",
                    number(value),
                    number(self.low),
                    number(self.high)
                )
            }
            Some(value) => format!("{label} {} of {scale}", number(value)),
            None => format!("{label} not known"),
        }
    }
}

fn cell(outcomes: &[Outcome], outcome: Option<usize>, state: GridState) -> GridCell<'_> {
    const SHADES: [&str; 4] = ["s0", "s1", "s2", "s3"];
    let place = outcome.unwrap_or_default();
    let last = outcomes.len().saturating_sub(1).max(1);
    let shade = nearest(whole(place) / whole(last) * 3.0, SHADES.len());
    let label = outcome
        .and_then(|place| outcomes.get(place))
        .map_or("", |one| short(&one.label));
    GridCell {
        word: label,
        shade: SHADES.get(shade).copied().unwrap_or("s0"),
        state,
    }
}

fn place(x: &Axis<'_>, y: &Axis<'_>, result: &DecisionResult) -> String {
    let outcome = match result.outcome.first() {
        Some(outcome) => format!("the table says: {}", short(&outcome.label)),
        None => "too little is known to say".to_owned(),
    };
    format!("{}, {}: {outcome}.", x.says(), lower(&y.says()))
}

/// The first letter small, unless the word is an abbreviation.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    let second = chars.clone().next().is_some_and(char::is_uppercase);
    first.map_or_else(String::new, |first| {
        if second {
            text.to_owned()
        } else {
            first.to_lowercase().chain(chars).collect()
        }
    })
}

fn caption(result: &DecisionResult) -> String {
    let possible: Vec<&str> = result
        .possible
        .iter()
        .map(|one| short(&one.label))
        .collect();
    match result.outcome.first() {
        Some(one) if result.certain => format!(
            "Your cell says: {}. No open question can change that.",
            short(&one.label)
        ),
        Some(one) => format!(
            "Your cell says: {}. Once open questions are answered it could be {}.",
            short(&one.label),
            crate::assessment::either(&possible)
        ),
        None if possible.is_empty() => "The inputs of this table do not apply.".to_owned(),
        None => format!(
            "Too little is answered to choose a cell; possible: {}.",
            crate::assessment::either(&possible)
        ),
    }
}
