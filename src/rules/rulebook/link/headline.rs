//! What speaks for a pack, which pack speaks for all, and what says whether what is built fits.

use super::Linker;
use crate::rules::pack::file::FitFile;
use crate::rules::rulebook::{Domain, Fit, Item, ItemKind, Program, Step};
use crate::rules::vocabulary::Aggregate;
use crate::text::diagnostic::Code;
use crate::text::yaml::Located;
use std::collections::HashSet;

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
                let message = format!("the pack `{name}` already speaks for all packs");
                let help =
                    "leave `overall` out of one of them, or one of them out of the assessment";
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
        let message = format!("`{}` cannot speak for this pack", id.value);
        let help = "name a score or a ladder of this pack";
        self.refuse(Code::InvalidHeadline, id.place, message, help);
        None
    }

    /// The only ladder of a pack over a score, or else its only topmost score.
    fn default_headline(&self, pack: usize) -> Option<usize> {
        let climbs = self.program.steps.iter().filter_map(|step| match step {
            Step::Climb { node, ladder } => ladder.of.map(|_| *node),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Decide { .. }
            | Step::Measure { .. } => None,
        });
        let own = |node: &usize| self.pack_of(*node) == pack;
        let ladders: Vec<usize> = climbs.filter(own).collect();
        match (
            ladders.as_slice(),
            topmost(&self.items, &self.program, pack).as_slice(),
        ) {
            ([only], _) | (_, [only]) => Some(*only),
            _ => None,
        }
    }

    fn fit(&mut self, pack: usize, file: &FitFile) -> Option<Fit> {
        let called_for = self.rely_on(pack, &file.called_for)?;
        let built = self.rely_on(pack, &file.built)?;
        let decision = self.rely_on(pack, &file.decision)?;
        let before = self.problems.errors();
        let ranks = |node: usize| self.items.get(node).and_then(|item| item.domain.ranks());
        let is_ladder = self.program.ladder(built).is_some();
        let alike = ranks(called_for).is_some() && ranks(called_for) == ranks(built);
        let decides = self.program.table(called_for).is_some();
        let compares = self.items.get(decision).is_some_and(compares);
        if !decides {
            let message = format!("`{}` is no decision", file.called_for.value);
            let help = "name the decision that says which form is called for";
            self.refuse(Code::InvalidFit, file.called_for.place, message, help);
        } else if !is_ladder || !alike {
            let message = format!(
                "`{}` is no ladder of the forms that `{}` decides between",
                file.built.value, file.called_for.value
            );
            let help = "give its levels the names of the decision's outcomes, in the same order";
            self.refuse(Code::InvalidFit, file.built.place, message, help);
        }
        if !compares {
            let message = format!("`{}` does not decide about fit", file.decision.value);
            let help =
                "its outcomes are `under-built`, `fit` and `over-built`, and one of them comes out";
            self.refuse(Code::InvalidFit, file.decision.place, message, help);
        }
        (self.problems.errors() == before).then_some(Fit {
            called_for,
            built,
            decision,
        })
    }
}

/// Whether an item is a decision between too little, enough and too much.
fn compares(item: &Item) -> bool {
    match &item.domain {
        Domain::Outcomes {
            names,
            several: false,
            ..
        } => {
            let decision = matches!(item.kind, ItemKind::Decision { .. });
            let all = FIT_OUTCOMES
                .iter()
                .all(|one| names.iter().any(|name| name == one));
            decision && all && names.len() == FIT_OUTCOMES.len()
        }
        Domain::Outcomes { .. } | Domain::Number { .. } | Domain::Choices { .. } | Domain::Text => {
            false
        }
    }
}

/// The scores of a pack that no other score of it reads. A distance between parts, a spread or a
/// difference, neither speaks for a pack nor stands above what it compares.
pub(crate) fn topmost(items: &[Item], program: &Program, pack: usize) -> Vec<usize> {
    let own = |node: usize| items.get(node).is_some_and(|item| item.pack == pack);
    let scores = || {
        program.steps.iter().filter_map(move |step| match step {
            Step::Score { node, score } => {
                let distance = matches!(score.aggregate, Aggregate::Spread | Aggregate::Difference);
                (own(*node) && !distance).then_some((*node, score))
            }
            Step::Relevance { .. }
            | Step::Decide { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        })
    };
    let read: HashSet<usize> = scores()
        .flat_map(|(_, score)| score.terms.iter().map(|term| term.node))
        .collect();
    let mut topmost: Vec<usize> = scores().map(|(node, _)| node).collect();
    topmost.retain(|node| !read.contains(node));
    topmost.sort_unstable();
    topmost
}
