//! What rests on what: the questions behind each item, and the steps each question moves.

use super::{Check, Program, Step};
use std::collections::BTreeSet;
use std::ops::Range;

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
                let caps = score.caps.iter().flat_map(|cap| program.read_in(&cap.when));
                let gathered = score.terms.iter().filter(|term| term.gathered);
                let called_for =
                    gathered.filter_map(|term| program.called_for.get(term.node)?.as_ref());
                let called_for = called_for.flat_map(|when| program.read_in(when));
                terms.chain(caps).chain(called_for).collect()
            }
            Self::Decide { table, .. } => table.inputs.clone(),
            Self::Measure { metric, .. } => metric.inputs.iter().flatten().copied().collect(),
            Self::Climb { ladder, .. } => {
                let checks = ladder.levels.iter().flat_map(|level| &level.checks);
                let read = checks.flat_map(|check| program.read_by(check));
                ladder.of.into_iter().chain(read).collect()
            }
        }
    }
}

impl Program {
    /// The items a condition tests.
    pub(crate) fn read_in(&self, when: &crate::rules::condition::Condition) -> Vec<usize> {
        let atoms = when.atoms().into_iter();
        let nodes = atoms.filter_map(|(atom, _)| self.atoms.get(atom).map(|atom| atom.node));
        nodes.collect()
    }

    /// The items a check of a ladder tests.
    pub(crate) fn read_by(&self, check: &Check) -> Vec<usize> {
        match check {
            Check::From(atom) | Check::Floor(atom) => self
                .atoms
                .get(*atom)
                .map(|atom| atom.node)
                .into_iter()
                .collect(),
            Check::Gate(gate) => self
                .gates
                .get(*gate)
                .map_or_else(Vec::new, |gate| self.read_in(gate)),
            Check::Basis => Vec::new(),
            Check::Confidence(node, _) => vec![*node],
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

    /// What rests on what, worked out at the first asking.
    pub(crate) fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| Reach::new(self))
    }
}

/// What rests on what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    /// Questions in words of 64 bits, item by item.
    below: Vec<u64>,
    words: usize,
    /// For each question, the steps it moves, in running order.
    moves: Vec<Vec<usize>>,
    /// Those of them that any score needs.
    scored: Vec<Vec<usize>>,
}

impl Reach {
    fn new(program: &Program) -> Self {
        let questions = program.shapes.len();
        let words = questions.div_ceil(64).max(1);
        let mut reach = Self {
            below: vec![0; program.len() * words],
            words,
            moves: vec![Vec::new(); questions],
            scored: Vec::new(),
        };
        for question in 0..questions {
            reach.mark(question, &[(question / 64, 1 << (question % 64))]);
        }
        for (place, step) in program.steps.iter().enumerate() {
            let mut union = vec![0_u64; words];
            let own = matches!(step, Step::Relevance { .. }).then(|| step.writes());
            for node in step
                .reads(program)
                .into_iter()
                .chain(own.into_iter().flatten())
            {
                let bits = reach.bits(node).iter();
                union
                    .iter_mut()
                    .zip(bits)
                    .for_each(|(sum, one)| *sum |= one);
            }
            let marks: Vec<_> = union.iter().copied().enumerate().collect();
            for node in step.writes() {
                reach.mark(node, &marks);
            }
            for (question, moves) in reach.moves.iter_mut().enumerate() {
                if union
                    .get(question / 64)
                    .is_some_and(|word| word >> (question % 64) & 1 == 1)
                {
                    moves.push(place);
                }
            }
        }
        let scores = program
            .steps
            .iter()
            .filter(|step| matches!(step, Step::Score { .. }));
        let needed = program.needed(scores.map(|step| step.writes().start));
        let wanted = |moves: &Vec<usize>| -> Vec<usize> {
            let moves = moves.iter().copied();
            moves.filter(|place| needed.contains(place)).collect()
        };
        reach.scored = reach.moves.iter().map(wanted).collect();
        reach
    }

    fn mark(&mut self, node: usize, marks: &[(usize, u64)]) {
        for (word, bits) in marks {
            if let Some(slot) = self.below.get_mut(node * self.words + word) {
                *slot |= bits;
            }
        }
    }

    fn bits(&self, node: usize) -> &[u64] {
        // An atom of an item that is not asked names no item.
        let from = node.saturating_mul(self.words);
        let to = from.saturating_add(self.words);
        self.below.get(from..to).unwrap_or_default()
    }

    /// Whether an item rests on a question, directly or through others.
    pub(crate) fn rests(&self, node: usize, question: usize) -> bool {
        let word = self.bits(node).get(question / 64);
        word.is_some_and(|word| word >> (question % 64) & 1 == 1)
    }

    /// For each question, the steps it moves that any score needs.
    pub(crate) fn scored(&self) -> &[Vec<usize>] {
        &self.scored
    }

    /// For each question, the steps it moves, in running order.
    pub(crate) fn moves(&self) -> &[Vec<usize>] {
        &self.moves
    }
}
