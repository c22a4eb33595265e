//! What decides whether a question is relevant, as data for the script of a form.
//!
//! The script judges the same conditions over the same readings as an evaluation. They read
//! questions alone, and it takes those that some asked question hangs on.

use crate::rules::condition::{Atom, Condition, Test};
use crate::rules::rulebook::{Program, Step};
use serde::Serialize;
use std::collections::BTreeSet;

/// A number as JSON; what JSON has no number for is a text that JavaScript reads as one.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub(super) enum Num {
    Finite(f64),
    Other(&'static str),
}

impl From<f64> for Num {
    fn from(value: f64) -> Self {
        match value {
            _ if value.is_finite() => Self::Finite(value),
            _ if value.is_nan() => Self::Other("NaN"),
            _ if value > 0.0 => Self::Other("Infinity"),
            _ => Self::Other("-Infinity"),
        }
    }
}

/// All that the script judges.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Logic {
    /// Questions that something hangs on.
    shapes: Vec<ShapeTold>,
    /// In the order of evaluation.
    steps: Vec<Ask>,
}

#[derive(Debug, Clone, Serialize)]
struct ShapeTold {
    node: usize,
    least: Num,
    most: Num,
    /// A set, as the decimal number of its bits.
    all: String,
    /// Whether it may be answered "not applicable".
    out: bool,
}

/// A question that is relevant while a condition holds.
#[derive(Debug, Clone, Serialize)]
struct Ask {
    node: usize,
    when: When,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
enum When {
    Atom(AtomTold),
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
    AtLeast(usize, Vec<When>),
}

/// A test of an item; without a node, of one the assessment does without.
#[derive(Debug, Clone, Serialize)]
struct AtomTold {
    node: Option<usize>,
    test: TestTold,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TestTold {
    Any,
    Number([Num; 2]),
    Index([Num; 2]),
    One(String),
    Some(String),
    Unknown,
    NotApplicable,
}

impl From<&Test> for TestTold {
    fn from(test: &Test) -> Self {
        match test {
            Test::Any => Self::Any,
            Test::Number(interval) => Self::Number(interval.ends().map(Num::from)),
            Test::Index(interval) => Self::Index(interval.ends().map(Num::from)),
            Test::OneOf(set) => Self::One(set.to_string()),
            Test::SomeOf(set) => Self::Some(set.to_string()),
            Test::Unknown => Self::Unknown,
            Test::NotApplicable => Self::NotApplicable,
        }
    }
}

impl Logic {
    /// The conditions that decide over these questions.
    pub(super) fn new(program: &Program, asked: impl Iterator<Item = usize>) -> Self {
        let mut wanted: BTreeSet<usize> = asked.collect();
        let mut steps = Vec::new();
        for step in program.steps.iter().rev() {
            let Step::Relevance { node, when } = step else {
                continue;
            };
            if wanted.contains(node) {
                let atoms = when.atoms().into_iter();
                let read = atoms.filter_map(|(atom, _)| Some(program.atoms.get(atom)?.node));
                wanted.extend(read);
                steps.push(Ask {
                    node: *node,
                    when: When::new(program, when),
                });
            }
        }
        steps.reverse();
        let shapes = program.questions.iter().enumerate();
        let shapes = shapes.filter(|(node, _)| wanted.contains(node));
        let shapes = shapes.map(|(node, shape)| ShapeTold {
            node,
            least: shape.least.into(),
            most: shape.most.into(),
            all: shape.possible.to_string(),
            out: shape.may_leave,
        });
        Self {
            shapes: shapes.collect(),
            steps,
        }
    }
}

impl When {
    fn new(program: &Program, condition: &Condition) -> Self {
        let parts = |list: &[Condition]| list.iter().map(|part| Self::new(program, part)).collect();
        match condition {
            Condition::Atom(atom) => Self::Atom(AtomTold::new(program, *atom)),
            Condition::All(list) => Self::All(parts(list)),
            Condition::Any(list) => Self::Any(parts(list)),
            Condition::Not(part) => Self::Not(Box::new(Self::new(program, part))),
            Condition::AtLeast(n, list) => Self::AtLeast(*n, parts(list)),
        }
    }
}

impl AtomTold {
    fn new(program: &Program, place: usize) -> Self {
        let atom = program.atoms.get(place).unwrap_or(&Atom::NOT_ASKED);
        Self {
            node: Some(atom.node).filter(|node| *node < program.len()),
            test: TestTold::from(&atom.test),
        }
    }
}
