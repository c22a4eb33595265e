//! Results on standard output, messages on standard error, files written whole or not at all.

mod file;

pub(crate) use file::{
    NewFolder, check_free, create_folder, deliver, draft, folder_of, place, place_all, write_file,
};

use crate::{Exit, Failure, Result};
use centricity::message;
use centricity::report::Report;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::{Error, is_unprintable};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Verbosity and colour of everything that is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Output {
    /// Say nothing but results and problems
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Colour text always, never, or where it is seen; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
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

/// A text without what could steer a terminal.
pub(crate) fn clean(text: &str) -> String {
    text.replace(is_unprintable, " ")
}

/// A line on a terminal that shows how far a long task has come, and goes with it.
#[derive(Debug)]
pub(crate) struct ProgressLine(Option<Output>);

impl ProgressLine {
    /// A line that is shown if the task is long enough and somebody watches.
    pub(crate) fn new(output: Option<Output>, is_long: bool) -> Self {
        Self(output.filter(|output| is_long && !output.quiet && io::stderr().is_terminal()))
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

/// A format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    Html,
    Md,
    Json,
    Text,
    Docx,
    Pdf,
    Xlsx,
    Context,
}

impl Format {
    /// The name on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
            Self::Text => "text",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Context => "context",
        }
    }

    /// The ending of a file.
    pub(crate) const fn ending(self) -> &'static str {
        if matches!(self, Self::Context) {
            "context.json"
        } else {
            self.name()
        }
    }

    /// A report as a page or as Markdown; for any other format, as text for a terminal.
    pub(crate) fn render(self, report: &Report, paint: bool) -> Result<String> {
        Ok(match self {
            Self::Html => report.html()?,
            Self::Md => report.markdown()?,
            Self::Text | Self::Json | Self::Docx | Self::Pdf | Self::Xlsx | Self::Context => {
                report.terminal(paint)?
            }
        })
    }
}

/// Parser of the formats that a command has, each with its help.
pub(crate) fn formats(
    all: &'static [(Format, &'static str)],
) -> impl TypedValueParser<Value = Format> {
    one_of(
        all.iter()
            .map(|(format, help)| (format.name(), *help, *format)),
    )
}

/// Parser of one value of several, each with its name and its help, which may be empty.
pub(crate) fn one_of<T: Clone + Send + Sync + 'static>(
    all: impl IntoIterator<Item = (&'static str, &'static str, T)>,
) -> impl TypedValueParser<Value = T> {
    let all: Vec<_> = all.into_iter().collect();
    let names = all.iter().map(|(name, help, _)| match *help {
        "" => PossibleValue::new(*name),
        help => PossibleValue::new(*name).help(help),
    });
    PossibleValuesParser::new(names.collect::<Vec<_>>()).try_map(move |name| {
        let found = all.iter().find(|(one, ..)| *one == name);
        found
            .map(|(.., value)| value.clone())
            .ok_or(message!("no-such-value"))
    })
}

/// Format of a document, and the file it is written to.
#[derive(Debug, Clone, Args)]
pub(crate) struct DocumentArgs {
    /// Print in this format [default: as the name of --out says, else text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(&[
        (Format::Text, "For people, 80 columns wide"),
        (Format::Md, "Markdown, for a pull request"),
        (Format::Html, "One page that needs nothing beside it"),
        (Format::Json, "For programs"),
    ]))]
    format: Option<Format>,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is already there
    #[arg(long, requires = "out")]
    force: bool,
}

impl DocumentArgs {
    /// The format asked for, or else the one that the name of the file ends in.
    fn format(&self) -> Format {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        self.format
            .unwrap_or(match ending.and_then(|ending| ending.to_str()) {
                Some("html" | "htm") => Format::Html,
                Some("md") => Format::Md,
                Some("json") => Format::Json,
                _ => Format::Text,
            })
    }

    /// Refuses a file that is already there, before there is anything to write.
    pub(crate) fn check_free(&self) -> Result<()> {
        let help = message!("choose-another-file-or-add-force");
        check_free(self.out.as_deref(), self.force, help)
    }

    /// Prints or writes a document: itself as JSON, else the report on it.
    pub(crate) fn write(
        &self,
        document: &impl serde::Serialize,
        report: impl FnOnce() -> Result<Report>,
        output: Output,
    ) -> Result<()> {
        let format = self.format();
        let text = if format == Format::Json {
            json(document)?
        } else {
            format.render(&report()?, self.out.is_none() && output.colors())?
        };
        let help = message!("choose-another-file-or-add-force");
        let out = self.out.as_deref();
        deliver(text.as_bytes(), out, self.force, help, output)
    }
}

/// A document as JSON that people can read.
pub(crate) fn json(document: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n").map_err(|error| {
        let message = message!("cannot-write-the-result", error = error.to_string());
        Failure::stopped(Exit::World, message, None)
    })
}
