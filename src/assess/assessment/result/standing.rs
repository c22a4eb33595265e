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
    /// The others of these, each with what blocks its next level.
    pub tied: Vec<Tied<'a>>,
}

/// A ladder that stands as low as the one that speaks.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tied<'a> {
    /// The ladder.
    pub ladder: &'a LadderResult,
    /// What blocks its next level, where that is called for.
    pub blocked_by: Vec<&'a Need>,
}

/// The lowest of several ladders that have a level, the first of equals, with the place of its level
/// from 1.
pub(crate) fn lowest<'a>(
    ladders: impl Iterator<Item = &'a LadderResult>,
) -> Option<(&'a LadderResult, usize)> {
    let ranked = ladders.filter_map(|one| Some((one, one.rank(one.level.as_ref()?)?)));
    ranked.min_by_key(|(_, rank)| *rank)
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
            return Some(Standing::new(ladder, rank(ladder), 1, Vec::new()));
        }
        let ranked = || head(false).filter_map(|ladder| Some((ladder, rank(ladder)?)));
        let Some((ladder, place)) = lowest(head(false)) else {
            return Some(Standing::new(head(false).next()?, None, 0, Vec::new()));
        };
        let tied = ranked().filter(|(one, rank)| *rank == place && one.id != ladder.id);
        let tied = tied.map(|(ladder, _)| Tied {
            ladder,
            blocked_by: ladder.blocked_by(),
        });
        let (tied, parts) = (tied.collect(), ranked().count());
        Some(Standing::new(ladder, Some(place), parts, tied))
    }
}

impl<'a> Standing<'a> {
    fn new(
        ladder: &'a LadderResult,
        rank: Option<usize>,
        parts: usize,
        tied: Vec<Tied<'a>>,
    ) -> Self {
        Self {
            ladder,
            rank,
            blocked_by: ladder.blocked_by(),
            shown_only: ladder.is_blocked_by_unproven_only(),
            parts,
            alike: parts.min(tied.len() + 1),
            tied,
        }
    }
}
