//! `plan`: the fewest steps that lead to a level.

use crate::command::assess::json;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Assessed, AssessmentRef, Notes, Packs};
use crate::output::{Output, print};
use centricity::assess::assessment::{Assessment, ItemId, MatchedResult, PackResult};
use centricity::assess::plan::{NoPlan, Plan as Made, PlanRequest, plan};
use centricity::report::terminal;
use centricity::report::view::Route;
use centricity::report::{Templates, plan_markdown};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

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
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Markdown: a folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Text,
    /// Markdown
    Md,
    /// For programs
    Json,
}

impl Plan {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let mut notes = Notes::watched(output);
        let assessed = Assessed::load(&self.path, &self.packs.rulebooks()?, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(Assessed { rulebook, result }) = assessed else {
            return Ok(Exit::Invalid);
        };
        let result = MatchedResult::new(&rulebook, &result)?;
        let made = |ladder: Option<&str>| {
            let wish = PlanRequest {
                ladder,
                to: self.to.as_deref(),
                budget: self.budget,
                ..PlanRequest::default()
            };
            plan(&result, &wish)
        };
        match made(self.ladder.as_deref()) {
            Ok(made) => print(&self.told(&made, output)?)?,
            Err(NoPlan::SeveralLadders { ids })
                if self.ladder.is_none() && !matches!(self.format, Format::Json) =>
            {
                self.each(result.assessment(), &ids, made, None, output)?;
            }
            // Where the whole has no way, the parts may have one.
            Err(refusal)
                if self.ladder.is_none()
                    && self.to.is_none()
                    && refusal.is_of_the_client()
                    && !matches!(self.format, Format::Json) =>
            {
                let levels = result.assessment().levels.iter();
                let ids: Vec<String> = levels.map(|one| one.id.to_string()).collect();
                self.each(result.assessment(), &ids, made, Some(&refusal), output)?;
            }
            // JSON is one plan: it is said which ladders have one.
            Err(refusal)
                if self.ladder.is_none() && self.to.is_none() && refusal.is_of_the_client() =>
            {
                let levels = result.assessment().levels.iter();
                let ways = levels.filter(|one| made(Some(&one.id)).is_ok());
                let ways: Vec<String> = ways.map(|one| format!("`--ladder {}`", one.id)).collect();
                let help = if ways.is_empty() {
                    refusal.help()
                } else {
                    format!(
                        "{}; there is a way with {}",
                        refusal.help(),
                        ways.join(", ")
                    )
                };
                return Err(Failure::usage(refusal.to_string(), help));
            }
            Err(refusal) => return Err(refused(&refusal)),
        }
        Ok(Exit::Done)
    }

    /// The plans of several ladders, one after the other, those that speak for their packs first; why
    /// one has none is a message. Where none has one, that is refused with the reason of the whole, or
    /// else of the one that was meant or the first.
    fn each(
        &self,
        assessment: &Assessment,
        ladders: &[String],
        made: impl Fn(Option<&str>) -> Result<Made, NoPlan>,
        whole: Option<&NoPlan>,
        output: Output,
    ) -> Result<(), Failure> {
        let mut texts = Vec::new();
        let mut refusals: Vec<(&str, NoPlan)> = Vec::new();
        let levels = assessment.levels.iter();
        let mut levels: Vec<_> = levels
            .filter(|one| ladders.iter().any(|id| one.id == id.as_str()))
            .collect();
        let alone = !assessment.packs.iter().any(|pack| pack.overall);
        let speaks = |id: &ItemId| {
            let mut packs = assessment.packs.iter();
            let headline =
                |pack: &PackResult| pack.headline.as_ref().is_some_and(|one| one.id == *id);
            packs.any(|pack| (alone || pack.overall) && headline(pack))
        };
        levels.sort_by_key(|one| !speaks(&one.id));
        for ladder in levels {
            match made(Some(&ladder.id)) {
                Ok(made) => texts.push(self.told(&made, output)?),
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

    fn told(&self, made: &Made, output: Output) -> Result<String, Failure> {
        Ok(match self.format {
            Format::Text => terminal::plan(&Route::new(made), output.colors()),
            Format::Json => json(made)?,
            Format::Md => {
                let templates = match &self.templates {
                    Some(folder) => Templates::with_folder(folder)?,
                    None => Templates::builtin()?,
                };
                plan_markdown(&templates, &Route::new(made))?
            }
        })
    }
}

fn refused(refusal: &NoPlan) -> Failure {
    Failure::usage(refusal.to_string(), refusal.help())
}
