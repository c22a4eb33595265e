//! The folder around an assessment: responses counted one by one, consensus, targets.
//!
//! Responses are read on all cores and let go as soon as they are counted, so a folder takes the
//! same memory whatever its size. Only files with a problem are read a second time, to be shown.
//! Surveys, as CSV or XLSX, lie among them and are counted row by row.

use super::survey::{self, is_mapping, is_survey};
use super::{Notes, read};
use crate::exit::Failure;
use crate::inputs::ASSESSMENT;
use centricity::answers::file::{AssessmentFile, ConsensusFile, ResponseFile, TargetsFile};
use centricity::answers::{Answers, CompanionFiles, RespondentNames, Response, Tally};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics};
use centricity::text::error::Error;
use centricity::text::yaml::Document;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Where responses lie, beside the assessment.
pub(crate) const RESPONSES: &str = "responses";
/// What was agreed.
pub(crate) const CONSENSUS: &str = "consensus.yaml";
/// What is aimed at.
pub(crate) const TARGETS: &str = "targets.yaml";

/// Files counted by one thread in one go. Figures do not depend on it: parts are added in order.
const PART: usize = 64;
/// Parts held at once.
const PARTS: usize = 32;
/// Files with problems that are shown; more are counted.
const SHOWN: usize = 20;

/// The files beside an assessment.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    pub(crate) responses: Vec<PathBuf>,
    surveys: Vec<PathBuf>,
    consensus: Option<PathBuf>,
    targets: Option<PathBuf>,
}

impl Folder {
    /// What lies beside an assessment's file; nothing, unless that is the folder's own.
    pub(crate) fn around(file: &Path) -> Result<Self, Failure> {
        let folder = match file.parent() {
            Some(folder) if file.file_name().is_some_and(|name| name == ASSESSMENT) => folder,
            _ => return Ok(Self::default()),
        };
        let beside = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        let (surveys, responses) = responses(&folder.join(RESPONSES))?;
        Ok(Self {
            responses,
            surveys,
            consensus: beside(CONSENSUS),
            targets: beside(TARGETS),
        })
    }

    /// The answers of the assessment with all that lies beside it; `None` where anything is not
    /// valid, which `notes` then tells.
    pub(crate) fn merge(
        &self,
        rulebook: &Rulebook,
        file: &AssessmentFile,
        notes: &mut Notes,
    ) -> Result<Option<Answers>, Failure> {
        let tally = self.tally(rulebook, notes)?;
        let consensus = match &self.consensus {
            Some(path) => notes.file::<ConsensusFile>(path)?,
            None => None,
        };
        let targets = match &self.targets {
            Some(path) => notes.file::<TargetsFile>(path)?,
            None => None,
        };
        let beside = CompanionFiles {
            tally: Some(&tally),
            consensus: consensus.as_ref(),
            targets: targets.as_ref(),
            responses: !self.responses.is_empty(),
        };
        let answers = Answers::merge(rulebook, file, &beside, &mut notes.problems);
        Ok(answers)
    }

    /// All responses, counted.
    fn tally(&self, rulebook: &Rulebook, notes: &mut Notes) -> Result<Tally, Failure> {
        let mut all = Tally::new(rulebook);
        let mut roll = RespondentNames::new();
        let mut bad = Vec::new();
        let mut done = 0;
        for batch in self.responses.chunks(PART * PARTS) {
            let parts: Result<Vec<Part>, Error> = batch
                .par_chunks(PART)
                .map(|files| Part::count(rulebook, files))
                .collect();
            for part in parts? {
                for (path, respondent) in &part.names {
                    let twice = roll.enter(respondent, &path.display().to_string());
                    bad.extend(twice.err().map(|problem| Bad {
                        path: path.clone(),
                        twice: Some(*problem),
                        refused: true,
                    }));
                }
                bad.extend(part.bad);
                all.absorb(part.tally);
            }
            done += batch.len();
            notes.progress(done, self.responses.len(), "responses");
        }
        show(rulebook, &bad, notes)?;
        for path in &self.surveys {
            let counted = survey::count(rulebook, path, &mut roll, notes)?;
            all.absorb(counted.unwrap_or_else(|| Tally::new(rulebook)));
        }
        Ok(all)
    }
}

/// The surveys and the single responses of a folder, by name.
pub(crate) fn responses(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    if !folder.is_dir() {
        return Ok((Vec::new(), Vec::new()));
    }
    let wrap = |error| Error::read(folder, error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrap)? {
        let path = entry.map_err(wrap)?.path();
        let single = path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml" || end == "json");
        let hidden = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(['.', '~']));
        if (single || is_survey(&path)) && !hidden && !is_mapping(&path) {
            files.push(path);
        }
    }
    files.sort_unstable();
    Ok(files.into_iter().partition(|path| is_survey(path)))
}

/// Some of the responses, counted.
struct Part {
    tally: Tally,
    names: Vec<(PathBuf, String)>,
    bad: Vec<Bad>,
}

/// A response with a problem.
struct Bad {
    path: PathBuf,
    /// That somebody answers twice, which the file alone does not tell.
    twice: Option<Diagnostic>,
    /// Whether it cannot be counted.
    refused: bool,
}

impl Part {
    fn count(rulebook: &Rulebook, files: &[PathBuf]) -> Result<Self, Error> {
        let mut part = Self {
            tally: Tally::new(rulebook),
            names: Vec::new(),
            bad: Vec::new(),
        };
        for path in files {
            let mut notes = Notes::default();
            let response = respond(rulebook, path, &mut notes)?;
            if let Some((_, response)) = response {
                part.tally.add(rulebook, &response);
                part.names.push((path.clone(), response.respondent));
            }
            if !notes.problems.is_empty() {
                part.bad.push(Bad {
                    path: path.clone(),
                    twice: None,
                    refused: notes.problems.has_errors(),
                });
            }
        }
        Ok(part)
    }
}

/// One response; `None` where it is not valid, which `notes` then tells.
pub(crate) fn respond(
    rulebook: &Rulebook,
    path: &Path,
    notes: &mut Notes,
) -> Result<Option<(ResponseFile, Response)>, Error> {
    let bytes = centricity::text::error::read_bounded(path)?;
    let Some(source) = notes.add(path.display().to_string(), bytes) else {
        return Ok(None);
    };
    let Notes {
        sources, problems, ..
    } = notes;
    let file = ResponseFile::read_sound(sources, source, problems);
    Ok(file.and_then(|file| {
        let response = Response::check(rulebook, &file, problems)?;
        Some((file, response))
    }))
}

/// Reads files with problems again, now to keep what is said of them.
fn show(rulebook: &Rulebook, bad: &[Bad], notes: &mut Notes) -> Result<(), Failure> {
    for one in bad.iter().take(SHOWN) {
        match &one.twice {
            None => drop(respond(rulebook, &one.path, notes)?),
            Some(problem) => {
                let (name, bytes) = read(&one.path)?;
                let Some(source) = notes.add(name, bytes) else {
                    continue;
                };
                let mut scratch = Diagnostics::new();
                let file = ResponseFile::read(&notes.sources, source, &mut scratch);
                let place = file.map(|file| file.respondent.place).unwrap_or_default();
                notes.problems.push(problem.clone().at(place));
            }
        }
    }
    let rest = bad.get(SHOWN..).unwrap_or_default();
    let Some(first) = rest.first() else {
        return Ok(());
    };
    let message = format!(
        "{} more responses have problems, the first of them `{}`",
        rest.len(),
        first.path.display()
    );
    let told = if rest.iter().any(|one| one.refused) {
        Diagnostic::error
    } else {
        Diagnostic::warning
    };
    let problem = told(Code::TooManyProblems, message);
    let help = "mend those told, then check again";
    notes.problems.push(problem.help(help));
    Ok(())
}
