//! The program an evaluation runs: flat arrays of small steps over indices, without any text.

use super::rule::{DecisionRule, LadderRule, MetricRule, Requirement, ScoreRule};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

/// The compiled side of a rulebook.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The reading of each question while it is not answered; questions are the first items.
    pub questions: Vec<Reading>,
    /// Number of items: an evaluation fills a reading for each.
    pub items: usize,
    /// Every atom of every condition and table cell.
    pub atoms: Vec<Atom>,
    /// Steps, in an order in which everything read was written before.
    pub steps: Vec<Step>,
    /// For each item, the place of the step that writes its reading.
    places: Vec<Option<usize>>,
    /// Dependencies of items on questions, worked out when first asked for.
    reach: OnceLock<Reach>,
    /// The condition of each gate.
    pub gates: Vec<Condition>,
    /// The condition of each finding.
    pub findings: Vec<Condition>,
    /// For each question, the condition under which it is called for; none where it always is.
    pub called_for: Vec<Option<Condition>>,
    /// For each question, true where a headline, a ladder or a gate reads it for its value.
    pub measured: Vec<bool>,
}

impl Program {
    /// The questions a score rests on, through other scores and through the tables it reads.
    pub(crate) fn questions_of(&self, score: usize) -> Vec<usize> {
        let (mut open, mut found) = (vec![score], BTreeSet::new());
        while let Some(node) = open.pop() {
            if node < self.questions.len() {
                found.insert(node);
            } else {
                open.extend(self.parts(node));
            }
        }
        found.into_iter().collect()
    }

    /// The items that a score or a decision is made of; empty for any other item.
    pub(crate) fn parts(&self, item: usize) -> Vec<usize> {
        match self.writer(item) {
            Some(Step::Score { score, .. }) => score.terms.iter().map(|term| term.node).collect(),
            Some(Step::Decide { table, .. }) => table.inputs.clone(),
            _ => Vec::new(),
        }
    }

    /// The step that writes the reading of an item; questions that are always relevant have none.
    fn writer(&self, item: usize) -> Option<&Step> {
        self.steps.get((*self.places.get(item)?)?)
    }

    /// Begins a program over so many items.
    pub(crate) fn begin(&mut self, items: usize) {
        self.items = items;
        self.places = vec![None; items];
    }

    /// Adds a step.
    pub(crate) fn push(&mut self, step: Step) {
        for item in step.writes() {
            if let Some(place) = self.places.get_mut(item) {
                *place = Some(self.steps.len());
            }
        }
        self.steps.push(step);
    }

    /// The condition under which a question is relevant; `None` where it always is.
    pub(crate) fn relevance(&self, item: usize) -> Option<&Condition> {
        let Step::Relevance { when, .. } = self.writer(item)? else {
            return None;
        };
        Some(when)
    }

    /// The rule of a score.
    #[must_use]
    pub fn score(&self, item: usize) -> Option<&ScoreRule> {
        let Step::Score { score, .. } = self.writer(item)? else {
            return None;
        };
        Some(score)
    }

    /// The table of a decision.
    #[must_use]
    pub fn table(&self, item: usize) -> Option<&DecisionRule> {
        let Step::Decide { table, .. } = self.writer(item)? else {
            return None;
        };
        Some(table)
    }

    /// The rule of a ladder.
    #[must_use]
    pub fn ladder(&self, item: usize) -> Option<&LadderRule> {
        let Step::Climb { ladder, .. } = self.writer(item)? else {
            return None;
        };
        Some(ladder)
    }

    /// The rule of the metric a figure belongs to.
    #[must_use]
    pub fn metric(&self, item: usize) -> Option<&MetricRule> {
        let Step::Measure { metric, .. } = self.writer(item)? else {
            return None;
        };
        Some(metric)
    }

    /// The ladders, each with its item.
    pub(crate) fn ladders(&self) -> impl Iterator<Item = (usize, &LadderRule)> {
        let nodes = 0..self.items;
        nodes.filter_map(|node| Some((node, self.ladder(node)?)))
    }

    /// The demands of all levels of all ladders.
    pub(crate) fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        let levels = self.ladders().flat_map(|(_, ladder)| &ladder.levels);
        levels.flat_map(|level| &level.requirements)
    }

    /// The items a condition tests.
    pub(crate) fn read_in(&self, when: &Condition) -> Vec<usize> {
        let atoms = when.atoms().into_iter();
        let nodes = atoms.filter_map(|(atom, _)| self.atoms.get(atom).map(|atom| atom.node));
        nodes.collect()
    }

    /// The items a requirement of a ladder tests.
    pub(crate) fn read_by(&self, requirement: &Requirement) -> Vec<usize> {
        match requirement {
            Requirement::From(atom) | Requirement::Floor(atom) => {
                let atom = self.atoms.get(*atom);
                atom.map(|atom| atom.node).into_iter().collect()
            }
            Requirement::Gate(gate) => {
                let gate = self.gates.get(*gate);
                gate.map_or_else(Vec::new, |gate| self.read_in(gate))
            }
            Requirement::Basis => Vec::new(),
            Requirement::Confidence(node, _) => vec![*node],
        }
    }

    /// The steps some items need, their own among them.
    pub(crate) fn needed(&self, nodes: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let (mut nodes, mut steps) = (BTreeSet::from_iter(nodes), BTreeSet::new());
        for (place, step) in self.steps.iter().enumerate().rev() {
            if step.writes().any(|one| nodes.contains(&one)) {
                nodes.extend(step.reads(self));
                steps.insert(place);
            }
        }
        steps
    }

    /// Dependencies of items on questions.
    pub(crate) fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| Reach::new(self))
    }
}

/// One step of an evaluation; `node` is the item whose reading it writes.
#[derive(Debug, Clone)]
pub enum Step {
    /// A question that other answers may make irrelevant.
    Relevance {
        /// The question.
        node: usize,
        /// It is relevant while this holds.
        when: Condition,
    },
    /// A score.
    Score {
        /// The score.
        node: usize,
        /// Its rule.
        score: ScoreRule,
    },
    /// A decision.
    Decide {
        /// The decision.
        node: usize,
        /// Its table.
        table: DecisionRule,
    },
    /// A metric; its figures follow one another.
    Measure {
        /// Its first figure.
        first: usize,
        /// Its rule.
        metric: MetricRule,
    },
    /// A ladder.
    Climb {
        /// The ladder.
        node: usize,
        /// Its levels.
        ladder: LadderRule,
    },
}

impl Step {
    /// The items whose readings it writes.
    pub(crate) fn writes(&self) -> Range<usize> {
        match self {
            Self::Relevance { node, .. }
            | Self::Score { node, .. }
            | Self::Decide { node, .. }
            | Self::Climb { node, .. } => *node..node + 1,
            Self::Measure { first, metric } => *first..first + metric.kind.spec().figures.len(),
        }
    }

    /// The items it reads.
    pub(crate) fn reads(&self, program: &Program) -> Vec<usize> {
        match self {
            Self::Relevance { when, .. } => program.read_in(when),
            Self::Score { score, .. } => {
                let terms = score.terms.iter().map(|term| term.node);
                let caps = score.caps.iter().map(|cap| &cap.when);
                let gathered = score.terms.iter().filter(|term| term.gathered);
                let called_for =
                    gathered.filter_map(|term| program.called_for.get(term.node)?.as_ref());
                let tested = caps
                    .chain(called_for)
                    .flat_map(|when| program.read_in(when));
                terms.chain(tested).collect()
            }
            Self::Decide { table, .. } => table.inputs.clone(),
            Self::Measure { metric, .. } => metric.inputs.iter().flatten().copied().collect(),
            Self::Climb { ladder, .. } => {
                let requirements = ladder.levels.iter().flat_map(|level| &level.requirements);
                let read = requirements.flat_map(|requirement| program.read_by(requirement));
                ladder.of.into_iter().chain(read).collect()
            }
        }
    }
}

/// Dependencies of items on questions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    /// For each item, the questions below it: one flag per question.
    below: Vec<Vec<bool>>,
    /// For each question, the steps it moves, in running order.
    pub(crate) moves: Vec<Vec<usize>>,
}

impl Reach {
    fn new(program: &Program) -> Self {
        let questions = program.questions.len();
        let own = |node: usize| (0..questions).map(|question| question == node).collect();
        let mut below: Vec<Vec<bool>> = (0..program.items).map(own).collect();
        let mut moves = vec![Vec::new(); questions];
        for (place, step) in program.steps.iter().enumerate() {
            let mut read = step.reads(program);
            if let Step::Relevance { node, .. } = step {
                read.push(*node);
            }
            let mut union = vec![false; questions];
            for flags in read.iter().filter_map(|node| below.get(*node)) {
                for (all, one) in union.iter_mut().zip(flags) {
                    *all |= one;
                }
            }
            for (moves, _) in moves.iter_mut().zip(&union).filter(|(_, moved)| **moved) {
                moves.push(place);
            }
            for node in step.writes() {
                if let Some(flags) = below.get_mut(node) {
                    flags.clone_from(&union);
                }
            }
        }
        Self { below, moves }
    }

    /// True where an item rests on a question, directly or through others.
    pub(crate) fn rests(&self, node: usize, question: usize) -> bool {
        let below = self.below.get(node);
        below.and_then(|flags| flags.get(question)) == Some(&true)
    }
}
