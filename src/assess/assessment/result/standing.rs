//! Where a client stands: the one ladder that speaks for it.

use super::{Assessment, LadderResult, Need};
use serde::Serialize;

/// Where a client stands.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Standing<'a> {
    /// The ladder that speaks: that of the pack that speaks for all, or else the lowest that a pack
    /// puts first.
    pub ladder: &'a LadderResult,
    /// Place of its level, lowest first, from 1; null where no level can be said.
    pub rank: Option<usize>,
    /// What blocks its next level, where that is called for.
    pub blocked_by: Vec<&'a Need>,
    /// True if nothing but what was not asked or not answered blocks it: the level is what could be
    /// shown, and no description of the firm.
    pub shown_only: bool,
    /// Number of ladders that packs put first and that have a level; 1 where one speaks for all.
    pub parts: usize,
    /// Number of them that have no higher level than this one.
    pub alike: usize,
}

impl Assessment {
    /// Where the client stands; `None` where no pack puts a ladder first.
    #[must_use]
    pub fn standing(&self) -> Option<Standing<'_>> {
        let head = |overall: bool| {
            let packs = self
                .packs
                .iter()
                .filter(move |pack| pack.overall || !overall);
            let heads = packs.filter_map(|pack| pack.headline.as_ref());
            heads.filter_map(|head| self.levels.iter().find(|ladder| ladder.id == head.id))
        };
        let rank = |ladder: &LadderResult| ladder.rank(ladder.level.as_ref()?);
        if let Some(ladder) = head(true).next() {
            return Some(Standing::new(ladder, rank(ladder), 1, 1));
        }
        let ranked = || head(false).filter_map(|ladder| Some((ladder, rank(ladder)?)));
        let lowest = ranked().min_by_key(|(_, rank)| *rank);
        let Some((ladder, place)) = lowest else {
            return Some(Standing::new(head(false).next()?, None, 0, 0));
        };
        let alike = ranked().filter(|(_, rank)| *rank == place).count();
        let parts = ranked().count();
        Some(Standing::new(ladder, Some(place), parts, alike))
    }
}

impl<'a> Standing<'a> {
    fn new(ladder: &'a LadderResult, rank: Option<usize>, parts: usize, alike: usize) -> Self {
        Self {
            ladder,
            rank,
            blocked_by: ladder.blocked_by(),
            shown_only: ladder.is_blocked_by_unproven_only(),
            parts,
            alike,
        }
    }
}
