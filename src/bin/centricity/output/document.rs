//! One document, in the format and at the place that are asked for.

use super::file::{check_free, print_or_write};
use super::stream::Output;
use crate::exit::{Exit, Failure, Result};
use centricity::message;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// A format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    Html,
    Md,
    Json,
    Text,
}

impl Format {
    /// The name on the command line, which is also the ending of a file.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
            Self::Text => "text",
        }
    }
}

/// Parser of the formats that a command has, each with its help.
pub(crate) fn formats(
    all: &'static [(Format, &'static str)],
) -> impl TypedValueParser<Value = Format> {
    let values = all
        .iter()
        .map(|(format, help)| PossibleValue::new(format.name()).help(help));
    PossibleValuesParser::new(values).try_map(|name| {
        let found = all.iter().find(|(format, _)| format.name() == name);
        found
            .map(|(format, _)| *format)
            .ok_or(message!("no-such-format"))
    })
}

/// Format of a document, and the file it is written to.
#[derive(Debug, Clone, Args)]
pub(crate) struct DocumentArgs {
    /// How to print it [default: as the name of --out says, else text]
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
    pub(crate) fn format(&self) -> Format {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        self.format
            .unwrap_or(match ending.and_then(|ending| ending.to_str()) {
                Some("html" | "htm") => Format::Html,
                Some("md") => Format::Md,
                Some("json") => Format::Json,
                _ => Format::Text,
            })
    }

    /// Returns true if text may be coloured.
    pub(crate) fn colors(&self, output: Output) -> bool {
        self.out.is_none() && output.colors()
    }

    /// Refuses a file that is already there, before there is anything to write.
    pub(crate) fn check_free(&self) -> Result<()> {
        check_free(self.out.as_deref(), self.force)
    }

    /// Prints or writes the document.
    pub(crate) fn write(&self, text: &str, output: Output) -> Result<()> {
        print_or_write(text, self.out.as_deref(), self.force, output)
    }
}

/// A document as JSON that people can read.
pub(crate) fn json(document: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::Stopped {
            exit: Exit::World,
            message: message!("cannot-write-the-result", error = error.to_string()),
            help: None,
        })
}
