//! A decision drawn over two of its inputs, cut where its rules cut them, with the client's cell.
//!
//! A cell holds the values that every rule treats alike, so the cell the client stands in is that of
//! the rule that decided.

mod axis;

use crate::assess::assessment::MatchedResult;
use crate::rules::condition::Test;
use crate::rules::rulebook::{DecisionRule, Domain, ItemKind, Rule, Rulebook};
use crate::rules::vocabulary::HitPolicy;
use axis::{Axis, Band};
use serde::Serialize;

/// A map of a decision.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Grid<'a> {
    /// Name of the input across.
    pub across: &'a str,
    /// Name of the input up.
    pub up: &'a str,
    /// The bands across, from left to right: "below 2", "2 to below 3", "3 and above".
    pub columns: Vec<String>,
    /// The rows, highest band first.
    pub rows: Vec<GridRow<'a>>,
    /// The client's figures, across and up; null where no cell is chosen, or bands name choices.
    pub at: Option<(String, String)>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GridRow<'a> {
    /// Its band.
    pub band: String,
    /// Its cells, from left to right.
    pub cells: Vec<GridCell<'a>>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GridCell<'a> {
    /// The outcome there.
    pub outcome: &'a str,
    /// True if the client stands there.
    pub here: bool,
    /// True if open answers may lead there.
    pub possible: bool,
}

impl<'a> Grid<'a> {
    /// The map of a decision over two of its inputs; `None` where it does not read them, or one is
    /// no scale.
    pub(super) fn new(
        result: &MatchedResult<'a>,
        decision: usize,
        x: usize,
        y: usize,
    ) -> Option<Self> {
        let rulebook = result.rulebook();
        let table = rulebook.program.table(decision)?;
        let ItemKind::Decision { outcomes } = &rulebook.item(decision)?.kind else {
            return None;
        };
        let column = |node: usize| table.inputs.iter().position(|input| *input == node);
        let columns = (column(x)?, column(y)?);
        let x = axis(result, table, x, columns.0)?;
        let y = axis(result, table, y, columns.1)?;
        let decided = result
            .decision(decision)
            .is_some_and(|one| !one.outcome.is_empty());
        let here = x.here().zip(y.here()).filter(|_| decided);
        let cell = |across: usize, up: usize, of_x: &Band, of_y: &Band| {
            let admits = |rule: &Rule| {
                passes(rulebook, rule, columns.0, &x, of_x)
                    && passes(rulebook, rule, columns.1, &y, of_y)
            };
            let outcome = outcome(table, admits).and_then(|place| outcomes.get(place));
            GridCell {
                outcome: outcome.map_or("", |one| &one.label),
                here: here == Some((across, up)),
                possible: x.may(across) && y.may(up),
            }
        };
        let row = |(up, of_y): (usize, &Band)| {
            let cells = x.bands.iter().enumerate();
            GridRow {
                band: y.label(of_y),
                cells: cells
                    .map(|(across, of_x)| cell(across, up, of_x, of_y))
                    .collect(),
            }
        };
        Some(Self {
            across: &x.item.label,
            up: &y.item.label,
            columns: x.bands.iter().map(|band| x.label(band)).collect(),
            rows: y.bands.iter().enumerate().rev().map(row).collect(),
            at: here.and_then(|_| x.figure().zip(y.figure())),
        })
    }
}

/// An input of a decision, cut where the rules of its table cut it.
fn axis<'a>(
    result: &MatchedResult<'a>,
    table: &DecisionRule,
    node: usize,
    column: usize,
) -> Option<Axis<'a>> {
    let rulebook = result.rulebook();
    let item = rulebook.item(node)?;
    let (least, most) = match &item.domain {
        Domain::Number { least, most, .. }
        | Domain::Choices {
            worth: Some((least, most)),
            ..
        } => (*least, *most),
        Domain::Outcomes { names, .. } | Domain::Choices { names, .. } => {
            let last = u32::try_from(names.len().saturating_sub(1)).unwrap_or(u32::MAX);
            (0.0, f64::from(last))
        }
        Domain::Text => return None,
    };
    if !(least.is_finite() && most.is_finite()) {
        return None;
    }
    let rules = table.rules.iter();
    let tests = rules.filter_map(|rule| test(rulebook, rule, column));
    let value = value(result, node, (least, most));
    Some(Axis::new(item, (least, most), tests.collect(), value))
}

/// Value of the client on an input, and the least and the most it may still be.
fn value(
    result: &MatchedResult<'_>,
    node: usize,
    (least, most): (f64, f64),
) -> (Option<f64>, f64, f64) {
    if let Some(score) = result.score(node) {
        let (low, high) = score.range.map_or((least, most), |one| (one.low, one.high));
        return (score.value, low, high);
    }
    let value = result.question(node).and_then(|question| {
        question.value.or_else(|| {
            let choices = &result.rulebook().item(node)?.kind.question()?.choices;
            let mine = question.answer.first()?;
            let place = choices.iter().position(|one| one.value == *mine)?;
            u32::try_from(place).ok().map(f64::from)
        })
    });
    (value, value.unwrap_or(least), value.unwrap_or(most))
}

fn test<'a>(rulebook: &'a Rulebook, rule: &Rule, column: usize) -> Option<&'a Test> {
    let atom = rulebook.program.atoms.get(*rule.cells.get(column)?);
    atom.map(|atom| &atom.test)
}

fn passes(rulebook: &Rulebook, rule: &Rule, column: usize, axis: &Axis<'_>, band: &Band) -> bool {
    let test = test(rulebook, rule, column);
    test.is_some_and(|test| axis.passes(test, band.inside))
}

/// The outcome of the rules that admit a cell: the first of them, or where all that match count,
/// the first outcome.
fn outcome(table: &DecisionRule, admits: impl Fn(&Rule) -> bool) -> Option<usize> {
    let mut found = table.rules.iter().filter(|rule| admits(rule));
    let outcome = match table.hit_policy {
        HitPolicy::Unique | HitPolicy::First => found.next().map(|rule| rule.outcome),
        HitPolicy::Collect => found.map(|rule| rule.outcome).min(),
    };
    outcome.and_then(|outcome| usize::try_from(outcome).ok())
}
