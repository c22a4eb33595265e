//! Rules of scores, decisions, metrics and ladders, over indices; the scores that make up the profile
//! of a firm, with the indices on which levels depend; and the position of an answer on its scale.

use super::item::{Choice, Domain, Item, Question};
use super::program::{Program, Step};
use super::{ExhibitKind, Pack, Rulebook};
use crate::message;
use crate::rules::condition::{Atom, Condition, Interval, Test};
use crate::rules::metric::{MetricKind, TableName, Timing};
use crate::rules::pack::file::Part;
use crate::rules::vocabulary::{Aggregate, ConfidenceGrade, HitPolicy};
use crate::text::number::{TOLERANCE, apart, short as number};
use std::collections::{BTreeSet, HashSet};

/// Rule of a score.
#[derive(Debug, Clone)]
pub struct ScoreRule {
    /// Rule by which children become one value.
    pub aggregate: Aggregate,
    /// The children with their weights.
    pub terms: Vec<Term>,
    /// Set where children are put on `0..=100` first.
    pub normalise: bool,
    /// Test of each child in `count` and `share`.
    pub test: Interval,
    /// Least possible value.
    pub least: f64,
    /// Most possible value.
    pub most: f64,
    /// Conditions that may hold the value down.
    pub caps: Vec<Cap>,
}

/// One child of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// The child.
    pub node: usize,
    /// Its weight, above 0.
    pub weight: f64,
    /// Set where it was gathered from all packs of the assessment, and so is left out while it is not
    /// called for.
    pub gathered: bool,
}

/// A condition that holds a score down.
#[derive(Debug, Clone)]
pub struct Cap {
    /// It bites while this holds.
    pub when: Condition,
    /// The most the score can be then.
    pub at: f64,
}

/// A decision table.
#[derive(Debug, Clone)]
pub struct DecisionRule {
    /// Rule by which matching rows count.
    pub hit_policy: HitPolicy,
    /// The items its columns read.
    pub inputs: Vec<usize>,
    /// Its rows.
    pub rules: Vec<Rule>,
    /// Number of outcomes.
    pub outcomes: u32,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Reason for its outcome.
    pub because: String,
    /// Its cells as written.
    pub written: Vec<String>,
    /// One atom per input, by index.
    pub cells: Vec<usize>,
    /// The place of the outcome.
    pub outcome: u32,
}

/// Rule of a metric.
#[derive(Debug, Clone)]
pub struct MetricRule {
    /// Its kind.
    pub kind: MetricKind,
    /// The questions behind each of its inputs, added up; none for an input left out.
    pub inputs: Vec<Vec<usize>>,
    /// The table it reads, where it reads one.
    pub table: Option<TableName>,
    /// Time of the first margin.
    pub timing: Timing,
    /// The horizon, in periods.
    pub periods: Option<u32>,
    /// The section whose ratings are its inputs, all of them and no others, by its id in full.
    pub scale: Option<String>,
}

/// The levels of a ladder, lowest first.
#[derive(Debug, Clone)]
pub struct LadderRule {
    /// The score the thresholds read.
    pub of: Option<usize>,
    /// Lowest first; the lowest has no requirements.
    pub levels: Vec<Level>,
}

/// Demands of a level, beyond those of the levels below.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// All must hold.
    pub requirements: Vec<Requirement>,
}

/// One demand of a level; numbers index atoms or gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// The ladder's score reaches a threshold.
    From(usize),
    /// One of a set reaches the floor.
    Floor(usize),
    /// A gate holds.
    Gate(usize),
    /// The assessment is on evidence, not on perception.
    Basis,
    /// A score, by its item, can be trusted so far.
    Confidence(usize, ConfidenceGrade),
}

impl ExhibitKind {
    /// The items it is about; what these are made of may be drawn too.
    pub(crate) fn items(&self) -> Vec<usize> {
        match self {
            Self::Dots(nodes) | Self::Bars(nodes) | Self::Verdicts(nodes) => nodes.clone(),
            Self::Star(node) => vec![*node],
            Self::Grid { decision, .. } => vec![*decision],
            Self::Steps { ladder, .. } => vec![*ladder],
            Self::Checklist(_) => Vec::new(),
        }
    }
}

/// The items that describe the market: everything the bars of the fit part show, and everything a
/// grid reads, down to its questions.
pub(crate) fn market(rulebook: &Rulebook, pack: &Pack) -> HashSet<usize> {
    let mut open: Vec<usize> = Vec::new();
    for exhibit in &pack.exhibits {
        if let ExhibitKind::Grid { x, y, .. } = &exhibit.kind {
            open.extend([x, y]);
        } else if let (ExhibitKind::Bars(nodes), Part::Fit) = (&exhibit.kind, exhibit.part) {
            open.extend(nodes);
        }
    }
    let mut all = HashSet::new();
    while let Some(node) = open.pop() {
        if all.insert(node) {
            let item = rulebook.item(node);
            open.extend(item.map_or(&[][..], |item| item.kind.children()));
        }
    }
    all
}

/// The scores that make up the profiles of all packs, by item.
pub(crate) fn profiles(rulebook: &Rulebook) -> impl Iterator<Item = usize> {
    let packs = rulebook.packs.iter().enumerate();
    packs.flat_map(|(place, pack)| profile(rulebook, place, &market(rulebook, pack)))
}

/// The scores that say how far the firm is: what ladders read, and every further average that
/// does not rest on the market.
pub(crate) fn profile(rulebook: &Rulebook, pack: usize, market: &HashSet<usize>) -> Vec<usize> {
    let read = level_atoms(&rulebook.program).map(|atom| atom.node);
    let read: HashSet<usize> = read.collect();
    let items = rulebook.items.iter().enumerate();
    let scores = items.filter_map(|(node, item)| {
        let score = rulebook.program.score(node)?;
        let properties = score.aggregate.properties();
        let own = item.section.is_some() && !properties.distance;
        let outside = score.terms.iter().any(|term| market.contains(&term.node));
        let kept = read.contains(&node) || ((properties.averages || own) && !outside);
        (item.pack == pack && kept).then_some(node)
    });
    scores.collect()
}

/// The tests of values that levels ask for.
fn level_atoms(program: &Program) -> impl Iterator<Item = &Atom> {
    program
        .requirements()
        .filter_map(|requirement| match requirement {
            Requirement::From(atom) | Requirement::Floor(atom) => program.atoms.get(*atom),
            Requirement::Gate(_) | Requirement::Basis | Requirement::Confidence(..) => None,
        })
}

/// The lower limit an atom names, as it is written.
pub(crate) fn limit(atom: &Atom) -> Option<f64> {
    match &atom.test {
        Test::Number(interval) | Test::Index(interval) => interval.from.limit(),
        Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => None,
    }
}

/// The lower limit an atom names, as an index of its item.
pub(crate) fn index_limit(rulebook: &Rulebook, atom: &Atom) -> Option<f64> {
    let limit = limit(atom)?;
    match (&atom.test, &rulebook.item(atom.node)?.domain) {
        (Test::Index(_), _) => Some(limit),
        (_, Domain::Number { least, most, .. }) => Some(share(limit, *least, *most)),
        _ => None,
    }
}

/// Indices at which a level depends on an item, by item.
pub(crate) fn thresholds(rulebook: &Rulebook) -> Vec<Vec<f64>> {
    let mut list = vec![Vec::new(); rulebook.items.len()];
    for atom in level_atoms(&rulebook.program) {
        if let (Some(limit), Some(slot)) = (index_limit(rulebook, atom), list.get_mut(atom.node)) {
            slot.push(limit);
        }
    }
    list
}

/// The place of a value between two ends, 0 to 100.
pub(crate) fn share(value: f64, low: f64, high: f64) -> f64 {
    if high > low {
        (value - low) / (high - low) * 100.0
    } else {
        0.0
    }
}

/// The scores of a pack that no other score of it reads. A distance between parts, a spread or a
/// difference, is not among them, and what only it reads still is.
pub(crate) fn topmost(items: &[Item], program: &Program, pack: usize) -> Vec<usize> {
    let own = |node: usize| items.get(node).is_some_and(|item| item.pack == pack);
    let scores = program.steps.iter().filter_map(|step| {
        let Step::Score { node, score } = step else {
            return None;
        };
        (own(*node) && !score.aggregate.properties().distance).then_some((*node, score))
    });
    let (mut found, mut read) = (BTreeSet::new(), BTreeSet::new());
    for (node, score) in scores {
        found.insert(node);
        read.extend(score.terms.iter().map(|term| term.node));
    }
    found.difference(&read).copied().collect()
}

/// Answer of somebody who took no choice.
pub(crate) const NONE_TAKEN: &str = "none of the choices";

/// Share of the way from the middle of two steps to either: a mean within it is near to neither.
const HALF_WAY: f64 = 0.3;

/// Position of an answer on a scale of scored steps.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ScalePosition<'q> {
    /// On a step.
    On(&'q Choice),
    /// Between two steps, as the mean of several people's answers can be; with the highest score
    /// there is.
    Between(f64, [&'q Choice; 2], f64),
}

impl<'q> ScalePosition<'q> {
    /// The position of an answer of this worth; `None` where it is worth nothing, or where steps are
    /// not scored one by one.
    pub(crate) fn of(question: &'q Question, worth: f64) -> Option<Self> {
        let one = question.kind.takes_one_step();
        let said = question.reverse_scored(worth);
        if !one || said.is_nan() || question.choices.iter().any(|step| step.score.is_none()) {
            return None;
        }
        let far = |step: &Choice| step.score.map_or(f64::NAN, |score| score - said);
        let steps = || question.choices.iter();
        if let Some(step) = steps().find(|step| far(step).abs() <= TOLERANCE) {
            return Some(Self::On(step));
        }
        let below = steps().filter(|step| far(step) < 0.0);
        let above = steps().filter(|step| far(step) > 0.0);
        let nearest = |a: &&Choice, b: &&Choice| far(a).abs().total_cmp(&far(b).abs());
        let ends = [below.min_by(nearest)?, above.min_by(nearest)?];
        let scores = steps().filter_map(|step| step.score);
        Some(Self::Between(said, ends, scores.fold(said, f64::max)))
    }

    /// The position as a number, "1" or "0.9".
    pub(crate) fn figure(self) -> String {
        let score = |step: &Choice| step.score.unwrap_or_default();
        match self {
            Self::On(step) => number(score(step)),
            Self::Between(said, ends, _) => apart(said, &ends.map(score)),
        }
    }

    /// The position in words: "Some (1)", the number only where that is wanted, or "nearest to
    /// ‘Some’ (0.9 of 4 on average)". Texts put an answer in quotes, so the quotes inside are single.
    pub(crate) fn words(self, numbered: bool) -> String {
        let score = |step: &Choice| number(step.score.unwrap_or_default());
        match self {
            Self::On(step) if numbered => format!("{} ({})", step.label, score(step)),
            Self::On(step) => step.label.clone(),
            Self::Between(said, [below, above], most) => {
                let score = |step: &Choice| step.score.unwrap_or_default();
                let near = (score(above) - said) - (said - score(below));
                let (figure, most) = (self.figure(), number(most));
                let apart = score(above) - score(below);
                if near.abs() <= apart * HALF_WAY + TOLERANCE {
                    let (label, label2) = (&below.label, &above.label);
                    message!("between-and", label, label2, figure, most)
                } else {
                    let nearest = if near < 0.0 { above } else { below };
                    let label = &nearest.label;
                    message!("nearest-to", label, figure, most)
                }
            }
        }
    }
}
