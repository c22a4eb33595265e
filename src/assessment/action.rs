//! All advice the client is given, each work once, in the order in which it should be taken.

use super::build::Build;
use super::effect::Effects;
use super::{
    ActionResult, AdviceResult, CauseResult, FindingResult, FitResult, FitState, GateResult,
    ItemId, LadderResult, NeedKind, SimplifyResult,
};
use crate::condition::{TOLERANCE, Truth};
use crate::pack::file::{FindingKind, Horizon, Severity, Size};
use crate::rulebook::Raise;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Advice behind advice behind advice is followed so far.
const MOST_DEEP: usize = 8;
/// What is at the middle of its scale or above it is built.
const BUILT: f64 = 50.0;

/// What conclusions are drawn from.
pub(super) struct Found<'a> {
    pub(super) gates: &'a [GateResult],
    pub(super) findings: &'a [FindingResult],
    pub(super) levels: &'a [LadderResult],
    pub(super) fits: &'a [FitResult],
}

/// Advice with what it comes with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) of: &'a ItemId,
    pub(super) advice: &'a AdviceResult,
    pub(super) raises: &'a [Raise],
    /// Gates first, then what holds back, then the rest; within these by what it is worth.
    rank: (u8, Reverse<u32>),
    stops: bool,
}

impl Found<'_> {
    /// Whether more is built in a pack than is called for.
    pub(super) fn over(&self, pack: &str) -> bool {
        let mut fits = self.fits.iter();
        fits.any(|fit| fit.pack == pack && fit.state == FitState::OverBuilt)
    }
}

impl<'a> Build<'a> {
    /// All advice of gates that hold a next level, and of findings that hold and are called for.
    pub(super) fn given(&self, found: &Found<'a>) -> Vec<Given<'a>> {
        let mut list = Vec::new();
        let held = found.levels.iter().filter(|ladder| ladder.level.is_some());
        let held: BTreeSet<&str> = held
            .flat_map(LadderResult::held_by)
            .filter(|need| need.kind == NeedKind::Gate)
            .map(|need| &*need.id)
            .collect();
        for (rule, gate) in self.rulebook.gates.iter().zip(found.gates) {
            let holds = gate.state.holds_back();
            if holds && held.contains(gate.id.as_str()) {
                let pairs = gate.advice.iter().zip(&rule.advice);
                list.extend(pairs.map(|(advice, rule)| Given {
                    of: &gate.id,
                    advice,
                    raises: &rule.raises,
                    rank: (0, Reverse(worth(Severity::High, advice))),
                    stops: false,
                }));
            }
        }
        for finding in found.findings {
            let over = found.over(finding.id.pack()) && finding.kind == FindingKind::Fit;
            let tier = match finding.kind {
                _ if !finding.called_for => continue,
                FindingKind::Strength => continue,
                FindingKind::Fit if finding.severity == Severity::Info => continue,
                FindingKind::Contradiction => 1,
                FindingKind::Gap | FindingKind::Risk | FindingKind::Fit => 2,
                FindingKind::Unknown => 3,
            };
            let mut rules = self.rulebook.findings.iter();
            let Some(rule) = rules.find(|rule| finding.id == rule.id) else {
                continue;
            };
            let pairs = finding.advice.iter().zip(&rule.advice);
            list.extend(pairs.map(|(advice, rule)| Given {
                of: &finding.id,
                advice,
                raises: &rule.raises,
                rank: (tier, Reverse(worth(finding.severity, advice))),
                stops: over && rule.raises.is_empty(),
            }));
        }
        list
    }

    /// The actions: first those that answer causes, in the order of these, then the rest; each
    /// behind what should come before it.
    pub(super) fn actions(&self, given: &[Given<'a>], causes: &[CauseResult]) -> Vec<ActionResult> {
        let answers = |one: &Given<'_>| {
            let mut works = causes.iter().map(|cause| cause.action.as_ref());
            let place = works.position(|work| work == Some(&one.advice.work));
            place.unwrap_or(usize::MAX)
        };
        let mut places: Vec<usize> = (0..given.len()).collect();
        places.sort_by_key(|place| given.get(*place).map(|one| (answers(one), one.rank)));
        let mut order = Vec::new();
        for place in places {
            put(given, place, &mut Vec::new(), &mut order);
        }
        let mut effects = Effects::new(self);
        let actions = order.iter().filter_map(|place| given.get(*place));
        actions
            .map(|one| self.action(given, one, &mut effects))
            .collect()
    }

    fn action(
        &self,
        given: &[Given<'a>],
        one: &Given<'a>,
        effects: &mut Effects<'_>,
    ) -> ActionResult {
        let advice = one.advice;
        let mut after: Vec<String> = Vec::new();
        for first in first(given, one) {
            if !after.contains(&first.advice.work) && first.advice.work != advice.work {
                after.push(first.advice.work.clone());
            }
        }
        let within = latest(given, one, MOST_DEEP);
        let (owner, due) = self.promised(one.raises);
        ActionResult {
            work: advice.work.clone(),
            of: one.of.clone(),
            what: advice.what.clone(),
            how: advice.how.clone(),
            effort: advice.effort,
            impact: advice.impact,
            quick: within == Horizon::Now && advice.effort == Size::Low && after.is_empty(),
            within,
            owner,
            due,
            suggested_owner: advice.owner.clone(),
            after,
            stops: one.stops,
            raises: advice.raises.clone(),
            effect: effects.of(one.raises),
        }
    }

    /// Who is to do it and by when: what the answers say of targets that are exactly what the
    /// action leads to, where they all say the same.
    fn promised(&self, raises: &[Raise]) -> (Option<String>, Option<String>) {
        let remarks = self.answers.remarks();
        let mut promised = Vec::new();
        for raise in raises.iter().filter(|one| self.raised(one).is_some()) {
            let remark = remarks.get(raise.question);
            let exact = remark.filter(|one| {
                let aimed: Option<f64> = one.target;
                let wanted: Option<f64> = raise.answer.parse().ok();
                aimed
                    .zip(wanted)
                    .is_some_and(|(a, b)| (a - b).abs() < TOLERANCE)
            });
            let Some(remark) = exact else {
                return (None, None);
            };
            promised.push((remark.owner.clone(), remark.due));
        }
        let Some(first) = promised.first() else {
            return (None, None);
        };
        let owner = promised.iter().all(|one| one.0 == first.0);
        let due = promised.iter().map(|one| one.1).max().flatten();
        (
            first.0.clone().filter(|_| owner),
            due.map(|day| day.to_string()),
        )
    }

    /// What is built and certainly not called for, with what says how to stop.
    pub(super) fn simplify(&self, actions: &[ActionResult]) -> Vec<SimplifyResult> {
        let questions = self.rulebook.items.iter().zip(&self.evaluation.readings);
        let questions = questions.take(self.rulebook.question_count()).enumerate();
        let built = questions.filter_map(|(node, (item, reading))| {
            let index = reading.index(reading.value);
            let spare = self.rulebook.is_measured(node)
                && self.called_for(node) == Truth::False
                && reading.is_rated()
                && index >= BUILT - TOLERANCE;
            let id = ItemId::from(&item.id);
            let stops = actions
                .iter()
                .filter(|one| one.stops && one.of.pack() == id.pack());
            let stops = stops.map(|one| one.work.clone()).collect();
            spare.then_some(SimplifyResult {
                label: item.label.clone(),
                says: super::reading_words(item, reading),
                index,
                actions: stops,
                id,
            })
        });
        built.collect()
    }
}

/// The advice that should come before another, as far as it is given.
fn first<'g, 'a>(
    given: &'g [Given<'a>],
    one: &'g Given<'a>,
) -> impl Iterator<Item = &'g Given<'a>> {
    one.advice.after.iter().filter_map(move |id| {
        let mut all = given.iter();
        all.find(|other| other.of.pack() == one.of.pack() && other.advice.id == *id)
    })
}

/// By when advice can be done: never before what should come first.
fn latest(given: &[Given<'_>], one: &Given<'_>, deeper: usize) -> Horizon {
    let first = first(given, one).filter(|_| deeper > 0);
    let latest = first.map(|first| latest(given, first, deeper.saturating_sub(1)));
    latest.fold(one.advice.within, Horizon::max)
}

/// Puts advice in order, behind what should come before it; each work once.
fn put(all: &[Given<'_>], place: usize, above: &mut Vec<usize>, order: &mut Vec<usize>) {
    let Some(one) = all.get(place) else { return };
    let same = |other: &Given<'_>| other.advice.work == one.advice.work;
    let taken = order.iter().filter_map(|done| all.get(*done)).any(same);
    if taken || above.contains(&place) {
        return;
    }
    above.push(place);
    for id in &one.advice.after {
        let mut others = all.iter();
        let own = |other: &Given<'_>| other.of.pack() == one.of.pack() && other.advice.id == *id;
        if let Some(first) = others.position(own) {
            put(all, first, above, order);
        }
    }
    above.pop();
    order.push(place);
}

/// Severity times impact over effort, in sixths so that it stays whole.
pub(super) fn worth(severity: Severity, advice: &AdviceResult) -> u32 {
    let weight = |size| match size {
        Size::Low => 1,
        Size::Medium => 2,
        Size::High => 3,
    };
    let rank = match severity {
        Severity::Info => 1,
        Severity::Low => 2,
        Severity::Medium => 3,
        Severity::High => 4,
        Severity::Critical => 5,
    };
    rank * weight(advice.impact) * 6 / weight(advice.effort)
}
