//! One assessment as it stands. `assess`: the verdict in the terminal, or the whole result as JSON.
//! `explain`: the reasons of a number, outcome, level or finding in it. `plan`: the fewest steps that
//! lead to a level.

use super::report::{Format, formats};
use crate::inputs::{AssessmentRef, CheckedAnswers, PackArgs, project_around};
use crate::output::{Output, clean, json, print, print_painted};
use crate::{Failure, Result, watch};
use centricity::assess::{
    Assessment, ItemId, MatchedResult, NoPlan, Plan as Made, PlanRequest, assess, plan,
};
use centricity::message;
use centricity::report::terminal::explanation;
use centricity::report::{Brand, ReportContext, Templates, study};
use centricity::study::explain;
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
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(&self.path.path, output)?;
        self.packs.follow(&project);
        let CheckedAnswers { rulebook, answers } = self
            .packs
            .reading(output, |reader| self.path.answers(reader))?;
        let result = assess(&rulebook, &answers);
        if self.format == Format::Json {
            return print(&json(&result)?);
        }
        let brand = Brand::default();
        let result = MatchedResult::new(&rulebook, &result)?;
        let report =
            ReportContext::new(&result, &brand).report(&Templates::builtin()?, "assess")?;
        print_painted(&report.terminal(output.colors())?)?;
        let path = self.path;
        output.note(&format!(
            "\nwhy: centricity explain {path} ID    all of it: centricity report {path} --out DIR\n"
        ));
        Ok(())
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
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(&self.path.path, output)?;
        self.packs.follow(&project);
        let (rulebook, result) = self
            .packs
            .reading(output, |reader| self.path.result_with_rulebook(reader))?;
        let Some(id) = &self.id else {
            return print(&list(&result));
        };
        let result = MatchedResult::new(&rulebook, &result)?;
        let why = explain(&result, rulebook.current_id(id)).map_err(|unknown| {
            if !unknown.several.is_empty() {
                let help = message!("say-which", several = unknown.several.join("`, `"));
                return Failure::usage(message!("is-in-several-packs", id = unknown.id), help);
            }
            let path = self.path.to_string();
            let listed = message!("centricity-explain-lists-what-there", path);
            let help = suggestion(unknown.near.as_deref(), &listed);
            Failure::usage(message!("there-is-no-to-explain", id = unknown.id), help)
        })?;
        print_painted(&if self.format == Format::Json {
            json(&why)?
        } else {
            explanation(&why, output.colors())
        })
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

/// Say which few steps lead to the next level, or to the form the market calls for
///
/// A step moves one answer: a rating to its next anchor, a number over the next threshold, one more
/// of several choices. The plan has the fewest steps that do, of those with as many the least effort,
/// and is verified by scoring again. On evidence, a step names the proof it takes. Where one ladder draws several packs together, it is meant; otherwise each has its plan.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity plan clients/acme --to structured --budget 8")]
pub(crate) struct Plan {
    /// An assessment: a file, its folder, - for standard input, REVISION:PATH as git kept it, or a
    /// result that `assess --format json` printed
    path: AssessmentRef,
    /// The ladder of levels, with or without its pack
    #[arg(long, value_name = "ID")]
    ladder: Option<String>,
    /// The level to reach; the one the market calls for, or else the next
    #[arg(long, value_name = "LEVEL")]
    to: Option<String>,
    /// The most effort to spend: a step of low effort counts 1, of medium 2, of high 3
    #[arg(long, value_name = "EFFORT", value_parser = clap::value_parser!(u32).range(1..))]
    budget: Option<u32>,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats(&[
        (Format::Text, "For people, in a terminal"),
        (Format::Md, "Markdown"),
        (Format::Json, "For programs"),
    ]))]
    format: Format,
    /// Markdown: a folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    packs: PackArgs,
}

impl Plan {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(&self.path.path, output)?;
        self.packs.follow(&project);
        self.templates = self.templates.take().or(project.templates);
        let (rulebook, result) = self
            .packs
            .reading(output, |reader| self.path.result_with_rulebook(reader))?;
        let result = MatchedResult::new(&rulebook, &result)?;
        let refusal = match self.plan(&result, self.ladder.as_deref()) {
            Ok(made) => return print_painted(&self.render(&made, output)?),
            Err(refusal) => refusal,
        };
        let is_json = self.format == Format::Json;
        // Where the whole has no way, the parts may have one.
        let parts_may_differ =
            self.ladder.is_none() && self.to.is_none() && refusal.is_of_the_client();
        let levels = || result.assessment().levels.iter().map(|one| &one.id);
        if let NoPlan::SeveralLadders { ids } = &refusal
            && self.ladder.is_none()
            && !is_json
        {
            self.each(&result, ids, None, output)
        } else if parts_may_differ && !is_json {
            let ids: Vec<String> = levels().map(ToString::to_string).collect();
            self.each(&result, &ids, Some(&refusal), output)
        } else if parts_may_differ {
            // JSON is one plan, so the refusal names the ladders that have one.
            let ways: Vec<String> = levels()
                .filter(|id| self.plan(&result, Some(id)).is_ok())
                .map(|id| format!("`--ladder {id}`"))
                .collect();
            let mut help = refusal.help();
            if !ways.is_empty() {
                help = message!("there-is-a-way-with", help, ways = ways.join(", "));
            }
            Err(Failure::usage(refusal.to_string(), help))
        } else {
            Err(refused(&refusal))
        }
    }

    fn plan(&self, result: &MatchedResult<'_>, ladder: Option<&str>) -> Result<Made, NoPlan> {
        let wish = PlanRequest {
            ladder,
            to: self.to.as_deref(),
            budget: self.budget,
            ..PlanRequest::default()
        };
        plan(result, &wish)
    }

    /// Prints the plans of several ladders, those that speak for their packs first; why one has none
    /// is a message. Where none has one, that is refused with the reason of the whole, or else of the
    /// one that was meant or the first.
    fn each(
        &self,
        result: &MatchedResult<'_>,
        ladders: &[String],
        whole: Option<&NoPlan>,
        output: Output,
    ) -> Result<()> {
        let mut texts = Vec::new();
        let mut refusals: Vec<(&str, NoPlan)> = Vec::new();
        let levels = result.assessment().levels.iter();
        let mut levels: Vec<_> = levels
            .filter(|one| ladders.iter().any(|id| one.id == id.as_str()))
            .collect();
        levels.sort_by_key(|one| !is_headline(result.assessment(), &one.id));
        for ladder in levels {
            match self.plan(result, Some(&ladder.id)) {
                Ok(made) => texts.push(self.render(&made, output)?),
                Err(refusal) => refusals.push((ladder.title.as_str(), refusal)),
            }
        }
        let each = || refusals.iter().map(|(_, refusal)| refusal);
        let meant = each().find(|one| one.is_misspelt());
        let first = whole.or(meant).or(each().next());
        if let ([], Some(refusal)) = (texts.as_slice(), first) {
            return Err(refused(refusal));
        }
        print(&texts.join("\n"))?;
        let mut left: Vec<_> = refusals.iter().collect();
        while let Some((_, refusal)) = left.first() {
            let alike = |(_, one): &&(&str, NoPlan)| one.reason() == refusal.reason();
            let (same, others): (Vec<_>, Vec<_>) = left.iter().copied().partition(alike);
            let titles: Vec<&str> = same.iter().map(|(title, _)| *title).collect();
            output.note(&format!("\n{}: {}\n", titles.join("; "), refusal.reason()));
            left = others;
        }
        Ok(())
    }

    fn render(&self, made: &Made, output: Output) -> Result<String> {
        if self.format == Format::Json {
            return json(made);
        }
        let templates = watch::templates(self.templates.as_deref(), output)?;
        let report = study::plan(&templates, made, &Brand::default())?;
        self.format.render(&report, output.colors())
    }
}

/// Returns true if a ladder speaks for its pack: the pack that draws the others together, or else
/// any pack.
fn is_headline(assessment: &Assessment, ladder: &ItemId) -> bool {
    let alone = !assessment.packs.iter().any(|pack| pack.overall);
    assessment
        .packs
        .iter()
        .filter(|pack| alone || pack.overall)
        .filter_map(|pack| pack.headline.as_ref())
        .any(|headline| headline.id == *ladder)
}

fn refused(refusal: &NoPlan) -> Failure {
    Failure::usage(refusal.to_string(), refusal.help())
}
