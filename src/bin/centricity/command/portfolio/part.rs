//! Some clients in a row: read, scored, counted, and laid out as lines of every table asked for.

use super::clients::Client;
use crate::command::report::report_texts;
use crate::exit::{Exit, Failure, check_interrupted};
use crate::inputs::{ASSESSMENT, CheckedAnswers, Reader, Rulebooks, Style};
use crate::output::{Format, Output};
use centricity::assess::assessment::{Assessment, MatchedResult, assess};
use centricity::report::Layout;
use centricity::rules::rulebook::Rulebook;
use centricity::study::portfolio::{Portfolio, Problem, Profile, Row, Table};
use centricity::text::diagnostic::Severity;
use centricity::text::error::Error;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// The rules and outputs of every client.
pub(super) struct Scoring<'a> {
    pub(super) rulebooks: &'a Rulebooks,
    /// The tables to be laid out.
    pub(super) tables: &'a [Table],
    /// Lays out rows as JSON.
    pub(super) lines: bool,
    /// Lays out rows as columns.
    #[cfg(feature = "parquet")]
    pub(super) columns: bool,
    pub(super) reports: Option<&'a ReportFiles<'a>>,
}

/// The reports of clients: their formats, and the folder they are written to.
pub(super) struct ReportFiles<'a> {
    pub(super) style: &'a Style,
    pub(super) formats: Vec<Format>,
    pub(super) folder: PathBuf,
}

impl ReportFiles<'_> {
    fn write(
        &self,
        name: &str,
        layout: &Layout<'_>,
        result: &MatchedResult<'_>,
    ) -> Result<(), Failure> {
        let texts = report_texts(layout, result, &self.formats, self.style)?;
        for (format, text) in self.formats.iter().zip(texts) {
            let file = self.folder.join(format!("{name}.{}", format.name()));
            fs::write(&file, text).map_err(|error| Error::write(&file, error))?;
        }
        Ok(())
    }
}

/// The outcome of some clients.
#[derive(Default)]
pub(super) struct Part {
    pub(super) portfolio: Portfolio,
    /// Lines of CSV, in the order of the tables.
    pub(super) tables: Vec<String>,
    pub(super) lines: String,
    #[cfg(feature = "parquet")]
    pub(super) chunks: centricity::study::portfolio::Chunks,
    pub(super) rejected: Vec<Rejected>,
    /// Number of clients with warnings.
    pub(super) warned: usize,
}

/// A client that is in no figure.
pub(super) struct Rejected {
    pub(super) problem: Problem,
    /// All its problems; `None` where its files could not be read.
    reader: Option<Box<Reader>>,
}

impl Rejected {
    pub(super) fn show(&self, output: Output) {
        match &self.reader {
            Some(reader) => output.problems(&reader.problems, &reader.sources),
            None => output.failure(&Failure::Stopped {
                exit: Exit::World,
                message: format!("`{}`: {}", self.problem.path, self.problem.message),
                help: None,
            }),
        }
    }
}

/// A rulebook with what is made of it once; few parts have more than one.
struct Rules {
    rulebook: Arc<Rulebook>,
    profile: Profile,
}

impl Part {
    /// Works through clients, the first of which has this place among all.
    pub(super) fn score(
        scoring: &Scoring<'_>,
        first: u64,
        found: &[Result<Client, Problem>],
    ) -> Result<Self, Failure> {
        let mut part = Self {
            tables: vec![String::new(); scoring.tables.len()],
            ..Self::default()
        };
        let read: Vec<(u64, &Client, CheckedAnswers)> = (first..)
            .zip(found)
            .filter_map(|(order, one)| {
                let (client, answers) = part.read(scoring, one)?;
                Some((order, client, answers))
            })
            .collect();
        let mut rules: Vec<Rules> = Vec::new();
        for (_, _, CheckedAnswers { rulebook, .. }) in &read {
            if !rules.iter().any(|one| Arc::ptr_eq(&one.rulebook, rulebook)) {
                rules.push(Rules {
                    rulebook: Arc::clone(rulebook),
                    profile: Profile::of(rulebook),
                });
            }
        }
        let layouts: Vec<Option<Layout<'_>>> = rules
            .iter()
            .map(|one| scoring.reports.map(|_| Layout::new(&one.rulebook)))
            .collect();
        for (order, client, CheckedAnswers { rulebook, answers }) in &read {
            check_interrupted()?;
            let result = assess(rulebook, answers);
            let mut all = rules.iter().zip(&layouts);
            let found = all.find(|(one, _)| Arc::ptr_eq(&one.rulebook, rulebook));
            let Some((rules, layout)) = found else {
                continue;
            };
            part.count(scoring, *order, client, &result, &rules.profile);
            if let (Some(reports), Some(name), Some(layout)) =
                (scoring.reports, &client.report, layout)
            {
                let result = MatchedResult::new(rulebook, &result)?;
                reports.write(name, layout, &result)?;
            }
        }
        Ok(part)
    }

    /// Reads a client's answers; `None` where they are not valid, which is then among the rejected.
    fn read<'w>(
        &mut self,
        scoring: &Scoring<'_>,
        found: &'w Result<Client, Problem>,
    ) -> Option<(&'w Client, CheckedAnswers)> {
        let client = match found {
            Ok(client) => client,
            Err(problem) => {
                self.reject(problem.clone(), None);
                return None;
            }
        };
        let mut reader = Reader::default();
        let file = client.folder.join(ASSESSMENT);
        match CheckedAnswers::read(&file, scoring.rulebooks, &mut reader) {
            Ok(answers) => {
                self.warned += usize::from(!reader.problems.is_empty());
                return Some((client, answers));
            }
            Err(Failure::Invalid) => {
                let problem = first_problem(client, &reader);
                self.reject(problem, Some(Box::new(reader)));
            }
            Err(Failure::Stopped { message, .. }) => {
                let problem = Problem {
                    path: client.path.clone(),
                    message: within(client, &message),
                    errors: 1,
                };
                self.reject(problem, None);
            }
        }
        None
    }

    fn reject(&mut self, problem: Problem, reader: Option<Box<Reader>>) {
        self.portfolio.add_problem(problem.clone());
        self.rejected.push(Rejected { problem, reader });
    }

    fn count(
        &mut self,
        scoring: &Scoring<'_>,
        order: u64,
        client: &Client,
        result: &Assessment,
        profile: &Profile,
    ) {
        let row = Row::new(&client.path, result, profile);
        self.portfolio.add(order, &row, result);
        for (table, text) in scoring.tables.iter().zip(&mut self.tables) {
            table.write(&row, text);
        }
        if scoring.lines {
            self.lines.push_str(&row.line());
        }
        #[cfg(feature = "parquet")]
        if scoring.columns {
            self.chunks.add(&row);
        }
    }
}

/// The first problem of a client, in one line.
fn first_problem(client: &Client, reader: &Reader) -> Problem {
    let sorted = reader.problems.sorted();
    let first = sorted.iter().find(|one| one.severity == Severity::Error);
    let message = first.map_or("it is not valid".to_owned(), |first| {
        let place = first.place.map_or(String::new(), |place| {
            let file = within(client, reader.sources.name(place.source));
            format!("{file}, line {}: ", reader.sources.position(place).line)
        });
        format!("{place}{}", within(client, &first.message))
    });
    Problem {
        path: client.path.clone(),
        message,
        errors: reader.problems.errors().max(1),
    }
}

/// A text in which files are named from the client's folder on.
fn within(client: &Client, text: &str) -> String {
    text.replace(&format!("{}/", client.folder.display()), "")
}
