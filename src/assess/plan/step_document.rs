//! The steps of a plan as its document gives them.

use super::Planner;
use super::advice::Remedy;
use super::candidate::{Aim, Candidate, Change, StepUp};
use super::priority::{Owner, owner};
use super::purpose::Purposes;
use super::result::{PlanStep, Preparation, StepAdvice, StepTarget};
use super::space::Step;
use crate::assess::assessment::result::{ActionResult, ItemId, RaiseReason};
use crate::assess::evaluate::WhatIf;
use crate::rules::pack::file::QuestionType;
use crate::text::number::TOLERANCE;

impl Planner<'_> {
    /// The document of some steps of a run, which are then taken. `prepared` collects the works done
    /// so far.
    pub(super) fn step(
        &self,
        what_if: &mut WhatIf<'_>,
        (place, count): (usize, usize),
        purposes: Purposes,
        prepared: &mut Vec<String>,
    ) -> Option<PlanStep> {
        let run = self.space.runs.get(place)?;
        let (candidate, steps) = (run.candidate, run.steps.get(..count)?);
        let last = steps.last()?.up;
        let (now, lowest) = (self.index(what_if), self.index_least(what_if));
        self.space.take(what_if, (place, count));
        let added = self.index(what_if).zip(now);
        let lifted = self.index_least(what_if).zip(lowest);
        let advice = self.advice(candidate, steps, prepared);
        let free = advice.iter().all(|one| one.before.is_empty());
        let action = match advice.as_slice() {
            [one] if steps.iter().all(|step| step.remedy.is_some()) => {
                self.action(&one.advice.work)
            }
            _ => None,
        };
        let owner = self.owner(candidate, last, action);
        let proofs = steps.iter().filter(|step| step.up.proof);
        let uncovered = steps.iter().filter(|step| step.remedy.is_none());
        let from = candidate.rated_worth();
        Some(PlanStep {
            id: ItemId::from(&candidate.item.id),
            label: candidate.item.label.clone(),
            state: candidate.answer.state,
            from: from.filter(|worth| !worth.is_nan()),
            from_says: from.and_then(|worth| words(candidate, worth)),
            raises: count,
            to: target(candidate, last, count),
            proof: proofs.map(|step| step.up.grade).next_back(),
            claimed: steps.iter().all(|step| step.up.claimed),
            evidence: candidate.question.evidence.clone(),
            uncovered: uncovered.clone().count(),
            must: uncovered
                .filter_map(|step| match (step.up.aim, step.up.change) {
                    (Aim::Choice(_), Change::To(answer)) => words(candidate, answer.counted),
                    (Aim::Choice(_) | Aim::OneOf(_) | Aim::More(_) | Aim::Number(_), _) => None,
                })
                .collect(),
            serves: purposes.serves,
            secures: purposes.secures,
            effort: steps.iter().map(|step| step.effort).sum(),
            quick_win: count == 1 && free && action.is_some_and(|one| one.quick),
            owner: owner.role,
            suggested_owner: suggested_owner(&advice),
            due: owner.due,
            adds: added.map(|(after, before)| after - before),
            adds_least: lifted.map(|(after, before)| after - before),
            advice,
        })
    }

    /// The role that takes a run, and its due date, as the answers name them; as its action says,
    /// which has no owner where they name several for it.
    fn owner(
        &self,
        candidate: &Candidate<'_>,
        last: StepUp,
        action: Option<&ActionResult>,
    ) -> Owner {
        let Change::To(answer) = last.change else {
            return Owner::default();
        };
        let own = owner(self.space.answers, candidate.node, answer.counted);
        match action.filter(|_| own.role.is_some()) {
            Some(action) => Owner {
                role: action.owner.clone(),
                due: action.due.clone(),
            },
            None => own,
        }
    }

    /// The advice that covers some steps of a question, each once, with its preparations.
    fn advice(
        &self,
        candidate: &Candidate<'_>,
        steps: &[Step<'_>],
        prepared: &mut Vec<String>,
    ) -> Vec<StepAdvice> {
        let mut list: Vec<StepAdvice> = Vec::new();
        let covered = steps
            .iter()
            .filter_map(|step| Some((step.up, step.remedy?)));
        for (step, remedy) in covered {
            let work = &remedy.advice.work;
            let beyond = beyond(candidate, step, remedy);
            if let Some(same) = list.last_mut().filter(|one| one.advice.work == *work) {
                same.steps += 1;
                same.beyond = beyond;
                continue;
            }
            let action = self.action(work);
            list.push(StepAdvice {
                before: self.preparations(remedy, prepared),
                steps: 1,
                of: remedy.of.clone().into_owned(),
                reason: RaiseReason::of(remedy.tier),
                owner: action.and_then(|one| one.owner.clone()),
                due: action.and_then(|one| one.due.clone()),
                advice: remedy.advice.clone().into_owned(),
                beyond,
            });
        }
        list
    }

    fn action(&self, work: &str) -> Option<&ActionResult> {
        let mut actions = self.assessment.actions.iter();
        actions.find(|action| action.advice.work == work)
    }

    /// The advice to follow first, as far as nothing before does that.
    fn preparations(&self, remedy: &Remedy<'_>, prepared: &mut Vec<String>) -> Vec<Preparation> {
        let mut list = Vec::new();
        for first in self.remedies.before(remedy) {
            if !prepared.contains(&first.work) {
                prepared.push(first.work.clone());
                let action = self.action(&first.work);
                list.push(Preparation {
                    id: first.id.clone(),
                    what: first.what.clone(),
                    effort: first.effort,
                    owner: action.and_then(|one| one.owner.clone()),
                    suggested_owner: first.suggested_owner.clone(),
                });
            }
        }
        prepared.push(remedy.advice.work.clone());
        list
    }
}

/// The role that all advice of a run suggests, where nobody is named for any of it.
fn suggested_owner(advice: &[StepAdvice]) -> Option<String> {
    let role = |one: &StepAdvice| one.advice.suggested_owner.clone();
    let first = advice.first().and_then(role)?;
    let alike = |one: &StepAdvice| one.owner.is_none() && role(one).as_ref() == Some(&first);
    advice.iter().all(alike).then_some(first)
}

/// The anchor beyond a step that all of its advice leads to.
fn beyond(candidate: &Candidate<'_>, step: StepUp, remedy: &Remedy<'_>) -> Option<StepTarget> {
    let Change::To(answer) = step.change else {
        return None;
    };
    let worth = remedy.worth(candidate)?;
    let says = words(candidate, worth).filter(|_| worth > answer.counted + TOLERANCE)?;
    Some(StepTarget::Anchor { worth, says })
}

/// The anchor of a rating or scored choice with this worth, in words.
fn words(candidate: &Candidate<'_>, worth: f64) -> Option<String> {
    candidate.label(candidate.anchor(worth)?)
}

/// The target of some steps, given the last of them.
fn target(candidate: &Candidate<'_>, last: StepUp, count: usize) -> StepTarget {
    let question = candidate.question;
    let labels = |set: u64| -> Vec<String> {
        let taken = (0..question.choices.len()).filter(|place| set >> place & 1 == 1);
        taken.filter_map(|place| candidate.label(place)).collect()
    };
    match last.aim {
        Aim::Choice(place) if question.kind == QuestionType::Boolean => {
            StepTarget::Fact { holds: place == 1 }
        }
        Aim::Choice(place) => StepTarget::Anchor {
            worth: match last.change {
                Change::To(answer) => answer.counted,
                Change::Add(_) => f64::NAN,
            },
            says: candidate.label(place).unwrap_or_default(),
        },
        Aim::OneOf(set) => StepTarget::OneOf { of: labels(set) },
        Aim::More(set) => StepTarget::More {
            count,
            of: labels(set),
        },
        Aim::Number(limit) => StepTarget::Number {
            side: limit.side,
            limit: limit.value,
            unit: if question.kind == QuestionType::Percent {
                Some("%".to_owned())
            } else {
                question.unit.clone()
            },
        },
    }
}
