//! Packs found by the names that answers give them.
//!
//! A plain name is looked for in the folders of the [`Library`], then among the built-in packs; a
//! name with a `/` is a path from the folder the answers lie in.

use super::file::UseFile;
use super::stack::Stacks;
use super::{Loaded, Texts, built_in, built_in_names};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, Sources, quoted};
use crate::text::yaml::{Located, is_yaml};
use crate::text::{Error, Result, is_link, read_bounded};
use crate::{message, problem};
use semver::Version;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use walkdir::DirEntry;

/// Problems up to which packs that are not there come with the names of those that are.
const MOST_EXPLAINED: usize = 100;

/// Folders in which packs are looked for before the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Folders of packs, or packs themselves; the first that holds a name wins.
    pub folders: Vec<PathBuf>,
}

impl Library {
    /// Loads the packs of an assessment, in the order it lists them, after those that they
    /// cannot do without and that are not listed. Overlays are laid over their base, in the order
    /// they are listed; a base that is not listed is found.
    ///
    /// Every problem goes to `problems`; `None` where there is an error among them. `base` is the
    /// folder that paths start from.
    ///
    /// # Errors
    /// Returns an error if a folder or file that should be there cannot be read.
    pub fn load(
        &self,
        wanted: &[Located<String>],
        base: &Path,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<Vec<Loaded>>> {
        let before = problems.errors();
        let mut stacks = Stacks::new(self);
        // The times that each pack is asked for: once is enough to read it, and twice to say so.
        let mut asked: HashMap<&str, usize> = HashMap::new();
        for name in wanted {
            let times = asked.entry(without_version(&name.value)).or_default();
            *times += 1;
            if *times == 2 {
                let id = without_version(&name.value);
                let problem = problem!(DuplicateId, "the-pack-is-asked-for-twice", id);
                problems.push(problem.at(name.place));
            }
            if *times > 1 {
                continue;
            }
            if let Some((texts, pin)) = self.texts(name, base, problems)? {
                stacks.list(name, texts, pin, sources, problems);
            }
        }
        let mut packs = stacks.load(sources, problems)?;
        let listed = packs.len();
        let is_needed = |wanted: &UseFile| !wanted.is_optional();
        self.add_used(&mut packs, is_needed, sources, problems)?;
        packs.rotate_left(listed);
        Ok((problems.errors() == before).then_some(packs))
    }

    /// Loads one pack, or an overlay over its base; `None` where it has errors.
    ///
    /// # Errors
    /// Returns an error if a folder or file that should be there cannot be read.
    pub fn load_texts(
        &self,
        texts: Texts,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<Loaded>> {
        let before = problems.errors();
        let mut stacks = Stacks::new(self);
        let name = Located::new(String::new(), Place::NOWHERE);
        stacks.list(&name, texts, None, sources, problems);
        let mut packs = stacks.load(sources, problems)?.into_iter();
        Ok(packs.next().filter(|_| problems.errors() == before))
    }

    /// Adds every pack that those loaded use in a way that is wanted, and that is not among them, as
    /// far as it is found.
    ///
    /// # Errors
    /// Returns an error if a folder or file that should be there cannot be read.
    pub fn add_used(
        &self,
        packs: &mut Vec<Loaded>,
        wanted: fn(&UseFile) -> bool,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<()> {
        let mut next = 0;
        let mut there: HashSet<String> = packs.iter().map(|one| one.id().to_owned()).collect();
        while let Some(pack) = packs.get(next) {
            let ids = pack.file.uses.iter().filter(|(_, one)| wanted(one));
            let ids: Vec<_> = ids.map(|(id, _)| id.value.clone()).collect();
            for id in ids {
                if there.insert(id.clone()) {
                    let texts = self.find(&id)?.filter(|one| !one.is_overlay());
                    packs.extend(texts.and_then(|one| Loaded::load(one, sources, problems)));
                }
            }
            next += 1;
        }
        Ok(())
    }

    /// The files of the pack of this name, built-in or not.
    ///
    /// # Errors
    /// Returns an error if a folder or file that should be there cannot be read.
    pub fn find(&self, name: &str) -> Result<Option<Texts>> {
        for folder in &self.folders {
            let inner = [folder.join(name), folder.join(format!("{name}.yaml"))];
            if let Some(path) = inner.iter().find(|path| is_pack(path)) {
                return Texts::read(path).map(Some);
            }
            if is_pack(folder) && id_of(folder)?.is_some_and(|id| id == name) {
                return Texts::read(folder).map(Some);
            }
        }
        Ok(built_in(name))
    }

    /// The names of all packs there are, in alphabetical order.
    ///
    /// # Errors
    /// Returns an error if a folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names: Vec<_> = built_in_names().into_iter().map(str::to_owned).collect();
        for folder in &self.folders {
            if is_pack(folder) {
                names.extend(id_of(folder)?);
                continue;
            }
            for entry in std::fs::read_dir(folder).map_err(|error| Error::read(folder, error))? {
                let path = entry.map_err(|error| Error::read(folder, error))?.path();
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                names.extend(stem.filter(|_| is_pack(&path)).map(str::to_owned));
            }
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// The files of a pack of an assessment, with the version that is pinned.
    fn texts(
        &self,
        wanted: &Located<String>,
        base: &Path,
        problems: &mut Diagnostics,
    ) -> Result<Option<(Texts, Option<Version>)>> {
        let place = wanted.place;
        let known = problems.len() <= MOST_EXPLAINED;
        let (name, version) = match wanted.value.rsplit_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (wanted.value.as_str(), None),
        };
        let pin = version.map(str::parse::<Version>);
        if let (Some(version), Some(Err(_))) = (version, &pin) {
            let message = message!("is-not-a-version", version);
            let problem = Diagnostic::error(Code::InvalidVersion, message).at(place);
            problems.push(problem.help(message!("write-a-version", name)));
            return Ok(None);
        }
        let found = if name.contains('/') {
            relative(name, base)?
        } else {
            self.find(name)?
        };
        let Some(texts) = found else {
            let problem = problem!(UnknownPack, "no-pack-is-to-be-found", name).at(place);
            problems.push(if known {
                self.unknown(name, place)?
            } else {
                problem
            });
            return Ok(None);
        };
        Ok(Some((texts, pin.and_then(std::result::Result::ok))))
    }

    pub(super) fn unknown(&self, name: &str, place: Place) -> Result<Diagnostic> {
        let problem = problem!(UnknownPack, "no-pack-is-to-be-found", name).at(place);
        if name.contains('/') {
            return Ok(problem);
        }
        let names = self.names()?;
        let known = || names.iter().map(String::as_str);
        let all = message!("there-are-packs-dir-adds-yours", quoted = quoted(known()));
        Ok(problem.help(all).nearest(name, known()))
    }
}

/// The name of a pack without the version it pins.
#[must_use]
pub fn without_version(name: &str) -> &str {
    name.rsplit_once('@').map_or(name, |(name, _)| name)
}

/// The file of a project, which is no pack and no part of one, wherever it lies.
pub const PROJECT: &str = "centricity.yaml";

/// A folder with a `pack.yaml`, or a file of YAML by its name.
#[must_use]
pub fn is_pack(path: &Path) -> bool {
    path.join("pack.yaml").is_file() || (path.is_file() && may_hold_rules(path))
}

/// True for a file of YAML by its name, but that of a project.
pub(super) fn may_hold_rules(path: &Path) -> bool {
    is_yaml(path) && path.file_name().is_none_or(|name| name != PROJECT)
}

/// The beginning of the names of folders that hold what is unfinished.
const UNFINISHED: &str = ".centricity-";

/// False for what a run has not finished, or a killed one left behind.
pub(super) fn is_finished(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !name.starts_with(UNFINISHED)
}

/// One file of a pack.
#[derive(Debug, Clone)]
pub struct PackText {
    /// Name in messages.
    pub name: String,
    /// Its path within the pack, with `/` between folders.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// True where its path is a link to the file.
    pub linked: bool,
}

impl PackText {
    pub(super) fn read(file: &Path, path: String) -> Result<Self> {
        let (name, bytes) = (file.display().to_string(), read_bounded(file)?);
        let linked = is_link(file);
        Ok(Self {
            name,
            path,
            bytes,
            linked,
        })
    }
}

/// A pack at a path from the answers' folder; absolute paths hold on one machine only.
fn relative(name: &str, base: &Path) -> Result<Option<Texts>> {
    let inner = Path::new(name);
    let path = base.join(inner.strip_prefix("./").unwrap_or(inner));
    if inner.is_absolute() || !is_pack(&path) {
        return Ok(None);
    }
    Texts::read(&path).map(Some)
}

/// The id a pack gives itself, where that much of it can be read.
fn id_of(path: &Path) -> Result<Option<String>> {
    let header = path.join("pack.yaml");
    let file = if path.is_file() { path } else { &header };
    let id = super::stack::header_text(read_bounded(file)?, "id");
    Ok(id.filter(|id| !id.is_empty()))
}
