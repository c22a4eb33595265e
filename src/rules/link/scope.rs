//! The meaning of an id within a pack: its own items, and `pack.item` of the packs it uses.

use super::linker::Linker;
use crate::message;
use crate::rules::pack::file::UseFile;
use crate::rules::rulebook::Item;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;

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
            let message = message!("may-not-be-there-its-pack", id = id.value);
            let help = message!("use-the-pack-without-optional-or-read");
            self.refuse(Code::InvalidUse, id.place, message, help);
            return None;
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
            let message = message!("reads-the-pack-which-this-pack", name, other);
            let help = message!("add-uses-to-pack-yaml-2", other);
            let problem = Diagnostic::error(Code::UnknownId, message);
            return Err(problem.at(id.place).help(help));
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
        let help = suggestion(
            near.as_deref(),
            message!("name-a-question-score-decision-or-ladder"),
        );
        let message = message!("no-item", local, whose);
        let problem = Diagnostic::error(Code::UnknownId, message);
        Err(problem.at(id.place).help(help))
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
}
