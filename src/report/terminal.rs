//! The report's first page, the reasons of a figure, the way to a level and the questions of an
//! interview, in a terminal of 80 columns.
//!
//! The summary is one more format over the report's [`View`], and like the others it computes
//! nothing. Everything is said in words and figures; colour only repeats it.

mod blocks;
mod explanation;
mod lay;
mod question;

pub use blocks::blocks;
pub use explanation::explanation;
pub use lay::narrowed;
pub use question::{commands, given, grades, question, section};

use crate::message;
use crate::report::View;
use crate::report::view::{Chart, ExhibitName, Headline, Kind, Open, Pack, Point};
use lay::{Page, Tone};

/// Names of open questions told here; the report tells all of them.
const MOST_OPEN: usize = 6;
/// Columns before what is said: after facts, after words, and after steps.
const FACT: usize = 14;
const WORD: usize = 26;
const STEP: usize = 14;
const RESULT: usize = 32;
const PART: usize = 40;

/// An assessment on one screen; `paint` adds colour.
#[must_use]
pub fn summary(view: &View<'_>, paint: bool) -> String {
    let mut page = Page::new(paint);
    head(&mut page, view);
    for headline in &view.summary.headlines {
        page.gap();
        if view.many_packs {
            page.line(Tone::Strong, &headline.pack);
        }
        verdict(&mut page, headline);
        if let Some(pack) = view.packs.iter().find(|pack| pack.id == headline.id) {
            chart(&mut page, pack);
        }
    }
    table(&mut page, view);
    results(&mut page, view);
    let lists = [
        (message!("what-carries-you"), &view.summary.strengths),
        (message!("what-holds-you-back"), &view.summary.gaps),
    ];
    for (title, points) in lists {
        findings(&mut page, title, points);
    }
    steps(&mut page, view);
    unknown(&mut page, view);
    page.text()
}

fn head(page: &mut Page, view: &View<'_>) {
    let subject = &view.subject;
    let unit = subject
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(", {unit}"));
    page.line(Tone::Strong, &format!("{}{unit}", subject.client));
    let mut facts: Vec<_> = view
        .packs
        .iter()
        .map(|pack| {
            let changed = if pack.changed { " (changed)" } else { "" };
            format!("{} {}{changed}", pack.id, pack.version)
        })
        .collect();
    facts.extend(subject.date.clone());
    facts.push(view.status.to_lowercase());
    facts.push(if view.basis.evidenced {
        message!("evidenced-a-rating-counts-as-far").to_owned()
    } else {
        message!("a-perception-evidence-was-not-asked").to_owned()
    });
    page.wrapped(0, &facts.join("; "));
}

fn verdict(page: &mut Page, headline: &Headline<'_>) {
    page.line(Tone::Strong, &headline.sentence);
    if let Some(verdict) = &headline.verdict {
        page.wrapped(0, verdict);
    }
    page.gap();
    for fact in &headline.facts {
        let note = if fact.note.is_empty() {
            String::new()
        } else {
            format!(" ({})", fact.note)
        };
        page.pair(
            FACT,
            Tone::Plain,
            &fact.label,
            &format!("{}{note}", fact.value),
        );
    }
}

/// The packs that are not told in full.
fn table(page: &mut Page, view: &View<'_>) {
    if view.summary.table.is_empty() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, message!("the-parts-each-by-itself"));
    for line in &view.summary.table {
        let index = line.value.as_ref().map(|value| match &line.range {
            Some(range) => format!("{value} ({range})"),
            None => value.to_string(),
        });
        let answered = line
            .answered
            .as_ref()
            .map(|share| format!("{share} answered"));
        let told: Vec<String> = [index, line.level.clone(), answered]
            .into_iter()
            .flatten()
            .collect();
        page.pair(PART, Tone::Plain, &line.pack, &told.join(", "));
    }
}

/// The scores of the profile, as the report sorts them; those without a value by name only.
fn chart(page: &mut Page, pack: &Pack<'_>) {
    let scores = pack
        .profile
        .iter()
        .find(|exhibit| exhibit.kind == ExhibitName::Scores);
    let Some(Chart::Dots(dots)) = scores.map(|exhibit| &exhibit.chart) else {
        return;
    };
    let (known, not): (Vec<_>, Vec<_>) = dots.rows.iter().partition(|row| row.value.is_some());
    page.gap();
    if !known.is_empty() {
        page.row(
            message!("index-to"),
            "",
            "0        25        50        75       100",
        );
    }
    for row in &known {
        page.row(
            &row.label,
            row.value.as_deref().unwrap_or_default(),
            &row.plot,
        );
        if let Some(note) = &row.note {
            page.wrapped(2, note);
        }
    }
    if !known.is_empty() {
        page.wrapped(0, &dots.legend);
    }
    if let Some(left_out) = &dots.left_out {
        page.hanging(0, left_out);
    }
    if !not.is_empty() {
        let names: Vec<_> = not.iter().map(|row| row.label.as_ref()).collect();
        page.hanging(0, &message!("not-assessed-yet", names = names.join("; ")));
    }
}

/// The metrics of all packs, each by the first figure that counts.
fn results(page: &mut Page, view: &View<'_>) {
    let mut metrics = view.packs.iter().flat_map(|pack| &pack.metrics).peekable();
    if metrics.peek().is_none() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, message!("results-beside-maturity"));
    for metric in metrics {
        let note = match (&metric.none, metric.note.as_str()) {
            (Some(none), _) => none.clone(),
            (None, "") => metric.value.to_string(),
            (None, note) => format!("{} ({note})", metric.value),
        };
        page.pair(RESULT, Tone::Plain, &metric.title, &note);
    }
}

fn findings(page: &mut Page, title: &str, points: &[Point<'_>]) {
    if points.is_empty() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, title);
    for point in points {
        let tone = if point.kind == Kind::Strength {
            Tone::Good
        } else {
            Tone::Bad
        };
        page.pair(WORD, tone, &point.word, &point.title);
    }
}

fn steps(page: &mut Page, view: &View<'_>) {
    if view.summary.steps.is_empty() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, message!("what-to-do-next"));
    for step in &view.summary.steps {
        let owner = step
            .owner
            .as_ref()
            .map_or(String::new(), |owner| format!(" ({owner})"));
        page.pair(
            STEP,
            Tone::Plain,
            step.within,
            &format!("{}{owner}", step.what),
        );
    }
}

fn unknown(page: &mut Page, view: &View<'_>) {
    page.gap();
    page.line(Tone::Strong, message!("what-is-not-known"));
    let of = |pick: fn(&'_ Pack<'_>) -> Vec<String>| {
        view.packs.iter().flat_map(pick).collect::<Vec<_>>()
    };
    let lists = [
        (
            message!("nobody-could-say"),
            of(|pack| labels(&pack.nobody_knew)),
        ),
        (
            message!("not-answered-yet"),
            of(|pack| labels(&pack.left_open)),
        ),
        (message!("too-few-answers"), of(|pack| labels(&pack.closed))),
    ];
    for (says, names) in &lists {
        if !names.is_empty() {
            let more = names.len().saturating_sub(MOST_OPEN);
            let shown = names
                .iter()
                .take(MOST_OPEN)
                .cloned()
                .collect::<Vec<_>>()
                .join("; ");
            let more = if more == 0 {
                String::new()
            } else {
                message!("and-more", more)
            };
            page.pair(
                WORD,
                Tone::Plain,
                &format!("{says} ({})", names.len()),
                &format!("{shown}{more}"),
            );
        }
    }
    if let Some(unproven) = &view.summary.unproven {
        page.wrapped(2, unproven);
    } else if lists.iter().all(|(_, names)| names.is_empty()) {
        page.wrapped(2, message!("every-question-that-applies-is-answered"));
    }
    page.wrapped(
        2,
        &message!(
            "confidence-is",
            grade = view.summary.confidence.grade,
            why = view.summary.confidence.why
        ),
    );
}

fn labels(open: &[Open<'_>]) -> Vec<String> {
    open.iter().map(|one| one.label.to_string()).collect()
}
