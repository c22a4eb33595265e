//! The folder of an assessment: its file, responses, consensus and targets.
//!
//! Responses are read on all cores and let go as soon as they are counted, so a folder takes the
//! same memory whatever its size. Surveys, as CSV or XLSX, lie among them and are counted row by row.
//!
//! What is wrong with a response is told by its file, its line and the kind of problem, and nothing
//! of its text: messages go into the logs of machines that others may read. Warnings are for those
//! who check the folder; elsewhere, even that there is one would depend on somebody's answer.

use super::Reader;
use super::problems::is_moved;
use crate::output::ProgressLine;
use crate::{Failure, Result, if_valid, world};
use centricity::answers::file::{AssessmentFile, ConsensusFile, ResponseFile, TargetsFile};
use centricity::answers::{Answers, CompanionFiles, RespondentNames, Response, Tally};
use centricity::collect::import::{Import, ImportOptions, MappingFile};
use centricity::message;
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics};
use centricity::text::yaml::{Document, is_yaml, unprintable};
use centricity::text::{self, Error};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The assessment's file.
pub(crate) const ASSESSMENT: &str = "assessment.yaml";
/// The folder of responses, next to it.
pub(crate) const RESPONSES: &str = "responses";
/// The file of what was agreed.
pub(crate) const CONSENSUS: &str = "consensus.yaml";
/// The file of what is aimed at.
pub(crate) const TARGETS: &str = "targets.yaml";

/// Responses in memory at once.
const BATCH: usize = 2048;
/// Files with problems that are shown; more are counted.
const SHOWN: usize = 20;
/// Files that take long enough for progress to be shown.
const MANY: usize = 1000;

/// The file of an assessment given as a file, a folder, or `-`.
pub(crate) fn assessment_file(path: &Path) -> Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let file = path.join(ASSESSMENT);
    if file.is_file() {
        return Ok(file);
    }
    Err(world!(
        "no-assessment-in-folder",
        ASSESSMENT,
        path = path.display()
    ))
}

/// Returns true if a file is a table of answers, by its name.
pub(crate) fn is_survey(path: &Path) -> bool {
    let ends = |end: &str| ["csv", "tsv", "xlsx", "xlsm"].contains(&end);
    path.extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ends(&end.to_ascii_lowercase()))
}

/// Returns true if a file gives the meaning of a table's columns, by its name.
pub(crate) fn is_mapping(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.ends_with(".mapping.yaml"))
}

/// The files of responses, sorted by name.
#[derive(Debug, Default)]
pub(crate) struct ResponseFiles {
    /// Files of one respondent.
    pub(crate) single: Vec<PathBuf>,
    /// Tables of many.
    pub(crate) surveys: Vec<PathBuf>,
}

impl ResponseFiles {
    /// The responses to an assessment; none, unless its file is the one of its folder.
    pub(crate) fn of_assessment(file: &Path) -> Result<Self> {
        match folder_of_assessment(file) {
            Some(folder) => Self::find(&folder.join(RESPONSES)),
            None => Ok(Self::default()),
        }
    }

    /// The responses in a folder, which may not be there.
    pub(crate) fn find(folder: &Path) -> Result<Self> {
        check_no_link(folder)?;
        let wrap = |error| Error::read(folder, error);
        if !folder.exists() {
            return Ok(Self::default());
        }
        if !folder.is_dir() {
            return Err(wrap(io::ErrorKind::NotADirectory.into()).into());
        }
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(wrap)? {
            let path = entry.map_err(wrap)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let hidden = name.is_some_and(|name| name.starts_with(['.', '~']));
            let single = is_yaml(&path) || path.extension().is_some_and(|end| end == "json");
            if hidden || !(single || is_survey(&path)) {
                continue;
            }
            check_no_link(&path)?;
            if !is_mapping(&path) {
                files.push(path);
            }
        }
        files.sort_unstable();
        let (surveys, single) = files.into_iter().partition(|path| is_survey(path));
        Ok(Self { single, surveys })
    }

    /// Counts everybody.
    fn count(&self, rulebook: &Rulebook, reader: &mut Reader) -> Result<Tally> {
        let mut all = Tally::new(rulebook);
        let mut roll = RespondentNames::default();
        let (mut bad, mut moved) = (Vec::new(), false);
        let total = self.single.len();
        let thorough = reader.thorough;
        let progress = ProgressLine::new(reader.output, total >= MANY);
        let mut done = 0;
        for batch in self.single.chunks(BATCH) {
            let read = batch.par_iter().map(|path| {
                let mut reader = Reader::default();
                let response = if_valid(read_response(rulebook, path, &mut reader));
                if thorough {
                    reader.note_unprintable();
                }
                (path.as_path(), response, reader.problems)
            });
            for (path, response, problems) in read.collect::<Vec<_>>() {
                let refused = problems.has_errors();
                let only_moved = !problems.is_empty() && problems.iter().all(is_moved);
                let told = if only_moved {
                    !moved
                } else {
                    !problems.is_empty()
                };
                moved |= only_moved;
                if refused || (reader.thorough && told) {
                    bad.push(BadResponse {
                        path,
                        twice: None,
                        refused,
                    });
                }
                let Some((_, response)) = response? else {
                    continue;
                };
                all.add(rulebook, &response);
                let source = path.display().to_string();
                if let Err(problem) = roll.enter(&response.respondent, &source) {
                    bad.push(BadResponse {
                        path,
                        twice: Some(*problem),
                        refused: true,
                    });
                }
            }
            done += batch.len();
            progress.show(&message!("of-responses", done, total));
        }
        drop(progress);
        show(rulebook, &bad, reader)?;
        for path in &self.surveys {
            if let Some(tally) = if_valid(count_survey(rulebook, path, &mut roll, reader))? {
                all.absorb(tally);
            }
        }
        Ok(all)
    }
}

/// Refuses a link among responses: it may lead to answers, or to anything else, that nobody has given.
pub(crate) fn check_no_link(path: &Path) -> Result<(), Error> {
    if path.is_symlink() {
        let why = message!("it-is-a-link-among-responses");
        return Err(Error::read(path, io::Error::other(why)));
    }
    Ok(())
}

/// The folder whose own assessment a file is.
fn folder_of_assessment(file: &Path) -> Option<&Path> {
    let is_own = file.file_name().is_some_and(|name| name == ASSESSMENT);
    file.parent().filter(|_| is_own)
}

/// The answers of an assessment with all that lies in its folder.
pub(super) fn merge(
    path: &Path,
    file: &AssessmentFile,
    rulebook: &Rulebook,
    reader: &mut Reader,
) -> Result<Answers> {
    let responses = ResponseFiles::of_assessment(path)?;
    let before = reader.problems.errors();
    let tally = responses.count(rulebook, reader)?;
    let sound = reader.problems.errors() == before;
    let consensus = read_beside::<ConsensusFile>(path, CONSENSUS, reader)?;
    let targets = read_beside::<TargetsFile>(path, TARGETS, reader)?;
    let beside = CompanionFiles {
        // Of those that are sound no conclusion is drawn while others are not.
        tally: sound.then_some(&tally),
        consensus: consensus.as_ref(),
        targets: targets.as_ref(),
        responses: !responses.single.is_empty() || !responses.surveys.is_empty(),
    };
    Answers::merge(rulebook, file, &beside, &mut reader.problems).ok_or(Failure::Invalid)
}

/// A file in the folder of an assessment; `None` where it is not there or not valid.
fn read_beside<T: Document>(
    assessment: &Path,
    name: &str,
    reader: &mut Reader,
) -> Result<Option<T>> {
    let path = folder_of_assessment(assessment).map(|folder| folder.join(name));
    match path.filter(|path| path.exists()) {
        Some(path) => if_valid(reader.file(&path)),
        None => Ok(None),
    }
}

/// A response with a problem.
struct BadResponse<'a> {
    path: &'a Path,
    /// The problem that somebody answers twice, which the file alone does not show.
    twice: Option<Diagnostic>,
    /// True if it cannot be counted.
    refused: bool,
}

/// Reads and checks one response.
pub(crate) fn read_response(
    rulebook: &Rulebook,
    path: &Path,
    reader: &mut Reader,
) -> Result<(ResponseFile, Response)> {
    check_no_link(path)?;
    let file: ResponseFile = reader.file(path)?;
    let response = Response::check(rulebook, &file, &mut reader.problems);
    response
        .map(|response| (file, response))
        .ok_or(Failure::Invalid)
}

/// The responses that lie in files of their own.
pub(crate) fn single_responses(
    rulebook: &Rulebook,
    folder: &Path,
    reader: &mut Reader,
) -> Result<Vec<ResponseFile>> {
    let files = ResponseFiles::find(folder)?;
    if let Some(first) = files.surveys.first() {
        let message = message!(
            "is-a-table-already-and-is-left-out",
            first = first.display()
        );
        let problem = Diagnostic::warning(Code::UnknownFile, message);
        reader.problems.push(problem);
    }
    let mut list = Vec::new();
    for path in &files.single {
        let response = if_valid(read_response(rulebook, path, reader))?;
        list.extend(response.map(|(file, _)| file));
    }
    if reader.problems.has_errors() {
        return Err(Failure::Invalid);
    }
    Ok(list)
}

/// Reads files with problems again, now to keep the problems.
fn show(rulebook: &Rulebook, bad: &[BadResponse<'_>], reader: &mut Reader) -> Result<()> {
    for one in bad.iter().take(SHOWN) {
        let Some(source) = if_valid(reader.open(one.path))? else {
            continue;
        };
        reader.sources.withhold(source);
        let mut own = Diagnostics::new();
        let file = ResponseFile::read_sound(&reader.sources, source, &mut own);
        if let Some(problem) = &one.twice {
            let place = file.map(|file| file.respondent.place).unwrap_or_default();
            reader.problems.push(problem.clone().at(place));
            continue;
        }
        if let Some(file) = file {
            drop(Response::check(rulebook, &file, &mut own));
        }
        own.extend(unprintable(&reader.sources, source));
        reader.add_withheld(own);
    }
    let rest = bad.get(SHOWN..).unwrap_or_default();
    let Some(first) = rest.first() else {
        return Ok(());
    };
    let message = message!(
        "more-responses-have-problems-the-first",
        rest = rest.len(),
        path = first.path.display()
    );
    let problem = if rest.iter().any(|one| one.refused) {
        Diagnostic::error(Code::TooManyProblems, message)
    } else {
        Diagnostic::warning(Code::TooManyProblems, message)
    };
    let help = message!("mend-those-told-then-check");
    reader.problems.push(problem.help(help));
    Ok(())
}

/// Counts everybody in a survey, row by row.
fn count_survey(
    rulebook: &Rulebook,
    path: &Path,
    roll: &mut RespondentNames,
    reader: &mut Reader,
) -> Result<Tally> {
    let mapping = path.with_extension("mapping.yaml");
    let mapping = if mapping.exists() {
        Some(reader.file::<MappingFile>(&mapping)?)
    } else {
        None
    };
    let settings = ImportOptions::default();
    let import = Import::new(rulebook, mapping.as_ref(), settings, &mut reader.problems)
        .ok_or(Failure::Invalid)?;
    let wrap = |error| Error::read(path, error);
    let file = text::open(path)?;
    let progress = ProgressLine::new(reader.output, true);
    let mut show = |people: u32| progress.show(&format!("{people} respondents"));
    let name = path.display().to_string();
    let mut own = Diagnostics::new();
    let tally = import.tally(&name, file, roll, &mut reader.sources, &mut own, &mut show);
    if reader.named.iter().any(|named| named == path) {
        reader.problems.extend(own);
    } else {
        reader.add_withheld(own);
    }
    tally.map_err(wrap)?.ok_or(Failure::Invalid)
}
