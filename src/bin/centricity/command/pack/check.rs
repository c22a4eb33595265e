//! `pack check`: every problem of packs, their tables proven.

use crate::command::check::{self, Format};
use crate::exit::Outcome;
use crate::inputs::{Notes, Packs, pack_texts};
use crate::output::Output;
use clap::Args;

/// Find every problem in packs and prove their tables
///
/// Every id is resolved, every threshold is held to what it reads, and every decision table is
/// proven to have neither gap nor overlap.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack check rules/organisation")]
#[group(id = "pack-check")]
pub(crate) struct Check {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// How to print problems
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    packs: Packs,
}

impl Check {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let library = self.packs.library()?;
        let mut notes = Notes::default();
        let mut said = String::new();
        for name in &self.names {
            let tested = check::pack(pack_texts(name, &library)?, &library, &mut notes)?;
            said.push_str(&tested.map_or_else(String::new, |tested| check::says(&tested.rulebook)));
        }
        check::tell(&notes, &said, self.format, output)
    }
}
