//! `schema`: JSON Schemas for editors and for whoever reads the result.

use crate::exit::{Exit, Failure, Result};
use crate::inputs::{PackArgs, reading};
use crate::output::{Output, print};
use centricity::message;
use centricity::report::schema::{DOCUMENTS, Document, answers_to, response_to};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Print the JSON Schema of a pack, of answers, or of the result
///
/// An editor with a YAML language server completes and checks a file whose first line names its
/// schema, as `init` writes it. With --pack, the schema of answers or of a response knows every question and choice.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity schema answers --pack organisation > answers.schema.json"
)]
pub(crate) struct Schema {
    /// What to describe
    #[arg(default_value = "answers", value_parser = documents())]
    document: Document,
    /// Answers and responses: a pack whose questions are to be known; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    #[command(flatten)]
    packs: PackArgs,
}

impl Schema {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let schema = if self.chosen.is_empty() {
            self.document.schema.to_owned()
        } else {
            let known = match self.document.name {
                "answers" => answers_to,
                "response" => response_to,
                _ => {
                    return Err(Failure::usage(
                        message!("pack-belongs-to-the-schema-of-answers-or-of-a-response"),
                        message!("leave-it-out"),
                    ));
                }
            };
            let rulebook = reading(output, |reader| self.packs.rulebook(&self.chosen, reader))?;
            format!("{:#}\n", known(&rulebook))
        };
        print(&schema)?;
        Ok(Exit::Done)
    }
}

fn documents() -> impl TypedValueParser<Value = Document> {
    let names = DOCUMENTS
        .iter()
        .map(|one| PossibleValue::new(one.name).help(one.about));
    PossibleValuesParser::new(names).try_map(|name| {
        Document::named(&name)
            .copied()
            .ok_or(message!("there-is-no-such-document"))
    })
}
