//! `check`: every problem of packs, answers and cases, with place and help.

mod people;
mod project;

use crate::inputs::{
    ASSESSMENT, CONSENSUS, CheckedAnswers, CheckedPack, PROJECT, PackArgs, Reader, TARGETS,
    every_pack, is_mapping, is_survey, read_response, without_version,
};
use crate::output::{Output, print_painted};
use crate::{Exit, Failure, Result, if_valid, world};
use centricity::answers::file::{AssessmentFile, ResponseFile};
use centricity::collect::Interview;
use centricity::message;
use centricity::rules::pack::{Texts, is_pack};
use centricity::rules::rulebook::Rulebook;
use centricity::study::case::CasesFile;
use centricity::study::portfolio::{Benchmark, BenchmarkFile};
use centricity::study::{Policy, PolicyFile};
use centricity::text::diagnostic::{Diagnostics, SourceId, Sources, to_json, to_sarif};
use centricity::text::yaml::{Document, Located, Value};
use centricity::text::{Error, escaped_json};
use clap::{Args, ValueEnum};
use project::check_project;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// Find every problem in answers, packs, cases, policies and benchmarks
///
/// PATH is an assessment, a pack, one file of a pack, a folder that holds any of these, a policy, a
/// benchmark, or - for standard input. All problems are shown at once, each with its place and what
/// to do about it.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity check clients/acme")]
pub(crate) struct Check {
    /// Check what is here
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Print problems in this format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ProblemFormat,
    #[command(flatten)]
    packs: PackArgs,
}

/// A format of problems.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ProblemFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For code hosts
    Sarif,
}

/// The kind of something that can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileKind {
    /// A pack's folder, or its only file.
    Pack,
    /// A file of answers.
    Answers,
    /// The answers of one respondent.
    Response,
    /// Cases without a pack around them.
    Cases,
    /// The policy of a gate.
    Policy,
    /// The spread of scores over many clients.
    Benchmark,
    /// The file of a project.
    Project,
}

impl Check {
    pub(crate) fn run(mut self, output: Output) -> Result<Exit> {
        let mut targets = BTreeSet::new();
        for path in &self.paths {
            targets.extend(find(path)?);
        }
        self.follow(&mut targets)?;
        let mut reader = Reader {
            thorough: true,
            named: self.paths.clone(),
            ..self.packs.reader(output)?
        };
        let mut lines = String::new();
        for (kind, path) in &targets {
            let line = check(*kind, path, &mut reader);
            lines.extend(if_valid(line)?);
        }
        reader.note_unprintable();
        report(&reader, &lines, self.format, output)
    }
}

/// Prints the problems, and on standard error what was checked.
pub(crate) fn report(
    reader: &Reader,
    lines: &str,
    format: ProblemFormat,
    output: Output,
) -> Result<Exit> {
    let (sources, problems) = (&reader.sources, &reader.problems);
    print_painted(&match format {
        ProblemFormat::Text if problems.is_empty() => String::new(),
        ProblemFormat::Text => match output.told(problems, sources, output.colors()) {
            told if told.is_empty() => told,
            told => told + "\n",
        },
        ProblemFormat::Json => escaped_json(&format!("{:#}\n", to_json(problems, sources))),
        ProblemFormat::Sarif => escaped_json(&format!("{:#}\n", to_sarif(problems, sources))),
    })?;
    if matches!(format, ProblemFormat::Text) {
        let (errors, warnings) = (problems.errors(), problems.warnings());
        let count = if problems.is_empty() {
            message!("no-problems").to_owned()
        } else {
            message!("errors-and-warnings", errors, warnings)
        };
        output.note(&format!("{lines}{count}\n"));
    }
    Ok(Exit::done_if(!problems.has_errors(), Exit::Invalid))
}

/// The files and packs to check at a path.
pub(crate) fn find(path: &Path) -> Result<Vec<(FileKind, PathBuf)>> {
    if path.as_os_str() == "-" {
        return Ok(vec![(FileKind::Answers, path.to_owned())]);
    }
    if !path.is_dir() {
        return Ok(vec![find_file(path)?]);
    }
    let mut targets = Vec::new();
    // Hidden folders hold what is unfinished, or other programs' own.
    let is_hidden = |entry: &DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(path).sort_by_file_name().into_iter();
    let mut walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| Error::read(path, error.into()))?;
        if entry.file_type().is_dir() && entry.path().join("pack.yaml").is_file() {
            targets.push((FileKind::Pack, entry.path().to_owned()));
            walk.skip_current_dir();
        } else if !entry.file_type().is_dir() {
            let name = entry.file_name();
            let kinds = [
                (ASSESSMENT, FileKind::Answers),
                (PROJECT, FileKind::Project),
            ];
            let kind = kinds.into_iter().find(|(own, _)| name == *own);
            targets.extend(kind.map(|(_, kind)| (kind, entry.path().to_owned())));
        }
    }
    if targets.is_empty() {
        let path = path.display();
        return Err(world!("there-is-no-pack-yaml-and-no", ASSESSMENT, path));
    }
    Ok(targets)
}

/// The kind of a file and what to check for it, by the pack around it or else by its keys.
fn find_file(path: &Path) -> Result<(FileKind, PathBuf)> {
    let around = path
        .ancestors()
        .skip(1)
        .take(4)
        .find(|folder| folder.join("pack.yaml").is_file());
    if let (Some(folder), true) = (around, is_pack(path)) {
        let is_here = folder == Path::new("");
        let folder = if is_here { Path::new(".") } else { folder };
        return Ok((FileKind::Pack, folder.to_owned()));
    }
    if path.file_name().is_some_and(|name| name == PROJECT) {
        return Ok((FileKind::Project, path.to_owned()));
    }
    if let Some(assessment) = assessment_beside(path) {
        return Ok((FileKind::Answers, assessment));
    }
    let mut scratch = Reader::default();
    let source = if_valid(scratch.open(path))?;
    let kind = source.map(|source| kind_of(&scratch.sources, source));
    Ok((kind.unwrap_or(FileKind::Answers), path.to_owned()))
}

/// The assessment that a consensus, targets, or a survey among the responses belong to.
fn assessment_beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let assessment = if is_survey(path) || is_mapping(path) {
        path.parent()?.with_file_name(ASSESSMENT)
    } else if [CONSENSUS, TARGETS].iter().any(|own| name == *own) {
        path.with_file_name(ASSESSMENT)
    } else {
        return None;
    };
    assessment.is_file().then_some(assessment)
}

/// Keys that show the kind of a file; the first that is there counts.
const KEYS: [(&str, FileKind); 16] = [
    ("defaults", FileKind::Project),
    ("extends", FileKind::Pack),
    ("respondent", FileKind::Response),
    ("client", FileKind::Answers),
    ("packs", FileKind::Answers),
    ("answers", FileKind::Answers),
    ("cases", FileKind::Cases),
    ("rules", FileKind::Policy),
    ("groups", FileKind::Benchmark),
    ("id", FileKind::Pack),
    ("version", FileKind::Pack),
    ("sections", FileKind::Pack),
    ("scores", FileKind::Pack),
    ("decisions", FileKind::Pack),
    ("findings", FileKind::Pack),
    ("ladders", FileKind::Pack),
];

/// The kind of a text, by its keys; answers where these do not show it.
pub(crate) fn kind_of(sources: &Sources, source: SourceId) -> FileKind {
    let Some(Value::Map(entries)) = Value::read(sources, source, &mut Diagnostics::new()) else {
        return FileKind::Answers;
    };
    let found = KEYS.iter().find(|(key, _)| entries.get(key).is_some());
    found.map_or(FileKind::Answers, |(_, kind)| *kind)
}

/// Checks something, and describes it in a line; a response and cases have none.
fn check(kind: FileKind, path: &Path, reader: &mut Reader) -> Result<String> {
    match kind {
        FileKind::Pack => {
            let pack = CheckedPack::check(Texts::read(path)?, reader)?;
            return Ok(describe(&pack.rulebook));
        }
        FileKind::Response => {
            check_response(path, reader)?;
            return Ok(String::new());
        }
        FileKind::Answers
        | FileKind::Cases
        | FileKind::Policy
        | FileKind::Benchmark
        | FileKind::Project => {}
    }
    let source = reader.open(path)?;
    let name = reader.sources.name(source).to_owned();
    let kind = if path.as_os_str() == "-" {
        kind_of(&reader.sources, source)
    } else {
        kind
    };
    let described = match kind {
        FileKind::Cases => {
            let _ = CasesFile::read(&reader.sources, source, &mut reader.problems);
            return Ok(String::new());
        }
        FileKind::Policy => {
            let rules = check_policy(source, reader)?;
            message!("a-policy-of", rules)
        }
        FileKind::Benchmark => {
            let groups = check_benchmark(source, reader).ok_or(Failure::Invalid)?;
            message!("a-benchmark-of", groups)
        }
        FileKind::Project => {
            check_project(path, source, reader)?;
            message!("a-project").to_owned()
        }
        FileKind::Answers | FileKind::Response | FileKind::Pack => {
            let checked = CheckedAnswers::check(path, source, reader)?;
            let (rulebook, answers) = (&checked.rulebook, &checked.answers);
            note_overlays(rulebook, reader);
            let interview = Interview::new(rulebook, None, answers.form, answers);
            let all = interview.count();
            let answered = all - interview.open();
            let described = message!("of-questions-answered", answered, all);
            let notes = people::notes(&checked);
            return Ok(format!("{name}: {described}\n{notes}"));
        }
    };
    Ok(format!("{name}: {described}\n"))
}

/// Notes what overlays of one assessment do to each other; each note once, however many assessments
/// lay them.
fn note_overlays(rulebook: &Rulebook, reader: &mut Reader) {
    for note in rulebook.overlay_notes() {
        if !reader.problems.contains(&note) {
            reader.problems.push(note);
        }
    }
}

/// Checks one response, by the packs of the assessment it lies with, or else by those it names.
fn check_response(path: &Path, reader: &mut Reader) -> Result<()> {
    let rulebook = check_response_rules(path, reader)?;
    read_response(&rulebook, path, reader).map(drop)
}

/// The rulebook of a response: that of the assessment it lies with, or else of the packs it names.
pub(super) fn check_response_rules(path: &Path, reader: &mut Reader) -> Result<Arc<Rulebook>> {
    let mut scratch = Reader::over(&reader.rulebooks);
    let folder = path.parent().and_then(Path::parent);
    let folder = folder.unwrap_or(Path::new(""));
    let assessment = folder.join(ASSESSMENT);
    let packs = if assessment.is_file() {
        let file = if_valid(scratch.file::<AssessmentFile>(&assessment))?;
        file.map(|file| file.packs.value)
    } else {
        let file = if_valid(scratch.file::<ResponseFile>(path))?;
        let unpinned = |pack: Located<String>| pack.map(|name| without_version(&name).to_owned());
        // A response itself says which versions it answers.
        file.map(|file| file.packs.into_iter().map(unpinned).collect())
    };
    let rulebook = scratch.rulebook(&packs.unwrap_or_default(), folder);
    if_valid(rulebook)?.ok_or_else(|| {
        *reader = scratch;
        Failure::Invalid
    })
}

/// Checks a policy against every pack there is, and counts its rules: an id that no pack has is a
/// problem.
fn check_policy(source: SourceId, reader: &mut Reader) -> Result<usize> {
    let file = PolicyFile::read(&reader.sources, source, &mut reader.problems);
    let file = file.ok_or(Failure::Invalid)?;
    let rulebook = every_pack(reader)?;
    Policy::check(&file, &rulebook, &mut reader.problems).ok_or(Failure::Invalid)?;
    Ok(file.rules.value.len())
}

/// Checks a benchmark, and counts its groups.
fn check_benchmark(source: SourceId, reader: &mut Reader) -> Option<usize> {
    let file = BenchmarkFile::read(&reader.sources, source, &mut reader.problems)?;
    Benchmark::check(&file, &mut reader.problems)?;
    Some(file.groups.len())
}

/// A pack in a line.
pub(crate) fn describe(rulebook: &Rulebook) -> String {
    let Some(pack) = rulebook.packs.first() else {
        return String::new();
    };
    let items = rulebook.items.iter().filter(|item| item.pack == 0).count();
    let findings = rulebook.findings.iter().filter(|one| one.pack == 0).count();
    let counts = message!("items-and-findings", items, findings);
    format!("{}: {counts}\n", pack.label())
}
