//! Clients of a portfolio: read, scored, and held back where what a few people answered would follow.

use super::files::ClientFolder;
use crate::command::report::ReportFiles;
use crate::inputs::{ASSESSMENT, CheckedAnswers, ClientStates, Reader, Rulebooks};
use crate::inputs::{held_back, take_answers};
use crate::{Failure, Result, check_interrupted};
use centricity::answers::{Answers, Rounds};
use centricity::assess::{LadderResult, MatchedResult, assess, assess_figures};
use centricity::message;
use centricity::report::Others;
use centricity::rules::rulebook::Rulebook;
use centricity::study::portfolio::{Problem, Row};
use centricity::text::Error;
use std::fs;
use std::sync::Arc;

/// A client that can be counted.
pub(super) struct Scored {
    client: ClientFolder,
    rulebook: Arc<Rulebook>,
    answers: Answers,
    pub(super) row: Row,
    pub(super) ladders: Vec<LadderResult>,
    /// True if there are warnings.
    pub(super) warns: bool,
}

impl Scored {
    /// Writes the client's own report.
    pub(super) fn write(&self, reports: &ReportFiles<'_>) -> Result<()> {
        let Some(name) = &self.client.report else {
            return Ok(());
        };
        check_interrupted()?;
        let result = assess(&self.rulebook, &self.answers);
        let result = MatchedResult::new(&self.rulebook, &result)?;
        let texts = reports.texts(name, &result, Others::default())?;
        for (file, text) in reports.paths(name).zip(texts) {
            fs::write(&file, text).map_err(|error| Error::write(&file, error))?;
        }
        Ok(())
    }
}

/// Takes in a client, unless what a few people answered would follow from it and those before.
pub(super) fn stand_among(states: &mut ClientStates, scored: Scored) -> Result<Scored, Rejected> {
    let (client, path) = (&scored.answers.client.name, &scored.client.path);
    let take = |rounds: &mut Rounds| take_answers(rounds, &scored.answers);
    match states.take(client, path, take) {
        Ok(()) => Ok(scored),
        Err((held, first)) => {
            let message = held_back(held, &first);
            Err((problem(&scored.client, &message, 1), None))
        }
    }
}

/// A client that is in no figure: its first problem, and all of them where its files can be read.
pub(super) type Rejected = (Problem, Option<Box<Reader>>);

/// Scores a client.
pub(super) fn score_client(
    client: Result<ClientFolder, Problem>,
    rulebooks: &Arc<Rulebooks>,
) -> Result<Result<Scored, Rejected>> {
    check_interrupted()?;
    let client = match client {
        Ok(client) => client,
        Err(problem) => return Ok(Err((problem, None))),
    };
    let mut reader = Reader::over(rulebooks);
    let file = client.folder.join(ASSESSMENT);
    let CheckedAnswers { rulebook, answers } = match CheckedAnswers::read(&file, &mut reader) {
        Ok(answers) => answers,
        Err(Failure::Invalid) => {
            let problem = first_problem(&client, &reader);
            return Ok(Err((problem, Some(Box::new(reader)))));
        }
        Err(Failure::Stopped { message, .. }) => {
            return Ok(Err((problem(&client, &message, 1), None)));
        }
    };
    let figures = assess_figures(&rulebook, &answers);
    Ok(Ok(Scored {
        row: Row::new(&client.path, &figures, &rulebook),
        ladders: figures.levels,
        warns: !reader.problems.is_empty(),
        client,
        rulebook,
        answers,
    }))
}

/// The first problem of a client, in one line.
fn first_problem(client: &ClientFolder, reader: &Reader) -> Problem {
    let message = match reader.first_error() {
        None => message!("it-is-not-valid").to_owned(),
        Some((first, None)) => first.message.clone(),
        Some((first, Some((name, line)))) => format!("{name}, line {line}: {}", first.message),
    };
    problem(client, &message, reader.problems.errors().max(1))
}

/// A client with what is wrong; files are named from its folder on.
fn problem(client: &ClientFolder, message: &str, errors: usize) -> Problem {
    Problem {
        path: client.path.clone(),
        message: message.replace(&format!("{}/", client.folder.display()), ""),
        errors,
    }
}
