//! Lists of names as parts of a sentence.

pub(crate) use crate::text::number::{apart, short as number};

/// Answer of somebody who took no choice.
pub(crate) const NONE_TAKEN: &str = "none of the choices";

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[&str]) -> String {
    joined(words, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn either(words: &[&str]) -> String {
    joined(words, "or")
}

fn joined(words: &[&str], conjunction: &str) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => {
            format!("{} {conjunction} {last}", first.join(", "))
        }
        _ => words.concat(),
    }
}

/// `a`, or where there are several, each in quotes: `“a” or “b”`.
pub(crate) fn either_quoted(words: &[&str]) -> String {
    either_in(words, ['“', '”'])
}

/// The same in quotes of one's own.
pub(crate) fn either_in(words: &[&str], [open, close]: [char; 2]) -> String {
    let quoted = words.iter().map(|word| format!("{open}{word}{close}"));
    let quoted: Vec<String> = quoted.collect();
    match words {
        [] | [_] => words.concat(),
        [_, _, ..] => either(&quoted.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// The names in a set, which is a bit mask over their order.
pub(crate) fn taken<'n>(names: &[&'n str], set: u64) -> Vec<&'n str> {
    let taken = names
        .iter()
        .enumerate()
        .filter(|(place, _)| set & (1 << place) != 0);
    taken.map(|(_, name)| *name).collect()
}
