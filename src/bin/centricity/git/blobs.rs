//! Contents of files, from one process for all of them.

use super::process::not_runnable;
use crate::exit::Failure;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(crate) struct Blobs {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Blobs {
    pub(super) fn open(mut git: Command) -> Result<Self, Failure> {
        let mut child = git
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
    pub(crate) fn copy(
        &mut self,
        object: &str,
        most: u64,
        out: &mut impl Write,
    ) -> Result<bool, Failure> {
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
            let what = head.split(' ').nth(1).unwrap_or("no answer").trim_end();
            let error = format!("it is {what}");
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
    unreadable(object, "it is missing")
}

fn unreadable(object: &str, why: impl std::fmt::Display) -> Failure {
    Failure::world(
        format!("git cannot read `{object}`: {why}"),
        "the repository may be damaged or incomplete; try `git fsck`",
    )
}

impl Drop for Blobs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
