//! The children of a score: ids, sections and tags resolved.

use super::super::Scope;
use super::{Linker, ScoreView, worth};
use crate::rules::pack::file::{OfFile, OneFile, PackScope, SetFile};
use crate::rules::rulebook::Item;
use crate::text::diagnostic::Code;

impl Linker<'_> {
    /// The children in the order they are written, each once.
    pub(in crate::rules::rulebook::link) fn children(
        &mut self,
        pack: usize,
        view: &ScoreView<'_>,
    ) -> Vec<usize> {
        let mut nodes = match view.of {
            Some(of) => self.members(pack, of),
            None => Vec::new(),
        };
        if view.of.is_none() {
            nodes = self.set_members(pack, view);
        }
        let mut seen = std::collections::HashSet::new();
        nodes.retain(|node| seen.insert(*node));
        nodes
    }

    /// Whether a score reads what may not be there: items of optional packs, or tags of whatever
    /// packs the assessment has.
    pub(super) fn may_lack_children(&self, pack: usize, view: &ScoreView<'_>) -> bool {
        let scope = Scope::new(self.loaded, pack, &self.packs, &self.items, &self.index);
        let open = |set: &SetFile| set.packs == PackScope::All;
        match view.of {
            None => false,
            Some(OfFile::Id(id)) => scope.is_optional(&id.value),
            Some(OfFile::Set(set)) => open(set),
            Some(OfFile::List(list)) => list.iter().any(|one| match one {
                OneFile::Id(id) => scope.is_optional(&id.value),
                OneFile::Set(set) => open(set),
            }),
        }
    }

    /// The children that come of a tag over all packs.
    pub(super) fn gathered(&mut self, pack: usize, view: &ScoreView<'_>) -> Vec<usize> {
        let sets = match view.of {
            Some(OfFile::Set(set)) => vec![set],
            Some(OfFile::List(list)) => list
                .iter()
                .filter_map(|one| match one {
                    OneFile::Set(set) => Some(set),
                    OneFile::Id(_) => None,
                })
                .collect(),
            Some(OfFile::Id(_)) | None => Vec::new(),
        };
        let open = sets.into_iter().filter(|set| set.packs == PackScope::All);
        open.flat_map(|set| self.set_of(pack, set)).collect()
    }

    /// The members of an `of:`, in the order they are written.
    pub(in crate::rules::rulebook::link) fn members(
        &mut self,
        pack: usize,
        of: &OfFile,
    ) -> Vec<usize> {
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

    /// The questions a score takes in by section or tag.
    pub(in crate::rules::rulebook::link) fn set_members(
        &mut self,
        pack: usize,
        view: &ScoreView<'_>,
    ) -> Vec<usize> {
        match view.of {
            Some(of) => self.sets(pack, of),
            None => self.scored_questions(pack, view.section.unwrap_or_default()),
        }
    }

    /// The questions an `of:` takes in by section or tag.
    pub(in crate::rules::rulebook::link) fn sets(
        &mut self,
        pack: usize,
        of: &OfFile,
    ) -> Vec<usize> {
        match of {
            OfFile::Id(_) => Vec::new(),
            OfFile::Set(set) => self.set_of(pack, set),
            OfFile::List(list) => list
                .iter()
                .flat_map(|one| match one {
                    OneFile::Set(set) => self.set_of(pack, set),
                    OneFile::Id(_) => Vec::new(),
                })
                .collect(),
        }
    }

    /// The questions of a section that have a worth.
    fn scored_questions(&self, pack: usize, section: &str) -> Vec<usize> {
        let found = self
            .sections
            .iter()
            .find(|one| one.pack == pack && one.id == section);
        let questions = found.map_or(&[][..], |one| one.questions.as_slice());
        let scored = |node: &&usize| self.items.get(**node).and_then(worth).is_some();
        questions.iter().filter(scored).copied().collect()
    }

    fn set_of(&mut self, pack: usize, set: &SetFile) -> Vec<usize> {
        let mut nodes = Vec::new();
        if let Some(section) = &set.section {
            nodes = self.scored_questions(pack, &section.value);
            if nodes.is_empty() {
                let message = format!("no scored question in a section `{}`", section.value);
                self.refuse(
                    Code::UnknownId,
                    section.place,
                    message,
                    "name a section of this pack",
                );
            }
        }
        if let Some(tag) = &set.tag {
            let tagged = |item: &Item| {
                let question = item.kind.question();
                let own = item.pack == pack || set.packs == PackScope::All;
                own && question.is_some_and(|one| one.tags.contains(&tag.value))
            };
            let found: Vec<usize> = self
                .items
                .iter()
                .enumerate()
                .filter(|(_, item)| tagged(item) && worth(item).is_some())
                .map(|(node, _)| node)
                .collect();
            if found.is_empty() && set.packs == PackScope::Own {
                let message = format!("no scored question has the tag `{}`", tag.value);
                self.refuse(
                    Code::UnknownId,
                    tag.place,
                    message,
                    "name a tag of this pack's questions",
                );
            }
            nodes.extend(found);
        }
        nodes
    }
}
