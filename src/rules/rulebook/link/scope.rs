//! What an id means in a pack.

use super::{Item, Pack};
use crate::rules::pack::Loaded;
use crate::rules::pack::file::UseFile;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;
use std::collections::HashMap;

/// The names one pack can use: its own items, and `pack.item` of the packs it uses.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    own: &'a str,
    loaded: Option<&'a Loaded>,
    packs: &'a [Pack],
    pub(crate) items: &'a [Item],
    index: &'a HashMap<String, usize>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        loaded: &'a [Loaded],
        pack: usize,
        packs: &'a [Pack],
        items: &'a [Item],
        index: &'a HashMap<String, usize>,
    ) -> Self {
        let own = packs.get(pack).map_or("", |pack| pack.id.as_str());
        Self {
            own,
            loaded: loaded.get(pack),
            packs,
            items,
            index,
        }
    }

    /// The item an id names, or the problem with it; `None` for an item of an optional pack that
    /// the assessment does without.
    pub(crate) fn resolve(&self, id: &Located<String>) -> Result<Option<usize>, Diagnostic> {
        if let Some((pack, _)) = id.value.split_once('.') {
            return self.foreign(pack, id);
        }
        let full = format!("{}.{}", self.own, id.value);
        self.index.get(&full).copied().map(Some).ok_or_else(|| {
            let near = nearest(&id.value, self.ids_of(self.own));
            let problem = Diagnostic::error(
                Code::UnknownId,
                format!("no item `{}` in this pack", id.value),
            );
            problem.at(id.place).help(suggestion(near, NAMEABLE))
        })
    }

    /// Whether an id belongs to a pack that this one can do without.
    pub(crate) fn is_optional(&self, id: &str) -> bool {
        let wanted = id.split_once('.').and_then(|(pack, _)| self.uses(pack));
        wanted.is_some_and(UseFile::is_optional)
    }

    fn uses(&self, pack: &str) -> Option<&'a UseFile> {
        self.loaded?.file.uses.get(pack)
    }

    fn foreign(&self, pack: &str, id: &Located<String>) -> Result<Option<usize>, Diagnostic> {
        let wanted = self.uses(pack);
        if wanted.is_some_and(UseFile::is_optional) && !self.packs.iter().any(|one| one.id == pack)
        {
            return Ok(None);
        }
        if wanted.is_none() && pack != self.own {
            let message = format!(
                "`{}` reads the pack `{pack}`, which this pack does not use",
                id.value
            );
            let help = format!("add `uses: {{ {pack}: \"^1\" }}` to pack.yaml");
            return Err(Diagnostic::error(Code::UnknownId, message)
                .at(id.place)
                .help(help));
        }
        self.index.get(&id.value).copied().map(Some).ok_or_else(|| {
            let local = id.value.split_once('.').map_or("", |(_, local)| local);
            let near = nearest(local, self.ids_of(pack)).map(|near| format!("{pack}.{near}"));
            let problem = Diagnostic::error(
                Code::UnknownId,
                format!("no item `{local}` in the pack `{pack}`"),
            );
            problem
                .at(id.place)
                .help(suggestion(near.as_deref(), NAMEABLE))
        })
    }

    fn ids_of(&self, pack: &str) -> impl Iterator<Item = &'a str> {
        let place = self.packs.iter().position(|one| one.id == pack);
        self.items
            .iter()
            .filter(move |item| Some(item.pack) == place)
            .map(Item::local_id)
    }
}

/// What an id may name.
const NAMEABLE: &str = "name a question, score, decision or ladder";
