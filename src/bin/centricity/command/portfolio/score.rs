//! Clients read and scored on all cores, and counted in order. They pass in batches, so that memory does
//! not grow with their number.

use super::{ClientFolder, ReportNames, find_clients};
use crate::command::report::ReportFiles;
use crate::inputs::{ASSESSMENT, CheckedAnswers, Reader, Rulebooks};
use crate::output::{Output, ProgressLine};
use crate::{Exit, Failure, Result, check_interrupted};
use centricity::assess::{Assessment, MatchedResult, assess};
use centricity::message;
use centricity::report::Others;
use centricity::study::portfolio::{Portfolio, Problem, Row};
use centricity::text::Error;
use rayon::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Clients in memory at once.
const BATCH: usize = 256;
/// Clients whose problems are shown in full; more are counted.
const SHOWN: usize = 20;

/// The rules and the reports of every client.
pub(super) struct Scoring<'a> {
    pub(super) rulebooks: Arc<Rulebooks>,
    pub(super) reports: Option<&'a ReportFiles<'a>>,
}

/// Scores all clients of a folder; `take` gets them in their order, each as its row or as what is
/// wrong. Returns the portfolio with the names of the reports, where any are written.
pub(super) fn score_clients(
    scoring: &Scoring<'_>,
    root: &Path,
    output: Output,
    mut take: impl FnMut(Result<&Row, &Problem>) -> Result<()>,
) -> Result<(Portfolio, ReportNames)> {
    let mut all = Portfolio::default();
    let mut names = ReportNames::default();
    let (mut rejected, mut warned) = (0, 0);
    let progress = ProgressLine::new(Some(output), true);
    let (mut clients, mut orders) = (find_clients(root), 0_u64..);
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
        let scored = batch
            .par_iter()
            .map(|client| scoring.score(client.as_ref()));
        let scored: Result<Vec<_>> = scored.collect();
        for (client, order) in scored?.into_iter().zip(orders.by_ref()) {
            match client {
                Ok((row, result, warns)) => {
                    take(Ok(&row))?;
                    all.add(order, &row, &result);
                    warned += usize::from(warns);
                }
                Err(client) => {
                    take(Err(&client.problem))?;
                    if rejected < SHOWN {
                        client.show(output);
                    }
                    rejected += 1;
                    all.add_problem(client.problem);
                }
            }
        }
        progress.show(&format!("{} clients", all.clients() + all.broken()));
    }
    drop(progress);
    sum_up(rejected, warned, output);
    if all.clients() + all.broken() == 0 {
        return Err(Failure::world(
            message!("there-is-no-below", ASSESSMENT, root = root.display()),
            message!("give-the-folder-that-holds-your-clients"),
        ));
    }
    Ok((all, names))
}

fn sum_up(rejected: usize, warned: usize, output: Output) {
    if rejected > SHOWN {
        let more = rejected - SHOWN;
        output.note(&format!("{more} more clients have problems\n"));
    }
    if rejected > 0 {
        output.note(&format!(
            "{}\n",
            message!("clients-are-not-valid", rejected)
        ));
    }
    if warned > 0 {
        output.note(&format!("{}\n", message!("clients-with-warnings", warned)));
    }
}

/// A client that is in no figure.
struct Rejected {
    problem: Problem,
    /// All its problems; `None` where its files could not be read.
    reader: Option<Box<Reader>>,
}

impl Rejected {
    fn show(&self, output: Output) {
        if let Some(reader) = &self.reader {
            output.problems(&reader.problems, &reader.sources);
        } else {
            let message = format!("`{}`: {}", self.problem.path, self.problem.message);
            output.failure(&Failure::stopped(Exit::World, message, None));
        }
    }
}

impl Scoring<'_> {
    /// Scores a client and writes its report: its row, its result, and whether it has warnings.
    fn score(
        &self,
        client: Result<&ClientFolder, &Problem>,
    ) -> Result<Result<(Row, Assessment, bool), Rejected>> {
        check_interrupted()?;
        let reject = |problem, reader| Ok(Err(Rejected { problem, reader }));
        let client = match client {
            Ok(client) => client,
            Err(problem) => return reject(problem.clone(), None),
        };
        let mut reader = Reader::over(&self.rulebooks);
        let file = client.folder.join(ASSESSMENT);
        let CheckedAnswers { rulebook, answers } = match CheckedAnswers::read(&file, &mut reader) {
            Ok(answers) => answers,
            Err(Failure::Invalid) => {
                let problem = first_problem(client, &reader);
                return reject(problem, Some(Box::new(reader)));
            }
            Err(Failure::Stopped { message, .. }) => {
                let problem = Problem {
                    path: client.path.clone(),
                    message: within(client, &message),
                    errors: 1,
                };
                return reject(problem, None);
            }
        };
        let result = assess(&rulebook, &answers);
        let row = Row::new(&client.path, &result, &rulebook);
        if let (Some(reports), Some(name)) = (self.reports, &client.report) {
            let result = MatchedResult::new(&rulebook, &result)?;
            let texts = reports.texts(name, &result, Others::default())?;
            for (file, text) in reports.paths(name).zip(texts) {
                fs::write(&file, text).map_err(|error| Error::write(&file, error))?;
            }
        }
        Ok(Ok((row, result, !reader.problems.is_empty())))
    }
}

/// The first problem of a client, in one line.
fn first_problem(client: &ClientFolder, reader: &Reader) -> Problem {
    let message = match reader.first_error() {
        None => message!("it-is-not-valid").to_owned(),
        Some((first, None)) => within(client, &first.message),
        Some((first, Some((name, line)))) => {
            let (file, message) = (within(client, name), within(client, &first.message));
            format!("{file}, line {line}: {message}")
        }
    };
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
