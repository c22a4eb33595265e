//! Sources of packs: a folder as it is, or a git repository at a revision.

use super::tree::Tree;
use crate::git::{Head, Remote};
use crate::{Result, world};
use centricity::report::{Address, Source};
use std::path::Path;

/// A pack's place: where it is copied from, and at which revision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    pub(super) from: Address,
    pub(super) revision: Option<String>,
    /// True for a git repository, and false for a folder as it is.
    pub(super) git: bool,
}

impl Origin {
    /// The origin that is recorded for a pack.
    pub(super) fn recorded(source: &Source) -> Self {
        Self {
            from: source.from.clone(),
            revision: source.revision.clone(),
            git: source.commit.is_some(),
        }
    }

    /// The commit that its revision leads to now; none of a folder. Relative paths start from the folder
    /// of the project.
    pub(super) fn head(&self, project: &Path) -> Result<Option<Head>> {
        if let Address::Path(path) = &self.from
            && !project.join(path).exists()
        {
            return Err(world!(
                "the-source-is-not-there",
                source = self.from.shown()
            ));
        }
        let remote = self.git.then(|| Remote::at(&self.from, project));
        let head = remote.map(|remote| remote.resolve(self.revision.as_deref()));
        head.transpose()
    }

    /// The files that are there, of a git repository at a commit.
    pub(super) fn read(&self, project: &Path, head: Option<&Head>) -> Result<Tree> {
        match (&self.from, head) {
            (from, Some(head)) => {
                let shown = [Some(from.shown()), self.revision.clone()];
                let shown: Vec<_> = shown.into_iter().flatten().collect();
                Tree::of_commit(shown.join("@"), Remote::at(from, project).fetch(head)?)
            }
            (Address::Path(path) | Address::Remote(path), None) => {
                Tree::of_folder(&project.join(path))
            }
        }
    }
}

/// True for the root of a git repository.
pub(super) fn is_repository(path: &Path) -> bool {
    let bare = ["HEAD", "objects", "refs"];
    path.join(".git").exists() || bare.iter().all(|name| path.join(name).exists())
}
