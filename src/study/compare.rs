//! Two assessments side by side: what moved, because of which answers, and what packs did to it.
//!
//! [`compare`] takes two result documents and gives a [`Comparison`]. Where the answers behind a
//! document are at hand too ([`Side::scored`]), it scores again with single answers replaced, which
//! tells what each of them did, and over the questions that are rated on both sides.
//!
//! The rules are those of trends: only the same pack of the same major version, both scopes told,
//! and no change called where it is smaller than a quarter anchor or than what open answers allow.

mod answers;
mod below;
mod judge;
mod packs;
mod rescore;
mod result;
mod scores;
mod verdicts;

pub(crate) use below::Below;
pub use judge::QUARTER_ANCHOR;
pub use result::{
    AnswerChange, AnswerMove, AnswerPoint, Banner, BannerKind, CommonChange, Comparison,
    DecisionChange, Effect, EffectKind, FindingChange, GateChange, LevelChange, MetricChange,
    Movement, NoChange, PackChange, PackPoint, PackRelation, Scope, ScoreChange, ScorePoint, Share,
    SideResult,
};

use crate::answers::Answers;
use crate::assess::assessment::Assessment;
use crate::rules::rulebook::Rulebook;
use packs::Packs;
use rescore::Rescore;
use std::collections::HashMap;

/// One of the two: a result document, with the answers behind it where they are at hand.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The document.
    pub result: &'a Assessment,
    /// What it was made from.
    pub source: Option<(&'a Rulebook, &'a Answers)>,
}

impl<'a> Side<'a> {
    /// A document that was kept; its answers cannot be scored again.
    #[must_use]
    pub fn stored(result: &'a Assessment) -> Self {
        Self {
            result,
            source: None,
        }
    }

    /// A document with the answers it was made from.
    #[must_use]
    pub fn scored(result: &'a Assessment, rulebook: &'a Rulebook, answers: &'a Answers) -> Self {
        Self {
            result,
            source: Some((rulebook, answers)),
        }
    }
}

/// The earlier answers under the later packs, where packs changed.
#[derive(Debug, Clone, Copy)]
pub enum Carried<'a> {
    /// The earlier answers, scored by the rulebook of the later ones.
    Done(Side<'a>),
    /// Why that cannot be: a sentence in lower case without a period.
    Not(&'a str),
}

/// Compares two result documents, and nothing but the documents.
#[must_use]
pub fn documents(before: &Assessment, after: &Assessment) -> Comparison {
    let why = "only the results are compared";
    compare(
        &Side::stored(before),
        &Side::stored(after),
        &Carried::Not(why),
    )
}

/// Whether two results rest on the very same packs. Where they do not, [`compare`] tells what packs
/// did apart from what answers did, if the earlier answers can be [carried](Carried) over.
#[must_use]
pub fn same_packs(before: &Assessment, after: &Assessment) -> bool {
    Packs::new(before, after).are_same()
}

/// The packs of which the two hold different major versions, by id; these are not compared.
#[must_use]
pub fn parted(before: &Assessment, after: &Assessment) -> Vec<String> {
    let changes = Packs::new(before, after).changes.into_iter();
    let parted = changes.filter(|one| one.relation == PackRelation::OtherMajor);
    parted.map(|one| one.id).collect()
}

/// Compares two assessments; `carried` matters only where packs changed.
#[must_use]
pub fn compare(before: &Side<'_>, after: &Side<'_>, carried: &Carried<'_>) -> Comparison {
    let packs = Packs::new(before.result, after.result);
    let effect = packs.effect(carried);
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
    let rescore = Rescore::new(before, after, carried, &packs, &answers);
    Comparison {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        before: packs::side(before),
        after: packs::side(after),
        banners: packs::banners(before, after, &answers),
        scores: pair.scores(&answers, &rescore),
        levels: pair.levels(),
        decisions: pair.decisions(),
        gates: pair.gates(),
        metrics: pair.metrics(),
        findings: pair.findings(),
        answers,
        effect,
        packs: packs.changes,
    }
}

/// What every part of the comparison is made from.
#[derive(Debug, Clone, Copy)]
struct Pair<'a> {
    before: &'a Assessment,
    after: &'a Assessment,
    /// The earlier answers under the later packs.
    carried: Option<&'a Assessment>,
    packs: &'a Packs,
}

impl<'a> Pair<'a> {
    /// Matches two lists by id, those of packs that are compared: in the order of the later one,
    /// with what only the earlier one has behind it.
    fn matched<T>(
        &self,
        before: &'a [T],
        after: &'a [T],
        id: fn(&T) -> &str,
    ) -> Vec<(Option<&'a T>, Option<&'a T>)> {
        let index = |list: &'a [T]| -> HashMap<&'a str, &'a T> {
            list.iter().map(|one| (id(one), one)).collect()
        };
        let (earlier, later) = (index(before), index(after));
        let both = after
            .iter()
            .map(|to| (earlier.get(id(to)).copied(), Some(to)));
        let gone = before.iter().filter(|from| !later.contains_key(id(from)));
        let gone = gone.map(|from| (Some(from), None));
        let told = |pair: &(Option<&T>, Option<&T>)| {
            pair.1
                .or(pair.0)
                .is_some_and(|one| self.packs.compares(id(one)))
        };
        both.chain(gone).filter(told).collect()
    }
}
