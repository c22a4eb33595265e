//! `schema`: JSON Schemas for editors and for whoever reads the result.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Notes, Packs};
use crate::output::{Output, print};
use centricity::report::schema::{Document, answers_to, response_to};
use clap::{Args, ValueEnum};

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
    #[arg(default_value = "answers")]
    document: Name,
    /// Answers and responses: a pack whose questions are to be known; may be given several times
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
    /// One respondent's answers
    Response,
    /// What a workshop agreed on
    Consensus,
    /// What is aimed at
    Targets,
    /// What the columns of a table mean
    Mapping,
    /// A pack's own tests
    Cases,
    /// What `assess --format json` prints
    Result,
    /// What `history --format json` prints
    History,
    /// What `plan --format json` prints
    Plan,
    /// What `compare --format json` prints
    Comparison,
    /// What an assessment must meet
    Policy,
    /// What `gate --format json` prints
    Verdict,
    /// What `portfolio --format json` writes
    Portfolio,
    /// A line of what `portfolio --format ndjson` writes
    PortfolioRow,
    /// What `portfolio --benchmark` writes
    Benchmark,
}

impl Schema {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let schema = if self.chosen.is_empty() {
            self.document.describes().schema()
        } else {
            let known = match self.document {
                Name::Answers => answers_to,
                Name::Response => response_to,
                Name::Pack
                | Name::Consensus
                | Name::Targets
                | Name::Mapping
                | Name::Cases
                | Name::Result
                | Name::History
                | Name::Plan
                | Name::Comparison
                | Name::Policy
                | Name::Verdict
                | Name::Portfolio
                | Name::PortfolioRow
                | Name::Benchmark => {
                    return Err(Failure::usage(
                        "`--pack` belongs to the schema of answers or of a response",
                        "leave it out",
                    ));
                }
            };
            let mut notes = Notes::default();
            let rulebook = self.packs.rulebook(&self.chosen, &mut notes)?;
            output.problems(&notes.problems, &notes.sources);
            let Some(rulebook) = rulebook else {
                return Ok(Exit::Invalid);
            };
            known(&rulebook)
        };
        print(&format!("{schema:#}\n"))?;
        Ok(Exit::Done)
    }
}

impl Name {
    fn describes(self) -> Document {
        match self {
            Self::Pack => Document::Pack,
            Self::Answers => Document::Answers,
            Self::Response => Document::Response,
            Self::Consensus => Document::Consensus,
            Self::Targets => Document::Targets,
            Self::Mapping => Document::Mapping,
            Self::Cases => Document::Cases,
            Self::Result => Document::Result,
            Self::History => Document::History,
            Self::Plan => Document::Plan,
            Self::Comparison => Document::Comparison,
            Self::Policy => Document::Policy,
            Self::Verdict => Document::Verdict,
            Self::Portfolio => Document::Portfolio,
            Self::PortfolioRow => Document::PortfolioRow,
            Self::Benchmark => Document::Benchmark,
        }
    }
}
