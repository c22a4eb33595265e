//! Plans: what one step up of each open question adds, and the smallest set of steps that reaches a
//! level, verified by scoring again.
//!
//! A step moves one answer that a ladder reads: a rating to its next anchor, a number over the next
//! threshold, one more of several choices. The smallest set is the one with the fewest steps; of
//! those with as many, the one that takes least effort, has most steps with advice and fewest
//! actions; of those, the one that comes first in the order of the packs, where the first step of any question comes before the second of another. A [`Plan`] says whether that is proven ([`Shortness`]).

mod asked;
mod bound;
mod goal;
mod greedy;
mod number;
mod owner;
mod priority;
mod reads;
mod refusal;
mod remedy;
mod result;
mod say;
mod search;
mod serve;
mod several;
mod slope;
mod step;
mod steps;
mod way;

pub(crate) use owner::{Owner, owner};
pub(crate) use priority::raises;
pub use refusal::NoPlan;
pub(crate) use remedy::weight;
pub use result::{Plan, PlanStep, Preparation, Purpose, Side, StepAdvice, StepTarget};
pub use way::Shortness;

use crate::answers::Answers;
use crate::assess::assessment::{Assessment, MatchedResult};
use crate::assess::evaluate::imagine;
use crate::rules::reading::Reading;
use crate::rules::rulebook::Rulebook;
use goal::{Asked, asked, ladder, over_built};
use reads::Reads;
pub(crate) use remedy::Remedies;
use search::{Costs, Found};
use step::{Open, open};
use way::{Level, Outcome, Start, choices};

/// What a plan is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The ladder, by its id; where none is named, the one that draws the packs together, or the
    /// only one.
    pub ladder: Option<&'a str>,
    /// The level, by its id or title; where none is named, the one a decision calls for, or else the
    /// next.
    pub to: Option<&'a str>,
    /// The most effort all steps and preparations together may take: low counts 1, medium 2, high 3.
    pub budget: Option<u32>,
    /// How many evaluations may be spent on proving that no smaller set does.
    pub tries: usize,
}

impl Default for Wish<'_> {
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
/// When there is no such ladder or level, when it is reached, when too little is answered, or when no
/// steps reach it.
pub fn plan(result: &MatchedResult<'_>, wish: &Wish<'_>) -> Result<Plan, NoPlan> {
    let (rulebook, answers) = (result.rulebook(), result.answers());
    let assessment = result.assessment();
    let ladder = ladder(result, wish.ladder)?;
    let asked = asked(result, ladder, wish.to)?;
    let readings = imagine(rulebook.program(), answers, |_, given| *given);
    let desk = Desk {
        rulebook,
        answers,
        assessment,
        readings: &readings,
        opens: &open(
            rulebook,
            answers,
            &readings,
            &Reads::new(rulebook.program(), ladder.0),
            &over_built(result, ladder.0),
        ),
        remedies: &Remedies::new(rulebook, &readings, &assessment.gates, &assessment.findings),
        asked,
    };
    desk.plan(wish)
}

/// Everything a plan is made from.
struct Desk<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    assessment: &'a Assessment,
    readings: &'a [Reading],
    opens: &'a [Open<'a>],
    remedies: &'a Remedies<'a>,
    asked: Asked<'a>,
}

/// A set of steps, and how short it is known to be.
struct Chosen {
    found: Found,
    shortness: Shortness,
}

impl Desk<'_> {
    fn plan(&self, wish: &Wish<'_>) -> Result<Plan, NoPlan> {
        let program = self.rulebook.program();
        let node = self.asked.node;
        let (choices, preparations) = choices(self.opens, self.remedies);
        let start = Start {
            program,
            answers: self.answers,
            readings: self.readings,
            choices: &choices,
            preparations: &preparations,
        };
        let level = |rank| Level { ladder: node, rank };
        let target = level(self.asked.rank);
        let chosen = match start.shortest(&target, wish.budget, wish.tries) {
            Outcome::Way(found, shortness) => Chosen { found, shortness },
            Outcome::None { proven } if wish.budget.is_none() => {
                return Err(self.out_of_reach(&start, &target, proven));
            }
            Outcome::None { .. } => self.within(&start, wish)?,
        };
        let places = self.order(&start, &chosen.found);
        Ok(self.told(&start, &places, &chosen, wish))
    }

    /// The best within a budget that does not carry to the level asked for: the highest level it
    /// does carry to, or else the first steps of the way.
    fn within(&self, start: &Start<'_>, wish: &Wish<'_>) -> Result<Chosen, NoPlan> {
        let node = self.asked.node;
        for rank in (self.asked.now + 1..self.asked.rank).rev() {
            let level = Level { ladder: node, rank };
            if let Outcome::Way(found, shortness) = start.shortest(&level, wish.budget, wish.tries)
            {
                return Ok(Chosen { found, shortness });
            }
        }
        let target = Level {
            ladder: node,
            rank: (self.asked.now + 1).min(self.asked.rank),
        };
        let whole = match start.shortest(&target, None, wish.tries) {
            Outcome::Way(found, _) => found,
            Outcome::None { proven } => return Err(self.out_of_reach(start, &target, proven)),
        };
        let budget = wish.budget.unwrap_or(u32::MAX);
        let costs = Costs {
            choices: start.choices,
            preparations: start.preparations,
            budget: wish.budget,
        };
        let mut raises = vec![0; start.choices.len()];
        let mut first = u32::MAX;
        for place in self.order(start, &whole) {
            for _ in 0..whole.raises.get(place).copied().unwrap_or(0) {
                let mut more = raises.clone();
                if let Some(count) = more.get_mut(place) {
                    *count += 1;
                }
                let effort = costs.of(&more);
                first = first.min(effort);
                if effort > budget {
                    break;
                }
                raises = more;
            }
        }
        if raises.iter().all(|count| *count == 0) {
            return Err(NoPlan::BudgetTooSmall { budget, first });
        }
        Ok(Chosen {
            found: costs.found(raises),
            shortness: Shortness::NotProven,
        })
    }
}
