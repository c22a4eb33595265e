//! `assess`: the verdict in the terminal, or the whole result as JSON.

use crate::exit::{Exit, Result};
use crate::inputs::{AssessmentRef, CheckedAnswers, PackArgs, reading};
use crate::output::{Format, Output, formats, json, print};
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::report::terminal::summary;
use centricity::report::view::Brand;
use centricity::report::{Layout, View};
use clap::Args;

/// The formats of what is printed in a terminal.
pub(super) const TEXT_OR_JSON: [(Format, &str); 2] =
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
    /// How to print the result
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats(&TEXT_OR_JSON))]
    format: Format,
    #[command(flatten)]
    packs: PackArgs,
}

impl Assess {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let rulebooks = self.packs.rulebooks()?;
        let CheckedAnswers { rulebook, answers } =
            reading(output, |reader| self.path.answers(&rulebooks, reader))?;
        let result = assess(&rulebook, &answers);
        if self.format == Format::Json {
            print(&json(&result)?)?;
            return Ok(Exit::Done);
        }
        let layout = Layout::new(&rulebook).without_ways();
        let brand = Brand::default();
        let result = MatchedResult::new(&rulebook, &result)?;
        print(&summary(
            &View::new(&layout, &result, &brand),
            output.colors(),
        ))?;
        let path = self.path;
        output.note(&format!(
            "\nwhy: centricity explain {path} ID    all of it: centricity report {path} --out DIR\n"
        ));
        Ok(Exit::Done)
    }
}
