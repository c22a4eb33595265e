//! The meaning of an id within a pack.

use crate::rules::pack::Loaded;
use crate::rules::pack::file::UseFile;
use crate::rules::rulebook::{Item, Pack};
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;
use std::collections::HashMap;

/// The names one pack can use: its own items, and `pack.item` of the packs it uses.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    own: &'a str,
    loaded: Option<&'a Loaded>,
    packs: &'a [Pack],
    pub(super) items: &'a [Item],
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
        Self {
            own: packs.get(pack).map_or("", |pack| pack.id.as_str()),
            loaded: loaded.get(pack),
            packs,
            items,
            index,
        }
    }

    /// The item an id names, or the problem with it; `None` for an item of an optional pack that
    /// the assessment does without.
    pub(super) fn resolve(&self, id: &Located<String>) -> Result<Option<usize>, Diagnostic> {
        let Some((pack, local)) = id.value.split_once('.') else {
            return self.find(id, (self.own, &id.value), "in this pack", "");
        };
        let wanted = self.uses(pack);
        let there = self.packs.iter().any(|one| one.id == pack);
        if wanted.is_some_and(UseFile::is_optional) && !there {
            return Ok(None);
        }
        if wanted.is_none() && pack != self.own {
            let id_in = &id.value;
            let message =
                format!("`{id_in}` reads the pack `{pack}`, which this pack does not use");
            let help = format!("add `uses: {{ {pack}: \"^1\" }}` to pack.yaml");
            let problem = Diagnostic::error(Code::UnknownId, message);
            return Err(problem.at(id.place).help(help));
        }
        let prefix = format!("{pack}.");
        self.find(id, (pack, local), &format!("in the pack `{pack}`"), &prefix)
    }

    /// True for the id of an item of a pack that this one can do without.
    pub(super) fn is_optional(&self, id: &str) -> bool {
        let wanted = id.split_once('.').and_then(|(pack, _)| self.uses(pack));
        wanted.is_some_and(UseFile::is_optional)
    }

    fn uses(&self, pack: &str) -> Option<&'a UseFile> {
        self.loaded?.file.uses.get(pack)
    }

    fn find(
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
            "name a question, score, decision or ladder",
        );
        let message = format!("no item `{local}` {whose}");
        let problem = Diagnostic::error(Code::UnknownId, message);
        Err(problem.at(id.place).help(help))
    }
}
