//! Runs git.
//!
//! Nothing of the surroundings reaches it: variables named `GIT_*` are cleared, nothing is fetched,
//! no lock is taken, and only commands that run no program of the repository's are used.

use crate::exit::Failure;
use crate::output::clean;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A command of git in a folder.
pub(super) fn command(folder: &Path) -> Command {
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
        .args(["-c", "core.quotepath=off", "-c", "log.showSignature=false"])
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// Runs git in a folder.
pub(super) fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
    let output = command(folder).args(arguments).output();
    output.map_err(|error| not_runnable(&error))
}

/// The failure to start git.
pub(super) fn not_runnable(error: &std::io::Error) -> Failure {
    Failure::world(
        format!("git cannot be run: {error}"),
        "looking back takes the program `git` on the path",
    )
}

/// The first line of standard error.
pub(super) fn first_error(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().next().unwrap_or("nothing was said");
    clean(first.trim_start_matches("fatal: "))
}

/// Standard output as one line.
pub(super) fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}
