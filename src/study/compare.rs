//! Two assessments compared: what moved, because of which answers, and the effect of packs.
//!
//! [`compare`] takes two result documents and gives a [`Comparison`]. Where the answers behind a
//! document are at hand too ([`Side::source`]), it scores again with single answers replaced, which
//! shows the effect of each, and over the questions that are rated on both sides.
//!
//! The rules are those of trends: only the same pack of the same major version, both scopes given,
//! and no change called where it is smaller than a quarter anchor or than what open answers allow.

mod answers;
mod moved;
mod result;
mod scores;

pub use result::*;

use super::{by_id, ids, owner};
use crate::answers::Answers;
use crate::assess::assessment::{
    Assessment, Because, DecisionResult, FigureResult, GateResult, LadderResult, Named, NeedState,
};
use crate::message;
use crate::rules::rulebook::Rulebook;
use crate::text::number::TOLERANCE;
use scores::Shares;

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
///
/// Items whose ids moved are compared under those they have now, which the packs of the documents say.
/// What a short form does not ask and a full one does has not changed; the two are counted in a note.
#[must_use]
pub fn compare(before: &Side<'_>, after: &Side<'_>, carried: Carried<'_>) -> Comparison {
    let [was, is] = moved::results([before, after]);
    let before = &before.with(was.as_ref());
    let after = &after.with(is.as_ref());
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
        banners: result::banners(before, after, pair.asked_once()),
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
        let found = self.packs.iter().find(|one| one.id == owner(id));
        found.is_some_and(|one| one.relation.is_compared())
    }
}

impl<'a> Pair<'a> {
    fn levels(&self) -> Vec<LevelChange> {
        let list = |side: &'a Assessment| by_id(&side.levels, |one| &one.id).collect();
        self.changes(list, |named, (from, to, carried)| {
            let level = |one: Option<&LadderResult>| one.and_then(|one| one.level.clone());
            let possible = |one: &LadderResult| one.possible.clone();
            let (was, is) = (level(from), level(to));
            let [possible_from, possible_to] =
                [from, to].map(|one| one.map(possible).unwrap_or_default());
            Some(LevelChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement: Movement::on(named, was.as_ref(), is.as_ref()),
                certain: disjoint(&possible_from, &possible_to),
                by_pack: carried.map(|one| ids(level(one).as_slice()) != ids(was.as_slice())),
                possible_from,
                possible_to,
                from: was,
                to: is,
                sentence: to.map(|one| one.sentence.clone()).unwrap_or_default(),
            })
        })
    }

    fn decisions(&self) -> Vec<DecisionChange> {
        let list = |side: &'a Assessment| by_id(&side.decisions, |one| &one.id).collect();
        self.changes(list, |named, (from, to, carried)| {
            let outcome = |one: Option<&DecisionResult>| -> Vec<Named> {
                one.map(|one| one.outcome.clone()).unwrap_or_default()
            };
            let possible = |one: &DecisionResult| one.possible.clone();
            let (was, is) = (outcome(from), outcome(to));
            let [possible_from, possible_to] =
                [from, to].map(|one| one.map(possible).unwrap_or_default());
            let movement = if !was.is_empty() && !is.is_empty() && ids(&was) != ids(&is) {
                Movement::Differs
            } else {
                Movement::of_presence(!was.is_empty(), !is.is_empty())
            };
            Some(DecisionChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement,
                certain: disjoint(&possible_from, &possible_to),
                by_pack: carried.map(|one| ids(&outcome(one)) != ids(&was)),
                possible_from,
                possible_to,
                from: was,
                to: is,
                because: to.and_then(|one| one.because.clone()),
            })
        })
    }

    fn gates(&self) -> Vec<GateChange> {
        let list = |side: &'a Assessment| by_id(&side.gates, |one| &one.id).collect();
        self.changes(list, |named, (from, to, carried)| {
            let state = |one: Option<&GateResult>| one.map_or(NeedState::Unproven, |one| one.state);
            let (was, is) = (state(from), state(to));
            Some(GateChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                from: was,
                to: is,
                movement: Movement::of_gate(was, is),
                by_pack: carried.map(|one| state(one) != was),
            })
        })
    }

    fn metrics(&self) -> Vec<MetricChange> {
        let list = |side: &'a Assessment| {
            let figures = side.metrics.iter().flat_map(|metric| &metric.figures);
            figures.map(|one| (one.id.as_str(), one)).collect()
        };
        self.changes(list, |named, (from, to, _)| {
            let value = |one: Option<&FigureResult>| one.and_then(|one| one.value);
            let says = |one: Option<&FigureResult>| {
                one.map_or_else(|| message!("not-asked").to_owned(), |one| one.says.clone())
            };
            let (was, is) = (value(from), value(to));
            let difference = less(is, was);
            let movement = match difference {
                Some(_) if !differ(was, is) => Movement::Same,
                Some(more) if more > 0.0 => Movement::Rose,
                Some(_) => Movement::Fell,
                None => Movement::of_presence(was.is_some(), is.is_some()),
            };
            Some(MetricChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                from: was,
                to: is,
                says_from: says(from),
                says_to: says(to),
                difference,
                movement,
            })
        })
    }

    fn findings(&self) -> Vec<FindingChange> {
        let list = |side: &'a Assessment| by_id(&side.findings, |one| &one.id).collect();
        self.changes(list, |finding, (from, to, carried)| {
            let opened = to.is_some();
            if from.is_some() == opened {
                return None;
            }
            let other = if opened { self.before } else { self.after };
            Some(FindingChange {
                id: finding.id.to_string(),
                title: finding.title.clone(),
                kind: finding.kind,
                severity: finding.severity,
                opened,
                certain: finding.certain && !other.open_findings.contains(&finding.id),
                by_pack: carried.map(|one| one.is_some() == opened),
                because: finding.because.iter().map(Because::sentence).collect(),
            })
        })
    }
}

/// Returns true where nothing that was possible on one side is possible on the other.
fn disjoint(one: &[Named], other: &[Named]) -> bool {
    one.iter().all(|a| other.iter().all(|b| a.id != b.id))
}

fn differ(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() >= TOLERANCE,
        (one, other) => one.is_some() != other.is_some(),
    }
}

/// One figure less another.
pub(super) fn less(to: Option<f64>, from: Option<f64>) -> Option<f64> {
    Some(to? - from?)
}
