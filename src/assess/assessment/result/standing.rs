//! Where a client stands: the one ladder that speaks for it.

use super::{Assessment, ItemId, LadderResult, Named, Need, NeedState};
use serde::{Deserialize, Serialize};

/// The standing of a client.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Standing {
    /// The ladder that speaks: that of the pack that speaks for all, or else the lowest that a pack
    /// puts first, of equals the first.
    pub ladder: ItemId,
    /// True if nothing but what was not asked or not answered blocks its next level: the level is
    /// what could be shown, and no description of the firm.
    pub shown_only: bool,
    /// The other ladders that packs put first and that stand as low; none where one speaks for all.
    pub tied: Vec<ItemId>,
    /// Those that stand higher.
    pub higher: Vec<ItemId>,
    /// The level of the ladder that speaks by what people said, where they agreed on other values;
    /// null where they did not.
    #[serde(default)]
    pub without_agreed: Option<Named>,
}

/// The lowest of several ladders that have a level, the first of equals.
pub(crate) fn lowest<'a>(
    ladders: impl Iterator<Item = &'a LadderResult>,
) -> Option<&'a LadderResult> {
    ladders
        .filter(|one| one.rank.is_some())
        .min_by_key(|one| one.rank)
}

impl Assessment {
    /// The ladder of this id.
    #[must_use]
    pub fn ladder(&self, id: &str) -> Option<&LadderResult> {
        self.levels.iter().find(|one| one.id == *id)
    }

    /// The standing of the client; `None` where no pack puts a ladder first.
    pub(in crate::assess::assessment) fn stands(&self) -> Option<Standing> {
        let heads = |overall: bool| -> Vec<&LadderResult> {
            let packs = self.packs.iter();
            let packs = packs.filter(|pack| pack.overall || !overall);
            let heads = packs.filter_map(|pack| pack.headline.as_ref());
            heads.filter_map(|head| self.ladder(&head.id)).collect()
        };
        let (overall, all) = (heads(true), heads(false));
        let speaks = overall.first().copied();
        let ladder = speaks
            .or_else(|| lowest(all.iter().copied()))
            .or_else(|| all.first().copied())?;
        let others = all
            .iter()
            .filter(|one| speaks.is_none() && one.id != ladder.id);
        let ids = |tied: bool| {
            let ranked = others.clone().filter(|one| one.rank.is_some());
            let ids = ranked.filter(|one| (one.rank == ladder.rank) == tied);
            ids.map(|one| one.id.clone()).collect()
        };
        let needs = ladder.blocked_by();
        let unproven = |need: &&Need| need.state == NeedState::Unproven;
        Some(Standing {
            shown_only: !needs.is_empty() && needs.iter().all(unproven),
            tied: ids(true),
            higher: ids(false),
            ladder: ladder.id.clone(),
            without_agreed: None,
        })
    }
}
