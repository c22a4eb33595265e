//! A history in a terminal of 80 columns.

use super::lay::{Page, Tone};
use crate::message;
use crate::report::view::{CurveLine, Slope, Trend, TrendGroup};

/// Columns before what is said of a mark and of a small score.
const MARK: usize = 8;
const NAME: usize = 36;

/// A history, curve by curve; `paint` adds colour.
#[must_use]
pub fn trend(view: &Trend<'_>, paint: bool) -> String {
    let mut page = Page::new(paint);
    let unit = view.subject.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
    page.line(Tone::Strong, &format!("{}{unit}", view.subject.client));
    page.wrapped(0, &view.lead);
    for group in &view.groups {
        page.gap();
        told(&mut page, group);
    }
    marks(&mut page, view);
    problems(&mut page, view);
    page.gap();
    for note in &view.notes {
        page.hanging(0, note);
    }
    page.text()
}

fn told(page: &mut Page, group: &TrendGroup<'_>) {
    page.line(Tone::Strong, &group.title);
    if !group.climbed.is_empty() {
        page.wrapped(0, &group.climbed);
    }
    if let Some(head) = &group.head {
        page.wrapped(0, &head.moved);
        page.gap();
        page.row(
            message!("index-to"),
            "",
            "0        25        50        75       100",
        );
        for line in &head.lines {
            curve(page, line);
        }
        page.wrapped(0, message!("value-what-open-answers-still"));
    }
    if !group.slopes.is_empty() {
        page.gap();
        for slope in &group.slopes {
            page.pair(NAME, Tone::Plain, &slope.title, &sloped(slope));
        }
    }
}

fn curve(page: &mut Page, line: &CurveLine) {
    if !line.mark.is_empty() {
        page.wrapped(0, &message!("mark-told-below", mark = line.mark));
    }
    let name = format!("{} {}  {}", line.date, line.commit, line.level);
    if line.plot.is_empty() {
        let why = line.note.as_deref().unwrap_or_default();
        page.row(&name, &line.index, why);
        return;
    }
    page.row(&name, &line.index, &line.plot);
    if let Some(note) = &line.note {
        page.wrapped(2, note);
    }
}

fn sloped(slope: &Slope<'_>) -> String {
    let value = slope.value.as_deref().unwrap_or(message!("not-assessed"));
    match &slope.from {
        Some(from) => format!("{from} to {value}, {}", slope.verdict),
        None => format!("{value}, {}", slope.verdict),
    }
}

fn marks(page: &mut Page, view: &Trend<'_>) {
    if view.marks.is_empty() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, message!("what-changed-besides-the-answers"));
    for mark in &view.marks {
        let text = format!("{}, {}: {}", mark.date, mark.commit, mark.text);
        page.pair(MARK, Tone::Plain, &mark.number, &text);
    }
}

fn problems(page: &mut Page, view: &Trend<'_>) {
    let mut failed = view
        .rows
        .iter()
        .filter_map(|row| Some((row, row.problem.as_ref()?)))
        .peekable();
    if failed.peek().is_none() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, message!("what-could-not-be-scored"));
    for (row, problem) in failed {
        let place = problem.place.as_deref().unwrap_or(&row.commit);
        page.hanging(2, &format!("{place}: {}", problem.message));
        if let Some(help) = &problem.help {
            page.wrapped(4, help);
        }
    }
}
