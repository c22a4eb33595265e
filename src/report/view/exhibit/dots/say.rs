//! Rows and their figures in words.

use super::Strip;
use super::figures::Figures;
use crate::assessment::{Ranking, SETTLED, ScoreResult, Standing, Verdict, rank};
use crate::report::view::material::{in_words, opening};
use crate::rulebook::words::{list, number};

/// A sentence names so many parts; of more it says how many.
const MOST_NAMES: usize = 3;

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

impl Strip<'_> {
    /// How it stands among others; `None` where it is not assessed.
    pub(in crate::report::view) fn standing(&self) -> Option<Standing<'_>> {
        let [index, low, high] = self.exact?;
        Some(Standing {
            label: &self.label,
            shown: self.value.as_deref()?,
            index,
            low,
            high,
            judged: !self.weak,
        })
    }
}

/// Who is furthest and who is least far of those with a verdict, and what nobody assessed.
pub(super) fn caption(rows: &[Strip<'_>]) -> String {
    let (spare, rows): (Vec<&Strip<'_>>, Vec<&Strip<'_>>) = rows.iter().partition(|row| row.spare);
    let known: Vec<Standing<'_>> = rows.iter().filter_map(|row| row.standing()).collect();
    let open = rows.iter().filter(|row| row.value.is_none());
    let open: Vec<&str> = open.map(|row| row.label.as_ref()).collect();
    let mut text = match known.as_slice() {
        [] if rows.is_empty() => "Nothing here is called for.".to_owned(),
        [] => "Nothing here is assessed yet.".to_owned(),
        [one] if !spare.is_empty() && open.is_empty() => format!("Called for: {}.", level(&[*one])),
        [one] if open.is_empty() => format!("{}.", level(&[*one])),
        [one] => format!("{} is the only part assessed.", level(&[*one])),
        known => ends(&rank(known)),
    };
    if let [one] = known.as_slice()
        && !one.judged
    {
        text.push_str(" It carries no verdict yet.");
    }
    if !open.is_empty() && !known.is_empty() {
        text.push(' ');
        let said = match open.len() {
            1..=MOST_NAMES => format!("Not assessed: {}.", list(&open)),
            many => opening(many, "part is", "parts are") + " not assessed.",
        };
        text.push_str(&said);
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

/// The ends of a ranking of two parts or more, and what is not ranked.
fn ends(ranking: &Ranking<'_>) -> String {
    let so_far = if ranking.firm {
        ""
    } else {
        " as answered so far"
    };
    let (highest, lowest) = (&ranking.highest, &ranking.lowest);
    let text = match (highest.as_slice(), lowest.as_slice()) {
        ([], _) => return "No part carries a verdict yet, so none is ranked.".to_owned(),
        ([one], []) => return format!("Only {} carries a verdict yet.", level(&[*one])),
        ([first, ..], _) if ranking.is_level() => {
            let all = if ranking.unranked.is_empty() {
                "All parts"
            } else {
                "All parts with a verdict"
            };
            format!("{all} stand at {}{so_far}.", first.shown)
        }
        _ => format!(
            "Furthest along{so_far}: {}. Least far: {}.",
            level(highest),
            level(lowest)
        ),
    };
    let names: Vec<&str> = ranking.unranked.iter().map(|one| one.label).collect();
    match names.len() {
        0 => text,
        1..=MOST_NAMES => format!("{text} Not ranked, without a verdict: {}.", list(&names)),
        many => format!(
            "{text} {} not ranked: without a verdict.",
            opening(many, "part is", "parts are")
        ),
    }
}

/// Those who stand level, with the index: "Light and Medium (75)".
fn level(same: &[Standing<'_>]) -> String {
    let names: Vec<&str> = same.iter().map(|one| one.label).collect();
    let value = same.first().map_or("", |one| one.shown);
    match names.len() {
        0..=MOST_NAMES => format!("{} ({value})", list(&names)),
        many => format!("{} parts ({value})", in_words(many)),
    }
}
