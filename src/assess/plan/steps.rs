//! What a plan says of one question that it moves.

use super::Desk;
use super::number::Edge;
use super::owner::{Owner, owner};
use super::remedy::Remedy;
use super::result::{PlanStep, Preparation, Side, StepAdvice, StepTarget};
use super::search::Choice;
use super::serve::Part;
use super::step::{Aim, Change, Open, StepUp};
use super::way::Start;
use crate::assess::assessment::{ActionResult, ItemId, RaiseReason};
use crate::assess::evaluate::WhatIf;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

/// A run of steps that a plan takes.
struct Taken<'a> {
    open: &'a Open<'a>,
    choice: &'a Choice,
    /// Those that are taken, each with the advice that covers it.
    steps: Vec<(&'a StepUp, Option<&'a Remedy<'a>>)>,
}

impl Desk<'_> {
    /// What is said of a run taken so often; the trial goes on from there.
    pub(super) fn step(
        &self,
        start: &Start<'_>,
        what_if: &mut WhatIf<'_>,
        (place, count): (usize, usize),
        part: Part,
        prepared: &mut Vec<String>,
    ) -> Option<PlanStep> {
        let taken = self.taken(start, place, count)?;
        let (open, last) = (taken.open, taken.steps.last()?.0);
        let (now, lowest) = (self.index(what_if), self.index_least(what_if));
        let (given, grade) = taken.choice.after(what_if.answer(open.node), count);
        what_if.put(open.node, given, grade);
        let added = self.index(what_if).zip(now);
        let lifted = self.index_least(what_if).zip(lowest);
        let advice = self.advice(&taken, prepared);
        let free = advice.iter().all(|one| one.before.is_empty());
        let action = self.action(&taken, &advice);
        let who = self.who(open, last, action);
        let proofs = taken.steps.iter().filter(|(step, _)| step.proof);
        let bare = taken.steps.iter().filter(|(_, remedy)| remedy.is_none());
        let efforts = taken
            .choice
            .steps
            .iter()
            .take(count)
            .map(|step| step.effort);
        let from = (open.given.state == State::Rated).then_some(open.given.counted);
        Some(PlanStep {
            id: ItemId::from(&open.item.id),
            label: open.item.label.clone(),
            state: open.given.state,
            from: from.filter(|worth| !worth.is_nan()),
            from_says: from.and_then(|worth| anchor(open.question, worth)),
            raises: count,
            to: target(open, last, count),
            proof: proofs.map(|(step, _)| step.grade).next_back(),
            claimed: taken.steps.iter().all(|(step, _)| step.claimed),
            evidence: open.question.evidence.clone(),
            must: bare
                .clone()
                .filter_map(|(step, _)| says(open, step))
                .collect(),
            uncovered: bare.count(),
            serves: part.serves,
            secures: part.secures,
            effort: efforts.sum(),
            quick_win: count == 1 && free && action.is_some_and(|one| one.quick),
            owner: who.role,
            suggested_owner: suggested(&advice),
            due: who.due,
            adds: added.map(|(after, before)| after - before),
            adds_least: lifted.map(|(after, before)| after - before),
            advice,
        })
    }

    /// Who takes a run, and by when, as the answers say of its question: as its action says, which
    /// has no owner where they name several for it.
    fn who(&self, open: &Open<'_>, last: &StepUp, action: Option<&ActionResult>) -> Owner {
        let Change::To(given) = last.change else {
            return Owner::default();
        };
        let own = owner(self.answers, open.node, given.counted);
        match action.filter(|_| own.role.is_some()) {
            Some(action) => Owner {
                role: action.owner.clone(),
                due: action.due.clone(),
            },
            None => own,
        }
    }

    /// The action that leads through all of a run.
    fn action(&self, taken: &Taken<'_>, advice: &[StepAdvice]) -> Option<&ActionResult> {
        let [one] = advice else { return None };
        let covered = taken.steps.iter().all(|(_, remedy)| remedy.is_some());
        self.action_of(&one.advice.work).filter(|_| covered)
    }

    /// The advice that covers the steps of a run, each once, with what comes before it.
    fn advice(&self, taken: &Taken<'_>, prepared: &mut Vec<String>) -> Vec<StepAdvice> {
        let mut list: Vec<StepAdvice> = Vec::new();
        let covered = taken.steps.iter();
        let covered = covered.filter_map(|(step, remedy)| Some((*step, (*remedy)?)));
        for (step, remedy) in covered {
            let work = &remedy.advice.work;
            let beyond = beyond(taken.open, step, remedy);
            if let Some(same) = list.last_mut().filter(|one| one.advice.work == *work) {
                same.steps += 1;
                same.beyond = beyond;
                continue;
            }
            let action = self.action_of(work);
            list.push(StepAdvice {
                before: self.before(remedy, prepared),
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

    fn action_of(&self, work: &str) -> Option<&ActionResult> {
        let mut actions = self.assessment.actions.iter();
        actions.find(|action| action.advice.work == work)
    }

    fn taken<'a>(&'a self, start: &'a Start<'_>, place: usize, count: usize) -> Option<Taken<'a>> {
        let choice = start.choices.get(place)?;
        let open = self.opens.iter().find(|one| one.node == choice.node)?;
        // The runs of a question stand one after the other among the choices.
        let earlier = start.choices.iter().take(place);
        let nth = earlier.filter(|one| one.node == choice.node).count();
        let steps = open.chains.get(nth)?.get(..count)?.iter().enumerate();
        let steps = steps.map(|(nth, step)| (step, self.remedies.of(open, step, nth)));
        Some(Taken {
            open,
            choice,
            steps: steps.collect(),
        })
    }

    /// What advice asks for first, as far as nothing before it does that.
    fn before(&self, remedy: &Remedy<'_>, prepared: &mut Vec<String>) -> Vec<Preparation> {
        let mut list = Vec::new();
        for first in self.remedies.before(remedy) {
            if !prepared.contains(&first.work) {
                prepared.push(first.work.clone());
                let action = self.action_of(&first.work);
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
fn suggested(advice: &[StepAdvice]) -> Option<String> {
    let role = |one: &StepAdvice| one.advice.suggested_owner.clone();
    let first = advice.first().and_then(role)?;
    let alike = |one: &StepAdvice| one.owner.is_none() && role(one).as_ref() == Some(&first);
    advice.iter().all(alike).then_some(first)
}

/// The anchor beyond a step that all of its advice leads to.
fn beyond(open: &Open<'_>, step: &StepUp, remedy: &Remedy<'_>) -> Option<StepTarget> {
    let Change::To(given) = step.change else {
        return None;
    };
    let worth = remedy.worth(open).filter(|_| open.is_ordered())?;
    let says = anchor(open.question, worth).filter(|_| worth > given.counted + TOLERANCE)?;
    Some(StepTarget::Anchor { worth, says })
}

/// The anchor of a rating or scored choice that counts for so much, in words.
fn anchor(question: &Question, worth: f64) -> Option<String> {
    let ordered = matches!(
        question.kind,
        QuestionType::Rating | QuestionType::SelectOne
    );
    let on = |score: f64| (question.turned(score) - worth).abs() <= TOLERANCE;
    let mut choices = question.choices.iter().filter(|_| ordered);
    let choice = choices.find(|one| one.score.is_some_and(on));
    choice.map(|one| one.label.clone())
}

/// What a step up the anchors has to bring about, in words.
fn says(open: &Open<'_>, step: &StepUp) -> Option<String> {
    match (step.aim, step.change) {
        (Aim::Choice(_), Change::To(given)) => anchor(open.question, given.counted),
        (Aim::Choice(_) | Aim::OneOf(_) | Aim::More(_) | Aim::Number(_), _) => None,
    }
}

/// What the last of so many steps comes to.
fn target(open: &Open<'_>, last: &StepUp, count: usize) -> StepTarget {
    let question = open.question;
    let labels = |set: u64| -> Vec<String> {
        let choices = question.choices.iter().enumerate();
        let taken = choices.filter(|(place, _)| set >> place & 1 == 1);
        taken.map(|(_, one)| one.label.clone()).collect()
    };
    let unit = || match question.kind {
        QuestionType::Percent => Some("%".to_owned()),
        QuestionType::Rating
        | QuestionType::SelectOne
        | QuestionType::SelectMultiple
        | QuestionType::Integer
        | QuestionType::Decimal
        | QuestionType::Boolean
        | QuestionType::Text => question.unit.clone(),
    };
    let number = |side: Side, limit: f64| StepTarget::Number {
        side,
        limit,
        unit: unit(),
    };
    match last.aim {
        Aim::Choice(place) if question.kind == QuestionType::Boolean => {
            StepTarget::Fact { holds: place == 1 }
        }
        Aim::Choice(place) => {
            let choice = question.choices.get(place);
            StepTarget::Anchor {
                worth: match last.change {
                    Change::To(given) => given.counted,
                    Change::Add(_) => f64::NAN,
                },
                says: choice.map_or_else(String::new, |one| one.label.clone()),
            }
        }
        Aim::OneOf(set) => StepTarget::OneOf { of: labels(set) },
        Aim::More(set) => StepTarget::More {
            count,
            of: labels(set),
        },
        Aim::Number(Edge::AtLeast(limit)) => number(Side::AtLeast, limit),
        Aim::Number(Edge::Above(limit)) => number(Side::Above, limit),
        Aim::Number(Edge::AtMost(limit)) => number(Side::AtMost, limit),
        Aim::Number(Edge::Below(limit)) => number(Side::Below, limit),
    }
}
