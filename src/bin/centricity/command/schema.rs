//! `schema`: JSON Schemas for editors and for whoever reads the result.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Notes, Packs};
use crate::output::{Output, print};
use centricity::schema::{Document, answers_to};
use clap::{Args, ValueEnum};

/// Print the JSON Schema of a pack, answers, cases or the result
///
/// An editor with a YAML language server completes and checks a file whose first line names its
/// schema, as `init` writes it. With --pack, the schema of answers knows every question and choice.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity schema answers --pack organisation > answers.schema.json"
)]
pub(crate) struct Schema {
    /// What to describe
    #[arg(default_value = "answers")]
    document: Name,
    /// Answers: a pack whose questions are to be known; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// A file of a pack
    Pack,
    /// An assessment's answers
    Answers,
    /// A pack's own tests
    Cases,
    /// What `assess --format json` prints
    Result,
}

impl Schema {
    pub(crate) fn run(self, output: Output) -> Outcome {
        if !self.chosen.is_empty() && self.document != Name::Answers {
            return Err(Failure::usage(
                "`--pack` belongs to the schema of answers",
                "leave it out",
            ));
        }
        let schema = match self.document {
            Name::Pack => Document::Pack.schema(),
            Name::Answers if !self.chosen.is_empty() => {
                let mut notes = Notes::default();
                let rulebook = self.packs.rulebook(&self.chosen, &mut notes)?;
                output.problems(&notes.problems, &notes.sources);
                let Some(rulebook) = rulebook else {
                    return Ok(Exit::Invalid);
                };
                answers_to(&rulebook)
            }
            Name::Answers => Document::Answers.schema(),
            Name::Cases => Document::Cases.schema(),
            Name::Result => Document::Result.schema(),
        };
        print(&format!("{schema:#}\n"))?;
        Ok(Exit::Done)
    }
}
