//! Anchors whose words do not distinguish them.

use crate::message;
use crate::rules::rulebook::{Item, Question};
use crate::text::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;

/// Two anchors that share more of their words than this say the same.
const MOST_ALIKE: f64 = 0.7;

/// Neighbouring anchors of a rating that share most of their words.
///
/// Numbers count as words, so that bands (`20 to 39 percent`) stay apart.
pub(super) fn anchors(item: &Item, question: &Question) -> Option<Diagnostic> {
    let rating = question.kind == crate::rules::pack::file::QuestionType::Rating;
    let pairs = question.choices.windows(2).filter(|_| rating);
    let mut alike = pairs.filter_map(|pair| match pair {
        [one, other] if likeness(&one.label, &other.label) > MOST_ALIKE => Some((one, other)),
        _ => None,
    });
    alike.next().map(|(one, other)| {
        let message = message!(
            "anchors-and-of-say-nearly-the-same",
            one = one.value,
            other = other.value,
            local_id = item.local_id()
        );
        let help = message!("say-what-one-would-see-2");
        Diagnostic::warning(Code::RepeatedAnchor, message)
            .at(item.place)
            .help(help)
    })
}

/// Shared words as a share of all words of both.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let tokens = text.split(|letter: char| !letter.is_alphanumeric());
        tokens
            .filter(|token| !token.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let count = |list: usize| u32::try_from(list).map_or(f64::MAX, f64::from);
    let all = count(one.union(&other).count());
    if all > 0.0 {
        count(one.intersection(&other).count()) / all
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn bands_differ_and_repeated_ladders_do_not() {
        assert!(likeness("20 to 39 percent", "40 to 59 percent") < 0.7);
        assert!(likeness("used in some main cases", "used in most main cases") > 0.6);
        assert!(likeness("Nobody", "Nobody") > 0.99);
    }
}
