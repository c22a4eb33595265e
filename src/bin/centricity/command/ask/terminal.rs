//! Lines printed and lines read.
//!
//! In a terminal a line can be edited. Everywhere else, and with `--plain`, prompt and answer are
//! lines that only ever follow one another: for pipes, and for screen readers.

use crate::exit::{Failure, Result};
use crate::output::print;
use centricity::message;
use centricity::report::terminal::narrowed;
use centricity::text::Error;
use rustyline::config::Configurer as _;
use rustyline::error::ReadlineError;
use rustyline::{Config, DefaultEditor};
use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::Path;

/// The longest line that is taken, in bytes: far above what a person types.
const LONGEST: u64 = 1 << 16;

/// Columns below which lines are no longer broken between words.
const NARROWEST: usize = 20;

/// The terminal of the one who is asked.
pub(super) enum Terminal {
    Plain,
    Edited(Box<DefaultEditor>),
}

impl Terminal {
    pub(super) fn new(plain: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if plain || dumb || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Self::Plain;
        }
        let editor = DefaultEditor::with_config(Config::builder().build());
        editor.map_or(Self::Plain, |mut editor| {
            editor.set_auto_add_history(false);
            Self::Edited(Box::new(editor))
        })
    }

    /// Prints a text, in lines that fit the terminal.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        let columns = match self {
            Self::Plain => None,
            Self::Edited(editor) => editor.dimensions().map(|(columns, _)| columns),
        };
        match columns {
            Some(columns) => print(&narrowed(text, usize::from(columns).max(NARROWEST))),
            None => print(text),
        }
    }

    /// Reads a line; `None` at the end of input, or after Ctrl-C. `begin` is what it could be, to be
    /// changed or kept.
    pub(super) fn line(&mut self, prompt: &str, begin: &str) -> Result<Option<String>> {
        match self {
            Self::Plain => {
                print(prompt)?;
                plain_line()
            }
            Self::Edited(editor) => match editor.readline_with_initial(prompt, (begin, "")) {
                Ok(line) => Ok(Some(line)),
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                Err(ReadlineError::Io(error)) => Err(wrap(error)),
                Err(error) => Err(wrap(io::Error::other(error))),
            },
        }
    }
}

fn plain_line() -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(LONGEST);
    let count = input.read_until(b'\n', &mut bytes).map_err(wrap)?;
    if count == 0 {
        print("\n")?;
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

fn wrap(error: io::Error) -> Failure {
    Error::read(Path::new(message!("standard-input")), error).into()
}
