//! The command line of centricity: arguments in, files and text out, everything between is the
//! library's.

mod command;
mod exit;
mod inputs;
mod output;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    command::Cli::parse().run().into()
}
