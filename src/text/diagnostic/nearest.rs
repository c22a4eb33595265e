//! The valid spelling a person probably meant.

use crate::message;

/// The candidate nearest to `word`: equal but for case, hyphens and underscores, or else within
/// one edit for each three letters (two letters swapped count as one). `None` when none is near.
///
/// ```
/// use centricity::text::diagnostic::nearest;
///
/// assert_eq!(nearest("titel", ["id", "title"]), Some("title"));
/// assert_eq!(nearest("Hit-Policy", ["hit_policy"]), Some("hit_policy"));
/// assert_eq!(nearest("weight", ["id", "title"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Longer words are pasted text, not slips; comparing them costs their product.
    const LONGEST: usize = 64;

    if word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let allowed = (folded.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The names in backticks, separated by commas.
pub(crate) fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Edits between two words; words of one letter are near only when equal.
fn distance(word: &str, candidate: &str) -> usize {
    if word == candidate {
        0
    } else if word.chars().count().min(candidate.chars().count()) < 2 {
        usize::MAX
    } else {
        strsim::damerau_levenshtein(word, candidate)
    }
}

fn fold(word: &str) -> String {
    word.chars()
        .filter(|it| !matches!(it, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The help for a name that is not there: the nearest that is, or what else to do.
#[must_use]
pub fn suggestion(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |near| message!("did-you-mean", near),
    )
}
