//! Sentences of results held to facts: what is open, whose a step is, what is called for.

mod wanted;

use crate::reports::{Faults, Subject, list, text};
use serde_json::Value;

pub(crate) fn check(report: &Subject, faults: &mut Faults) {
    open(report, faults);
    owners(report, faults);
    wanted::check(report, faults);
    verdicts(report, faults);
    known(report, faults);
}

/// No level beside coverage that forbids one, and no "Yes" above a figure that says no.
fn verdicts(report: &Subject, faults: &mut Faults) {
    for ladder in report.list("levels") {
        let score = report.find("scores", &ladder["of"]);
        let coverage = score.and_then(|score| score["coverage"].as_f64());
        let few = coverage.is_some_and(|share| share < 0.70 - 1e-9);
        let given = !ladder["level"].is_null() && ladder["certain"] != true;
        faults.hold(!few || !given, "a level rests on 70 % or more", || {
            format!("{}: {coverage:?}", ladder["id"])
        });
    }
    let against = |input: &str| {
        let mut findings = report.list("findings").iter();
        findings.any(|finding| {
            let grave = matches!(text(finding, "kind"), "risk" | "contradiction")
                && matches!(text(finding, "severity"), "high" | "critical");
            let mut because = list(finding, "because").iter();
            grave && because.any(|one| one["id"] == input)
        })
    };
    for decision in report.list("decisions") {
        let yes = list(decision, "outcome")
            .iter()
            .any(|one| text(one, "label").starts_with("Yes"));
        let inputs = list(decision, "inputs").iter().map(|one| text(one, "id"));
        let odd = inputs.into_iter().find(|input| yes && against(input));
        faults.hold(
            odd.is_none(),
            "no yes stands above a figure that says no",
            || format!("{}: {odd:?}", decision["id"]),
        );
    }
}

/// What is answered is never called not known.
fn known(report: &Subject, faults: &mut Faults) {
    for finding in report.list("findings") {
        let said = text(finding, "text");
        let blank = ["\"not known\"", "“not known”", "not known of"]
            .iter()
            .any(|one| said.contains(one));
        let rated = list(finding, "because").iter().all(|because| {
            let question = report.find("questions", &because["id"]);
            question.is_none_or(|question| question["state"] == "rated")
        });
        faults.hold(!blank || !rated, "what is answered is known", || {
            format!("{}: {said}", text(finding, "id"))
        });
    }
}

/// Nothing waits for answers where none is open.
fn open(report: &Subject, faults: &mut Faults) {
    not_asked(report, faults);
    if report.open() {
        return;
    }
    for key in ["decisions", "levels", "findings", "gates", "fits", "causes"] {
        for one in report.list(key) {
            let out = one["not_applicable"] == Value::Bool(true);
            let certain = out || one["certain"] != Value::Bool(false);
            faults.hold(certain, "all is certain where nothing is open", || {
                format!("{key}, {}", text(one, "id"))
            });
            let (outcome, possible) = (
                list(one, "outcome").len().max(1),
                list(one, "possible").len(),
            );
            faults.hold(
                possible <= outcome,
                "nothing else is possible where nothing is open",
                || format!("{key}, {}: {}", text(one, "id"), one["possible"]),
            );
        }
    }
    for score in report.list("scores") {
        let (low, high) = (&score["range"]["low"], &score["range"]["high"]);
        faults.hold(
            low == high,
            "a range is a point where nothing is open",
            || format!("{}: {low} to {high}", text(score, "id")),
        );
    }
    let open = report.list("open_findings");
    faults.hold(
        open.is_empty(),
        "no finding is open where nothing is",
        || format!("{open:?}"),
    );
}

/// No level is within reach of open answers that waits for what nobody was asked.
fn not_asked(report: &Subject, faults: &mut Faults) {
    for ladder in report.list("levels") {
        let levels = list(ladder, "levels").iter();
        let unreached =
            levels.filter(|level| level["reached"] == false && level["possible"] == true);
        for need in unreached.flat_map(|level| list(level, "needs")) {
            let gate = report
                .find("gates", &need["id"])
                .filter(|_| need["kind"] == "gate");
            let silent = gate
                .is_some_and(|gate| gate["state"] == "unproven" && list(gate, "parts").is_empty());
            faults.hold(
                !silent,
                "what was not asked keeps a level out of reach",
                || format!("{}: {}", text(ladder, "id"), text(need, "id")),
            );
        }
    }
}

/// An owner and a date stand on a step they were given for, and on no other.
fn owners(report: &Subject, faults: &mut Faults) {
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
