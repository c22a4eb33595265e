//! An assessment, or the result of one that was kept: either can be compared.

use super::{AssessmentRef, Notes, Rulebooks, Subject, answers_file, read};
use crate::exit::Failure;
use centricity::answers::Answers;
use centricity::assess::assessment::{Assessment, assess};
use centricity::rules::rulebook::Rulebook;
use centricity::study::compare::Side;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources};
use centricity::text::yaml::{Document, Value, json_problem};
use std::path::Path;

/// A result begins within so many bytes with what made it.
const HEAD: usize = 400;

/// A result, with what it was made from where that is at hand.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) result: Assessment,
    pub(crate) subject: Option<Subject>,
    /// The text of a result that was kept.
    pub(crate) source: Option<SourceId>,
}

impl Told {
    /// Reads answers and scores them, or reads a result; `None` where neither is valid, which
    /// `notes` then tells.
    pub(crate) fn load(
        moment: &AssessmentRef,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let Some(revision) = &moment.revision else {
            return Self::read(&answers_file(&moment.path)?, rulebooks, notes);
        };
        let (checkout, path) = moment.laid(revision)?;
        let told = Self::read(&path, rulebooks, notes);
        checkout.tell(revision, notes);
        told
    }

    /// The same, where a revision may have no such file.
    pub(crate) fn if_there(
        moment: &AssessmentRef,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Earlier, Failure> {
        let Some(revision) = &moment.revision else {
            return Self::load(moment, rulebooks, notes).map(Earlier::of);
        };
        let Some((checkout, path)) = moment.find(revision)? else {
            return Ok(Earlier::Absent);
        };
        let told = Self::read(&path, rulebooks, notes);
        checkout.tell(revision, notes);
        told.map(Earlier::of)
    }

    fn read(
        path: &Path,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let (name, bytes) = read(path)?;
        let Some(source) = notes.add(name, bytes) else {
            return Ok(None);
        };
        let text = notes.sources.text(source);
        let is_result = is_result(text);
        let named = path.extension().is_some_and(|end| end == "json");
        let is_json = is_result || (named && text.trim_start().starts_with('{'));
        let fault = is_json.then(|| json_problem(&notes.sources, source));
        if let Some(fault) = fault.flatten() {
            notes.problems.push(fault);
            return Ok(None);
        }
        if is_result {
            let result = kept(&notes.sources, source, &mut notes.problems);
            return Ok(result.map(|result| Self {
                result,
                subject: None,
                source: Some(source),
            }));
        }
        let subject = Subject::check(path, source, rulebooks, notes)?;
        Ok(subject.map(Self::of))
    }

    /// Answers, scored.
    pub(crate) fn of(subject: Subject) -> Self {
        Self {
            result: assess(&subject.rulebook, &subject.answers),
            subject: Some(subject),
            source: None,
        }
    }

    /// As compare reads it.
    pub(crate) fn side(&self) -> Side<'_> {
        let source: Option<(&Rulebook, &Answers)> = self
            .subject
            .as_ref()
            .map(|subject| (&*subject.rulebook, &subject.answers));
        Side {
            result: &self.result,
            source,
        }
    }
}

/// What was there at an earlier time.
#[derive(Debug)]
pub(crate) enum Earlier {
    /// An assessment.
    There(Box<Told>),
    /// Nothing yet.
    Absent,
    /// Something that is not valid, which was told.
    Invalid,
}

impl Earlier {
    pub(crate) fn of(told: Option<Told>) -> Self {
        told.map_or(Self::Invalid, |told| Self::There(Box::new(told)))
    }
}

/// Whether a text is a result and no answers: it is JSON, and begins with what made it. This is
/// told from its beginning, so that one that is cut off is told to be that.
fn is_result(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(HEAD).collect();
    head.starts_with('{') && head.contains("\"engine\"")
}

/// A result that was kept. Keys that a later version added are passed over here; what prints the
/// result by its packs refuses them.
fn kept(sources: &Sources, source: SourceId, problems: &mut Diagnostics) -> Option<Assessment> {
    let mut own = Diagnostics::new();
    let result: Option<Assessment> = Assessment::read_sound(sources, source, &mut own);
    let told = own.into_iter();
    let told: Vec<Diagnostic> = told.filter(|one| one.code != Code::UnknownKey).collect();
    let format = result.as_ref().map(|result| result.format);
    if told.is_empty() && format == Some(1) {
        return result;
    }
    let place = Place {
        source,
        start: 0,
        end: 1,
    };
    let read: Option<Value> = Value::read(sources, source, &mut Diagnostics::new());
    match read {
        Some(Value::Map(keys))
            if keys.get("scores").is_none() || keys.get("questions").is_none() =>
        {
            let problem = Diagnostic::error(Code::WrongType, "this is no result of an assessment");
            problems.push(
                problem
                    .at(place)
                    .help("`centricity assess PATH --format json > result.json` keeps one"),
            );
        }
        Some(_) if format != Some(1) => {
            let message = "this result has a format that is not known";
            let problem = Diagnostic::error(Code::UnknownFormat, message).at(place);
            problems.push(problem.help("only format 1 is; a later centricity may know it"));
        }
        _ => problems.extend(told),
    }
    None
}
