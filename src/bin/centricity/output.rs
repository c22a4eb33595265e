//! Results on standard output, messages on standard error, files and folders written whole or not at all:
//! next to their place, then moved there.

mod folder;
mod hidden;

pub(crate) use folder::NewFolder;
use hidden::note_unfinished;
pub(crate) use hidden::{HiddenFolder, Kind, clear_away};

use crate::{Exit, Failure, Result, world};
use centricity::message;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::{
    Error, escaped_json, is_unprintable, is_unprintable_in_lines, printable_lines,
};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice};
use std::fs::{self, FileType};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempPath;

/// Verbosity and colour of everything that is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Output {
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say every warning at each of its places, not once with their number
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Colour text always, never, or where it is seen; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

impl Output {
    /// Prints a message on standard error, unless asked to be quiet.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet {
            print_error(&printable_lines(text));
        }
    }

    /// Shows problems on standard error.
    pub(crate) fn problems(self, problems: &Diagnostics, sources: &Sources) {
        let color = self.paint(io::stderr().is_terminal());
        print_error(&self.told(problems, sources, color));
    }

    /// Problems as text: errors, and unless asked to be quiet warnings, those in the same words once
    /// unless all are wanted.
    pub(crate) fn told(self, problems: &Diagnostics, sources: &Sources, color: bool) -> String {
        if self.verbose {
            render(problems, sources, color)
        } else if self.quiet {
            render(&problems.only_errors(), sources, color)
        } else {
            render(&problems.grouped(), sources, color)
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
        let help = help.as_ref().map_or(String::new(), |help| {
            format!("{bold}help:{plain} {}\n", printable_lines(help))
        });
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

/// Writes a result to standard output, without anything that could steer a terminal. A reader who leaves
/// early is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    print_bytes(printable_lines(text).as_bytes())
}

/// The same of a text in colours: nothing else in it steers a terminal, as what was painted is clean.
pub(crate) fn print_painted(text: &str) -> Result<()> {
    let steers = |one| one != '\u{1b}' && is_unprintable_in_lines(one);
    print_bytes(text.replace(steers, " ").as_bytes())
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
pub(crate) struct ProgressLine(bool);

impl ProgressLine {
    /// A line that is shown if the task is long enough and somebody watches.
    pub(crate) fn new(output: Option<Output>, is_long: bool) -> Self {
        let is_wanted = is_long && output.is_some_and(|output| !output.quiet);
        Self(is_wanted && io::stderr().is_terminal())
    }

    /// Replaces the line.
    pub(crate) fn show(&self, text: &str) {
        if self.0 {
            print_error(&format!("\r{}", clean(text)));
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.0 {
            print_error("\r\u{1b}[K");
        }
    }
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

/// A document as JSON that people can read.
pub(crate) fn json(document: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| escaped_json(&text) + "\n")
        .map_err(|error| {
            let message = message!("cannot-write-the-result", error = error.to_string());
            Failure::stopped(Exit::World, message, None)
        })
}

/// Prints a result, or writes it to a file; `help` says what to do where one is there that may not be
/// replaced.
pub(crate) fn deliver(
    bytes: &[u8],
    file: Option<&Path>,
    replace: bool,
    help: &str,
    output: Output,
) -> Result<()> {
    check_free(file, replace, help)?;
    let Some(file) = file else {
        return print_bytes(bytes);
    };
    write_file(file, bytes, replace)?;
    output.note(&format!("wrote {}\n", file.display()));
    Ok(())
}

/// Refuses a file that is already there, unless it may be replaced, and always what is no regular file.
pub(crate) fn check_free(file: Option<&Path>, replace: bool, help: &str) -> Result<()> {
    let Some(file) = file else { return Ok(()) };
    if check_kind(file, FileType::is_file)? && !replace {
        return Err(already_there(file, help));
    }
    Ok(())
}

/// Refuses what is there and is no folder.
pub(crate) fn check_folder(path: &Path) -> Result<()> {
    check_kind(path, FileType::is_dir).map(drop)
}

/// Returns true if something of this kind is at a path, and false if nothing is. What is of another
/// kind is refused: a link is not followed to what it leads to, and not replaced either.
fn check_kind(path: &Path, is_kind: fn(&FileType) -> bool) -> Result<bool> {
    let Ok(there) = path.symlink_metadata() else {
        return Ok(false);
    };
    let (kind, shown) = (there.file_type(), path.display());
    if is_kind(&kind) {
        return Ok(true);
    }
    Err(if kind.is_symlink() {
        let to = fs::read_link(path).unwrap_or_default();
        world!("is-a-link-and-stays", path = shown, to = to.display())
    } else if kind.is_dir() {
        world!("is-there-as-a-folder", path = shown)
    } else if kind.is_file() {
        world!("is-there-as-a-file", path = shown)
    } else {
        world!("is-there-as-a-device", path = shown)
    })
}

/// The refusal to write over something.
fn already_there(path: &Path, help: &str) -> Failure {
    Failure::world(
        message!("path-is-already-there", path = path.display()),
        help,
    )
}

/// Creates a folder and those above it.
pub(crate) fn create_folder(folder: &Path) -> Result<(), Error> {
    let new = folder.ancestors().take_while(|one| !one.exists());
    for folder in new.collect::<Vec<_>>().iter().rev() {
        note_unfinished(folder);
    }
    let created = fs::create_dir_all(folder);
    let created = created.map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            io::Error::new(error.kind(), message!("it-is-no-folder"))
        } else {
            error
        }
    });
    created.map_err(|error| Error::write(folder, error))
}

/// The folder a file lies in, or will.
pub(crate) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Writes a file; one that is there is replaced only where that is asked for.
pub(crate) fn write_file(path: &Path, bytes: &[u8], replace: bool) -> Result<(), Error> {
    place(draft(folder_of(path), bytes)?, path, replace)
}

/// A written file that is not in its place yet, and goes unless it is moved there.
#[derive(Debug)]
pub(crate) struct Draft {
    file: TempPath,
    _folder: Arc<HiddenFolder>,
}

/// Writes a file that nobody sees into a folder, to be [placed](place) there.
pub(crate) fn draft(folder: &Path, bytes: &[u8]) -> Result<Draft, Error> {
    let wrap = |error| Error::write(folder, error);
    let hidden = HiddenFolder::shared(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(hidden.path()).map_err(wrap)?;
    // Written past the wrapper, whose errors would name the file that nobody sees.
    file.as_file_mut().write_all(bytes).map_err(wrap)?;
    Ok(Draft {
        file: file.into_temp_path(),
        _folder: hidden,
    })
}

/// Writes the file that a path leads to anew, to be [placed](place) where it is. A link stays, and so
/// does the mode; what may not be written is refused.
pub(crate) fn redraft(path: &Path, bytes: &[u8]) -> Result<(Draft, PathBuf), Error> {
    let wrap = |error| Error::write(path, error);
    let real = fs::canonicalize(path).map_err(wrap)?;
    let mode = fs::metadata(&real).map_err(wrap)?.permissions();
    if mode.readonly() {
        let why = message!("it-is-read-only");
        return Err(wrap(io::Error::new(ErrorKind::PermissionDenied, why)));
    }
    let file = draft(folder_of(&real), bytes)?;
    fs::set_permissions(&file.file, mode).map_err(wrap)?;
    Ok((file, real))
}

/// Moves a written file to its place. Nothing but a regular file is ever replaced.
pub(crate) fn place(draft: Draft, path: &Path, replace: bool) -> Result<(), Error> {
    let mut there = path.symlink_metadata().into_iter();
    if replace && there.any(|there| !there.is_file()) {
        let why = message!("it-is-not-replaced");
        return Err(Error::write(path, io::Error::other(why)));
    }
    let moved = if replace {
        draft.file.persist(path)
    } else {
        draft.file.persist_noclobber(path)
    };
    moved.map_err(|error| Error::write(path, error.error))
}

/// Moves written files to their places. Where one cannot be moved, those before it are taken back,
/// unless they may have replaced others.
pub(crate) fn place_all(drafts: Vec<(Draft, PathBuf)>, replace: bool) -> Result<(), Error> {
    let mut placed = Vec::new();
    for (draft, path) in drafts {
        if let Err(error) = place(draft, &path, replace) {
            for path in placed.iter().filter(|_| !replace) {
                // The first failure is the one to report.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
        placed.push(path);
    }
    Ok(())
}
