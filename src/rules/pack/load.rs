//! A pack's files, read and merged into one.

use super::file::PackFile;
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources};
use crate::text::error::{Error, Result, read_bounded};
use crate::text::yaml::{self, Entries, Located};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;
use walkdir::WalkDir;

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
        digest(&self.rules)
    }

    /// Reads a pack from a folder, or from a single file.
    ///
    /// # Errors
    /// Returns an error if the folder or a file of it cannot be read, or the folder holds too many
    /// files.
    pub fn read(path: &Path) -> Result<Self> {
        if path.is_file() {
            let name = path.display().to_string();
            return Ok(Self::new(vec![PackText {
                name,
                path: "pack.yaml".to_owned(),
                bytes: read_bounded(path)?,
            }]));
        }
        let mut files = Vec::new();
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::read(path, error.into()))?;
            let is_yaml = entry.path().extension().is_some_and(|end| end == "yaml");
            if is_yaml && entry.file_type().is_file() {
                files.push(text(path, entry.path())?);
            }
            if files.len() > MOST_FILES {
                return Err(Error::too_many_files(path, MOST_FILES));
            }
        }
        Ok(Self::new(files))
    }
}

fn text(root: &Path, path: &Path) -> Result<PackText> {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    Ok(PackText {
        name: path.display().to_string(),
        path: parts.join("/"),
        bytes: read_bounded(path)?,
    })
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
            place: Place {
                source,
                start: 0,
                end: 0,
            },
            digest,
            cases: texts.cases,
        })
    }
}

fn digest(texts: &[PackText]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        for part in [text.path.as_bytes(), &text.bytes] {
            hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher
        .finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
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
            let message = message!("is-already-among-the", key = key.value, map);
            let problem = Diagnostic::error(Code::DuplicateId, message).at(key.place);
            let problem = problem.relate(first.place, message!("it-stands-here-first"));
            problems.push(problem.help(message!("rename-one-of-them")));
        }
    }
    all.extend(more);
}

fn misplaced(file: &PackFile, problems: &mut Diagnostics) {
    let text = |key: &'static str, value: &Option<Located<String>>| {
        value.as_ref().map(|one| (key, one.place))
    };
    let keys = [
        file.format.as_ref().map(|one| ("format", one.place)),
        text("id", &file.id),
        text("version", &file.version),
        text("language", &file.language),
        text("title", &file.title),
        text("about", &file.about),
        text("credit", &file.credit),
        text("headline", &file.headline),
        file.overall.as_ref().map(|one| ("overall", one.place)),
        file.fit.as_ref().map(|one| ("fit", one.decision.place)),
        file.uses.iter().next().map(|(key, _)| ("uses", key.place)),
        file.order.first().map(|one| ("order", one.place)),
    ];
    for (key, place) in keys.into_iter().flatten() {
        let message = message!("belongs-into-pack-yaml", key);
        let problem = Diagnostic::error(Code::MisplacedHeader, message).at(place);
        problems.push(problem.help(message!("move-it-there")));
    }
}
