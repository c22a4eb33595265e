//! The way to a level in words: for the report, the terminal and the plan's own Markdown.

use super::finding::size;
use super::material::{capital, counted, date, in_words};
use crate::assessment::{RaiseResult, now};
use crate::evaluate::State;
use crate::number::rounded;
use crate::pack::file::Size;
use crate::plan::{Plan, PlanStep, Shortness};
use crate::rulebook::words::{list, number};
use serde::Serialize;

/// A report tells so many steps of a way.
const MOST_STEPS: usize = 6;

/// The way to a level.
#[derive(Debug, Clone, Serialize)]
pub struct Route {
    /// "The way to “Structured”: Level of the organisation".
    pub title: String,
    /// The client.
    pub client: String,
    /// The part of it that was looked at.
    pub unit: Option<String>,
    /// Name of the ladder.
    pub ladder: String,
    /// Where the client stands, and how far it is: one to three sentences.
    pub lead: String,
    /// What is asked for and is not there today, with what is there.
    pub needs: Vec<String>,
    /// In the order in which they should be taken; never empty.
    pub steps: Vec<RouteStep>,
    /// "And 8 more, which `centricity plan` tells."; null where all are told.
    pub more: Option<String>,
    /// Where the steps lead, verified by scoring again.
    pub leads: String,
    /// How short the way is known to be.
    pub shortness: &'static str,
    /// What a step is, and what its effort counts; a note below.
    pub note: String,
    /// `centricity 0.1.0`.
    pub engine: String,
}

/// One question to be raised.
#[derive(Debug, Clone, Serialize)]
pub struct RouteStep {
    /// "1".
    pub number: String,
    /// "Raise “Right to commit” from “By favour” (1) to “Signed right” (3)".
    pub what: String,
    /// `organisation.power`.
    pub id: String,
    /// What it is for.
    pub why: String,
    /// What has to be done before; may be empty.
    pub before: Vec<String>,
    /// What to do; null where no advice belongs to the question.
    pub advice: Option<String>,
    /// How, CommonMark as written; null where one sentence is enough.
    pub how: Option<String>,
    /// What has to be shown for it to count; null where what is there carries it.
    pub proof: Option<String>,
    /// "low effort", "two steps of medium effort", with "as usual" where no advice says it.
    pub effort: String,
    /// The role that is to take it; null: to be named.
    pub owner: Option<String>,
    /// `31 March 2027`; null: to be settled.
    pub due: Option<String>,
    /// "adds 0.8 points"; null where the ladder reads no score.
    pub adds: Option<String>,
    /// A gap of one step or more, low effort, an owner, and nothing to be done before.
    pub quick: bool,
}

impl Route {
    /// A plan in words.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self::of(plan, usize::MAX)
    }

    /// The same with its first steps, where it has many.
    #[must_use]
    pub fn brief(plan: &Plan) -> Self {
        Self::of(plan, MOST_STEPS)
    }

    fn of(plan: &Plan, most: usize) -> Self {
        let steps = plan.steps.iter().take(most).zip(1..);
        let more = plan.steps.len().saturating_sub(most);
        let assumed = plan.steps.iter().any(|step| step.raise.advice.is_none());
        let open = plan
            .steps
            .iter()
            .any(|step| step.raise.state != State::Rated);
        Self {
            title: format!("The way to “{}”: {}", plan.to.label, plan.ladder.label),
            client: plan.client.name.clone(),
            unit: plan.client.unit.clone(),
            ladder: plan.ladder.label.clone(),
            lead: lead(plan),
            needs: plan.needs.iter().map(|need| capital(&now(need))).collect(),
            steps: steps.map(|(step, nth)| route_step(step, nth)).collect(),
            more: (more > 0).then(|| format!("And {more} more, which `centricity plan` tells.")),
            leads: leads(plan),
            shortness: match plan.shortness {
                _ if !plan.complete && plan.reaches.id == plan.from.id => {
                    "These are the first steps of the way, as far as the effort goes."
                }
                Shortness::Shortest => {
                    "No other set has fewer steps, or takes less effort with as many."
                }
                Shortness::Fewest => {
                    "No other set has fewer steps; one with as many may take less effort."
                }
                Shortness::NotProven => {
                    "Perhaps not the shortest way: not every set of steps could be tried. None of these can be left out."
                }
            },
            note: note(assumed, open),
            engine: plan.engine.clone(),
        }
    }
}

fn lead(plan: &Plan) -> String {
    let index = plan.index.map_or_else(String::new, |index| {
        format!(", at index {}", rounded(index, 0))
    });
    let mut text = format!("You stand at “{}” today{index}.", plan.from.label);
    if plan.required {
        text.extend([" Your market calls for “", &plan.to.label, "”."]);
    }
    let steps = counted(plan.count, "step", "steps");
    let on = counted(plan.steps.len(), "question", "questions");
    let far = format!("{steps} on {on}, with an effort of {}", plan.effort);
    let budget = plan.budget.map(|budget| format!(" of at most {budget}"));
    let budget = budget.unwrap_or_default();
    let to = &plan.to.label;
    let far = if plan.complete {
        format!(" “{to}” takes {far}{budget}.")
    } else if plan.reaches.id == plan.from.id {
        format!(" “{to}” takes more than that effort. What can be done within it: {far}{budget}.")
    } else {
        let reaches = &plan.reaches.label;
        format!(" “{to}” takes more than that effort; it carries to “{reaches}”: {far}{budget}.")
    };
    text.push_str(&far);
    text
}

fn leads(plan: &Plan) -> String {
    let index = plan.index_after.map_or_else(String::new, |index| {
        format!(", at index {}", rounded(index, 0))
    });
    let mut text = format!(
        "After these steps: {}{index}; scored again to be sure.",
        plan.reaches.label
    );
    if !plan.complete && !plan.left.is_empty() {
        let left: Vec<String> = plan.left.iter().map(|need| need.text.clone()).collect();
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        text.extend([
            " “",
            &plan.to.label,
            "” still asks for: ",
            &list(&left),
            ".",
        ]);
    }
    text
}

fn note(assumed: bool, open: bool) -> String {
    let mut text =
        "A step raises one rating to its next anchor. Low effort counts 1, medium 2, high 3."
            .to_owned();
    if assumed {
        text.push_str(" Where no advice of a pack says what a step takes, it is taken as medium.");
    }
    if open {
        text.push_str(" A question without an answer is taken to stand on its lowest anchor until somebody finds out.");
    }
    text
}

fn route_step(step: &PlanStep, nth: usize) -> RouteStep {
    let raise = &step.raise;
    let why: Vec<&str> = step.serves.iter().map(String::as_str).collect();
    RouteStep {
        number: nth.to_string(),
        what: what(step),
        id: raise.id.to_string(),
        why: if why.is_empty() {
            String::new()
        } else {
            format!("For {}.", list(&why))
        },
        before: step.before.iter().map(preparation).collect(),
        advice: raise.advice.as_ref().map(|one| one.advice.what.clone()),
        how: raise.advice.as_ref().and_then(|one| one.advice.how.clone()),
        proof: proof(step),
        effort: effort(step),
        owner: raise.owner.clone(),
        due: raise.due.as_deref().map(day),
        adds: step
            .adds
            .map(|points| format!("adds {} to the index", rounded(points, 1))),
        quick: raise.quick_win && step.raises == 1 && step.before.is_empty(),
    }
}

/// A day as people read it.
pub(super) fn day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), date)
}

fn what(step: &PlanStep) -> String {
    let raise = &step.raise;
    let to = format!("“{}” ({})", step.to_says, number(step.to));
    if raise.claimed && step.raises == 1 {
        return format!("Prove that “{}” stands at {to}", raise.label);
    }
    match stands(raise) {
        Some(from) => format!("Raise “{}” from {from} to {to}", raise.label),
        None => format!(
            "Find out where “{}” stands, and bring it to {to}",
            raise.label
        ),
    }
}

/// What it stands on: an anchor with its number, or a number between two.
pub(super) fn stands(raise: &RaiseResult) -> Option<String> {
    let from = number(raise.from?);
    Some(match &raise.from_says {
        Some(says) => format!("“{says}” ({from})"),
        None => from,
    })
}

fn preparation(first: &crate::plan::Preparation) -> String {
    let owner = first
        .owner
        .as_ref()
        .map_or_else(String::new, |owner| format!("; {owner}"));
    format!(
        "{} ({} effort{owner})",
        first.what.trim_end_matches('.'),
        size(first.effort)
    )
}

fn proof(step: &PlanStep) -> Option<String> {
    let asked = step.proof?.asked()?;
    let look = step
        .raise
        .evidence
        .as_ref()
        .map_or_else(String::new, |look| format!(", such as: {look}"));
    Some(format!("Bring {asked}{look}"))
}

fn effort(step: &PlanStep) -> String {
    let word = size(step.raise.effort);
    let usual = if step.raise.advice.is_none() && step.raise.effort == Size::Medium {
        " (as usual)"
    } else {
        ""
    };
    match step.raises {
        1 => format!("{word} effort{usual}"),
        many => format!("{} steps of {word} effort{usual}", in_words(many)),
    }
}
