//! `plan`: the fewest steps that lead to a level.

use crate::command::assess::json;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Notes, Packs, Subject};
use crate::output::{Output, print};
use centricity::assessment::assess;
use centricity::plan::{Wish, plan};
use centricity::report::view::Route;
use centricity::report::{Templates, plan_markdown};
use centricity::terminal;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Say which few steps lead to the next level, or to the form the market calls for
///
/// A step raises one rating to its next anchor. The plan has the fewest steps that do, of those with
/// as many the least effort, and is verified by scoring again. On evidence, a step names the proof
/// it takes. Where one ladder draws several packs together, it is meant; otherwise name one.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity plan clients/acme --to structured --budget 8")]
pub(crate) struct Plan {
    /// An assessment: a file, its folder, or - for standard input
    path: PathBuf,
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
        let subject = Subject::load(&self.path, &self.packs.rulebooks()?, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(Subject { rulebook, answers }) = subject else {
            return Ok(Exit::Invalid);
        };
        let result = assess(&rulebook, &answers);
        let wish = Wish {
            ladder: self.ladder.as_deref(),
            to: self.to.as_deref(),
            budget: self.budget,
            ..Wish::default()
        };
        let made = plan(&rulebook, &answers, &result, &wish)
            .map_err(|refusal| Failure::usage(refusal.to_string(), refusal.help()))?;
        print(&match self.format {
            Format::Text => terminal::plan(&Route::new(&made), output.colors()),
            Format::Json => json(&made)?,
            Format::Md => {
                let templates = match &self.templates {
                    Some(folder) => Templates::with_folder(folder)?,
                    None => Templates::builtin()?,
                };
                plan_markdown(&templates, &Route::new(&made))?
            }
        })?;
        Ok(Exit::Done)
    }
}
