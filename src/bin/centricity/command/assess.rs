//! `assess`: the verdict in the terminal, or the whole result as JSON.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{AssessmentRef, Notes, Packs};
use crate::output::{Output, print};
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::report::terminal::summary;
use centricity::report::view::Brand;
use centricity::report::{Layout, View};
use clap::{Args, ValueEnum};

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
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    packs: Packs,
}

/// How one result is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Assess {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let mut notes = Notes::watched(output);
        let subject = self.path.load(&self.packs.rulebooks()?, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(subject) = subject else {
            return Ok(Exit::Invalid);
        };
        let result = assess(&subject.rulebook, &subject.answers);
        print(&match self.format {
            Format::Text => {
                let layout = Layout::new(&subject.rulebook).without_ways();
                let brand = Brand::default();
                let result = MatchedResult::new(&subject.rulebook, &result)?;
                let view = View::new(&layout, &result, &brand);
                summary(&view, output.colors())
            }
            Format::Json => json(&result)?,
        })?;
        if matches!(self.format, Format::Text) {
            let path = self.path;
            output.note(&format!(
                "\nwhy: centricity explain {path} ID    all of it: centricity report {path} --out DIR\n"
            ));
        }
        Ok(Exit::Done)
    }
}

/// A document as JSON people can read.
pub(crate) fn json(document: &impl serde::Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n").map_err(|error| Failure {
        exit: Exit::World,
        message: format!("cannot write the result: {error}"),
        help: None,
    })
}
