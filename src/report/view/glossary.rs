//! The terms of the glossary that a reader meets in the report.

use super::{Term, View};

/// The terms that occur in a view, as they are or with an ending: a term nobody reads explains
/// nothing.
pub(super) fn occurring<'a>(view: &View<'_>, terms: &'a [Term<'a>]) -> Vec<&'a Term<'a>> {
    let text = serde_json::to_string(view)
        .unwrap_or_default()
        .to_lowercase();
    let occurs = |term: &&Term<'_>| begins_a_word(&text, &term.term.to_lowercase());
    terms.iter().filter(occurs).collect()
}

/// True if a term occurs at the beginning of a word.
fn begins_a_word(text: &str, term: &str) -> bool {
    text.match_indices(term).any(|(place, _)| {
        let before = text.get(..place).and_then(|text| text.chars().next_back());
        before.is_none_or(|one| !one.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::begins_a_word;

    #[test]
    fn a_term_occurs_where_a_word_begins_with_it() {
        assert!(begins_a_word("two segments, told apart", "segment"));
        assert!(!begins_a_word("an alphabet", "bet"));
        assert!(!begins_a_word("nothing of it", "kitchen"));
    }
}
