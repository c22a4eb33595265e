//! Letters that show as nothing, and texts without those that steer what shows them.

use std::fmt::Write as _;
use textwrap::core::display_width;

/// True for a letter that shows as nothing and changes what stands around it: a control character, one
/// that turns the direction of writing, or one that is no letter and may not stand in XML.
#[must_use]
pub fn is_unprintable(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// The same, but for what breaks and sets lines.
#[must_use]
pub fn is_unprintable_in_lines(letter: char) -> bool {
    is_unprintable(letter) && !matches!(letter, '\n' | '\r' | '\t')
}

/// A text of several lines with a space for each letter that cannot be printed.
#[must_use]
pub fn printable_lines(text: &str) -> String {
    text.replace(is_unprintable_in_lines, " ")
}

/// JSON in which letters that cannot be printed are escaped too, where JSON would take them as they
/// are: a terminal may show it.
#[must_use]
pub fn escaped_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_unprintable_in_lines(letter) {
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

/// Letters beside blanks that take room and show nothing in it: the soft hyphen, the filler of Hangul
/// and the empty cell of Braille.
const EMPTY: [char; 3] = ['\u{ad}', '\u{115f}', '\u{2800}'];

/// True for a text that shows as nothing.
pub(crate) fn is_blank(text: &str) -> bool {
    let shows_nothing = |one: char| one.is_whitespace() || EMPTY.contains(&one);
    text.split(shows_nothing)
        .all(|word| display_width(word) == 0)
}

/// Letters of a value that a problem quotes in backticks, and of all that it says.
const MOST_QUOTED: usize = 200;
const MOST_SAID: usize = 4_000;

/// The words of a problem with what they quote cut to what a person reads.
pub(crate) fn readable(words: String) -> String {
    if words.len() <= MOST_QUOTED {
        return words;
    }
    let mut out = String::new();
    for (nth, part) in words.split('`').enumerate() {
        out.push_str(if nth > 0 { "`" } else { "" });
        push_cut(
            part,
            if nth % 2 == 1 { MOST_QUOTED } else { MOST_SAID },
            &mut out,
        );
    }
    let mut short = String::new();
    push_cut(&out, MOST_SAID, &mut short);
    short
}

/// Adds so many letters of a text, with a sign where there are more.
fn push_cut(text: &str, most: usize, out: &mut String) {
    let end = text.char_indices().nth(most).map(|(end, _)| end);
    out.push_str(text.get(..end.unwrap_or(text.len())).unwrap_or_default());
    out.push_str(if end.is_some() { "…" } else { "" });
}
