//! The order of evaluation: everything after what it reads, and no circles.

use super::condition::ids;
use super::linker::{Draft, Linker};
use super::score::caps_of;
use crate::message;
use crate::rules::pack::file::{LadderFile, LevelFile};
use crate::text::diagnostic::Code;
use crate::text::yaml::{Located, Value};

impl Linker<'_> {
    /// Items in an order in which each comes after what it reads, and what each reads; `None` where
    /// there is a circle. An item that reads an id that names nothing is broken.
    pub(super) fn order(&mut self) -> Option<(Vec<usize>, Vec<Vec<usize>>)> {
        let mut edges = Vec::new();
        for node in 0..self.items.len() {
            let before = self.problems.errors();
            edges.push(self.reads(node));
            if self.problems.errors() > before {
                self.broken.insert(node);
            }
        }
        self.called_for_reads(&mut edges);
        match ordered(&edges) {
            Ok(order) => Some((order, edges)),
            Err(circle) => {
                self.circle(&circle);
                None
            }
        }
    }

    /// The items that conditions read.
    pub(super) fn read_by<'v>(
        &mut self,
        pack: usize,
        conditions: impl IntoIterator<Item = &'v Located<Value>>,
    ) -> Vec<usize> {
        let ids = conditions.into_iter().flat_map(ids);
        ids.filter_map(|id| self.resolve(pack, id)).collect()
    }

    fn resolve_all(&mut self, pack: usize, ids: Vec<&Located<String>>) -> Vec<usize> {
        let ids = ids.into_iter();
        ids.filter_map(|id| self.resolve(pack, id)).collect()
    }

    fn reads(&mut self, node: usize) -> Vec<usize> {
        let pack = self.pack_of(node);
        match self.drafts.get(node).cloned() {
            Some(Draft::Question(conditions)) => {
                let called_for = self.section_called_for(node);
                self.read_by(pack, conditions.into_iter().chain(called_for))
            }
            Some(Draft::Score(file)) => {
                let caps = caps_of(&file).iter().map(|cap| &cap.when);
                let mut nodes = self.resolve_all(pack, file.of.ids());
                nodes.extend(self.read_by(pack, caps.chain(&file.called_for)));
                nodes.extend(self.sets(pack, &file.of));
                nodes
            }
            Some(Draft::Decision(file)) => self.resolve_all(pack, file.inputs.iter().collect()),
            Some(Draft::Figure(file, 0)) => {
                let ids = file.inputs.iter().flat_map(|(_, one)| one.ids());
                // A section of ratings is not computed, and has no score that must come first.
                let items = ids.filter(|id| self.ratings_of(pack, &id.value).is_none());
                self.resolve_all(pack, items.collect())
            }
            // The first figure represents the metric, which fills the others with it.
            Some(Draft::Figure(_, place)) => vec![node - place],
            Some(Draft::Ladder(file)) => self.read_by_ladder(pack, file),
            None => Vec::new(),
        }
    }

    fn read_by_ladder(&mut self, pack: usize, file: &LadderFile) -> Vec<usize> {
        let levels = &file.levels.value;
        let mut nodes = self.resolve_all(pack, file.of.iter().collect());
        for level in levels {
            if let Some(every) = &level.every {
                nodes.extend(self.resolve_all(pack, every.of.ids()));
            }
            nodes.extend(self.read_by_gates(pack, level));
        }
        for every in levels.iter().filter_map(|level| level.every.as_ref()) {
            nodes.extend(self.sets(pack, &every.of));
        }
        nodes
    }

    fn read_by_gates(&mut self, pack: usize, level: &LevelFile) -> Vec<usize> {
        let Some(file) = self.loaded.get(pack).map(|one| &one.file) else {
            return Vec::new();
        };
        let gates = level.gates.iter();
        let gates = gates.filter_map(|gate| file.gates.get(&gate.value));
        self.read_by(pack, gates.map(|gate| &gate.when))
    }

    fn circle(&mut self, nodes: &[usize]) {
        let items = nodes.iter().filter_map(|node| self.items.get(*node));
        let names = items.clone().map(|item| format!("`{}`", item.local_id()));
        let names = names.collect::<Vec<_>>().join(" reads ");
        let Some(place) = items.map(|item| item.place).next() else {
            return;
        };
        let message = message!("items-read-one-another-in-a-circle", names);
        let help = message!("take-one-of-them-out-of-the-circle");
        self.refuse(Code::Cycle, place, message, help);
    }
}

/// Places in an order in which each comes after those its edges lead to, or a circle of them.
pub(super) fn ordered(edges: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut visit = Visit {
        edges,
        marks: vec![Mark::New; edges.len()],
        path: Vec::new(),
        order: Vec::new(),
    };
    for node in 0..edges.len() {
        visit.node(node)?;
    }
    Ok(visit.order)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

struct Visit<'a> {
    edges: &'a [Vec<usize>],
    marks: Vec<Mark>,
    path: Vec<usize>,
    order: Vec<usize>,
}

impl Visit<'_> {
    /// Walks down from a node with a stack of its own, so that depth costs no more than memory.
    fn node(&mut self, start: usize) -> Result<(), Vec<usize>> {
        let mut stack = vec![(start, false)];
        while let Some((node, left)) = stack.pop() {
            if left {
                self.path.pop();
                self.set(node, Mark::Done);
                self.order.push(node);
                continue;
            }
            match self.marks.get(node) {
                Some(Mark::New) => {}
                Some(Mark::Open) => return Err(self.circle_to(node)),
                Some(Mark::Done) | None => continue,
            }
            self.set(node, Mark::Open);
            self.path.push(node);
            stack.push((node, true));
            let reads = self.edges.get(node).map_or(&[][..], Vec::as_slice);
            stack.extend(reads.iter().rev().map(|read| (*read, false)));
        }
        Ok(())
    }

    fn set(&mut self, node: usize, mark: Mark) {
        if let Some(slot) = self.marks.get_mut(node) {
            *slot = mark;
        }
    }

    fn circle_to(&self, node: usize) -> Vec<usize> {
        let from = self.path.iter().position(|one| *one == node).unwrap_or(0);
        let mut circle = self.path.get(from..).unwrap_or_default().to_vec();
        circle.push(node);
        circle
    }
}
