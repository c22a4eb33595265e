//! Two assessments compared: what moved, because of which answers, and the effect of packs.
//!
//! [`compare`] takes two result documents and gives a [`Comparison`]. Where the answers behind a
//! document are at hand too ([`Side::scored`]), it scores again with single answers replaced, which
//! shows the effect of each, and over the questions that are rated on both sides.
//!
//! The rules are those of trends: only the same pack of the same major version, both scopes given,
//! and no change called where it is smaller than a quarter anchor or than what open answers allow.

mod answers;
mod below;
mod judge;
mod packs;
mod pair;
mod rescore;
mod result;
mod scores;
mod verdicts;

pub use super::QUARTER_ANCHOR;
pub(crate) use below::Below;
pub use pair::{Carried, Side};
pub use result::{
    AnswerChange, AnswerMove, AnswerPoint, Banner, BannerKind, CommonChange, Comparison,
    DecisionChange, Effect, EffectKind, FindingChange, GateChange, LevelChange, MetricChange,
    Movement, NoChange, PackChange, PackPoint, PackRelation, Scope, ScoreChange, ScorePoint, Share,
    SideResult,
};

use crate::assess::assessment::Assessment;
use crate::message;
use pair::Pair;
use rescore::Shares;

/// Compares two result documents, and nothing but the documents.
#[must_use]
pub fn documents(before: &Assessment, after: &Assessment) -> Comparison {
    let why = message!("only-the-results-are-compared");
    compare(
        &Side::stored(before),
        &Side::stored(after),
        &Carried::Not(why),
    )
}

/// Returns true where two results rest on the very same packs. Where they do not, [`compare`] shows
/// the effect of packs apart from that of answers, if the earlier answers can be [carried](Carried) over.
#[must_use]
pub fn same_packs(before: &Assessment, after: &Assessment) -> bool {
    packs::are_same(&packs::pack_changes(before, after))
}

/// The packs of which the two hold different major versions, by id; these are not compared.
#[must_use]
pub fn parted(before: &Assessment, after: &Assessment) -> Vec<String> {
    let changes = packs::pack_changes(before, after).into_iter();
    let parted = changes.filter(|one| one.relation == PackRelation::OtherMajor);
    parted.map(|one| one.id).collect()
}

/// Compares two assessments; `carried` matters only where packs changed.
#[must_use]
pub fn compare(before: &Side<'_>, after: &Side<'_>, carried: &Carried<'_>) -> Comparison {
    let packs = packs::pack_changes(before.result, after.result);
    let effect = packs::effect(&packs, carried);
    let carried = match carried {
        Carried::Done(side) if effect.kind == EffectKind::Told => Some(side),
        Carried::Done(_) | Carried::Not(_) => None,
    };
    let pair = Pair {
        before: before.result,
        after: after.result,
        carried: carried.map(|side| side.result),
        packs: &packs,
    };
    let answers = pair.answers();
    let from = carried.or_else(|| packs::are_same(&packs).then_some(before));
    let shares = from.and_then(|from| Shares::new(from, after, &answers));
    Comparison {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        before: packs::side(before),
        after: packs::side(after),
        banners: packs::banners(before, after, &answers),
        scores: scores::scores(pair, before, after, &answers, shares.as_ref()),
        levels: pair.levels(),
        decisions: pair.decisions(),
        gates: pair.gates(),
        metrics: pair.metrics(),
        findings: pair.findings(),
        answers,
        effect,
        packs,
    }
}
