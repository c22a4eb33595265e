//! One assessment as it stands. `assess`: the verdict in the terminal, or the whole result as JSON.
//! `explain`: the reasons of a number, outcome, level or finding in it. `sheet`: the questions a workshop
//! should settle, and the file its consensus goes into.

use super::report::StyleArgs;
use crate::inputs::{AssessmentRef, CONSENSUS, CheckedAnswers, PackArgs, assessment_file};
use crate::output::{Format, Output, clean, deliver, formats, json, print};
use crate::{Exit, Failure, Result};
use centricity::answers::blank_consensus;
use centricity::assess::assessment::{Assessment, ItemId, MatchedResult, assess};
use centricity::message;
use centricity::report::brand::Brand;
use centricity::report::context::ReportContext;
use centricity::report::terminal::explanation;
use centricity::report::{Report, SheetContext, Templates};
use centricity::study::explain::explain;
use centricity::text::diagnostic::suggestion;
use clap::Args;
use std::path::PathBuf;

/// The formats of what is printed in a terminal.
const TEXT_OR_JSON: [(Format, &str); 2] =
    [(Format::Text, "For people"), (Format::Json, "For programs")];

/// Say in the terminal how customer-centric the client is
///
/// One screen: the level and what holds the next one, the form the market calls for beside the
/// form built, the scores with what open answers still allow, the findings that matter most, and
/// what is not known.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity assess clients/acme --format json > result.json")]
pub(crate) struct Assess {
    /// An assessment: a file, its folder, - for standard input, or REVISION:PATH as git kept it
    path: AssessmentRef,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats(&TEXT_OR_JSON))]
    format: Format,
    #[command(flatten)]
    packs: PackArgs,
}

impl Assess {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let CheckedAnswers { rulebook, answers } = self
            .packs
            .reading(output, |reader| self.path.answers(reader))?;
        let result = assess(&rulebook, &answers);
        if self.format == Format::Json {
            print(&json(&result)?)?;
            return Ok(Exit::Done);
        }
        let brand = Brand::default();
        let result = MatchedResult::new(&rulebook, &result)?;
        let report =
            ReportContext::new(&result, &brand).report(&Templates::builtin()?, "assess")?;
        print(&report.terminal(output.colors())?)?;
        let path = self.path;
        output.note(&format!(
            "\nwhy: centricity explain {path} ID    all of it: centricity report {path} --out DIR\n"
        ));
        Ok(Exit::Done)
    }
}

/// Say why a number is what it is, and what would change it
///
/// ID is a question, score, decision, ladder, gate or finding, as the report and `pack show` name
/// it, with or without its pack. Without an ID all of them are listed with what they say.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity explain clients/acme level")]
pub(crate) struct Explain {
    /// An assessment: a file, its folder, - for standard input, REVISION:PATH as git kept it, or a
    /// result that `assess --format json` printed
    path: AssessmentRef,
    /// Explain the item of this id
    id: Option<String>,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats(&TEXT_OR_JSON))]
    format: Format,
    #[command(flatten)]
    packs: PackArgs,
}

impl Explain {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let (rulebook, result) = self
            .packs
            .reading(output, |reader| self.path.result_with_rulebook(reader))?;
        let Some(id) = &self.id else {
            print(&list(&result))?;
            return Ok(Exit::Done);
        };
        let result = MatchedResult::new(&rulebook, &result)?;
        let why = explain(&result, id).map_err(|unknown| {
            if !unknown.several.is_empty() {
                let help = message!("say-which", several = unknown.several.join("`, `"));
                return Failure::usage(message!("is-in-several-packs", id = unknown.id), help);
            }
            let path = self.path.to_string();
            let listed = message!("centricity-explain-lists-what-there", path);
            let help = suggestion(unknown.near.as_deref(), &listed);
            Failure::usage(message!("there-is-no-to-explain", id = unknown.id), help)
        })?;
        print(&if self.format == Format::Json {
            json(&why)?
        } else {
            explanation(&why, output.colors())
        })?;
        Ok(Exit::Done)
    }
}

/// A list of everything that can be explained, with its value or text.
fn list(result: &Assessment) -> String {
    let unknown = || message!("not-known").to_owned();
    let ladders = result.levels.iter().map(|one| {
        let level = one.level.as_ref().map(|level| level.label.clone());
        (&one.id, level.unwrap_or_else(unknown))
    });
    let decisions = result.decisions.iter().map(|one| {
        let outcome: Vec<_> = one.outcome.iter().map(|one| one.label.as_str()).collect();
        let says = Some(outcome.join(", ")).filter(|says| !says.is_empty());
        (&one.id, says.unwrap_or_else(unknown))
    });
    let scores = result.scores.iter();
    let gates = result.gates.iter();
    let findings = result.findings.iter();
    let questions = result.questions.iter();
    let sections = [
        section("Ladders", ladders),
        section("Decisions", decisions),
        section("Scores", scores.map(|one| (&one.id, one.title.clone()))),
        section("Gates", gates.map(|one| (&one.id, one.title.clone()))),
        section("Findings", findings.map(|one| (&one.id, one.title.clone()))),
        section(
            "Questions",
            questions.map(|one| (&one.id, one.says.clone())),
        ),
    ];
    let sections: Vec<String> = sections.into_iter().flatten().collect();
    sections.join("\n")
}

fn section<'a>(title: &str, rows: impl Iterator<Item = (&'a ItemId, String)>) -> Option<String> {
    let rows: Vec<_> = rows
        .map(|(id, says)| format!("  {id:44} {}\n", clean(&says)))
        .collect();
    (!rows.is_empty()).then(|| format!("{title}\n{}", rows.concat()))
}

/// Print the workshop sheet: contested questions with their steps and room for what is agreed
///
/// A question is contested where three people or more agree by less than a half, or where two roles
/// lie 1.67 steps of a scale of 0 to 4 apart. The twelve on which people agree least are printed, as
/// many as a workshop settles in an afternoon; --most and --all ask for others. The sheet shows how
/// answers are spread and never who gave them. With --consensus the consensus.yaml for these
/// questions is begun beside the assessment, each as a comment. Nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity sheet clients/acme --format html --out workshop.html")]
pub(crate) struct Sheet {
    /// An assessment folder that holds responses, or REVISION:PATH as git kept it
    path: AssessmentRef,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "md", value_parser = formats(&[
        (Format::Md, "Markdown"),
        (Format::Html, "One page to print"),
    ]))]
    format: Format,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// So many questions at most: those on which people agree least
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..))]
    most: u16,
    /// Every contested question
    #[arg(long, conflicts_with = "most")]
    all: bool,
    /// Begin consensus.yaml instead of printing the sheet; with --out, a file to copy from
    #[arg(long, conflicts_with = "format")]
    consensus: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Sheet {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let CheckedAnswers { rulebook, answers } = self
            .packs
            .reading(output, |reader| self.path.answers(reader))?;
        if answers.disclosure().is_none() {
            return Err(Failure::usage(
                message!("nobody-can-disagree-there-are-no"),
                message!("put-one-file-for-each"),
            ));
        }
        let result = assess(&rulebook, &answers);
        let result = MatchedResult::new(&rulebook, &result)?;
        let out = self.out.as_deref();
        if self.consensus {
            let open = result.assessment().to_settle().into_iter();
            let nodes = open.filter_map(|one| result.node_of(&one.id));
            let open: Vec<_> = nodes.take(self.most()).collect();
            let text = blank_consensus(&rulebook, &open);
            let file = match out {
                Some(out) => out.to_owned(),
                None => assessment_file(&self.path.path)?.with_file_name(CONSENSUS),
            };
            let help = message!("out-file-writes-what-is-left");
            deliver(text.as_bytes(), Some(&file), false, help, output)?;
            return Ok(Exit::Done);
        }
        let style = self.style.load(output)?;
        let sheet = SheetContext::new(&result, &style.brand, self.most());
        let sheet = Report::new(&style.templates, "sheet", &sheet)?;
        let text = self.format.render(&sheet, false)?;
        let help = message!("choose-another-file-nothing-is-overwritten");
        deliver(text.as_bytes(), out, false, help, output)?;
        Ok(Exit::Done)
    }

    fn most(&self) -> usize {
        if self.all {
            usize::MAX
        } else {
            usize::from(self.most)
        }
    }
}
