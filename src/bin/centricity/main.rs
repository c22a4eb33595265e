//! The command line of centricity: arguments in, files and text out, everything between is the
//! library's.

mod browser;
mod command;
mod exit;
mod git;
mod inputs;
mod output;

use clap::Parser as _;
use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    command::Cli::parse().run().into()
}
