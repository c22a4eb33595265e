//! What is wrong with a file, where, and what to do about it.
//!
//! A [`Diagnostic`] is a named fact: a stable [`Code`], a [`Place`], plain words, help. Every
//! stage that reads or checks pushes into one [`Diagnostics`] and goes on, so one run shows all
//! problems. Nothing here prints; [`render()`] and [`to_json`] give the caller text to show.

mod code;
mod json;
mod nearest;
mod render;
mod sarif;
mod sources;

pub use self::code::Code;
pub use self::json::to_json;
pub(crate) use self::nearest::quoted;
pub use self::nearest::{nearest, suggestion};
pub use self::render::render;
pub use self::sarif::to_sarif;
pub use self::sources::{Place, Position, SheetCell, SourceId, Sources};

/// How bad a problem is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file can be used, but probably does not say what its author meant.
    Warning,
}

impl Severity {
    /// The word for it: `error` or `warning`.
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
    /// Whether the file can be used all the same.
    pub severity: Severity,
    /// One sentence in lower case, without a final period.
    pub message: String,
    /// Where it is; `None` when the problem is with no one place.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that explain it, each with its own words.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
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

    /// The same problem, with another place that explains it.
    #[must_use]
    pub fn relate(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, text.into()));
        self
    }

    /// The order problems are shown in: by source, then by place, those without a place last.
    fn order(&self) -> (bool, Option<Place>) {
        (self.place.is_none(), self.place)
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

    /// Says every message and help as `new` words it.
    pub fn reword(&mut self, new: impl Fn(&str) -> String) {
        for problem in &mut self.0 {
            problem.message = new(&problem.message);
            problem.help = problem.help.as_deref().map(&new);
        }
    }

    /// Whether any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many are warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|it| it.severity == severity).count()
    }

    /// How many there are, errors and warnings together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// In the order they are shown: by source, then by place, those without a place last.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by_key(|it| it.order());
        sorted
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
