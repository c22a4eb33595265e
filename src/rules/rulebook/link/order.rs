//! The order of evaluation: everything after what it reads, and no circles.

use super::{Draft, Linker, read_by};
use crate::rules::pack::file::{LevelFile, OfFile, OneFile};
use crate::text::diagnostic::Code;
use crate::text::yaml::Located;

impl<'a> Linker<'a> {
    /// Items in an order in which each comes after what it reads, and what each reads; `None` where
    /// there is a circle. An item that reads an id that names nothing is broken.
    pub(super) fn order(&mut self) -> Option<(Vec<usize>, Vec<Vec<usize>>)> {
        let mut edges = Vec::with_capacity(self.items.len());
        for node in 0..self.items.len() {
            let before = self.problems.errors();
            edges.push(self.reads(node));
            if self.problems.errors() > before {
                self.broken.insert(node);
            }
        }
        self.called_for_reads(&mut edges);
        let mut visit = Visit {
            edges: &edges,
            marks: vec![Mark::New; edges.len()],
            path: Vec::new(),
            order: Vec::new(),
        };
        for node in 0..edges.len() {
            if let Err(circle) = visit.node(node) {
                self.circle(&circle);
                return None;
            }
        }
        let order = visit.order;
        Some((order, edges))
    }

    fn reads(&mut self, node: usize) -> Vec<usize> {
        let pack = self.pack_of(node);
        let drafts = std::mem::take(&mut self.drafts);
        let ids = match drafts.get(node) {
            Some(Draft::Question(conditions)) => {
                let called_for = self.section_called_for(node);
                read_by(conditions.iter().copied().chain(called_for))
            }
            Some(Draft::Score(view)) => {
                let mut ids = of_ids(view.of);
                ids.extend(read_by(view.caps().iter().map(|cap| &cap.when)));
                ids.extend(read_by(view.called_for));
                ids
            }
            Some(Draft::Decision(file)) => file.inputs.iter().collect(),
            Some(Draft::Figure(file, 0)) => {
                let ids = file.inputs.iter().flat_map(|(_, one)| one.ids());
                // A section of ratings is not computed, and has no score that must come first.
                ids.filter(|id| self.ratings_of(pack, &id.value).is_none())
                    .collect()
            }
            Some(Draft::Ladder(file)) => {
                let mut ids: Vec<_> = file.of.iter().collect();
                for level in &file.levels.value {
                    ids.extend(of_ids(level.every.as_ref().map(|every| &every.of)));
                    ids.extend(self.gate_ids(pack, level));
                }
                ids
            }
            Some(Draft::Figure(..)) | None => Vec::new(),
        };
        let mut nodes: Vec<usize> = ids
            .into_iter()
            .filter_map(|id| self.resolve(pack, id))
            .collect();
        match drafts.get(node) {
            Some(Draft::Score(view)) => nodes.extend(self.set_members(pack, view)),
            // The first figure stands for the metric, which fills the others with it.
            Some(Draft::Figure(_, place)) => nodes.extend((*place > 0).then(|| node - place)),
            Some(Draft::Ladder(file)) => {
                let floors = file
                    .levels
                    .value
                    .iter()
                    .filter_map(|level| level.every.as_ref());
                nodes.extend(floors.flat_map(|every| self.sets(pack, &every.of)));
            }
            _ => {}
        }
        self.drafts = drafts;
        nodes
    }

    fn gate_ids(&self, pack: usize, level: &'a LevelFile) -> Vec<&'a Located<String>> {
        let Some(file) = self.loaded.get(pack).map(|one| &one.file) else {
            return Vec::new();
        };
        let gates = level
            .gates
            .iter()
            .filter_map(|gate| file.gates.get(&gate.value));
        read_by(gates.map(|gate| &gate.when))
    }

    fn circle(&mut self, nodes: &[usize]) {
        let items = nodes.iter().filter_map(|node| self.items.get(*node));
        let names: Vec<_> = items
            .clone()
            .map(|item| format!("`{}`", item.local_id()))
            .collect();
        let Some(place) = items.map(|item| item.place).next() else {
            return;
        };
        let message = format!(
            "items read one another in a circle: {}",
            names.join(" reads ")
        );
        self.refuse(
            Code::Cycle,
            place,
            message,
            "take one of them out of the circle",
        );
    }
}

fn of_ids(of: Option<&OfFile>) -> Vec<&Located<String>> {
    match of {
        Some(OfFile::Id(id)) => vec![id],
        Some(OfFile::List(list)) => list
            .iter()
            .filter_map(|one| match one {
                OneFile::Id(id) => Some(id),
                OneFile::Set(_) => None,
            })
            .collect(),
        Some(OfFile::Set(_)) | None => Vec::new(),
    }
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
