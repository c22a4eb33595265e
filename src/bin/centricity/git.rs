//! git by process: the commits there are, and the contents of files at them.

mod remote;

pub(crate) use remote::{Fetched, Head, Remote};

use crate::output::clean;
use crate::{Failure, Result, world};
use centricity::message;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// A repository, by the folder its files lie in; of a bare one, by its own.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    root: PathBuf,
    bare: bool,
}

/// Files by path, from the root and with `/` between folders, each with the name of its contents.
pub(crate) type FileTree = BTreeMap<String, String>;

impl Repository {
    /// The repository a path lies in, whether or not there is anything at the path now.
    pub(crate) fn around(path: &Path) -> Result<Self> {
        let folder = nearest_folder(path);
        let ask = |question| {
            let output = run(&folder, &["rev-parse", question])?;
            let answer = output.status.success().then(|| line(&output.stdout));
            answer.ok_or_else(|| outside(path, &output))
        };
        let bare = ask("--is-bare-repository")? == "true";
        let place = if bare {
            "--absolute-git-dir"
        } else {
            "--show-toplevel"
        };
        let root = PathBuf::from(ask(place)?);
        let root = root.canonicalize().unwrap_or(root);
        Ok(Self { root, bare })
    }

    /// A path as the repository knows it: from its root, with `/` between folders; empty for the
    /// root itself.
    pub(crate) fn inner(&self, path: &Path) -> Result<String> {
        let folder = nearest_folder(path);
        let real = folder.canonicalize().unwrap_or(folder.clone());
        let rest = if folder == Path::new(".") {
            path
        } else {
            path.strip_prefix(&folder).unwrap_or(path)
        };
        let full = real.join(rest);
        let inner = full.strip_prefix(&self.root).ok().and_then(plain);
        inner.ok_or_else(|| world!("lies-outside-the-repository", path = path.display()))
    }

    /// The commit a revision names, by its full hash.
    pub(crate) fn commit(&self, revision: &str) -> Result<String> {
        if let Some(commit) = self.resolve(revision)? {
            return Ok(commit);
        }
        if revision == "HEAD" || self.resolve("HEAD")?.is_none() {
            return Err(Failure::world(
                message!("nothing-is-committed-yet-in-this-repository"),
                message!("git-add-and-git-commit-keep"),
            ));
        }
        let message = message!("there-is-no-revision", clean = clean(revision));
        Err(if self.is_shallow()? {
            Failure::world(message, message!("this-clone-is-shallow-git-fetch"))
        } else {
            Failure::world(message, message!("give-a-branch-a-tag-or-a-commit-as"))
        })
    }

    fn resolve(&self, revision: &str) -> Result<Option<String>> {
        let commit = format!("{revision}^{{commit}}");
        let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        let found = run(&self.root, &[&verify[..], &[&commit]].concat())?;
        Ok(found.status.success().then(|| line(&found.stdout)))
    }

    /// The folder its files lie in; `None` of a bare one, which has none.
    pub(crate) fn worktree(&self) -> Option<&Path> {
        (!self.bare).then_some(self.root.as_path())
    }

    /// Returns true if older history was left out of this clone.
    pub(crate) fn is_shallow(&self) -> Result<bool> {
        let found = run(&self.root, &["rev-parse", "--is-shallow-repository"])?;
        Ok(found.stdout.starts_with(b"true"))
    }

    /// The files at and below some paths at a commit. Links and other repositories are no files.
    pub(crate) fn files(&self, commit: &str, paths: &[String]) -> Result<FileTree> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit, "--"];
        arguments.extend(paths.iter().map(String::as_str));
        let text = self.run(&arguments)?;
        let entries = text.split(|byte| *byte == 0).filter_map(entry);
        Ok(entries.collect())
    }

    /// Standard output of a git command.
    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Result<Vec<u8>> {
        let output = run(&self.root, arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(world!(
            "git-cannot-tell",
            first_error = first_error(&output)
        ))
    }

    /// A reader of the contents of files.
    pub(crate) fn blobs(&self) -> Result<Blobs> {
        let mut child = command(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_runnable(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Blobs {
                child,
                input,
                output: BufReader::new(output),
            }),
            _ => Err(not_runnable(&io::Error::from(io::ErrorKind::BrokenPipe))),
        }
    }
}

/// `100644 blob <hash>\t<path>`, where it is a file whose path leads nowhere else.
fn entry(line: &[u8]) -> Option<(String, String)> {
    let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
    let mut head = head.split(' ');
    let (mode, _, blob) = (head.next()?, head.next()?, head.next()?);
    let path = plain(Path::new(path))?;
    mode.starts_with("100").then(|| (path, blob.to_owned()))
}

/// A relative path without steps up, with `/` between folders.
pub(crate) fn plain(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// The folder of a path, or the nearest above it that is there now.
fn nearest_folder(path: &Path) -> PathBuf {
    let found = path.ancestors().find(|folder| folder.is_dir());
    match found {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn outside(path: &Path, output: &Output) -> Failure {
    let path = path.display();
    let error = first_error(output);
    if error.contains("not a git repository") {
        return world!("does-not-lie-in-a-git-repository", path);
    }
    world!("git-cannot-read-the-repository-of", path, error)
}

/// Beginnings of names of what users may have said of settings, such as the folders they trust, of
/// certificates and of keys. All else of git's surroundings is left out: it may lead to another
/// repository, or make git say other things than are asked.
const KEPT: [&[u8]; 3] = [b"GIT_CONFIG_", b"GIT_SSL", b"GIT_SSH"];

/// A command of git in a folder.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        let bytes = name.as_encoded_bytes();
        let kept = KEPT.iter().any(|kept| bytes.starts_with(kept));
        if bytes.starts_with(b"GIT_") && !kept {
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
        .args(["-c", "i18n.logOutputEncoding=UTF-8", "-c", "color.ui=false"])
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// Runs git in a folder.
fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output> {
    let output = command(folder).args(arguments).output();
    output.map_err(|error| not_runnable(&error))
}

/// The failure to start git.
fn not_runnable(error: &io::Error) -> Failure {
    world!("git-cannot-be-run", error = error.to_string())
}

/// The first line of standard error.
fn first_error(output: &Output) -> String {
    first_line(&output.stderr)
}

/// The first line of what git said.
fn first_line(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let first = text
        .lines()
        .next()
        .unwrap_or(message!("nothing-said-of-it"));
    clean(first.trim_start_matches("fatal: "))
}

/// Standard output as one line.
fn line(bytes: &[u8]) -> String {
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
    /// Copies what an object holds, at most so many bytes of it; `false` where the clone was made
    /// without it.
    pub(crate) fn copy(&mut self, object: &str, most: u64, out: &mut impl Write) -> Result<bool> {
        let copied = self.try_copy(object, most, out);
        copied.map_err(|error| unreadable(object, &error.to_string()))
    }

    fn try_copy(&mut self, object: &str, most: u64, out: &mut impl Write) -> io::Result<bool> {
        writeln!(self.input, "{object}")?;
        self.input.flush()?;
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        let size = head.trim_end().rsplit_once(' ').map(|(_, size)| size);
        let Some(Ok(size)) = size.map(str::parse::<u64>) else {
            let what = head.split(' ').nth(1).map(str::trim_end);
            if what == Some("missing") {
                return Ok(false);
            }
            let what = what.unwrap_or(message!("no-answer"));
            return Err(io::Error::other(message!("it-is", what)));
        };
        let kept = size.min(most);
        io::copy(&mut (&mut self.output).take(kept), out)?;
        // The rest, and the line break behind it.
        let rest = size - kept + 1;
        io::copy(&mut (&mut self.output).take(rest), &mut io::sink())?;
        Ok(true)
    }
}

/// The failure to read an object.
pub(crate) fn unreadable(object: &str, why: &str) -> Failure {
    world!("git-cannot-read", object, why)
}

impl Drop for Blobs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
