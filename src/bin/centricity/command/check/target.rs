//! What there is to check at a path.

use crate::exit::Failure;
use crate::inputs::{ASSESSMENT, CONSENSUS, Notes, TARGETS, is_mapping, is_survey, read};
use centricity::rules::pack::find::is_pack;
use centricity::text::diagnostic::{Diagnostics, SourceId, Sources};
use centricity::text::yaml::{Document, Value};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Something that can be checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A pack's folder, or its only file.
    Pack(PathBuf),
    /// A file of answers.
    Answers(PathBuf),
    /// What one respondent answered.
    Response(PathBuf),
    /// Cases without a pack around them.
    Cases(PathBuf),
    /// What a gate asks for.
    Policy(PathBuf),
    /// How scores are spread over many clients.
    Benchmark(PathBuf),
}

/// Everything to check at a path.
pub(super) fn find(path: &Path) -> Result<Vec<Target>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(vec![Target::Answers(path.to_owned())]);
    }
    if !path.is_dir() {
        return Ok(vec![file(path)?]);
    }
    let mut targets = Vec::new();
    let mut walk = WalkDir::new(path).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry =
            entry.map_err(|error| centricity::text::error::Error::read(path, error.into()))?;
        if entry.file_type().is_dir() && entry.path().join("pack.yaml").is_file() {
            targets.push(Target::Pack(entry.path().to_owned()));
            walk.skip_current_dir();
        } else if entry.file_type().is_file() && entry.file_name() == ASSESSMENT {
            targets.push(Target::Answers(entry.path().to_owned()));
        }
    }
    if targets.is_empty() {
        let message = format!(
            "there is no pack.yaml and no {ASSESSMENT} in `{}`",
            path.display()
        );
        return Err(Failure::world(
            message,
            "give a folder that holds one, or a file",
        ));
    }
    Ok(targets)
}

/// What a file is, by the pack around it or else by what it says.
fn file(path: &Path) -> Result<Target, Failure> {
    let around = path
        .ancestors()
        .skip(1)
        .take(4)
        .find(|folder| folder.join("pack.yaml").is_file());
    if let (Some(folder), true) = (around, is_pack(path)) {
        return Ok(Target::Pack(if folder == Path::new("") {
            PathBuf::from(".")
        } else {
            folder.to_owned()
        }));
    }
    if let Some(assessment) = beside(path) {
        return Ok(Target::Answers(assessment));
    }
    let (name, bytes) = read(path)?;
    let mut scratch = Notes::default();
    let Some(source) = scratch.add(name, bytes) else {
        return Ok(Target::Answers(path.to_owned()));
    };
    Ok(match kind(&scratch.sources, source) {
        Kind::Answers => Target::Answers(path.to_owned()),
        Kind::Response => Target::Response(path.to_owned()),
        Kind::Cases => Target::Cases(path.to_owned()),
        Kind::Pack => Target::Pack(path.to_owned()),
        Kind::Policy => Target::Policy(path.to_owned()),
        Kind::Benchmark => Target::Benchmark(path.to_owned()),
    })
}

/// The assessment that a consensus, targets, or a survey among the responses belong to.
fn beside(path: &Path) -> Option<PathBuf> {
    let own = path.file_name()?;
    let part = [CONSENSUS, TARGETS].iter().any(|name| own == *name);
    let survey = is_survey(path) || is_mapping(path);
    let assessment = if survey {
        path.parent()?.with_file_name(ASSESSMENT)
    } else {
        path.with_file_name(ASSESSMENT)
    };
    ((part || survey) && assessment.is_file()).then_some(assessment)
}

/// What a text is.
pub(crate) enum Kind {
    Answers,
    Response,
    Cases,
    Pack,
    Policy,
    Benchmark,
}

/// What a text is, by its keys; answers where that cannot be told.
pub(crate) fn kind(sources: &Sources, source: SourceId) -> Kind {
    let read = Value::read(sources, source, &mut Diagnostics::new());
    let Some(Value::Map(entries)) = read else {
        return Kind::Answers;
    };
    let has = |keys: &[&str]| keys.iter().any(|key| entries.get(key).is_some());
    if has(&["respondent"]) {
        Kind::Response
    } else if has(&["client", "packs", "answers"]) {
        Kind::Answers
    } else if has(&["cases"]) {
        Kind::Cases
    } else if has(&["rules"]) {
        Kind::Policy
    } else if has(&["groups"]) {
        Kind::Benchmark
    } else if has(&[
        "id",
        "version",
        "sections",
        "scores",
        "decisions",
        "findings",
        "ladders",
    ]) {
        Kind::Pack
    } else {
        Kind::Answers
    }
}
