//! Runs git, once or to read many files.
//!
//! Nothing of the surroundings reaches it: variables named `GIT_*` are cleared, nothing is fetched,
//! no lock is taken, and only commands that run no program of the repository's are used.

use crate::exit::{Failure, Result};
use crate::output::clean;
use centricity::message;
use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// A command of git in a folder.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"GIT_") {
            command.env_remove(name);
        }
    }
    command
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .args(["--no-pager", "--literal-pathspecs"])
        .args([
            "-c",
            message!("core-quotepath-off"),
            "-c",
            message!("log-showsignature-false"),
        ])
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// Runs git in a folder.
pub(super) fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output> {
    let output = command(folder).args(arguments).output();
    output.map_err(|error| not_runnable(&error))
}

/// The failure to start git.
fn not_runnable(error: &io::Error) -> Failure {
    Failure::world(
        message!("git-cannot-be-run", error = error.to_string()),
        message!("looking-back-takes-the-program-git"),
    )
}

/// The first line of standard error.
pub(super) fn first_error(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text
        .lines()
        .next()
        .unwrap_or(message!("nothing-was-said-2"));
    clean(first.trim_start_matches("fatal: "))
}

/// Standard output as one line.
pub(super) fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(crate) struct Blobs {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Blobs {
    /// Starts it in a folder.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let mut child = command(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_runnable(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                child,
                input,
                output: BufReader::new(output),
            }),
            _ => Err(not_runnable(&io::Error::from(io::ErrorKind::BrokenPipe))),
        }
    }

    /// Copies what an object holds, at most so many bytes of it; `false` where the clone was made
    /// without it.
    pub(crate) fn copy(&mut self, object: &str, most: u64, out: &mut impl Write) -> Result<bool> {
        match self.try_copy(object, most, out) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(unreadable(object, error)),
        }
    }

    fn try_copy(&mut self, object: &str, most: u64, out: &mut impl Write) -> io::Result<()> {
        writeln!(self.input, "{object}")?;
        self.input.flush()?;
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        let size = head.trim_end().rsplit_once(' ').map(|(_, size)| size);
        let Some(Ok(size)) = size.map(str::parse::<u64>) else {
            let what = head
                .split(' ')
                .nth(1)
                .unwrap_or(message!("no-answer"))
                .trim_end();
            let error = message!("it-is", what);
            return Err(match what {
                "missing" => io::Error::new(io::ErrorKind::NotFound, error),
                _ => io::Error::other(error),
            });
        };
        let kept = size.min(most);
        io::copy(&mut (&mut self.output).take(kept), out)?;
        // The rest, and the line break behind it.
        io::copy(
            &mut (&mut self.output).take(size - kept + 1),
            &mut io::sink(),
        )?;
        Ok(())
    }
}

/// The failure to read an object that the clone lacks.
pub(crate) fn missing_blob(object: &str) -> Failure {
    unreadable(object, message!("it-is-missing"))
}

fn unreadable(object: &str, why: impl std::fmt::Display) -> Failure {
    Failure::world(
        message!("git-cannot-read", object, why = why.to_string()),
        message!("the-repository-may-be-damaged-or-incomplete-try"),
    )
}

impl Drop for Blobs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
