//! Questions that are relevant, that are called for, and that are measured: only these can be gaps.
//!
//! A section or a score says when its items are called for. A question is called for when any of
//! the scores and sections above it that lead to a headline, a ladder or a gate wants it. Each path
//! up is a set of conditions that must all hold; a path without any makes the question always called
//! for.

use super::{Draft, Linker};
use crate::problem;
use crate::rules::condition::{Atom, Condition};
use crate::rules::rulebook::{Requirement, Step};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Value};
use std::collections::BTreeSet;

/// More paths up than these are nothing a reader could follow.
const MOST_PATHS: usize = 64;

/// Conditions, by their places among those of the linker, that together call for an item.
type Path = BTreeSet<usize>;

/// A reader of an item for its value: a score or decision, by item, or none for a headline, a ladder
/// or a gate; and true where the item's own section has a say in it, because the item was gathered or
/// is read in its own pack.
type Reader = (Option<usize>, bool);

impl<'a> Linker<'a> {
    /// A question is relevant while all of its conditions hold, its section's among them.
    pub(super) fn relevance(&mut self, node: usize, conditions: &[&Located<Value>]) {
        let pack = self.pack_of(node);
        let mut compiled = Vec::new();
        for written in conditions {
            if let Some(condition) = self.condition(pack, written) {
                if !self.reads_questions(&condition, written.place) {
                    return;
                }
                compiled.push(condition);
            }
        }
        let when = Condition::joined(compiled, Condition::All);
        // What is never asked makes no question irrelevant, and leaves none in doubt.
        if let Some(when) = when.and_then(|when| self.knowable(when)) {
            self.program.push(Step::Relevance { node, when });
        }
    }

    /// The condition without tests of items that no pack of the assessment asks; `None` where
    /// nothing is left.
    fn knowable(&self, when: Condition) -> Option<Condition> {
        let atoms = &self.program.atoms;
        when.knowable(&|atom: usize| atoms.get(atom) != Some(&Atom::NOT_ASKED))
    }

    /// True where a condition tests questions alone, which every form can; anything else it reads
    /// is a problem.
    fn reads_questions(&mut self, condition: &Condition, place: Place) -> bool {
        let nodes = self.program.read_in(condition).into_iter();
        let mut items = nodes.filter_map(|node| self.items.get(node));
        let Some(other) = items.find(|item| item.kind.question().is_none()) else {
            return true;
        };
        let problem = problem!(RelevantReads, "relevant-reads-questions", id = other.id);
        self.refuse(place, problem);
        false
    }

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
        let measured = self.measured(&readers);
        let mut paths: Vec<BTreeSet<Path>> = vec![BTreeSet::new(); self.items.len()];
        let steps = self.program.steps.iter().rev();
        let computed = steps.filter_map(|step| match step {
            Step::Score { node, .. } | Step::Decide { node, .. } => Some(*node),
            Step::Relevance { .. } | Step::Measure { .. } | Step::Climb { .. } => None,
        });
        // Whatever reads an item comes after it in the steps.
        let questions = 0..self.program.questions.len();
        for node in computed.chain(questions.clone()).collect::<Vec<_>>() {
            let found = self.paths(node, &readers, &measured, &paths);
            if found.len() > MOST_PATHS {
                if let Some(place) = self.items.get(node).map(|item| item.place) {
                    let problem = problem!(InvalidCondition, "called-for-too-often", MOST_PATHS);
                    self.refuse(place, problem);
                }
                return;
            }
            if let Some(slot) = paths.get_mut(node) {
                *slot = found;
            }
        }
        let asked = questions.map(|node| paths.get(node).and_then(|paths| self.either(paths)));
        self.program.called_for = asked.collect();
        self.program.measured = measured;
        self.program.measured.truncate(self.program.questions.len());
    }

    /// The paths by which an item is called for: its own condition with each of those of what reads
    /// it.
    fn paths(
        &self,
        node: usize,
        readers: &[Vec<Reader>],
        measured: &[bool],
        done: &[BTreeSet<Path>],
    ) -> BTreeSet<Path> {
        let section = self.path(self.section_called_for(node));
        let own = match self.drafts.get(node) {
            Some(Draft::Score(file)) => self.path(file.called_for.as_ref()),
            _ => Path::new(),
        };
        let is_measured = |node: usize| measured.get(node) == Some(&true);
        let mut paths: BTreeSet<Path> = BTreeSet::new();
        for (reader, by_section) in readers.get(node).into_iter().flatten() {
            let listened = if *by_section {
                section.clone()
            } else {
                Path::new()
            };
            match reader {
                None => drop(paths.insert(listened)),
                // What leads nowhere calls for nothing that something else measures.
                Some(reader) if is_measured(node) && !is_measured(*reader) => {}
                Some(reader) => {
                    let above = done.get(*reader).into_iter().flatten();
                    paths.extend(above.map(|path| path | &listened));
                }
            }
        }
        if paths.is_empty() {
            paths.insert(section);
        }
        let paths: BTreeSet<Path> = paths.iter().map(|path| path | &own).collect();
        let wider = |path: &Path| paths.iter().any(|one| one != path && one.is_subset(path));
        paths.iter().filter(|path| !wider(path)).cloned().collect()
    }

    /// The condition that one of several paths holds; none where one of them asks for nothing.
    fn either(&self, paths: &BTreeSet<Path>) -> Option<Condition> {
        let condition = |place: &usize| self.called_for.get(*place)?.1.clone();
        let all = |path: &Path| {
            let all = path.iter().filter_map(condition).collect();
            Condition::joined(all, Condition::All)
        };
        let any: Option<Vec<Condition>> = paths.iter().map(all).collect();
        Condition::joined(any?, Condition::Any)
    }

    /// The readers of each item.
    fn readers(&self) -> Vec<Vec<Reader>> {
        let mut readers = vec![Vec::new(); self.items.len()];
        let mut read = |item: usize, by: Option<usize>, pack: usize, gathered: bool| {
            if let Some(readers) = readers.get_mut(item) {
                readers.push((by, gathered || self.pack_of(item) == pack));
            }
        };
        for step in &self.program.steps {
            let node = step.writes().start;
            let pack = self.pack_of(node);
            match step {
                Step::Score { score, .. } => {
                    let terms = score.terms.iter();
                    terms.for_each(|term| read(term.node, Some(node), pack, term.gathered));
                }
                Step::Decide { table, .. } => {
                    let inputs = table.inputs.iter();
                    inputs.for_each(|input| read(*input, Some(node), pack, false));
                }
                Step::Climb { ladder, .. } => {
                    let requirements = ladder.levels.iter().flat_map(|level| &level.requirements);
                    // Gates are roots of their own, whether a ladder asks for them or not.
                    let requirements = requirements
                        .filter(|requirement| !matches!(requirement, Requirement::Gate(_)));
                    let items =
                        requirements.flat_map(|requirement| self.program.read_by(requirement));
                    items
                        .chain(ladder.of)
                        .for_each(|item| read(item, None, pack, false));
                }
                Step::Relevance { .. } | Step::Measure { .. } => {}
            }
        }
        for (gate, when) in self.gates.iter().zip(&self.program.gates) {
            let items = self.program.read_in(when).into_iter();
            items.for_each(|item| read(item, None, gate.pack, false));
        }
        for (pack, one) in self.packs.iter().enumerate() {
            let headline = one.headline.into_iter();
            headline.for_each(|item| read(item, None, pack, false));
        }
        readers
    }

    /// True for each item that a headline, a ladder or a gate rests on.
    fn measured(&self, readers: &[Vec<Reader>]) -> Vec<bool> {
        let is_root = |readers: &Vec<Reader>| readers.iter().any(|(reader, _)| reader.is_none());
        let roots = readers.iter().enumerate();
        let roots = roots.filter(|(_, readers)| is_root(readers));
        let mut left: Vec<usize> = roots.map(|(node, _)| node).collect();
        let mut all = vec![false; self.items.len()];
        while let Some(node) = left.pop() {
            if let Some(measured @ false) = all.get_mut(node) {
                *measured = true;
                left.extend(self.program.parts(node));
            }
        }
        all
    }
}
