//! `pack lint`: advice on packs that are valid.

use crate::command::check::{self, Format};
use crate::exit::{Exit, Outcome};
use crate::inputs::{Notes, Packs, pack_texts};
use crate::output::Output;
use centricity::study::lint::lint;
use clap::Args;

/// Say what could be better about packs that are valid
///
/// Questions nothing reads, findings no answers can bring up, levels out of reach, missing reasons,
/// evidence or remedies, anchors that cannot be told apart. Advice is no error: the exit code is 0
/// unless `--strict` is given.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack lint rules/organisation")]
#[group(id = "pack-lint")]
pub(crate) struct Lint {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// End with 4 when there is any advice
    #[arg(long)]
    strict: bool,
    /// How to print advice
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    packs: Packs,
}

impl Lint {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let library = self.packs.library()?;
        let mut notes = Notes::default();
        let mut said = String::new();
        for name in &self.names {
            let Some(valid) = check::pack(pack_texts(name, &library)?, &library, &mut notes)?
            else {
                continue;
            };
            said.push_str(&check::says(&valid.rulebook));
            notes.problems.extend(lint(&valid.rulebook, 0));
        }
        let any = !notes.problems.is_empty();
        let exit = check::tell(&notes, &said, self.format, output)?;
        Ok(if exit == Exit::Done && any && self.strict {
            Exit::NotMet
        } else {
            exit
        })
    }
}
