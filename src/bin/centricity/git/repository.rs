//! The repository a path lies in.

use super::process::{Blobs, first_error, line, run};
use crate::exit::{Failure, Result};
use crate::output::clean;
use centricity::message;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::process::Output;

/// A repository, by the folder its files lie in; of a bare one, by its own.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    root: PathBuf,
    bare: bool,
}

/// A file at a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GitFile {
    /// Its path from the root, with `/` between folders.
    pub(crate) path: String,
    /// The name of its contents.
    pub(crate) blob: String,
}

impl Repository {
    /// The repository a path lies in, whether or not there is anything at the path now.
    pub(crate) fn around(path: &Path) -> Result<Self> {
        let folder = nearest_folder(path);
        let bare = run(&folder, &["rev-parse", "--is-bare-repository"])?;
        if !bare.status.success() {
            return Err(outside(path, &bare));
        }
        let bare = bare.stdout.starts_with(b"true");
        let place = if bare {
            "--absolute-git-dir"
        } else {
            "--show-toplevel"
        };
        let root = run(&folder, &["rev-parse", place])?;
        if !root.status.success() {
            return Err(outside(path, &root));
        }
        let root = PathBuf::from(line(&root.stdout));
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
        inner.ok_or_else(|| {
            let message = message!("lies-outside-the-repository", path = path.display());
            Failure::world(message, message!("give-a-path-inside-it"))
        })
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
        let arguments = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        let found = run(&self.root, &arguments)?;
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

    /// The files at and below some paths at a commit, by path. Links and other repositories are no
    /// files.
    pub(crate) fn files(&self, commit: &str, paths: &[String]) -> Result<Vec<GitFile>> {
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
        Err(Failure::world(
            message!("git-cannot-tell", first_error = first_error(&output)),
            message!("try-the-same-with-git-itself"),
        ))
    }

    /// A reader of the contents of files.
    pub(crate) fn blobs(&self) -> Result<Blobs> {
        Blobs::open(&self.root)
    }
}

/// `100644 blob <hash>\t<path>`, where it is a file whose path leads nowhere else.
fn entry(line: &[u8]) -> Option<GitFile> {
    let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
    let mut head = head.split(' ');
    let (mode, _, blob) = (head.next()?, head.next()?, head.next()?);
    let path = plain(Path::new(path))?;
    let blob = blob.to_owned();
    mode.starts_with("100").then_some(GitFile { path, blob })
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
        return Failure::world(
            message!("does-not-lie-in-a-git-repository", path),
            message!("git-init-begins-one-or-compare"),
        );
    }
    Failure::world(
        message!("git-cannot-read-the-repository-of", path, error),
        message!("try-git-status-there"),
    )
}
