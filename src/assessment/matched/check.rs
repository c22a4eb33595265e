//! What a result has to hold for its packs to be those it was made by.

use super::{Entry, MatchedResult, Mismatch};
use crate::assessment::{Because, ItemId, Named, NeedKind};
use crate::rulebook::Domain;

impl<'a> MatchedResult<'a> {
    /// The gates, metrics and findings are those of the rulebook, in its order.
    pub(super) fn check_rules(&self) -> Result<(), Mismatch> {
        let (rulebook, result) = (self.rulebook, self.assessment);
        let gates = rulebook.gates.iter().map(|one| one.id.as_str());
        let mut own = result.gates.iter().map(|one| &one.id);
        in_order(gates, &mut own)?;
        let metrics = rulebook.metrics.iter().map(|one| one.id.as_str());
        let mut own = result.metrics.iter().map(|one| &one.id);
        in_order(metrics, &mut own)?;
        let mut last = None;
        for one in &result.findings {
            let place = self.finding_of(&one.id);
            let place = place.ok_or_else(|| Mismatch::not_in_packs(&one.id))?;
            if last.is_some_and(|last| last >= place) {
                return Err(Mismatch::not_in_result(&one.id));
            }
            last = Some(place);
        }
        let mut open = result.open_findings.iter();
        match open.find(|id| self.finding_of(id).is_none()) {
            Some(id) => Err(Mismatch::not_in_packs(id)),
            None => Ok(()),
        }
    }

    /// Everything else that the result names is in the rulebook.
    pub(super) fn check_named(&self) -> Result<(), Mismatch> {
        let result = self.assessment;
        let of = |list: &'a [Because]| list.iter().map(|one| &one.id);
        let scores = result.scores.iter().flat_map(|score| {
            let capped = score.capped.iter().flat_map(move |one| of(&one.parts));
            score.parts.iter().map(|one| &one.id).chain(capped)
        });
        let decisions = result.decisions.iter().flat_map(|one| of(&one.inputs));
        let findings = result.findings.iter();
        let findings = findings.flat_map(|one| one.about.iter().chain(of(&one.because)));
        let gates = result.gates.iter().flat_map(|one| of(&one.parts));
        let advice = result.findings.iter().flat_map(|one| &one.advice);
        let advice = advice.chain(result.gates.iter().flat_map(|one| &one.advice));
        let raised = advice.flat_map(|one| one.raises.iter().map(|one| &one.id));
        let plan = result.plan.iter();
        let plan = plan.flat_map(|one| one.adds.iter().map(|added| &added.id).chain([&one.id]));
        let mut items = (scores.chain(decisions).chain(findings))
            .chain(gates)
            .chain(raised)
            .chain(plan)
            .chain(result.gaps.iter().map(|one| &one.id))
            .chain(result.concluded())
            .chain(result.levels.iter().filter_map(|one| one.of.as_ref()));
        if let Some(id) = items.find(|id| self.node_of(id).is_none()) {
            return Err(Mismatch::not_in_packs(id));
        }
        let advised = result.plan.iter().filter_map(|one| one.advice.as_ref());
        let mut advised = advised
            .map(|one| &one.of)
            .chain(result.actions.iter().map(|one| &one.of));
        let is_gate = |id: &str| result.gates.iter().any(|gate| gate.id == id);
        let needs = result.levels.iter().flat_map(|one| &one.levels);
        let mut needs = needs.flat_map(|level| &level.needs);
        let lost = needs.find(|need| match need.kind {
            NeedKind::Score | NeedKind::Floor => self.rulebook.find(&need.id).is_none(),
            NeedKind::Gate => !is_gate(&need.id),
            NeedKind::Basis | NeedKind::Confidence => false,
        });
        if let Some(need) = lost {
            return Err(Mismatch::not_in_packs(&need.id));
        }
        match advised.find(|id| !is_gate(id) && self.finding_of(id).is_none()) {
            Some(id) => Err(Mismatch::not_in_packs(id)),
            None => Ok(()),
        }
    }

    /// Levels and outcomes are those of their ladder or decision.
    pub(super) fn check_outcomes(&self) -> Result<(), Mismatch> {
        for (item, entry) in self.rulebook.items.iter().zip(&self.entries) {
            let named: Vec<&Named> = match entry {
                Entry::Ladder(one) => {
                    let (given, ids) = (one.levels.iter(), item.domain.ranks());
                    let ids = ids.unwrap_or_default().iter();
                    if !given.map(|level| &level.id).eq(ids) {
                        return Err(Mismatch::not_in_result(&item.id));
                    }
                    let named = one.level.iter().chain(&one.by_score);
                    named.chain(&one.possible).collect()
                }
                Entry::Decision(one) => one.outcome.iter().chain(&one.possible).collect(),
                Entry::Question(_) | Entry::Score(_) | Entry::Figure(_) => continue,
            };
            let Domain::Outcomes { names, .. } = &item.domain else {
                continue;
            };
            if let Some(one) = named.iter().find(|one| !names.contains(&one.id)) {
                return Err(Mismatch::value(&item.id, &one.id));
            }
        }
        Ok(())
    }
}

/// The ids of the result are these, in this order.
fn in_order<'a>(
    ids: impl Iterator<Item = &'a str>,
    own: &mut impl Iterator<Item = &'a ItemId>,
) -> Result<(), Mismatch> {
    for id in ids {
        if own.next().is_none_or(|one| one != id) {
            return Err(Mismatch::not_in_result(id));
        }
    }
    match own.next() {
        Some(id) => Err(Mismatch::not_in_packs(id)),
        None => Ok(()),
    }
}
