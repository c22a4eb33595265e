//! Makes the document of a plan from a set of steps: in order, each with what it changes, and the level
//! they lead to.

use super::result::Plan;
use super::run::StepUp;
use super::search::Solution;
use super::space::StepSet;
use super::{NoPlan, PlanRequest, Planner};
use crate::assess::assessment::{ItemId, Named, Need, NeedKind, need_of};
use crate::assess::evaluate::WhatIf;
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Requirement;
use crate::rules::vocabulary::State;
use std::collections::BTreeSet;

impl Planner<'_> {
    /// The runs of a set, by their places: by priority, and those that prepare others before them.
    pub(super) fn order(&self, set: &StepSet) -> Vec<usize> {
        let space = &self.space;
        let gates = self.unmet_gates();
        let rank = |place: &usize| {
            let run = space.runs.get(*place);
            let is_first = run.is_some_and(|run| {
                let reach = space.program.reach();
                gates.iter().any(|gate| reach.rests(*gate, run.node))
            });
            let mut raises = self.assessment.plan.iter();
            let own = |id: &ItemId| run.is_some_and(|run| *id == run.item.id);
            let priority = raises.position(|one| own(&one.id));
            (!is_first, priority.unwrap_or(usize::MAX))
        };
        let chosen = set.counts.iter().enumerate();
        let chosen = chosen.filter(|(_, count)| **count > 0);
        let mut left: Vec<usize> = chosen.map(|(place, _)| place).collect();
        left.sort_by_key(rank);
        let steps = |place: usize| {
            let steps = space.runs.get(place).map_or(&[][..], |run| &run.steps);
            let count = set.counts.get(place).copied().unwrap_or(0);
            steps.iter().take(count)
        };
        let mut order: Vec<usize> = Vec::new();
        while !left.is_empty() {
            let free = |place: &usize| {
                let others = left.iter().filter(|other| *other != place);
                let works = others
                    .flat_map(|other| steps(*other))
                    .filter_map(StepUp::work);
                let works: BTreeSet<&str> = works.collect();
                let mut before = steps(*place).flat_map(|step| &step.before);
                !before.any(|first| works.contains(first.work.as_str()))
            };
            let next = left.iter().position(free).unwrap_or(0);
            order.push(left.remove(next));
        }
        order
    }

    /// The items that the unmet gates of the level read.
    fn unmet_gates(&self) -> Vec<usize> {
        let unmet = |gate: usize| {
            let gate = self.assessment.gates.get(gate);
            gate.is_some_and(|gate| gate.state.blocks())
        };
        let requirements = self.space.requirements(self.asked.rank).into_iter();
        let gates = requirements
            .filter(|requirement| matches!(requirement, Requirement::Gate(gate) if unmet(*gate)));
        gates
            .flat_map(|requirement| self.space.program.read_by(&requirement))
            .collect()
    }

    /// The document of a plan.
    pub(super) fn document(&self, solution: &Solution, request: &PlanRequest<'_>) -> Plan {
        let (ladder, set) = (self.asked.ladder, &solution.set);
        let requirements = self.space.requirements(self.asked.rank);
        let mut attempt = self.space.attempt();
        let needs = self.needs(&attempt.what_if, &requirements);
        let today = self.indices(&attempt.what_if);
        let runs: Vec<usize> = self.order(set);
        let mut prepared: Vec<String> = Vec::new();
        let mut steps = Vec::new();
        for place in &runs {
            let count = set.counts.get(*place).copied().unwrap_or(0);
            steps.extend(self.step(&mut attempt, (*place, count), &mut prepared));
        }
        self.add_purposes(&mut steps, &runs, set, &requirements);
        let what_if = &attempt.what_if;
        // The level reached is read off, not taken from the search.
        let after = what_if.reading(self.asked.node);
        let possible = |rank: &usize| after.possible >> rank & 1 == 1;
        let surely = (0..ladder.levels.len()).find(possible).unwrap_or(0);
        let lowest = ladder.possible.first().cloned();
        let (index, index_least_now) = today.unzip();
        let (index_after, index_least) = self.indices(what_if).unzip();
        let thin = self.score(what_if).filter(|one| !one.is_covered());
        Plan {
            format: 1,
            engine: self.assessment.engine.clone(),
            client: self.assessment.client.clone(),
            assessed_on: self.assessment.assessed_on.clone(),
            basis: self.assessment.basis,
            ladder: Named::new(&ladder.id, &ladder.title),
            from: self.level(self.asked.now),
            bottom: self.asked.now == 0,
            given: self.asked.given,
            lowest: lowest.unwrap_or_else(|| self.level(self.asked.now)),
            to: self.level(self.asked.rank),
            required: self.asked.required,
            reaches: self.level(surely),
            or_higher: after.possible >> surely > 1,
            given_after: after.is_held(),
            covered_after: thin.map(|one| one.coverage),
            complete: surely >= self.asked.rank,
            shortness: solution.shortness,
            count: set.size,
            effort: set.effort,
            budget: request.budget,
            left: self.left(what_if, &requirements, &needs),
            needs,
            index,
            index_least_now,
            index_after,
            index_least,
            asked: self.read_count(),
            unanswered: self.unanswered().count(),
            open: self.still_open(set),
            steps,
        }
    }

    /// A level of the ladder, by its place.
    fn level(&self, rank: usize) -> Named {
        let level = self.asked.ladder.levels.get(rank);
        level.map_or_else(
            || Named::new("", ""),
            |level| Named::new(&level.id, &level.title),
        )
    }

    /// The ladder's score.
    fn score(&self, what_if: &WhatIf<'_>) -> Option<Reading> {
        let ladder = self.space.program.ladder(self.asked.node)?;
        Some(what_if.reading(ladder.of?))
    }

    /// The index of the ladder's score, and the least that it can be, whatever the open answers turn
    /// out to be.
    pub(super) fn indices(&self, what_if: &WhatIf<'_>) -> Option<(f64, f64)> {
        let reading = self.score(what_if).filter(Reading::is_rated)?;
        Some((reading.index(reading.value), reading.index_range().0))
    }

    /// Number of questions the ladder reads, without those that do not apply.
    fn read_count(&self) -> usize {
        let reach = self.space.program.reach();
        let questions = self.assessment.questions.iter().enumerate();
        let read = questions.filter(|(node, one)| {
            let counts = one.state.is_open() || one.state == State::Rated;
            counts && reach.rests(self.asked.node, *node)
        });
        read.count()
    }

    /// The questions a ladder rests on that have no answer, each with its place; what is answered by
    /// too few people to be counted is left out.
    fn unanswered(&self) -> impl Iterator<Item = (usize, Named)> {
        let reach = self.space.program.reach();
        let questions = self.assessment.questions.iter().enumerate();
        let open = questions.filter(move |(place, one)| {
            one.state.is_open() && !one.is_closed() && reach.rests(self.asked.node, *place)
        });
        open.map(|(place, one)| (place, Named::new(&one.id, &one.label)))
    }

    /// The questions without an answer that no step of a set answers.
    fn still_open(&self, set: &StepSet) -> Vec<Named> {
        let taken = |node: usize| {
            let mut pairs = self.space.runs.iter().zip(&set.counts);
            pairs.any(|(run, count)| run.node == node && *count > 0)
        };
        self.unanswered()
            .filter_map(|(node, named)| (!taken(node)).then_some(named))
            .collect()
    }

    /// The requirements that do not surely hold, as needs.
    fn unmet(&self, what_if: &WhatIf<'_>, requirements: &[Requirement]) -> Vec<(NeedKind, String)> {
        let unmet = requirements.iter();
        let unmet =
            unmet.filter(|requirement| what_if.holds_for_certain(requirement) != Truth::True);
        unmet
            .filter_map(|requirement| need_of(self.rulebook, requirement))
            .collect()
    }

    /// The needs of the level and those below it that are not met, or not for certain.
    fn needs(&self, what_if: &WhatIf<'_>, requirements: &[Requirement]) -> Vec<Need> {
        let unsure = self.unmet(what_if, requirements);
        let levels = self.asked.ladder.levels.iter().take(self.asked.rank + 1);
        let mut list: Vec<Need> = Vec::new();
        for need in levels.flat_map(|level| &level.needs) {
            let mut need = need.clone();
            if !need.state.blocks() {
                if !unsure.contains(&(need.kind, need.id.clone())) {
                    continue;
                }
                need.actual
                    .push_str(message!("which-open-answers-may-undo"));
            }
            // The higher level asks for more of the same.
            list.retain(|one| !(one.id == need.id && one.kind == need.kind));
            list.push(need);
        }
        list
    }

    /// The needs that are not met after the steps.
    fn left(
        &self,
        what_if: &WhatIf<'_>,
        requirements: &[Requirement],
        needs: &[Need],
    ) -> Vec<Need> {
        let unmet = self.unmet(what_if, requirements);
        let left = |need: &&Need| unmet.contains(&(need.kind, need.id.clone()));
        needs.iter().filter(left).cloned().collect()
    }

    /// The needs that keep a level out of reach even when every step is taken.
    pub(super) fn out_of_reach(&self, rank: usize, proven: bool) -> NoPlan {
        let (ladder, space) = (self.asked.ladder, &self.space);
        if !self.asked.given {
            return NoPlan::TooLittle {
                ladder: ladder.title.clone(),
                open: self.unanswered().map(|(_, one)| one).collect(),
            };
        }
        let requirements = space.requirements(rank);
        let mut attempt = space.attempt();
        let needs = self.needs(&attempt.what_if, &requirements);
        for place in 0..space.runs.len() {
            attempt.take(place, attempt.room(place));
        }
        let what_if = &attempt.what_if;
        let left = self.left(what_if, &requirements, &needs);
        let met = needs.iter().filter(|need| !left.contains(need));
        let level = ladder.levels.get(rank);
        // A question that no step moves comes first only where a need rests on it.
        let unknown = requirements
            .iter()
            .filter(|requirement| what_if.holds_for_certain(requirement) == Truth::Unknown);
        let read = unknown.flat_map(|requirement| space.program.read_by(requirement));
        let read: Vec<usize> = read.collect();
        let needed = |node: usize| {
            let reach = space.program.reach();
            let mut read = read.iter();
            read.any(|one| *one == node || reach.rests(*one, node))
        };
        let open = self
            .unanswered()
            .filter(|(node, _)| !space.runs.iter().any(|run| run.node == *node) && needed(*node));
        NoPlan::OutOfReach {
            open: open.map(|(_, one)| one).collect(),
            level: level.map_or_else(String::new, |level| level.title.clone()),
            unmet: left.iter().map(Need::in_words).collect(),
            met: met.map(Need::in_words).collect(),
            proven,
        }
    }
}
