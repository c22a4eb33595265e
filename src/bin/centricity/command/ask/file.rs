//! The file an interview writes: saved after each answer, and never over the words of somebody else.

use super::questionnaire::Questionnaire;
use crate::exit::{Failure, Result};
use crate::inputs::Reader;
use crate::output::{Output, create_folder, draft, folder_of, place};
use centricity::answers::Answers;
use centricity::text::diagnostic::{Severity, SourceId, Sources};
use centricity::text::{Error, read_bounded};
use std::fs::File;
use std::path::{Path, PathBuf};

const BYTE_ORDER_MARK: &str = "\u{feff}";

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

    /// Reads the file again.
    pub(super) fn reload(&mut self) -> Result<(), Error> {
        self.seen = read_if_there(&self.path)?;
        Ok(())
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
        let file = draft(folder, &bytes)?;
        if let Ok(before) = std::fs::metadata(&target) {
            let copied = std::fs::set_permissions(&file, before.permissions());
            copied.map_err(|error| Error::write(&target, error))?;
        }
        place(file, &target, found.is_some())?;
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
    /// Reads the file as it was last seen, or a new one, and prints its errors.
    pub(super) fn of_file(
        questionnaire: &Questionnaire,
        file: &InterviewFile,
        output: Output,
    ) -> Result<Self> {
        let blank = || questionnaire.blank().into_bytes();
        let bytes = file.seen.clone().unwrap_or_else(blank);
        Self::read(questionnaire, file, bytes, output)
    }

    /// Reads a text of the file, and prints its errors.
    pub(super) fn read(
        questionnaire: &Questionnaire,
        file: &InterviewFile,
        bytes: Vec<u8>,
        output: Output,
    ) -> Result<Self> {
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

/// Prints the errors of what was read: an interview is no place for warnings.
pub(super) fn show_errors(reader: &Reader, output: Output) {
    let errors = reader.problems.iter();
    let errors = errors.filter(|one| one.severity == Severity::Error);
    output.problems(&errors.cloned().collect(), &reader.sources);
}
