//! Questions that two packs ask: where both are there, one is asked and both packs read it.

use super::Linker;
use crate::problem;
use crate::rules::rulebook::{Item, Moved, Question};
use crate::text::yaml::Located;
use std::collections::BTreeMap;

/// A question that is left to another pack.
#[derive(Debug)]
pub(super) struct Tied {
    /// It as its own pack would ask it.
    item: Item,
    /// The question that is asked in its place, as it is written.
    to: Located<String>,
    /// The place of that question, once it is known.
    node: Option<usize>,
}

impl Tied {
    fn tags(&self) -> &[String] {
        let question = self.item.kind.question();
        question.map_or(&[], |question| &question.tags)
    }
}

impl Linker<'_> {
    /// True where a question names one of another pack, and that pack is there.
    pub(super) fn is_asked_elsewhere(&mut self, pack: usize, to: &Located<String>) -> bool {
        let own = self.packs.get(pack).map_or("", |pack| pack.id.as_str());
        let other = to.value.split_once('.').map_or(own, |(other, _)| other);
        if other == own {
            let problem = problem!(InvalidUse, "asked-as-one-of-the-same-pack", to = to.value);
            self.refuse(to.place, problem);
            return false;
        }
        if self.packs.iter().any(|one| one.id == other) {
            return true;
        }
        if let Err(problem) = self.find(pack, to) {
            self.problems.push(problem);
        }
        false
    }

    /// Leaves a question to another pack.
    pub(super) fn leave(&mut self, item: Item, to: Located<String>) {
        self.check_id(item.local_id(), item.place);
        let node = None;
        self.tied.push(Tied { item, to, node });
    }

    /// Leads every question that is left to another pack to the one that is asked, once all of them
    /// are declared. That one may itself be left to a third pack.
    pub(super) fn tie(&mut self) {
        let (mut waiting, mut last) = (std::mem::take(&mut self.tied), usize::MAX);
        while waiting.len() < last {
            last = waiting.len();
            for one in std::mem::take(&mut waiting) {
                match self.find(one.item.pack, &one.to) {
                    Ok(Some(node)) => self.tie_to(one, node),
                    Ok(None) | Err(_) => waiting.push(one),
                }
            }
        }
        for Tied { item, to, .. } in waiting {
            if let Err(problem) = self.find(item.pack, &to) {
                self.problems.push(problem);
            }
        }
    }

    fn tie_to(&mut self, mut tied: Tied, node: usize) {
        self.name(&tied.item, node);
        if let Some(asked) = self.items.get(node) {
            let (id, now) = (tied.item.id.clone(), asked.id.clone());
            if !takes_the_same(&tied.item, asked) {
                let problem = problem!(
                    InvalidUse,
                    "asked-as-another-kind-of-question",
                    id = &id,
                    now = &now
                );
                self.refuse(tied.to.place, problem);
            }
            let values = BTreeMap::new();
            self.moved.insert(id, Moved { to: now, values });
        }
        tied.node = Some(node);
        self.tied.push(tied);
    }

    /// The questions of a section with the ids that its pack has for them, first those it asks.
    pub(super) fn questions_of(&self, section: usize) -> Vec<(Located<String>, usize)> {
        let id = |item: &Item| Located::new(item.local_id().to_owned(), item.place);
        let own = self.sections.get(section).into_iter();
        let own = own.flat_map(|section| &section.questions);
        let own = own.filter_map(|node| Some((id(self.items.get(*node)?), *node)));
        let tied = self.tied.iter();
        let tied = tied.filter(|one| one.item.section == Some(section));
        own.chain(tied.filter_map(|one| Some((id(&one.item), one.node?))))
            .collect()
    }

    /// The question at a place as a pack has it: its own where it leaves it to another.
    pub(super) fn question_of(&self, pack: usize, node: usize) -> Option<&Question> {
        let mut tied = self.tied.iter();
        let own = tied.find(|one| one.item.pack == pack && one.node == Some(node));
        own.map_or_else(|| self.question_at(node), |one| one.item.kind.question())
    }

    /// The questions with a tag that a pack leaves to others.
    pub(super) fn tied_with(&self, pack: usize, tag: &String) -> impl Iterator<Item = usize> {
        let tied = self.tied.iter().filter(move |one| one.item.pack == pack);
        let tagged = tied.filter(|one| one.tags().contains(tag));
        tagged.filter_map(|one| one.node)
    }

    /// The section in which a pack has a question that it leaves to another.
    pub(super) fn section_of_tied(&self, id: &str) -> Option<usize> {
        let mut tied = self.tied.iter();
        tied.find(|one| one.item.id == id)?.item.section
    }
}

/// Returns true where whatever answers one question answers the other.
fn takes_the_same(one: &Item, other: &Item) -> bool {
    let (Some(own), Some(asked)) = (one.kind.question(), other.kind.question()) else {
        return false;
    };
    let shape = |question: &Question| {
        let Question {
            kind,
            reverse,
            unit,
            period,
            ..
        } = question;
        (*kind, *reverse, unit.clone(), *period)
    };
    one.domain == other.domain && shape(own) == shape(asked)
}
