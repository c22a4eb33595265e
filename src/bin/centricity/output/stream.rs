//! Standard output and standard error.

use crate::exit::{Failure, Result};
use centricity::message;
use centricity::text::Error;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use clap::{Args, ValueEnum};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// Verbosity and colour of everything that is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Output {
    /// Say nothing but results and problems
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to use colour; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

/// The use of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl Output {
    /// Prints a message on standard error, unless asked to be quiet.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet {
            print_error(text);
        }
    }

    /// Shows problems on standard error; warnings only unless asked to be quiet.
    pub(crate) fn problems(self, problems: &Diagnostics, sources: &Sources) {
        if problems.has_errors() || !self.quiet {
            print_error(&render(
                problems,
                sources,
                self.paint(io::stderr().is_terminal()),
            ));
        }
    }

    /// Prints why a command could not be carried out; problems of inputs are printed already.
    pub(crate) fn failure(self, failure: &Failure) {
        let Failure::Stopped { message, help, .. } = failure else {
            return;
        };
        let (bold, red, plain) = if self.paint(io::stderr().is_terminal()) {
            ("\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[0m")
        } else {
            ("", "", "")
        };
        let help = help
            .as_ref()
            .map_or(String::new(), |help| format!("{bold}help:{plain} {help}\n"));
        print_error(&format!("{red}error:{plain} {}\n{help}", clean(message)));
    }

    /// Returns true if results on standard output are coloured.
    pub(crate) fn colors(self) -> bool {
        self.paint(io::stdout().is_terminal())
    }

    /// Returns true if messages appear on a terminal.
    fn is_watched(self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    fn paint(self, terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                terminal
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// Writes a result to standard output. A reader who leaves early is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

/// Writes bytes to standard output.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::write(Path::new(message!("standard-output")), error).into())
        }
        _ => Ok(()),
    }
}

/// Writes to standard error; there is no place to report that it is closed.
fn print_error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A text without control characters, which could steer a terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A line on a terminal that shows how far a long task has come, and goes with it.
#[derive(Debug)]
pub(crate) struct ProgressLine(Option<Output>);

impl ProgressLine {
    /// A line that is shown if the task is long enough and somebody watches.
    pub(crate) fn new(output: Option<Output>, is_long: bool) -> Self {
        Self(output.filter(|output| is_long && output.is_watched()))
    }

    /// Replaces the line.
    pub(crate) fn show(&self, text: &str) {
        if let Some(output) = self.0 {
            output.note(&format!("\r{text}"));
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.show("\u{1b}[K");
    }
}
