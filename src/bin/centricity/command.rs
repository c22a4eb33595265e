//! The commands: one file each, arguments above and run below.

mod ask;
mod assess;
mod check;
mod compare;
mod explain;
mod export;
mod form;
mod gate;
mod history;
mod import;
mod init;
mod pack;
mod plan;
mod portfolio;
mod report;
mod schema;
mod sheet;

use crate::exit::{Exit, Result};
use crate::output::{Output, print};
use clap::{Args, CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;

const AFTER_HELP: &str = "\
The road of a newcomer:
  centricity init clients/acme                   a folder, every question in it as a comment
  centricity ask clients/acme                    an interview: each answer is saved at once
  (or edit clients/acme/assessment.yaml)         take the # away before the answers that are true
  centricity check clients/acme                  all problems at once, each with its place and help
  centricity assess clients/acme                 the verdict, here in the terminal
  centricity explain clients/acme organisation.level   why this level, and what would change it
  centricity plan clients/acme                   the few steps that lead to the next level
  centricity report clients/acme --out report    the report to hand over, HTML and Markdown
  centricity history clients/acme                how scores moved since, over git revisions

Where many people answer:
  centricity form clients/acme --role frontline --out acme.html   a page to send; what comes back
                                                 goes into clients/acme/responses
  centricity import survey.csv --into clients/acme --suggest      what a survey's export holds
  centricity sheet clients/acme                  what a workshop should settle

PATH is a file, a folder that holds an assessment.yaml, or - for standard input.
Results go to standard output, messages to standard error.

Exit codes: 0 done, 1 a file cannot be read or written, 2 usage, 3 invalid pack or answers,
4 gate not met, 130 interrupted.";

/// Measures how customer-centric an organisation is
///
/// Answers live in plain YAML files, rules live in plain YAML packs. centricity checks the one
/// against the other, scores them, and writes a report that explains every figure in it. It needs
/// no account and no network, and the same files always give the same bytes.
#[derive(Debug, Parser)]
#[command(version, after_long_help = AFTER_HELP, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    output: Output,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Ask(ask::Ask),
    Check(check::Check),
    Assess(assess::Assess),
    Report(report::Report),
    Explain(explain::Explain),
    History(history::History),
    Plan(plan::Plan),
    Compare(compare::Compare),
    Gate(gate::Gate),
    Sheet(sheet::Sheet),
    Form(form::Form),
    Import(import::Import),
    Export(export::Export),
    Portfolio(portfolio::Portfolio),
    #[command(subcommand)]
    Pack(pack::Pack),
    Schema(schema::Schema),
    Completions(Completions),
}

impl Cli {
    /// Runs the command, and prints a failure on standard error.
    pub(crate) fn run(self) -> Exit {
        let Self { output, command } = self;
        command.run(output).unwrap_or_else(|failure| {
            output.failure(&failure);
            failure.exit()
        })
    }
}

impl Command {
    fn run(self, output: Output) -> Result<Exit> {
        match self {
            Self::Init(command) => command.run(output),
            Self::Ask(command) => command.run(output),
            Self::Check(command) => command.run(output),
            Self::Assess(command) => command.run(output),
            Self::Report(command) => command.run(output),
            Self::Explain(command) => command.run(output),
            Self::History(command) => command.run(output),
            Self::Plan(command) => command.run(output),
            Self::Compare(command) => command.run(output),
            Self::Gate(command) => command.run(output),
            Self::Sheet(command) => command.run(output),
            Self::Form(command) => command.run(output),
            Self::Import(command) => command.run(output),
            Self::Export(command) => command.run(output),
            Self::Portfolio(command) => command.run(output),
            Self::Pack(command) => command.run(output),
            Self::Schema(command) => command.run(output),
            Self::Completions(command) => command.run(),
        }
    }
}

/// Print a script that completes commands in your shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity completions bash > ~/.local/share/bash-completion/completions/centricity"
)]
struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    fn run(&self) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "centricity", &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Done)
    }
}
