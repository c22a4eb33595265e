//! Headlines of packs, the pack that speaks for all, and the decision on fit.

use super::linker::Linker;
use crate::message;
use crate::rules::pack::file::FitFile;
use crate::rules::rulebook::profile::topmost;
use crate::rules::rulebook::{Domain, Fit, Item, ItemKind};
use crate::text::diagnostic::Code;
use crate::text::yaml::Located;

/// The outcomes of a decision on fit, in any order.
const FIT_OUTCOMES: [&str; 3] = ["under-built", "fit", "over-built"];

impl Linker<'_> {
    /// Settles for each pack what speaks for it, once everything is compiled.
    pub(super) fn headlines(&mut self) {
        let mut overall: Option<usize> = None;
        for (pack, one) in self.loaded.iter().enumerate() {
            let headline = match &one.file.headline {
                Some(id) => self.headline(pack, id),
                None => self.default_headline(pack),
            };
            let fit = one.file.fit.as_ref().and_then(|fit| self.fit(pack, fit));
            let speaks = one.file.overall.as_ref().filter(|one| one.value);
            if let (Some(first), Some(second)) = (overall, speaks) {
                let name = self.packs.get(first).map_or("", |pack| pack.id.as_str());
                let message = message!("the-pack-already-speaks-for-all", name);
                let help = message!("leave-overall-out-of-one-of-them");
                self.refuse(Code::InvalidHeadline, second.place, message, help);
            }
            if speaks.is_some() {
                overall = overall.or(Some(pack));
            }
            if let Some(pack) = self.packs.get_mut(pack) {
                pack.headline = headline;
                pack.fit = fit;
                pack.overall = speaks.is_some();
            }
        }
    }

    fn headline(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let node = self.rely_on(pack, id)?;
        let speaks = |item: &Item| {
            let kind = matches!(item.kind, ItemKind::Score { .. } | ItemKind::Ladder { .. });
            item.pack == pack && kind
        };
        if self.items.get(node).is_some_and(speaks) {
            return Some(node);
        }
        let message = message!("cannot-speak-for-this-pack", id = id.value);
        let help = message!("name-a-score-or-a-ladder-of-this-pack");
        self.refuse(Code::InvalidHeadline, id.place, message, help);
        None
    }

    /// The only ladder of a pack over a score, or else its only topmost score.
    fn default_headline(&self, pack: usize) -> Option<usize> {
        let ladders = self.program.ladders();
        let own =
            ladders.filter(|(node, ladder)| ladder.of.is_some() && self.pack_of(*node) == pack);
        let own: Vec<usize> = own.map(|(node, _)| node).collect();
        let scores = topmost(&self.items, &self.program, pack);
        match (own.as_slice(), scores.as_slice()) {
            ([only], _) | (_, [only]) => Some(*only),
            _ => None,
        }
    }

    fn fit(&mut self, pack: usize, file: &FitFile) -> Option<Fit> {
        let called_for = self.rely_on(pack, &file.called_for)?;
        let built = self.rely_on(pack, &file.built)?;
        let decision = self.rely_on(pack, &file.decision)?;
        let before = self.problems.errors();
        let ranks = self.ranks(called_for);
        let alike = ranks.is_some() && ranks == self.ranks(built);
        if self.program.table(called_for).is_none() {
            let message = message!("is-no-decision", called_for = file.called_for.value);
            let help = message!("name-the-decision-that-says-which-form");
            self.refuse(Code::InvalidFit, file.called_for.place, message, help);
        } else if self.program.ladder(built).is_none() || !alike {
            let message = message!(
                "is-no-ladder-of-the-forms-that-decides-between",
                built = file.built.value,
                called_for = file.called_for.value
            );
            let help = message!("give-its-levels-the-names-of-the-decisions");
            self.refuse(Code::InvalidFit, file.built.place, message, help);
        }
        if !self.items.get(decision).is_some_and(is_about_fit) {
            let message = message!("does-not-decide-about-fit", decision = file.decision.value);
            let help = message!("its-outcomes-are-under-built-fit");
            self.refuse(Code::InvalidFit, file.decision.place, message, help);
        }
        (self.problems.errors() == before).then_some(Fit {
            called_for,
            built,
            decision,
        })
    }
}

/// True for a decision between too little, enough and too much.
fn is_about_fit(item: &Item) -> bool {
    let Domain::Outcomes {
        names,
        several: false,
        ..
    } = &item.domain
    else {
        return false;
    };
    let decision = matches!(item.kind, ItemKind::Decision { .. });
    let all = FIT_OUTCOMES
        .iter()
        .all(|one| names.iter().any(|name| name == one));
    decision && all && names.len() == FIT_OUTCOMES.len()
}
