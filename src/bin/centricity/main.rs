//! The command line of centricity: arguments in, files and text out, everything between is the
//! library's. Its exit codes, failures, and interruption.

mod browser;
mod command;
mod git;
mod inputs;
mod output;
mod process;
mod watch;

use centricity::assess::Mismatch;
use centricity::message;
use centricity::text::Error;
use clap::Parser as _;
use mimalloc::MiMalloc;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::register;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    command::Cli::parse().run().into()
}

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Done.
    Done = 0,
    /// A file cannot be read or written.
    World = 1,
    /// The command line cannot be followed; clap ends with the same code.
    Usage = 2,
    /// A pack or answers are not valid.
    Invalid = 3,
    /// A gate is not met.
    NotMet = 4,
    /// Interrupted, by the code that shells use for it.
    Interrupted = 130,
}

impl Exit {
    /// Done if a condition holds, or else another code.
    fn done_if(holds: bool, otherwise: Self) -> Self {
        if holds { Self::Done } else { otherwise }
    }
}

/// A command that has nothing to say about its end is done.
impl From<()> for Exit {
    fn from((): ()) -> Self {
        Self::Done
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Reason why a command cannot be carried out.
#[derive(Debug)]
enum Failure {
    /// An invalid input, whose problems are those of the reader.
    Invalid,
    /// Any other reason.
    Stopped {
        exit: Exit,
        /// One sentence in lower case, without a final period.
        message: String,
        /// Advice on what to do about it.
        help: Option<String>,
    },
}

/// Returns the [`Failure`] of a command line that cannot be followed, in the words of a sentence of
/// `messages/en.ftl`, with the help that stands there under it. What varies is given as to [`message!`].
macro_rules! usage {
    ($($sentence:tt)*) => {
        $crate::Failure::named($crate::Exit::Usage, centricity::with_help!($($sentence)*))
    };
}

/// Returns the [`Failure`] of a file, folder or program that is not as it must be, as [`usage!`] does.
macro_rules! world {
    ($($sentence:tt)*) => {
        $crate::Failure::named($crate::Exit::World, centricity::with_help!($($sentence)*))
    };
}
use {usage, world};

impl Failure {
    /// A command line that cannot be followed.
    fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::stopped(Exit::Usage, message, Some(help.into()))
    }

    /// A file, folder or program that is not as it must be.
    fn world(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::stopped(Exit::World, message, Some(help.into()))
    }

    /// A failure in the words of a sentence, with its help.
    fn named(exit: Exit, (message, help): (String, Option<String>)) -> Self {
        Self::stopped(exit, message, help)
    }

    fn stopped(exit: Exit, message: impl Into<String>, help: Option<String>) -> Self {
        Self::Stopped {
            exit,
            message: message.into(),
            help,
        }
    }

    /// The code the run ends with.
    fn exit(&self) -> Exit {
        match self {
            Self::Invalid => Exit::Invalid,
            Self::Stopped { exit, .. } => *exit,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::stopped(Exit::World, with_cause(&error), None)
    }
}

impl From<Mismatch> for Failure {
    fn from(mismatch: Mismatch) -> Self {
        let help = mismatch.help().to_owned();
        Self::stopped(Exit::Invalid, mismatch.to_string(), Some(help))
    }
}

/// An error and its cause in one sentence.
fn with_cause(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// Turns an invalid input into `None`, where more is to be read before the run ends.
fn if_valid<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Err(Failure::Invalid) => Ok(None),
        result => result.map(Some),
    }
}

/// A result whose error is mostly a failure.
type Result<T, E = Failure> = std::result::Result<T, E>;

static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Notes interruptions from here on, instead of ending the run at once: the caller asks
/// [`check_interrupted`] often.
fn watch_interrupts() {
    for signal in [SIGINT, SIGTERM] {
        // Where no handler can be set, an interruption ends the run as ever.
        let _ = register(signal, Arc::clone(&INTERRUPTED));
    }
}

/// Fails after an interruption, so that what is unfinished is cleared away. To ask shows that no template
/// holds up the run.
fn check_interrupted() -> Result<()> {
    watch::alive();
    if INTERRUPTED.load(Ordering::Relaxed) {
        let message = message!("interrupted-nothing-was-written");
        return Err(Failure::stopped(Exit::Interrupted, message, None));
    }
    Ok(())
}
