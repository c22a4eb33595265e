//! The questions a ladder reads, and the tests they have to pass.

use crate::rules::condition::{Condition, Test};
use crate::rules::rulebook::{Check, DecisionRule, Program, ScoreRule, Step};
use std::collections::{BTreeMap, BTreeSet};

/// The questions a ladder reads, through scores, decisions and gates.
///
/// Conditions that only make questions relevant are left out: they read facts about the firm. Figures of metrics are left out too: they are results.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Every item read on the way.
    items: BTreeSet<usize>,
    /// For each question, every test of it.
    tests: BTreeMap<usize, Vec<Test>>,
    /// The questions whose worth enters a score.
    entering: BTreeSet<usize>,
    /// The questions that a cap itself asks about.
    capping: BTreeSet<usize>,
}

impl Reads {
    pub(super) fn new(program: &Program, ladder: usize) -> Self {
        let mut reads = Self::default();
        let mut open = vec![ladder];
        while let Some(node) = open.pop() {
            if !reads.items.insert(node) {
                continue;
            }
            if let Some(rule) = program.score(node) {
                open.extend(reads.score(program, rule));
            } else if let Some(table) = program.table(node) {
                open.extend(reads.table(program, table));
            } else if let Some(rungs) = program.ladder(node) {
                let checks = rungs.levels.iter().flat_map(|level| &level.checks);
                for check in checks {
                    open.extend(reads.check(program, check));
                }
            }
        }
        for step in &program.steps {
            if let Step::Relevance { node, when } = step
                && reads.items.contains(node)
            {
                reads.condition(program, when);
            }
        }
        reads
    }

    /// Returns true if a question is read for its value.
    pub(super) fn reads(&self, question: usize) -> bool {
        self.items.contains(&question)
    }

    /// The tests of a question.
    pub(super) fn tests(&self, question: usize) -> &[Test] {
        self.tests.get(&question).map_or(&[], Vec::as_slice)
    }

    /// Returns true if the worth of a question enters a score.
    pub(super) fn enters(&self, question: usize) -> bool {
        self.entering.contains(&question)
    }

    /// Returns true if a cap itself asks about a question.
    pub(super) fn caps(&self, question: usize) -> bool {
        self.capping.contains(&question)
    }

    fn score(&mut self, program: &Program, rule: &ScoreRule) -> Vec<usize> {
        let mut nodes: Vec<usize> = rule.terms.iter().map(|term| term.node).collect();
        for node in &nodes {
            if rule.aggregate.properties().tests {
                let test = if rule.normalise {
                    Test::Index(rule.test)
                } else {
                    Test::Number(rule.test)
                };
                self.tests.entry(*node).or_default().push(test);
            } else {
                self.entering.insert(*node);
            }
        }
        for cap in &rule.caps {
            let read = self.condition(program, &cap.when);
            self.capping.extend(&read);
            nodes.extend(read);
        }
        nodes
    }

    fn table(&mut self, program: &Program, table: &DecisionRule) -> Vec<usize> {
        for cell in table.rules.iter().flat_map(|rule| &rule.cells) {
            self.atom(program, *cell);
        }
        table.inputs.clone()
    }

    fn check(&mut self, program: &Program, check: &Check) -> Vec<usize> {
        match check {
            Check::From(atom) | Check::Floor(atom) => self.atom(program, *atom),
            Check::Gate(gate) => {
                let when = program.gates.get(*gate);
                return when.map_or_else(Vec::new, |when| self.condition(program, when));
            }
            Check::Basis | Check::Confidence(..) => None,
        }
        .into_iter()
        .collect()
    }

    fn condition(&mut self, program: &Program, when: &Condition) -> Vec<usize> {
        let atoms = when.atoms().into_iter();
        atoms
            .filter_map(|(atom, _)| self.atom(program, atom))
            .collect()
    }

    /// Takes note of a test, and returns the item it reads.
    fn atom(&mut self, program: &Program, atom: usize) -> Option<usize> {
        let atom = program.atoms.get(atom)?;
        let tests = self.tests.entry(atom.node).or_default();
        if !tests.contains(&atom.test) {
            tests.push(atom.test.clone());
        }
        Some(atom.node)
    }
}
