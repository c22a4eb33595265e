//! `pack`: the rule author's tools, one file each.

mod check;
mod docs;
mod lint;
mod list;
mod new;
mod show;
mod test;

use crate::exit::Outcome;
use crate::output::Output;
use clap::Subcommand;

/// List, read, begin, check and test packs
#[derive(Debug, Subcommand)]
#[command(after_help = "Example: centricity pack show organisation")]
pub(crate) enum Pack {
    List(list::List),
    New(new::New),
    Show(show::Show),
    Check(check::Check),
    Docs(docs::Docs),
    Lint(lint::Lint),
    Test(test::Test),
}

impl Pack {
    pub(crate) fn run(self, output: Output) -> Outcome {
        match self {
            Self::List(verb) => verb.run(output),
            Self::New(verb) => verb.run(output),
            Self::Show(verb) => verb.run(output),
            Self::Check(verb) => verb.run(output),
            Self::Docs(verb) => verb.run(output),
            Self::Lint(verb) => verb.run(output),
            Self::Test(verb) => verb.run(output),
        }
    }
}
