//! Some clients in a row: read, scored, counted, and laid out as lines of every table asked for.

use super::clients::Client;
use crate::command::report::report_texts;
use crate::exit::{Exit, Failure, Result, check_interrupted};
use crate::inputs::{ASSESSMENT, CheckedAnswers, Reader, Rulebooks, Style};
use crate::output::{Format, Output};
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::report::Layout;
use centricity::study::portfolio::{Portfolio, Problem, Profile, Row, Table};
use centricity::text::diagnostic::Severity;
use centricity::text::error::Error;
use std::fs;
use std::path::PathBuf;

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
    fn write(&self, name: &str, layout: &Layout<'_>, result: &MatchedResult<'_>) -> Result<()> {
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

impl Part {
    /// Scores clients, the first of which has this place among all.
    pub(super) fn score(
        scoring: &Scoring<'_>,
        first: u64,
        found: &[Result<Client, Problem>],
    ) -> Result<Self> {
        let mut part = Self {
            tables: vec![String::new(); scoring.tables.len()],
            ..Self::default()
        };
        for (order, one) in (first..).zip(found) {
            check_interrupted()?;
            let client = match one {
                Ok(client) => client,
                Err(problem) => {
                    part.reject(problem.clone(), None);
                    continue;
                }
            };
            let Some(CheckedAnswers { rulebook, answers }) = part.read(scoring, client) else {
                continue;
            };
            let result = assess(&rulebook, &answers);
            let profile = Profile::of(&rulebook);
            let row = Row::new(&client.path, &result, &profile);
            part.portfolio.add(order, &row, &result);
            part.write_row(scoring, &row);
            if let (Some(reports), Some(name)) = (scoring.reports, &client.report) {
                let result = MatchedResult::new(&rulebook, &result)?;
                reports.write(name, &Layout::new(&rulebook), &result)?;
            }
        }
        Ok(part)
    }

    /// Reads a client's answers; `None` where they are not valid, which is then among the rejected.
    fn read(&mut self, scoring: &Scoring<'_>, client: &Client) -> Option<CheckedAnswers> {
        let mut reader = Reader::default();
        let file = client.folder.join(ASSESSMENT);
        match CheckedAnswers::read(&file, scoring.rulebooks, &mut reader) {
            Ok(answers) => {
                self.warned += usize::from(!reader.problems.is_empty());
                return Some(answers);
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

    fn write_row(&mut self, scoring: &Scoring<'_>, row: &Row<'_>) {
        for (table, text) in scoring.tables.iter().zip(&mut self.tables) {
            table.write(row, text);
        }
        if scoring.lines {
            self.lines.push_str(&row.line());
        }
        #[cfg(feature = "parquet")]
        if scoring.columns {
            self.chunks.add(row);
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
