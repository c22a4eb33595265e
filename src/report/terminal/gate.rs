//! A verdict, in a terminal.

use super::lay::{Page, Tone};
use crate::message;
use crate::report::view::{GateCheck, Judged};

/// Columns before what is there.
const STATE: usize = 12;

/// A verdict for a terminal of 80 columns; `paint` adds colour.
#[must_use]
pub fn gate(judged: &Judged<'_>, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.line(Tone::Strong, &format!("Gate: {}", judged.client));
    for note in &judged.notes {
        page.wrapped(0, note);
    }
    rows(&mut page, "Fails", Tone::Bad, &judged.failures);
    rows(&mut page, "Warns", Tone::Plain, &judged.warnings);
    rows(
        &mut page,
        message!("met-as-things-stand-open"),
        Tone::Plain,
        &judged.as_things_stand,
    );
    page.gap();
    let tone = if judged.met { Tone::Good } else { Tone::Bad };
    page.line(tone, &judged.headline);
    page.text()
}

fn rows(page: &mut Page, name: &str, tone: Tone, rows: &[GateCheck<'_>]) {
    if rows.is_empty() {
        return;
    }
    page.gap();
    page.line(Tone::Strong, name);
    for row in rows {
        let id = row.id.map_or(String::new(), |id| format!(" ({id})"));
        let says = format!("{}{id}: {}", row.title, row.wanted);
        let state = row.state.split(' ').next().filter(|state| *state == "met");
        page.pair(STATE, tone, state.unwrap_or(row.state), &says);
        page.hanging(STATE, &format!("now: {}", row.actual));
        if let Some(because) = &row.because {
            page.hanging(STATE, &format!("because: {because}"));
        }
        if !row.questions.is_empty() {
            page.hanging(
                STATE,
                &message!("look-at", questions = row.questions.join(", ")),
            );
        }
    }
}
