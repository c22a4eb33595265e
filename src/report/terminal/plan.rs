//! The way to a level, in a terminal.

use super::lay::{Page, Tone};
use crate::message;
use crate::report::view::{Route, RouteStep};

/// Columns before what is said of a step.
const STEP: usize = 12;

/// A plan with its steps, one below the other; `paint` adds colour.
#[must_use]
pub fn plan(route: &Route, paint: bool) -> String {
    let mut page = Page::new(paint);
    let unit = route
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(", {unit}"));
    page.line(
        Tone::Strong,
        &format!("{}{unit}: {}", route.client, route.title),
    );
    page.wrapped(0, &route.lead);
    if !route.needs.is_empty() {
        page.gap();
        page.line(Tone::Strong, message!("what-it-still-asks-for"));
        for need in &route.needs {
            page.hanging(2, need);
        }
    }
    for one in &route.steps {
        page.gap();
        page.line(Tone::Strong, &format!("{}. {}", one.number, one.what));
        step(&mut page, one);
    }
    page.gap();
    page.line(Tone::Strong, &route.leads);
    page.wrapped(0, route.shortness);
    page.wrapped(0, &route.note);
    page.text()
}

fn step(page: &mut Page, step: &RouteStep) {
    let mut say = |word: &str, text: &str| {
        if !text.is_empty() {
            page.pair(STEP, Tone::Plain, word, text);
        }
    };
    say("why", &step.why);
    for advice in &step.advice {
        for first in &advice.before {
            say("first", first);
        }
        say("do", &advice.what);
        say("how", advice.how.as_deref().unwrap_or_default());
    }
    say("then", step.must.as_deref().unwrap_or_default());
    say("proof", step.proof.as_deref().unwrap_or_default());
    let adds = step
        .adds
        .as_ref()
        .map_or(String::new(), |adds| format!("; {adds}"));
    let quick = if step.quick {
        message!("a-quick-win")
    } else {
        ""
    };
    say("effort", &format!("{}{adds}{quick}", step.effort));
    let due = step
        .due
        .as_ref()
        .map_or(String::new(), |due| format!(", by {due}"));
    let owner = step.owner.clone().unwrap_or_else(|| {
        let suggested = step.suggested.as_ref();
        suggested.map_or_else(
            || message!("to-be-named").to_owned(),
            |role| message!("to-be-named-such-as", role),
        )
    });
    say("owner", &format!("{owner}{due}"));
}
