//! `schema`: JSON Schemas for editors and for whoever reads the result.

use crate::exit::{Exit, Outcome};
use crate::output::print;
use centricity::schema::Document;
use clap::{Args, ValueEnum};

/// Print the JSON Schema of a pack, answers, cases or the result
///
/// Editors with a YAML language server complete and check a file whose first line is
/// `# yaml-language-server: $schema=answers.schema.json`.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity schema answers > answers.schema.json")]
pub(crate) struct Schema {
    /// What to describe
    #[arg(default_value = "answers")]
    document: Name,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
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
    pub(crate) fn run(&self) -> Outcome {
        let document = match self.document {
            Name::Pack => Document::Pack,
            Name::Answers => Document::Answers,
            Name::Cases => Document::Cases,
            Name::Result => Document::Result,
        };
        print(&format!("{:#}\n", document.schema()))?;
        Ok(Exit::Done)
    }
}
