//! Packs found by the names that answers give them.
//!
//! A plain name is looked for in the folders of the [`Library`], then among the built-in packs; a
//! name with a `/` is a path from the folder the answers lie in.

use super::builtin;
use super::file::UseFile;
use super::load::{Loaded, Texts};
use crate::message;
use crate::text::diagnostic::{
    Code, Diagnostic, Diagnostics, Place, Sources, nearest, quoted, suggestion,
};
use crate::text::error::{Error, Result, read_bounded};
use crate::text::yaml::{self, Located, Value};
use semver::Version;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Folders in which packs are looked for before the built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Folders of packs, or packs themselves; the first that holds a name wins.
    pub folders: Vec<PathBuf>,
}

impl Library {
    /// Loads the packs of an assessment, in the order it lists them, after those that they
    /// cannot do without and that are not listed.
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
        let mut packs = Vec::new();
        for name in wanted {
            packs.extend(self.load_one(name, base, sources, problems)?);
        }
        let listed = packs.len();
        let is_needed = |wanted: &UseFile| !wanted.is_optional();
        self.add(&mut packs, is_needed, sources, problems)?;
        packs.rotate_left(listed);
        Ok((problems.errors() == before).then_some(packs))
    }

    /// Adds every pack that those loaded use, optional or not, and that is not among them, as far
    /// as it is found.
    ///
    /// # Errors
    /// Returns an error if a folder or file that should be there cannot be read.
    pub fn add_used(
        &self,
        packs: &mut Vec<Loaded>,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<()> {
        self.add(packs, |_| true, sources, problems)
    }

    /// Adds packs that others use after them.
    fn add(
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
                    let texts = self.find(&id)?;
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
        Ok(builtin::find(name))
    }

    /// The names of all packs there are, in alphabetical order.
    ///
    /// # Errors
    /// Returns an error if a folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names: Vec<_> = builtin::names().into_iter().map(str::to_owned).collect();
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

    fn load_one(
        &self,
        wanted: &Located<String>,
        base: &Path,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<Loaded>> {
        let (name, pin) = match pinned(wanted) {
            Ok(parts) => parts,
            Err(problem) => {
                problems.push(problem);
                return Ok(None);
            }
        };
        let found = if name.contains('/') {
            relative(name, base)?
        } else {
            self.find(name)?
        };
        let Some(texts) = found else {
            problems.push(self.unknown(name, wanted.place)?);
            return Ok(None);
        };
        let Some(pack) = Loaded::load(texts, sources, problems) else {
            return Ok(None);
        };
        if let Some(problem) = pin.and_then(|pin| mismatch(&pack, name, &pin, wanted.place)) {
            problems.push(problem);
            return Ok(None);
        }
        Ok(Some(pack))
    }

    fn unknown(&self, name: &str, place: Place) -> Result<Diagnostic> {
        let message = message!("no-pack-is-to-be-found", name);
        let problem = Diagnostic::error(Code::UnknownPack, message).at(place);
        if name.contains('/') {
            let help = message!("a-path-starts-from-the-folder-of-this-2");
            return Ok(problem.help(help));
        }
        let names = self.names()?;
        let known = || names.iter().map(String::as_str);
        let all = message!("there-are-packs-dir-adds-yours", quoted = quoted(known()));
        Ok(problem.help(suggestion(nearest(name, known()), &all)))
    }
}

/// A folder with a `pack.yaml`, or a file named `*.yaml`.
#[must_use]
pub fn is_pack(path: &Path) -> bool {
    path.join("pack.yaml").is_file()
        || (path.is_file() && path.extension().is_some_and(|end| end == "yaml"))
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
    let Ok(text) = yaml::decode("", read_bounded(file)?) else {
        return Ok(None);
    };
    let mut sources = Sources::new();
    let source = sources.add("", text);
    let read = yaml::read::<Value>(&sources, source, &mut Diagnostics::new());
    let Some(Value::Map(entries)) = read else {
        return Ok(None);
    };
    let Some(Value::Scalar(id)) = entries.get("id").map(|id| &id.value) else {
        return Ok(None);
    };
    Ok(Some(id.text.clone()))
}

/// A name as written, without and with the version it pins.
fn pinned(wanted: &Located<String>) -> std::result::Result<(&str, Option<Version>), Diagnostic> {
    let Some((name, version)) = wanted.value.rsplit_once('@') else {
        return Ok((&wanted.value, None));
    };
    let Ok(pin) = version.parse() else {
        let message = message!("is-not-a-version", version);
        let problem = Diagnostic::error(Code::InvalidVersion, message).at(wanted.place);
        return Err(problem.help(message!("write-three-numbers-as-in-2", name)));
    };
    Ok((name, Some(pin)))
}

fn mismatch(pack: &Loaded, name: &str, pin: &Version, place: Place) -> Option<Diagnostic> {
    let there = pack.file.version.as_ref()?;
    let version = &there.value;
    if version.parse::<Version>().is_ok_and(|one| one == *pin) {
        return None;
    }
    let message = message!("is-there-in-version-not-2", name, version, pin);
    let problem = Diagnostic::error(Code::VersionMismatch, message).at(place);
    let help = message!("write-or-add-the-other-version-with", name, version);
    Some(problem.help(help))
}
