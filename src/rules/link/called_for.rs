//! Questions that are called for, and questions that are measured: only these can be gaps.
//!
//! A section or a score says when its items are called for. A question is called for when any of
//! the scores and sections above it that lead to a headline, a ladder or a gate wants it. Each path
//! up is a set of conditions that must all hold; a path without any makes the question always called
//! for.

use super::linker::{Draft, Linker};
use crate::message;
use crate::rules::condition::Condition;
use crate::rules::rulebook::{Check, Step};
use crate::text::diagnostic::Code;
use crate::text::yaml::{Located, Value};
use std::collections::BTreeSet;

/// More paths up than these are nothing a reader could follow.
const MOST_PATHS: usize = 64;

/// Conditions, by their places among those of the linker, that together call for an item.
type Path = BTreeSet<usize>;

/// The score or decision that reads an item for its value.
#[derive(Debug, Clone, Copy)]
struct Reader {
    node: usize,
    /// Set where the item's own section has a say in it: it was gathered, or is read in its own pack.
    by_section: bool,
}

/// Readers of each item, and what a headline, a ladder or a gate reads.
struct Readers {
    by_item: Vec<Vec<Reader>>,
    /// For each item, one flag per headline, ladder or gate that reads it: set where that listens to
    /// the item's section.
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

    /// Adds to what questions read what decides if they are called for.
    pub(super) fn called_for_reads(&mut self, edges: &mut [Vec<usize>]) {
        for node in 0..self.items.len() {
            let Some(Draft::Score(score)) = self.drafts.get(node).cloned() else {
                continue;
            };
            let Some(when) = score.called_for.filter(|_| !self.broken.contains(&node)) else {
                continue;
            };
            let read = self.read_by(self.pack_of(node), [&when]);
            let (mut seen, mut left) = (BTreeSet::new(), vec![node]);
            while let Some(node) = left.pop() {
                if self.broken.contains(&node) || !seen.insert(node) {
                    continue;
                }
                match self.drafts.get(node).cloned() {
                    Some(Draft::Score(file)) => {
                        left.extend(self.children(self.pack_of(node), &file.of));
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
    }

    /// Compiles what calls for a section or score, once for each place it is written at.
    pub(super) fn compile_called_for(&mut self, pack: usize, when: &Located<Value>) {
        let mut places = self.called_for.iter().map(|(place, _)| *place);
        if places.any(|place| place == when.place) {
            return;
        }
        let compiled = self.condition(pack, when);
        // What is never asked calls nothing off.
        let condition = compiled.and_then(|one| self.knowable(one));
        self.called_for.push((when.place, condition));
    }

    fn path(&self, when: Option<&Located<Value>>) -> Path {
        let found = when.and_then(|when| {
            let mut all = self.called_for.iter();
            all.position(|(place, condition)| *place == when.place && condition.is_some())
        });
        found.into_iter().collect()
    }

    /// Settles for each question if it is measured, and when it is called for.
    pub(super) fn called_for(&mut self) {
        let readers = self.readers();
        let mut paths: Vec<BTreeSet<Path>> = vec![BTreeSet::new(); self.items.len()];
        let steps = self.program.steps.iter().rev();
        let computed = steps.filter_map(|step| match step {
            Step::Score { node, .. } | Step::Decide { node, .. } => Some(*node),
            Step::Relevance { .. } | Step::Measure { .. } | Step::Climb { .. } => None,
        });
        // Whatever reads an item comes after it in the steps.
        let questions = 0..self.program.questions.len();
        for node in computed.chain(questions.clone()).collect::<Vec<_>>() {
            let found = self.paths(node, &readers, &paths);
            if found.len() > MOST_PATHS {
                let message = message!("an-item-is-called-for-in-more-than", MOST_PATHS);
                let help = message!("write-called-for-at-fewer");
                if let Some(place) = self.items.get(node).map(|item| item.place) {
                    self.refuse(Code::InvalidCondition, place, message, help);
                }
                return;
            }
            if let Some(slot) = paths.get_mut(node) {
                *slot = found;
            }
        }
        let asked = questions.map(|node| paths.get(node).and_then(|paths| self.either(paths)));
        self.program.called_for = asked.collect();
        self.program.measured = readers.measured;
        self.program.measured.truncate(self.program.questions.len());
    }

    /// The paths by which an item is called for: its own condition with each of those of what reads
    /// it.
    fn paths(&self, node: usize, readers: &Readers, done: &[BTreeSet<Path>]) -> BTreeSet<Path> {
        let section = self.path(self.section_called_for(node));
        let own = match self.drafts.get(node) {
            Some(Draft::Score(file)) => self.path(file.called_for.as_ref()),
            _ => Path::new(),
        };
        let listening = |by_section: bool| {
            if by_section {
                section.clone()
            } else {
                Path::new()
            }
        };
        let is_measured = |node: usize| readers.measured.get(node) == Some(&true);
        let roots = readers.roots.get(node).into_iter().flatten();
        let mut paths: BTreeSet<Path> = roots.map(|by_section| listening(*by_section)).collect();
        for reader in readers.by_item.get(node).into_iter().flatten() {
            // What leads nowhere calls for nothing that something else measures.
            if is_measured(node) && !is_measured(reader.node) {
                continue;
            }
            let above = done.get(reader.node).into_iter().flatten();
            paths.extend(above.map(|path| path | &listening(reader.by_section)));
        }
        if paths.is_empty() {
            paths.insert(section.clone());
        }
        let paths: BTreeSet<Path> = paths.iter().map(|path| path | &own).collect();
        let wider = |path: &Path| paths.iter().any(|one| one != path && one.is_subset(path));
        paths.iter().filter(|path| !wider(path)).cloned().collect()
    }

    /// The condition that one of several paths holds; none where one of them asks for nothing.
    fn either(&self, paths: &BTreeSet<Path>) -> Option<Condition> {
        let condition = |place: &usize| self.called_for.get(*place)?.1.clone();
        let mut any = Vec::new();
        for path in paths {
            let mut all: Vec<Condition> = path.iter().filter_map(condition).collect();
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

    fn readers(&self) -> Readers {
        let mut readers = Readers {
            by_item: vec![Vec::new(); self.items.len()],
            roots: vec![Vec::new(); self.items.len()],
            measured: vec![false; self.items.len()],
        };
        for step in &self.program.steps {
            match step {
                Step::Score { node, score } => {
                    for term in &score.terms {
                        self.read(&mut readers, term.node, *node, term.gathered);
                    }
                }
                Step::Decide { node, table } => {
                    for input in &table.inputs {
                        self.read(&mut readers, *input, *node, false);
                    }
                }
                Step::Climb { node, ladder } => {
                    let checks = ladder.levels.iter().flat_map(|level| &level.checks);
                    // Gates are roots of their own, whether a ladder asks for them or not.
                    let checks = checks.filter(|check| !matches!(check, Check::Gate(_)));
                    let read = checks.flat_map(|check| self.program.read_by(check));
                    self.root(&mut readers, self.pack_of(*node), read.chain(ladder.of));
                }
                Step::Relevance { .. } | Step::Measure { .. } => {}
            }
        }
        for (gate, when) in self.gates.iter().zip(&self.program.gates) {
            self.root(&mut readers, gate.pack, self.program.read_in(when));
        }
        for (pack, one) in self.packs.iter().enumerate() {
            self.root(&mut readers, pack, one.headline);
        }
        self.measure(&mut readers);
        readers
    }

    fn read(&self, readers: &mut Readers, item: usize, by: usize, gathered: bool) {
        let reader = Reader {
            node: by,
            by_section: gathered || self.pack_of(item) == self.pack_of(by),
        };
        if let Some(readers) = readers.by_item.get_mut(item) {
            readers.push(reader);
        }
    }

    fn root(&self, readers: &mut Readers, pack: usize, items: impl IntoIterator<Item = usize>) {
        for item in items {
            if let Some(roots) = readers.roots.get_mut(item) {
                roots.push(self.pack_of(item) == pack);
            }
        }
    }

    /// Marks the items below the roots.
    fn measure(&self, readers: &mut Readers) {
        let roots = readers.roots.iter().enumerate();
        let roots = roots.filter(|(_, roots)| !roots.is_empty());
        let mut left: Vec<usize> = roots.map(|(node, _)| node).collect();
        while let Some(node) = left.pop() {
            if let Some(measured @ false) = readers.measured.get_mut(node) {
                *measured = true;
                left.extend(self.program.parts(node));
            }
        }
    }
}
