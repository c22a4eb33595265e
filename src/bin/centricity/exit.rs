//! How a run ends.

use centricity::assess::assessment::Mismatch;
use centricity::text::error::Error;
use std::process::ExitCode;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// The world failed: a file cannot be read or written.
    World = 1,
    /// The command line cannot be followed; clap ends with the same code.
    Usage = 2,
    /// A pack or answers are not valid.
    Invalid = 3,
    /// A gate is not met.
    NotMet = 4,
    /// Interrupted, told as shells tell it.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the run ends.
    pub(crate) exit: Exit,
    /// One sentence in lower case, without a final period.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

impl Failure {
    /// The command line cannot be followed.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
            help: Some(help.into()),
        }
    }

    /// The world is not as it must be.
    pub(crate) fn world(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit: Exit::World,
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let cause =
            std::error::Error::source(&error).map_or(String::new(), |cause| format!(": {cause}"));
        Self {
            exit: Exit::World,
            message: format!("{error}{cause}"),
            help: None,
        }
    }
}

impl From<Mismatch> for Failure {
    fn from(mismatch: Mismatch) -> Self {
        Self {
            exit: Exit::Invalid,
            message: mismatch.to_string(),
            help: Some(mismatch.help().to_owned()),
        }
    }
}

/// What a command comes to.
pub(crate) type Outcome = Result<Exit, Failure>;
