//! The files that lie in a folder or at a commit, and the packs among them.
//!
//! Links and other repositories in them are never followed, and what is hidden is left out. Names and
//! sizes are checked before anything is read.

use super::source::Origin;
use crate::git::{Fetched, plain, unreadable};
use crate::output::clean;
use crate::{Failure, Result, world};
use centricity::message;
use centricity::report::{Source, is_inside};
use centricity::rules::pack::{MOST_FILES, PackText, Texts};
use centricity::text::diagnostic::{nearest, suggestion};
use centricity::text::yaml::Budget;
use centricity::text::{Error, read_bounded};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Files and folders that are looked at in a source.
const MOST_ENTRIES: usize = 100_000;
/// Bytes of all files of a pack.
const MOST_BYTES: u64 = 32 << 20;
/// Packs that are named where one is to be chosen.
const MOST_NAMED: usize = 20;
/// The beginning of what stands in the place of a file that is kept elsewhere.
const POINTER: &[u8] = b"version https://git-lfs";

/// The files that there are at an origin.
pub(super) struct Tree {
    shown: String,
    files: BTreeMap<String, Contents>,
    /// Links and other repositories.
    links: BTreeSet<String>,
    fetched: Option<Fetched>,
}

/// The contents of a file: its name among the objects, or its path; with the size.
enum Contents {
    Object(String, u64),
    File(PathBuf, u64),
}

/// A pack as it is at its origin.
pub(super) struct Copied {
    pub(super) texts: Texts,
    pub(super) source: Source,
    /// Links that were left out.
    pub(super) links: Vec<String>,
}

impl Tree {
    /// The files of a folder; a file alone is the pack.yaml of its pack.
    pub(super) fn of_folder(path: &Path) -> Result<Self> {
        let mut tree = Self::empty(path.display().to_string());
        tree.walk(path)?;
        Ok(tree)
    }

    /// The files at a commit.
    pub(super) fn of_commit(shown: String, fetched: Fetched) -> Result<Self> {
        let mut tree = Self::empty(shown);
        let entries = fetched.entries.split(|byte| *byte == 0);
        for entry in entries.filter(|entry| !entry.is_empty()) {
            tree.add_object(&String::from_utf8_lossy(entry))?;
        }
        tree.fetched = Some(fetched);
        Ok(tree)
    }

    fn empty(shown: String) -> Self {
        Self {
            shown,
            files: BTreeMap::new(),
            links: BTreeSet::new(),
            fetched: None,
        }
    }

    fn walk(&mut self, root: &Path) -> Result<()> {
        let is_hidden = |entry: &DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
        let walk = WalkDir::new(root).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
        for (count, entry) in walk.enumerate() {
            let entry = entry.map_err(|error| Error::read(root, error.into()))?;
            if count > MOST_ENTRIES {
                return Err(self.too_many(MOST_ENTRIES));
            }
            let inner = entry.path().strip_prefix(root).unwrap_or(root);
            let name = match plain(inner) {
                Some(name) if !name.is_empty() => name,
                Some(_) if root.extension().is_some_and(|end| end == "yaml") => "pack.yaml".into(),
                Some(_) | None => inner.to_string_lossy().into_owned(),
            };
            if entry.file_type().is_symlink() {
                self.links.insert(name);
            } else if entry.file_type().is_file() {
                let size = entry.metadata().map_or(0, |file| file.len());
                self.add(name, Contents::File(entry.into_path(), size))?;
            }
        }
        Ok(())
    }

    /// Adds `100644 blob <hash> <size>\t<path>`.
    fn add_object(&mut self, entry: &str) -> Result<()> {
        let (head, path) = entry.split_once('\t').unwrap_or_default();
        let head: Vec<&str> = head.split_whitespace().collect();
        if self.files.len() + self.links.len() > MOST_ENTRIES {
            return Err(self.too_many(MOST_ENTRIES));
        }
        match head.as_slice() {
            [mode, _, object, size] if mode.starts_with("100") => {
                let contents =
                    Contents::Object((*object).to_owned(), size.parse().unwrap_or(u64::MAX));
                self.add(path.to_owned(), contents)
            }
            _ => {
                self.links.insert(path.to_owned());
                Ok(())
            }
        }
    }

    /// Adds a file where it is YAML; a name that leads elsewhere is refused, and what is hidden left
    /// out.
    fn add(&mut self, path: String, contents: Contents) -> Result<()> {
        if Path::new(&path).extension().is_none_or(|end| end != "yaml") {
            return Ok(());
        }
        let source = &self.shown;
        if !is_inside(&path) {
            let path = clean(&path);
            return Err(world!("a-name-leads-outwards", source, path));
        }
        if !path.split('/').any(|part| part.starts_with('.')) {
            self.files.insert(path, contents);
        }
        Ok(())
    }

    fn too_many(&self, most: usize) -> Failure {
        let source = &self.shown;
        world!("the-source-holds-too-many-files", source, most)
    }

    /// The folders of packs, none inside another; the root is the empty one.
    pub(super) fn packs(&self) -> Vec<&str> {
        let headers = self.files.keys();
        let folders = headers.filter_map(|path| {
            let folder = path.strip_suffix("pack.yaml")?;
            folder.strip_suffix('/').or(folder.is_empty().then_some(""))
        });
        let mut all: Vec<&str> = folders.collect();
        all.sort_unstable();
        let inside = |outer: &str, inner: &str| {
            let rest = inner.strip_prefix(outer);
            rest.is_some_and(|rest| outer.is_empty() || rest.starts_with('/'))
        };
        let mut kept: Vec<&str> = Vec::new();
        for folder in all {
            if !kept.iter().any(|one| inside(one, folder)) {
                kept.push(folder);
            }
        }
        kept
    }

    /// The folder of the pack that is meant: the one given, or else the only one.
    pub(super) fn choose(&self, path: Option<&str>) -> Result<String> {
        let (packs, source) = (self.packs(), &self.shown);
        let known = |path: &str| {
            let header = if path.is_empty() {
                "pack.yaml".to_owned()
            } else {
                format!("{path}/pack.yaml")
            };
            self.files.contains_key(&header)
        };
        if let Some(path) = path {
            if known(path) {
                return Ok(path.to_owned());
            }
            let near = nearest(path, packs.iter().copied());
            let help = suggestion(near, &self.choice());
            let link = self
                .links
                .iter()
                .find(|link| format!("{path}/pack.yaml").starts_with(*link));
            return Err(match link {
                Some(link) => world!("links-are-not-followed", source, link),
                None => Failure::world(message!("no-pack-at-that-path", source, path), help),
            });
        }
        match packs.as_slice() {
            [only] => Ok((*only).to_owned()),
            [] => Err(world!("the-source-holds-no-pack", source)),
            several => {
                let count = several.len();
                let message = message!("the-source-holds-several-packs", source, count);
                Err(Failure::world(message, self.choice()))
            }
        }
    }

    /// The packs that `--path` can name.
    pub(super) fn choice(&self) -> String {
        let packs = self.packs();
        let named = packs
            .iter()
            .filter(|path| !path.is_empty())
            .take(MOST_NAMED);
        let named: Vec<_> = named.map(|path| format!("`--path {path}`")).collect();
        let more = packs.len().saturating_sub(MOST_NAMED);
        match (named.as_slice(), more) {
            ([], _) => message!("give-a-folder-with-a-pack").to_owned(),
            (_, more) => message!("packs-to-choose-from", named = named.join(", "), more),
        }
    }

    /// The pack in a folder.
    pub(super) fn copy(&self, origin: &Origin, path: &str) -> Result<Copied> {
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let files = self.files.iter();
        let files: Vec<_> = files
            .filter_map(|(name, contents)| Some((name.strip_prefix(&prefix)?, contents)))
            .collect();
        self.check_bounds(&files)?;
        let mut blobs = match &self.fetched {
            Some(fetched) => Some(fetched.repository.blobs()?),
            None => None,
        };
        let mut texts = Vec::new();
        for (inner, contents) in files {
            let mut bytes = Vec::new();
            let name = match contents {
                Contents::Object(object, size) => {
                    let held = match &mut blobs {
                        Some(blobs) => blobs.copy(object, *size, &mut bytes)?,
                        None => false,
                    };
                    if !held {
                        return Err(unreadable(object, message!("it-is-missing")));
                    }
                    format!("{}:{prefix}{inner}", self.shown)
                }
                Contents::File(path, _) => {
                    bytes = read_bounded(path)?;
                    path.display().to_string()
                }
            };
            if bytes.starts_with(POINTER) {
                return Err(world!("a-file-is-kept-elsewhere", name));
            }
            let path = inner.to_owned();
            texts.push(PackText {
                name,
                path,
                bytes,
                linked: false,
            });
        }
        let texts = Texts::new(texts);
        let links = self
            .links
            .iter()
            .filter_map(|link| link.strip_prefix(&prefix));
        Ok(Copied {
            source: Source {
                from: origin.from.clone(),
                path: path.to_owned(),
                revision: origin.revision.clone(),
                commit: self.fetched.as_ref().map(|one| one.commit.clone()),
                digest: texts.whole_digest(),
            },
            links: links.map(str::to_owned).collect(),
            texts,
        })
    }

    /// Refuses a pack of too many files, of files that are too large, or of two with one name.
    fn check_bounds(&self, files: &[(&str, &Contents)]) -> Result<()> {
        if files.len() > MOST_FILES {
            return Err(self.too_many(MOST_FILES));
        }
        let (source, most) = (&self.shown, u64::try_from(Budget::FILE).unwrap_or(u64::MAX));
        let (mut all, mut names) = (0_u64, BTreeSet::new());
        for (path, contents) in files {
            let (Contents::Object(_, size) | Contents::File(_, size)) = contents;
            all = all.saturating_add(*size);
            if *size > most {
                let most = most >> 20;
                return Err(world!(
                    "a-file-of-the-source-is-too-large",
                    source,
                    path,
                    most
                ));
            }
            if !names.insert(path.to_lowercase()) {
                return Err(world!("two-files-differ-in-case", source, path));
            }
        }
        let most = MOST_BYTES >> 20;
        let fits = all <= MOST_BYTES;
        fits.then_some(())
            .ok_or_else(|| world!("the-pack-is-too-large", source, most))
    }
}
