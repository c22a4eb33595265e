//! Standing of a client: the one ladder that speaks for it, the parts that stand out, and the fit of
//! what is built with what is called for.

use super::{Assessment, ItemId, LadderResult, Named, Need, NeedState, RankingResult, ScoreResult};
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
    /// The work that alone gives the next level of the ladder that speaks: of those that answer causes
    /// the first; null where none does.
    #[serde(default)]
    pub one_action: Option<String>,
    /// The place of the level of the lowest once all works of `soon` are done, lowest first, from 1;
    /// null where that is no higher than today.
    #[serde(default)]
    pub rank_then: Option<usize>,
    /// Of a pack that speaks for all, the part in which the client is surely least far, and the one
    /// in which surely furthest; null where no part lies at least 5 points below all others.
    #[serde(default)]
    pub extremes: Option<Extremes>,
}

/// The parts that stand out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Extremes {
    /// The part that lies surely above all others; null where none does, or not far above the lowest.
    pub highest: Option<ItemId>,
    /// The part that lies surely below all others.
    pub lowest: ItemId,
}

/// Points of an index from which two parts are told apart: what one step of one rating moves the mean
/// of five.
const APART: f64 = 5.0;
/// Points of an index from which two parts are told as far apart: a step of a rating is 25.
const FAR_APART: f64 = 20.0;

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
            one_action: None,
            rank_then: None,
            extremes: None,
        })
    }

    /// The standing with the work that alone gives the next level, and the level once the next works
    /// are done.
    pub(in crate::assess::assessment) fn standing_with_actions(&self) -> Option<Standing> {
        let standing = self.standing.clone()?;
        let ladder = self.ladder(&standing.ladder)?;
        let from = ladder.rank;
        let rises = |work: &&String| {
            let effect = self.action(work).and_then(|action| action.effect.as_ref());
            let levels = effect.into_iter().flat_map(|effect| &effect.levels);
            let mut own = levels.filter(|level| level.id == ladder.id);
            own.any(|level| {
                let to = level.after.as_ref().and_then(|one| ladder.rank(one));
                from.zip(to).is_some_and(|(from, to)| to > from)
            })
        };
        let mut works = self.causes.iter().filter_map(|one| one.action.as_ref());
        let one_action = works.find(rises).cloned();
        let soon = self.soon_levels();
        let then = |id: &ItemId| {
            let moved = soon.iter().find(|one| one.id == *id);
            moved.map_or_else(|| self.ladder(id)?.rank, |one| one.rank)
        };
        let all = [&standing.ladder].into_iter();
        let all = all.chain(&standing.tied).chain(&standing.higher);
        let lowest: Option<Vec<usize>> = all.map(then).collect();
        let lowest = lowest.and_then(|ranks| ranks.into_iter().min());
        Some(Standing {
            one_action,
            rank_then: lowest.filter(|rank| from.is_some_and(|from| *rank > from)),
            extremes: self.extremes(ladder),
            ..standing
        })
    }

    /// The part of a ladder's score that lies surely below all others, and the one surely above.
    fn extremes(&self, ladder: &LadderResult) -> Option<Extremes> {
        let is_overall = |id: &str| self.packs.iter().any(|pack| pack.overall && pack.id == id);
        let mut rankings = self.rankings.iter().filter(|one| is_overall(&one.pack));
        let own = |one: &&RankingResult| one.pack == ladder.id.pack() && one.exhibit.is_none();
        let ranking = rankings.find(own).filter(|one| !one.level)?;
        let parts = &self.score(ladder.of.as_ref()?)?.parts;
        let parts: Vec<&ScoreResult> = parts.iter().filter_map(|one| self.score(&one.id)).collect();
        let is_below = |one: &ScoreResult, other: &ScoreResult| {
            let ends = one.index_range.zip(other.index_range);
            let points = one.index.zip(other.index);
            one.id == other.id
                || ends.is_none_or(|(one, other)| one.high < other.low)
                    && points.is_none_or(|(one, other)| other - one >= APART)
        };
        let lowest = ranking.lowest.iter().find(|id| {
            let own = self.score(id);
            own.is_some_and(|own| parts.iter().all(|other| is_below(own, other)))
        })?;
        let highest = ranking.highest.iter().find(|id| {
            let own = self.score(id);
            own.is_some_and(|own| parts.iter().all(|other| is_below(other, own)))
        });
        let index = |id: &ItemId| self.score(id).and_then(|one| one.index);
        let is_far = |id: &&ItemId| {
            index(id)
                .zip(index(lowest))
                .is_some_and(|(high, low)| high - low >= FAR_APART)
        };
        Some(Extremes {
            highest: highest.filter(is_far).cloned(),
            lowest: lowest.clone(),
        })
    }
}

/// The fit of what is built with what is called for, by the pack's own decision.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FitResult {
    /// The pack.
    pub pack: String,
    /// The decision, `pack.item`.
    pub id: ItemId,
    /// Its outcome.
    pub state: FitState,
    /// The outcome in the pack's own words; null while it is open, and where it does not apply.
    pub outcome: Option<Named>,
    /// Every outcome the open answers still allow.
    pub possible: Vec<Named>,
    /// The form called for.
    pub called_for: FormResult,
    /// The form built.
    pub built: FormResult,
    /// The form that is built once every target is reached; null without targets.
    #[serde(default)]
    pub aimed_at: Option<Named>,
    /// True if the open answers cannot change it.
    pub certain: bool,
    /// The rule that decided; none where it is open which of several does.
    pub rule: Option<String>,
    /// Reason for the outcome; given wherever there is one.
    pub because: Option<String>,
}

/// The outcome of comparing what is built with what is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FitState {
    /// Less is built than called for.
    UnderBuilt,
    /// The form called for is the form that is built.
    Fit,
    /// More is built than called for.
    OverBuilt,
    /// Too little is answered to say.
    Open,
    /// It does not apply.
    NotApplicable,
}

/// A form called for, or built.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FormResult {
    /// The decision or ladder that gives it, `pack.item`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// The form; null while it is open.
    pub form: Option<Named>,
    /// The meaning of the form, as the ladder of what is built puts it.
    #[serde(default)]
    pub means: Option<String>,
    /// Every form the open answers still allow.
    pub possible: Vec<Named>,
    /// True if the open answers cannot change it.
    pub certain: bool,
}

/// Something that is built and certainly not called for.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SimplifyResult {
    /// The question, `pack.item`.
    pub id: ItemId,
    /// Its short name.
    pub label: String,
    /// The state of things, in words.
    pub says: String,
    /// Its place on 0..100 of its scale, 50 or more.
    pub index: f64,
    /// The actions that say what to stop, by their work.
    pub actions: Vec<String>,
}
