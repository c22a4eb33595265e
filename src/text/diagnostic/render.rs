//! Problems as rustc shows them: a title, the place, the line with a caret, help.

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::sources::byte_at;
use super::{Diagnostic, Diagnostics, Place, Severity, Sources};

/// Characters of a line before a place that is shown; nobody reads further to the right.
const FARTHEST: usize = 2000;
/// Characters of a line from the start of a place on.
const AFTER: usize = 200;

/// All problems as text for a terminal, by source and place, with a blank line between them.
///
/// Only the line a place starts in is looked at, and of that no more than a person would read.
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

/// The place of a problem, with its line if that is one a person could read.
fn show<'a>(group: Group<'a>, place: Option<Place>, sources: &'a Sources) -> Group<'a> {
    let Some((place, line)) = place.and_then(|it| Some((it, sources.line(it)?))) else {
        return group;
    };
    let name = sources.name(place.source);
    if let Some(cell) = sources.cell(place.source) {
        return group.element(Origin::path(format!("{name}, {cell}")));
    }
    let start = place.start as usize - line.start;
    if start > FARTHEST {
        let origin = Origin::path(name).line(line.number);
        return group.element(origin.char_column(start + 1));
    }
    let end = (place.end as usize).saturating_sub(line.start);
    let shown = line.text.get(..byte_at(line.text, start + AFTER));
    let shown = shown.unwrap_or_default();
    let mark = byte_at(shown, start)..byte_at(shown, end.max(start));
    let snippet = Snippet::source(shown).path(name).line_start(line.number);
    group.element(snippet.annotation(AnnotationKind::Primary.span(mark)))
}
