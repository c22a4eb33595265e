//! `pack`: the rule author's tools.

mod new;
mod show;

use super::check::{ProblemFormat, describe, report};
use crate::exit::{Exit, Failure, Result, if_valid};
use crate::inputs::{CheckedPack, PackArgs, Reader, reading, templates};
use crate::output::{Output, print};
use centricity::message;
use centricity::report::{Guide, guide};
use centricity::rules::pack::Loaded;
use centricity::study::case::Report;
use centricity::study::lint;
use centricity::text::yaml::Located;
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::path::PathBuf;

/// List, read, begin, check and test packs
#[derive(Debug, Subcommand)]
#[command(after_help = "Example: centricity pack show organisation")]
pub(crate) enum Pack {
    List(List),
    New(new::New),
    Show(show::Show),
    Check(Check),
    Docs(Docs),
    Lint(Lint),
    Test(Test),
}

impl Pack {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        match self {
            Self::List(command) => command.run(output),
            Self::New(command) => command.run(output),
            Self::Show(command) => command.run(output),
            Self::Check(command) => command.run(output),
            Self::Docs(command) => command.run(output),
            Self::Lint(command) => command.run(output),
            Self::Test(command) => command.run(output),
        }
    }
}

/// List the packs there are, built-in and yours
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack list --packs rules")]
pub(super) struct List {
    #[command(flatten)]
    packs: PackArgs,
}

impl List {
    fn run(&self, output: Output) -> Result<Exit> {
        let library = self.packs.library()?;
        let mut reader = Reader::default();
        let mut text = String::new();
        let names = library.names()?;
        let widths = names.iter().map(|name| name.chars().count());
        let width = widths.max().unwrap_or(0);
        for name in &names {
            let Some(texts) = library.find(name)? else {
                continue;
            };
            let pack = Loaded::load(texts, &mut reader.sources, &mut reader.problems);
            let Some(file) = pack.map(|pack| pack.file) else {
                continue;
            };
            let word =
                |text: Option<Located<String>>| text.map_or(String::new(), |text| text.value);
            let (version, title) = (word(file.version), word(file.title));
            let _ = writeln!(text, "{name:width$}  {version:8}  {title}");
        }
        print(&text)?;
        output.problems(&reader.problems, &reader.sources);
        Ok(Exit::done_if(!reader.problems.has_errors(), Exit::Invalid))
    }
}

/// Find every problem in packs and prove their tables
///
/// Every id is resolved, every threshold is held to what it reads, and every decision table is
/// proven to have neither gap nor overlap.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack check rules/organisation")]
#[group(id = "pack-check")]
pub(super) struct Check {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// How to print problems
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ProblemFormat,
    #[command(flatten)]
    packs: PackArgs,
}

impl Check {
    fn run(&self, output: Output) -> Result<Exit> {
        let mut reader = Reader::default();
        let packs = check_all(&self.names, &self.packs, &mut reader)?;
        let lines = packs.iter().map(|pack| describe(&pack.rulebook));
        report(&reader, &lines.collect::<String>(), self.format, output)
    }
}

/// The packs among several that are valid.
fn check_all(names: &[String], packs: &PackArgs, reader: &mut Reader) -> Result<Vec<CheckedPack>> {
    let library = packs.library()?;
    let mut valid = Vec::new();
    for name in names {
        valid.extend(if_valid(CheckedPack::find(name, &library, reader))?);
    }
    Ok(valid)
}

/// Print a pack for readers, as Markdown
///
/// Every question with its anchors, every score, table, level, gate and finding with its rule in
/// words, every figure with its base: what one reads instead of the YAML.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack docs organisation > organisation.md")]
#[group(id = "pack-docs")]
pub(super) struct Docs {
    /// The pack, by name, or by folder or file
    #[arg(value_name = "PACK")]
    name: String,
    /// A folder whose pack.md replaces the built-in template
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    packs: PackArgs,
}

impl Docs {
    fn run(&self, output: Output) -> Result<Exit> {
        let library = self.packs.library()?;
        let CheckedPack { rulebook, .. } = reading(output, |reader| {
            CheckedPack::find(&self.name, &library, reader)
        })?;
        let templates = templates(self.templates.as_deref())?;
        let id = rulebook.packs().first().map_or("", |pack| pack.id.as_str());
        let Some(view) = Guide::new(&rulebook, id) else {
            return Err(Failure::usage(
                message!("there-is-no-pack-to-print"),
                message!("name-one-of-centricity-pack-list"),
            ));
        };
        print(&guide(&templates, &view)?)?;
        Ok(Exit::Done)
    }
}

/// Say what could be better about packs that are valid
///
/// Questions nothing reads, findings no answers can bring up, levels out of reach, missing reasons,
/// evidence or remedies, anchors that cannot be told apart. Advice is no error: the exit code is 0
/// unless `--strict` is given.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack lint rules/organisation")]
#[group(id = "pack-lint")]
pub(super) struct Lint {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// End with 4 when there is any advice
    #[arg(long)]
    strict: bool,
    /// How to print advice
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ProblemFormat,
    #[command(flatten)]
    packs: PackArgs,
}

impl Lint {
    fn run(&self, output: Output) -> Result<Exit> {
        let mut reader = Reader::default();
        let packs = check_all(&self.names, &self.packs, &mut reader)?;
        let mut lines = String::new();
        for pack in &packs {
            lines.push_str(&describe(&pack.rulebook));
            reader.problems.extend(lint(&pack.rulebook, 0));
        }
        let exit = report(&reader, &lines, self.format, output)?;
        let is_sound = reader.problems.is_empty() || !self.strict;
        Ok(if exit == Exit::Done && !is_sound {
            Exit::NotMet
        } else {
            exit
        })
    }
}

/// Run a pack's own cases
///
/// Shows every case that does not come out as expected, and everything that the cases never
/// reach: rules, caps, gates and findings both ways, and levels.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack test rules/organisation --complete")]
pub(super) struct Test {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// End with exit code 4 when the cases leave anything untested
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    packs: PackArgs,
}

impl Test {
    fn run(&self, output: Output) -> Result<Exit> {
        let mut reader = Reader::default();
        let packs = check_all(&self.names, &self.packs, &mut reader)?;
        let mut text = String::new();
        for pack in &packs {
            let title = pack.rulebook.packs().first();
            let title = title.map_or(String::new(), |pack| {
                format!("{} {}", pack.id, pack.version)
            });
            describe_cases(&mut text, &title, &pack.report);
        }
        output.problems(&reader.problems, &reader.sources);
        print(&text)?;
        let sound = packs.iter().all(|pack| pack.report.failed.is_empty());
        let mut coverage = packs.iter().map(|pack| &pack.report.coverage);
        let complete = coverage.all(|one| one.missing().is_empty());
        Ok(if reader.problems.has_errors() || !sound {
            Exit::Invalid
        } else if self.complete && !complete {
            Exit::NotMet
        } else {
            Exit::Done
        })
    }
}

fn describe_cases(out: &mut String, title: &str, report: &Report) {
    for failure in &report.failed {
        let _ = writeln!(out, "{}", message!("case-failed", name = failure.name));
        for difference in &failure.differences {
            let _ = writeln!(out, "  {difference}");
        }
    }
    let missing = report.coverage.missing();
    if !missing.is_empty() {
        let _ = writeln!(out, "{}", message!("not-tested-by-any-case"));
    }
    for goal in &missing {
        let _ = writeln!(out, "  {goal}");
    }
    let passed = report.passed.len();
    let counts = message!(
        "cases-pass-and-reach",
        title,
        passed,
        cases = passed + report.failed.len(),
        reached = report.coverage.reached(),
        total = report.coverage.total(),
    );
    let _ = writeln!(out, "{counts}");
}
