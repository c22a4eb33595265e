//! Clients read and scored on all cores, counted in order, and formatted as lines of every table
//! asked for. They pass in batches, so that memory does not grow with their number.

use super::clients::{ClientFolder, ReportNames, find_clients};
use crate::command::report::report_texts;
use crate::exit::{Exit, Failure, Result, check_interrupted};
use crate::inputs::{ASSESSMENT, CheckedAnswers, Reader, ReportStyle, Rulebooks};
use crate::output::{Format, Output, ProgressLine};
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::message;
use centricity::report::Layout;
use centricity::study::portfolio::{Portfolio, Problem, Profile, Row, Table};
use centricity::text::diagnostic::Severity;
use centricity::text::error::Error;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Clients scored in one go, and those one thread takes of them.
const BATCH: usize = 256;
const PART: usize = 8;
/// Clients whose problems are shown in full; more are counted.
const SHOWN: usize = 20;

/// The rules and outputs of every client.
pub(super) struct Scoring<'a> {
    pub(super) rulebooks: &'a Rulebooks,
    /// The tables to format.
    pub(super) tables: &'a [Table],
    /// True if rows are formatted as JSON lines.
    pub(super) lines: bool,
    /// True if rows are formatted as Parquet columns.
    #[cfg(feature = "parquet")]
    pub(super) columns: bool,
    pub(super) reports: Option<&'a ReportFiles<'a>>,
}

/// The reports of clients: their formats, and the folder they are written to.
pub(super) struct ReportFiles<'a> {
    pub(super) style: &'a ReportStyle,
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

/// Scores all clients of a folder; `take` gets the parts in their order. Returns the portfolio with
/// the names of the reports, where any are written.
pub(super) fn score_clients(
    scoring: &Scoring<'_>,
    root: &Path,
    output: Output,
    mut take: impl FnMut(&mut ClientBatch) -> Result<()>,
) -> Result<(Portfolio, ReportNames)> {
    let mut all = Portfolio::default();
    let mut names = ReportNames::default();
    let (mut rejected, mut warned, mut first) = (0, 0, 0);
    let progress = ProgressLine::new(Some(output), true);
    let mut clients = find_clients(root);
    loop {
        let mut batch: Vec<_> = clients.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        if scoring.reports.is_some() {
            for client in batch.iter_mut().flatten() {
                client.report = names.add(&client.path);
            }
        }
        let parts: Result<Vec<ClientBatch>> = batch
            .par_chunks(PART)
            .zip((0..batch.len()).into_par_iter().step_by(PART))
            .map(|(chunk, place)| ClientBatch::score(scoring, first + place, chunk))
            .collect();
        first += batch.len();
        for mut part in parts? {
            take(&mut part)?;
            warned += part.warned;
            for one in part.rejected {
                if rejected < SHOWN {
                    one.show(output);
                }
                rejected += 1;
            }
            all.absorb(part.portfolio);
        }
        progress.show(&format!("{} clients", all.clients() + all.broken()));
    }
    drop(progress);
    sum_up(rejected, warned, output);
    if first == 0 {
        return Err(Failure::world(
            message!("there-is-no-below", ASSESSMENT, root = root.display()),
            message!("give-the-folder-that-holds-your-clients"),
        ));
    }
    Ok((all, names))
}

fn sum_up(rejected: usize, warned: usize, output: Output) {
    let clients = |count| match count {
        1 => "1 client".to_owned(),
        _ => format!("{count} clients"),
    };
    if rejected > SHOWN {
        let more = rejected - SHOWN;
        output.note(&format!("{more} more clients have problems\n"));
    }
    if rejected > 0 {
        let are = if rejected == 1 { "is" } else { "are" };
        output.note(&format!(
            "{} {are} not valid and in no figure; all others are written\n",
            clients(rejected)
        ));
    }
    if warned > 0 {
        output.note(&format!(
            "{} with warnings: `centricity check DIR` shows them\n",
            clients(warned)
        ));
    }
}

/// The outcome of some clients.
#[derive(Default)]
pub(super) struct ClientBatch {
    portfolio: Portfolio,
    /// Lines of CSV, in the order of the tables.
    pub(super) tables: Vec<String>,
    pub(super) lines: String,
    #[cfg(feature = "parquet")]
    pub(super) chunks: centricity::study::portfolio::Chunks,
    pub(super) rejected: Vec<Rejected>,
    /// Number of clients with warnings.
    warned: usize,
}

/// A client that is in no figure.
pub(super) struct Rejected {
    pub(super) problem: Problem,
    /// All its problems; `None` where its files could not be read.
    reader: Option<Box<Reader>>,
}

impl Rejected {
    fn show(&self, output: Output) {
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

impl ClientBatch {
    /// Scores clients, the first of which has this place among all.
    fn score(
        scoring: &Scoring<'_>,
        first: usize,
        found: &[Result<ClientFolder, Problem>],
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
            let order = u64::try_from(order).unwrap_or_default();
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
    fn read(&mut self, scoring: &Scoring<'_>, client: &ClientFolder) -> Option<CheckedAnswers> {
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

    fn write_row(&mut self, scoring: &Scoring<'_>, row: &Row) {
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
fn first_problem(client: &ClientFolder, reader: &Reader) -> Problem {
    let sorted = reader.problems.sorted();
    let first = sorted.iter().find(|one| one.severity == Severity::Error);
    let message = first.map_or(message!("it-is-not-valid").to_owned(), |first| {
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
fn within(client: &ClientFolder, text: &str) -> String {
    text.replace(&format!("{}/", client.folder.display()), "")
}
