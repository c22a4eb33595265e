//! Letters that show as nothing, and texts without those that steer what shows them.

use std::fmt::Write as _;
use textwrap::core::display_width;

/// True for a letter that shows as nothing and changes what stands around it: a control character, or
/// one that turns the direction of writing.
#[must_use]
pub fn is_unprintable(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control()
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
