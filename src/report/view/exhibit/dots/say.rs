//! Rows and their figures in words.

use super::Strip;
use super::figures::Figures;
use crate::assess::assessment::{Base, ItemId, RankingResult, SETTLED, ScoreResult, ScoreState};
use crate::report::view::context::{in_words, names as list, opening, percent};
use crate::rules::rulebook::words::number;
use crate::text::number::{TOLERANCE, format_near_all};

/// A sentence names so many parts; of more it says how many.
const MOST_NAMES: usize = 3;

/// "2.3 of 4", with the digits it takes beside the limits; or "3.7 on 1 to 5" where the scale does not begin at 0.
pub(super) fn on_scale(value: f64, limits: &[f64], (least, most): (f64, f64)) -> String {
    let value = if (value - value.round()).abs() <= TOLERANCE {
        number(value)
    } else {
        format_near_all(value, limits, 1)
    };
    of_scale(&value, (least, most))
}

/// "2.04 of 4": a rating as it is printed wherever its answer is, so that it looks like no step it only
/// comes near.
pub(super) fn rating_on_scale(value: f64, ends: (f64, f64)) -> String {
    of_scale(&number(value), ends)
}

fn of_scale(value: &str, (least, most): (f64, f64)) -> String {
    if least == 0.0 {
        format!("{value} of {}", number(most))
    } else {
        format!("{value} on {} to {}", number(least), number(most))
    }
}

/// "83 %", with the answers it is of where it gathers questions of other packs.
pub(super) fn coverage(score: &ScoreResult) -> String {
    let share = percent(score.coverage);
    score.base.as_ref().map_or(share.clone(), |base| {
        format!("{share} ({} of {} answers)", base.rated, base.applicable)
    })
}

pub(super) fn note(score: &ScoreResult) -> Option<String> {
    match score.state {
        ScoreState::NotAssessed => Some("not assessed".to_owned()),
        ScoreState::NotAsked => Some("not asked in this assessment".to_owned()),
        ScoreState::NotApplicable => Some("not applicable".to_owned()),
        ScoreState::Thin => {
            let why = score.waits().unwrap_or_else(|| {
                let why = if score.is_settled() {
                    SETTLED
                } else {
                    "too few answers for a verdict"
                };
                why.to_owned()
            });
            let base = score.base.as_ref().and_then(Base::says);
            Some(base.map_or(why.clone(), |base| format!("{why}; {base}")))
        }
        ScoreState::Rated => {
            let capped = score.capped.as_ref().map(|cap| {
                format!(
                    "capped at {}: {}",
                    number(cap.at),
                    cap.because.trim_end_matches('.')
                )
            });
            let base = score.base.as_ref().and_then(Base::says);
            let both: Vec<String> = capped.into_iter().chain(base).collect();
            (!both.is_empty()).then(|| both.join("; "))
        }
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

/// Who is furthest and who is least far as the result ranks them, and what nobody assessed.
pub(super) fn caption(
    rows: &[Strip<'_>],
    ranking: Option<&RankingResult>,
    pending: bool,
) -> String {
    let (spare, rows): (Vec<&Strip<'_>>, Vec<&Strip<'_>>) = rows.iter().partition(|row| row.spare);
    let (known, open): (Vec<&Strip<'_>>, Vec<&Strip<'_>>) =
        rows.iter().partition(|row| row.value.is_some());
    let open: Vec<&str> = open.iter().map(|row| row.label.as_ref()).collect();
    let mut text = match (known.as_slice(), ranking) {
        ([], _) if rows.is_empty() => "Nothing here is called for.".to_owned(),
        ([], _) => "Nothing here is assessed yet.".to_owned(),
        ([one], _) if !spare.is_empty() && open.is_empty() => {
            format!("Called for: {}.", level(&[*one]))
        }
        ([one], _) if open.is_empty() => format!("{}.", level(&[*one])),
        ([one], _) => format!("{} is the only part assessed.", level(&[*one])),
        (known, Some(ranking)) => ends(known, ranking, pending),
        (known, None) => each(known),
    };
    if let [one] = known.as_slice()
        && one.weak
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

/// The rows of some items, in the order of the items.
pub(in crate::report::view::exhibit) fn rows_of<'r, 'a>(
    rows: &[&'r Strip<'a>],
    ids: &[ItemId],
) -> Vec<&'r Strip<'a>>
where
    'a: 'r,
{
    let find = |id: &ItemId| rows.iter().copied().find(|row| row.id == id.as_str());
    ids.iter().filter_map(find).collect()
}

/// The ends of a ranking of two parts or more, and what is not ranked.
fn ends(known: &[&Strip<'_>], ranking: &RankingResult, open: bool) -> String {
    let of = |ids: &[ItemId]| rows_of(known, ids);
    let (highest, lowest) = (of(&ranking.highest), of(&ranking.lowest));
    let left = [
        ("without a verdict", of(&ranking.unranked)),
        ("resting on fewer than five answers", of(&ranking.few)),
    ];
    let wholes = of(&ranking.wholes);
    let all = wholes.is_empty() && left.iter().all(|(_, rows)| rows.is_empty());
    let so_far = if ranking.firm || !open {
        ""
    } else {
        " as answered so far"
    };
    let text = match (highest.as_slice(), lowest.as_slice()) {
        ([], _) if !wholes.is_empty() => {
            "No part of this table that could be ranked carries a verdict yet.".to_owned()
        }
        ([], _) if of(&ranking.few).is_empty() => {
            return "No part of this table carries a verdict yet, so none of them is ranked."
                .to_owned();
        }
        ([], _) => {
            return "No part of this table has both a verdict and five answers yet, so none of them is ranked."
                .to_owned();
        }
        ([_], []) if all => return each(known),
        ([one], []) if ranking.few.is_empty() && ranking.wholes.is_empty() => {
            format!("Only {} carries a verdict yet.", level(&[*one]))
        }
        ([one], []) => format!("Only {} is ranked.", level(&[*one])),
        ([first, ..], _) if ranking.level => {
            let all = if all {
                "All parts"
            } else {
                "All parts that are ranked"
            };
            let value = first.value.as_deref().unwrap_or_default();
            format!("{all} stand at {value}{so_far}.")
        }
        _ => format!(
            "Furthest along{so_far}: {}. Least far: {}.",
            level(&highest),
            level(&lowest)
        ),
    };
    let told = left.iter().map(|(why, rows)| {
        let names: Vec<&str> = rows.iter().map(|one| one.label.as_ref()).collect();
        match names.len() {
            0 => String::new(),
            1..=MOST_NAMES => format!(" Not ranked, {why}: {}.", list(&names)),
            many => format!(
                " {} not ranked: {why}.",
                opening(many, "part is", "parts are")
            ),
        }
    });
    std::iter::once(text)
        .chain(told)
        .chain([made_of_others(&wholes)])
        .collect()
}

/// The parts that hold others of the table.
fn made_of_others(wholes: &[&Strip<'_>]) -> String {
    let names: Vec<&str> = wholes.iter().map(|one| one.label.as_ref()).collect();
    match names.len() {
        0 => String::new(),
        1 => format!(
            " {} is made of other parts here and is not ranked.",
            list(&names)
        ),
        2..=MOST_NAMES => format!(
            " {} are made of other parts here and are not ranked.",
            list(&names)
        ),
        _ => " Parts that are made of other parts here are not ranked.".to_owned(),
    }
}

/// Every part with its index.
fn each(known: &[&Strip<'_>]) -> String {
    let all: Vec<String> = known.iter().map(|one| level(&[*one])).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    format!("{}.", list(&all))
}

/// Those who stand level, with the index: "Light and Medium (75)".
fn level(same: &[&Strip<'_>]) -> String {
    let names: Vec<&str> = same.iter().map(|one| one.label.as_ref()).collect();
    let value = same
        .first()
        .and_then(|one| one.value.as_deref())
        .unwrap_or_default();
    match names.len() {
        0..=MOST_NAMES => format!("{} ({value})", list(&names)),
        many => format!("{} parts ({value})", in_words(many)),
    }
}
