//! Names of a policy, resolved to ids.

use super::Checker;
use crate::message;
use crate::rules::rulebook::{Item, ItemKind};
use crate::study::gate::Names;
use crate::study::gate::policy::Ask;
use crate::text::diagnostic::{Code, nearest, suggestion};
use crate::text::yaml::Located;

impl Checker<'_> {
    /// The scores that names refer to; none for no names.
    pub(super) fn scores(&mut self, names: Option<&Names>) -> Vec<String> {
        let is_score = |item: &&Item| matches!(item.kind, ItemKind::Score { .. });
        let all = self.rulebook.items.iter().filter(is_score);
        let all: Vec<&str> = all.map(|item| item.id.as_str()).collect();
        names.map_or_else(Vec::new, |names| self.named(names, &all, "score"))
    }

    /// The ids that names refer to, each once.
    pub(super) fn named(&mut self, names: &Names, all: &[&str], what: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in names.as_slice() {
            let pack = name.value.strip_suffix(".*");
            let matches = |id: &&&str| match pack {
                Some(pack) => id.split_once('.').is_some_and(|(own, _)| own == pack),
                None => **id == name.value,
            };
            let matching: Vec<&&str> = all.iter().filter(matches).collect();
            if matching.is_empty() {
                self.unknown(name, all, what);
            }
            for id in matching {
                if !found.iter().any(|one| one == id) {
                    found.push((*id).to_owned());
                }
            }
        }
        found
    }

    pub(super) fn unknown(&mut self, name: &Located<String>, all: &[&str], what: &str) {
        let local = |id: &&&str| id.split_once('.').map(|(_, local)| local) == Some(&name.value);
        let near = all.iter().find(local).copied();
        let near = near.or_else(|| nearest(&name.value, all.iter().copied()));
        let message = message!("there-is-no-in-these-packs", what, value = name.value);
        let otherwise = message!("centricity-explain-path-lists-what");
        let help = suggestion(near, otherwise);
        self.refuse(Code::UnknownId, name.place, message, help);
    }

    /// The gates of packs that names refer to.
    pub(super) fn gates(&mut self, names: &Names) -> Ask {
        let rulebook = self.rulebook;
        let all: Vec<&str> = rulebook.gates.iter().map(|one| one.id.as_str()).collect();
        Ask::Gates(self.named(names, &all, "gate"))
    }

    /// The scores that names refer to and that can fall; one named by itself that cannot is
    /// refused.
    pub(super) fn falling(&mut self, names: &Names) -> Vec<String> {
        let rising = self.rising();
        let mut ids = self.scores(Some(names));
        for name in names.as_slice() {
            if ids.contains(&name.value) && !rising.contains(&name.value) {
                let message = message!("neither-rises-nor-falls-as", value = name.value);
                let help = message!("a-spread-or-a-difference-tells-how-far");
                self.refuse(Code::InvalidValue, name.place, message, help);
            }
        }
        ids.retain(|id| rising.contains(id));
        ids
    }

    /// The scores of which more is better: all but gaps and spreads.
    pub(super) fn rising(&self) -> Vec<String> {
        let items = self.rulebook.items.iter();
        let rising = items.filter(|item| match &item.kind {
            ItemKind::Score { aggregate, .. } => !aggregate.properties().distance,
            ItemKind::Question(_)
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => false,
        });
        rising.map(|item| item.id.clone()).collect()
    }
}
