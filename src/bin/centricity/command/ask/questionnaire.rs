//! The file of an interview and the one who answers it: an assessment for its assessor, or a response
//! for its respondent. It is saved after each answer, and never over the words of somebody else.

use super::{Ask, show_errors};
use crate::command::check::{FileKind, kind_of};
use crate::inputs::{ASSESSMENT, RESPONSES, Reader, ResponseFiles, assessment_file, check_no_link};
use crate::output::{Output, create_folder, draft, folder_of, place, redraft};
use crate::{Failure, Result, if_valid, usage, world};
use centricity::answers::file::{AssessmentFile, ResponseFile};
use centricity::answers::{Answers, CompanionFiles, RespondentNames, Response};
use centricity::collect::import::file_name;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{FormLength, Role};
use centricity::text::diagnostic::{Code, Diagnostic, SourceId, Sources};
use centricity::text::yaml::{Located, is_yaml};
use centricity::text::{Error, read_bounded};
use centricity::{message, problem};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The one who answers.
#[derive(Debug, Clone)]
pub(super) enum Answerer {
    /// The assessor, in the assessment itself, with or without responses next to it.
    Assessor { responses: bool },
    /// A respondent of this name and role.
    Respondent { name: String, role: Role },
}

/// The file to be answered, with the rulebook it answers to.
#[derive(Debug)]
pub(super) struct Questionnaire {
    pub(super) file: PathBuf,
    pub(super) answerer: Answerer,
    pub(super) rulebook: Arc<Rulebook>,
    /// Length of the form that is asked.
    pub(super) length: FormLength,
    /// The packs the assessment asks for, to notice when somebody changes them.
    packs: Vec<String>,
}

impl Questionnaire {
    /// Finds what there is to answer at a path.
    pub(super) fn find(asked: &Ask, reader: &mut Reader) -> Result<Self> {
        let path = asked.path.as_path();
        if path.as_os_str() == "-" {
            return Err(usage!("an-interview-is-held-over-a-file-not"));
        }
        let is_assessment = path.file_name().is_some_and(|name| name == ASSESSMENT);
        if let (Some(name), true) = (&asked.respondent, path.is_dir() || is_assessment) {
            let folder = assessment_file(path)?.with_file_name(RESPONSES);
            let file = folder.join(response_file_name(name)?);
            return Self::response(file, asked, reader);
        }
        if path.is_dir() || (path.is_file() && !is_response(path)?) {
            let file = assessment_file(path)?;
            let (assessment, rulebook) = reader.assessment(&file)?;
            let responses = !ResponseFiles::of_assessment(&file)?.single.is_empty();
            return Ok(Self {
                file,
                answerer: Answerer::Assessor { responses },
                rulebook,
                length: FormLength::of(asked.short).max(assessment.length()),
                packs: names(&assessment.packs),
            });
        }
        Self::response(path.to_owned(), asked, reader)
    }

    fn response(file: PathBuf, asked: &Ask, reader: &mut Reader) -> Result<Self> {
        let folder = file.parent().and_then(Path::parent);
        let folder = folder.unwrap_or(Path::new(""));
        let assessment = folder.join(ASSESSMENT);
        let inner = file.parent().and_then(Path::file_name);
        check_no_link(&file)?;
        let mut length = FormLength::of(asked.short);
        let (packs, rulebook) =
            if inner.is_some_and(|name| name == RESPONSES) && assessment.is_file() {
                let (assessment, rulebook) = reader.assessment(&assessment)?;
                length = length.max(assessment.length());
                (names(&assessment.packs), rulebook)
            } else {
                response_rules(&file, reader)?
            };
        let answerer = if file.is_file() {
            read_answerer(&file, asked, reader)?
        } else {
            new_respondent(&file, asked, folder)?
        };
        Ok(Self {
            file,
            answerer,
            rulebook,
            length,
            packs,
        })
    }

    /// The text of a response before its first answer.
    pub(super) fn blank(&self) -> String {
        let Answerer::Respondent { name, role } = &self.answerer else {
            return String::new();
        };
        let packs = self.rulebook.packs.iter();
        let packs: Vec<_> = packs
            .map(|pack| format!("{}@{}", pack.id, pack.version))
            .collect();
        format!(
            "format: 1\nrespondent: {}\nrole: {}\npacks: [{}]\n",
            serde_json::Value::from(name.as_str()),
            role.name(),
            packs.join(", ")
        )
    }

    /// The answers in a text, all of them under the ids that questions have today.
    pub(super) fn answers(&self, source: SourceId, reader: &mut Reader) -> Result<Answers> {
        let answers = self.checked(source, reader)?;
        let mut problems = reader.problems.iter();
        let Some(earlier) = problems.find(|one| one.code == Code::Moved) else {
            return Ok(answers);
        };
        let (place, path) = (earlier.place.unwrap_or_default(), self.file.display());
        let problem = problem!(Moved, "an-interview-writes-under-the-ids-of-today", path);
        reader.problems.push(problem.at(place));
        Err(Failure::Invalid)
    }

    fn checked(&self, source: SourceId, reader: &mut Reader) -> Result<Answers> {
        let rulebook = &self.rulebook;
        let changed = |message: &str, place, reader: &mut Reader| {
            let problem = Diagnostic::error(Code::InvalidUse, message).at(place);
            let help = message!("stop-and-begin-the-interview-again");
            reader.problems.push(problem.help(help));
            Err(Failure::Invalid)
        };
        match &self.answerer {
            Answerer::Assessor { responses } => {
                let file: AssessmentFile = reader.document(source)?;
                let beside = CompanionFiles {
                    responses: *responses,
                    ..CompanionFiles::default()
                };
                if self.packs != names(&file.packs) {
                    let message = message!("the-assessment-asks-for-other-packs");
                    return changed(message, file.packs.place, reader);
                }
                Answers::merge(rulebook, &file, &beside, &mut reader.problems)
                    .ok_or(Failure::Invalid)
            }
            Answerer::Respondent { name, role } => {
                let file: ResponseFile = reader.document(source)?;
                let response = Response::check(rulebook, &file, &mut reader.problems);
                let response = response.ok_or(Failure::Invalid)?;
                if response.respondent != *name || response.role != *role {
                    let role = role.name();
                    let message =
                        message!("this-is-no-longer-the-response-of-in-the-role", name, role);
                    return changed(&message, file.respondent.place, reader);
                }
                Ok(response.answers)
            }
        }
    }
}

/// The packs that a response names, where it lies with no assessment, and their rulebook.
fn response_rules(file: &Path, reader: &mut Reader) -> Result<(Vec<String>, Arc<Rulebook>)> {
    let response: Option<ResponseFile> = file.is_file().then(|| reader.file(file)).transpose()?;
    let packs = response.map_or_else(Vec::new, |response| response.packs);
    if packs.is_empty() {
        let file = file.display();
        return Err(world!(
            "does-not-lie-in-the-folder-of-an-assessment",
            file,
            RESPONSES,
            ASSESSMENT
        ));
    }
    let base = file.parent().unwrap_or(Path::new(""));
    let rulebook = reader.rulebook(&packs, base)?;
    Ok((names(&packs), rulebook))
}

fn names(packs: &[Located<String>]) -> Vec<String> {
    packs.iter().map(|pack| pack.value.clone()).collect()
}

fn is_response(path: &Path) -> Result<bool> {
    let mut scratch = Reader::default();
    let source = if_valid(scratch.open(path))?;
    Ok(source.is_some_and(|source| kind_of(&scratch.sources, source) == FileKind::Response))
}

/// The one whose response is there already.
fn read_answerer(file: &Path, asked: &Ask, reader: &mut Reader) -> Result<Answerer> {
    let response: ResponseFile = reader.file(file)?;
    let (name, role) = (response.respondent.value, response.role.value);
    let is_other = asked.respondent.as_ref().is_some_and(|one| *one != name)
        || asked.role.is_some_and(|one| one != role);
    if is_other {
        let (file, role) = (file.display(), role.name());
        return Err(usage!("is-the-response-of-in-the-role", file, name, role));
    }
    Ok(Answerer::Respondent { name, role })
}

/// Somebody who has not answered yet, under a name that nobody else has.
fn new_respondent(file: &Path, asked: &Ask, folder: &Path) -> Result<Answerer> {
    let (Some(name), Some(role)) = (&asked.respondent, asked.role) else {
        return Err(usage!("is-not-there-yet", file = file.display()));
    };
    if !is_yaml(file) {
        return Err(usage!(
            "cannot-be-begun-as-a-response",
            file = file.display()
        ));
    }
    let mut others = RespondentNames::default();
    for path in ResponseFiles::of_assessment(&folder.join(ASSESSMENT))?.single {
        let response = if_valid(Reader::default().file::<ResponseFile>(&path))?;
        if let Some(response) = response {
            // Others who answer twice are for `check` to report.
            let _ = others.enter(&response.respondent.value, &path.display().to_string());
        }
    }
    match others.enter(name, &file.display().to_string()) {
        Ok(()) => Ok(Answerer::Respondent {
            name: name.clone(),
            role,
        }),
        Err(twice) => {
            let there = others.first(name).unwrap_or_default();
            let help = message!("centricity-ask-goes-on-with", there);
            Err(Failure::usage(twice.message, help))
        }
    }
}

/// The file of a respondent in the folder of responses, named as import names it.
fn response_file_name(name: &str) -> Result<String> {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if name.chars().all(plain) && name.starts_with(char::is_alphanumeric) {
        return Ok(file_name(name));
    }
    Err(usage!("cannot-be-the-name-of-a-file", name))
}

/// A file as it was last seen.
#[derive(Debug)]
pub(super) struct InterviewFile {
    pub(super) path: PathBuf,
    /// Its content; `None` where it was not there.
    pub(super) seen: Option<Vec<u8>>,
}

impl InterviewFile {
    pub(super) fn open(path: PathBuf) -> Result<Self, Error> {
        let seen = read_if_there(&path)?;
        Ok(Self { path, seen })
    }

    /// Writes the file; `false` where somebody else has changed it since it was seen.
    pub(super) fn save(&mut self, text: &str) -> Result<bool, Error> {
        let target = self
            .path
            .canonicalize()
            .unwrap_or_else(|_| self.path.clone());
        let folder = folder_of(&target);
        create_folder(folder)?;
        let _locked = lock(folder);
        let found = read_if_there(&target)?;
        if found != self.seen {
            return Ok(false);
        }
        let before = found.as_deref().unwrap_or_default();
        let is_marked = before.starts_with(BYTE_ORDER_MARK.as_bytes());
        let mark = if is_marked { BYTE_ORDER_MARK } else { "" };
        let bytes = [mark, text].concat().into_bytes();
        let (file, target) = match found {
            Some(_) => redraft(&target, &bytes)?,
            None => (draft(folder, &bytes)?, target),
        };
        place(file, &target, self.seen.is_some())?;
        self.seen = Some(bytes);
        Ok(true)
    }
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    if path.exists() {
        read_bounded(path).map(Some)
    } else {
        Ok(None)
    }
}

/// Keeps other interviews in the same folder from saving at the very same moment, where the system
/// can lock a folder.
fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// A text with the answers it holds.
pub(super) struct AnswerText {
    pub(super) sources: Sources,
    pub(super) source: SourceId,
    pub(super) answers: Answers,
}

impl AnswerText {
    /// Reads a text; the file as it was last seen, or a new one, where none is given. Prints its errors.
    pub(super) fn read(
        questionnaire: &Questionnaire,
        file: &InterviewFile,
        text: Option<String>,
        output: Output,
    ) -> Result<Self> {
        let seen = || file.seen.clone();
        let bytes = text.map(String::into_bytes).or_else(seen);
        let bytes = bytes.unwrap_or_else(|| questionnaire.blank().into_bytes());
        let mut reader = Reader::default();
        let read = reader
            .add(file.path.display().to_string(), bytes)
            .and_then(|source| {
                let answers = questionnaire.answers(source, &mut reader)?;
                Ok((source, answers))
            });
        show_errors(&reader, output);
        let (source, answers) = read?;
        if reader.problems.has_errors() {
            return Err(Failure::Invalid);
        }
        Ok(Self {
            sources: reader.sources,
            source,
            answers,
        })
    }
}
