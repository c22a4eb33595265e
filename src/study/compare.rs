//! Two assessments compared: what moved, because of which answers, and the effect of packs.
//!
//! [`compare`] takes two result documents and gives a [`Comparison`]. Where the answers behind a
//! document are at hand too ([`Side::source`]), it scores again with single answers replaced, which
//! shows the effect of each, and over the questions that are rated on both sides.
//!
//! The rules are those of trends: only the same pack of the same major version, both scopes given,
//! and no change called where it is smaller than a quarter anchor or than what open answers allow.

mod items;
mod result;
mod scores;

pub use result::{
    AnswerChange, AnswerMove, AnswerPoint, Banner, BannerKind, CommonChange, Comparison,
    DecisionChange, Effect, EffectKind, FindingChange, GateChange, LevelChange, MetricChange,
    Movement, NoChange, PackChange, PackPoint, PackRelation, Scope, ScoreChange, ScorePoint, Share,
    SideResult,
};

use crate::answers::Answers;
use crate::assess::assessment::Assessment;
use crate::message;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::State;
use scores::Shares;
use std::collections::{BTreeMap, BTreeSet};

/// A side of a comparison: a result document, with the answers behind it where they are at hand.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The document.
    pub result: &'a Assessment,
    /// Rulebook and answers it was made from; `None` for a document that was kept.
    pub source: Option<(&'a Rulebook, &'a Answers)>,
}

/// The earlier answers, scored by the rulebook of the later ones; or the reason why that cannot be,
/// a sentence in lower case without a period.
pub type Carried<'a> = Result<Side<'a>, &'a str>;

/// Compares two result documents, and nothing but the documents.
#[must_use]
pub fn documents(before: &Assessment, after: &Assessment) -> Comparison {
    let stored = |result| Side {
        result,
        source: None,
    };
    let why = message!("only-the-results-are-compared");
    compare(&stored(before), &stored(after), Err(why))
}

/// Returns true where two results rest on the very same packs. Where they do not, [`compare`] shows
/// the effect of packs apart from that of answers, if the earlier answers can be [carried](Carried) over.
#[must_use]
pub fn same_packs(before: &Assessment, after: &Assessment) -> bool {
    result::are_same(&result::pack_changes(before, after))
}

/// The packs of which the two hold different major versions, by id; these are not compared.
#[must_use]
pub fn parted(before: &Assessment, after: &Assessment) -> Vec<String> {
    let changes = result::pack_changes(before, after).into_iter();
    let parted = changes.filter(|one| one.relation == PackRelation::OtherMajor);
    parted.map(|one| one.id).collect()
}

/// Compares two assessments; `carried` matters only where packs changed.
#[must_use]
pub fn compare(before: &Side<'_>, after: &Side<'_>, carried: Carried<'_>) -> Comparison {
    let packs = result::pack_changes(before.result, after.result);
    let effect = result::effect(&packs, carried);
    let carried = carried.as_ref().ok();
    let carried = carried.filter(|_| effect.kind == EffectKind::Told);
    let pair = Pair {
        before: before.result,
        after: after.result,
        carried: carried.map(|side| side.result),
        packs: &packs,
    };
    let answers = pair.answers();
    let from = carried.or_else(|| result::are_same(&packs).then_some(before));
    let shares = from.and_then(|from| Shares::new(from, after, &answers));
    let scores = scores::scores(pair, before, after, &answers, shares.as_ref());
    Comparison {
        format: 1,
        engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
        before: result::side(before),
        after: result::side(after),
        banners: result::banners(before, after, &answers),
        moved: scores::moved(&scores),
        scores,
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

/// An item as it was, as it is, and as it is of the earlier answers under the later packs, where
/// these were scored.
type Sides<'a, T> = (Option<&'a T>, Option<&'a T>, Option<Option<&'a T>>);

/// Two result documents, and the earlier answers under the later packs.
#[derive(Debug, Clone, Copy)]
struct Pair<'a> {
    before: &'a Assessment,
    after: &'a Assessment,
    /// The earlier answers scored by the later packs, where that is possible and packs changed.
    carried: Option<&'a Assessment>,
    packs: &'a [PackChange],
}

impl<'a> Pair<'a> {
    /// Changes of the items of packs that are compared: in the order of the later document, with
    /// what only the earlier one has behind it. `change` takes the item as it is, or else as it was,
    /// and both sides.
    fn changes<T, C>(
        &self,
        list: fn(&'a Assessment) -> Vec<(&'a str, &'a T)>,
        change: impl Fn(&'a T, Sides<'a, T>) -> Option<C>,
    ) -> Vec<C> {
        let (before, after) = (list(self.before), list(self.after));
        let carried = self.carried.map(list);
        let find = |items: &[(&str, &'a T)], id: &str| {
            let mut items = items.iter();
            items.find(|(one, _)| *one == id).map(|(_, item)| *item)
        };
        let gone = before.iter().filter(|(id, _)| find(&after, id).is_none());
        let ids = after.iter().chain(gone).map(|(id, _)| *id);
        let compared = ids.filter(|id| self.compares(id));
        let changes = compared.filter_map(|id| {
            let carried = carried.as_ref().map(|items| find(items, id));
            let (from, to) = (find(&before, id), find(&after, id));
            change(to.or(from)?, (from, to, carried))
        });
        changes.collect()
    }

    /// Returns true where an item's pack is compared.
    fn compares(&self, id: &str) -> bool {
        let pack = id.split('.').next().unwrap_or_default();
        let found = self.packs.iter().find(|one| one.id == pack);
        found.is_some_and(|one| one.relation.is_compared())
    }
}

/// Items with their ids.
fn by_id<T>(items: &[T], id: fn(&T) -> &str) -> Vec<(&str, &T)> {
    items.iter().map(|one| (id(one), one)).collect()
}

/// The parts of every score and decision of a document, and its questions.
#[derive(Debug)]
pub(crate) struct Below<'a> {
    parts: BTreeMap<&'a str, Vec<&'a str>>,
    /// Every question with its state.
    questions: BTreeMap<&'a str, State>,
}

impl<'a> Below<'a> {
    pub(crate) fn new(document: &'a Assessment) -> Self {
        let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for score in &document.scores {
            let own = score.parts.iter().map(|part| part.id.as_str());
            let caps = score.capped.iter().flat_map(|cap| &cap.parts);
            let all = own.chain(caps.map(|part| part.id.as_str()));
            parts.insert(&score.id, all.collect());
        }
        for decision in &document.decisions {
            let inputs = decision.inputs.iter().map(|input| input.id.as_str());
            parts.insert(&decision.id, inputs.collect());
        }
        let questions = document.questions.iter();
        let questions = questions.map(|one| (one.id.as_str(), one.state));
        Self {
            parts,
            questions: questions.collect(),
        }
    }

    /// The questions that an item rests on, directly or through others.
    pub(crate) fn questions(&self, id: &str) -> BTreeSet<&'a str> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut left: Vec<&'a str> = self.parts.get(id).cloned().unwrap_or_default();
        while let Some(one) = left.pop() {
            if !seen.insert(one) {
                continue;
            }
            if self.questions.contains_key(one) {
                found.insert(one);
            }
            left.extend(self.parts.get(one).into_iter().flatten());
        }
        found
    }

    /// The questions that an item rests on and that are open.
    fn open_below(&self, id: &str) -> BTreeSet<&'a str> {
        let open = self.in_state(State::is_open);
        self.questions(id).intersection(&open).copied().collect()
    }

    /// The questions in a state.
    fn in_state(&self, wanted: impl Fn(State) -> bool) -> BTreeSet<&'a str> {
        let found = self.questions.iter().filter(|(_, state)| wanted(**state));
        found.map(|(id, _)| *id).collect()
    }
}
