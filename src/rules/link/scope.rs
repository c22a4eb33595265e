//! The meaning of an id within a pack, its own items and `pack.item` of the packs it uses; the items
//! that a list of ids, sections and tags names; and the order in which everything comes after what it
//! reads, without circles.

use super::{Draft, Linker};
use crate::rules::pack::file::{
    LadderFile, LevelFile, OfFile, OneFile, PackScope, SetFile, UseFile,
};
use crate::rules::rulebook::{Item, Question};
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::yaml::{Located, Value};
use crate::{message, problem};
use std::collections::HashSet;

impl<'a> Linker<'a> {
    /// The item an id names, if it is there; an item of an optional pack may not be.
    pub(super) fn resolve(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        self.find(pack, id).unwrap_or_else(|problem| {
            self.problems.push(problem);
            None
        })
    }

    /// The item an id names, for what cannot be made without it.
    pub(super) fn rely_on(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        if self.is_optional(pack, &id.value) {
            let problem = problem!(InvalidUse, "may-not-be-there-its-pack", id = id.value);
            return self.refused(id.place, problem);
        }
        self.resolve(pack, id)
    }

    /// The item an id names, or the problem with it; `None` for an item of an optional pack that
    /// the assessment does without.
    pub(super) fn find(
        &self,
        pack: usize,
        id: &Located<String>,
    ) -> Result<Option<usize>, Diagnostic> {
        let own = self.packs.get(pack).map_or("", |pack| pack.id.as_str());
        let Some((other, local)) = id.value.split_once('.') else {
            return self.find_in(id, (own, &id.value), message!("in-this-pack"), "");
        };
        let wanted = self.requirement(pack, other);
        let there = self.packs.iter().any(|one| one.id == other);
        if wanted.is_some_and(UseFile::is_optional) && !there {
            return Ok(None);
        }
        if wanted.is_none() && other != own {
            let name = &id.value;
            let problem = problem!(UnknownId, "reads-the-pack-which-this-pack", name, other);
            return Err(problem.at(id.place));
        }
        let (whose, prefix) = (message!("in-the-pack", other), format!("{other}."));
        self.find_in(id, (other, local), &whose, &prefix)
    }

    fn find_in(
        &self,
        id: &Located<String>,
        (pack, local): (&str, &str),
        whose: &str,
        prefix: &str,
    ) -> Result<Option<usize>, Diagnostic> {
        if let Some(node) = self.index.get(&format!("{pack}.{local}")) {
            return Ok(Some(*node));
        }
        let place = self.packs.iter().position(|one| one.id == pack);
        let items = self.items.iter().filter(|item| Some(item.pack) == place);
        let near = nearest(local, items.map(Item::local_id));
        let near = near.map(|near| format!("{prefix}{near}"));
        let help = near.map(|near| message!("did-you-mean", near));
        let problem = problem!(UnknownId, "no-item", local, whose).at(id.place);
        Err(problem.maybe_help(help))
    }

    /// True for the id of an item of a pack that this one can do without.
    pub(super) fn is_optional(&self, pack: usize, id: &str) -> bool {
        let wanted = id
            .split_once('.')
            .and_then(|(other, _)| self.requirement(pack, other));
        wanted.is_some_and(UseFile::is_optional)
    }

    /// The requirement of a pack on another; `None` where it does not use it.
    pub(super) fn requirement(&self, pack: usize, other: &str) -> Option<&'a UseFile> {
        self.loaded.get(pack)?.file.uses.get(other)
    }

    /// The question at a place, where the item there is one.
    pub(super) fn question_at(&self, node: usize) -> Option<&Question> {
        self.items.get(node)?.kind.question()
    }

    /// The children of a score in the order they are written, each once.
    pub(super) fn children(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        let mut nodes = self.members(pack, of);
        let mut seen = HashSet::new();
        nodes.retain(|node| seen.insert(*node));
        nodes
    }

    /// The members of an `of:`, in the order they are written.
    pub(super) fn members(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        let mut nodes = Vec::new();
        for one in of.iter() {
            match one {
                OneFile::Id(id) => nodes.extend(self.resolve(pack, id)),
                OneFile::Set(set) => nodes.extend(self.set_of(pack, set)),
            }
        }
        nodes
    }

    /// The questions an `of:` takes in by section or tag; those of all packs alone where `gathered`.
    pub(super) fn sets(&mut self, pack: usize, of: &OfFile, gathered: bool) -> Vec<usize> {
        let sets = of
            .sets()
            .filter(|set| !gathered || set.packs == PackScope::All);
        sets.flat_map(|set| self.set_of(pack, set)).collect()
    }

    /// True where a score reads what may not be there: items of optional packs, or tags of whatever
    /// packs the assessment has.
    pub(super) fn may_lack_children(&self, pack: usize, of: &OfFile) -> bool {
        let optional = of.ids().any(|id| self.is_optional(pack, &id.value));
        optional || of.sets().any(|set| set.packs == PackScope::All)
    }

    /// The questions of a section that have a worth, each with the id that the pack has for it.
    pub(super) fn scored_questions(
        &self,
        pack: usize,
        section: &str,
    ) -> Vec<(Located<String>, usize)> {
        let section = self.section(pack, section);
        let mut questions = section.map_or_else(Vec::new, |place| self.questions_of(place));
        let worth = |node: usize| self.items.get(node)?.domain.worth();
        questions.retain(|(_, node)| worth(*node).is_some());
        questions
    }

    fn set_of(&mut self, pack: usize, set: &SetFile) -> Vec<usize> {
        let mut nodes = Vec::new();
        if let Some(section) = &set.section {
            let found = self.scored_questions(pack, &section.value).into_iter();
            nodes.extend(found.map(|(_, node)| node));
            if nodes.is_empty() {
                let problem =
                    problem!(UnknownId, "section-without-scores", section = section.value);
                self.refuse(section.place, problem);
            }
        }
        if let Some(tag) = &set.tag {
            let tagged = |item: &Item| {
                let question = item.kind.question();
                let own = item.pack == pack || set.packs == PackScope::All;
                own && question.is_some_and(|one| one.tags.contains(&tag.value))
            };
            let items = self.items.iter().enumerate();
            let found = items.filter(|(_, item)| tagged(item) && item.domain.worth().is_some());
            let mut found: Vec<usize> = found.map(|(node, _)| node).collect();
            found.extend(self.tied_with(pack, &tag.value));
            if found.is_empty() && set.packs == PackScope::Own {
                let problem =
                    problem!(UnknownId, "no-scored-question-has-the-tag", tag = tag.value);
                self.refuse(tag.place, problem);
            }
            nodes.extend(found);
        }
        nodes
    }

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
        self.resolve_all(pack, conditions.into_iter().flat_map(ids))
    }

    fn resolve_all<'v>(
        &mut self,
        pack: usize,
        ids: impl IntoIterator<Item = &'v Located<String>>,
    ) -> Vec<usize> {
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
                let caps = file.caps().iter().map(|cap| &cap.when);
                let mut nodes = self.resolve_all(pack, file.of.ids());
                nodes.extend(self.read_by(pack, caps.chain(&file.called_for)));
                nodes.extend(self.sets(pack, &file.of, false));
                nodes
            }
            Some(Draft::Decision(file)) => self.resolve_all(pack, &file.inputs),
            Some(Draft::Figure(file, 0)) => {
                let ids = file.inputs.iter().flat_map(|(_, one)| one.iter());
                // A section of ratings is not computed, and has no score that must come first.
                let items = ids.filter(|id| self.ratings_of(pack, &id.value).is_none());
                let items: Vec<_> = items.collect();
                self.resolve_all(pack, items)
            }
            // The first figure represents the metric, which fills the others with it.
            Some(Draft::Figure(_, place)) => vec![node - place],
            Some(Draft::Ladder(file)) => self.read_by_ladder(pack, file),
            None => Vec::new(),
        }
    }

    fn read_by_ladder(&mut self, pack: usize, file: &LadderFile) -> Vec<usize> {
        let levels = &file.levels.value;
        let mut nodes = self.resolve_all(pack, &file.of);
        for level in levels {
            if let Some(every) = &level.every {
                nodes.extend(self.resolve_all(pack, every.of.ids()));
            }
            nodes.extend(self.read_by_gates(pack, level));
        }
        for every in levels.iter().filter_map(|level| level.every.as_ref()) {
            nodes.extend(self.sets(pack, &every.of, false));
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
        let problem = problem!(Cycle, "items-read-one-another-in-a-circle", names);
        self.refuse(place, problem);
    }
}

/// The ids a condition reads, as far as its shape is known.
pub(super) fn ids(value: &Located<Value>) -> Vec<&Located<String>> {
    let mut list = Vec::new();
    gather(value, &mut list);
    list
}

fn gather<'a>(value: &'a Located<Value>, list: &mut Vec<&'a Located<String>>) {
    match &value.value {
        Value::List(parts) => parts.iter().for_each(|part| gather(part, list)),
        Value::Map(map) => {
            for (key, part) in map {
                match (key.value.as_str(), &part.value) {
                    ("all" | "any" | "not", _) => gather(part, list),
                    ("at_least", Value::Map(map)) => {
                        map.get("of")
                            .into_iter()
                            .for_each(|part| gather(part, list));
                    }
                    ("at_least", _) => {}
                    _ => list.push(key),
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

/// Places in an order in which each comes after those its edges lead to, or a circle of them.
pub(super) fn ordered(edges: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    /// Progress of a node: not met yet, on the path, or done.
    #[derive(Clone, Copy)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    let (mut path, mut order) = (Vec::new(), Vec::new());
    // A stack of its own, so that depth costs no more than memory; set once all below a node is done.
    let mut stack: Vec<(usize, bool)> = (0..edges.len()).rev().map(|node| (node, false)).collect();
    while let Some((node, below)) = stack.pop() {
        let Some(mark) = marks.get_mut(node) else {
            continue;
        };
        match *mark {
            Mark::Open if below => {
                path.pop();
                *mark = Mark::Done;
                order.push(node);
            }
            Mark::New => {
                *mark = Mark::Open;
                path.push(node);
                stack.push((node, true));
                let reads = edges.get(node).into_iter().flatten().rev();
                stack.extend(reads.map(|read| (*read, false)));
            }
            Mark::Open => {
                let from = path.iter().position(|one| *one == node).unwrap_or(0);
                let circle = path.split_off(from);
                return Err(circle.into_iter().chain([node]).collect());
            }
            Mark::Done => {}
        }
    }
    Ok(order)
}
