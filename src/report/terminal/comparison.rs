//! Comparison of two assessments, in a terminal.

use super::lay::{Page, Tone};
use crate::message;
use crate::report::view::{AnswerRow, Compared, End, FindingRow, MovedRow, Turn};

/// Columns before what is said: of the two ends, of names, of differences.
const END: usize = 10;
const NAME: usize = 34;
/// Scores told here; the other formats tell all of them.
const MOST_SCORES: usize = 12;
/// Answers told under one score.
const MOST_PARTS: usize = 4;
/// Answers told in a list.
const MOST_ANSWERS: usize = 10;

/// A comparison for a terminal of 80 columns; `paint` adds colour.
#[must_use]
pub fn comparison(compared: &Compared<'_>, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.line(
        Tone::Strong,
        &message!("what-moved", client = compared.client),
    );
    end(&mut page, "from", &compared.before);
    end(&mut page, "to", &compared.after);
    for text in &compared.banners {
        page.gap();
        page.hanging(0, text);
    }
    page.gap();
    for line in &compared.headline {
        page.line(Tone::Strong, line);
    }
    turns(&mut page, "Levels", &compared.levels);
    turns(&mut page, "Decisions", &compared.decisions);
    turns(&mut page, "Gates", &compared.gates);
    scores(&mut page, compared);
    findings(
        &mut page,
        message!("new-contradictions"),
        &compared.contradictions,
    );
    findings(
        &mut page,
        message!("findings-that-are-new"),
        &compared.found,
    );
    findings(
        &mut page,
        message!("findings-that-no-longer-hold"),
        &compared.closed,
    );
    answers(
        &mut page,
        message!("answers-that-changed"),
        &compared.answers,
    );
    answers(
        &mut page,
        message!("questions-answered-now"),
        &compared.answered,
    );
    answers(&mut page, message!("questions-open-now"), &compared.opened);
    turns(
        &mut page,
        message!("results-beside-maturity"),
        &compared.metrics,
    );
    packs(&mut page, compared);
    page.text()
}

fn end(page: &mut Page, word: &str, end: &End<'_>) {
    let date = end.date.as_deref().unwrap_or(message!("no-date"));
    let says = format!("{}: {date}, {}", end.name, end.facts);
    page.pair(END, Tone::Plain, word, &says);
}

fn title(page: &mut Page, text: &str) {
    page.gap();
    page.line(Tone::Strong, text);
}

fn turns(page: &mut Page, name: &str, rows: &[Turn<'_>]) {
    if rows.is_empty() {
        return;
    }
    title(page, name);
    for row in rows {
        let more: Vec<&str> = [row.word.as_str(), row.note.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let more = if more.is_empty() {
            String::new()
        } else {
            format!(" ({})", more.join("; "))
        };
        let says = format!("{} -> {}{more}", row.from, row.to);
        page.pair(NAME, Tone::Plain, &row.label, &says);
    }
}

fn scores(page: &mut Page, compared: &Compared<'_>) {
    let scores = &compared.scores;
    if scores.rows.is_empty() {
        return;
    }
    title(page, message!("scores-index-to"));
    for row in scores.rows.iter().take(MOST_SCORES) {
        score(page, row);
    }
    let more = scores.rows.len().saturating_sub(MOST_SCORES);
    if more > 0 {
        page.wrapped(2, &message!("and-more-format-md-tells-all", more));
    }
    if let Some(still) = &scores.still {
        page.wrapped(2, still);
    }
}

fn score(page: &mut Page, row: &MovedRow<'_>) {
    let tone = match row.word {
        "rose" => Tone::Good,
        "fell" => Tone::Bad,
        _ => Tone::Plain,
    };
    let why = row
        .why
        .as_ref()
        .map_or(String::new(), |why| format!(": {why}"));
    let says = format!(
        "{} -> {}, {} {}{why}",
        row.from, row.to, row.difference, row.word
    );
    page.pair(NAME, tone, &row.label, &says);
    if !row.common.starts_with("all") {
        page.wrapped(4, &message!("on-common-answers", common = row.common));
    }
    if let Some(apart) = &row.apart {
        page.wrapped(4, &format!("apart: {apart}"));
    }
    for part in row.parts.iter().take(MOST_PARTS) {
        let share = part
            .share
            .as_ref()
            .map_or(String::new(), |share| format!(", {share}"));
        let says = format!("{}: {} -> {}{share}", part.label, part.from, part.to);
        page.hanging(4, &says);
    }
    let more = row.parts.len().saturating_sub(MOST_PARTS);
    if more > 0 {
        page.hanging(4, &message!("and-more-answers", more));
    }
    if let Some(together) = &row.together {
        page.hanging(4, &message!("together-beyond-their-sum", together));
    }
}

fn findings(page: &mut Page, name: &str, rows: &[FindingRow<'_>]) {
    if rows.is_empty() {
        return;
    }
    title(page, name);
    for row in rows {
        let note = if row.note.is_empty() {
            String::new()
        } else {
            format!(" ({})", row.note)
        };
        page.pair(
            NAME,
            Tone::Plain,
            &row.word,
            &format!("{}{note}", row.title),
        );
    }
}

fn answers(page: &mut Page, name: &str, rows: &[AnswerRow<'_>]) {
    if rows.is_empty() {
        return;
    }
    title(page, name);
    for row in rows.iter().take(MOST_ANSWERS) {
        let says = format!("{} -> {} ({})", row.from, row.to, row.word);
        page.pair(NAME, Tone::Plain, &row.label, &says);
    }
    let more = rows.len().saturating_sub(MOST_ANSWERS);
    if more > 0 {
        page.wrapped(2, &message!("and-more-2", more));
    }
}

fn packs(page: &mut Page, compared: &Compared<'_>) {
    if compared.packs.is_empty() && compared.effect.is_none() {
        return;
    }
    title(page, "Packs");
    for text in &compared.packs {
        page.hanging(2, text);
    }
    if let Some(effect) = &compared.effect {
        page.hanging(2, effect);
    }
}
