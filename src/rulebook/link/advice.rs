//! Advice: ids that are its own, what should come first, and the same work advised by other packs.

use super::Linker;
use crate::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::pack::Loaded;
use crate::pack::file::{AdviceFile, UseFile};
use crate::rulebook::{Advice, Pack};
use crate::yaml::Located;

impl Linker<'_> {
    /// Every id of a piece of advice is its own, and what should come first is there.
    pub(super) fn advice_of(&mut self, pack: usize, one: &Loaded) {
        let list = all(one);
        for (index, one) in list.iter().enumerate() {
            super::header::check_id(&one.id.value, one.id.place, self.problems);
            if let Some(first) = list
                .iter()
                .take(index)
                .find(|other| other.id.value == one.id.value)
            {
                let message = format!("`{}` is the id of two pieces of advice", one.id.value);
                let problem = Diagnostic::error(Code::DuplicateId, message).at(one.id.place);
                self.problems.push(
                    problem
                        .relate(first.id.place, "it stands here first")
                        .help("rename one of them"),
                );
            }
            if let Some(same) = &one.same_as {
                self.same_as(pack, same);
            }
            for after in &one.after {
                if list.iter().all(|other| other.id.value != after.value) {
                    let near = nearest(
                        &after.value,
                        list.iter().map(|other| other.id.value.as_str()),
                    );
                    let help = suggestion(near, "name another piece of advice");
                    self.refuse(
                        Code::UnknownId,
                        after.place,
                        format!("no advice `{}`", after.value),
                        &help,
                    );
                }
            }
        }
    }

    /// The same work is named once: by the advice of a used pack that stands for itself.
    fn same_as(&mut self, pack: usize, same: &Located<String>) {
        let Some((name, id)) = same.value.split_once('.') else {
            let message = format!("`{}` is not the advice of another pack", same.value);
            let help = "write `pack.advice`";
            return self.refuse(Code::UnknownId, same.place, message, help);
        };
        let used = self
            .loaded
            .get(pack)
            .and_then(|one| one.file.uses.get(name));
        let Some(used) = used else {
            let message = format!("this pack does not use the pack `{name}`");
            let help = format!("add `uses: {{ {name}: \"^1\" }}` to pack.yaml");
            return self.refuse(Code::UnknownId, same.place, message, &help);
        };
        let loaded = self.loaded.iter().find(|one| one.id() == name);
        let Some(there) = loaded.map(all) else {
            debug_assert!(UseFile::is_optional(used), "a used pack is loaded");
            return;
        };
        let Some(advice) = there.iter().find(|one| one.id.value == id) else {
            let near = nearest(id, there.iter().map(|one| one.id.value.as_str()));
            let near = near.map(|near| format!("{name}.{near}"));
            let help = suggestion(near.as_deref(), "name a piece of its advice");
            let message = format!("no advice `{id}` in the pack `{name}`");
            return self.refuse(Code::UnknownId, same.place, message, &help);
        };
        if let Some(home) = &advice.same_as {
            let message = format!("`{}` is itself the same as `{}`", same.value, home.value);
            let help = format!("write `{}`", home.value);
            self.refuse(Code::InvalidUse, same.place, message, &help);
        }
    }
}

/// All advice of a pack.
fn all(pack: &Loaded) -> Vec<&AdviceFile> {
    let findings = pack.file.findings.iter().flat_map(|(_, file)| &file.advice);
    let gates = pack.file.gates.iter().flat_map(|(_, file)| &file.advice);
    findings.chain(gates).collect()
}

/// Advice for readers.
pub(super) fn advice(packs: &[Pack], pack: usize, list: &[AdviceFile]) -> Vec<Advice> {
    let own = packs.get(pack).map_or("", |pack| pack.id.as_str());
    list.iter()
        .map(|one| Advice {
            id: one.id.value.clone(),
            what: one.what.clone(),
            how: one.how.clone(),
            effort: one.effort,
            impact: one.impact,
            within: one.within,
            owner: one.owner.clone(),
            after: one.after.iter().map(|id| id.value.clone()).collect(),
            same_as: one.same_as.as_ref().map(|same| same.value.clone()),
            work: one.same_as.as_ref().map_or_else(
                || format!("{own}.{}", one.id.value),
                |same| same.value.clone(),
            ),
        })
        .collect()
}
