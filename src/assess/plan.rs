//! Plans: the gain of one step up of each open question, and the smallest set of steps that reaches
//! a level, verified by scoring again.
//!
//! A step moves one answer that a ladder reads: a rating to its next anchor, a number over the next
//! threshold, one more of several choices. The smallest set is the one with the fewest steps; of
//! those with as many, the one that takes least effort, has most steps with advice and fewest
//! actions; of those, the one that comes first in the order of the packs, where the first step of
//! any question comes before the second of another. A [`Plan`] says whether that is proven
//! ([`Shortness`]).
//!
//! The stages, in running order: `goal` finds the ladder and the level asked for, with the questions
//! and tests on the way; `run` lists every step of each question, by its `aim`; `advice` finds what
//! covers a step; `space` holds the runs of steps; `shortest` searches them, `greedy` first and then
//! all sets within their `bound`, made of the `gains` of steps; `document` and `step` put the result
//! into words. `priority` ranks single steps for the assessment.

pub(crate) mod advice;
mod aim;
mod bound;
mod document;
mod gains;
mod goal;
mod greedy;
pub(crate) mod priority;
mod refusal;
mod result;
mod run;
mod shortest;
mod space;
mod step;

pub use refusal::NoPlan;
pub use result::{Plan, PlanStep, Preparation, Purpose, Shortness, Side, StepAdvice, StepTarget};

use crate::assess::assessment::{Assessment, MatchedResult};
use crate::assess::evaluate::imagine;
use crate::rules::rulebook::Rulebook;
use advice::Remedies;
use goal::{AskedLevel, Reads, asked_level, ladder, over_built};
use shortest::Solution;
use space::{Goal, Space};

/// A request for a plan.
#[derive(Debug, Clone, Copy)]
pub struct PlanRequest<'a> {
    /// The ladder, by its id; where none is named, the one that draws the packs together, or the
    /// only one.
    pub ladder: Option<&'a str>,
    /// The level, by its id or title; where none is named, the one a decision calls for, or else the
    /// next.
    pub to: Option<&'a str>,
    /// The most effort all steps and preparations together may take: low counts 1, medium 2, high 3.
    pub budget: Option<u32>,
    /// The most evaluations that may be spent on proving that no smaller set does.
    pub tries: usize,
}

impl Default for PlanRequest<'_> {
    fn default() -> Self {
        Self {
            ladder: None,
            to: None,
            budget: None,
            tries: 200_000,
        }
    }
}

/// The smallest set of steps that reaches a level.
///
/// # Errors
/// Returns an error if there is no such ladder or level, if the level is reached already, if too
/// few questions are answered, or if no steps reach it.
pub fn plan(result: &MatchedResult<'_>, request: &PlanRequest<'_>) -> Result<Plan, NoPlan> {
    let (rulebook, answers) = (result.rulebook(), result.answers());
    let assessment = result.assessment();
    let program = &rulebook.program;
    let ladder = ladder(result, request.ladder)?;
    let asked = asked_level(result, ladder, request.to)?;
    let readings = imagine(program, answers, |_, answer| *answer);
    let reads = Reads::new(program, ladder.0);
    let excluded = over_built(result, ladder.0);
    let runs = run::runs(rulebook, answers, &readings, &reads, &excluded);
    let remedies = Remedies::new(rulebook, &readings, &assessment.gates, &assessment.findings);
    let needed = program.needed([ladder.0]);
    let moves = program.reach().moves.iter().map(|moves| {
        let moves = moves.iter().filter(|place| needed.contains(place));
        moves.copied().collect()
    });
    let moves: Vec<Vec<usize>> = moves.collect();
    let from = (program, answers, readings.as_slice());
    let planner = Planner {
        rulebook,
        assessment,
        remedies: &remedies,
        space: Space::new(from, (ladder.0, &moves), runs, &remedies),
        asked,
    };
    planner.plan(request)
}

/// Everything a plan is made from.
struct Planner<'a> {
    rulebook: &'a Rulebook,
    assessment: &'a Assessment,
    remedies: &'a Remedies<'a>,
    asked: AskedLevel<'a>,
    space: Space<'a>,
}

impl Planner<'_> {
    fn plan(&self, request: &PlanRequest<'_>) -> Result<Plan, NoPlan> {
        let goal = Goal {
            rank: self.asked.rank,
            budget: request.budget,
        };
        let solution = match self.space.shortest(goal, request.tries) {
            Ok(solution) => solution,
            Err(none) if goal.budget.is_none() => {
                return Err(self.out_of_reach(goal.rank, none.proven));
            }
            Err(_) => self.within_budget(goal, request.tries)?,
        };
        Ok(self.document(&solution, request))
    }

    /// The best within a budget that is too small for the level asked for: the highest level it is
    /// enough for, or else the first steps to the next one.
    fn within_budget(&self, goal: Goal, tries: usize) -> Result<Solution, NoPlan> {
        for rank in (self.asked.now + 1..self.asked.rank).rev() {
            if let Ok(solution) = self.space.shortest(Goal { rank, ..goal }, tries) {
                return Ok(solution);
            }
        }
        let next = Goal {
            rank: (self.asked.now + 1).min(self.asked.rank),
            budget: None,
        };
        let whole = self.space.shortest(next, tries);
        let whole = whole
            .map_err(|none| self.out_of_reach(next.rank, none.proven))?
            .set;
        let mut attempt = self.space.attempt();
        let mut first = u32::MAX;
        for place in self.order(&whole) {
            for count in 1..=whole.counts.get(place).copied().unwrap_or(0) {
                attempt.take(place, count);
                let effort = attempt.set().effort;
                first = first.min(effort);
                if !goal.affords(effort) {
                    attempt.take(place, count - 1);
                    break;
                }
            }
        }
        if attempt.counts.iter().all(|count| *count == 0) {
            let budget = goal.budget.unwrap_or(u32::MAX);
            return Err(NoPlan::BudgetTooSmall { budget, first });
        }
        Ok(Solution {
            set: attempt.set(),
            shortness: Shortness::NotProven,
        })
    }
}
