//! git by process: which commits there are, and what files held at them.
//!
//! Nothing of the surroundings reaches it: variables named `GIT_*` are cleared, nothing is fetched,
//! no lock is taken, and only commands that run no program of the repository's are used.

mod blobs;
mod log;

pub(crate) use blobs::Blobs;
pub(crate) use log::{Change, Commit};

use crate::exit::Failure;
use crate::output::clean;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A repository, by the folder its files lie in; of a bare one, by its own.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    root: PathBuf,
    bare: bool,
}

/// A file at a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its path from the root, with `/` between folders.
    pub(crate) path: String,
    /// The name of what it holds.
    pub(crate) blob: String,
}

impl Repository {
    /// The repository a path lies in, whether or not there is anything at the path now.
    pub(crate) fn around(path: &Path) -> Result<Self, Failure> {
        let folder = standing(path);
        let bare = ask(&folder, &["rev-parse", "--is-bare-repository"])?;
        if !bare.status.success() {
            return Err(outside(path, &bare));
        }
        let bare = bare.stdout.starts_with(b"true");
        let place = if bare {
            "--absolute-git-dir"
        } else {
            "--show-toplevel"
        };
        let root = ask(&folder, &["rev-parse", place])?;
        if !root.status.success() {
            return Err(outside(path, &root));
        }
        let root = PathBuf::from(line(&root.stdout));
        let root = root.canonicalize().unwrap_or(root);
        Ok(Self { root, bare })
    }

    /// A path as the repository knows it: from its root, with `/` between folders; empty for the
    /// root itself.
    pub(crate) fn inner(&self, path: &Path) -> Result<String, Failure> {
        let standing = standing(path);
        let real = standing.canonicalize().unwrap_or(standing.clone());
        let rest = path.strip_prefix(&standing).unwrap_or(path);
        let rest = if standing == Path::new(".") {
            path
        } else {
            rest
        };
        let inner = real.join(rest);
        let inner = inner.strip_prefix(&self.root).ok().and_then(plain);
        inner.ok_or_else(|| {
            let message = format!("`{}` lies outside the repository", path.display());
            Failure::world(message, "give a path inside it")
        })
    }

    /// The commit a revision names, by its full hash.
    pub(crate) fn commit(&self, revision: &str) -> Result<String, Failure> {
        if let Some(commit) = self.resolve(revision)? {
            return Ok(commit);
        }
        if revision == "HEAD" || self.resolve("HEAD")?.is_none() {
            return Err(Failure::world(
                "nothing is committed yet in this repository",
                "`git add` and `git commit` keep a first state to look back at",
            ));
        }
        let message = format!("there is no revision `{}`", clean(revision));
        Err(if self.is_shallow()? {
            Failure::world(
                message,
                "this clone is shallow: `git fetch --unshallow` brings the rest of its history",
            )
        } else {
            Failure::world(
                message,
                "give a branch, a tag or a commit, as `git log --oneline --all` shows them",
            )
        })
    }

    fn resolve(&self, revision: &str) -> Result<Option<String>, Failure> {
        let commit = format!("{revision}^{{commit}}");
        let asked = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        let found = ask(&self.root, &asked)?;
        Ok(found.status.success().then(|| line(&found.stdout)))
    }

    /// Where its files lie; `None` of a bare one, which has none.
    pub(crate) fn worktree(&self) -> Option<&Path> {
        (!self.bare).then_some(self.root.as_path())
    }

    /// Whether older history was left out of this clone.
    pub(crate) fn is_shallow(&self) -> Result<bool, Failure> {
        let found = ask(&self.root, &["rev-parse", "--is-shallow-repository"])?;
        Ok(found.stdout.starts_with(b"true"))
    }

    /// The files at and below some paths at a commit, by path. Links and other repositories are no
    /// files.
    pub(crate) fn files(&self, commit: &str, paths: &[String]) -> Result<Vec<Entry>, Failure> {
        let listed = ["ls-tree", "-r", "-z", "--full-tree", commit, "--"];
        let listed: Vec<&str> = listed
            .into_iter()
            .chain(paths.iter().map(String::as_str))
            .collect();
        let text = self.run(&listed)?;
        let entries = text.split(|byte| *byte == 0).filter_map(entry);
        Ok(entries.collect())
    }

    /// What a command of git's prints.
    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Result<Vec<u8>, Failure> {
        let output = ask(&self.root, arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(Failure::world(
            format!("git cannot tell: {}", said(&output)),
            "try the same with git itself; the repository may be damaged or incomplete",
        ))
    }

    /// A reader of what files held.
    pub(crate) fn blobs(&self) -> Result<Blobs, Failure> {
        Blobs::open(command(&self.root))
    }
}

/// `100644 blob <hash>\t<path>`, where it is a file whose path leads nowhere else.
fn entry(line: &[u8]) -> Option<Entry> {
    let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
    let mut head = head.split(' ');
    let (mode, _, blob) = (head.next()?, head.next()?, head.next()?);
    let path = plain(Path::new(path))?;
    let blob = blob.to_owned();
    mode.starts_with("100").then_some(Entry { path, blob })
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
fn standing(path: &Path) -> PathBuf {
    let found = path.ancestors().find(|folder| folder.is_dir());
    match found {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

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
        .args(["-c", "core.quotepath=off", "-c", "log.showSignature=false"])
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn ask(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
    let output = command(folder).args(arguments).output();
    output.map_err(|error| missing(&error))
}

fn missing(error: &std::io::Error) -> Failure {
    Failure::world(
        format!("git cannot be run: {error}"),
        "looking back takes the program `git` on the path",
    )
}

fn outside(path: &Path, output: &Output) -> Failure {
    let path = path.display();
    let said = said(output);
    if said.contains("not a git repository") {
        return Failure::world(
            format!("`{path}` does not lie in a git repository"),
            "`git init` begins one; or compare two files that are there now",
        );
    }
    Failure::world(
        format!("git cannot read the repository of `{path}`: {said}"),
        "try `git status` there",
    )
}

/// The first line git said on standard error.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().next().unwrap_or("nothing was said");
    clean(first.trim_start_matches("fatal: "))
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}
