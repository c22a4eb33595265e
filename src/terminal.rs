//! Results in a terminal of 80 columns: a verdict that stands on its own, and why it is so.
//!
//! Everything is said in words and figures; colour only repeats it.

mod explanation;
mod lay;

pub use explanation::explanation;

use crate::assessment::{Assessment, DecisionResult, FindingResult, ScoreResult, Verdict};
use crate::evaluate::State;
use crate::number::rounded;
use crate::pack::file::{FindingKind, Severity};
use crate::rulebook::{ExhibitKind, Rulebook};
use lay::{Page, Tone};

/// Findings told here; the report tells all of them.
const MOST_FINDINGS: usize = 6;
/// Names of open questions told here.
const MOST_OPEN: usize = 6;
/// Columns before the second half of a pair: after titles, and after words.
const WIDE: usize = 44;
const NARROW: usize = 26;
/// Columns of the chart, its ends included.
const CHART: usize = 41;

/// The assessment on one screen; `paint` adds colour.
#[must_use]
pub fn summary(rulebook: &Rulebook, assessment: &Assessment, paint: bool) -> String {
    let mut page = Page::new(paint);
    head(&mut page, assessment);
    levels(&mut page, assessment);
    decisions(&mut page, rulebook, assessment);
    chart(&mut page, rulebook, assessment);
    findings(&mut page, assessment);
    open(&mut page, assessment);
    page.text()
}

fn head(page: &mut Page, assessment: &Assessment) {
    let client = &assessment.client;
    let name = match &client.unit {
        Some(unit) => format!("{}, {unit}", client.name),
        None => client.name.clone(),
    };
    page.line(Tone::Strong, &name);
    let packs: Vec<_> = assessment
        .packs
        .iter()
        .map(|pack| format!("{} {}", pack.id, pack.version))
        .collect();
    let mut facts = vec![packs.join(", ")];
    facts.extend(assessment.assessed_on.clone());
    facts.push(word(&assessment.status));
    facts.push(match assessment.basis {
        crate::answers::Basis::Evidenced => {
            "ratings count as far as their evidence carries".to_owned()
        }
        crate::answers::Basis::Perception => "a perception: evidence was not asked for".to_owned(),
    });
    page.wrapped(0, &facts.join("; "));
}

/// The level of each ladder that reads a score, with what holds the next one.
fn levels(page: &mut Page, assessment: &Assessment) {
    for ladder in assessment
        .levels
        .iter()
        .filter(|ladder| ladder.of.is_some())
    {
        page.gap();
        page.wrapped(0, &ladder.sentence);
        let of = assessment
            .scores
            .iter()
            .find(|score| Some(&score.id) == ladder.of.as_ref());
        if let Some(score) = of {
            page.wrapped(0, &headline(score));
        }
    }
    page.wrapped(
        0,
        &format!(
            "Coverage {} %; confidence {}.",
            rounded(100.0 * assessment.coverage, 0),
            word(&assessment.confidence.grade)
        ),
    );
}

fn headline(score: &ScoreResult) -> String {
    let Some(index) = score.index else {
        return format!("{}: not assessed.", score.title);
    };
    let mut text = format!("{}: index {} of 100", score.title, rounded(index, 0));
    let range = &score.index_range;
    if rounded(range.low, 0) != rounded(range.high, 0) {
        text.push_str(&format_range(range.low, range.high));
    }
    if let Some(claimed) = score.claimed_index {
        text.push_str("; claimed ");
        text.push_str(&rounded(claimed, 0));
    }
    text.push('.');
    text
}

fn format_range(low: f64, high: f64) -> String {
    format!(", could be {} to {}", rounded(low, 0), rounded(high, 0))
}

/// The decisions and ladders that the pack sets beside each other, and every other verdict.
fn decisions(page: &mut Page, rulebook: &Rulebook, assessment: &Assessment) {
    let mut rows = Vec::new();
    for exhibit in rulebook.packs().iter().flat_map(|pack| &pack.exhibits) {
        let ExhibitKind::Steps { decision, ladder } = &exhibit.kind else {
            continue;
        };
        let called = assessment
            .decisions
            .iter()
            .find(|one| one.node == *decision);
        rows.extend(called.map(|one| (one.title.clone(), outcome(one))));
        let built = assessment.levels.iter().find(|one| one.node == *ladder);
        rows.extend(built.map(|one| {
            let level = one
                .level
                .as_ref()
                .map_or("not known yet", |level| level.label.as_str());
            (one.title.clone(), level.to_owned())
        }));
    }
    for decision in &assessment.decisions {
        if !rows.iter().any(|(title, _)| *title == decision.title) {
            rows.push((decision.title.clone(), outcome(decision)));
        }
    }
    if !rows.is_empty() {
        page.gap();
    }
    for (title, says) in rows {
        page.pair(WIDE, &title, &says);
    }
}

fn outcome(decision: &DecisionResult) -> String {
    let labels = |list: &[crate::assessment::Named]| {
        list.iter()
            .map(|one| one.label.as_str())
            .collect::<Vec<_>>()
            .join("; or ")
    };
    if decision.not_applicable {
        return "does not apply".to_owned();
    }
    match (decision.outcome.is_empty(), decision.certain) {
        (true, _) if decision.possible.len() > 1 => {
            format!("not known yet: {}", labels(&decision.possible))
        }
        (true, _) => "not known yet".to_owned(),
        (false, true) => labels(&decision.outcome),
        (false, false) => format!("{} (as far as is known)", labels(&decision.outcome)),
    }
}

/// The scores the report draws, highest first, those without a value last.
fn chart(page: &mut Page, rulebook: &Rulebook, assessment: &Assessment) {
    let mut drawn: Vec<usize> = Vec::new();
    for exhibit in rulebook.packs().iter().flat_map(|pack| &pack.exhibits) {
        match &exhibit.kind {
            ExhibitKind::Dots(of) => drawn.extend(of),
            ExhibitKind::Star(of) => drawn.push(*of),
            ExhibitKind::Bars(_) | ExhibitKind::Grid { .. } | ExhibitKind::Steps { .. } => {}
        }
    }
    let read = |score: &ScoreResult| {
        assessment
            .levels
            .iter()
            .any(|ladder| ladder.of.as_ref() == Some(&score.id))
    };
    let mut scores: Vec<_> = assessment
        .scores
        .iter()
        .filter(|score| drawn.contains(&score.node) || read(score))
        .collect();
    scores.sort_by(|a, b| b.index.unwrap_or(-1.0).total_cmp(&a.index.unwrap_or(-1.0)));
    if scores.is_empty() {
        return;
    }
    page.gap();
    page.row(
        "Index, 0 to 100",
        "",
        "0        25        50        75       100",
    );
    for score in scores {
        let figure = score
            .index
            .map_or_else(|| "–".to_owned(), |index| rounded(index, 0));
        page.row(&score.title, &figure, &plot(score));
        if score.state == Verdict::Thin {
            page.row("  too few answers for a verdict", "", "");
        }
        if let Some(capped) = &score.capped {
            page.wrapped(
                2,
                &format!("held at {}: {}", rounded(capped.at, 1), capped.because),
            );
        }
    }
    page.wrapped(0, "● value, ○ as claimed, ─ what open answers still allow");
}

fn plot(score: &ScoreResult) -> String {
    let mut cells = vec!['·'; CHART];
    let column = |index: f64| {
        let text = rounded(index.clamp(0.0, 100.0) / 2.5, 0);
        text.parse::<usize>().unwrap_or(0).min(CHART - 1)
    };
    let (low, high) = (
        column(score.index_range.low),
        column(score.index_range.high),
    );
    for cell in cells.iter_mut().take(high + 1).skip(low) {
        *cell = '─';
    }
    for (index, mark) in [(score.claimed_index, '○'), (score.index, '●')] {
        if let Some(cell) = index.and_then(|index| cells.get_mut(column(index))) {
            *cell = mark;
        }
    }
    cells.into_iter().collect()
}

/// The findings that matter most: strengths last, then by severity, then as the pack has them.
fn findings(page: &mut Page, assessment: &Assessment) {
    let mut findings: Vec<_> = assessment.findings.iter().collect();
    findings.sort_by_key(|one| {
        let strength = one.kind == FindingKind::Strength;
        let contradiction = one.kind == FindingKind::Contradiction;
        (strength, std::cmp::Reverse(one.severity), !contradiction)
    });
    page.gap();
    page.line(Tone::Strong, &format!("Findings ({})", findings.len()));
    for finding in findings.iter().take(MOST_FINDINGS) {
        page.pair_toned(NARROW, tone(finding), &kind(finding), &finding.title);
    }
    if findings.len() > MOST_FINDINGS {
        page.wrapped(
            2,
            &format!("and {} more in the report", findings.len() - MOST_FINDINGS),
        );
    }
}

fn kind(finding: &FindingResult) -> String {
    match finding.severity {
        Severity::Info => word(&finding.kind),
        Severity::Low | Severity::Medium | Severity::High | Severity::Critical => {
            format!("{}, {}", word(&finding.kind), word(&finding.severity))
        }
    }
}

fn tone(finding: &FindingResult) -> Tone {
    match (finding.kind, finding.severity) {
        (FindingKind::Strength, _) => Tone::Good,
        (_, Severity::High | Severity::Critical) => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// What is not known: asked and nobody knew, and not answered yet.
fn open(page: &mut Page, assessment: &Assessment) {
    page.gap();
    page.line(Tone::Strong, "What is not known");
    let named = |state| {
        assessment
            .questions
            .iter()
            .filter(move |one| one.state == state)
            .map(|one| one.label.as_str())
    };
    let states = [
        (State::Unknown, "nobody could say"),
        (State::Missing, "not answered yet"),
    ];
    let mut any = false;
    for (state, says) in states {
        let names: Vec<_> = named(state).collect();
        if names.is_empty() {
            continue;
        }
        any = true;
        let shown: Vec<_> = names.iter().copied().take(MOST_OPEN).collect();
        let more = names.len() - shown.len();
        let more = if more == 0 {
            String::new()
        } else {
            format!(" and {more} more")
        };
        page.pair(
            NARROW,
            &format!("{says} ({})", names.len()),
            &format!("{}{more}", shown.join("; ")),
        );
    }
    if !any {
        page.wrapped(2, "Every question that applies is answered.");
    }
    if !assessment.open_findings.is_empty() {
        let count = assessment.open_findings.len();
        let findings = if count == 1 { "finding" } else { "findings" };
        page.wrapped(
            2,
            &format!("Their answers may still add {count} {findings}."),
        );
    }
}

/// The word a value goes by wherever it is written.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
