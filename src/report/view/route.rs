//! The way to a level in words: for the report, the terminal and the plan's own Markdown.

mod step;

pub use step::{RouteAdvice, RouteStep};

use super::context::{capital, counted, date};
use crate::assess::assessment::NeedState;
use crate::assess::plan::{Plan, Shortness};
use crate::rules::VERDICT_COVERAGE;
use crate::rules::rulebook::words::list;
use crate::rules::vocabulary::State;
use crate::text::number::rounded;
use serde::Serialize;

/// A sentence names this many questions without an answer.
const MOST_OPEN: usize = 6;

/// A sentence names this many steps.
const MOST_STEPS: usize = 3;

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
    /// The ladder, `pack.item`.
    pub of: String,
    /// Level of the client, and the distance to the next: one to three sentences.
    pub lead: String,
    /// Conditions that are not met today, with the values given.
    pub needs: Vec<String>,
    /// In the order in which they should be taken; never empty.
    pub steps: Vec<RouteStep>,
    /// Level that the steps lead to, verified by scoring again.
    pub leads: String,
    /// Certainty that the way is the shortest, in words.
    pub shortness: &'static str,
    /// Note on what a step is, and what its effort counts.
    pub note: String,
    /// `centricity 0.1.0`.
    pub engine: String,
}

impl Route {
    /// A plan in words.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let steps = plan.steps.iter().zip(1..);
        let open = plan
            .steps
            .iter()
            .any(|step| matches!(step.state, State::Missing | State::Unknown));
        Self {
            title: format!("The way to “{}”: {}", plan.to.label, plan.ladder.label),
            client: plan.client.name.clone(),
            unit: plan.client.unit.clone(),
            ladder: plan.ladder.label.clone(),
            of: plan.ladder.id.clone(),
            lead: lead(plan),
            needs: plan
                .needs
                .iter()
                .map(|need| capital(&need.in_words()))
                .collect(),
            steps: steps.map(|(step, nth)| RouteStep::new(step, nth)).collect(),
            leads: leads(plan),
            shortness: match plan.shortness {
                _ if is_first_steps(plan) => {
                    "These are the first steps of the way, as far as the effort goes."
                }
                Shortness::Shortest => {
                    "No other set has fewer steps, or takes less effort with as many, preparations counted."
                }
                Shortness::Fewest => {
                    "No other set has fewer steps; one with as many may take less effort."
                }
                Shortness::OneAction => "One action reaches it by itself.",
                Shortness::NotProven => {
                    "Perhaps not the shortest way: not every set of steps could be tried. Without any one of these the level is not certain."
                }
            },
            note: note(open, plan.complete && !plan.open.is_empty()),
            engine: plan.engine.clone(),
        }
    }
}

/// True if the steps lead to no level above the one of today.
fn is_first_steps(plan: &Plan) -> bool {
    !plan.complete && [&plan.from.id, &plan.lowest.id].contains(&&plan.reaches.id)
}

/// Sentence about the level of the client today.
fn stands(plan: &Plan) -> String {
    let from = &plan.from.label;
    let index = index(plan.index, plan.index_least_now);
    if !plan.given && plan.bottom {
        "Too little is answered to give a level today.".to_owned()
    } else if !plan.given {
        format!("Too little is answered to give a level today; it is at least “{from}”.")
    } else if plan.lowest.id == plan.from.id {
        format!("You stand at “{from}” today{index}.")
    } else {
        let lowest = &plan.lowest.label;
        format!(
            "You stand at “{from}” today{index}, as far as is answered; open answers may lower it to “{lowest}”."
        )
    }
}

/// An index, with the least it can be where that is less.
fn index(index: Option<f64>, least: Option<f64>) -> String {
    let Some(index) = index else {
        return String::new();
    };
    let (index, least) = (rounded(index, 1), least.map(|least| rounded(least, 1)));
    match least.filter(|least| *least != index) {
        Some(least) => format!(", at index {index}, at the least {least}"),
        None => format!(", at index {index}"),
    }
}

/// Sentence to put first if most of what the level rests on is not answered; else `None`.
fn open_first(plan: &Plan) -> Option<String> {
    let first = plan.unanswered * 2 > plan.asked;
    first.then(|| {
        format!(
            " Most of it is open: {} of the {} questions the level rests on have no answer, and the way below counts each of them at its lowest; answers may make it shorter.",
            plan.unanswered, plan.asked
        )
    })
}

/// Which steps reach the level on today's answers, where others only make it certain.
fn secured(plan: &Plan) -> Option<String> {
    let of = |secures: bool| -> Vec<String> {
        let steps = plan.steps.iter().zip(1..);
        let steps = steps.filter(|(step, _)| step.secures == secures);
        steps.map(|(_, nth): (_, usize)| nth.to_string()).collect()
    };
    let (first, rest) = (of(false), of(true));
    if rest.is_empty() || first.is_empty() || !plan.complete {
        return None;
    }
    let named = |all: &[String]| {
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let word = if all.len() == 1 { "step" } else { "steps" };
        format!("{word} {}", list(&all))
    };
    let makes = if rest.len() == 1 { "makes" } else { "make" };
    let reach = match first.len() {
        1 => format!("{} reaches", named(&first)),
        few if few <= MOST_STEPS => format!("{} reach", named(&first)),
        _ => "the others reach".to_owned(),
    };
    Some(format!(
        " {} only {makes} it certain; on today's answers {reach} it.",
        capital(&named(&rest))
    ))
}

fn lead(plan: &Plan) -> String {
    let mut text = stands(plan);
    text.extend(open_first(plan));
    if plan.required {
        text.extend([" Your offer calls for “", &plan.to.label, "”."]);
    }
    let steps = counted(plan.count, "step", "steps");
    let on = counted(plan.steps.len(), "question", "questions");
    let far = format!(
        "{steps} on {on}, with an effort of {} (low counts 1, medium 2, high 3)",
        plan.effort
    );
    let budget = plan.budget.map(|budget| format!(" of at most {budget}"));
    let budget = budget.unwrap_or_default();
    let to = &plan.to.label;
    let unproven = plan.needs.iter().all(|need| need.state != NeedState::Unmet);
    let far = if plan.complete && (plan.to.id == plan.from.id || !plan.given_after || unproven) {
        format!(" To be sure of “{to}” takes {far}{budget}.")
    } else if plan.complete {
        format!(" “{to}” takes {far}{budget}.")
    } else if is_first_steps(plan) {
        format!(" “{to}” takes more than that effort. What can be done within it: {far}{budget}.")
    } else {
        let reaches = &plan.reaches.label;
        format!(" “{to}” takes more than that effort; it carries to “{reaches}”: {far}{budget}.")
    };
    text.push_str(&far);
    text.extend(secured(plan));
    if plan.steps.iter().skip(1).any(|step| step.adds.is_some()) {
        text.push_str(" What a step adds is counted after the steps before it.");
    }
    if !plan.given {
        let open = plan.open.iter().map(|one| format!("“{}”", one.label));
        let mut open: Vec<String> = open.collect();
        let more = open.len().saturating_sub(MOST_OPEN);
        open.truncate(MOST_OPEN);
        if more > 0 {
            open.push(format!("{more} more"));
        }
        let open: Vec<&str> = open.iter().map(String::as_str).collect();
        if !open.is_empty() {
            text.extend([" Without an answer after these steps: ", &list(&open), "."]);
        }
    }
    text
}

fn leads(plan: &Plan) -> String {
    let index = index(plan.index_after, plan.index_least);
    let higher = if plan.or_higher { " or higher" } else { "" };
    let mut text = format!(
        "After these steps: {}{higher}{index}; scored again to be sure.",
        plan.reaches.label
    );
    if !plan.given_after {
        text.push_str(&not_given(plan));
    }
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

/// Why no level is given after the steps, although it cannot be below one.
fn not_given(plan: &Plan) -> String {
    match plan.covered_after {
        Some(share) => format!(
            " Which level it is can be said once {} % of what it rests on is answered; {} % is then.",
            rounded(VERDICT_COVERAGE * 100.0, 0),
            rounded((share * 100.0).floor(), 0)
        ),
        None => " Which level it is can be said once more is answered.".to_owned(),
    }
}

/// Note on what a step is; where questions are open, how those on the way and the others count.
fn note(open: bool, beside: bool) -> String {
    let mut text = "A step moves one answer: a rating or a choice to the next anchor, a number over the next threshold, one more of several choices.".to_owned();
    if open {
        text.push_str(" Where a question has no answer yet, the steps are counted from the lowest one: what is found out may save some of them.");
    }
    if beside {
        text.push_str(
            " Questions that stay open beside these steps cannot take the level away, however they are answered.",
        );
    }
    text
}

/// A day as people read it.
pub(super) fn day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), date)
}
