//! The steps of a plan as its document gives them, with the needs that each is for.

use super::Planner;
use super::advice::Remedy;
use super::aim::Aim;
use super::priority::{Owner, owner};
use super::result::{PlanStep, Preparation, Purpose, StepAdvice, StepTarget};
use super::run::{Run, StepUp};
use super::space::{Attempt, StepSet};
use super::taken::TakenSteps;
use crate::assess::assessment::{ActionResult, ItemId, need_of};
use crate::rules::condition::Truth;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Requirement;
use crate::text::number::TOLERANCE;

impl Planner<'_> {
    /// The document of some steps of a run, which are then taken. `prepared` collects the works done
    /// so far.
    pub(super) fn step(
        &self,
        attempt: &mut Attempt<'_, '_>,
        (place, count): (usize, usize),
        prepared: &mut Vec<String>,
    ) -> Option<PlanStep> {
        let run = self.space.runs.get(place)?;
        let steps = run.steps.get(..count)?;
        let last = steps.last()?;
        let before = self.indices(&attempt.what_if);
        attempt.take(place, count);
        let (adds, adds_least) = self
            .indices(&attempt.what_if)
            .zip(before)
            .map(|(after, before)| (after.0 - before.0, after.1 - before.1))
            .unzip();
        let advice = self.advice(run, steps, prepared);
        let free = advice.iter().all(|one| one.before.is_empty());
        let action = match advice.as_slice() {
            [one] if steps.iter().all(|step| step.remedy.is_some()) => {
                self.assessment.action(&one.advice.work)
            }
            _ => None,
        };
        let owner = self.owner(run, last, action);
        let proofs = steps.iter().filter(|step| step.proof);
        let uncovered = steps.iter().filter(|step| step.remedy.is_none());
        let from = run.rated_worth();
        Some(PlanStep {
            id: ItemId::from(&run.item.id),
            label: run.item.label.clone(),
            state: run.answer.state,
            from: from.filter(|worth| !worth.is_nan()),
            from_says: from.and_then(|worth| run.words(worth)),
            raises: count,
            to: target(run, last, count),
            proof: proofs.map(|step| step.grade).next_back(),
            claimed: steps.iter().all(|step| step.claimed),
            evidence: run.question.evidence.clone(),
            uncovered: uncovered.clone().count(),
            must: uncovered
                .filter_map(|step| match step.aim {
                    Aim::Choice(_, answer) => run.words(answer.counted),
                    Aim::OneOf(..) | Aim::More(..) | Aim::Number(..) => None,
                })
                .collect(),
            serves: Vec::new(),
            secures: false,
            effort: steps.iter().map(StepUp::effort).sum(),
            quick_win: count == 1 && free && action.is_some_and(|one| one.quick),
            owner: owner.role,
            suggested_owner: suggested_owner(&advice),
            due: owner.due,
            adds,
            adds_least,
            advice,
        })
    }

    /// The role that takes a run, and its due date, as the answers name them; as its action says,
    /// which has no owner where they name several for it.
    fn owner(&self, run: &Run<'_>, last: &StepUp<'_>, action: Option<&ActionResult>) -> Owner {
        let Some(answer) = last.answer() else {
            return Owner::default();
        };
        let own = owner(self.space.answers, run.node, answer.counted);
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
        run: &Run<'_>,
        steps: &[StepUp<'_>],
        prepared: &mut Vec<String>,
    ) -> Vec<StepAdvice> {
        let mut list: Vec<StepAdvice> = Vec::new();
        for (step, remedy) in steps.iter().filter_map(|step| Some((step, step.remedy?))) {
            let work = &remedy.advice.work;
            let beyond = beyond(run, step, remedy);
            if let Some(same) = list.last_mut().filter(|one| one.advice.work == *work) {
                same.steps += 1;
                same.beyond = beyond;
                continue;
            }
            let action = self.assessment.action(work);
            list.push(StepAdvice {
                before: self.preparations(step, prepared),
                steps: 1,
                of: remedy.of.clone(),
                reason: remedy.reason,
                owner: action.and_then(|one| one.owner.clone()),
                due: action.and_then(|one| one.due.clone()),
                advice: remedy.advice.clone(),
                beyond,
            });
        }
        list
    }

    /// The advice to follow first, as far as nothing before does that.
    fn preparations(&self, step: &StepUp<'_>, prepared: &mut Vec<String>) -> Vec<Preparation> {
        let mut list = Vec::new();
        for first in &step.before {
            if !prepared.contains(&first.work) {
                prepared.push(first.work.clone());
                let action = self.assessment.action(&first.work);
                list.push(Preparation {
                    id: first.id.clone(),
                    what: first.what.clone(),
                    effort: first.effort,
                    owner: action.and_then(|one| one.owner.clone()),
                    suggested_owner: first.suggested_owner.clone(),
                });
            }
        }
        prepared.extend(step.work().map(str::to_owned));
        list
    }

    /// Adds to each step its purposes: the needs that are not met without it, and those that one of
    /// several steps is enough for. `runs` gives the places of the runs.
    pub(super) fn add_purposes(
        &self,
        steps: &mut [PlanStep],
        runs: &[usize],
        set: &StepSet,
        requirements: &[Requirement],
    ) {
        let today = self.space.attempt();
        let mut taken = TakenSteps::new(self.space.attempt(), runs, set);
        let stands = |attempt: &Attempt<'_, '_>| {
            let mut requirements = requirements.iter();
            let holds = |one| attempt.what_if.holds_now(one) == Truth::True;
            requirements.all(holds)
        };
        if !stands(&today) {
            for nth in taken.spared(stands) {
                if let Some(step) = steps.get_mut(nth) {
                    step.secures = true;
                }
            }
        }
        let unmet = |attempt: &Attempt<'_, '_>| -> Vec<bool> {
            let requirements = requirements.iter();
            requirements.map(|one| !attempt.meets(one)).collect()
        };
        let lacking: Vec<Vec<bool>> = (0..runs.len())
            .map(|nth| taken.without(nth, unmet))
            .collect();
        for (which, requirement) in requirements.iter().enumerate() {
            let met = !today.meets(requirement) && taken.attempt.meets(requirement);
            let Some(purpose) = self.purpose(requirement).filter(|_| met) else {
                continue;
            };
            let lacks = |unmet: &Vec<bool>| unmet.get(which) == Some(&true);
            let needed = lacking.iter().enumerate();
            let needed = needed.filter(|(_, unmet)| lacks(unmet));
            let mut of: Vec<usize> = needed.map(|(nth, _)| nth).collect();
            let mut any = Vec::new();
            if of.is_empty() {
                of = taken.any_of(|attempt| attempt.meets(requirement));
                any = of.iter().map(|nth| nth + 1).collect();
            }
            for nth in of {
                if let Some(step) = steps.get_mut(nth) {
                    let any_of = any.clone();
                    step.serve(Purpose {
                        any_of,
                        ..purpose.clone()
                    });
                }
            }
        }
    }

    fn purpose(&self, requirement: &Requirement) -> Option<Purpose> {
        let (kind, id) =
            need_of(self.rulebook, requirement).filter(|_| *requirement != Requirement::Basis)?;
        let label = match requirement {
            Requirement::Gate(gate) => self.rulebook.gates.get(*gate)?.title.clone(),
            Requirement::From(_)
            | Requirement::Floor(_)
            | Requirement::Confidence(..)
            | Requirement::Basis => {
                let nodes = self.space.program.read_by(requirement);
                let item = nodes.first().and_then(|node| self.rulebook.item(*node));
                item.map_or_else(String::new, |item| item.label.clone())
            }
        };
        Some(Purpose {
            kind,
            id,
            label,
            any_of: Vec::new(),
        })
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
fn beyond(run: &Run<'_>, step: &StepUp<'_>, remedy: &Remedy<'_>) -> Option<StepTarget> {
    let answer = step.answer()?;
    let worth = remedy.worth(run)?;
    let says = run
        .words(worth)
        .filter(|_| worth > answer.counted + TOLERANCE)?;
    Some(StepTarget::Anchor { worth, says })
}

/// The target of some steps, given the last of them.
fn target(run: &Run<'_>, last: &StepUp<'_>, count: usize) -> StepTarget {
    let question = run.question;
    let labels = |set: u64| -> Vec<String> {
        let taken = (0..question.choices.len()).filter(|place| set >> place & 1 == 1);
        taken.filter_map(|place| run.label(place)).collect()
    };
    match last.aim {
        Aim::Choice(place, _) if question.kind == QuestionType::Boolean => {
            StepTarget::Fact { holds: place == 1 }
        }
        Aim::Choice(place, answer) => StepTarget::Anchor {
            worth: answer.counted,
            says: run.label(place).unwrap_or_default(),
        },
        Aim::OneOf(set, _) => StepTarget::OneOf { of: labels(set) },
        Aim::More(set, _) => StepTarget::More {
            count,
            of: labels(set),
        },
        Aim::Number(limit, _) => StepTarget::Number {
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

impl PlanStep {
    /// Adds a purpose. A level and those below it may ask for more and less of the same: the one
    /// that takes this step counts.
    fn serve(&mut self, purpose: Purpose) {
        let same = |one: &&mut Purpose| one.kind == purpose.kind && one.id == purpose.id;
        match self.serves.iter_mut().find(same) {
            Some(known) if purpose.any_of.is_empty() => *known = purpose,
            Some(_) => {}
            None => self.serves.push(purpose),
        }
    }
}
