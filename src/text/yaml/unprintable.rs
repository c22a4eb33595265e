//! Letters of a text that cannot be printed, however they are written.

use super::budget;
use crate::problem;
use crate::text::diagnostic::{Diagnostic, Place, Severity, SourceId, Sources};
use crate::text::is_unprintable_in_lines;
use saphyr_parser::{Event, Parser};

/// Texts that are told of; whoever wrote more will look for the others.
const MOST: usize = 20;

/// A warning for each text of a source that holds a letter which steers a terminal or turns the
/// direction of writing: where it is printed, a space stands in its place.
#[must_use]
pub fn unprintable(sources: &Sources, source: SourceId) -> Vec<Diagnostic> {
    let text = sources.text(source);
    let may_hold = text.contains(|one| one == '\\' || is_unprintable_in_lines(one));
    if !may_hold || budget::admit(text, source).is_err() {
        return Vec::new();
    }
    let mut parser = Parser::new_from_str(text);
    let events = std::iter::from_fn(|| parser.next_event()?.ok());
    let told = events.filter_map(|(event, span)| {
        let Event::Scalar(text, ..) = event else {
            return None;
        };
        let letter = text.chars().find(|one| is_unprintable_in_lines(*one))?;
        let letter = format!("U+{:04X}", u32::from(letter));
        let index = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let problem = problem!(Unprintable, "a-text-holds-what-cannot-be-printed", letter);
        let problem = problem.at(Place {
            source,
            start: index(span.start.index()),
            end: index(span.end.index()),
        });
        Some(Diagnostic {
            severity: Severity::Warning,
            ..problem
        })
    });
    told.take(MOST).collect()
}
