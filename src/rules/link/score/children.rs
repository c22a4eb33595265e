//! The children of a score: ids, sections and tags resolved.

use super::range::worth;
use crate::message;
use crate::rules::link::linker::Linker;
use crate::rules::pack::file::{OfFile, OneFile, PackScope, SetFile};
use crate::rules::rulebook::Item;
use crate::text::diagnostic::Code;
use std::collections::HashSet;

impl Linker<'_> {
    /// The children in the order they are written, each once.
    pub(in crate::rules::link) fn children(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        let mut nodes = self.members(pack, of);
        let mut seen = HashSet::new();
        nodes.retain(|node| seen.insert(*node));
        nodes
    }

    /// True where a score reads what may not be there: items of optional packs, or tags of whatever
    /// packs the assessment has.
    pub(super) fn may_lack_children(&self, pack: usize, of: &OfFile) -> bool {
        let mut ids = of.ids().into_iter();
        let optional = ids.any(|id| self.is_optional(pack, &id.value));
        optional || of.sets().iter().any(|set| set.packs == PackScope::All)
    }

    /// The children that come of a tag over all packs.
    pub(super) fn gathered(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        let sets = of.sets().into_iter();
        let open = sets.filter(|set| set.packs == PackScope::All);
        open.flat_map(|set| self.set_of(pack, set)).collect()
    }

    /// The members of an `of:`, in the order they are written.
    pub(in crate::rules::link) fn members(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        match of {
            OfFile::Id(id) => self.resolve(pack, id).into_iter().collect(),
            OfFile::Set(set) => self.set_of(pack, set),
            OfFile::List(list) => list
                .iter()
                .flat_map(|one| match one {
                    OneFile::Id(id) => self.resolve(pack, id).into_iter().collect(),
                    OneFile::Set(set) => self.set_of(pack, set),
                })
                .collect(),
        }
    }

    /// The questions an `of:` takes in by section or tag.
    pub(in crate::rules::link) fn sets(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        let sets = of.sets().into_iter();
        sets.flat_map(|set| self.set_of(pack, set)).collect()
    }

    /// The questions of a section that have a worth.
    pub(super) fn scored_questions(&self, pack: usize, section: &str) -> Vec<usize> {
        let section = self.section(pack, section);
        let section = section.and_then(|place| self.sections.get(place));
        let questions = section.map_or(&[][..], |one| one.questions.as_slice());
        let scored = |node: &&usize| self.items.get(**node).and_then(worth).is_some();
        questions.iter().filter(scored).copied().collect()
    }

    fn set_of(&mut self, pack: usize, set: &SetFile) -> Vec<usize> {
        let mut nodes = Vec::new();
        if let Some(section) = &set.section {
            nodes = self.scored_questions(pack, &section.value);
            if nodes.is_empty() {
                let message = message!("no-scored-question-in-a-section", section = section.value);
                let help = message!("name-a-section-of-this-pack");
                self.refuse(Code::UnknownId, section.place, message, help);
            }
        }
        if let Some(tag) = &set.tag {
            let tagged = |item: &Item| {
                let question = item.kind.question();
                let own = item.pack == pack || set.packs == PackScope::All;
                own && question.is_some_and(|one| one.tags.contains(&tag.value))
            };
            let items = self.items.iter().enumerate();
            let found = items.filter(|(_, item)| tagged(item) && worth(item).is_some());
            let found: Vec<usize> = found.map(|(node, _)| node).collect();
            if found.is_empty() && set.packs == PackScope::Own {
                let message = message!("no-scored-question-has-the-tag", tag = tag.value);
                let help = message!("name-a-tag-of-this-packs-questions");
                self.refuse(Code::UnknownId, tag.place, message, help);
            }
            nodes.extend(found);
        }
        nodes
    }
}
