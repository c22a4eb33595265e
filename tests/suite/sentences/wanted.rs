//! A gap, a step of a way and a next step are measured, and called for.

use crate::reports::{Faults, Subject, list, text};
use serde_json::Value;

/// Questions on what the market is like, which nobody can raise, and nobody should.
const MARKET: [&str; 8] = [
    "profile.",
    "organisation.ready-",
    "organisation.pull-",
    "organisation.offer-kind",
    "organisation.integration",
    "organisation.products",
    "organisation.customers",
    "organisation.variety",
];
/// Sections of `organisation`, each with the forms that call for it.
const FORMS: [(&str, &[&str]); 3] = [
    ("light", &["light", "medium", "intensive"]),
    ("medium", &["medium", "intensive"]),
    ("intensive", &["intensive"]),
];

pub(super) fn check(report: &Subject, faults: &mut Faults) {
    for question in report.list("questions") {
        let id = text(question, "id");
        let why = unwanted(report, question);
        let gap = report.list("plan").iter().any(|one| text(one, "id") == id);
        faults.hold(!gap || why.is_none(), "a gap is called for", || {
            format!("{id} is a gap, though it is {why:?}")
        });
        let Some(why) = why else {
            continue;
        };
        for cause in report.list("causes") {
            let anchors = list(cause, "must_be_true").iter();
            let mut anchors = anchors.filter(|one| text(one, "id") == id);
            faults.hold(
                anchors.next().is_none(),
                "what must be true is called for",
                || format!("{}: {id}, though it is {why}", text(cause, "id")),
            );
        }
    }
    // An action is worth taking for one thing at least that is called for.
    for action in report.list("actions") {
        let raises = list(action, "raises");
        let idle = raises.iter().all(|raise| {
            let question = report.find("questions", &raise["id"]);
            question.is_some_and(|question| unwanted(report, question).is_some())
        });
        faults.hold(
            raises.is_empty() || !idle,
            "an action raises what is called for",
            || text(action, "work").to_owned(),
        );
    }
}

/// Why a question is no gap: a fact of the market, or part of a form that is certainly not called for.
fn unwanted(report: &Subject, question: &Value) -> Option<&'static str> {
    let id = text(question, "id");
    if MARKET.iter().any(|market| id.starts_with(market)) {
        return Some("a fact of the market");
    }
    if matches!(
        text(question, "state"),
        "not-applicable" | "irrelevant" | "not-asked"
    ) {
        return Some("not applicable");
    }
    let section = text(question, "section");
    let (_, forms) = FORMS
        .iter()
        .find(|(one, _)| *one == section && id.starts_with("organisation."))?;
    let required = report.find("decisions", &Value::from("organisation.required"))?;
    let possible = list(required, "possible");
    // An input that is still open may turn out not to apply, and then nothing says what is called for.
    let certain = required["certain"] == true && !possible.is_empty();
    let wanted = possible.iter().any(|one| forms.contains(&text(one, "id")));
    (certain && !wanted).then_some("of a form that is not called for")
}
