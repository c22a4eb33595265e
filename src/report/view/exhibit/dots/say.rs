//! Rows and their figures in words.

use super::Strip;
use super::figures::Figures;
use crate::assessment::{SETTLED, ScoreResult, Verdict};
use crate::report::view::material::in_words;
use crate::rulebook::words::{list, number};

/// "2.3 of 4", or "3.7 on 1 to 5" where the scale does not begin at 0.
pub(super) fn on_scale(value: f64, least: f64, most: f64) -> String {
    let value = number(value);
    if least == 0.0 {
        format!("{value} of {}", number(most))
    } else {
        format!("{value} on {} to {}", number(least), number(most))
    }
}

pub(super) fn note(score: &ScoreResult) -> Option<String> {
    match score.state {
        Verdict::NotAssessed => Some("not assessed".to_owned()),
        Verdict::NotAsked => Some("not asked in this assessment".to_owned()),
        Verdict::NotApplicable => Some("not applicable".to_owned()),
        Verdict::Thin => Some(score.waits().unwrap_or_else(|| {
            let why = if score.is_settled() {
                SETTLED
            } else {
                "too few answers for a verdict"
            };
            why.to_owned()
        })),
        Verdict::Rated => score.capped.as_ref().map(|cap| {
            format!(
                "capped at {}: {}",
                number(cap.at),
                cap.because.trim_end_matches('.')
            )
        }),
    }
}

pub(super) fn says(row: &Strip<'_>, figures: Figures) -> String {
    let Some(value) = &row.value else {
        let why = row.note.as_deref().unwrap_or("not assessed");
        return format!("{}: {why}.", row.label);
    };
    let of = match figures {
        Figures::Index(_) => "of 100".to_owned(),
        Figures::Difference(least, most) => format!("on {} to {}", number(least), number(most)),
    };
    let mut text = format!("{}: {value} {of}", row.label);
    if let Some(range) = row.range.as_ref().filter(|range| *range != value) {
        text.push_str(", could be ");
        text.push_str(range);
    }
    for (word, figure) in [(", claimed ", &row.claimed), (", target ", &row.target)] {
        if let Some(figure) = figure {
            text.push_str(word);
            text.push_str(figure);
        }
    }
    text.push('.');
    text
}

/// Who is furthest, who is least far, and what nobody assessed.
pub(super) fn caption(rows: &[Strip<'_>]) -> String {
    let (spare, rows): (Vec<&Strip<'_>>, Vec<&Strip<'_>>) = rows.iter().partition(|row| row.spare);
    let known: Vec<&Strip<'_>> = rows
        .iter()
        .copied()
        .filter(|row| row.value.is_some())
        .collect();
    let open = rows.len() - known.len();
    let mut text = match known.as_slice() {
        [] if rows.is_empty() => "Nothing here is called for.".to_owned(),
        [one] if !spare.is_empty() => format!("Called for: {}.", level(&known, one)),
        [] => "Nothing here is assessed yet.".to_owned(),
        [one] => format!("{} is the only part assessed.", level(&known, one)),
        [first, .., last] if first.value == last.value => {
            format!(
                "All parts stand at {}.",
                first.value.as_deref().unwrap_or_default()
            )
        }
        [first, .., last] => format!(
            "Furthest along: {}. Least far: {}.",
            level(&known, first),
            level(&known, last)
        ),
    };
    if open > 0 && !known.is_empty() {
        text.push_str(if open == 1 {
            " One part is not assessed."
        } else {
            " Some parts are not assessed."
        });
    }
    if rows.iter().any(|row| row.claimed.is_some()) {
        text.push_str(
            " Where a hollow mark stands apart, more is claimed than the evidence shows.",
        );
    }
    if !spare.is_empty() && !rows.is_empty() {
        let names: Vec<&str> = spare.iter().map(|row| row.label.as_ref()).collect();
        text.extend([" Not called for: ", &list(&names), "."]);
    }
    text
}

/// Everyone who stands where this one stands, with the index: "Light and Medium (75)".
fn level(known: &[&Strip<'_>], like: &Strip<'_>) -> String {
    let same = known.iter().filter(|row| row.value == like.value);
    let names: Vec<&str> = same.map(|row| row.label.as_ref()).collect();
    let value = like.value.as_deref().unwrap_or_default();
    match names.as_slice() {
        [] | [_] | [_, _] | [_, _, _] => format!("{} ({value})", list(&names)),
        many => format!("{} parts ({value})", in_words(many.len())),
    }
}
