//! A decision drawn over its two inputs, cut where its rules cut them, with the client's cell.
//!
//! A cell holds the values that every rule treats alike, so the cell the client stands in is that of
//! the rule that decided.

mod axis;

use crate::assess::assessment::DecisionResult;
use crate::report::chart::{nearest, tenth, whole};
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, short};
use crate::rules::condition::Test;
use crate::rules::rulebook::words::either_quoted as either;
use crate::rules::rulebook::{DecisionRule, Domain, ItemKind, Outcome};
use crate::rules::vocabulary::HitPolicy;
use axis::{Axis, Band};
use serde::Serialize;
use std::borrow::Cow;

/// A table of words, so it needs no twin in text.
#[derive(Debug, Clone, Serialize)]
pub struct Grid<'a> {
    /// Title of the axis across.
    pub x_title: Text<'a>,
    /// Title of the axis up.
    pub y_title: Text<'a>,
    /// The bands across: "below 2", "2 to below 3", "3 and above".
    pub columns: Vec<String>,
    /// The bands up, highest first.
    pub rows: Vec<GridRow<'a>>,
    /// Cell of the client, and what the table says there.
    pub place: String,
    /// Why the rule decides so.
    pub because: Option<&'a str>,
    /// The wording of the steps across, where they are choices of a question.
    pub x_words: Vec<GridStep<'a>>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct GridRow<'a> {
    /// Its band.
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
    /// Position of the client: in this cell, perhaps in it, or not.
    pub state: GridState,
    /// Place of the client in the cell; null in every other cell.
    pub dot: Option<GridDot>,
}

/// A place in a cell, percent from its left and from its top.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GridDot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// Position of the client relative to a cell.
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
    /// Its meaning.
    pub text: &'a str,
    /// True if it is the client's.
    pub here: bool,
}

impl<'a> ReportContext<'a> {
    pub(super) fn grid(&self, decision: usize, x: usize, y: usize) -> Option<(Grid<'a>, String)> {
        let (result, table) = (
            self.decision(decision)?,
            self.rulebook.program.table(decision)?,
        );
        let ItemKind::Decision { outcomes, .. } = &self.rulebook.item(decision)?.kind else {
            return None;
        };
        let columns = [x, y].map(|node| table.inputs.iter().position(|input| *input == node));
        let [across, up] = columns;
        let columns = (across?, up?);
        let (x, y) = (
            self.axis(table, x, columns.0)?,
            self.axis(table, y, columns.1)?,
        );
        let here = x
            .here()
            .zip(y.here())
            .filter(|_| !result.outcome.is_empty());
        let dot = x
            .place_in_band()
            .zip(y.place_in_band())
            .map(|(x, y)| GridDot {
                x: tenth(x),
                y: tenth(100.0 - y),
            });
        let row = |(up, of_y): (usize, &Band)| GridRow {
            label: y.label(of_y),
            cells: (x.bands.iter().enumerate())
                .map(|(across, of_x)| {
                    let mine = here == Some((across, up));
                    let state = match (mine, x.may(across) && y.may(up)) {
                        (true, _) => GridState::Here,
                        (false, true) => GridState::Possible,
                        (false, false) => GridState::Other,
                    };
                    let admits = |rule: &crate::rules::rulebook::Rule| {
                        self.passes(rule, columns.0, &x, of_x)
                            && self.passes(rule, columns.1, &y, of_y)
                    };
                    cell(
                        outcomes,
                        decided(table, admits),
                        state,
                        dot.filter(|_| mine),
                    )
                })
                .collect(),
        };
        let chart = Grid {
            x_title: Cow::Borrowed(&x.item.label),
            y_title: Cow::Borrowed(&y.item.label),
            columns: x.bands.iter().map(|band| x.label(band)).collect(),
            rows: y.bands.iter().enumerate().rev().map(row).collect(),
            place: place(&x, &y, result),
            because: result
                .because
                .as_deref()
                .map(|text| text.trim_end_matches('.')),
            x_words: x.words(),
        };
        let caption = caption(result, self.rests_on_open(&[decision]));
        Some((chart, caption))
    }

    fn axis(&self, table: &DecisionRule, node: usize, column: usize) -> Option<Axis<'a>> {
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
        if !(least.is_finite() && most.is_finite()) {
            return None;
        }
        let tests = table
            .rules
            .iter()
            .filter_map(|rule| self.test(rule, column));
        let standing = self.standing(node, least, most);
        let question = self.question(node);
        let agreed = question.and_then(|one| one.agreed.as_ref()?.says());
        let mut axis = Axis::new(item, (least, most), tests.collect(), standing);
        axis.agreed = agreed;
        Some(axis)
    }

    /// Value of the client on an input, and the least and the most it may still be.
    fn standing(&self, node: usize, least: f64, most: f64) -> (Option<f64>, f64, f64) {
        if let Some(score) = self.score(node) {
            let (low, high) = score.range.map_or((least, most), |one| (one.low, one.high));
            return (score.value, low, high);
        }
        let value = self.question(node).and_then(|question| {
            question.value.or_else(|| {
                let item = self.rulebook.item(node)?.kind.question()?;
                let mine = question.answer.first()?;
                let choice = item.choices.iter().position(|one| one.value == *mine);
                choice.map(whole)
            })
        });
        (value, value.unwrap_or(least), value.unwrap_or(most))
    }

    fn test(&self, rule: &crate::rules::rulebook::Rule, column: usize) -> Option<&'a Test> {
        let atom = self.rulebook.program.atoms.get(*rule.cells.get(column)?);
        atom.map(|atom| &atom.test)
    }

    fn passes(
        &self,
        rule: &crate::rules::rulebook::Rule,
        column: usize,
        axis: &Axis<'_>,
        band: &Band,
    ) -> bool {
        let test = self.test(rule, column);
        test.is_some_and(|test| axis.passes(test, band.inside))
    }
}

/// The outcome of the rules that admit a cell: the first of them, or where all that match count,
/// the first outcome.
fn decided(
    table: &DecisionRule,
    admits: impl Fn(&crate::rules::rulebook::Rule) -> bool,
) -> Option<usize> {
    let mut found = table.rules.iter().filter(|rule| admits(rule));
    let outcome = match table.hit_policy {
        HitPolicy::Unique | HitPolicy::First => found.next().map(|rule| rule.outcome),
        HitPolicy::Collect => found.map(|rule| rule.outcome).min(),
    };
    outcome.and_then(|outcome| usize::try_from(outcome).ok())
}

fn cell(
    outcomes: &[Outcome],
    outcome: Option<usize>,
    state: GridState,
    dot: Option<GridDot>,
) -> GridCell<'_> {
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
        dot,
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

fn caption(result: &DecisionResult, open: bool) -> String {
    let possible = result.possible.iter().map(|one| short(&one.label));
    let possible = either(&possible.collect::<Vec<_>>());
    match result.outcome.first() {
        Some(one) if result.certain && !open => {
            format!("Your cell says: {}.", short(&one.label))
        }
        Some(one) if result.certain => format!(
            "Your cell says: {}. No open question can change that.",
            short(&one.label)
        ),
        Some(one) => format!(
            "Your cell says: {}. {} it could be {possible}.",
            short(&one.label),
            if open {
                "Once open questions are answered"
            } else {
                "With the answers that are hidden"
            }
        ),
        None if result.possible.is_empty() => "The inputs of this table do not apply.".to_owned(),
        None => format!("Too little is answered to choose a cell; possible: {possible}."),
    }
}
