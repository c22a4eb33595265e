//! `pack check`: every problem of packs, their tables proven.

use crate::command::check;
use crate::exit::Outcome;
use crate::output::Output;
use clap::Args;

/// Find every problem in packs and prove their tables
///
/// Every id is resolved, every threshold is held to what it reads, and every decision table is
/// proven to have neither gap nor overlap. PATH is a pack's folder, its only file, or a folder of
/// packs.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack check rules/organisation")]
pub(crate) struct Check {
    #[command(flatten)]
    inner: check::Check,
}

impl Check {
    pub(crate) fn run(self, output: Output) -> Outcome {
        self.inner.run(output)
    }
}
