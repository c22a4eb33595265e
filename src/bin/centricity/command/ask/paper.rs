//! What is being answered: an assessment by its assessor, or the response of one respondent.

mod who;

use crate::command::check::{Kind, kind};
use crate::exit::Failure;
use crate::inputs::{ASSESSMENT, Folder, Notes, RESPONSES, Rulebooks, answers_file};
use centricity::answers::file::{AssessmentFile, ResponseFile};
use centricity::answers::{Answers, CompanionFiles, Response};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceId};
use centricity::text::yaml::{Document, Located};
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub(super) use who::{Told, Who};
use who::{known, newcomer, own_file};

/// What is being answered, with the rules it answers to.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) file: PathBuf,
    pub(super) who: Who,
    pub(super) rulebook: Arc<Rulebook>,
    /// The packs the assessment asks for, to notice when somebody changes them.
    packs: Vec<String>,
}

impl Paper {
    /// What there is to answer at a path; `None` where it is not valid, which `notes` then tells.
    pub(super) fn find(
        path: &Path,
        told: Told<'_>,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        if path.as_os_str() == "-" {
            let message = "an interview is held over a file, not over standard input";
            return Err(Failure::usage(
                message,
                "give an assessment's folder, or a response",
            ));
        }
        if let (Some(name), true) = (told.respondent, path.is_dir() || is_assessment(path)) {
            let folder = answers_file(path)?.with_file_name(RESPONSES);
            return Self::response(folder.join(own_file(name)?), told, rulebooks, notes);
        }
        if path.is_dir() || (path.is_file() && !is_response(path)?) {
            return Self::assessment(answers_file(path)?, rulebooks, notes);
        }
        Self::response(path.to_owned(), told, rulebooks, notes)
    }

    fn assessment(
        file: PathBuf,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let Some((rulebook, packs)) = rules(&file, rulebooks, notes)? else {
            return Ok(None);
        };
        let responses = !Folder::around(&file)?.responses.is_empty();
        Ok(Some(Self {
            file,
            who: Who::Assessor { responses },
            rulebook,
            packs,
        }))
    }

    fn response(
        file: PathBuf,
        told: Told<'_>,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let folder = file
            .parent()
            .and_then(Path::parent)
            .unwrap_or(Path::new(""));
        let beside = folder.join(ASSESSMENT);
        let in_place = file
            .parent()
            .and_then(Path::file_name)
            .is_some_and(|name| name == RESPONSES);
        let asked = if in_place && beside.is_file() {
            rules(&beside, rulebooks, notes)?
        } else if file.is_file() {
            own_rules(&file, rulebooks, notes)?
        } else {
            return Err(nowhere(&file));
        };
        let Some((rulebook, packs)) = asked else {
            return Ok(None);
        };
        let who = if file.is_file() {
            known(&file, told, notes)?
        } else {
            Some(newcomer(&file, told, folder)?)
        };
        Ok(who.map(|who| Self {
            file,
            who,
            rulebook,
            packs,
        }))
    }

    /// The text of a response before its first answer.
    pub(super) fn blank(&self) -> String {
        let Who::Respondent { name, role } = &self.who else {
            return String::new();
        };
        let packs = self.rulebook.packs().iter();
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

    /// The answers a text holds; `None` where it is not valid, which `notes` then tells.
    pub(super) fn read(&self, source: SourceId, notes: &mut Notes) -> Option<Answers> {
        let Notes {
            sources, problems, ..
        } = notes;
        let rulebook = &self.rulebook;
        match &self.who {
            Who::Assessor { responses } => {
                let file = AssessmentFile::read_sound(sources, source, problems)?;
                let beside = CompanionFiles {
                    responses: *responses,
                    ..CompanionFiles::default()
                };
                if self.packs != names(&file.packs) {
                    let message =
                        "the assessment asks for other packs than when the interview began";
                    let problem = Diagnostic::error(Code::InvalidUse, message).at(file.packs.place);
                    problems.push(problem.help("stop, and begin the interview again"));
                    return None;
                }
                Answers::merge(rulebook, &file, &beside, problems)
            }
            Who::Respondent { name, role } => {
                let file = ResponseFile::read_sound(sources, source, problems)?;
                let response = Response::check(rulebook, &file, problems)?;
                if response.respondent != *name || response.role != *role {
                    let message = format!(
                        "this is no longer the response of `{name}` in the role `{}`",
                        role.name()
                    );
                    let problem =
                        Diagnostic::error(Code::InvalidUse, message).at(file.respondent.place);
                    problems.push(problem.help("stop, and begin the interview again"));
                    return None;
                }
                Some(response.alone(rulebook))
            }
        }
    }
}

/// Rules, and the names of their packs.
type Rules = Result<Option<(Arc<Rulebook>, Vec<String>)>, Failure>;

/// The rules of an assessment.
fn rules(file: &Path, rulebooks: &Rulebooks, notes: &mut Notes) -> Rules {
    let Some(assessment) = notes.file::<AssessmentFile>(file)? else {
        return Ok(None);
    };
    own(file, &assessment.packs, rulebooks, notes)
}

/// The rules a response names itself, where it lies with no assessment.
fn own_rules(file: &Path, rulebooks: &Rulebooks, notes: &mut Notes) -> Rules {
    let Some(response) = notes.file::<ResponseFile>(file)? else {
        return Ok(None);
    };
    if response.packs.is_empty() {
        return Err(nowhere(file));
    }
    own(file, &response.packs, rulebooks, notes)
}

fn own(file: &Path, packs: &[Located<String>], rulebooks: &Rulebooks, notes: &mut Notes) -> Rules {
    let base = file.parent().unwrap_or(Path::new(""));
    let rulebook = rulebooks.rulebook(packs, base, notes)?;
    Ok(rulebook.map(|rulebook| (rulebook, names(packs))))
}

fn nowhere(file: &Path) -> Failure {
    let message = format!(
        "`{}` does not lie in the folder `{RESPONSES}` of an assessment",
        file.display()
    );
    let help = format!(
        "`centricity ask FOLDER --respondent NAME --role ROLE` puts a response where it belongs, beside the {ASSESSMENT}"
    );
    Failure::world(message, help)
}

fn names(packs: &[Located<String>]) -> Vec<String> {
    packs.iter().map(|pack| pack.value.clone()).collect()
}

fn is_assessment(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ASSESSMENT)
}

fn is_response(path: &Path) -> Result<bool, Failure> {
    let mut scratch = Notes::default();
    let (name, bytes) = crate::inputs::read(path)?;
    let source = scratch.add(name, bytes);
    Ok(source.is_some_and(|source| matches!(kind(&scratch.sources, source), Kind::Response)))
}

/// The errors among some problems: an interview is no place for warnings.
pub(super) fn errors(problems: &Diagnostics) -> Diagnostics {
    let errors = problems
        .iter()
        .filter(|one| one.severity == Severity::Error);
    errors.cloned().collect()
}
