//! Problems as rustc shows them: a title, the place, the line with a caret, help.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::sources::byte_range;
use super::{Diagnostic, Diagnostics, Place, Severity, Sources};

/// How much of a long line is shown before and after the place, in characters.
const BEFORE: usize = 60;
const AFTER: usize = 140;

/// All problems as text for a terminal, by source and place, with a blank line between them.
///
/// Only the line a place starts in is looked at, and of a long line only the part around it.
#[must_use]
pub fn render(problems: &Diagnostics, sources: &Sources, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for problem in problems.sorted() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&renderer.render(&report(problem, sources)));
        out.push('\n');
    }
    out
}

fn report<'a>(problem: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(normalize_untrusted_str(&problem.message))
        .id(problem.code.as_str());
    let mut groups = vec![show(Group::with_title(title), problem.place, sources)];
    for (place, text) in &problem.related {
        let title = Level::NOTE.secondary_title(normalize_untrusted_str(text));
        groups.push(show(Group::with_title(title), Some(*place), sources));
    }
    if let Some(help) = &problem.help {
        let title = Level::HELP.secondary_title(normalize_untrusted_str(help));
        groups.push(Group::with_title(title));
    }
    groups
}

fn show<'a>(group: Group<'a>, place: Option<Place>, sources: &'a Sources) -> Group<'a> {
    let Some(excerpt) = place.and_then(|place| Excerpt::of(place, sources)) else {
        return group;
    };
    let origin = Origin::path(excerpt.name)
        .line(excerpt.line)
        .char_column(excerpt.column);
    let snippet = Snippet::source(excerpt.text)
        .line_start(excerpt.line)
        .annotation(AnnotationKind::Primary.span(excerpt.mark));
    group.element(origin).element(snippet)
}

/// The part of a line that is shown, and the bytes of it that are marked.
struct Excerpt<'a> {
    name: &'a str,
    line: usize,
    column: usize,
    text: String,
    mark: Range<usize>,
}

impl<'a> Excerpt<'a> {
    fn of(place: Place, sources: &'a Sources) -> Option<Self> {
        let line = sources.line(place)?;
        let start = place.start as usize - line.start;
        let end = (place.end as usize).saturating_sub(line.start);
        let first = if start > AFTER { start - BEFORE } else { 0 };
        let shown = byte_range(line.text, first..start + AFTER);
        let cut = (shown.start > 0, shown.end < line.text.len());
        let shown = line.text.get(shown)?;
        let mark = byte_range(shown, start - first..end.saturating_sub(first));
        Some(Self::cut(shown, mark, cut)).map(|(text, mark)| Self {
            name: sources.name(place.source),
            line: line.number,
            column: start + 1,
            text,
            mark,
        })
    }

    /// Says with dots where a line was cut.
    fn cut(
        shown: &str,
        mark: Range<usize>,
        (before, after): (bool, bool),
    ) -> (String, Range<usize>) {
        let head = if before { "..." } else { "" };
        let tail = if after { "..." } else { "" };
        let mark = mark.start + head.len()..mark.end + head.len();
        (format!("{head}{shown}{tail}"), mark)
    }
}
