//! Slips of editing that YAML takes for something else: marks that a merge left, and spaces that are
//! letters to it.

use crate::problem;
use crate::text::diagnostic::{Diagnostic, SourceId, byte_at, byte_place};
use std::ops::Range;

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
    let begins = |problem: &Diagnostic| Some(byte_at(text, problem.place?.start as usize));
    let mut slips = Vec::new();
    for (line, space) in strange_spaces(text) {
        let before = found.len();
        found.retain(|problem| !begins(problem).is_some_and(|at| line.contains(&at)));
        if found.len() < before {
            let letter = text.get(space.clone()).and_then(|text| text.chars().next());
            let code = format!("U+{:04X}", u32::from(letter.unwrap_or_default()));
            let problem = problem!(YamlSyntax, "a-space-that-is-a-letter", code);
            slips.push(problem.at(byte_place(text, space, source)));
        }
    }
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

/// Lines with a space before or behind their key that is none to YAML, each with the first of them.
fn strange_spaces(text: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    lines(text).filter_map(|(at, line)| {
        let is_strange = |letter: char| letter.is_whitespace() && !letter.is_ascii();
        let indent = line.len() - line.trim_start().len();
        let before = line.get(..indent)?.find(is_strange);
        let behind = || {
            let (key, rest) = line.split_once(':')?;
            let is_key = |letter: char| letter.is_alphanumeric() || "-_. ".contains(letter);
            (key.chars().all(is_key) && rest.starts_with(is_strange)).then_some(key.len() + 1)
        };
        let found = at + before.or_else(behind)?;
        let letter = text.get(found..)?.chars().next()?;
        Some((at..at + line.len(), found..found + letter.len_utf8()))
    })
}

/// The lines of a text, each with the byte it begins at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let begins = *at;
        *at += line.len();
        Some((begins, line))
    })
}
