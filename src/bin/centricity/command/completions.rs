//! `completions`: a script that completes commands and paths in a shell.

use crate::command::Cli;
use crate::exit::{Exit, Outcome};
use crate::output::print;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

/// Print a script that completes commands in your shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity completions bash > ~/.local/share/bash-completion/completions/centricity"
)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "centricity", &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Done)
    }
}
