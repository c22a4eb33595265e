//! Text to structs: what is read, and what is told.

mod facts;
mod hostile;
mod official;
mod oracle;
mod problems;

use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Sources, render};
use centricity::text::yaml;
use serde::de::DeserializeOwned;

/// What came of reading a text.
pub(crate) struct Reading<T> {
    pub(crate) value: Option<T>,
    pub(crate) problems: Diagnostics,
    pub(crate) sources: Sources,
}

pub(crate) fn reading<T: DeserializeOwned>(text: &str) -> Reading<T> {
    let mut sources = Sources::new();
    let mut problems = Diagnostics::new();
    let id = sources.add("a.yaml", text.to_owned());
    let value = yaml::read(&sources, id, &mut problems);
    Reading {
        value,
        problems,
        sources,
    }
}

impl<T> Reading<T> {
    /// The value of a text without problems.
    #[track_caller]
    pub(crate) fn good(self) -> T {
        assert!(self.problems.is_empty(), "{}", self.shown());
        self.value.expect("no problems, so a value")
    }

    /// The only problem of a text.
    #[track_caller]
    pub(crate) fn only(self) -> Diagnostic {
        assert_eq!(self.problems.len(), 1, "{}", self.shown());
        assert!(self.value.is_none());
        self.problems.into_iter().next().expect("there is one")
    }

    pub(crate) fn shown(&self) -> String {
        render(&self.problems, &self.sources, false)
    }

    /// `line:column code: message` of each problem, in the order shown.
    pub(crate) fn lines(&self) -> Vec<String> {
        let sorted = self.problems.sorted();
        let line = |it: &Diagnostic| {
            let at = self.sources.position(it.place.unwrap_or_default());
            format!("{}:{} {}: {}", at.line, at.column, it.code, it.message)
        };
        sorted.into_iter().map(line).collect()
    }

    pub(crate) fn codes(&self) -> Vec<Code> {
        self.problems.iter().map(|it| it.code).collect()
    }
}
