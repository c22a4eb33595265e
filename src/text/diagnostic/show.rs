//! Problems as rustc shows them, a title, the place, the line with a caret, help; as JSON, for editors
//! and CI; and as SARIF 2.1.0, for code hosts. Their help names what is nearest to what was written.

use super::sources::byte_at;
use super::{Code, Diagnostic, Diagnostics, Place, Severity, Sources};
use crate::text::is_unprintable;
use crate::{message, problem};
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::iter::once;

/// Characters of a line before a place that is shown; nobody reads further to the right.
const FARTHEST: usize = 2000;
/// Characters of a line from the start of a place on.
const AFTER: usize = 200;

/// The most problems that are shown: nobody reads more, and each may come with a line of text.
pub(crate) const MOST_SHOWN: usize = 1_000;

impl Diagnostics {
    /// The problems that are shown: the first thousand in their order, and how many more there are.
    fn shown(&self) -> Vec<Diagnostic> {
        let sorted = self.sorted();
        let more = sorted.get(MOST_SHOWN..).unwrap_or_default();
        let shown = sorted.iter().take(MOST_SHOWN).copied().cloned();
        let errors = more.iter().any(|it| it.severity == Severity::Error);
        let more = (!more.is_empty()).then(|| {
            let left = problem!(TooManyProblems, "problems-left-out", left = more.len());
            let severity = if errors {
                Severity::Error
            } else {
                Severity::Warning
            };
            Diagnostic { severity, ..left }
        });
        shown.chain(more).collect()
    }

    /// The same with warnings in the same words told once, at the first of their places, with how many
    /// there are.
    #[must_use]
    pub fn grouped(&self) -> Self {
        let mut grouped = Self::new();
        let mut known: BTreeMap<(Code, &str), (usize, usize)> = BTreeMap::new();
        for problem in self.sorted() {
            let key = (problem.code, problem.message.as_str());
            let first = grouped.len();
            let (first, times) = known.entry(key).or_insert((first, 0));
            *times += 1;
            if problem.severity == Severity::Error || *first == grouped.len() {
                grouped.push(problem.clone());
            }
        }
        for ((_, message), (first, times)) in known {
            let warning = grouped
                .get_mut(first)
                .filter(|one| one.severity == Severity::Warning);
            if let Some(warning) = warning.filter(|_| times > 1) {
                warning.message = message!("in-places", message, times);
            }
        }
        grouped
    }

    /// The errors alone.
    #[must_use]
    pub fn only_errors(&self) -> Self {
        let errors = self.iter().filter(|it| it.severity == Severity::Error);
        let mut only = Self::new();
        only.extend(errors.cloned());
        only
    }

    /// In the order they are shown: by source, then by place, those without a place last.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by_key(|it| (it.place.is_none(), it.place));
        sorted
    }
}

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
    for problem in &problems.shown() {
        if !out.is_empty() {
            out.push('\n');
        }
        let shown = renderer.render(&groups(&sources.told(problem), sources));
        // Colours are all that steers the terminal; other signs for that came with a text or its name.
        out.push_str(&shown.replace(is_hidden_sign, "\u{fffd}"));
        out.push('\n');
    }
    out
}

fn is_hidden_sign(one: char) -> bool {
    is_unprintable(one) && !matches!(one, '\n' | '\u{1b}')
}

/// A name without what could steer a terminal.
fn plain(name: &str) -> String {
    name.replace(is_unprintable, "\u{fffd}")
}

fn groups<'a>(problem: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
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
    let name = plain(sources.name(place.source));
    if let Some(cell) = sources.cell(place.source) {
        return group.element(Origin::path(format!("{name}, {cell}")));
    }
    if sources.is_withheld(place.source) {
        return group.element(Origin::path(name).line(line.number));
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

/// An array in shown order, each with `code`, `severity`, `message`, `file`, `line`, `column`,
/// `end_line`, `end_column`, `help` and `related`; what is not known is null. In a workbook, `line`
/// and `column` are row and column, and `cell` names them.
#[must_use]
pub fn to_json(problems: &Diagnostics, sources: &Sources) -> Value {
    let shown = problems.shown();
    let told = shown.iter().map(|it| sources.told(it));
    told.map(|it| problem(&it, sources)).collect()
}

fn problem(problem: &Diagnostic, sources: &Sources) -> Value {
    let related = problem.related.iter().map(|(at, text)| {
        let message = once(("message", json!(text)));
        message.chain(place(Some(*at), sources)).collect::<Value>()
    });
    let head = [
        ("code", json!(problem.code.as_str())),
        ("severity", json!(problem.severity.as_str())),
        ("message", json!(problem.message)),
    ];
    let tail = [
        ("help", json!(problem.help)),
        ("related", related.collect()),
    ];
    let entries = head.into_iter().chain(place(problem.place, sources));
    entries.chain(tail).collect()
}

fn place(place: Option<Place>, sources: &Sources) -> impl Iterator<Item = (&'static str, Value)> {
    let shown = place.filter(|it| !sources.is_withheld(it.source));
    let start = place.map(|it| sources.position(it));
    let end = shown.map(|it| sources.end(it));
    let start_shown = shown.and(start);
    let entries = [
        ("file", json!(place.map(|it| sources.name(it.source)))),
        ("line", json!(start.map(|it| it.line))),
        ("column", json!(start_shown.map(|it| it.column))),
        ("end_line", json!(end.map(|it| it.line))),
        ("end_column", json!(end.map(|it| it.column))),
    ];
    let cell = place.and_then(|it| sources.cell(it.source));
    let cell = cell.map(|cell| ("cell", json!(cell.to_string())));
    entries.into_iter().chain(cell)
}

/// One SARIF log with one run; its rules are the codes that occur, in alphabetical order.
#[must_use]
pub fn to_sarif(problems: &Diagnostics, sources: &Sources) -> Value {
    let shown = problems.shown();
    let codes: BTreeMap<_, _> = shown.iter().map(|it| (it.code.as_str(), it.code)).collect();
    let rule =
        |code: Code| json!({ "id": code.as_str(), "shortDescription": { "text": code.about() } });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.into_values().map(rule).collect::<Value>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": shown.iter().map(|it| result(&sources.told(it), sources)).collect::<Value>(),
        }],
    })
}

fn result(problem: &Diagnostic, sources: &Sources) -> Value {
    let text = match &problem.help {
        Some(help) => format!("{}; help: {help}", problem.message),
        None => problem.message.clone(),
    };
    let related = problem.related.iter().map(|(place, text)| {
        json!({ "physicalLocation": location(*place, sources), "message": { "text": text } })
    });
    let locations = problem.place.iter();
    let locations = locations.map(|place| json!({ "physicalLocation": location(*place, sources) }));
    json!({
        "ruleId": problem.code.as_str(),
        "level": problem.severity.as_str(),
        "message": { "text": text },
        "locations": locations.collect::<Value>(),
        "relatedLocations": related.collect::<Value>(),
    })
}

fn location(place: Place, sources: &Sources) -> Value {
    let (start, end) = (sources.position(place), sources.end(place));
    json!({
        "artifactLocation": { "uri": uri(sources.name(place.source)) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

/// A path as a relative reference: characters not allowed in one are percent-encoded.
fn uri(path: &str) -> String {
    let encoded = path.bytes().map(|byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    encoded.collect()
}

/// The candidate nearest to `word`: equal but for case, hyphens and underscores, or else within
/// one edit for each three letters (two letters swapped count as one). `None` when none is near.
///
/// ```
/// use centricity::text::diagnostic::nearest;
///
/// assert_eq!(nearest("titel", ["id", "title"]), Some("title"));
/// assert_eq!(nearest("Hit-Policy", ["hit_policy"]), Some("hit_policy"));
/// assert_eq!(nearest("weight", ["id", "title"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Bytes of the longest question anybody asks; comparing two words costs their product.
    const LONGEST: usize = 400;

    if word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let length = folded.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter(|candidate| letters(candidate).abs_diff(length) <= allowed)
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The names in backticks, separated by commas.
pub(crate) fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Edits between two words; words of one letter are near only when equal.
fn distance(word: &str, candidate: &str) -> usize {
    if word == candidate {
        0
    } else if word.chars().count().min(candidate.chars().count()) < 2 {
        usize::MAX
    } else {
        strsim::damerau_levenshtein(word, candidate)
    }
}

/// A word without what joins its parts, in small letters.
fn fold(word: &str) -> String {
    let letters = word.chars().filter(|it| is_letter(*it));
    letters.flat_map(char::to_lowercase).collect()
}

/// The number of letters of a word once it is folded; of few words one less or more.
fn letters(word: &str) -> usize {
    word.chars().filter(|it| is_letter(*it)).count()
}

const fn is_letter(one: char) -> bool {
    !matches!(one, '-' | '_' | ' ')
}

/// The help for a name that is not there: the nearest that is, or what else to do.
#[must_use]
pub fn suggestion(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |near| message!("did-you-mean", near),
    )
}
