//! Slips of editing that YAML takes for something else: marks that a merge left, and spaces that are
//! letters to it.

use crate::problem;
use crate::text::diagnostic::{Diagnostic, SourceId, byte_at, byte_place};
use std::ops::Range;

/// Problems whose lines are looked at: a slip shows at once, and each costs a walk through the text.
const MOST_LOOKED_AT: usize = 20;

/// The problems of a text, with the slips behind them in place of what they look like to a reader of
/// YAML.
pub(super) fn explained(text: &str, source: SourceId, found: &mut Vec<Diagnostic>) {
    if found.is_empty() {
        return;
    }
    if let Some(mark) = merge_mark(text) {
        let place = byte_place(text, mark, source);
        *found = vec![problem!(YamlSyntax, "a-merge-is-not-finished").at(place)];
        return;
    }
    let mut slips: Vec<Diagnostic> = Vec::new();
    let mut kept = Vec::new();
    for (nth, problem) in std::mem::take(found).into_iter().enumerate() {
        let place = problem.place.filter(|_| nth < MOST_LOOKED_AT);
        let space =
            place.and_then(|place| strange_space(text, byte_at(text, place.start as usize)));
        let Some(space) = space else {
            kept.push(problem);
            continue;
        };
        let letter = text.get(space.clone()).and_then(|text| text.chars().next());
        let code = format!("U+{:04X}", u32::from(letter.unwrap_or_default()));
        let slip = problem!(YamlSyntax, "a-space-that-is-a-letter", code);
        let slip = slip.at(byte_place(text, space, source));
        if !slips.contains(&slip) {
            slips.push(slip);
        }
    }
    *found = kept;
    found.extend(slips);
}

/// The first mark of a merge with conflicts.
fn merge_mark(text: &str) -> Option<Range<usize>> {
    let begins = lines(text).find(|(_, line)| line.starts_with("<<<<<<< "))?;
    let ends = |(at, line): (usize, &str)| at > begins.0 && line.starts_with(">>>>>>> ");
    let (at, line) = begins;
    lines(text)
        .any(ends)
        .then(|| at..at + line.trim_end().len())
}

/// The first space before or behind the key of a line that is none to YAML; the line is that of a byte.
fn strange_space(text: &str, at: usize) -> Option<Range<usize>> {
    let is_strange = |letter: char| letter.is_whitespace() && !letter.is_ascii();
    let begins = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(begins..)?.split('\n').next()?;
    let indent = line.len() - line.trim_start().len();
    let before = line.get(..indent)?.find(is_strange);
    let behind = || {
        let (key, rest) = line.split_once(':')?;
        let is_key = |letter: char| letter.is_alphanumeric() || "-_. ".contains(letter);
        (key.chars().all(is_key) && rest.starts_with(is_strange)).then_some(key.len() + 1)
    };
    let found = begins + before.or_else(behind)?;
    let letter = text.get(found..)?.chars().next()?;
    Some(found..found + letter.len_utf8())
}

/// The lines of a text, each with the byte it begins at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let begins = *at;
        *at += line.len();
        Some((begins, line))
    })
}
