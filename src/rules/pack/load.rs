//! A pack's files, read and merged into one.

use super::file::PackFile;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources};
use crate::text::error::{Error, Result};
use crate::text::yaml::{self, Entries, Located};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use walkdir::WalkDir;

/// A pack of more files than this is refused.
const MOST_FILES: usize = 1_000;

/// One file of a pack.
#[derive(Debug, Clone)]
pub struct PackText {
    /// What messages call it.
    pub name: String,
    /// Its path within the pack, with `/` between folders.
    pub path: String,
    /// What it holds.
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
    /// When the folder or a file of it cannot be read, or the folder holds too many files.
    pub fn read(path: &Path) -> Result<Self> {
        if path.is_file() {
            let name = path.display().to_string();
            return Ok(Self::new(vec![PackText {
                name,
                path: "pack.yaml".to_owned(),
                bytes: read(path)?,
            }]));
        }
        let mut files = Vec::new();
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::read(path, error.into()))?;
            if entry.file_type().is_file()
                && entry.path().extension().is_some_and(|end| end == "yaml")
            {
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
        bytes: read(path)?,
    })
}

/// Reads a whole file, refusing at once one that is larger than any budget.
fn read(path: &Path) -> Result<Vec<u8>> {
    crate::text::error::read_bounded(path)
}

/// A pack read and merged, not yet checked for meaning.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Everything its files say.
    pub file: PackFile,
    /// Where its header stands, for problems of the pack as a whole.
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
        let mut merge = Merge::default();
        for (header, file, found) in files.par_iter().map(read).collect::<Vec<_>>() {
            problems.extend(found);
            if let Some(file) = file {
                merge.add(file, header, problems);
            }
        }
        let (_, first) = files.first()?;
        let place = start(*first);
        let sound = problems.errors() == before;
        sound.then_some(Self {
            file: merge.file,
            place,
            digest,
            cases: texts.cases,
        })
    }
}

fn start(source: SourceId) -> Place {
    Place {
        source,
        start: 0,
        end: 0,
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

/// Files of one pack becoming one; what stands in two files is a problem with both places.
#[derive(Default)]
struct Merge {
    file: PackFile,
    seen: HashMap<(&'static str, String), Place>,
}

impl Merge {
    fn add(&mut self, mut file: PackFile, header: bool, problems: &mut Diagnostics) {
        if header {
            self.header(&mut file);
        } else {
            misplaced(&file, problems);
        }
        macro_rules! join {
            ($($map:ident),*) => {$(
                Self::entries(&mut self.seen, stringify!($map), &file.$map, problems);
                self.file.$map.extend(std::mem::take(&mut file.$map));
            )*};
        }
        join!(
            sections, scores, decisions, metrics, gates, ladders, findings, context, glossary
        );
        self.file.exhibits.append(&mut file.exhibits);
    }

    fn header(&mut self, file: &mut PackFile) {
        self.file = PackFile {
            format: file.format.take(),
            id: file.id.take(),
            version: file.version.take(),
            language: file.language.take(),
            title: file.title.take(),
            about: file.about.take(),
            credit: file.credit.take(),
            headline: file.headline.take(),
            overall: file.overall.take(),
            fit: file.fit.take(),
            uses: std::mem::take(&mut file.uses),
            order: std::mem::take(&mut file.order),
            ..std::mem::take(&mut self.file)
        };
    }

    fn entries<T>(
        seen: &mut HashMap<(&'static str, String), Place>,
        map: &'static str,
        entries: &Entries<T>,
        problems: &mut Diagnostics,
    ) {
        for (key, _) in entries {
            if let Some(place) = seen.insert((map, key.value.clone()), key.place) {
                let message = format!("`{}` is already among the {map}", key.value);
                let problem = Diagnostic::error(Code::DuplicateId, message).at(key.place);
                problems.push(
                    problem
                        .relate(place, "it stands here first")
                        .help("rename one of them"),
                );
            }
        }
    }
}

fn misplaced(file: &PackFile, problems: &mut Diagnostics) {
    let text = |key: &'static str, value: &Option<Located<String>>| {
        value.as_ref().map(|one| (key, one.place))
    };
    let list = [
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
    for (key, place) in list.into_iter().flatten() {
        let message = format!("`{key}` belongs into pack.yaml");
        problems.push(
            Diagnostic::error(Code::MisplacedHeader, message)
                .at(place)
                .help("move it there"),
        );
    }
}
