//! One document, in the form and at the place that are asked for.

use super::{Output, free, give};
use crate::exit::Failure;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How a document is printed, and where to.
#[derive(Debug, Clone, Args)]
pub(crate) struct Written {
    /// How to print it [default: as the name of --out says, else text]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is already there
    #[arg(long, requires = "out")]
    force: bool,
}

/// A form that a document can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, 80 columns wide
    Text,
    /// Markdown, for a pull request
    Md,
    /// One page that needs nothing beside it
    Html,
    /// For programs
    Json,
}

impl Written {
    /// The form asked for, or else the one that the name of the file ends in.
    pub(crate) fn format(&self) -> Format {
        let ends = self.out.as_ref().and_then(|path| path.extension());
        self.format
            .unwrap_or(match ends.and_then(|end| end.to_str()) {
                Some("html" | "htm") => Format::Html,
                Some("md") => Format::Md,
                Some("json") => Format::Json,
                _ => Format::Text,
            })
    }

    /// Whether text may be coloured.
    pub(crate) fn colors(&self, output: Output) -> bool {
        self.out.is_none() && output.colors()
    }

    /// Refuses a place that is taken, before there is anything to write.
    pub(crate) fn free(&self) -> Result<(), Failure> {
        free(self.out.as_deref(), self.force)
    }

    /// Prints or writes the document.
    pub(crate) fn give(&self, text: &str, output: Output) -> Result<(), Failure> {
        give(text, self.out.as_deref(), self.force, output)
    }
}
