//! Where text goes: results to standard output, messages to standard error, files whole or not at all.

mod written;

pub(crate) use written::{Format, Written};

use crate::exit::Failure;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::error::Error;
use clap::{Args, ValueEnum};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// How to talk.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Output {
    /// Say nothing but results and problems
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to use colour; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl Output {
    /// Says something on standard error, unless asked to be quiet.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet {
            tell(text);
        }
    }

    /// Shows problems on standard error; warnings only unless asked to be quiet.
    pub(crate) fn problems(self, problems: &Diagnostics, sources: &Sources) {
        if problems.has_errors() || !self.quiet {
            tell(&render(
                problems,
                sources,
                self.paint(io::stderr().is_terminal()),
            ));
        }
    }

    /// Says why the command could not be carried out.
    pub(crate) fn failure(self, failure: &Failure) {
        let (bold, red, plain) = if self.paint(io::stderr().is_terminal()) {
            ("\u{1b}[1m", "\u{1b}[1;31m", "\u{1b}[0m")
        } else {
            ("", "", "")
        };
        let help = failure
            .help
            .as_ref()
            .map_or(String::new(), |help| format!("{bold}help:{plain} {help}\n"));
        tell(&format!(
            "{red}error:{plain} {}\n{help}",
            clean(&failure.message)
        ));
    }

    /// Whether results on standard output are coloured.
    pub(crate) fn colors(self) -> bool {
        self.paint(io::stdout().is_terminal())
    }

    /// Whether somebody watches messages as they come.
    pub(crate) fn watched(self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    fn paint(self, terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                terminal
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// Writes a result to standard output. A reader who leaves early is no error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// The same for what is no text.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::write(Path::new("standard output"), error).into())
        }
        _ => Ok(()),
    }
}

/// Nobody can be told when standard error is gone.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A text without control characters, which could steer a terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// Gives a result to standard output, or writes it as a new file, whole or not at all.
pub(crate) fn give(
    text: &str,
    file: Option<&Path>,
    force: bool,
    output: Output,
) -> Result<(), Failure> {
    let Some(file) = file else {
        return print(text);
    };
    free(Some(file), force)?;
    let folder = match file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    place(draft(folder, text.as_bytes())?, file, force)?;
    output.note(&format!("wrote {}\n", file.display()));
    Ok(())
}

/// Refuses a place that is taken, unless what is there may be replaced.
pub(crate) fn free(file: Option<&Path>, force: bool) -> Result<(), Failure> {
    match file {
        Some(file) if !force && file.exists() => Err(Failure::world(
            format!("`{}` is already there", file.display()),
            "choose another file, or add `--force` to replace it",
        )),
        _ => Ok(()),
    }
}

/// A file written beside its place, to be moved there whole.
pub(crate) fn draft(folder: &Path, bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let wrap = |error| Error::write(folder, error);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".centricity-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(wrap)?;
    file.write_all(bytes).map_err(wrap)?;
    Ok(file)
}

/// The folder a file lies in, or will.
pub(crate) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Moves a written file to its place; what is there is replaced only where that is asked for.
pub(crate) fn place(file: NamedTempFile, path: &Path, replace: bool) -> Result<(), Error> {
    let moved = if replace {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    moved
        .map(drop)
        .map_err(|error| Error::write(path, error.error))
}
