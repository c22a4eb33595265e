//! Words that tables and forms share: answers that any question may have, names, and when two texts are
//! the same.

use crate::answers::edit::NewAnswer;
use crate::answers::one_line;
use crate::rules::rulebook::{Choice, Rulebook, Section};
use crate::text::yaml::Located;
use unicode_normalization::UnicodeNormalization;

/// Value in forms for "nobody could say".
pub(crate) const UNKNOWN: &str = "unknown";
/// Value in forms for a question that does not apply.
pub(crate) const NOT_APPLICABLE: &str = "not_applicable";
/// Label of [`UNKNOWN`].
pub(crate) const UNKNOWN_LABEL: &str = "I cannot say";
/// Label of [`NOT_APPLICABLE`].
pub(crate) const NOT_APPLICABLE_LABEL: &str = "Does not apply";

/// A cell with something in it, and its place.
pub(super) type Cell<'a> = Located<&'a str>;

/// What mapping files write for a text that says that nothing was answered.
pub(super) const NO_ANSWER: &str = "no-answer";

/// Texts of survey tools for a question that nobody answered, [folded](fold).
const UNANSWERED: [&str; 17] = [
    "n/a",
    "na",
    "n.a.",
    "#n/a",
    "-",
    "--",
    ".",
    "-99",
    "-98",
    "-999",
    "null",
    "missing",
    "skipped",
    "no answer",
    "no response",
    "not answered",
    "unanswered",
];

/// True for a text by which survey tools say that nothing was answered.
pub(super) fn is_unanswered(text: &str) -> bool {
    UNANSWERED.contains(&fold(text).as_str())
}

/// An answer that any question may have: `unknown`, or `n/a: reason`.
pub(super) fn aside(text: &str) -> Option<NewAnswer> {
    let text = text.trim();
    let is = |written: &str| text.eq_ignore_ascii_case(written);
    if is(UNKNOWN) || is(UNKNOWN_LABEL) {
        return Some(NewAnswer::plain(UNKNOWN));
    }
    if text == NOT_APPLICABLE || is(NOT_APPLICABLE_LABEL) {
        return Some(NewAnswer::NotApplicable(String::new()));
    }
    let (head, rest) = text.split_at_checked(3)?;
    let rest = rest.trim_start();
    let reason = rest.strip_prefix(':');
    let fits = head.eq_ignore_ascii_case("n/a") && (reason.is_some() || rest.is_empty());
    fits.then(|| NewAnswer::NotApplicable(reason.unwrap_or_default().trim().to_owned()))
}

/// True for words that a cell could only mean as another answer than these words; a table puts a sign
/// before them, and before those that have one already.
pub(crate) fn is_aside(text: &str) -> bool {
    aside(text.trim_start().trim_start_matches('\'')).is_some()
}

/// Cells of survey tools for a choice that is taken.
pub(super) const TICKS: [&str; 7] = [TAKEN, "true", "yes", "y", "x", "checked", "selected"];
/// A cell that takes its choice.
pub(super) const TAKEN: &str = "1";
/// Cells of survey tools for a choice that is not taken.
pub(super) const LEFT: [&str; 6] = ["0", "false", "no", "n", "unchecked", "not selected"];

/// True for a cell that says that something is taken, or that it is left, and nothing else.
pub(super) fn is_tick(text: &str) -> bool {
    let text = fold(text);
    TICKS.contains(&text.as_str()) || LEFT.contains(&text.as_str())
}

/// A choice as drop-down lists show it: its value, and what it means.
#[must_use]
pub fn shown(choice: &Choice) -> String {
    format!("{} – {}", choice.value, one_line(&choice.label))
}

/// The name of an item where names hold letters, digits, `-` and `_` alone, as in XLSForm.
pub(crate) fn form_name(id: &str) -> String {
    id.replace('.', "__")
}

/// The name of a choice where names hold no spaces, as in XLSForm.
pub(crate) fn choice_name(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The name of a section where a form groups its questions.
pub(crate) fn group_name(rulebook: &Rulebook, section: &Section) -> String {
    let pack = rulebook.packs.get(section.pack).map_or("", |pack| &pack.id);
    format!("section__{pack}__{}", section.id)
}

/// Text as it is compared: case, spaces and line breaks, the shape of quotes and dashes, and how
/// letters are put together make no difference.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return one_line(text).to_lowercase();
    }
    let plain = text.chars().filter_map(|letter| match letter {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' | '\u{2bc}' => Some('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        letter => Some(letter),
    });
    let plain: String = plain.nfkc().collect();
    one_line(&plain).to_lowercase()
}
