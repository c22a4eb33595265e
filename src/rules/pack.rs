//! Packs as written: the files, how they are found and read, and the packs that travel inside.
//!
//! [`Loaded::load`] reads a pack's files into one tree and that into a [`PackFile`], the built-in
//! packs, the files of `rules/`, by the same road as anybody's. An [`overlay`] changes the tree. What they mean is checked when packs are linked
//! to a [`Rulebook`](crate::rules::rulebook::Rulebook).

pub mod file;
mod find;
pub mod overlay;
mod stack;

pub use find::{Library, PROJECT, PackText, is_pack, without_version};
pub use overlay::is_id;

use self::file::PackFile;
use self::overlay::{Layer, Overlay};
use crate::problem;
use crate::text::diagnostic::{Diagnostics, Place, SourceId, Sources};
use crate::text::yaml::{self, Merged};
use crate::text::{Error, Result};
use include_dir::{Dir, File, include_dir};
use rayon::prelude::*;
use semver::Version;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;
use walkdir::WalkDir;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The packs of a first assessment: who the firm is, the form of the organisation, the customers it
/// keeps, the strategy that carries it, and one level over all of them, which asks nothing of its own.
/// The others look closer at one subject each.
pub const FIRST: [&str; 5] = [
    "profile",
    "organisation",
    "retention",
    "principles",
    "maturity",
];

/// The names of the built-in packs, in alphabetical order.
#[must_use]
pub fn built_in_names() -> Vec<&'static str> {
    let names = RULES.dirs();
    let mut names: Vec<_> = names
        .filter_map(|dir| dir.path().file_name()?.to_str())
        .collect();
    names.sort_unstable();
    names
}

/// The files of a built-in pack.
#[must_use]
pub fn built_in(name: &str) -> Option<Texts> {
    let dir = RULES.get_dir(name)?;
    let mut files = Vec::new();
    gather(dir, &mut files);
    let texts = files.into_iter().filter_map(|file| {
        let path = file.path().strip_prefix(name).ok()?;
        let path = path.to_str()?.replace('\\', "/");
        Some(PackText {
            name: format!("{name}/{path}"),
            path,
            bytes: file.contents().to_vec(),
            linked: false,
        })
    });
    Some(Texts::new(texts.collect()))
}

/// True where a pack has the name and the version of a built-in one and other rules than that.
pub(super) fn is_changed(name: &str, version: &Version, digest: &str) -> bool {
    let Some(texts) = built_in(name).filter(|texts| texts.digest() != digest) else {
        return false;
    };
    let own = Loaded::load(texts, &mut Sources::new(), &mut Diagnostics::new());
    let own = own.and_then(|own| own.file.version?.value.parse().ok());
    own.is_some_and(|own: Version| own == *version)
}

fn gather<'a>(dir: &'a Dir<'a>, files: &mut Vec<&'a File<'a>>) {
    files.extend(dir.files().filter(|file| yaml::is_yaml(file.path())));
    for inner in dir.dirs() {
        gather(inner, files);
    }
}

/// The keys of a pack that any of its files may have.
const JOINED: [&str; 10] = [
    "sections",
    "scores",
    "decisions",
    "metrics",
    "gates",
    "ladders",
    "findings",
    "context",
    "exhibits",
    "glossary",
];

/// The keys of a pack that stand in its `pack.yaml`.
const HEADER: [&str; 14] = [
    "format", "id", "version", "language", "title", "about", "credit", "headline", "overall",
    "fit", "report", "uses", "moved", "order",
];

/// A pack of more files than this is refused.
pub const MOST_FILES: usize = 1_000;

/// The files of a pack: rules in the order they are merged, and cases.
#[derive(Debug, Clone)]
pub struct Texts {
    /// `pack.yaml` first, then the others by path.
    pub rules: Vec<PackText>,
    /// The files under `cases/`, by path.
    pub cases: Vec<PackText>,
}

impl Texts {
    /// Sorts a pack's files into rules and cases.
    #[must_use]
    pub fn new(files: Vec<PackText>) -> Self {
        let (mut cases, mut rules): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|file| file.path.starts_with("cases/"));
        rules.sort_by(|a, b| {
            (a.path != "pack.yaml", &a.path).cmp(&(b.path != "pack.yaml", &b.path))
        });
        cases.sort_by(|a, b| a.path.cmp(&b.path));
        Self { rules, cases }
    }

    /// SHA-256 over paths and texts of the rules, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let rules = self.rules.iter();
        digest(rules.flat_map(|text| [text.path.as_bytes(), &text.bytes]))
    }

    /// SHA-256 over paths and texts of all files, cases too, in hexadecimal.
    #[must_use]
    pub fn whole_digest(&self) -> String {
        let all = self.rules.iter().chain(&self.cases);
        digest(all.flat_map(|text| [text.path.as_bytes(), &text.bytes]))
    }

    /// Reads a pack from a folder, or from a single file.
    ///
    /// # Errors
    /// Returns an error if the folder or a file of it cannot be read, or the folder holds too many
    /// files.
    pub fn read(path: &Path) -> Result<Self> {
        if path.is_file() {
            let name = "pack.yaml".to_owned();
            return Ok(Self::new(vec![PackText::read(path, name)?]));
        }
        let mut files = Vec::new();
        let walk = WalkDir::new(path).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(find::is_finished) {
            let entry = entry.map_err(|error| Error::read(path, error.into()))?;
            if find::may_hold_rules(entry.path()) && entry.file_type().is_file() {
                let inner = entry.path().strip_prefix(path).unwrap_or(path).iter();
                let parts: Vec<_> = inner.map(|part| part.to_string_lossy()).collect();
                files.push(PackText::read(entry.path(), parts.join("/"))?);
            }
            if files.len() > MOST_FILES {
                return Err(Error::too_many_files(path, MOST_FILES));
            }
        }
        Ok(Self::new(files))
    }
}

/// A pack read and merged, not yet checked for meaning.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Everything its files say.
    pub file: PackFile,
    /// The start of its header, for problems of the pack as a whole.
    pub place: Place,
    /// SHA-256 over paths and texts of its rules, overlays included, in hexadecimal.
    pub digest: String,
    /// The same without its overlays.
    pub(crate) own_digest: String,
    /// The overlays laid over it, in their order.
    pub overlays: Vec<Overlay>,
    /// Its cases, not yet read; those of overlays stand with these.
    pub cases: Vec<PackText>,
}

impl Loaded {
    /// Its id; empty where the header lacks one.
    #[must_use]
    pub fn id(&self) -> &str {
        let id = self.file.id.as_ref();
        id.map_or("", |id| id.value.as_str())
    }

    /// Reads the files of a pack and merges them; every problem goes to `problems`.
    ///
    /// Files are read side by side and merged in their order, so that the outcome is the same
    /// however many cores there are.
    pub fn load(texts: Texts, sources: &mut Sources, problems: &mut Diagnostics) -> Option<Self> {
        Self::layered(texts, Vec::new(), sources, problems)
    }

    /// The same with overlays laid over it, in their order.
    fn layered(
        texts: Texts,
        layers: Vec<Layer>,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let (own_digest, before) = (texts.digest(), problems.errors());
        if texts.rules.is_empty() {
            problems.push(problem!(EmptyFile, "the-pack-has-no-files"));
        }
        let parts = add_sources(texts.rules, sources, problems);
        let sources = &*sources;
        let keys: (&[&str], &[&str]) = (&JOINED, &HEADER);
        let mut tree = merged::<PackFile>(&parts, keys, sources, problems)?;
        let mut overlays: Vec<Overlay> = Vec::new();
        if problems.errors() == before && !layers.is_empty() {
            tree = tree.unshared();
            let version = tree.header("version").map(str::to_owned);
            for layer in layers {
                let below = overlays.iter().find(|one| one.id == layer.base().value);
                let below = below.and_then(|one| one.version.clone());
                let below = below.or_else(|| version.clone());
                overlays.push(layer.lay(&mut tree, below.as_deref(), problems));
            }
        }
        let (known, file) = (problems.len(), tree.read(problems));
        let found = problems.get_mut(known..).unwrap_or_default();
        if !overlays.is_empty() && !found.is_empty() {
            let places = found.iter().map(|one| one.place.unwrap_or_default());
            let paths = tree.paths_to(&places.collect::<Vec<_>>());
            for (problem, path) in found.iter_mut().zip(paths) {
                overlay::blame_path(problem, &path, &overlays);
            }
        }
        let file = file?;
        let (_, source) = parts.first()?;
        let sound = problems.errors() == before;
        sound.then_some(Self {
            file,
            place: Place::beginning(*source),
            digest: digest_over(&own_digest, &overlays),
            own_digest,
            overlays,
            cases: texts.cases,
        })
    }
}

/// SHA-256 over a pack and its overlays; that of the pack where there are none.
fn digest_over(own: &str, overlays: &[Overlay]) -> String {
    if overlays.is_empty() {
        return own.to_owned();
    }
    let digests = overlays.iter().map(|one| one.digest.as_bytes());
    digest([own.as_bytes()].into_iter().chain(digests))
}

/// SHA-256 over several texts, in hexadecimal.
fn digest<'a>(parts: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(part);
    }
    let mut text = String::new();
    for byte in hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Files in the order they are merged, each with a mark on `pack.yaml`.
type Parts = Vec<(bool, SourceId)>;

/// Adds files to the sources; what is no text is a problem.
fn add_sources(texts: Vec<PackText>, sources: &mut Sources, problems: &mut Diagnostics) -> Parts {
    let mut parts = Vec::new();
    for text in texts {
        match yaml::decode(&text.name, text.bytes) {
            Ok(content) => {
                let source = sources.add(text.name, content);
                if text.linked {
                    sources.mark_linked(source);
                }
                parts.push((text.path == "pack.yaml", source));
            }
            Err(problem) => problems.push(problem),
        }
    }
    parts
}

/// The tree of several files, with the keys that are joined and those that belong into `pack.yaml`.
fn merged<'t, T: DeserializeOwned>(
    parts: &Parts,
    keys: (&[&str], &[&str]),
    sources: &'t Sources,
    problems: &mut Diagnostics,
) -> Option<Merged<'t>> {
    let read = |(header, id): &(bool, SourceId)| {
        let mut found = Diagnostics::new();
        let tree = Merged::parse::<T>(sources, *id, &mut found);
        (*header, tree, found)
    };
    let mut all = Merged::empty(parts.first()?.1);
    for (header, tree, found) in parts.par_iter().map(read).collect::<Vec<_>>() {
        problems.extend(found);
        match tree {
            Some(tree) if header => all = tree,
            Some(tree) => all.join(tree, keys, problems),
            None => {}
        }
    }
    Some(all)
}
