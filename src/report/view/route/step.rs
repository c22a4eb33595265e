//! One question of a way in words.

use super::day;
use crate::assess::assessment::NeedKind;
use crate::assess::plan::{PlanStep, Preparation, Purpose, Side, StepAdvice, StepTarget};
use crate::report::view::context::in_words;
use crate::report::view::finding::size;
use crate::rules::pack::file::Size;
use crate::rules::rulebook::words::{list, number};
use crate::rules::vocabulary::State;
use crate::text::number::rounded;
use serde::Serialize;

/// One question to be moved.
#[derive(Debug, Clone, Serialize)]
pub struct RouteStep {
    /// "1".
    pub number: String,
    /// "Raise “Right to commit” from “By favour” (1) to “Signed right” (3)".
    pub what: String,
    /// `organisation.power`.
    pub id: String,
    /// "Right to commit: Signed right"; all of it where it is no anchor that has to be reached.
    pub brief: String,
    /// Purpose of the step.
    pub why: String,
    /// The items and gates it is for; of several steps that are each enough for one, the first.
    pub serves: Vec<String>,
    /// Advice on the step; empty where none covers it.
    pub advice: Vec<RouteAdvice>,
    /// Condition to reach along the steps that no advice covers, or that part of the advice is
    /// enough; null where advice covers all, and where `what` says it.
    pub must: Option<String>,
    /// Evidence to show for it to count; null where the evidence given is enough.
    pub proof: Option<String>,
    /// "low effort", "two steps of medium effort; one step without advice, counted as medium".
    pub effort: String,
    /// The role that is to take it; null: to be named.
    pub owner: Option<String>,
    /// The role its advice suggests, where nobody is named.
    pub suggested: Option<String>,
    /// `31 March 2027`; null: to be settled.
    pub due: Option<String>,
    /// "adds 0.8 to the index"; null where the ladder reads no score.
    pub adds: Option<String>,
    /// One step of low effort, with an owner, and nothing to be done before.
    pub quick: bool,
    /// The works of its advice.
    pub works: Vec<String>,
}

/// Advice on a step.
#[derive(Debug, Clone, Serialize)]
pub struct RouteAdvice {
    /// Work to be done before; may be empty.
    pub before: Vec<String>,
    /// One sentence.
    pub what: String,
    /// Instructions, CommonMark as written; null where one sentence is enough.
    pub how: Option<String>,
}

impl RouteStep {
    pub(super) fn new(step: &PlanStep, nth: usize) -> Self {
        let serves = step.serves.iter();
        let serves = serves.filter(|one| one.any_of.first().is_none_or(|first| *first == nth));
        // What the step's own owner says is not said again.
        let own = |one: &StepAdvice| match &step.owner {
            Some(_) => one.owner.is_none() || one.owner == step.owner,
            None => step.suggested_owner.is_some(),
        };
        let advice = step.advice.iter().map(|one| RouteAdvice {
            before: one.before.iter().map(preparation).collect(),
            what: match who(one).filter(|_| !own(one)) {
                Some(who) => format!("{} ({who})", one.advice.what),
                None => one.advice.what.clone(),
            },
            how: one.advice.how.clone(),
        });
        Self {
            number: nth.to_string(),
            what: what(step),
            id: step.id.to_string(),
            brief: match &step.to {
                StepTarget::Anchor { says, .. } => {
                    format!("{}: {says}", step.label.trim_end_matches('?'))
                }
                StepTarget::Number { .. }
                | StepTarget::Fact { .. }
                | StepTarget::More { .. }
                | StepTarget::OneOf { .. } => what(step),
            },
            why: why(&step.serves),
            serves: serves.map(|one| one.id.clone()).collect(),
            advice: advice.collect(),
            must: must(step),
            proof: proof(step),
            effort: effort(step),
            owner: step.owner.clone(),
            suggested: step
                .suggested_owner
                .clone()
                .filter(|_| step.owner.is_none()),
            due: step.due.as_deref().map(day),
            adds: step.adds.map(|points| adds(points, step.adds_least)),
            quick: step.quick_win,
            works: step
                .advice
                .iter()
                .map(|one| one.advice.work.clone())
                .collect(),
        }
    }
}

/// "For the score “Whole”. One of steps 6 and 8 is enough for the floor of “Channels”."
fn why(serves: &[Purpose]) -> String {
    let needed = serves.iter().filter(|one| one.any_of.is_empty());
    let needed: Vec<String> = needed.map(need).collect();
    let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
    let needed = (!needed.is_empty()).then(|| format!("For {}.", list(&needed)));
    let any = serves.iter().filter(|one| !one.any_of.is_empty());
    let any = any.map(|one| {
        let steps: Vec<String> = one.any_of.iter().map(usize::to_string).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        format!("One of steps {} is enough for {}.", list(&steps), need(one))
    });
    needed.into_iter().chain(any).collect::<Vec<_>>().join(" ")
}

/// Purpose of a step, in words.
fn need(purpose: &Purpose) -> String {
    let label = &purpose.label;
    match purpose.kind {
        NeedKind::Gate => format!("the gate “{label}”"),
        NeedKind::Floor => format!("the floor of “{label}”"),
        NeedKind::Score => format!("the score “{label}”"),
        NeedKind::Confidence => "the confidence asked for".to_owned(),
        NeedKind::Basis => "an assessment on evidence".to_owned(),
    }
}

/// Who does it by when, as the answers say, "Head of finance, by 31 March 2027", or else whom the
/// advice suggests.
fn who(advice: &StepAdvice) -> Option<String> {
    match (&advice.owner, &advice.due, &advice.advice.suggested_owner) {
        (Some(owner), Some(due), _) => Some(format!("{owner}, by {}", day(due))),
        (Some(owner), None, _) => Some(owner.clone()),
        (None, _, Some(role)) => Some(format!("suggested: {role}")),
        (None, _, None) => None,
    }
}

/// Effect of a step on the index; an answer found out at its lowest may lower it.
fn adds(points: f64, least: Option<f64>) -> String {
    let least = least
        .filter(|least| *least > 0.0)
        .map(|least| rounded(least, 1));
    let least = least.filter(|text| text != "0.0");
    match (rounded(points.abs(), 1), least) {
        (text, Some(least)) if text == "0.0" => {
            format!("lifts the least the index can be by {least}")
        }
        (text, Some(least)) if points < 0.0 => format!(
            "lifts the least the index can be by {least}; the index itself counts {text} less until more is known"
        ),
        (text, None) if text == "0.0" => "adds nothing to the index by itself".to_owned(),
        (text, None) if points < 0.0 => {
            format!("the index counts {text} less until more is known")
        }
        (text, _) => format!("adds {text} to the index"),
    }
}

fn what(step: &PlanStep) -> String {
    let label = step.label.trim_end_matches('?');
    let open = matches!(step.state, State::Missing | State::Unknown);
    match &step.to {
        StepTarget::Anchor { worth, says } => {
            let to = format!("“{says}” ({})", number(*worth));
            match (open, stands(step.from, step.from_says.as_deref())) {
                (true, _) => format!("Find out where “{label}” stands; it has to be at least {to}"),
                (false, Some(_)) if step.claimed => {
                    format!("Prove that “{label}” stands at {to}, or bring it there")
                }
                (false, Some(from)) => format!("Raise “{label}” from {from} to {to}"),
                (false, None) => format!("Bring “{label}” to {to}"),
            }
        }
        StepTarget::Number { side, limit, unit } => {
            let unit = unit
                .as_ref()
                .map_or(String::new(), |unit| format!(" {unit}"));
            let side = match side {
                Side::AtLeast => "at least",
                Side::Above => "more than",
                Side::AtMost => "at most",
                Side::Below => "less than",
            };
            let to = format!("{side} {}{unit}", number(*limit));
            match (open, step.from) {
                (true, _) => format!("Find out “{label}”; it has to be {to}"),
                (false, Some(now)) => {
                    format!("Bring “{label}” to {to} (now {}{unit})", number(now))
                }
                (false, None) => format!("Bring “{label}” to {to}"),
            }
        }
        StepTarget::Fact { holds } => match (open, holds) {
            (true, true) => format!("Find out “{label}”; it has to be so"),
            (true, false) => format!("Find out “{label}”; it must not be so"),
            (false, true) => format!("Make it so: “{label}”"),
            (false, false) => format!("Make it no longer so: “{label}”"),
        },
        StepTarget::More { count, of } => more(label, open, *count, of),
        StepTarget::OneOf { of } => {
            format!("Find out “{label}”; it has to be {}", either(of))
        }
    }
}

/// One more of several choices, or all that are left.
fn more(label: &str, open: bool, count: usize, of: &[String]) -> String {
    let all = count == of.len();
    let some = || format!("{} of: {}", in_words(count), of.join("; "));
    match (open, all) {
        (true, true) => format!(
            "Find out “{label}”; these have to be true: {}",
            of.join("; ")
        ),
        (true, false) => format!("Find out “{label}”; true have to be at least {}", some()),
        (false, true) => format!("Add to “{label}”: {}", of.join("; ")),
        (false, false) => {
            let some = format!("{} more of: {}", in_words(count), of.join("; "));
            format!("Add to “{label}” {some}")
        }
    }
}

/// "“A”, “B” or “C”".
fn either(of: &[String]) -> String {
    let quoted: Vec<String> = of.iter().map(|one| format!("“{one}”")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}

/// Value before the step: an anchor with its number, or a number between two.
fn stands(from: Option<f64>, says: Option<&str>) -> Option<String> {
    let from = number(from?);
    Some(match says {
        Some(says) => format!("“{says}” ({from})"),
        None => from,
    })
}

/// The anchors that no advice leads to, where they are more than the last, which `what` names.
fn must(step: &PlanStep) -> Option<String> {
    if let Some(StepTarget::Anchor { worth, says }) = beyond(step) {
        return Some(format!(
            "Part of this is enough here; all of it leads to “{says}” ({})",
            number(*worth)
        ));
    }
    let anchors: Vec<String> = step.must.iter().map(|says| format!("“{says}”")).collect();
    let told = step.must.len() < 2 && step.advice.is_empty();
    (!told && !anchors.is_empty()).then(|| {
        let lead = if step.advice.is_empty() {
            "No advice covers this"
        } else {
            "The advice does not cover all of this"
        };
        format!("{lead}; what must become true: {}", anchors.join(", then "))
    })
}

/// The anchor beyond the step that its last advice leads to.
fn beyond(step: &PlanStep) -> Option<&StepTarget> {
    let last = step.advice.last().filter(|_| step.uncovered == 0);
    last.and_then(|one| one.beyond.as_ref())
}

fn preparation(first: &Preparation) -> String {
    let owner = match (&first.owner, &first.suggested_owner) {
        (Some(owner), _) => format!("; {owner}"),
        (None, Some(owner)) => format!("; suggested: {owner}"),
        (None, None) => String::new(),
    };
    format!(
        "{} ({} effort{owner})",
        first.what.trim_end_matches('.'),
        size(first.effort)
    )
}

fn proof(step: &PlanStep) -> Option<String> {
    let asked = step.proof?.asked()?;
    let look = step
        .evidence
        .as_ref()
        .map_or_else(String::new, |look| format!(". What to look at: {look}"));
    Some(format!("Bring {asked}{look}"))
}

/// Effort of the steps: those that advice covers, then the others.
fn effort(step: &PlanStep) -> String {
    let covered = [Size::Low, Size::Medium, Size::High]
        .into_iter()
        .filter_map(|effort| {
            let own = step.advice.iter().filter(|one| one.advice.effort == effort);
            let word = size(effort);
            match (own.map(|one| one.steps).sum(), step.raises) {
                (0, _) => None,
                (1, 1) => Some(format!("{word} effort")),
                (1, _) => Some(format!("one step of {word} effort")),
                (many, _) => Some(format!("{} steps of {word} effort", in_words(many))),
            }
        });
    let bare = match (step.uncovered, step.raises) {
        (0, _) => None,
        (1, 1) => Some("no advice says what it takes: counted as medium effort".to_owned()),
        (1, _) => Some("one step without advice, counted as medium effort".to_owned()),
        (many, _) => Some(format!(
            "{} steps without advice, each counted as medium effort",
            in_words(many)
        )),
    };
    let parts: Vec<String> = covered.chain(bare).collect();
    parts.join("; ")
}
