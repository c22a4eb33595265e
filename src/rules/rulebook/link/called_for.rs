//! What is called for, and what is measured: which questions may be gaps at all.
//!
//! A section or a score says when its items are called for. A question is called for when any of
//! the scores and sections above it that lead to a headline, a ladder or a gate wants it. Each way
//! up is a set of conditions that must all hold; a way without any makes the question always called
//! for.

use super::{Draft, Linker, read_by};
use crate::rules::condition::{Atom, Condition};
use crate::rules::rulebook::{Check, Step};
use crate::text::diagnostic::Code;
use crate::text::yaml::{Located, Value};
use std::collections::BTreeSet;

/// More ways up than these are nothing a reader could follow.
const MOST_WAYS: usize = 64;

/// Conditions, by their places among those of the linker, that together call for an item.
type Way = BTreeSet<usize>;

/// What reads an item for its value.
#[derive(Debug, Clone, Copy)]
struct Reader {
    /// The score or decision.
    node: usize,
    /// Whether the item's own section has a say in it: it was gathered, or is read in its own pack.
    by_section: bool,
}

/// Who reads which item, and which are read by a headline, a ladder or a gate.
struct Reading {
    readers: Vec<Vec<Reader>>,
    /// For each item, whether what reads it at the root listens to its section.
    roots: Vec<Vec<bool>>,
    measured: Vec<bool>,
}

impl<'a> Linker<'a> {
    /// The condition under which a question's section is called for.
    pub(super) fn section_called_for(&self, node: usize) -> Option<&'a Located<Value>> {
        let item = self.items.get(node)?;
        let section = self.sections.get(item.section?)?;
        let file = &self.loaded.get(item.pack)?.file;
        file.sections.get(&section.id)?.called_for.as_ref()
    }

    /// Adds to what questions read what decides whether they are called for.
    pub(super) fn called_for_reads(&mut self, edges: &mut [Vec<usize>]) {
        let drafts = std::mem::take(&mut self.drafts);
        for (node, draft) in drafts.iter().enumerate() {
            let Draft::Score(view) = draft else { continue };
            let Some(when) = view.called_for.filter(|_| !self.broken.contains(&node)) else {
                continue;
            };
            let pack = self.pack_of(node);
            let ids = read_by([when]);
            let read: Vec<usize> = ids
                .into_iter()
                .filter_map(|id| self.resolve(pack, id))
                .collect();
            let (mut seen, mut left) = (BTreeSet::new(), vec![node]);
            while let Some(node) = left.pop() {
                if self.broken.contains(&node) || !seen.insert(node) {
                    continue;
                }
                match drafts.get(node) {
                    Some(Draft::Score(view)) => {
                        let pack = self.pack_of(node);
                        left.extend(self.children(pack, view));
                    }
                    Some(Draft::Question(_)) => {
                        if let Some(edges) = edges.get_mut(node) {
                            edges.extend(&read);
                        }
                    }
                    Some(Draft::Decision(_) | Draft::Figure(..) | Draft::Ladder(_)) | None => {}
                }
            }
        }
        self.drafts = drafts;
    }

    /// Compiles what calls for a section or score, once for each place it is written at.
    pub(super) fn compile_called_for(&mut self, pack: usize, when: &Located<Value>) {
        if self
            .called_for
            .iter()
            .any(|(place, _)| *place == when.place)
        {
            return;
        }
        let compiled = self.condition(pack, when);
        let atoms = &self.program.atoms;
        let known = |atom: usize| atoms.get(atom) != Some(&Atom::NOT_ASKED);
        // What is never asked calls nothing off.
        let condition = compiled.and_then(|one| one.knowable(&known));
        self.called_for.push((when.place, condition));
    }

    fn way(&self, when: Option<&Located<Value>>) -> Way {
        let found = when.and_then(|when| {
            let mut all = self.called_for.iter();
            all.position(|(place, condition)| *place == when.place && condition.is_some())
        });
        found.into_iter().collect()
    }

    /// Settles for each question whether it is measured, and when it is called for.
    pub(super) fn called_for(&mut self) {
        let reading = self.reading();
        let mut ways: Vec<BTreeSet<Way>> = vec![BTreeSet::new(); self.items.len()];
        let computed = self
            .program
            .steps
            .iter()
            .rev()
            .filter_map(|step| match step {
                Step::Score { node, .. } | Step::Decide { node, .. } => Some(*node),
                Step::Relevance { .. } | Step::Measure { .. } | Step::Climb { .. } => None,
            });
        // Whatever reads an item stands after it in the steps.
        let questions = 0..self.program.shapes.len();
        for node in computed.chain(questions.clone()).collect::<Vec<_>>() {
            let found = self.ways(node, &reading, &ways);
            if found.len() > MOST_WAYS {
                let place = self.items.get(node).map(|item| item.place);
                let message = format!("an item is called for in more than {MOST_WAYS} ways");
                let help = "write `called_for` at fewer scores";
                if let Some(place) = place {
                    self.refuse(Code::InvalidCondition, place, message, help);
                }
                return;
            }
            if let Some(slot) = ways.get_mut(node) {
                *slot = found;
            }
        }
        self.program.called_for = questions
            .map(|node| ways.get(node).and_then(|ways| self.either(ways)))
            .collect();
        self.program.measured = reading.measured;
        self.program.measured.truncate(self.program.shapes.len());
    }

    /// The ways in which an item is called for: its own condition with each of those of what reads it.
    fn ways(&self, node: usize, reading: &Reading, done: &[BTreeSet<Way>]) -> BTreeSet<Way> {
        let section = self.way(self.section_called_for(node));
        let own = match self.drafts.get(node) {
            Some(Draft::Score(view)) => self.way(view.called_for),
            _ => Way::new(),
        };
        let is_measured = |node: usize| reading.measured.get(node) == Some(&true);
        let roots = reading.roots.get(node).into_iter().flatten();
        let mut ways: BTreeSet<Way> = roots
            .map(|by_section| {
                if *by_section {
                    section.clone()
                } else {
                    Way::new()
                }
            })
            .collect();
        for reader in reading.readers.get(node).into_iter().flatten() {
            // What leads nowhere calls for nothing that something else measures.
            if is_measured(node) && !is_measured(reader.node) {
                continue;
            }
            for way in done.get(reader.node).into_iter().flatten() {
                let mut way = way.clone();
                if reader.by_section {
                    way.extend(&section);
                }
                ways.insert(way);
            }
        }
        if ways.is_empty() {
            ways.insert(section);
        }
        let ways: BTreeSet<Way> = ways.iter().map(|way| way | &own).collect();
        let wider = |way: &Way| ways.iter().any(|one| one != way && one.is_subset(way));
        ways.iter().filter(|way| !wider(way)).cloned().collect()
    }

    /// The condition that one of several ways holds; none where one of them asks for nothing.
    fn either(&self, ways: &BTreeSet<Way>) -> Option<Condition> {
        let condition = |place: &usize| self.called_for.get(*place)?.1.clone();
        let mut any = Vec::new();
        for way in ways {
            let mut all: Vec<Condition> = way.iter().filter_map(condition).collect();
            any.push(match all.len() {
                0 => return None,
                1 => all.pop()?,
                _ => Condition::All(all),
            });
        }
        match any.len() {
            0 | 1 => any.pop(),
            _ => Some(Condition::Any(any)),
        }
    }

    fn reading(&self) -> Reading {
        let mut reading = Reading {
            readers: vec![Vec::new(); self.items.len()],
            roots: vec![Vec::new(); self.items.len()],
            measured: vec![false; self.items.len()],
        };
        for step in &self.program.steps {
            match step {
                Step::Score { node, score } => {
                    for term in &score.terms {
                        self.read(&mut reading, term.node, *node, term.gathered);
                    }
                }
                Step::Decide { node, table } => {
                    for input in &table.inputs {
                        self.read(&mut reading, *input, *node, false);
                    }
                }
                Step::Climb { node, ladder } => {
                    let pack = self.pack_of(*node);
                    let checks = ladder.levels.iter().flat_map(|level| &level.checks);
                    // Gates are roots of their own, whether a ladder asks for them or not.
                    let checks = checks.filter(|check| !matches!(check, Check::Gate(_)));
                    let read = checks.flat_map(|check| self.program.read_by(check));
                    for item in read.chain(ladder.of) {
                        self.root(&mut reading, item, pack);
                    }
                }
                Step::Relevance { .. } | Step::Measure { .. } => {}
            }
        }
        for (gate, when) in self.gates.iter().zip(&self.program.gates) {
            for item in self.program.read_in(when) {
                self.root(&mut reading, item, gate.pack);
            }
        }
        for (pack, one) in self.packs.iter().enumerate() {
            if let Some(headline) = one.headline {
                self.root(&mut reading, headline, pack);
            }
        }
        self.measure(&mut reading);
        reading
    }

    fn read(&self, reading: &mut Reading, item: usize, by: usize, gathered: bool) {
        let reader = Reader {
            node: by,
            by_section: gathered || self.pack_of(item) == self.pack_of(by),
        };
        if let Some(readers) = reading.readers.get_mut(item) {
            readers.push(reader);
        }
    }

    fn root(&self, reading: &mut Reading, item: usize, pack: usize) {
        if let Some(roots) = reading.roots.get_mut(item) {
            roots.push(self.pack_of(item) == pack);
        }
    }

    /// Marks what stands below the roots.
    fn measure(&self, reading: &mut Reading) {
        let roots = reading.roots.iter().enumerate();
        let mut left: Vec<usize> = roots
            .filter(|(_, roots)| !roots.is_empty())
            .map(|(node, _)| node)
            .collect();
        while let Some(node) = left.pop() {
            match reading.measured.get_mut(node) {
                Some(measured) if !*measured => *measured = true,
                Some(_) | None => continue,
            }
            if let Some(score) = self.program.score(node) {
                left.extend(score.terms.iter().map(|term| term.node));
            }
            if let Some(table) = self.program.table(node) {
                left.extend(&table.inputs);
            }
        }
    }
}
