//! Packs, and the rulebooks linked from them.

use super::reader::Reader;
use crate::exit::{Failure, Result};
use centricity::answers::file::AssessmentFile;
use centricity::message;
use centricity::rules::pack::find::is_pack;
use centricity::rules::pack::load::Texts;
use centricity::rules::pack::{Library, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::study::case::{Report, run};
use centricity::text::diagnostic::{Place, nearest};
use centricity::text::yaml::Located;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Folders of packs.
#[derive(Debug, Clone, Args)]
pub(crate) struct PackArgs {
    /// A folder searched for packs before the built-in ones; may be given several times
    #[arg(long = "packs", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

/// Parser of a role's name.
pub(crate) fn role() -> impl TypedValueParser<Value = Role> {
    let named = |name: String| Role::ALL.into_iter().find(|role| role.name() == name);
    PossibleValuesParser::new(Role::ALL.map(Role::name))
        .try_map(move |name| named(name).ok_or(message!("no-such-role")))
}

impl PackArgs {
    /// The packs there are.
    pub(crate) fn library(&self) -> Result<Library> {
        if let Some(folder) = self.folders.iter().find(|folder| !folder.exists()) {
            return Err(Failure::world(
                message!("is-not-there-2", folder = folder.display()),
                message!("packs-takes-a-folder-of-packs-or-a-packs"),
            ));
        }
        Ok(Library {
            folders: self.folders.clone(),
        })
    }

    /// A cache of rulebooks over these packs.
    pub(crate) fn rulebooks(&self) -> Result<Rulebooks> {
        self.library().map(Rulebooks::new)
    }

    /// The rulebook of the packs of these names. Paths start from the current folder.
    pub(crate) fn rulebook(&self, names: &[String], reader: &mut Reader) -> Result<Arc<Rulebook>> {
        let located = |name: &String| Located::new(name.clone(), Place::NOWHERE);
        let wanted: Vec<_> = names.iter().map(located).collect();
        self.rulebooks()?.rulebook(&wanted, Path::new(""), reader)
    }
}

/// A pack found valid, with the outcome of its cases.
pub(crate) struct CheckedPack {
    pub(crate) rulebook: Rulebook,
    pub(crate) report: Report,
}

impl CheckedPack {
    /// Checks the pack of a folder, a file or a name.
    pub(crate) fn find(name: &str, library: &Library, reader: &mut Reader) -> Result<Self> {
        Self::check(pack_texts(name, library)?, library, reader)
    }

    /// Checks a pack with the packs it uses, and runs its cases.
    pub(crate) fn check(texts: Texts, library: &Library, reader: &mut Reader) -> Result<Self> {
        let (sources, problems) = reader.parts();
        let pack = Loaded::load(texts, sources, problems).ok_or(Failure::Invalid)?;
        let mut packs = vec![pack];
        library.add_used(&mut packs, sources, problems)?;
        let rulebook = Rulebook::link(&packs, problems).ok_or(Failure::Invalid)?;
        let report = run(&packs, sources, problems);
        Ok(Self { rulebook, report })
    }
}

/// The files of a pack given by its folder, its only file, or its name.
pub(crate) fn pack_texts(name: &str, library: &Library) -> Result<Texts> {
    let path = Path::new(name);
    if is_pack(path) {
        return Ok(Texts::read(path)?);
    }
    if let (false, Some(texts)) = (name.contains('/'), library.find(name)?) {
        return Ok(texts);
    }
    let names = library.names()?;
    let help = nearest(name, names.iter().map(String::as_str)).map_or_else(
        || message!("centricity-pack-list-shows-the-packs").to_owned(),
        |near| message!("did-you-mean", near),
    );
    Err(Failure::world(message!("there-is-no-pack", name), help))
}

/// Packs and the rulebooks linked from them so far, which threads may share.
#[derive(Debug, Default)]
pub(crate) struct Rulebooks {
    library: Library,
    /// Takes a pack in the version that is there, whichever one is pinned.
    unpinned: bool,
    /// The rulebook of every assessment, whatever packs it lists.
    only: Option<Arc<Rulebook>>,
    linked: Mutex<HashMap<Vec<String>, Arc<Rulebook>>>,
}

impl Rulebooks {
    fn new(library: Library) -> Self {
        Self {
            library,
            ..Self::default()
        }
    }

    /// Ignores the versions that assessments pin.
    pub(crate) fn unpinned(self) -> Self {
        Self {
            unpinned: true,
            ..self
        }
    }

    /// Holds every assessment to one rulebook, whatever packs it lists.
    pub(crate) fn only(rulebook: Arc<Rulebook>) -> Self {
        Self {
            only: Some(rulebook),
            ..Self::default()
        }
    }

    /// The packs there are.
    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// Reads an assessment's file and links the packs it lists.
    pub(crate) fn of_assessment(
        &self,
        file: &Path,
        reader: &mut Reader,
    ) -> Result<(AssessmentFile, Arc<Rulebook>)> {
        let assessment: AssessmentFile = reader.file(file)?;
        let base = file.parent().unwrap_or(Path::new(""));
        let rulebook = self.rulebook(&assessment.packs, base, reader)?;
        Ok((assessment, rulebook))
    }

    /// The rulebook of the packs that a file in the folder `base` lists.
    ///
    /// Nothing is locked while packs are linked: that work is shared out among threads, and one
    /// that waits for it may be handed another assessment over the same packs.
    pub(crate) fn rulebook(
        &self,
        wanted: &[Located<String>],
        base: &Path,
        reader: &mut Reader,
    ) -> Result<Arc<Rulebook>> {
        if let Some(rulebook) = &self.only {
            return Ok(Arc::clone(rulebook));
        }
        let wanted: Vec<_> = if self.unpinned {
            wanted.iter().map(without_pin).collect()
        } else {
            wanted.to_vec()
        };
        let key: Vec<_> = wanted.iter().map(|one| key(&one.value, base)).collect();
        if let Some(rulebook) = self.linked().get(&key) {
            return Ok(Arc::clone(rulebook));
        }
        let (sources, problems) = reader.parts();
        let rulebook = self
            .library
            .load(&wanted, base, sources, problems)?
            .and_then(|packs| Rulebook::link(&packs, problems))
            .ok_or(Failure::Invalid)?;
        let mut linked = self.linked();
        Ok(Arc::clone(
            linked.entry(key).or_insert_with(|| Arc::new(rulebook)),
        ))
    }

    /// The map; a thread that panicked left it as it was, since entries are put in whole.
    fn linked(&self) -> MutexGuard<'_, HashMap<Vec<String>, Arc<Rulebook>>> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of a pack without the version it pins.
fn without_pin(wanted: &Located<String>) -> Located<String> {
    let name = wanted.value.rsplit_once('@');
    let name = name.map_or(wanted.value.as_str(), |(name, _)| name);
    Located::new(name.to_owned(), wanted.place)
}

/// The name of a pack in the cache: a path is one place, whichever folder it starts from.
fn key(name: &str, base: &Path) -> String {
    if !name.contains('/') {
        return name.to_owned();
    }
    let path = base.join(name);
    path.canonicalize().unwrap_or(path).display().to_string()
}
