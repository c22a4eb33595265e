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
//! The stages, in running order: here the ladder and the level asked for are found; `run` lists every
//! step of each question on the way, by its `aim`; `advice` finds what covers a step; `space` holds
//! the runs of steps; `search` finds a set fast and then tries all others; `document` and `step` put
//! the result into words. `priority` ranks single steps for the assessment.

pub(crate) mod advice;
mod aim;
mod build;
pub(crate) mod priority;
mod refusal;
mod result;
mod run;
mod search;
mod space;
mod step;
mod taken;

pub use refusal::NoPlan;
pub use result::{Plan, PlanStep, Preparation, Purpose, Shortness, Side, StepAdvice, StepTarget};

use crate::assess::assessment::{Assessment, FitState, LadderResult, MatchedResult};
use crate::assess::evaluate::{Facts, WhatIf, imagine};
use crate::rules::rulebook::Rulebook;
use crate::text::diagnostic::nearest;
use advice::Remedies;
use aim::Reads;
use search::Solution;
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
    let own = rulebook.item(ladder.0).map(|item| item.pack);
    let mut excluded = over_built(result);
    excluded.retain(|pack| Some(*pack) != own);
    let facts = Facts::new(program, &readings, answers);
    let mut runs = run::runs(rulebook, facts, &reads, &excluded);
    let remedies = Remedies::new(rulebook, &readings, &assessment.gates, &assessment.findings);
    for run in &mut runs {
        remedies.cover(run);
    }
    let needed = program.needed([ladder.0]);
    let moves = program.reach().moves.iter().map(|moves| {
        let moves = moves.iter().filter(|place| needed.contains(place));
        moves.copied().collect()
    });
    let moves: Vec<Vec<usize>> = moves.collect();
    let planner = Planner {
        rulebook,
        assessment,
        space: Space {
            program,
            answers,
            ladder: ladder.0,
            packs: rulebook.packs.len(),
            runs,
            today: WhatIf::new(program, answers, &readings, &moves),
        },
        asked,
    };
    let goal = Goal {
        rank: asked.rank,
        budget: request.budget,
    };
    let solution = match planner.space.shortest(goal, request.tries) {
        Ok(solution) => solution,
        Err(none) if goal.budget.is_none() => {
            return Err(planner.out_of_reach(goal.rank, none.proven));
        }
        Err(_) => planner.within_budget(goal, request.tries)?,
    };
    Ok(planner.document(&solution, request))
}

/// A ladder with the level that is asked for.
#[derive(Debug, Clone, Copy)]
struct AskedLevel<'a> {
    ladder: &'a LadderResult,
    /// The ladder's item.
    node: usize,
    /// The place of the level reached; where too little is answered for one, of the lowest it can be.
    now: usize,
    /// True if a level is given today.
    given: bool,
    /// The place of the level asked for.
    rank: usize,
    /// True if a decision calls for that level.
    required: bool,
}

/// The ladder of this name; where none is named, the one that draws all packs together, or the only one.
fn ladder<'a>(
    result: &MatchedResult<'a>,
    wanted: Option<&str>,
) -> Result<(usize, &'a LadderResult), NoPlan> {
    let rulebook = result.rulebook();
    let ladders: Vec<_> = (0..rulebook.items.len())
        .filter_map(|node| Some((node, result.ladder(node)?)))
        .collect();
    let overall = result.assessment().packs.iter().find(|pack| pack.overall);
    let headline = overall.and_then(|pack| pack.headline.as_ref());
    let overall = ladders
        .iter()
        .find(|(_, one)| headline.is_some_and(|head| head.id == one.id));
    let meant = ladders
        .iter()
        .filter(|(node, one)| match (wanted, overall) {
            (Some(wanted), _) => one.id == wanted || one.id.local() == wanted,
            (None, Some((overall, _))) => node == overall,
            (None, None) => true,
        });
    let meant: Vec<_> = meant.copied().collect();
    let ids = |some: &[(usize, &LadderResult)]| -> Vec<String> {
        some.iter().map(|(_, one)| one.id.to_string()).collect()
    };
    match (meant.as_slice(), wanted) {
        ([only], _) => Ok(*only),
        ([], None) => Err(NoPlan::NoLadder),
        ([], Some(wanted)) => {
            let ids = ids(&ladders);
            let locals = ids.iter().filter_map(|id| Some(id.split_once('.')?.1));
            let near = nearest(wanted, ids.iter().map(String::as_str).chain(locals));
            Err(NoPlan::UnknownLadder {
                id: wanted.to_owned(),
                near: near.map(str::to_owned),
                ids: ids.clone(),
            })
        }
        (several, _) => Err(NoPlan::SeveralLadders { ids: ids(several) }),
    }
}

/// The level of this name; where none is named, the one a decision calls for, or else the next.
fn asked_level<'a>(
    result: &MatchedResult<'a>,
    (node, ladder): (usize, &'a LadderResult),
    wanted: Option<&str>,
) -> Result<AskedLevel<'a>, NoPlan> {
    let place = |id: &str| ladder.levels.iter().position(|level| level.id == id);
    let named = wanted.map(|wanted| level(ladder, wanted)).transpose()?;
    if ladder.level.is_none() && ladder.possible.is_empty() {
        return Err(NoPlan::NotApplicable {
            ladder: ladder.title.clone(),
        });
    }
    let lowest = ladder.possible.first().and_then(|level| place(&level.id));
    let given = ladder.level.as_ref().and_then(|level| place(&level.id));
    let now = given.or(lowest).unwrap_or(0);
    let top = ladder.levels.len().saturating_sub(1);
    // A fit calls for a level where the ladder says what is built.
    let mut fits = result.assessment().fits.iter();
    let fit = fits.find(|fit| result.node_of(&fit.built.id) == Some(node));
    let form = fit.and_then(|fit| fit.called_for.form.as_ref());
    let required = form.and_then(|form| place(&form.id));
    let enough = named.is_none() && !ladder.higher_is_called_for;
    let (rank, required) = match (named, required) {
        (Some(rank), required) => (rank, required == Some(rank)),
        (None, _) if enough => (now, required == Some(now)),
        (None, Some(rank)) => (rank, true),
        (None, None) => ((now + 1).min(top), false),
    };
    // A level that is reached and may yet be lost is still asked for.
    let sure = lowest.is_some_and(|lowest| rank <= lowest);
    let own = result.rulebook().item(node).map(|item| item.pack);
    let settled = enough && own.is_some_and(|pack| over_built(result).contains(&pack));
    if rank <= now && (sure || settled) {
        let level = ladder.levels.get(rank);
        return Err(NoPlan::Reached {
            ladder: ladder.title.clone(),
            level: level.map_or_else(String::new, |level| level.title.clone()),
            enough: ladder.enough.clone().filter(|_| enough),
            top: rank == top,
        });
    }
    Ok(AskedLevel {
        ladder,
        node,
        now,
        given: given.is_some(),
        rank,
        required,
    })
}

fn level(ladder: &LadderResult, wanted: &str) -> Result<usize, NoPlan> {
    let alike = |text: &str| text.eq_ignore_ascii_case(wanted);
    let found = ladder
        .levels
        .iter()
        .position(|level| alike(&level.id) || alike(&level.title));
    found.ok_or_else(|| {
        let names = ladder
            .levels
            .iter()
            .flat_map(|level| [level.id.as_str(), level.title.as_str()]);
        NoPlan::UnknownLevel {
            level: wanted.to_owned(),
            near: nearest(wanted, names).map(str::to_owned),
            levels: ladder.levels.iter().map(|level| level.id.clone()).collect(),
        }
    })
}

/// The packs of which more is built than is called for.
fn over_built(result: &MatchedResult<'_>) -> Vec<usize> {
    let fits = || result.assessment().fits.iter();
    let over = |id: &str| fits().any(|fit| fit.state == FitState::OverBuilt && fit.pack == id);
    let packs = result.rulebook().packs.iter().enumerate();
    let packs = packs.filter(|(_, pack)| over(&pack.id));
    packs.map(|(place, _)| place).collect()
}

/// Everything a plan is made from.
struct Planner<'a> {
    rulebook: &'a Rulebook,
    assessment: &'a Assessment,
    asked: AskedLevel<'a>,
    space: Space<'a>,
}

impl Planner<'_> {
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
