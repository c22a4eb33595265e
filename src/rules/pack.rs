//! Packs as written: the files, how they are found and read, and the packs that travel inside.
//!
//! [`Loaded::load`] reads a pack's files into one [`PackFile`], the built-in packs, the
//! files of `rules/`, by the same road as anybody's. What they mean is checked when packs are linked
//! to a [`Rulebook`](crate::rules::rulebook::Rulebook).

pub mod file;
mod find;

pub use find::{Library, is_pack};

use self::file::PackFile;
use crate::text::diagnostic::{Diagnostics, Place, SourceId, Sources};
use crate::text::yaml::{self, Entries};
use crate::text::{Error, Result, read_bounded};
use crate::{message, problem};
use include_dir::{Dir, File, include_dir};
use rayon::prelude::*;
use semver::Version;
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
    let is_yaml = |file: &&File<'_>| file.path().extension().is_some_and(|end| end == "yaml");
    files.extend(dir.files().filter(is_yaml));
    for inner in dir.dirs() {
        gather(inner, files);
    }
}

/// A pack of more files than this is refused.
const MOST_FILES: usize = 1_000;

/// One file of a pack.
#[derive(Debug, Clone)]
pub struct PackText {
    /// Name in messages.
    pub name: String,
    /// Its path within the pack, with `/` between folders.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl PackText {
    fn read(file: &Path, path: String) -> Result<Self> {
        let (name, bytes) = (file.display().to_string(), read_bounded(file)?);
        Ok(Self { name, path, bytes })
    }
}

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
        let mut hasher = Sha256::new();
        for text in &self.rules {
            for part in [text.path.as_bytes(), &text.bytes] {
                hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
                hasher.update(part);
            }
        }
        let mut text = String::new();
        for byte in hasher.finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        text
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
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::read(path, error.into()))?;
            let is_yaml = entry.path().extension().is_some_and(|end| end == "yaml");
            if is_yaml && entry.file_type().is_file() {
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
    /// SHA-256 over paths and texts of its rules, in hexadecimal.
    pub digest: String,
    /// Its cases, not yet read.
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
        let digest = texts.digest();
        let before = problems.errors();
        let mut files = Vec::new();
        for text in texts.rules {
            match yaml::decode(&text.name, text.bytes) {
                Ok(content) => {
                    files.push((text.path == "pack.yaml", sources.add(text.name, content)));
                }
                Err(problem) => problems.push(problem),
            }
        }
        let sources = &*sources;
        let read = |(header, id): &(bool, SourceId)| {
            let mut found = Diagnostics::new();
            let file = yaml::read::<PackFile>(sources, *id, &mut found);
            (*header, file, found)
        };
        let mut list = Vec::new();
        for (header, file, found) in files.par_iter().map(read).collect::<Vec<_>>() {
            problems.extend(found);
            list.extend(file.map(|file| (header, file)));
        }
        let file = merge(list, problems);
        let (_, source) = *files.first()?;
        let sound = problems.errors() == before;
        sound.then_some(Self {
            file,
            place: Place::beginning(source),
            digest,
            cases: texts.cases,
        })
    }
}

/// Merges the files of one pack, each with a mark on `pack.yaml`, which comes first.
fn merge(files: Vec<(bool, PackFile)>, problems: &mut Diagnostics) -> PackFile {
    let mut all = PackFile::default();
    for (header, file) in files {
        if header {
            all = file;
            continue;
        }
        misplaced(&file, problems);
        join("sections", &mut all.sections, file.sections, problems);
        join("scores", &mut all.scores, file.scores, problems);
        join("decisions", &mut all.decisions, file.decisions, problems);
        join("metrics", &mut all.metrics, file.metrics, problems);
        join("gates", &mut all.gates, file.gates, problems);
        join("ladders", &mut all.ladders, file.ladders, problems);
        join("findings", &mut all.findings, file.findings, problems);
        join("context", &mut all.context, file.context, problems);
        join("glossary", &mut all.glossary, file.glossary, problems);
        all.exhibits.extend(file.exhibits);
    }
    all
}

/// Adds entries to those of earlier files; a key that is there already is a problem.
fn join<T>(map: &str, all: &mut Entries<T>, more: Entries<T>, problems: &mut Diagnostics) {
    for (key, _) in &more {
        if let Some((first, _)) = all.iter().find(|(one, _)| one.value == key.value) {
            let problem =
                problem!(DuplicateId, "is-already-among-the", key = key.value, map).at(key.place);
            let problem = problem.relate(first.place, message!("it-stands-here-first"));
            problems.push(problem);
        }
    }
    all.0.extend(more.0);
}

fn misplaced(file: &PackFile, problems: &mut Diagnostics) {
    let texts = [
        ("id", &file.id),
        ("version", &file.version),
        ("language", &file.language),
        ("title", &file.title),
        ("about", &file.about),
        ("credit", &file.credit),
        ("headline", &file.headline),
    ];
    let texts = texts.map(|(key, text)| (key, text.as_ref().map(|one| one.place)));
    let others = [
        ("overall", file.overall.map(|one| one.place)),
        ("report", file.report.as_ref().map(|one| one.place)),
        ("fit", file.fit.as_ref().map(|one| one.decision.place)),
        ("uses", file.uses.first().map(|(key, _)| key.place)),
        ("moved", file.moved.first().map(|(key, _)| key.place)),
        ("order", file.order.first().map(|one| one.place)),
    ];
    let format = ("format", file.format.map(|one| one.place));
    for (key, place) in [format].into_iter().chain(texts).chain(others) {
        if let Some(place) = place {
            problems.push(problem!(MisplacedHeader, "belongs-into-pack-yaml", key).at(place));
        }
    }
}
