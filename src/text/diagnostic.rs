//! Problems of files: each with its place and what to do about it.
//!
//! A [`Diagnostic`] is a named fact: a stable [`Code`], a [`Place`], plain words, help. Every
//! stage that reads or checks pushes into one [`Diagnostics`] and goes on, so one run shows all
//! problems. Nothing here prints; [`render()`] and [`to_json`] give the caller text to show.

use crate::message;
use crate::text::message::with_help;
use fluent_bundle::FluentValue;
use std::ops::Deref;

mod code;
mod show;
mod sources;

pub use self::code::Code;
pub use self::show::{render, to_json, to_sarif};
pub use self::sources::{Place, Position, SheetCell, SourceId, Sources};

/// Severity of a problem.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file can be used, but probably does not say what its author meant.
    Warning,
}

impl Severity {
    /// The word shown: `error` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem: what, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of problem.
    pub code: Code,
    /// Severity: an error makes the file unusable.
    pub severity: Severity,
    /// One sentence in lower case, without a final period.
    pub message: String,
    /// Its place; `None` when the problem is with no one place.
    pub place: Option<Place>,
    /// Help: what to do about it.
    pub help: Option<String>,
    /// Other places that explain it, each with its own words.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A problem that makes the file unusable, in the words of a sentence and with its help; for the
    /// macro [`problem!`](crate::problem).
    #[must_use]
    pub fn named(code: Code, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> Self {
        let (message, help) = with_help(id, arguments);
        Self {
            help,
            ..Self::error(code, message)
        }
    }

    /// A problem that makes the file unusable.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A problem the file can be used with.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            place: None,
            help: None,
            related: Vec::new(),
        }
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with what to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The same problem, with the nearest of the known names as its help where one is near.
    #[must_use]
    pub fn nearest<'n>(self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.help(message!("did-you-mean", near)),
            None => self,
        }
    }

    /// The same problem, with another place that explains it.
    #[must_use]
    pub fn relate(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }
}

/// All problems found so far, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No problems yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Diagnostic) {
        self.0.push(problem);
    }

    /// Replaces every message and help by what `new` makes of it.
    pub fn reword(&mut self, new: impl Fn(&str) -> String) {
        for problem in &mut self.0 {
            problem.message = new(&problem.message);
            problem.help = problem.help.as_deref().map(&new);
        }
    }

    /// True if any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// The number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// The number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|it| it.severity == severity).count()
    }

    /// In the order they are shown: by source, then by place, those without a place last.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by_key(|it| (it.place.is_none(), it.place));
        sorted
    }
}

impl Deref for Diagnostics {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
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
    /// Longer words are pasted text, not slips; comparing them costs their product.
    const LONGEST: usize = 64;

    if word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let allowed = (folded.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
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

fn fold(word: &str) -> String {
    word.chars()
        .filter(|it| !matches!(it, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The help for a name that is not there: the nearest that is, or what else to do.
#[must_use]
pub fn suggestion(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |near| message!("did-you-mean", near),
    )
}
