//! An owner and a date stand on a step they were given for, and on no other.

use crate::printed::{Block, Page, rows};
use crate::reports::{Faults, Report, list, text};
use serde_json::Value;

pub(super) fn check(report: &Report<'_>, faults: &mut Faults) {
    for action in report.list("actions") {
        for key in ["owner", "due"] {
            let mut raises = list(action, "raises").iter();
            let named = raises.any(|raise| {
                let question = report.find("questions", &raise["id"]);
                question.is_none_or(|one| one[key] == action[key])
            });
            let holds = named || action[key].is_null() || key == "due";
            faults.hold(
                holds,
                "an owner was given for what an action raises",
                || format!("{}: {}", text(action, "work"), action[key]),
            );
        }
        let raised = !list(action, "raises").is_empty() || action["owner"].is_null();
        faults.hold(raised, "an owner is given for what is raised", || {
            text(action, "work").to_owned()
        });
    }
    for raise in report.list("plan") {
        let owner = text(raise, "owner");
        let question = report.find("questions", &raise["id"]);
        if owner.starts_with("Keeper") {
            let at = format!("gap {}", text(raise, "id"));
            given(raise, question, raise["to"].as_f64(), &at, faults);
        }
    }
    for (title, way) in report.ways() {
        steps(report, title, way, faults);
    }
    for (format, page) in report.pages() {
        printed(report, format, page, faults);
    }
}

/// Whether a step's owner and date are those that its question was given for so far.
fn given(step: &Value, question: Option<&Value>, to: Option<f64>, at: &str, faults: &mut Faults) {
    let Some(question) = question else {
        return;
    };
    for key in ["owner", "due"] {
        if step[key].is_null() {
            continue;
        }
        let same = step[key] == question[key];
        let target = question["target"].as_f64().unwrap_or(f64::NEG_INFINITY);
        let far = to.is_none_or(|to| to <= target + 1e-9);
        faults.hold(
            same && far,
            "an owner and a date were given for this step",
            || {
                format!(
                    "{at}: {key} {} to {to:?}; given: {} for {target}",
                    step[key], question[key]
                )
            },
        );
    }
}

/// The steps of a way, each with the line that names who and when.
fn steps(report: &Report<'_>, at: &str, blocks: &[Block], faults: &mut Faults) {
    let mut step = None;
    for said in blocks.iter().filter_map(Block::item) {
        let Some((_, owner)) = said.split_once(". Owner: ") else {
            // A step begins behind the owner of the one before.
            step.get_or_insert(said);
            continue;
        };
        let step = step.take().unwrap_or_default();
        if let Some(owner) = owner.strip_prefix("Keeper of ") {
            let owner = owner.split(". Due").next().unwrap_or_default();
            let (id, target) = owner.split_once(" up to ").expect("an owner of ours");
            let mut questions = report.list("questions").iter();
            let question = questions.find(|one| text(one, "id").ends_with(&format!(".{id}")));
            let label = question.map(|one| text(one, "label")).unwrap_or_default();
            let reaches = step
                .rsplit_once('(')
                .and_then(|(_, end)| end.split(')').next()?.parse::<f64>().ok());
            let far = reaches.is_none_or(|to| to <= target.parse().expect("a target"));
            faults.hold(
                step.contains(&format!("“{label}”")) && far,
                "an owner and a date were given for this step",
                || format!("{at}: {owner} for {step}"),
            );
        }
    }
}

/// The owner printed beside an action is the one of the result, or the one the pack suggests.
fn printed(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let section = page.section("What to do next");
    let heads = section.iter().find_map(Block::row).unwrap_or_default();
    let column = heads.iter().position(|head| head == "Owner");
    for row in rows(section) {
        let actions = report.list("actions").iter();
        let mut same = actions.filter(|one| text(one, "do") == row[1]);
        let (Some(action), Some(column)) = (same.next(), column) else {
            continue;
        };
        let owner = match [text(action, "owner"), text(action, "suggested_owner")] {
            ["", ""] => "to be named".to_owned(),
            ["", suggested] => format!("to be named; suggested: {suggested}"),
            [owner, _] => owner.to_owned(),
        };
        let holds = row[column].starts_with(&owner);
        faults.hold(holds, "the owner of a next step", || {
            format!("{format}: {row:?}, not {owner}")
        });
    }
}
