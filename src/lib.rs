//! Measures how customer-centric an organisation is: rules in YAML packs, answers in YAML files,
//! one road from the one to a report on the other.
//!
//! # The line
//!
//! Seven rooms, in the order in which a score passes them. A room imports those above it and none
//! below.
//!
//! 1. [`text`] reads text, every value with its place, and gathers each problem as a
//!    [`diagnostic`](text::diagnostic).
//! 2. [`rules`] finds packs and links them to a [`rulebook`](rules::rulebook): ids become indices,
//!    scores find their order, decision tables are proven.
//! 3. [`answers`] holds a client's answers to a rulebook. Where many people answer, they are counted
//!    and merged here, and `disclosure` keeps what may be shown of them.
//!    Linking and checking are the only doors from what is written to what is valid.
//! 4. [`mod@assess`] [evaluates](assess::evaluate): one reading per item, from flat arrays, pure and
//!    without failing. [`assess`](assess::assess) puts words to the numbers: the result
//!    document, in which every conclusion has its home. A [`plan`](assess::plan) says which few steps
//!    lead to a level.
//! 5. [`study`] asks of results why a figure is what it is, what changed, whether a policy is met,
//!    and how many clients compare; it runs and lints packs.
//! 6. [`collect`] brings answers in: one by one, on a page, from the export of a survey.
//! 7. [`report`] prints all of it: reports through templates, lines on a terminal, and the JSON
//!    Schema of every document.
//!
//! The library never prints, reads the clock or starts a process.
//!
//! The binary, in `src/bin/centricity`, is separate and uses the library as anybody else would.
//! `docs/architecture.md` follows one score through all rooms.
//!
//! # A first example
//!
//! ```
//! use centricity::Project;
//!
//! let project = Project::new(&["organisation"])?;
//! let answers = project.answers("answers.yaml", "
//! format: 1
//! client: { name: Harbour Tools }
//! packs: [organisation]
//! answers:
//!   organisation: { promise: 3, teams: 3, shared-view: 2, shared-reward: 2, cross-skill: 3 }
//! ")?;
//! let assessment = project.assess(&answers);
//! assert_eq!(assessment.score("organisation.light").and_then(|score| score.value), Some(2.6));
//! # assert!(project.markdown(&assessment)?.contains("Harbour Tools"));
//! # Ok::<(), centricity::ProjectError>(())
//! ```

pub mod text;

pub mod rules;

pub mod answers;

pub mod assess;

pub mod collect;
pub mod study;

pub mod report;

use crate::answers::Answers;
use crate::answers::file::AssessmentFile;
use crate::assess::assessment::{Assessment, MatchedResult, Mismatch, assess};
use crate::report::brand::Brand;
use crate::report::context::ReportContext;
use crate::report::{Report, Templates};
use crate::rules::pack::Library;
use crate::rules::rulebook::Rulebook;
use crate::text::Error;
use crate::text::diagnostic::{Diagnostics, Place, Sources, render};
use crate::text::yaml::{self, Located};
use std::fmt;
use std::path::Path;

/// Packs linked to a rulebook, ready to score answers and to report on them.
///
/// A project does in one call what takes several calls to the modules. It takes no customer table,
/// no answers of several people and no templates of your own: for these, call the modules.
#[derive(Debug)]
pub struct Project {
    rulebook: Rulebook,
}

impl Project {
    /// Links built-in packs by their names, after those they cannot do without.
    ///
    /// # Errors
    /// Returns an error if a pack is not there.
    pub fn new(packs: &[&str]) -> Result<Self, ProjectError> {
        Self::with_library(&Library::default(), packs)
    }

    /// Links packs of one's own, or built-in ones; a path to a pack starts from the current folder.
    ///
    /// # Errors
    /// Returns an error if a pack is not there or not valid, or a folder cannot be read.
    pub fn with_library(library: &Library, packs: &[&str]) -> Result<Self, ProjectError> {
        let mut problems = Problems::default();
        let located = |name: &&str| Located::new((*name).to_owned(), Place::NOWHERE);
        let names: Vec<_> = packs.iter().map(located).collect();
        let (sources, diagnostics) = (&mut problems.sources, &mut problems.diagnostics);
        let packs = library.load(&names, Path::new(""), sources, diagnostics)?;
        let rulebook = packs.and_then(|packs| Rulebook::link(&packs, diagnostics));
        let rulebook = rulebook.ok_or(ProjectError::Invalid(problems))?;
        Ok(Self { rulebook })
    }

    /// The packs, as valid.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// Reads and checks an assessment in YAML; problems name it by `name`.
    ///
    /// # Errors
    /// Returns an error if the text is not valid. Warnings alone do not make it invalid.
    pub fn answers(&self, name: &str, text: &str) -> Result<Answers, ProjectError> {
        let mut problems = Problems::default();
        let (sources, diagnostics) = (&mut problems.sources, &mut problems.diagnostics);
        let source = sources.add(name, text.to_owned());
        let file: Option<AssessmentFile> = yaml::read(sources, source, diagnostics);
        let answers = file.and_then(|file| Answers::check(&self.rulebook, &file, diagnostics));
        answers.ok_or(ProjectError::Invalid(problems))
    }

    /// Scores the answers: every score, level and finding, with its range, coverage and trace.
    #[must_use]
    pub fn assess(&self, answers: &Answers) -> Assessment {
        assess(&self.rulebook, answers)
    }

    /// The report in Markdown.
    ///
    /// # Errors
    /// Returns an error if the assessment was not made by these packs.
    pub fn markdown(&self, assessment: &Assessment) -> Result<String, ProjectError> {
        Ok(self.report(assessment)?.markdown()?)
    }

    /// The report as one HTML page that needs no other file.
    ///
    /// # Errors
    /// Returns an error if the assessment was not made by these packs.
    pub fn html(&self, assessment: &Assessment) -> Result<String, ProjectError> {
        Ok(self.report(assessment)?.html()?)
    }

    /// The report with its appendix.
    fn report(&self, assessment: &Assessment) -> Result<Report, ProjectError> {
        let matched = MatchedResult::new(&self.rulebook, assessment)?;
        let brand = Brand::default();
        let mut context = ReportContext::new(&matched, &brand);
        context.plan = context.way(&matched);
        Ok(context.report(&Templates::builtin()?, "all")?)
    }
}

/// Every problem of what was read, with the texts that have them.
///
/// Printed, each shows its place, the line, and what to do about it.
#[derive(Debug, Default)]
pub struct Problems {
    /// The texts.
    pub sources: Sources,
    /// The problems.
    pub diagnostics: Diagnostics,
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render(&self.diagnostics, &self.sources, false))
    }
}

/// Reason why a project cannot do what it was asked for.
#[derive(Debug)]
pub enum ProjectError {
    /// Packs or answers are not valid.
    Invalid(Problems),
    /// An assessment was not made by the packs of the project.
    Mismatch(Mismatch),
    /// A file or folder cannot be read.
    World(Error),
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(problems) => problems.fmt(f),
            Self::Mismatch(mismatch) => mismatch.fmt(f),
            Self::World(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ProjectError {}

impl From<Mismatch> for ProjectError {
    fn from(mismatch: Mismatch) -> Self {
        Self::Mismatch(mismatch)
    }
}

impl From<Error> for ProjectError {
    fn from(error: Error) -> Self {
        Self::World(error)
    }
}
