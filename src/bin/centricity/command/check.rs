//! `check`: every problem of packs, answers and cases, with place and help.

mod besides;
mod target;

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{ASSESSMENT, Notes, Packs, Rulebooks, Subject, read, respond};
use crate::output::{Output, print};
use centricity::answers::file::{AssessmentFile, ResponseFile};
use centricity::rules::pack::load::Texts;
use centricity::rules::pack::{Library, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::State;
use centricity::study::case::CasesFile;
use centricity::study::case::run::{Report, run};
use centricity::text::diagnostic::{render, to_json, to_sarif};
use centricity::text::yaml::{Document, Located};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
pub(crate) use target::{Kind, kind};
use target::{Target, find};

/// Find every problem in answers, packs, cases, policies and benchmarks
///
/// PATH is an assessment, a pack, one file of a pack, a folder that holds any of these, a policy, a
/// benchmark, or - for standard input. All problems are shown at once, each with its place and what
/// to do about it.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity check clients/acme")]
pub(crate) struct Check {
    /// What to check
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How to print problems
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For code hosts
    Sarif,
}

impl Check {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let rulebooks = self.packs.rulebooks()?;
        let mut targets = BTreeSet::new();
        for path in &self.paths {
            targets.extend(find(path)?);
        }
        let mut notes = Notes::watched(output);
        let mut said = String::new();
        for target in &targets {
            said.push_str(&target.check(&rulebooks, &mut notes)?);
        }
        tell(&notes, &said, self.format, output)
    }
}

/// Prints the problems, and on standard error what was checked.
pub(crate) fn tell(notes: &Notes, said: &str, format: Format, output: Output) -> Outcome {
    let Notes {
        sources, problems, ..
    } = notes;
    print(&match format {
        Format::Text if problems.is_empty() => String::new(),
        Format::Text => format!("{}\n", render(problems, sources, output.colors())),
        Format::Json => format!("{:#}\n", to_json(problems, sources)),
        Format::Sarif => format!("{:#}\n", to_sarif(problems, sources)),
    })?;
    if matches!(format, Format::Text) {
        output.note(&format!("{said}{}\n", count(notes)));
    }
    Ok(if problems.has_errors() {
        Exit::Invalid
    } else {
        Exit::Done
    })
}

fn many(count: usize, word: &str) -> String {
    match count {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}

fn count(notes: &Notes) -> String {
    match (notes.problems.errors(), notes.problems.warnings()) {
        (0, 0) => "no problems".to_owned(),
        (errors, warnings) => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
    }
}

impl Target {
    /// Checks it, and says in a line what it is; nothing where it is not valid.
    fn check(&self, rulebooks: &Rulebooks, notes: &mut Notes) -> Result<String, Failure> {
        match self {
            Self::Answers(path) => text(path, Kind::Answers, rulebooks, notes),
            Self::Cases(path) => text(path, Kind::Cases, rulebooks, notes),
            Self::Policy(path) => text(path, Kind::Policy, rulebooks, notes),
            Self::Benchmark(path) => text(path, Kind::Benchmark, rulebooks, notes),
            Self::Response(path) => {
                response(path, rulebooks, notes)?;
                Ok(String::new())
            }
            Self::Pack(path) => {
                let tested = pack(Texts::read(path)?, rulebooks.library(), notes)?;
                Ok(tested.map_or_else(String::new, |tested| says(&tested.rulebook)))
            }
        }
    }
}

/// Checks one text of a kind; of standard input, what it says tells which.
fn text(
    path: &Path,
    known: Kind,
    rulebooks: &Rulebooks,
    notes: &mut Notes,
) -> Result<String, Failure> {
    let (name, bytes) = read(path)?;
    let Some(source) = notes.add(name.clone(), bytes) else {
        return Ok(String::new());
    };
    let kind = if path.as_os_str() == "-" {
        kind(&notes.sources, source)
    } else {
        known
    };
    match kind {
        Kind::Cases => {
            let _: Option<CasesFile> = CasesFile::read(&notes.sources, source, &mut notes.problems);
            Ok(String::new())
        }
        Kind::Policy => besides::policy(&name, source, rulebooks, notes),
        Kind::Benchmark => Ok(besides::benchmark(&name, source, notes)),
        Kind::Answers | Kind::Response | Kind::Pack => {
            let subject = Subject::check(path, source, rulebooks, notes)?;
            Ok(subject.map_or_else(String::new, |subject| answered(&name, &subject)))
        }
    }
}

/// How much of an assessment is answered, as a line.
fn answered(name: &str, subject: &Subject) -> String {
    let given = subject.answers.answers();
    let open = given.iter().filter(|given| given.state == State::Missing);
    let answered = given.len().saturating_sub(open.count());
    format!("{name}: {answered} of {} questions answered\n", given.len())
}

/// Checks one response, by the packs of the assessment it lies with, or else by those it names.
fn response(path: &Path, rulebooks: &Rulebooks, notes: &mut Notes) -> Result<(), Failure> {
    let mut scratch = Notes::default();
    let folder = path
        .parent()
        .and_then(Path::parent)
        .unwrap_or(Path::new(""));
    let assessment = folder.join(ASSESSMENT);
    let packs = if assessment.is_file() {
        let file = scratch.file::<AssessmentFile>(&assessment)?;
        file.map(|file| file.packs.value)
    } else {
        let file = scratch.file::<ResponseFile>(path)?;
        file.map(|file| file.packs.into_iter().map(unpinned).collect())
    };
    let rulebook = rulebooks.rulebook(&packs.unwrap_or_default(), folder, &mut scratch)?;
    if let Some(rulebook) = rulebook {
        respond(&rulebook, path, notes)?;
    } else {
        *notes = scratch;
    }
    Ok(())
}

/// A pack by its name alone: which versions a response may answer is for the response to tell.
fn unpinned(mut pack: Located<String>) -> Located<String> {
    if let Some(end) = pack.value.find('@') {
        pack.value.truncate(end);
    }
    pack
}

/// A pack found valid, with what came of its cases.
pub(crate) struct Tested {
    pub(crate) rulebook: Rulebook,
    pub(crate) report: Report,
}

/// Checks a pack with the packs it uses, and runs its cases.
pub(crate) fn pack(
    texts: Texts,
    library: &Library,
    notes: &mut Notes,
) -> Result<Option<Tested>, Failure> {
    let Notes {
        sources, problems, ..
    } = notes;
    let Some(pack) = Loaded::load(texts, sources, problems) else {
        return Ok(None);
    };
    let mut packs = vec![pack];
    library.add_used(&mut packs, sources, problems)?;
    let Some(rulebook) = Rulebook::link(&packs, problems) else {
        return Ok(None);
    };
    let report = run(&packs, sources, problems);
    Ok(Some(Tested { rulebook, report }))
}

pub(crate) fn says(rulebook: &Rulebook) -> String {
    rulebook.packs().first().map_or_else(String::new, |pack| {
        let own = rulebook
            .items()
            .iter()
            .filter(|item| item.pack == 0)
            .count();
        let findings = rulebook
            .findings()
            .iter()
            .filter(|finding| finding.pack == 0)
            .count();
        format!(
            "{} {}: {}, {}\n",
            pack.id,
            pack.version,
            many(own, "item"),
            many(findings, "finding")
        )
    })
}
