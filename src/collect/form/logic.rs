//! What decides whether a question is relevant, as data for the script of a form.
//!
//! The script walks the same steps over the same readings as
//! [`evaluate`](crate::assess::evaluate::evaluate). It takes only what some asked question hangs on, and only
//! what a single response can tell: a ladder needs the basis of the assessment and a metric may need
//! a customer table, so a question that hangs on one of these is always asked.

use crate::rules::condition::{Atom, Condition, Test, VERDICT_COVERAGE};
use crate::rules::rulebook::{HitPolicy, Program, Rulebook, ScoreRule, Step, Table};
use crate::rules::vocabulary::Aggregate;
use crate::text::number::TOLERANCE;
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

/// All that the script evaluates.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Logic {
    /// The coverage from which on a score decides.
    verdict: f64,
    /// Questions that something hangs on.
    shapes: Vec<ShapeTold>,
    /// In the engine's order.
    steps: Vec<StepTold>,
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

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
enum StepTold {
    Ask {
        node: usize,
        when: When,
    },
    Score {
        node: usize,
        aggregate: Aggregate,
        terms: Vec<(usize, f64)>,
        normalise: bool,
        test: [Num; 2],
        least: Num,
        most: Num,
        caps: Vec<CapTold>,
    },
    Decide {
        node: usize,
        policy: HitPolicy,
        inputs: Vec<usize>,
        outcomes: u32,
        rules: Vec<RuleTold>,
    },
}

#[derive(Debug, Clone, Serialize)]
struct CapTold {
    when: When,
    at: f64,
}

#[derive(Debug, Clone, Serialize)]
struct RuleTold {
    cells: Vec<AtomTold>,
    outcome: u32,
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

/// Items by what becomes of them in a form.
pub(super) struct Reach<'a> {
    program: &'a Program,
    /// Whether a single response tells the item, by item.
    told: Vec<bool>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(rulebook: &'a Rulebook) -> Self {
        let program = rulebook.program();
        let mut told = vec![true; program.len()];
        for step in &program.steps {
            let known = |nodes: BTreeSet<usize>| {
                let mut nodes = nodes.into_iter();
                nodes.all(|node| told.get(node).copied().unwrap_or(true))
            };
            let (first, count, is) = match step {
                Step::Relevance { node, .. }
                | Step::Score { node, .. }
                | Step::Decide { node, .. } => (*node, 1, known(reads(program, step))),
                Step::Climb { node, .. } => (*node, 1, false),
                Step::Measure { first, metric } => {
                    (*first, metric.kind.spec().figures.len(), false)
                }
            };
            told.iter_mut()
                .skip(first)
                .take(count)
                .for_each(|slot| *slot = is);
        }
        Self { program, told }
    }

    /// Whether the form can tell when a question is relevant.
    pub(super) fn tells(&self, node: usize) -> bool {
        self.told.get(node).copied().unwrap_or(false)
    }

    /// The steps that decide over these questions.
    pub(super) fn logic(&self, asked: impl Iterator<Item = usize>) -> Logic {
        let mut wanted: BTreeSet<usize> = asked.filter(|node| self.tells(*node)).collect();
        let mut steps = Vec::new();
        for step in self.program.steps.iter().rev() {
            let (Step::Relevance { node, .. }
            | Step::Score { node, .. }
            | Step::Decide { node, .. }) = step
            else {
                continue;
            };
            if wanted.contains(node) {
                wanted.extend(reads(self.program, step));
                steps.extend(self.step(step));
            }
        }
        steps.reverse();
        let shapes = self.program.shapes.iter().enumerate();
        let shapes = shapes.filter(|(node, _)| wanted.contains(node));
        let shapes = shapes.map(|(node, shape)| ShapeTold {
            node,
            least: shape.least.into(),
            most: shape.most.into(),
            all: shape.all.to_string(),
            out: shape.may_not_apply,
        });
        Logic {
            verdict: VERDICT_COVERAGE - TOLERANCE,
            shapes: shapes.collect(),
            steps,
        }
    }

    fn step(&self, step: &Step) -> Option<StepTold> {
        match step {
            Step::Relevance { node, when } => Some(StepTold::Ask {
                node: *node,
                when: self.when(when),
            }),
            Step::Score { node, score } => Some(self.score(*node, score)),
            Step::Decide { node, table } => Some(self.decide(*node, table)),
            Step::Measure { .. } | Step::Climb { .. } => None,
        }
    }

    fn score(&self, node: usize, rule: &ScoreRule) -> StepTold {
        let caps = rule.caps.iter().map(|cap| CapTold {
            when: self.when(&cap.when),
            at: cap.at,
        });
        StepTold::Score {
            node,
            aggregate: rule.aggregate,
            terms: rule
                .terms
                .iter()
                .map(|term| (term.node, term.weight))
                .collect(),
            normalise: rule.normalise,
            test: rule.test.ends().map(Num::from),
            least: rule.least.into(),
            most: rule.most.into(),
            caps: caps.collect(),
        }
    }

    fn decide(&self, node: usize, table: &Table) -> StepTold {
        let rules = table.rules.iter().map(|rule| RuleTold {
            cells: rule.cells.iter().map(|cell| self.atom(*cell)).collect(),
            outcome: rule.outcome,
        });
        StepTold::Decide {
            node,
            policy: table.hit_policy,
            inputs: table.inputs.clone(),
            outcomes: table.outcomes,
            rules: rules.collect(),
        }
    }

    fn when(&self, condition: &Condition) -> When {
        let parts = |list: &[Condition]| list.iter().map(|part| self.when(part)).collect();
        match condition {
            Condition::Atom(atom) => When::Atom(self.atom(*atom)),
            Condition::All(list) => When::All(parts(list)),
            Condition::Any(list) => When::Any(parts(list)),
            Condition::Not(part) => When::Not(Box::new(self.when(part))),
            Condition::AtLeast(n, list) => When::AtLeast(*n, parts(list)),
        }
    }

    fn atom(&self, place: usize) -> AtomTold {
        let atom = self.program.atoms.get(place).unwrap_or(&Atom::NOT_ASKED);
        AtomTold {
            node: Some(atom.node).filter(|node| *node < self.program.len()),
            test: TestTold::from(&atom.test),
        }
    }
}

/// The items a step reads.
fn reads(program: &Program, step: &Step) -> BTreeSet<usize> {
    let atom = |place: usize| program.atoms.get(place).map(|atom| atom.node);
    let of = |when: &Condition| {
        let atoms = when.atoms().into_iter();
        atoms
            .filter_map(|(place, _)| atom(place))
            .collect::<Vec<_>>()
    };
    let nodes: Vec<usize> = match step {
        Step::Relevance { when, .. } => of(when),
        Step::Score { score, .. } => {
            let caps = score.caps.iter().flat_map(|cap| of(&cap.when));
            score
                .terms
                .iter()
                .map(|term| term.node)
                .chain(caps)
                .collect()
        }
        Step::Decide { table, .. } => table.inputs.clone(),
        Step::Measure { .. } | Step::Climb { .. } => Vec::new(),
    };
    let there = |node: &usize| *node < program.len();
    nodes.into_iter().filter(there).collect()
}
